"""Constraints on a publication date, and the days that fit them best.

A constraint is a set of days with a weight and its evidence. The answer is the days on which the weights of
the constraints that hold add up to most: a weighted intersection. One wrong reading is outvoted and empties
nothing; it is handed back, so that it can be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from timeline.interval import FIRST_DAY, LAST_DAY, Interval
from timeline.model import Evidence

#: No condition on the days of a constraint, on either side.
ALWAYS: Final = Interval(None, None)
EVERY_WEEKDAY: Final = frozenset(range(7))
#: Weekdays are only counted out in stretches up to this many days; what is longer is given as a whole.
_LONGEST_COUNTED: Final = 400


@dataclass(frozen=True, slots=True)
class Constraint:
    """When an article can have been published, by one rule."""

    rule: str
    """Name of the rule, in words."""
    weight: float
    """How much it counts: 2 for what the calendar makes certain, 1 for what is nearly always so, less for
    what only breaks ties."""
    evidence: tuple[Evidence, ...]
    spans: tuple[Interval, ...] = (ALWAYS,)
    """It was on a day of one of these ..."""
    weekdays: frozenset[int] = EVERY_WEEKDAY
    """... that is one of these; 0 is Monday."""

    def allows(self, day: int) -> bool:
        """True if the day with that number fits."""
        return (day - 1) % 7 in self.weekdays and any(_holds(span, day) for span in self.spans)


@dataclass(frozen=True, slots=True)
class Solution:
    """The days that fit best."""

    interval: Interval
    """From the first of them to the last; both ends are known."""
    candidates: tuple[Interval, ...]
    """The days themselves, in stretches without a gap."""
    used: tuple[Constraint, ...]
    """The constraints that hold on all of them or on some, in order of weight."""
    outvoted: tuple[Constraint, ...]
    """Those that hold on none."""


def solve(constraints: Sequence[Constraint]) -> Solution | None:
    """The days that fit best; None if they have no end on one side, as nothing bounds them there.

    >>> since = Constraint("since", 1, (), (Interval.between("2024-03-20", None),))
    >>> until = Constraint("until", 1, (), (Interval.between(None, "2024-03-27"),))
    >>> friday = Constraint("friday", 1, (), weekdays=frozenset({4}))
    >>> solve([since, until, friday]).interval, solve([since, friday])
    (Interval.on('2024-03-22'), None)
    """
    best: list[tuple[int, int, frozenset[int]]] = []
    most = 0.0
    for first, stop, score, weekdays in _scores(constraints):
        if score > most + 1e-9:
            best, most = [], score
        if score > most - 1e-9:
            best.append((first, stop, weekdays))
    if not best or best[0][0] < FIRST_DAY or best[-1][1] > LAST_DAY:
        return None
    days = _joined(piece for stretch in best for piece in _counted_out(*stretch))
    holds = [any(_meets(c, piece) for piece in days) for c in constraints]
    used = [c for c, held in zip(constraints, holds, strict=True) if held]
    return Solution(
        days[0] | days[-1],
        tuple(days),
        tuple(sorted(used, key=lambda c: -c.weight)),
        tuple(c for c, held in zip(constraints, holds, strict=True) if not held),
    )


def _scores(constraints: Sequence[Constraint]) -> Iterator[tuple[int, int, float, frozenset[int]]]:
    """All time in order, cut wherever a span begins or ends: within a stretch only the weekday makes a
    difference. Of each its first day, its stop, the best score in it, and the weekdays that reach it."""
    changes: dict[int, list[tuple[int, int]]] = {FIRST_DAY - 1: [], LAST_DAY + 1: []}
    for number, constraint in enumerate(constraints):
        for span in constraint.spans:
            begin = FIRST_DAY - 1 if span.first is None else span.first
            changes.setdefault(begin, []).append((number, 1))
            if span.stop is not None:
                changes.setdefault(span.stop, []).append((number, -1))
    weekdays = [0.0] * 7
    running = [0] * len(constraints)  # how many spans of each hold; they may overlap
    for first, stop in pairwise(sorted(changes)):
        for number, step in changes[first]:
            running[number] += step
            if running[number] == (step > 0):  # the first one begins, or the last one ends
                for weekday in constraints[number].weekdays:
                    weekdays[weekday] += step * constraints[number].weight
        there = {(day - 1) % 7 for day in range(first, min(stop, first + 7))}
        most = max(weekdays[w] for w in there)
        yield first, stop, most, frozenset(w for w in there if weekdays[w] > most - 1e-9)


def _holds(span: Interval, day: int) -> bool:
    return (span.first is None or span.first <= day) and (span.stop is None or day < span.stop)


def _counted_out(first: int, stop: int, weekdays: frozenset[int]) -> Iterable[Interval]:
    if len(weekdays) == 7 or stop - first > _LONGEST_COUNTED:
        yield Interval(first, stop)
        return
    yield from (Interval(d, d + 1) for d in range(first, stop) if (d - 1) % 7 in weekdays)


def _joined(pieces: Iterable[Interval]) -> list[Interval]:
    joined: list[Interval] = []
    for piece in pieces:
        if joined and joined[-1].stop == piece.first:
            piece = joined.pop() | piece
        joined.append(piece)
    return joined


def _meets(constraint: Constraint, piece: Interval) -> bool:
    first, stop = piece.first or 0, piece.stop or 0
    overlap = [span & piece for span in constraint.spans]
    if len(constraint.weekdays) == 7 or stop - first > _LONGEST_COUNTED:
        return any(overlap)
    return any(constraint.allows(day) for day in range(first, stop))
