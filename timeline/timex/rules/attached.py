"""What is built on other expressions: "two days ago", "early December", "Friday at noon"."""

# ruff: noqa: E501  (a rule is one row of a table)
from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from timeline.timex.grammar import Rule, Several
from timeline.timex.meaning import (
    Away,
    Base,
    Calendar,
    Clock,
    DayPart,
    Edge,
    Every,
    Feast,
    Hours,
    Length,
    Meaning,
    MonthOf,
    Nth,
    Reference,
    Relative,
    Same,
    Span,
    Weekday,
)
from timeline.timex.units import Unit


def _ago(length: Length, weekday: int | None = None) -> Meaning:
    return Away(length, -1, Base.NOW, weekday)


def _hence(length: Length, weekday: int | None = None) -> Meaning:
    return Away(length, 1, Base.NOW, weekday)


def _earlier(length: Length, sign: int) -> Meaning:
    return Away(length, sign, Base.THEN)


def _from(length: Length, of: Meaning, sign: int = 1) -> Away:
    return Away(length, sign, of)


def _nth(number: int, unit: Unit, of: Meaning, weekday: int | None = None) -> Nth | None:
    return Nth(number, unit, of, weekday) if number else None


def _ago_on(span: Span, of: Meaning) -> Away | None:
    """ "A year ago today" is its anniversary."""
    return _from(span.length, of, -1) if not span.sign and isinstance(of, Relative) else None


def _periods_from(length: Length, of: Meaning, sign: int) -> Away | None:
    """Years from a year, months from a month."""
    unit = Unit.MONTH if isinstance(of, MonthOf) or getattr(of, "month", None) else Unit.YEAR
    number = length.amounts[0][0]
    return Away(length, sign, of) if length.unit is unit and number and number % 1 == 0 else None


def _part_of(span: Span, of: Meaning, sign: int) -> Several:
    """The length and the period it is part of are two expressions: "the first nine months", "1989"."""
    return Several((("span", "SPAN", Span(span.length, sign, of)), ("of", "DATE", of)), from_start=True)


_ONE_DAY: Final = Length(((1, Unit.DAY),))

