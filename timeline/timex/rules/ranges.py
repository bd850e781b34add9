"""Two ends of one stretch: "from 4 to 22 March", "Nov. 24-Dec. 1", "2009-2010"."""

# ruff: noqa: E501  (a rule is one row of a table)
from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from timeline.timex.grammar import Rule, Several
from timeline.timex.meaning import After, Calendar, Edge, Ended, MonthOf, Nth, Relative, Same, Span, Weekday
from timeline.timex.units import Unit


def _days_before(first: int, last: Any) -> Several | None:
    """The first end takes its month and year from the last: "4 to 22 March"."""
    if not isinstance(last, Calendar) or last.day is None or last.month is None or first >= last.day:
        return None
    near = replace(last, day=first, weekday=None)
    return Several((("first", "DATE", near), ("last", "DATE", _after(near, last))))


def _days_after(first: Any, last: int) -> Several | None:
    """The last end takes its month and year from the first: "Nov. 24-25"."""
    if not isinstance(first, Calendar) or first.day is None or first.month is None or last <= first.day:
        return None
    far = replace(first, day=last, weekday=None)
    return Several((("first", "DATE", first), ("last", "DATE", _after(first, far))))


def _three_days(first: Any, second: int, last: int) -> Several | None:
    """Days in a row: "March 4, 5 and 6"."""
    if _days_after(first, second) is None or last <= second:
        return None
    dates = [replace(first, day=day, weekday=None) for day in (second, last)]
    near, far = (_after(first, date) for date in dates)
    return Several((("first", "DATE", first), ("second", "DATE", near), ("last", "DATE", far)))


def _after(near: Calendar, far: Calendar) -> Calendar | After:
    return far if far.year is not None else After(near, far)


def _days_of(first: int, last: int, of: Any) -> Several | None:
    if first >= last:
        return None
    return Several((("first", "DATE", Nth(first, Unit.DAY, of)), ("last", "DATE", Nth(last, Unit.DAY, of))))


def _pair(first: Any, last: Any) -> Several | None:
    """Both stand by themselves; a year at the far end holds for the near one too."""
    if isinstance(first, Calendar) and isinstance(last, Calendar) and first.year is None and last.year:
        if first.month and last.month:
            first = replace(first, year=last.year - (first.month > last.month))
    elif (
        isinstance(first, MonthOf)
        and first.which is None
        and isinstance(last, Calendar)
        and last.year
        and last.month
        and last.day is None
    ):
        first = Calendar(last.year - (first.month > last.month), first.month)
    elif (
        isinstance(first, MonthOf)
        and first.which is None
        and first.year is None
        and isinstance(last, MonthOf)
        and isinstance(last.year, Relative)
    ):
        steps = last.year.steps - (first.month > last.month)
        first = replace(first, year=replace(last.year, steps=steps))
    a_month = isinstance(last, MonthOf) and isinstance(first, Weekday)  # "revised Friday to December's"
    if (
        _floats(last)
        and not a_month
        and (_floats(first) if not isinstance(last, Weekday) else isinstance(first, Weekday))
    ):
        last = After(first, last)
    return Several((("first", "DATE", first), ("last", "DATE", last)))


def _both(first: Any, last: Any) -> Several | None:
    """Two days or months in a row: they share year and month, but either weekday may come first."""
    if isinstance(first, Weekday) or isinstance(last, Weekday):
        return Several((("first", "DATE", first), ("last", "DATE", last)))
    return _pair(first, last)


def _ended(of: Any, end: Any) -> Several | None:
    if not isinstance(of, Same) or of.unit is not Unit.QUARTER:
        return None
    return Several((("of", "DATE", Ended(of.unit, end)), ("end", "DATE", end)))


def _span_ended(span: Span, end: Any) -> Several | None:
    if span.sign or span.length.unit.is_clock or any(number is None for number, _ in span.length.amounts):
        return None
    return Several((("span", "SPAN", Span(span.length, -1, end)), ("end", "DATE", end)))


def _floats(end: Any) -> bool:
    """True if nothing but the anchor says which year or week it means."""
    if isinstance(end, Edge):
        return _floats(end.of)
    if isinstance(end, Calendar):
        return end.year is None and end.month is not None
    return isinstance(end, Weekday | MonthOf) and end.which is None and getattr(end, "year", None) is None


RANGES: Final = (
    Rule("<4> to <22 March>", "DATE", "(the)? first:DATEDAY (-|TO|and|or) (the)? last:DAYDATE", _days_before),
    Rule("<March 4> to <22>", "DATE", "first:DAYDATE (-|TO|and|or) (the)? last:DATEDAY <<! (OTHER|UNIT|-|%|NUMBER)", _days_after),
    Rule("<March 4>-<22> talks", "DATE", "first:DAYDATE HYPHEN last:DATEDAY <<! (UNIT|-|%|NUMBER|COUNTED)", _days_after),
    Rule("<March 4>, <5> and <6>", "DATE", "first:DAYDATE , second:DATEDAY ,? (and|or) last:DATEDAY <<! (OTHER|UNIT|-|%|NUMBER)", _three_days),
    Rule("<4> to <23> next month", "DATE", "first:DATEDAY (-|TO|and) last:DATEDAY (of|in)? of:MONTHDATE", _days_of),
    Rule("<date> to <date>", "DATE", "first:DATE (-|TO) last:DATE", _pair),
    Rule("between <date> and <date>", "DATE", "between first:DATE and last:DATE", _pair),
    Rule("<date> and <date>", "DATE", "first:DATE and last:DATE", _both),
    Rule("the quarter ended <date>", "DATE", "of:OTHERDATE (ended|ending|to|through) (on|in)? (end:DAYDATE|end:MONTHDATE)", _ended),
    Rule("<length> ended <date>", "SPAN", "span:SPAN (ended|ending|to|through) (on|in)? (end:DAYDATE|end:MONTHDATE)", _span_ended),
)  # fmt: skip
