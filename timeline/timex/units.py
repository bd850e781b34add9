"""The calendar as lines of whole numbers: one line for each unit of time.

On the line of months, 1999-12 is 23999 and the next one is 24000; on the line of weeks every number is
one Monday to Sunday. "Last month" is then "minus one", whatever the unit, with no special case at the
end of a year. `Period` is one number on one line; it knows its days and its TIMEX3 text.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from timeline.interval import FIRST_DAY, LAST_DAY, Grain, Interval


class Unit(Enum):
    """A unit of time: its letters in an ISO 8601 duration, its grain, and how it lies on the calendar."""

    #                ISO     grain          months, offset   a value of which nothing is known
    SECOND = ("TS", Grain.DAY, 0, 0, "XXXX-XX-XXTXX:XX:XX")
    MINUTE = ("TM", Grain.DAY, 0, 0, "XXXX-XX-XXTXX:XX")
    HOUR = ("TH", Grain.DAY, 0, 0, "XXXX-XX-XXTXX")
    NIGHT = ("N", Grain.DAY, 0, 0, "XXXX-XX-XXTNI")
    WEEKDAY = ("WD", Grain.DAY, 0, 0, "XXXX-XX-XX")
    DAY = ("D", Grain.DAY, 0, 0, "XXXX-XX-XX")
    WEEK = ("W", Grain.WEEK, 0, 0, "XXXX-WXX")
    WEEKEND = ("WE", Grain.WEEK, 0, 0, "XXXX-WXX-WE")
    FORTNIGHT = ("F", Grain.WEEK, 0, 0, "XXXX-WXX")
    MONTH = ("M", Grain.MONTH, 1, 0, "XXXX-XX")
    QUARTER = ("Q", Grain.QUARTER, 3, 0, "XXXX-QX")
    SEASON = ("S", Grain.SEASON, 3, 2, "XXXX-SX")
    HALF = ("H", Grain.HALF, 6, 0, "XXXX-HX")
    YEAR = ("Y", Grain.YEAR, 12, 0, "XXXX")
    DECADE = ("DE", Grain.DECADE, 120, 0, "XXX")
    CENTURY = ("CE", Grain.CENTURY, 1200, 0, "XX")
    MILLENNIUM = ("ML", Grain.CENTURY, 12000, 0, "X")

    def __init__(self, letters: str, grain: Grain, months: int, offset: int, unknown: str) -> None:
        self.letters = letters
        self.grain = grain
        self.months = months
        """Months in one, or 0 if it is no whole number of months."""
        self.offset = offset
        """Months after January at which the first one of a year begins: seasons begin in March."""
        self.unknown = unknown

    @property
    def is_clock(self) -> bool:
        """True for units shorter than a day."""
        return self in (Unit.SECOND, Unit.MINUTE, Unit.HOUR)


SEASONS = ("SP", "SU", "FA", "WI")


@dataclass(frozen=True, slots=True)
class Period:
    """One day, week, month ... of the calendar.

    >>> Period.of_month(1999, 12).shift(1).text
    '2000-01'
    >>> Period.around(Unit.WEEK, dt.date(2024, 3, 26).toordinal()).shift(-1).interval
    Interval.between('2024-03-18', '2024-03-24')
    """

    unit: Unit
    index: int

    @classmethod
    def around(cls, unit: Unit, day: int) -> Period:
        """The one that holds the day with that number; for a weekend, the one of that week."""
        if unit in (Unit.WEEK, Unit.WEEKEND, Unit.FORTNIGHT):
            return cls(unit, (day - 1) // 7)
        if not unit.months:
            return cls(Unit.DAY, day)
        date = dt.date.fromordinal(day)
        return cls(unit, (date.year * 12 + date.month - 1 - unit.offset) // unit.months)

    @classmethod
    def of_day(cls, year: int, month: int, day: int) -> Period | None:
        """That day, or None if the calendar has no such day.

        >>> Period.of_day(2023, 2, 29) is None
        True
        """
        try:
            return cls(Unit.DAY, dt.date(year, month, day).toordinal())
        except ValueError:
            return None

    @classmethod
    def of_month(cls, year: int, month: int) -> Period:
        """That month, 1 to 12."""
        return cls(Unit.MONTH, year * 12 + month - 1)

    @classmethod
    def of_year(cls, unit: Unit, year: int, number: int = 1) -> Period:
        """The `number`th quarter, half, season (1 is spring) ... of a year; the decade it lies in."""
        return cls(unit, (year * 12 // unit.months) + number - 1)

    def shift(self, steps: int) -> Period:
        """As many units later, or earlier if negative."""
        return Period(self.unit, self.index + steps)

    @property
    def interval(self) -> Interval | None:
        """Its days, or None if it does not lie in the years 1 to 9999."""
        try:
            first, stop = self._bounds()
            first, stop = max(first, FIRST_DAY), min(stop, LAST_DAY + 1)
            return Interval(first, stop)
        except (ValueError, OverflowError):
            return None

    def _bounds(self) -> tuple[int, int]:
        match self.unit:
            case Unit.DAY:
                return self.index, self.index + 1
            case Unit.WEEK:
                return self.index * 7 + 1, self.index * 7 + 8
            case Unit.FORTNIGHT:
                return self.index * 7 + 1, self.index * 7 + 15
            case Unit.WEEKEND:
                return self.index * 7 + 6, self.index * 7 + 8
            case unit:
                begin = self.index * unit.months + unit.offset
                return _first_of(begin), _first_of(begin + unit.months)

    @property
    def text(self) -> str:
        """Its TIMEX3 value; X for every figure if it does not lie in the years 1 to 9999."""
        interval = self.interval
        if interval is None or interval.start is None:
            return self.unit.unknown
        start = interval.start
        match self.unit:
            case Unit.DAY:
                return start.isoformat()
            case Unit.WEEK | Unit.FORTNIGHT:
                return "{:04d}-W{:02d}".format(*start.isocalendar()[:2])
            case Unit.WEEKEND:
                return "{:04d}-W{:02d}-WE".format(*start.isocalendar()[:2])
            case Unit.MONTH:
                return f"{start.year:04d}-{start.month:02d}"
            case Unit.QUARTER:
                return f"{self.index // 4:04d}-Q{self.index % 4 + 1}"
            case Unit.HALF:
                return f"{self.index // 2:04d}-H{self.index % 2 + 1}"
            case Unit.SEASON:
                return f"{self.index // 4:04d}-{SEASONS[self.index % 4]}"
            case Unit.YEAR:
                return f"{self.index:04d}"
            case Unit.DECADE:
                return f"{self.index:03d}"
            case Unit.CENTURY:
                return f"{self.index:02d}"
            case _:
                return f"{self.index}"


def _first_of(month: int) -> int:
    """Number of the first day of a month on the line of months; the years 0 and 10000 are edges."""
    year = month // 12
    if year < 1:
        if month < 0:
            raise ValueError("before the year 1")
        return FIRST_DAY if month < 12 else month
    if month == 120000:
        return LAST_DAY + 1
    if year > 9999:
        return LAST_DAY + 2 if month < 132000 else _raise()
    return dt.date(year, month % 12 + 1, 1).toordinal()


def _raise() -> int:
    raise ValueError("after the year 9999")


def add_months(day: int, months: int) -> int | None:
    """The same day of the month so many months on; the month's last day if it has none; None if out of range.

    >>> dt.date.fromordinal(add_months(dt.date(2024, 1, 31).toordinal(), 1)).isoformat()
    '2024-02-29'
    """
    date = dt.date.fromordinal(day)
    target = date.year * 12 + date.month - 1 + months
    if not 12 <= target < 120000:
        return None
    first = _first_of(target)
    length = _first_of(target + 1) - first
    return first + min(date.day, length) - 1