AWAY: Final = (
    Rule("<span> ago", "DATE", "span:SPAN -? (ago|back)", lambda span: _ago(span.length) if not span.sign else None),
    Rule("<span> earlier", "DATE", "span:SPAN sign:COMPARATIVE", lambda span, sign: _earlier(span.length, sign) if not span.sign else None),
    Rule("<span> ago <today>", "DATE", "span:SPAN ago (of:DAYDATE)", _ago_on),
    Rule("<years> before <1999>", "DATE", "span:SPAN before (of:YEARDATE|of:MONTHDATE)", lambda span, of: _periods_from(span.length, of, -1)),
    Rule("<years> after <1999>", "DATE", "span:SPAN (after|following) (of:YEARDATE|of:MONTHDATE)", lambda span, of: _periods_from(span.length, of, 1)),
    Rule("the <year> before <1999>", "DATE", "the unit:UNIT1 before (of:YEARDATE|of:MONTHDATE)", lambda unit, of: _periods_from(Length(((1, unit),)), of, -1)),
    Rule("the <year> after <1999>", "DATE", "the unit:UNIT1 after (of:YEARDATE|of:MONTHDATE)", lambda unit, of: _periods_from(Length(((1, unit),)), of, 1)),
    Rule("the <second> half of <date>", "DATE", "(the)? (number:ORDINALWORD|number:NTH) half of (of:OTHERDATE|of:MONTHDATE|of:YEARDATE)", lambda number, of: Edge("START" if number == 1 else "END", of, half=True) if number < 3 else None),
    Rule("the latter half of <date>", "DATE", "(the)? (latter|last|later) half of (of:OTHERDATE|of:MONTHDATE|of:YEARDATE)", lambda of: Edge("END", of, half=True)),
    Rule("<span> before that", "DATE", "span:SPAN (before|prior) (that|this)", lambda span: _earlier(span.length, -1)),
    Rule("<span> after that", "DATE", "span:SPAN (after (that|this)|thereafter)", lambda span: _earlier(span.length, 1)),
    Rule("<span> from now", "DATE", "span:SPAN from now", lambda span: _hence(span.length)),
    Rule("<span> hence", "DATE", "span:SPAN hence", lambda span: _hence(span.length)),
    Rule("<span> before <date>", "DATE", "span:SPAN (before|to|prior) (to)? (of:DAYDATE)", lambda span, of: _from(span.length, of, -1) if not span.sign else None),
    Rule("<span> after <date>", "DATE", "span:SPAN (after|from|following) of:DAYDATE", lambda span, of: _from(span.length, of) if not span.sign else None),
    Rule("<length> since <date>", "SPAN", "span:SPAN since of:DAYDATE", lambda span, of: _part_of(span, of, 1) if not span.sign else None),
    Rule("in <length's> time", "DATE", "in >> span:SPAN ('|'s)? time <<! (OTHER|of)", lambda span: _hence(span.length)),
    Rule("the <day> after <date>", "DATE", "(a|the) unit:UNIT1 (after|from|following) of:DAYDATE", lambda unit, of: _from(Length(((1, unit),)), of)),
    Rule("the <day> before <date>", "DATE", "(a|the) unit:UNIT1 before of:DAYDATE", lambda unit, of: _from(Length(((1, unit),)), of, -1)),
    Rule("the <first> <week> of <date>", "DATE", "(the)? (number:ORDINALWORD|number:NTH) (full|whole)? unit:UNIT1 (of|in)? of:DATE", _nth),
    Rule("the <last> <week> of <date>", "DATE", "(the)? (last|final) unit:UNIT1 of of:DATE", lambda unit, of: Nth(-1, unit, of)),
    Rule("the <third> <weekday> of <date>", "DATE", "(the)? (number:ORDINALWORD|number:NTH) of_day:DAYDATE (of|in) of:DATE", lambda number, of_day, of: _nth(number, Unit.DAY, of, of_day.weekday) if isinstance(of_day, Weekday) else None),
    Rule("the last <weekday> of <date>", "DATE", "last_day:DAYDATE (of|in) (of:MONTHDATE|of:DAYDATE)", lambda last_day, of: Nth(-1, Unit.DAY, of, last_day.weekday) if isinstance(last_day, Weekday) and last_day.which == -1 and isinstance(of, Calendar | MonthOf | Relative | Feast) else None),
    Rule("the <first> <length> of <date>", "SPAN", "(the)? (number:ORDINALWORD|number:NTH) span:SPAN (of|in) of:DATE", lambda number, span, of: _part_of(span, of, 1)),
    Rule("the early <months> of <date>", "SPAN", "(the)? (early|opening|dying|closing|late) span:SPAN of of:DATE", lambda span, of: _part_of(span, of, 1) if not span.sign and not span.length.unit.is_clock else None),
    Rule("the <first> <length>", "SPAN", "(the|its|their|his|her)? (first|final|opening|remaining|latest|ORDINALWORD) span:SPAN", lambda span: span if not span.sign else None),
    Rule("the <last> <length> of <date>", "SPAN", "(the)? (last|final) span:SPAN (of|in) of:DATE", lambda span, of: _part_of(span, of, -1)),
    Rule("the last <length> of <date>", "SPAN", "span:SPAN of of:DATE", lambda span, of: _part_of(span, of, -1) if span.sign < 0 else None),
    Rule("one day", "REF", "MODAL >> span:SPAN << (OTHER|be|have)", lambda span: Reference("FUTURE_REF") if span.length == _ONE_DAY else None),
    Rule("the week of <date>", "DATE", "the week (of|starting|beginning|ending) (on)? of:DAYDATE", lambda of: Nth(0, Unit.WEEK, of)),
)  # fmt: skip


def _part(day: Meaning, part: str, mod: str = "") -> DayPart:
    return DayPart(part, day, mod)


def _early_hours(span: Span, day: Meaning) -> DayPart | None:
    """ "The early hours of Friday": its morning, or the beginning of the part of the day that is named."""
    if span.length.unit is not Unit.HOUR:
        return None
    return replace(day, mod="START") if isinstance(day, DayPart) else DayPart("MO", day, "START")


def _half_of_day(day: Meaning, half: str) -> DayPart:
    return DayPart("MO" if half == "am" else "AF", day)


