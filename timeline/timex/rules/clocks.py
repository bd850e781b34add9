"""Times of day: "10:35 a.m. EST", "noon", "half past seven", "2300 GMT"."""

# ruff: noqa: E501  (a rule is one row of a table)
from __future__ import annotations

from typing import Final

from timeline.timex.grammar import Rule
from timeline.timex.meaning import Clock


def _clock(
    figures: tuple[int, ...] = (),
    hour: int | None = None,
    half: str = "",
    minute: int | None = None,
) -> Clock | None:
    if figures:
        hour, minute, *_ = figures
    if hour is None or hour > 24 or (minute or 0) > 59 or (half and not 1 <= hour <= 23):
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    second = figures[2] if len(figures) == 3 else None
    return Clock(hour, minute, second, half)


def _dotted(dotted: str, half: str = "") -> Clock | None:
    hour, _, minute = dotted.partition(".")
    if len(hour) > 2 or len(minute) != 2:
        return None
    return _clock((int(hour), int(minute)), half=half)


def _military(hours: int) -> Clock | None:
    return _clock((hours // 100, hours % 100))


def _before(hour: int, minute: int) -> Clock | None:
    return _clock(hour=(hour - 1) or 12, minute=60 - minute)


CLOCKS: Final = (
    Rule("<10:35> a.m.", "CLOCK", "figures:CLOCKFIGURES half:AMPM ZONE?", _clock),
    Rule("<10:35> <zone>", "CLOCK", "figures:CLOCKFIGURES ZONE", _clock),
    Rule("<10:35>", "LOOSECLOCK", "figures:CLOCKFIGURES", _clock),
    Rule("<10> a.m.", "CLOCK", "hour:HOUR half:AMPM ZONE?", _clock),
    Rule("<ten> a.m.", "CLOCK", "hour:HOURWORD half:AMPM ZONE?", _clock),
    Rule("<8.30> p.m.", "CLOCK", "dotted:DOTTED half:AMPM ZONE?", _dotted),
    Rule("<14.30> <zone>", "CLOCK", "dotted:DOTTED ZONE", _dotted),
    Rule("<10> o'clock", "CLOCK", "(hour:HOUR|hour:HOURWORD) o'clock half:AMPM?", _clock),
    Rule("high noon", "SKIP", "high NOON", lambda: ""),
    Rule("noon", "CLOCK", "(twelve)? hour:NOON ZONE?", _clock),
    Rule("at <seven> <twenty-five>", "LOOSECLOCK", "at >> hour:HOURWORD minute:MINUTEWORD (minutes)? <<! (UNIT|OTHER|NAME|-)", lambda hour, minute: _clock(hour=hour, minute=minute) if minute > 9 else None),
    Rule("half past <seven>", "CLOCK", "half past (hour:HOUR|hour:HOURWORD) half:AMPM?", lambda **k: _clock(minute=30, **k)),
    Rule("quarter past <seven>", "CLOCK", "(a)? quarter (past|after) (hour:HOUR|hour:HOURWORD) half:AMPM?", lambda **k: _clock(minute=15, **k)),
    Rule("quarter to <seven>", "CLOCK", "(a)? quarter to (hour:HOUR|hour:HOURWORD)", lambda hour: _before(hour, 15)),
    Rule("<ten> minutes past <seven>", "CLOCK", "(minute:MINUTEWORD|minute:MINUTE) (minutes|min)? past (hour:HOUR|hour:HOURWORD)", _clock),
    Rule("<ten> minutes to <seven>", "CLOCK", "(from|by) !>> (minute:MINUTEWORD|minute:MINUTE) (minutes|min) to (hour:HOUR|hour:HOURWORD)", _before),
    Rule("<2300> GMT", "CLOCK", "hours:MILITARY ZONE", _military),
    Rule("<2300> hours", "CLOCK", "at >> hours:MILITARY (hours|hrs)", _military),
)  # fmt: skip
