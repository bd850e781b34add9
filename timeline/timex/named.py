"""Dates that have a name: figures, weekdays, months, quarters, seasons, feasts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from timeline.interval import LAST_DAY, Grain, Interval
from timeline.timex import holidays
from timeline.timex.meaning import (
    Base,
    Calendar,
    Feast,
    FeastWeekend,
    Fixed,
    MonthOf,
    Relative,
    Weekday,
    YearPart,
)
from timeline.timex.resolved import Anchor, Resolved, of_period, resolve
from timeline.timex.units import SEASONS, Period, Unit


@resolve.register
def _calendar(date: Calendar, anchor: Anchor) -> Resolved:
    if date.bc:
        return Resolved("DATE", f"BC{date.year:04d}")
    if date.year is not None and date.month is None:
        return of_period(Unit.YEAR, Period(Unit.YEAR, date.year))
    if date.year is not None and date.month is not None:
        if date.day is None:
            return of_period(Unit.MONTH, Period.of_month(date.year, date.month))
        return of_period(Unit.DAY, Period.of_day(date.year, date.month, date.day))
    text = f"XXXX-{date.month:02d}" if date.month else "XXXX-XX"
    text += f"-{date.day:02d}" if date.day else ""
    if anchor.now is None:
        return Resolved("DATE", text, base=Base.NOW)
    if date.day is None:
        return _month(MonthOf(date.month or 1), anchor)
    found = _closest_day(date, anchor.now, anchor.ahead)
    if found is None:
        return Resolved("DATE", text, base=Base.NOW)
    return of_period(Unit.DAY, Period(Unit.DAY, found), Base.NOW)


def _closest_day(date: Calendar, now: int, ahead: int) -> int | None:
    today = dt.date.fromordinal(now)
    days: list[int] = []
    if date.month is None:
        steps = range(-6, 7) if date.weekday is not None else range(-2, 3)
        months = [today.year * 12 + today.month - 1 + step for step in steps]
    else:
        reach = 8 if date.day == 29 and date.month == 2 else 1
        months = [(today.year + y) * 12 + date.month - 1 for y in range(-reach, reach + 1)]
    for month in months:
        period = Period.of_day(month // 12, month % 12 + 1, date.day or 1)
        if period and (date.weekday is None or (period.index - 1) % 7 == date.weekday):
            days.append(period.index)
    if not days:
        return _closest_day(replace(date, weekday=None), now, ahead) if date.weekday is not None else None
    return min(days, key=lambda day: (_cost(day - now, ahead), day))


#: How much farther the side counts that a clause does not look to: a date in a past clause may lie ahead
#: ("he said the talks would open Nov. 3"), but not far. News looks back, so that ahead is a little farther.
_FARTHER: Final = {-1: (1.0, 5.0), 0: (1.0, 1.5), 1: (4.0, 1.0)}


def _cost(distance: int, ahead: int) -> float:
    """How far a day or month lies, the unlikely side weighted: chooses the year of a date without one."""
    back, forth = _FARTHER[ahead]
    return distance * forth if distance >= 0 else -distance * back


@resolve.register
def _weekday(day: Weekday, anchor: Anchor) -> Resolved:
    unknown = Resolved("DATE", f"XXXX-WXX-{day.weekday + 1}", base=Base.NOW)
    if day.week is not None:
        week = resolve(day.week, anchor).period
        if week is None:
            return unknown
        return of_period(Unit.DAY, Period(Unit.DAY, week.index * 7 + 1 + day.weekday), Base.NOW)
    if day.base is Base.THEN and anchor.then and anchor.then.unit is Unit.DAY:
        start = anchor.then.index
        back = (start - 1 - day.weekday) % 7 or 7
        return of_period(
            Unit.DAY, Period(Unit.DAY, start + (7 - back % 7 if (day.which or 0) > 0 else -back)), Base.THEN
        )
    if anchor.now is None:
        return unknown
    since = (anchor.now - 1 - day.weekday) % 7
    match day.which:
        case None if anchor.near:
            found = anchor.now - since if since <= 3 else anchor.now + 7 - since
        case None:
            found = anchor.now - since if anchor.ahead <= 0 else anchor.now + (-since) % 7
        case -1:
            found = anchor.now - (since or 7)
        case 0:
            found = anchor.now - since if anchor.ahead < 0 else anchor.now + (-since) % 7
        case 2:
            found = anchor.now + 7 - since
        case 3 | 4:  # "Monday week" is a week after the Monday to come
            found = anchor.now + (-since) % 7 + 7 * (day.which - 2)
        case _:
            found = Period.around(Unit.WEEK, anchor.now).shift(1).index * 7 + 1 + day.weekday
    return of_period(Unit.DAY, Period(Unit.DAY, found), Base.NOW)


@resolve.register
def _month(named: MonthOf, anchor: Anchor) -> Resolved:
    if named.year is not None:
        year = resolve(named.year, anchor)
        if year.period is None:
            return Resolved("DATE", f"XXXX-{named.month:02d}", base=Base.NOW)
        period = Period.of_month(year.period.index, named.month)
        if named.day:
            return of_period(Unit.DAY, Period.of_day(year.period.index, named.month, named.day), year.base)
        return of_period(Unit.MONTH, period, year.base)
    if (beside := _beside_then(Unit.MONTH, named.month, named, anchor)) is not None:
        return of_period(Unit.MONTH, beside, Base.THEN)
    if anchor.now is None:
        return Resolved("DATE", f"XXXX-{named.month:02d}", base=Base.NOW)
    this = Period.around(Unit.MONTH, anchor.now).index
    ahead = (named.month - 1 - this) % 12
    match named.which:
        case -1:
            index = this + ahead - 12
        case 0:
            index = this - this % 12 + named.month - 1
        case 1:
            index = this + (ahead or 12)
        case _:
            index = this + min(ahead - 12 if ahead else 0, ahead, key=lambda step: _cost(step, anchor.ahead))
    if named.day:
        return of_period(Unit.DAY, Period.of_day(index // 12, index % 12 + 1, named.day), Base.NOW)
    return of_period(Unit.MONTH, Period(Unit.MONTH, index), Base.NOW)


@resolve.register
def _year_part(part: YearPart, anchor: Anchor) -> Resolved:
    unit = part.unit
    if unit is Unit.WEEK:
        return _week_of_year(part, anchor)
    per_year = 12 // unit.months
    letters = SEASONS[part.number - 1] if unit is Unit.SEASON else f"{unit.letters}{part.number}"
    unknown = Resolved("DATE", f"XXXX-{letters}", base=Base.NOW)
    if part.year is not None:
        year = resolve(part.year, anchor)
        if year.period is None:
            return unknown
        return of_period(unit, Period(unit, year.period.index * per_year + part.number - 1), year.base)
    if (beside := _beside_then(unit, part.number, part, anchor)) is not None:
        return of_period(unit, beside, Base.THEN)
    if anchor.now is None:
        return unknown
    this = Period.around(unit, anchor.now).index
    ahead = (part.number - 1 - this) % per_year
    match part.which:
        case -1:
            index = this + ahead - per_year
        case 0:
            index = this if not ahead else this - this % per_year + part.number - 1
        case 1:
            index = this + (ahead or per_year)
        case _:
            # News reports on periods that are over: one that lies ahead counts as twice as far.
            behind = ahead - per_year if ahead else 0
            index = this + min(
                behind, ahead, key=lambda step: _cost(step, max(anchor.ahead, 0)) + 2 * (step > 0)
            )
    return of_period(unit, Period(unit, index), Base.NOW)


def _beside_then(unit: Unit, number: int, named: MonthOf | YearPart, anchor: Anchor) -> Period | None:
    """ "2015 ... the following March" is that of 2016, "May 2015 ... the previous November" that of 2014: the
    first after the time named last, or the last before it; None if it is not counted from that."""
    then = anchor.then.interval if anchor.then and named.base is Base.THEN else None
    if then is None or then.first is None or then.stop is None:
        return None
    this = Period.around(unit, then.stop - 1 if named.which == 1 else then.first)
    per_year = 12 // unit.months
    ahead = (number - 1 - this.index) % per_year
    if not ahead and this.interval and then not in this.interval and this.interval not in then:
        return this  # the winter that the year named begins or ends with
    return this.shift((ahead or per_year) if named.which == 1 else ahead - per_year)


def _week_of_year(part: YearPart, anchor: Anchor) -> Resolved:
    year = resolve(part.year or Relative(Unit.YEAR, 0), anchor)
    if year.period is None:
        return Resolved("DATE", f"XXXX-W{part.number:02d}", base=Base.NOW)
    try:
        monday = dt.date.fromisocalendar(year.period.index, part.number, 1).toordinal()
    except ValueError:
        return Resolved("DATE", f"{year.period.index:04d}-WXX", base=year.base)
    return of_period(Unit.WEEK, Period.around(Unit.WEEK, monday), year.base)


@resolve.register
def _feast(feast: Feast, anchor: Anchor) -> Resolved:
    unknown = Resolved("DATE", "XXXX-XX-XX", base=Base.NOW)
    if feast.year is not None:
        year = resolve(feast.year, anchor)
        if year.period is None:
            return unknown
        found = holidays.days_of(feast.key, year.period.index)
        return _days(*found[0], year.base) if found else unknown
    if anchor.now is None:
        text = holidays.undated(feast.key)
        return Resolved("DATE", text, base=Base.NOW)
    this = dt.date.fromordinal(anchor.now).year
    near = [d for year in range(this - 2, this + 3) for d in holidays.days_of(feast.key, year)]
    behind = [d for d in near if d[0] < anchor.now]
    beyond = [d for d in near if d[0] > anchor.now]
    match feast.which:
        case -1:
            choice = max(behind, default=None)
        case 1:
            choice = min(beyond, default=None)
        case 0:
            choice = next((d for d in near if dt.date.fromordinal(d[0]).year == this), None)
        case _:
            candidates = [(_distance(d, anchor.now), Period(Unit.DAY, d[0])) for d in near]
            chosen = _nearest(candidates, anchor)
            choice = next((d for d in near if chosen and d[0] == chosen.index), None)
    return _days(*choice, Base.NOW) if choice else unknown


@resolve.register
def _feast_weekend(weekend: FeastWeekend, anchor: Anchor) -> Resolved:
    on = resolve(weekend.feast, anchor)
    if on.interval is None or on.interval.first is None:
        return Resolved("DATE", Unit.WEEKEND.unknown, base=on.base)
    # A Monday off lengthens the weekend before it, a Thursday the one after.
    week = Period.around(Unit.WEEKEND, on.interval.first)
    early = (on.interval.first - 1) % 7 <= 1
    return of_period(Unit.WEEKEND, week.shift(-1) if early else week, on.base)


def _nearest(candidates: list[tuple[int, Period]], anchor: Anchor) -> Period | None:
    """Of (distance, period) the one the clause looks to: negative distances lie behind."""
    ahead = [c for c in candidates if c[0] >= 0] if anchor.ahead > 0 else []
    behind = [c for c in candidates if c[0] <= 0] if anchor.ahead < 0 else []
    chosen = ahead or behind or candidates
    return min(chosen, key=lambda c: (abs(c[0]), c[0]))[1] if chosen else None


def _distance(days: tuple[int, int], now: int) -> int:
    first, length = days
    return 0 if first <= now < first + length else first - now if first > now else first + length - 1 - now


def _days(first: int, length: int, base: Base | None) -> Resolved:
    period = Period(Unit.DAY, first)
    if length == 1:
        return of_period(Unit.DAY, period, base)
    if first + length > LAST_DAY + 1:
        return Resolved("DATE", "XXXX-XX-XX", base=base)
    if length == 7 and first % 7 == 1:  # a week from Monday on has a name of its own
        return of_period(Unit.WEEK, Period.around(Unit.WEEK, first), base)
    interval = Interval(first, first + length)
    return Resolved("DATE", f"{interval.start}/{interval.end}", interval, Grain.DAY, period=period, base=base)


@resolve.register
def _fixed(fixed: Fixed, anchor: Anchor) -> Resolved:
    return of_period(fixed.unit, Period(fixed.unit, fixed.index))
