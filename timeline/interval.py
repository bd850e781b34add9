"""Days on the calendar: `Interval`, its `Grain`, and how two intervals lie to each other.

All of it is arithmetic on whole days of the proleptic Gregorian calendar, years 1 to 9999. There is
no clock, no time zone and no locale anywhere: a day is a day.

Inside, an interval is half-open on day numbers (`first <= day < stop`), so that lengths and gaps need
no "+ 1". What users and files see is inclusive on both ends: `start` and `end`.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from enum import Enum

#: Day numbers as `datetime.date.toordinal` counts them: 1 is 0001-01-01.
FIRST_DAY, LAST_DAY = dt.date.min.toordinal(), dt.date.max.toordinal()


class Grain(Enum):
    """How finely a date is known. The value is the word used in files; order is fine to coarse."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half-year"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"

    @property
    def order(self) -> int:
        """0 for a day, rising with coarseness.

        >>> Grain.DAY.order < Grain.MONTH.order < Grain.CENTURY.order
        True
        """
        return list(Grain).index(self)


class Allen(Enum):
    """How one interval lies to another, the words as a reader would say them (after Allen 1983)."""

    BEFORE = "before"
    AFTER = "after"
    SIMULTANEOUS = "simultaneous"
    INCLUDES = "includes"
    DURING = "during"
    STARTS = "starts"
    FINISHES = "finishes"
    OVERLAPS = "overlaps"


