"""Dates and lengths of time in words: our own English, or as a locale writes them.

Never the machine's locale: `Dates()` is the same everywhere, and `dates("de")` asks babel for German.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, Literal

from timeline.errors import UsageError
from timeline.interval import Interval
from timeline.model import Event

if TYPE_CHECKING:
    from babel import Locale

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_Unit = Literal["day", "week", "month", "year"]

#: Below so many days a length is said in units of so many days.
_UNITS: Final[tuple[tuple[float, float, _Unit], ...]] = (
    (14.0, 1.0, "day"),
    (70.0, 7.0, "week"),
    (730.0, 30.44, "month"),
    (float("inf"), 365.2425, "year"),
)


class Dates:
    """English, day first, the same on every machine."""

    def event(self, event: Event) -> str:
        """The date of an event; an early December that is only half known stays one."""
        return event.date_text

    def day(self, day: dt.date) -> str:
        """A day.

        >>> Dates().day(dt.date(2023, 10, 7))
        '7 October 2023'
        """
        return f"{day.day} {self.month_of_year(day)}"

    def month_of_year(self, day: dt.date) -> str:
        """The month of a day, with its year."""
        return f"{MONTHS[day.month - 1]} {day.year}"

    def short_month_of_year(self, day: dt.date) -> str:
        """The same where there is little room."""
        return f"{self.month(day)} {day.year}"

    def month(self, day: dt.date) -> str:
        """The month of a day, short, for a scale."""
        return MONTHS[day.month - 1][:3]

    def year(self, day: dt.date) -> str:
        """The year of a day."""
        return str(day.year)

    def interval(self, interval: Interval) -> str:
        """An interval, nothing said twice.

        >>> Dates().interval(Interval.between("2023-11-24", "2023-12-01"))
        '24 November – 1 December 2023'
        >>> Dates().interval(Interval.of(2024, 3))
        'March 2024'
        """
        start, end = interval.start, interval.end
        if start is None or end is None:
            known = start or end
            return "date unknown" if known is None else self.open(known, begins=start is not None)
        if start == end:
            return self.day(start)
        if interval == Interval.of(start.year):
            return self.year(start)
        if interval == Interval.of(start.year, start.month):
            return self.month_of_year(start)
        return self.between(start, end)

    def between(self, start: dt.date, end: dt.date) -> str:
        """From one day to another."""
        if start.year != end.year:
            return f"{self.day(start)} – {self.day(end)}"
        if start.month != end.month:
            return f"{start.day} {MONTHS[start.month - 1]} – {self.day(end)}"
        return f"{start.day}–{self.day(end)}"

    def open(self, day: dt.date, *, begins: bool) -> str:
        """An interval with only one end."""
        return f"{'from' if begins else 'until'} {self.day(day)}"

    def length(self, days: float) -> str:
        """A number of days as people say it.

        >>> [Dates().length(n) for n in (1, 13, 63, 200, 4000)]
        ['1 day', '13 days', '9 weeks', '7 months', '11 years']
        """
        count, noun = _counted(days)
        return f"{count:,} {noun}{'s' if count != 1 else ''}"


ENGLISH: Final = Dates()


class LocalDates(Dates):
    """Dates as a locale writes them. What babel has no words for is said by signs: `≈ 7. Oktober 2023`."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale

    def event(self, event: Event) -> str:
        """Made from the days alone: `early December` is the days it names."""
        days = event.when.interval
        if days is None:
            return event.date_text
        words = self.interval(days)
        if not event.when.approximate:
            return words
        return f"about {words}" if self._locale.language == "en" else f"≈ {words}"

    def day(self, day: dt.date) -> str:
        """A day, the month in words."""
        from babel.dates import format_date

        return format_date(day, "long", self._locale)

    def month_of_year(self, day: dt.date) -> str:
        """The month of a day, with its year."""
        return self._skeleton("yMMMM", day)

    def short_month_of_year(self, day: dt.date) -> str:
        """The same where there is little room."""
        return self._skeleton("yMMM", day)

    def month(self, day: dt.date) -> str:
        """The month of a day, short, for a scale."""
        from babel.dates import format_date

        return format_date(day, "MMM", self._locale)

    def year(self, day: dt.date) -> str:
        """The year of a day."""
        return self._skeleton("y", day)

    def between(self, start: dt.date, end: dt.date) -> str:
        """From one day to another."""
        from babel.dates import format_interval

        return format_interval(start, end, "yMMMMd", locale=self._locale)

    def open(self, day: dt.date, *, begins: bool) -> str:
        """An interval with only one end: a dash on the open side."""
        if self._locale.language == "en":
            return super().open(day, begins=begins)
        return f"{self.day(day)} –" if begins else f"– {self.day(day)}"

    def length(self, days: float) -> str:
        """A number of days as people say it."""
        from babel.dates import format_timedelta

        count, noun = _counted(days)
        whole = {"day": 1, "week": 7, "month": 30, "year": 365}[noun]  # babel's own lengths
        return format_timedelta(
            dt.timedelta(days=count * whole), noun, threshold=float("inf"), locale=self._locale
        )

    def _skeleton(self, skeleton: str, day: dt.date) -> str:
        from babel.dates import format_skeleton

        return format_skeleton(skeleton, day, locale=self._locale)


def dates(locale: str = "") -> Dates:
    """How dates are written under `locale` ("de", "en-US", "zh_Hans"); our own English for none.

    UsageError if there is no such locale, or babel is not installed.
    """
    if not locale:
        return ENGLISH
    try:
        from babel import Locale, UnknownLocaleError
    except ImportError:
        raise UsageError("a locale needs babel: pip install babel", name=locale) from None
    try:
        return LocalDates(Locale.parse(locale.replace("-", "_")))
    except (UnknownLocaleError, ValueError, TypeError):
        raise UsageError("no such locale; write de, en-US, zh-Hans ...", name=locale) from None


def _counted(days: float) -> tuple[int, _Unit]:
    length, noun = next((length, noun) for limit, length, noun in _UNITS if days < limit)
    return max(1, round(days / length)), noun
