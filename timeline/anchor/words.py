"""Dates as a reader writes them."""

from __future__ import annotations

from typing import Final

from timeline.interval import Interval
from timeline.model import When

_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)


def date_text(when: When) -> str:
    """The date as a reader would write it; never finer than it is known.

    >>> from timeline.interval import Grain
    >>> date_text(When(Interval.on("2023-10-07"), Grain.DAY))
    '7 October 2023'
    >>> date_text(When(Interval.between("2023-11-24", "2023-12-01"), Grain.DAY, fills=True))
    '24 November to 1 December 2023'
    >>> date_text(When(Interval.of(2024, 3), Grain.MONTH)), date_text(When())
    ('March 2024', 'date unknown')
    >>> date_text(When(Interval.between("2024-03-18", None), Grain.DAY, fills=True))
    'since 18 March 2024'
    """
    interval = when.interval
    if interval is None or (interval.start is None and interval.end is None):
        return "date unknown"
    start, end = interval.start, interval.end
    about = "about " if when.approximate else ""
    if start is None:
        assert end is not None
        return f"until {_day(end.year, end.month, end.day)}"
    if end is None:
        return f"since {_day(start.year, start.month, start.day)}"
    if start == end:
        return about + _day(start.year, start.month, start.day)
    if interval == Interval.of(start.year):
        return f"{about}{start.year}"
    if interval == Interval.of(start.year, start.month):
        return f"{about}{_MONTHS[start.month - 1]} {start.year}"
    left = _day(start.year, start.month, start.day)
    if start.year == end.year:
        left = f"{start.day} {_MONTHS[start.month - 1]}"
        if start.month == end.month:
            left = str(start.day)
    right = _day(end.year, end.month, end.day)
    return f"{left} to {right}" if when.fills else f"between {left} and {right}"


def _day(year: int, month: int, day: int) -> str:
    return f"{day} {_MONTHS[month - 1]} {year}"
