"""What a meaning becomes when it is seen from an anchor; the modules beside this one teach `resolve` how."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch

from timeline.interval import Grain, Interval
from timeline.timex.meaning import Base
from timeline.timex.units import Period, Unit


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an expression is seen from."""

    now: int | None
    """Number of the day of publication, or None if it is unknown."""
    then: Period | None = None
    """The time named last in the text, if any."""
    quarter: Period | None = None
    """The quarter the text is about, if it has named one."""
    longer: bool = False
    """True if the text has gone on to a longer time than that quarter: "the nine months"."""
    ahead: int = 0
    """+1 if the clause looks forward, -1 if it looks back, 0 if nothing says so."""
    near: bool = False
    """True if the nearest day is meant, on whichever side: "had been due to expire Friday"."""
    clock: int | None = None
    """Second of the day of publication, if it is known."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What an expression means, seen from one anchor."""

    type: str
    value: str
    interval: Interval | None = None
    grain: Grain | None = None
    mod: str = ""
    period: Period | None = None
    """The period itself, for what is counted from it later in the text."""
    base: Base | None = None
    """What it was counted from, if from anything."""


@singledispatch
def resolve(meaning: object, anchor: Anchor) -> Resolved:
    """The days and the TIMEX3 value of a meaning, seen from an anchor."""
    raise TypeError(f"no rule of arithmetic for {type(meaning).__name__}")


def of_period(unit: Unit, period: Period | None, base: Base | None = None) -> Resolved:
    """A date that is one period of the calendar; all X if it is unknown or outside the years 1 to 9999."""
    interval = period.interval if period else None
    if period is None or interval is None:
        return Resolved("DATE", unit.unknown, base=base)
    return Resolved("DATE", period.text, interval, unit.grain, period=period, base=base)


def around(unit: Unit, day: int | None, steps: int = 0) -> Period | None:
    """The period around a day, so many units on; None if the day is unknown."""
    return None if day is None else Period.around(unit, day).shift(steps)