@dataclass(frozen=True)
class Interval:
    """Whole days from `first` up to but not including `stop`; `None` is an open end.

    Make one with the named constructors; they read as the calendar does:

    >>> Interval.of(2024, 3)
    Interval.between('2024-03-01', '2024-03-31')
    >>> Interval.of(2023, 10, 7)
    Interval.on('2023-10-07')
    >>> Interval.between("2023-10-07", None).is_open
    True
    """

    first: int | None
    """Number of the first day (`date.toordinal`), or None if it has no known beginning."""
    stop: int | None
    """Number of the day after the last, or None if it has no known end."""

    def __post_init__(self) -> None:
        if self.first is not None and not FIRST_DAY <= self.first <= LAST_DAY:
            raise ValueError("an interval starts in the years 1 to 9999")
        if self.stop is not None and not FIRST_DAY < self.stop <= LAST_DAY + 1:
            raise ValueError("an interval ends in the years 1 to 9999")
        if self.first is not None and self.stop is not None and self.first >= self.stop:
            raise ValueError("an interval has at least one day")

    # -- making one ---------------------------------------------------------------------------

    @classmethod
    def on(cls, day: dt.date | str) -> Interval:
        """One day: `Interval.on("2023-10-07")`."""
        return cls.between(day, day)

    @classmethod
    def between(cls, start: dt.date | str | None, end: dt.date | str | None) -> Interval:
        """From `start` to `end`, both included; `None` leaves that end open."""
        first = None if start is None else _date(start).toordinal()
        stop = None if end is None else _date(end).toordinal() + 1
        return cls(first, stop)

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> Interval:
        """A year, a month or a day by its numbers. ValueError if the calendar has no such day.

        >>> Interval.of(2024).days
        366
        """
        if month is None:
            return cls.between(dt.date(year, 1, 1), dt.date(year, 12, 31))
        if day is None:
            return cls.between(dt.date(year, month, 1), dt.date(year, month, monthrange(year, month)[1]))
        return cls.on(dt.date(year, month, day))

    @classmethod
    def clipped(cls, first: int, stop: int) -> Interval | None:
        """The days from `first` up to but not including `stop` that lie in the years 1 to 9999; None if none
        of them does.

        >>> Interval.clipped(LAST_DAY - 1, LAST_DAY + 100), Interval.clipped(LAST_DAY + 1, LAST_DAY + 100)
        (Interval.between('9999-12-30', '9999-12-31'), None)
        """
        first, stop = max(first, FIRST_DAY), min(stop, LAST_DAY + 1)
        return cls(first, stop) if first < stop else None

    # -- reading it ---------------------------------------------------------------------------

    @property
    def start(self) -> dt.date | None:
        """The first day, or None if open."""
        return None if self.first is None else dt.date.fromordinal(self.first)

    @property
    def end(self) -> dt.date | None:
        """The last day (included), or None if open."""
        return None if self.stop is None else dt.date.fromordinal(self.stop - 1)

    @property
    def days(self) -> int | None:
        """How many days, or None if an end is open."""
        return None if self.first is None or self.stop is None else self.stop - self.first

    @property
    def is_day(self) -> bool:
        """True for exactly one day."""
        return self.days == 1

    @property
    def is_open(self) -> bool:
        """True if an end is open."""
        return self.days is None

    def __repr__(self) -> str:
        if self.is_day:
            return f"Interval.on('{self.start}')"
        start, end = (repr(str(d)) if d else "None" for d in (self.start, self.end))
        return f"Interval.between({start}, {end})"

    def __contains__(self, other: Interval | dt.date) -> bool:
        """True if every day of `other` is a day of this.

        >>> Interval.on("2024-03-25") in Interval.of(2024, 3)
        True
        """
        if isinstance(other, dt.date):
            other = Interval.on(other)
        return self._low <= other._low and other._high <= self._high

    # -- working with two ---------------------------------------------------------------------

    def __and__(self, other: Interval) -> Interval | None:
        """The days both have, or None.

        >>> Interval.of(2024, 3) & Interval.between("2024-03-20", None)
        Interval.between('2024-03-20', '2024-03-31')
        """
        first, stop = max(self._low, other._low), min(self._high, other._high)
        if first >= stop:
            return None
        return Interval(None if first < FIRST_DAY else first, None if stop > LAST_DAY + 1 else stop)

    def __or__(self, other: Interval) -> Interval:
        """The smallest interval that holds both (the hull, gap included)."""
        first, stop = min(self._low, other._low), max(self._high, other._high)
        return Interval(None if first < FIRST_DAY else first, None if stop > LAST_DAY + 1 else stop)

    def overlaps(self, other: Interval) -> bool:
        """True if they share a day."""
        return (self & other) is not None

    def shift(self, days: int) -> Interval:
        """The same length, `days` later (earlier if negative). ValueError outside years 1 to 9999."""
        first = None if self.first is None else self.first + days
        return Interval(first, None if self.stop is None else self.stop + days)

    def gap(self, other: Interval) -> int:
        """Days strictly between the two; 0 if they touch or overlap.

        >>> Interval.on("2024-03-22").gap(Interval.on("2024-03-25"))
        2
        """
        return max(0, other._low - self._high, self._low - other._high)

    def relation(self, other: Interval) -> Allen:
        """How this lies to `other`, on whole days.

        Intervals that touch without sharing a day are before or after: "met by" is a distinction news
        does not make.

        >>> Interval.of(2024, 3).relation(Interval.on("2024-03-25"))
        <Allen.INCLUDES: 'includes'>
        """
        a, b = (self._low, self._high), (other._low, other._high)
        if a[1] <= b[0]:
            return Allen.BEFORE
        if b[1] <= a[0]:
            return Allen.AFTER
        if a == b:
            return Allen.SIMULTANEOUS
        if a[0] <= b[0] and b[1] <= a[1]:
            return Allen.INCLUDES
        if b[0] <= a[0] and a[1] <= b[1]:
            if a[0] == b[0]:
                return Allen.STARTS
            return Allen.FINISHES if a[1] == b[1] else Allen.DURING
        return Allen.OVERLAPS

    @property
    def _low(self) -> int:
        return FIRST_DAY - 1 if self.first is None else self.first

    @property
    def _high(self) -> int:
        return LAST_DAY + 2 if self.stop is None else self.stop


def _date(day: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(day) if isinstance(day, str) else day
