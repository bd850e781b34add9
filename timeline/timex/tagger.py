"""Tags one article: reads its expressions, then resolves each by the date and what came before."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from timeline.interval import Interval
from timeline.model import Span, Timex
from timeline.timex.direction import Look, TenseOf, Way, look
from timeline.timex.meaning import (
    Base,
    Calendar,
    Clock,
    Due,
    Every,
    Fixed,
    Meaning,
    Reference,
    Relative,
    YearPart,
    turns,
)
from timeline.timex.meaning import (
    Span as LengthOfTime,
)
from timeline.timex.normalise import Anchor, Resolved, resolve
from timeline.timex.recognise import Expression, recognise
from timeline.timex.units import Period, Unit


def tag(
    text: str,
    published: Interval | None,
    *,
    body: tuple[int, int] | None = None,
    tense: TenseOf | None = None,
    clock: dt.time | None = None,
    found: Sequence[Expression] | None = None,
) -> tuple[Timex, ...]:
    """The time expressions of an article, in reading order, not overlapping.

    `published` is the day of publication; wider if it is inferred, and what is counted from it widens too;
    None if unknown: then absolute dates resolve and relative ones do not. `body` is where to look in the
    text. `tense` gives the tense of the clause around a span, if a parse is at hand; `clock` the time
    of publication, which "half an hour ago" is counted from. `found` is what `recognise` found there, if it
    was asked before: it depends on neither date nor tense.

    >>> for timex in tag("He died late Monday.", Interval.on("2024-03-26")):
    ...     print(timex.span.text, timex.value, timex.mod, timex.rule, timex.anchor, sep=" | ")
    late Monday | 2024-03-25 | END | early <date> | published 2024-03-26
    """
    start, end = body or (0, len(text))
    days = _days(published)
    second = clock.hour * 3600 + clock.minute * 60 if clock and len(days) == 1 else None
    told = _Told()
    out = []
    for expression in recognise(text, start, end) if found is None else found:
        looks = look(text, *expression.lead, tense) if _looks(expression.meaning) else Look()
        ahead = _AHEAD.get(looks.way, 0)
        near = looks.way is Way.NEAREST
        then = told.then if told.is_near(expression) else None
        seen = [
            resolve(expression.meaning, Anchor(day, then, told.quarter, told.longer, ahead, near, second))
            for day in days
        ]
        resolved = _widen(seen)
        out.append(_timex(text, expression, resolved, published, told, looks))
        told.hear(expression, resolved, days[-1], ahead)
    return tuple(out)


def _looks(meaning: Meaning) -> bool:
    """False for what is the same whichever way its clause looks; the tense is then not asked for."""
    if isinstance(meaning, Calendar):
        return meaning.year is None
    return isinstance(meaning, Due) or not isinstance(
        meaning, LengthOfTime | Every | Reference | Relative | Fixed
    )


def _days(published: Interval | None) -> tuple[int | None, ...]:
    """The days to resolve from: one, the first and the last of a wider interval, or none known."""
    if published is None or published.first is None or published.stop is None:
        return (None,)
    first, last = published.first, published.stop - 1
    return (first,) if first == last else (first, last)


def _widen(seen: list[Resolved]) -> Resolved:
    """What holds whichever day of the publication interval is the true one."""
    first, last = seen[0], seen[-1]
    if first == last:
        return first
    if first.value == last.value:
        merged = first.interval | last.interval if first.interval and last.interval else None
        return replace(first, interval=merged)
    interval = first.interval | last.interval if first.interval and last.interval else None
    value = "".join(a if a == b else "X" for a, b in zip(first.value, last.value, strict=False))
    same_length = len(first.value) == len(last.value)
    return replace(first, value=value if same_length else "XXXX-XX-XX", interval=interval, period=None)


#: Code points after the day last named in which "at 8 a.m." is of that day: about four sentences.
_SCENE: Final = 600
_AHEAD: Final = {Way.AHEAD: 1, Way.BACK: -1}
#: Lengths that companies report on beside the quarter: half a year, nine months, a year.
_REPORTED: Final = re.compile(r"P(?:6|9|12)M|\d{4}-H[12]")


class _Told:
    """What the text has named so far."""

    def __init__(self) -> None:
        self.then: Period | None = None
        self.quarter: Period | None = None
        self.longer = False
        self.words = ""
        self._end = 0

    def is_near(self, expression: Expression) -> bool:
        """False for a bare time of day far from the day last named: it is of the day that the text is of."""
        bare = isinstance(expression.meaning, Clock) and expression.meaning.day is None
        return not bare or expression.start - self._end <= _SCENE

    def hear(self, expression: Expression, found: Resolved, now: int | None, way: int) -> None:
        """Remember an expression for what is counted from it."""
        if expression.rule == "the <year> ended" or _REPORTED.fullmatch(found.value):
            self.longer = True
        elif found.period and found.period.unit is Unit.QUARTER:
            self.longer = False
        if found.period is None or found.type not in ("DATE", "TIME") or expression.rule == "overnight":
            return
        self.then = found.period
        self.words = found.value
        self._end = expression.end
        if found.period.unit is Unit.QUARTER and found.base is not Base.THEN:
            # What is reported is the latest quarter that is over, or a fiscal one told in the past.
            first, stop = (found.interval.first, found.interval.stop) if found.interval else (None, None)
            over = (
                now
                and stop
                and (
                    stop <= now
                    or (way < 0 and isinstance(expression.meaning, YearPart) and first and first <= now)
                )
            )
            if over and (self.quarter is None or self.quarter.index < found.period.index):
                self.quarter = found.period


def _timex(
    text: str,
    expression: Expression,
    found: Resolved,
    published: Interval | None,
    told: _Told,
    looks: Look,
) -> Timex:
    span = Span(expression.start, expression.end, text[expression.start : expression.end])
    anchor = ""
    if found.base is Base.NOW:
        anchor = _published(published)
    elif found.base is Base.THEN:
        anchor = told.words or _published(published)
    grain = found.grain if found.interval else None
    direction = ""
    if found.base is Base.NOW and published is not None and turns(expression.meaning):
        direction = f"{looks.way.value}: {looks.cue}" if looks.cue else looks.way.value
    return Timex(
        span,
        found.type,
        found.value,
        found.interval,
        grain,
        found.mod,
        expression.rule.strip(),
        anchor,
        direction,
    )


def _published(published: Interval | None) -> str:
    if published is None:
        return "publication date unknown"
    if published.is_day:
        return f"published {published.start}"
    return f"published {published.start or '..'} to {published.end or '..'}"
