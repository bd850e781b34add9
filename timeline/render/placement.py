"""Where cards go: a side of the time band, a row, a place in the row, and a leader that crosses nothing.

Geometry alone, in points. On each side of the band distances grow away from it. A card in a far row has a
*stub* in every nearer row, a narrow slot that keeps a free channel for its leader; as each row keeps the
order of time, leaders never cross a card or each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from timeline.render.layout import spread, tracks

STUB: Final = 8.0
"""Width of the slot that a leader has in a row it passes."""
GAP: Final = 9.0
"""Between neighbours in a row."""
SLOT: Final = 3.4
"""Least distance between leaders that start at one mark."""
TRACK: Final = 4.0
"""Between the sideways parts of leaders."""
FIRST_CHANNEL: Final = 15.0
CHANNEL: Final = 11.0
"""Free height under the nearest row, and between rows, besides the tracks."""
INSET: Final = 10.0
"""Where on its card a leader wants to arrive, from the left; it may slide from there."""
LEAST_INSET: Final = 3.0
"""Nearest to a corner of its card."""

SLACK: Final = 8.0
"""A thing is moved this far to make its leader straight ..."""
LEAST_GAP: Final = 3.0
"""... if neighbours stay this far away."""

MOST_ROWS: Final = 5

#: What a point of height costs, in points of sideways leader: cards sooner move aside than pile up.
HEIGHT_COST: Final = 2.5
#: What a leader that is not straight costs, besides its length.
TURN_COST: Final = 12.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where one card went."""

    up: bool
    row: int
    left: float
    out: float
    """Distance of its near edge from the band."""
    leader: tuple[tuple[float, float], ...]
    """(x, distance from the band), from the band to the card."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A place for each card, in the order given, and how far each side reaches."""

    places: tuple[Place, ...]
    up: float
    down: float


@dataclass(frozen=True, slots=True)
class _Side:
    places: dict[int, Place]
    reach: float
    sideways: float


def arrange(
    xs: Sequence[float], heights: Sequence[float], width: float, left: float, right: float
) -> Arrangement | None:
    """Places for cards of one width whose marks stand at `xs`, in rising order. None if they do not fit.

    Starts from regular patterns, two to five rows, and moves one card at a time while that makes the
    sum of height and sideways leaders smaller.
    """
    best: tuple[float, list[int], dict[bool, _Side]] | None = None
    for rows in range(1, MOST_ROWS + 1):
        seats = [_seat(i % (2 * rows)) for i in range(len(xs))]
        tried = _improved(seats, rows, xs, heights, width, left, right)
        if tried and (best is None or tried[0] < best[0] - 1e-6):
            best = tried
        if rows * 2 >= len(xs) or (best and (not tried or tried[0] > best[0])):
            break  # more rows would only be taller
    if best is None:
        return None
    sides = best[2]
    places = {**sides[True].places, **sides[False].places}
    return Arrangement(tuple(places[i] for i in range(len(xs))), sides[True].reach, sides[False].reach)


def _seat(n: int) -> int:
    """0, 1, 2 ... as rows counted outwards: 1, -1, 2, -2 ...; positive is above the band."""
    return n // 2 + 1 if n % 2 == 0 else -(n // 2 + 1)


def _improved(
    seats: list[int],
    rows: int,
    xs: Sequence[float],
    heights: Sequence[float],
    width: float,
    left: float,
    right: float,
) -> tuple[float, list[int], dict[bool, _Side]] | None:
    known: dict[tuple[bool, tuple[int, ...]], _Side | None] = {}

    def side(up: bool, seats: list[int]) -> _Side | None:
        rows_of = tuple(abs(seat) if (seat > 0) == up else 0 for seat in seats)
        if (up, rows_of) not in known:
            known[up, rows_of] = _side(up, rows_of, xs, heights, width, left, right)
        return known[up, rows_of]

    def cost(seats: list[int]) -> tuple[float, dict[bool, _Side]] | None:
        above, below = side(True, seats), side(False, seats)
        if above is None or below is None:
            return None
        total = above.sideways + below.sideways + HEIGHT_COST * (above.reach + below.reach)
        return total, {True: above, False: below}

    now = cost(seats)
    if now is None:
        return None
    options = [_seat(n) for n in range(2 * rows)]
    for _ in range(4):
        better = False
        for i in reversed(range(len(seats))):  # so that a few events end up above the band
            for option in options:
                if option == seats[i]:
                    continue
                trial = [*seats[:i], option, *seats[i + 1 :]]
                answer = cost(trial)
                if answer and answer[0] < now[0] - 1e-6:
                    seats, now, better = trial, answer, True
        if not better:
            break
    return now[0], seats, now[1]