PARTS: Final = (
    Rule("<date> <morning>", "TIME", "day:DAYDATE (in the)? -? (mod:EDGEADJ)? -? part:PART", _part),
    Rule("the <morning> of <date>", "TIME", "(the)? (mod:EDGEADJ -?)? part:PART (of|on|,)? day:DAYDATE", _part),
    Rule("<date> at <dawn>", "TIME", "day:DAYDATE (at)? part:TWILIGHT", _part),
    Rule("<dawn> on <date>", "TIME", "part:TWILIGHT (on)? day:DAYDATE", _part),
    Rule("at <dawn>", "TIME", "(at|before|by|after|until|till|since|from|toward|around) >> part:TWILIGHT <<! (of)", lambda part: DayPart(part)),
    Rule("<date> am", "TIME", "day:DAYDATE half:AMPM <<! NAME", _half_of_day),
    Rule("early this <morning>", "TIME", "mod:EDGEADJ time:PARTTIME", lambda mod, time: replace(time, mod=mod)),
    Rule("later this <morning>", "TIME", "COMPARATIVE (in)? time:PARTTIME", lambda time: time),
    Rule("mid-<morning>", "TIME", "mod:EDGEADJ -? part:PART", lambda mod, part: DayPart(part, None, mod)),
    Rule("in the <morning>", "TIME", "(in|during|by|through|this|of) >> the part:PART", lambda part: DayPart(part, Same(Unit.DAY, 0, now=True))),
)  # fmt: skip


def _edge(mod: str, of: Meaning) -> Edge | None:
    return Edge(mod, of)


def _so_far(sign: int, of: Meaning) -> Edge:
    return Edge("START" if sign < 0 else "END", of, sign)


def _year_end(mod: str) -> Edge:
    return Edge(mod, Same(Unit.YEAR, now=True))


EDGES: Final = (
    Rule("early <date>", "DATE", "(the)? mod:EDGEADJ (of|in|on|the)? of:DATE", _edge),
    Rule("early <date> <morning>", "TIME", "mod:EDGEADJ (on|in)? time:PARTTIME", lambda mod, time: None if time.mod else replace(time, mod=mod)),
    Rule("mid-<date>", "DATE", "mod:EDGEADJ - of:DATE", _edge),
    Rule("the mid-<1980s>", "DATE", "the mod:EDGEADJ - of:OTHERDATE", _edge),
    Rule("the end of <date>", "DATE", "(the)? (very)? mod:EDGENOUN (of) of:DATE", _edge),
    Rule("end of <year>", "DATE", "(the)? mod:EDGENOUN of unit:UNIT1", lambda mod, unit: Edge(mod, Same(unit, now=True))),
    Rule("the early part of <date>", "DATE", "(the)? mod:EDGEADJ part (of) of:DATE", _edge),
    Rule("the latter part of <date>", "DATE", "(the)? (latter|last) part of of:DATE", lambda of: Edge("END", of)),
    Rule("earlier <date>", "DATE", "sign:COMPARATIVE (on|in|of)? of:DATE", _so_far),
    Rule("rest of <day>", "DATE", "(the)? (rest|remainder|balance) of unit:UNIT1", lambda unit: Edge("END", Relative(unit, 0), 1)),
    Rule("the rest of <date>", "DATE", "(the)? (rest|remainder|balance) (of)? of:DATE", lambda of: Edge("END", of, 1)),
    Rule("the <month's> end", "DATE", "(the)? (this)? year -? end", lambda: _year_end("END")),
    Rule("year-end <year>", "DATE", "year -? end of:YEARDATE", lambda of: Edge("END", of)),
    Rule("<length> ago or so", "DATE", "of:AWAYDATE or so", lambda of: Edge("APPROX", of)),
    Rule("<month> of <date>", "DATE", "month:MONTHDATE (of|in|,)? year:YEARDATE", lambda month, year: MonthOf(month.month, None, year) if isinstance(month, (MonthOf)) else None),
    Rule("<day>, <length>", "DATE", "weekday:DAYDATE ,? (in)? away:AWAYDATE", lambda weekday, away: replace(away, weekday=weekday.weekday) if isinstance(weekday, Weekday) and isinstance(away, Away) else None),
    Rule("<length> on <day>", "DATE", "away:AWAYDATE (on) weekday:DAYDATE", lambda weekday, away: replace(away, weekday=weekday.weekday) if isinstance(weekday, Weekday) and isinstance(away, Away) else None),
)  # fmt: skip


