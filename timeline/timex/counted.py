"""Dates counted from another: last week, two days later, the second week of May, early December."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from timeline.interval import FIRST_DAY, LAST_DAY, Interval
from timeline.timex.meaning import (
    After,
    Away,
    Base,
    Due,
    Edge,
    Ended,
    Length,
    MonthOf,
    Nth,
    Opening,
    Relative,
    Same,
    Span,
    Stretch,
)
from timeline.timex.resolved import Anchor, Resolved, around, of_period, resolve
from timeline.timex.units import Period, Unit, add_months

#: Days of a unit that is not counted in months.
_DAYS: Final = {
    Unit.DAY: 1,
    Unit.NIGHT: 1,
    Unit.WEEKDAY: 1,
    Unit.WEEK: 7,
    Unit.WEEKEND: 7,
    Unit.FORTNIGHT: 14,
}
#: Seconds of a unit shorter than a day.
_SECONDS: Final = {Unit.HOUR: 3600, Unit.MINUTE: 60, Unit.SECOND: 1}


@resolve.register
def _relative(relative: Relative, anchor: Anchor) -> Resolved:
    period = around(relative.unit, _start(anchor, relative.base), relative.steps)
    return of_period(relative.unit, period, relative.base)


@resolve.register
def _after(after: After, anchor: Anchor) -> Resolved:
    near = resolve(after.near, anchor).interval
    if near is None or near.first is None:
        return resolve(after.far, anchor)
    beyond = replace(anchor, now=near.first, ahead=1)
    found = resolve(after.far, beyond)
    over = found.interval is not None and (found.interval.first or 0) < near.first
    if over and isinstance(after.far, MonthOf):  # "May to March"
        return resolve(replace(after.far, which=1), beyond)
    return found


@resolve.register
def _opening(opening: Opening, anchor: Anchor) -> Resolved:
    found = resolve(opening.first, anchor)
    if anchor.ahead > 0 and anchor.now is not None and found.period:
        begun = found.period.shift(-12)
        months = (opening.last - opening.month) % 12
        end = begun.shift(months).interval
        if end and end.stop and end.stop > anchor.now:
            return of_period(begun.unit, begun, found.base)
    return found


@resolve.register
def _stretch(stretch: Stretch, anchor: Anchor) -> Resolved:
    first, last = resolve(stretch.first, anchor), resolve(stretch.last, anchor)
    if first.interval is None or last.interval is None:
        return replace(first, interval=None, grain=None)
    return replace(first, value=f"{first.value}/{last.value}", interval=first.interval | last.interval)


@resolve.register
def _ended(ended: Ended, anchor: Anchor) -> Resolved:
    end = resolve(ended.end, anchor)
    unknown = Resolved("DATE", ended.unit.unknown, base=end.base)
    if end.interval is None or end.interval.stop is None:
        return unknown
    last = end.interval.stop - 1
    # Counted from the day after, so that a quarter that ends on June 30 begins on April 1.
    first = None if last == LAST_DAY else add_months(last + 1, -ended.unit.months)
    if first is None:
        return unknown
    # A quarter told by its (fiscal) number keeps it; else the calendar's own one in which most of it lies.
    told = anchor.quarter or Period.around(ended.unit, (first + last) // 2)
    return replace(of_period(ended.unit, told, end.base), interval=Interval(first, last + 1))


@resolve.register
def _due(due: Due, anchor: Anchor) -> Resolved:
    known = all(number is not None for number, _ in due.length.amounts)
    return resolve(
        Away(due.length, 1) if known and anchor.ahead > 0 else Span(due.length, due.sign, due.of), anchor
    )


def _start(anchor: Anchor, base: Base) -> int | None:
    """The day to count from."""
    if base is Base.THEN and anchor.then and (interval := anchor.then.interval):
        return interval.first
    return anchor.now


@resolve.register
def _same(same: Same, anchor: Anchor) -> Resolved:
    unit = same.unit
    if unit is Unit.QUARTER:
        return _same_quarter(same, anchor)
    if unit is Unit.WEEKEND and anchor.now is not None:
        week = Period.around(Unit.WEEKEND, anchor.now)
        begun = (anchor.now - 1) % 7 >= 5
        steps = same.steps if begun or anchor.ahead > 0 else same.steps - 1
        return of_period(unit, week.shift(steps), Base.NOW)
    then = anchor.then
    if then is None or (same.now and unit is not Unit.DAY) or (interval := then.interval) is None:
        return of_period(unit, around(unit, anchor.now, same.steps), Base.NOW)
    first = interval.first or FIRST_DAY
    if unit is Unit.DAY and then.unit not in (Unit.DAY, Unit.WEEKEND):
        return (
            Resolved("DATE", unit.unknown, base=Base.THEN)
            if same.steps
            else of_period(unit, around(unit, anchor.now), Base.NOW)
        )
    return of_period(unit, Period.around(unit, first).shift(same.steps), Base.THEN)


def _same_quarter(same: Same, anchor: Anchor) -> Resolved:
    """The quarter the article reports on: the one it named, else the last one that is over."""
    told = anchor.quarter
    if same.loose and anchor.longer and same.steps == -4 and anchor.now is not None:
        return of_period(Unit.YEAR, around(Unit.YEAR, anchor.now, -1), Base.NOW)
    if same.year is not None:
        if told is None or (same.loose and anchor.longer):
            return of_period(Unit.YEAR, Period(Unit.YEAR, same.year))
        return of_period(told.unit, Period(told.unit, same.year * 4 + told.index % 4), Base.THEN)
    if told is not None:
        return of_period(told.unit, told.shift(same.steps), Base.THEN)
    if anchor.now is None:
        return Resolved("DATE", Unit.QUARTER.unknown, base=Base.NOW)
    over = -1 if anchor.ahead <= 0 and same.now else 0
    return of_period(Unit.QUARTER, Period.around(Unit.QUARTER, anchor.now).shift(over + same.steps), Base.NOW)


@resolve.register
def _away(away: Away, anchor: Anchor) -> Resolved:
    """The value names the period of the calendar so far away; the interval of "less than two weeks ago" ends
    a week ago, that of "over two weeks ago" begins three weeks ago."""
    length, sign = away.length, away.sign
    unit = length.unit
    if not isinstance(away.base, Base):
        base = resolve(away.base, anchor)
        if base.period and base.period.unit is unit and unit.months and len(length.amounts) == 1:
            steps = length.amounts[0][0] or 0  # "two years after 1999" is a year
            return of_period(unit, base.period.shift(sign * int(min(steps, 10**6))), base.base)
        start = base.interval.first if base.interval else None
        return _shifted(length, sign, start, away.weekday, base.base)
    if any(number is None for number, _ in length.amounts):
        return Resolved("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", base=away.base)
    number = length.amounts[0][0] or 0
    if unit is Unit.YEAR and number == 1 and sign < 0 and anchor.quarter and away.weekday is None:
        if anchor.longer and anchor.now is not None:
            return replace(of_period(Unit.YEAR, around(Unit.YEAR, anchor.now, -1), Base.NOW), mod=length.mod)
        return replace(
            of_period(
                anchor.quarter.unit, anchor.quarter.shift(-12 // anchor.quarter.unit.months), Base.THEN
            ),
            mod=length.mod,
        )
    then = anchor.then if away.base is Base.THEN else None
    used = Base.THEN if then else Base.NOW
    start = _start(anchor, away.base)
    if start is None:
        return Resolved("DATE", unit.unknown, mod=length.mod, base=used)
    exact_week = then is not None and then.unit is Unit.DAY and unit in (Unit.WEEK, Unit.FORTNIGHT)
    if away.weekday is not None or exact_week or len(length.amounts) > 1:
        return _shifted(length, sign, start, away.weekday, used)
    if unit.is_clock:
        if used is Base.NOW and anchor.clock is not None:
            return _by_the_clock(start, anchor.clock + sign * number * _SECONDS[unit], length, used)
        day = of_period(Unit.DAY, Period(Unit.DAY, start), used)
        return replace(day, type="TIME", mod=length.mod)
    line, per = {
        Unit.NIGHT: (Unit.DAY, 1),
        Unit.WEEKDAY: (Unit.DAY, 1),
        Unit.FORTNIGHT: (Unit.WEEK, 2),
        Unit.DECADE: (Unit.YEAR, 10),
        Unit.CENTURY: (Unit.DECADE, 10),
        Unit.MILLENNIUM: (Unit.CENTURY, 10),
    }.get(unit, (unit, 1))
    steps = number * per
    if steps != int(steps):
        finer = {
            Unit.YEAR: (Unit.MONTH, 12),
            Unit.MONTH: (Unit.WEEK, 4),
            Unit.WEEK: (Unit.DAY, 7),
            Unit.DECADE: (Unit.YEAR, 10),
            Unit.CENTURY: (Unit.DECADE, 10),
        }
        line, per = finer.get(line, (Unit.DAY, 1))
        steps = round(steps * per)
    found = Period.around(line, start).shift(sign * int(min(steps, 10**8)))
    dated = replace(of_period(line, found, used), mod=length.mod)
    beyond = {"LESS_THAN": -per, "MORE_THAN": per}.get(length.mod)
    if beyond is None or dated.interval is None:
        return dated
    ends = [shift_day(start, line, sign * int(min(n, 10**8))) for n in (steps, steps + beyond)]
    if None in ends or ends[0] == ends[1]:
        return dated
    first, last = sorted(end for end in ends if end is not None)
    return replace(dated, interval=Interval(first, last + 1))


def _by_the_clock(day: int, second: float, length: Length, base: Base) -> Resolved:
    """A moment so many seconds after the midnight that begins a day, to the minute."""
    minute = int(min(max(second, -(10**12)), 10**12) // 60)
    found = of_period(Unit.DAY, Period(Unit.DAY, day + minute // 1440), base)
    clock = f"T{minute // 60 % 24:02d}:{minute % 60:02d}" if found.period else ""
    return replace(found, type="TIME", value=found.value + clock, mod=length.mod)


def _shifted(
    length: Length, sign: int, start: int | None, weekday: int | None, base: Base | None
) -> Resolved:
    """Exactly so long before or after one day."""
    day = start
    for number, unit in length.amounts:
        if day is not None:
            day = shift_day(day, unit, sign * (number or 0))
    if day is None:
        return Resolved("DATE", Unit.DAY.unknown, base=base)
    if weekday is not None:
        day += (weekday - (day - 1)) % 7
        if day - (start or day) > 6 and length.unit in (Unit.WEEK, Unit.FORTNIGHT):
            day = (
                ((start or day) - 1) // 7 * 7
                + 1
                + weekday
                + 7 * int(sign * (length.amounts[0][0] or 0)) * (2 if length.unit is Unit.FORTNIGHT else 1)
            )
    return replace(of_period(Unit.DAY, Period(Unit.DAY, day), base), mod=length.mod)


def shift_day(day: int, unit: Unit, number: float) -> int | None:
    """The day so many units after one; None outside the years 1 to 9999."""
    if unit.is_clock:
        return day
    if abs(number) > 4_000_000:
        return None
    if unit.months:
        months = number * unit.months
        moved = add_months(day, int(months))
        if moved is None or months == int(months):
            return moved
        moved += round((months - int(months)) * 30)
    else:
        moved = day + round(number * _DAYS[unit])
    return moved if FIRST_DAY <= moved <= LAST_DAY else None


@resolve.register
def _nth(nth: Nth, anchor: Anchor) -> Resolved:
    of = resolve(nth.of, anchor)
    unknown = Resolved("DATE", nth.unit.unknown, base=of.base)
    if of.interval is None or of.interval.first is None or of.interval.stop is None:
        return unknown
    first, last = of.interval.first, of.interval.stop - 1
    if nth.weekday is not None:
        day = _nth_weekday(nth.number, nth.weekday, first, last)
        return of_period(Unit.DAY, Period(Unit.DAY, day), of.base) if first <= day <= last else unknown
    if nth.unit is Unit.WEEK and nth.number:
        # A week belongs to the period that holds its Thursday (ISO 8601).
        edge = _nth_weekday(nth.number, 3, first, last)
        found = Period.around(Unit.WEEK, min(max(edge, FIRST_DAY), LAST_DAY))
    elif nth.number > 0:
        found = Period.around(nth.unit, first).shift(nth.number - 1)
    else:
        found = Period.around(nth.unit, last).shift(nth.number + 1 if nth.number else 0)
    if found.interval is None or not found.interval.overlaps(of.interval):
        return unknown
    return of_period(found.unit, found, of.base)


def _nth_weekday(number: int, weekday: int, first: int, last: int) -> int:
    if number > 0:
        return first + (weekday - (first - 1)) % 7 + 7 * (number - 1)
    return last - ((last - 1) - weekday) % 7 + 7 * (number + 1)


@resolve.register
def _edge(edge: Edge, anchor: Anchor) -> Resolved:
    of = resolve(edge.of, anchor)
    if edge.mod == "APPROX" or of.interval is None or of.interval.is_open:
        return replace(of, mod=edge.mod)
    interval = of.interval
    first, stop = interval.first or FIRST_DAY, interval.stop or LAST_DAY
    if edge.so_far:
        now = anchor.now
        if now is not None and first <= now < stop and stop - first > 1:
            interval = Interval(first, now + 1) if edge.so_far < 0 else Interval(now, stop)
    elif edge.half:
        middle = _middle(first, stop)
        interval = Interval(first, middle) if edge.mod == "START" else Interval(middle, stop)
    elif stop - first > 2:
        interval = _third(edge.mod, first, stop)
    return replace(of, mod=edge.mod, interval=interval)


def _middle(first: int, stop: int) -> int:
    """Where its second half begins: of years on the first of January or July, of a month on the 16th."""
    start, years = dt.date.fromordinal(first), (stop - first) // 365
    if years > 1:
        return dt.date(start.year + years // 2, 1, 1).toordinal()
    return first + 15 if 28 <= stop - first <= 31 else first + (stop - first) // 2


def _third(mod: str, first: int, stop: int) -> Interval:
    """The first, second or last third: of a month days 1-10, 11-20 and the rest; of a year four months."""
    start = dt.date.fromordinal(first)
    if stop - first > 360 and start.month == start.day == 1 and stop - first < 370:
        marks = [first, dt.date(start.year, 5, 1).toordinal(), dt.date(start.year, 9, 1).toordinal(), stop]
    elif 28 <= stop - first <= 31:
        marks = [first, first + 10, first + 20, stop]
    else:
        third = (stop - first) // 3
        marks = [first, first + third, stop - third, stop]
    at = ("START", "MID", "END").index(mod)
    return Interval(marks[at], marks[at + 1])