def _side(
    up: bool,
    rows_of: Sequence[int],
    xs: Sequence[float],
    heights: Sequence[float],
    width: float,
    left: float,
    right: float,
) -> _Side | None:
    """One side of the band: row by row outwards, each card and stub as near its leader as can be."""
    members = [i for i, row in enumerate(rows_of) if row]
    if not members:
        return _Side({}, 0.0, 0.0)
    slots = spread([xs[i] - SLOT / 2 for i in members], [SLOT] * len(members), 0.0, left, right)
    if slots is None:
        return None
    at = {i: slot + SLOT / 2 for i, slot in zip(members, slots, strict=True)}
    leaders = {i: [(at[i], 0.0)] for i in members}
    places: dict[int, Place] = {}
    out, sideways = 0.0, 0.0
    for row in range(1, max(rows_of) + 1):
        here = [i for i in members if rows_of[i] >= row]
        widths = [width if rows_of[i] == row else STUB for i in here]
        wanted = [at[i] - (INSET if rows_of[i] == row else STUB / 2) for i in here]
        lefts = spread(wanted, widths, GAP, left, right)
        if lefts is None:
            return None
        lefts, arrive = _straightened([at[i] for i in here], lefts, widths, left, right)
        track = tracks([at[i] for i in here], arrive, STUB / 2)
        moving = [n for n, i in enumerate(here) if arrive[n] != at[i]]
        turns = 1 + max((track[n] for n in moving), default=-1)
        base = out + (FIRST_CHANNEL if row == 1 else CHANNEL) / 2
        for n in moving:
            i = here[n]
            leaders[i] += [(at[i], base + track[n] * TRACK), (arrive[n], base + track[n] * TRACK)]
            sideways += abs(arrive[n] - at[i]) + TURN_COST
        out += (FIRST_CHANNEL if row == 1 else CHANNEL) + max(0, turns - 1) * TRACK
        for n, i in enumerate(here):
            if rows_of[i] == row:
                places[i] = Place(up, row, lefts[n], out, (*leaders[i], (arrive[n], out)))
        out += max((heights[i] for i in here if rows_of[i] == row), default=0.0)
        at = {i: arrive[n] for n, i in enumerate(here) if rows_of[i] > row}
    return _Side(places, out, sideways)


def _straightened(
    sources: Sequence[float], lefts: Sequence[float], widths: Sequence[float], low: float, high: float
) -> tuple[list[float], list[float]]:
    """The row, each thing moved a little where that makes its leader straight; and where leaders arrive."""
    lefts = list(lefts)
    arrive: list[float] = []
    for n, (source, width) in enumerate(zip(sources, widths, strict=True)):
        inset = min(LEAST_INSET, width / 2)
        spot = min(max(source, lefts[n] + inset), lefts[n] + width - inset)
        moved = lefts[n] + source - spot
        floor = lefts[n - 1] + widths[n - 1] + LEAST_GAP if n else low
        ceiling = lefts[n + 1] - LEAST_GAP if n + 1 < len(lefts) else high
        if abs(source - spot) < 1e-6 or (
            abs(source - spot) <= SLACK and floor <= moved and moved + width <= ceiling
        ):
            lefts[n], spot = moved, source
        arrive.append(spot)
    return lefts, arrive