def _clock_on(clock: Clock, day: Meaning, part: DayPart | None = None, mod: str = "") -> Any:
    if clock.day is not None:
        return None
    return replace(clock, day=day, mod=mod)


def _two_clocks_on(clock: Clock, other: Clock, day: Meaning) -> Several | None:
    """One moment by two clocks, "6 p.m. (1700 GMT) on Friday"; the day is that of the first."""
    if clock.day is not None or other.day is not None:
        return None
    there, here = replace(clock, day=day), replace(other, day=day)
    return Several((("clock", "TIME", there), ("other", "TIME", here), ("day", "DATE", day)))


def _bare_hour(hour: int, time: Meaning) -> Any:
    if not isinstance(time, DayPart):
        return None
    return _clock_in_part(Clock(hour), time)


def _clock_in_part(clock: Clock, time: Meaning) -> Any:
    if not isinstance(time, DayPart) or clock.day is not None:
        return None
    late = (time.part in ("AF", "EV", "NI") and not clock.half and 3 < clock.hour < 12) or (
        time.part in ("AF", "EV") and not clock.half and clock.hour < 12
    )
    if time.part == "MO" and clock.hour == 12 and not clock.half:
        return replace(clock, day=time.day, hour=0)  # "12:30 in the morning"
    return replace(
        clock, day=time.day, hour=clock.hour + 12 if late else clock.hour, half="pm" if late else clock.half
    )


def _later(hour: Clock, half: str) -> Clock:
    if hour.half or not half or hour.hour > 12:
        return hour
    return replace(hour, hour=hour.hour % 12 + (12 if half == "pm" else 0), half=half)


def _hours_told(first: Clock | int, last: Clock | int) -> Hours | None:
    """Two bare numbers count something: "rose from 15 to 18"."""
    return None if isinstance(first, int) and isinstance(last, int) else _hours(first, last)


def _hours_beside(first: int, last: int, every: Every | None = None) -> Hours | None:
    """Two bare numbers are hours beside a day; of what repeats only beside "daily" and weekdays."""
    by_day = every is None or every.value == "P1D" or every.value.startswith("XXXX-WXX")
    return _hours(first, last) if by_day else None


def _hours(first: Clock | int, last: Clock | int) -> Hours | None:
    """Two clock times; what the far end says of morning and afternoon holds for the near one."""
    begin = first if isinstance(first, Clock) else Clock(first)
    end = last if isinstance(last, Clock) else Clock(last)
    if begin.day or end.day:
        return None
    same = _later(begin, end.half)
    if _minutes(same) < _minutes(end):
        begin = same
    elif end.half == "am":
        begin = _later(begin, "pm")  # "from 10 to 6 a.m."
    while _minutes(end) <= _minutes(begin) and end.hour < 12 and not end.half:
        end = replace(end, hour=end.hour + 12)
    return Hours(begin, end)


def _minutes(clock: Clock) -> int:
    return clock.hour * 60 + (clock.minute or 0)


def _hours_on(hours: Hours, day: Meaning) -> Hours:
    if isinstance(day, DayPart):
        late = day.part in ("AF", "EV", "NI")
        first, last = ((_later(c, "pm") if late else c) for c in (hours.first, hours.last))
        return Hours(first, last, day.day or Same(Unit.DAY, now=True))
    return Hours(hours.first, hours.last, day)


_ONE: Final = "(first:CLOCK|first:LOOSECLOCK|first:HOUR)"
_TWO: Final = "(last:CLOCK|last:LOOSECLOCK|last:HOUR)"

_BARE: Final = "(from first:HOUR (to|-|until|till|through) last:HOUR | between first:HOUR (and|-) last:HOUR)"

