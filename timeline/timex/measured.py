"""Times of day, durations, sets and references: what has a length or a clock rather than a day."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from timeline.interval import LAST_DAY, Grain, Interval
from timeline.timex.counted import shift_day
from timeline.timex.meaning import Base, Clock, DayPart, Every, Hours, Length, Reference, Same, Span
from timeline.timex.resolved import Anchor, Resolved, resolve
from timeline.timex.units import Period, Unit


@resolve.register
def _part_of_day(part: DayPart, anchor: Anchor) -> Resolved:
    on = resolve(part.day or Same(Unit.DAY, now=True), anchor)
    return replace(on, type="TIME", value=f"{on.value}T{part.part}", mod=part.mod)


def clock_text(clock: Clock, late: bool = False) -> str:
    """The time of a clock as TIMEX3 has it; `late` takes an hour without am or pm for one of the evening.

    >>> clock_text(Clock(19, 13))
    'T19:13'
    """
    hour = clock.hour + 12 if late and not clock.half and clock.hour < 12 else clock.hour
    minute = "" if clock.minute is None else f":{clock.minute:02d}"
    second = "" if clock.second is None else f":{clock.second:02d}"
    return f"T{hour:02d}{minute}{second}"


@resolve.register
def _clock(clock: Clock, anchor: Anchor) -> Resolved:
    on = resolve(clock.day or Same(Unit.DAY, now=True), anchor)
    text = clock_text(clock)
    if clock.minute is None:
        text += ":00"
    return replace(on, type="TIME", value=on.value.split("T")[0] + text, mod=clock.mod)


@resolve.register
def _hours(hours: Hours, anchor: Anchor) -> Resolved:
    on = resolve(hours.day or Same(Unit.DAY, now=True), anchor)
    days, interval = [on.value.split("T")[0]] * 2, on.interval
    if _moment(hours.last) <= _moment(hours.first) and on.period and on.period.unit is Unit.DAY:
        # "from 10 p.m. to 6 a.m." ends on the day after
        after = on.period.shift(1)
        if interval and after.interval:
            days[1], interval = after.text, interval | after.interval
    ends = (
        f"{day}{clock_text(replace(clock, minute=clock.minute or 0))}"
        for day, clock in zip(days, (hours.first, hours.last), strict=True)
    )
    return replace(on, type="TIME", value="/".join(ends), interval=interval)


def _moment(clock: Clock) -> tuple[int, int]:
    return clock.hour, clock.minute or 0


#: Half of a unit, where it is whole in the next finer one.
_HALVED: Final = {Unit.YEAR: "6M", Unit.HOUR: "30M", Unit.MINUTE: "30S"}


def length_text(length: Length) -> str:
    """A length as TIMEX3 has it.

    >>> length_text(Length(((2.5, Unit.YEAR),)))
    'P2Y6M'
    >>> length_text(Length(((None, Unit.HOUR),)))
    'PTXH'
    """
    days, clock = "", ""
    for number, unit in length.amounts:
        letters = unit.letters
        if unit is Unit.FORTNIGHT:
            number, letters = (None if number is None else number * 2), "W"
        elif unit is Unit.NIGHT:
            letters = "D"
        elif number is not None and unit in (Unit.DECADE, Unit.CENTURY, Unit.MILLENNIUM):
            number, letters = number * unit.months // 12, "Y"  # ISO 8601 has no unit above the year
        if number is not None and number > 1 and number % 1 == 0.5 and unit in _HALVED:
            whole, finer = f"{int(number)}{letters[-1]}", _HALVED[unit]
            days, clock = (days, clock + whole + finer) if unit.is_clock else (days + whole + finer, clock)
            continue
        if unit is Unit.HOUR and number is not None and number % 1 in (0.25, 0.75):
            clock += (f"{int(number)}H" if number > 1 else "") + f"{int(number % 1 * 60)}M"
            continue
        count = "X" if number is None else f"{number:g}" if number < 1e6 else f"{int(number)}"
        if unit.is_clock:
            clock += count + letters[1:]
        else:
            days += count + letters
    return f"P{days}" + (f"T{clock}" if clock else "")


@resolve.register
def _length(length: Length, anchor: Anchor) -> Resolved:
    return Resolved("DURATION", length_text(length), mod=length.mod)


@resolve.register
def _every(every: Every, anchor: Anchor) -> Resolved:
    return Resolved("SET", every.value)


@resolve.register
def _reference(reference: Reference, anchor: Anchor) -> Resolved:
    return Resolved("DATE", reference.value)


@resolve.register
def _span(span: Span, anchor: Anchor) -> Resolved:
    length = span.length
    plain = Resolved("DURATION", length_text(length), mod=length.mod)
    known = all(number is not None for number, _ in length.amounts)
    if span.of is not None and known:
        of = resolve(span.of, anchor)
        start = of.interval.first if of.interval else None
        end = _moved(start, length, 1)
        if span.sign < 0 and of.interval and of.interval.stop:
            end = min(of.interval.stop, LAST_DAY)
            start = _moved(end, length, -1)
        if start is None or end is None or end <= start:
            return plain
        return replace(plain, interval=Interval(start, end), grain=Grain.DAY, base=of.base)
    if not span.sign or not known or anchor.now is None:
        return plain
    if length.unit is Unit.QUARTER and len(length.amounts) == 1:
        return _whole_quarters(plain, int(length.amounts[0][0] or 1), span.sign, anchor.now)
    other = _moved(anchor.now, length, span.sign)
    if other is None or other == anchor.now:
        return plain
    first, last = (other, anchor.now) if span.sign < 0 else (anchor.now, other)
    return replace(plain, interval=Interval(first, last + 1), grain=length.unit.grain, base=Base.NOW)


def _whole_quarters(plain: Resolved, number: int, sign: int, now: int) -> Resolved:
    """The past two quarters are the last two that are over."""
    this = Period.around(Unit.QUARTER, now)
    first, last = (this.shift(-number), this.shift(-1)) if sign < 0 else (this.shift(1), this.shift(number))
    if first.interval is None or last.interval is None:
        return plain
    return replace(plain, interval=first.interval | last.interval, grain=Grain.QUARTER, base=Base.NOW)


def _moved(start: int | None, length: Length, sign: int) -> int | None:
    day = start
    for number, unit in length.amounts:
        if day is not None:
            day = shift_day(day, unit, sign * (number or 0))
    return day