HOURS: Final = (
    Rule("from <7> to <9>", "HOURS", f"(from) {_ONE} (to|-|until|till|through) {_TWO} <<! (of|in)? (MONTHDATE|-|OTHER|NUMBER)", _hours_told),
    Rule("between <7> and <9>", "HOURS", f"(between) {_ONE} (and|-) {_TWO} <<! (of|in)? (MONTHDATE|-|OTHER|NUMBER)", _hours_told),
    Rule("from <7> to <9> on <Monday>", "HOURS", f"{_BARE} << ,? (of|on|in)? (DAYDATE|PARTTIME|every:SET)", _hours_beside),
    Rule("<Monday> from <7> to <9>", "HOURS", f"(DAYDATE|PARTTIME|every:SET) >> {_BARE} <<! (of|in)? (MONTHDATE|-|OTHER|NUMBER)", _hours_beside),
    Rule("<3>-<8> pm", "HOURS", "(first:CLOCK|first:LOOSECLOCK|first:HOUR) (-|to|until|till) (last:CLOCK)", _hours),
    Rule("<3> pm to <8>", "HOURS", "(first:CLOCK) (-|to|until|till) (last:CLOCK|last:LOOSECLOCK|last:HOUR) <<! (-|%|OTHER)", _hours),
    Rule("<14:00>-<15:00>", "HOURS", "first:LOOSECLOCK (-|to|until|till) last:LOOSECLOCK", _hours),
)  # fmt: skip

_AT: Final = "(at|by|for|before|after|until|till|from|starting|beginning|NOTLATER)? (just|shortly)? (ABOUT|before|after)?"

TIMES: Final = (
    Rule("the early hours of <date>", "TIME", "(the)? (early|small|late) span:SPAN (of|on) (day:DAYDATE|day:PARTTIME)", _early_hours),
    Rule("<clock> <date>", "TIME", "clock:CLOCK ,? (on|of)? (day:DAYDATE)", _clock_on),
    Rule("<clock> (<clock>) on <date>", "TIME", "clock:CLOCK OPEN other:CLOCK CLOSE ,? (on)? day:DAYDATE", _two_clocks_on),
    Rule("<loose clock> on <date>", "TIME", "clock:LOOSECLOCK ,? (on)? day:DAYDATE", _clock_on),
    Rule("<date> at <clock>", "TIME", f"day:DAYDATE ,? {_AT} (clock:CLOCK|clock:LOOSECLOCK)", _clock_on),
    Rule("<date> at <seven>", "TIME", "day:DAYDATE ,? (at|around) hour:HOURWORD", lambda day, hour: Clock(hour, day=day)),
    Rule("<morning> at <seven>", "TIME", "time:PARTTIME ,? (at|around|about) hour:HOURWORD", _bare_hour),
    Rule("<hours> <date>", "TIME", "hours:HOURS ,? (of|on)? (day:DAYDATE|day:PARTTIME)", _hours_on),
    Rule("<date> <hours>", "TIME", "(day:DAYDATE|day:PARTTIME) ,? (at)? hours:HOURS", _hours_on),
    Rule("<date> at <hour>", "TIME", "day:DAYDATE ,? (at|around) hour:HOUR <<! (-|%|OTHER|,)", lambda day, hour: Clock(hour, day=day)),
    Rule("on <15> at <8:00>", "TIME", "(on|at) >> day:DATEDAY at (clock:CLOCK|clock:LOOSECLOCK)", lambda day, clock: _clock_on(clock, Calendar(day=day))),
    Rule("<morning> at <clock>", "TIME", f"time:PARTTIME ,? {_AT} (clock:CLOCK|clock:LOOSECLOCK)", _clock_in_part),
    Rule("<clock> in the <morning>", "TIME", "(clock:CLOCK|clock:LOOSECLOCK) ,? (in|on)? time:PARTTIME", _clock_in_part),
    Rule("<4> in the <morning>", "TIME", "hour:HOUR ,? (in)? time:PARTTIME", _bare_hour),
    Rule("<morning> at <4>", "TIME", "time:PARTTIME ,? (at|around|about) hour:HOUR", _bare_hour),
    Rule("at <10:35>", "TIME", "(at|by|around|about|until|till|before|after|since|from) >> clock:LOOSECLOCK", lambda clock: clock),
)  # fmt: skip
