"""Relations between events: as arcs beside a list, or as a line of words on a card.

What the words of an article say comes first ("responds to" above all); what only follows from the dates
is on the scale already and is not drawn again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from timeline.model import Timeline
from timeline.render.content import Content, Item, clean, shortened
from timeline.render.scene import Area, Line, Piece, Sketch

#: The types that are drawn, the most telling first, and how their arcs are dashed; others come last, dotted.
DASHES: Final[dict[str, tuple[float, ...]]] = {
    "responds to": (),
    "because of": (5.0, 2.0),
    "causes": (5.0, 2.0),
    "carries out": (8.0, 2.0, 1.5, 2.0),
    "despite": (2.5, 2.0),
}
DOTTED: Final = (1.0, 1.6)

#: More arcs than this are a thicket.
MOST_LINKS: Final = 12
#: Sideways distance of two arcs, and of the nearest from the text, in points.
STEP: Final = 6.0
NEAR: Final = 9.0
#: Ends of several arcs at one row are this far apart.
APART: Final = 3.4
ARROW: Final = 4.0
#: Longest title quoted in a line of words.
LONGEST: Final = 70


@dataclass(frozen=True, slots=True)
class Tie:
    """`source` `type` `target`, as it reads: the strike *responds to* the raid."""

    source: str
    type: str
    target: str


def ties(timeline: Timeline, content: Content) -> tuple[Tie, ...]:
    """The relations between what is shown that texts speak of, the most telling first."""
    shown = {event.id: item.id for event, item in zip(timeline.shown, content.all, strict=True)}
    ranks = {type: rank for rank, type in enumerate(DASHES)}
    said = {
        Tie(shown[r.source], clean(r.type), shown[r.target]): None
        for r in timeline.relations
        if r.basis == "words" and r.source in shown and r.target in shown and r.source != r.target
    }
    ranked = sorted(said, key=lambda tie: ranks.get(tie.type, len(ranks)))  # stable: ties keep their order
    return tuple(ranked[:MOST_LINKS])


def told(content: Content, ties: Sequence[Tie]) -> Content:
    """The content with each tie as a line of words on its first event."""
    titles = {item.id: item.title for item in content.all}
    lines: dict[str, list[str]] = defaultdict(list)
    for tie in ties:
        lines[tie.source].append(f"→ {tie.type}: {shortened(titles[tie.target], LONGEST)}")

    def noted(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(replace(item, notes=tuple(lines.get(item.id, ()))) for item in items)

    return replace(content, dated=noted(content.dated), undated=noted(content.undated))


@dataclass(frozen=True, slots=True)
class Arc:
    """A tie between two rows of a list, and the track its upright part runs in, 0 nearest to the text."""

    source: int
    target: int
    type: str
    track: int


def arcs(ties: Sequence[Tie], rows: Mapping[str, int]) -> list[Arc]:
    """Tracks for the ties, short ones nearest, so that no two upright parts lie on each other.

    >>> [a.track for a in arcs([Tie("a", "causes", "c"), Tie("b", "causes", "c")], {"a": 0, "b": 1, "c": 2})]
    [0, 1]
    """
    taken: list[list[tuple[int, int]]] = []
    found = []
    spans = sorted((abs(rows[t.source] - rows[t.target]), n) for n, t in enumerate(ties))
    for _, n in spans:
        tie = ties[n]
        low, high = sorted((rows[tie.source], rows[tie.target]))
        track = next(
            (k for k, used in enumerate(taken) if all(high < a or b < low for a, b in used)), len(taken)
        )
        taken[track : track + 1] = [[*(taken[track] if track < len(taken) else []), (low, high)]]
        found.append(Arc(rows[tie.source], rows[tie.target], tie.type, track))
    return found


def room(arcs: Sequence[Arc]) -> float:
    """How much room arcs take left of the text."""
    return NEAR + STEP * (1 + max(arc.track for arc in arcs)) + 2 if arcs else 0.0


def drawn(arcs: Sequence[Arc], spots: Mapping[int, float], x: float, top: float, bottom: float) -> Piece:
    """The arcs of a page: between rows at the heights `spots`, their ends at `x`. An arc to a row on
    another page runs to the edge of this one."""
    sketch = Sketch()
    ends: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for n, arc in enumerate(arcs):
        ends[arc.source].append((arc.target, n))
        ends[arc.target].append((arc.source, n))
    height = {
        (row, n): spots[row] + APART * (place - (len(others) - 1) / 2)
        for row, others in ends.items()
        if row in spots
        for place, (_, n) in enumerate(sorted(others))
    }
    first, last = min(spots), max(spots)
    for n, arc in enumerate(arcs):
        turn = x - NEAR - STEP * arc.track
        here = [row for row in (arc.source, arc.target) if row in spots]
        if not here:
            if min(arc.source, arc.target) < first and max(arc.source, arc.target) > last:
                sketch.lines.append(_line(((turn, top), (turn, bottom)), arc.type))
            continue
        start = height.get((arc.source, n), top if arc.source < first else bottom)
        end = height.get((arc.target, n), top if arc.target < first else bottom)
        down = 1.0 if end > start else -1.0
        bend = min(3.0, abs(end - start) / 2)
        points = [(turn, start), (turn, end)]
        if arc.source in spots:
            points[:1] = [(x, start), (turn + bend, start), (turn, start + down * bend)]
        if arc.target in spots:
            points[-1:] = [(turn, end - down * bend), (turn + bend, end), (x - ARROW, end)]
            head = ((x, end), (x - ARROW, end - 0.5 * ARROW), (x - ARROW, end + 0.5 * ARROW))
            sketch.areas.append(Area(head, "muted", kind="bar", event="link"))
        sketch.lines.append(_line(tuple(points), arc.type))
    return sketch.piece(0)


def sample(x: float, y: float, type: str, width: float) -> Piece:
    """An arc's line as the key shows it."""
    head = ((x + width, y), (x + width - ARROW, y - 0.5 * ARROW), (x + width - ARROW, y + 0.5 * ARROW))
    line = replace(_line(((x, y), (x + width - ARROW, y)), type), kind="rule")
    return Piece(0, lines=(line,), areas=(Area(head, "muted", kind="bar", event="link"),))


def _line(points: tuple[tuple[float, float], ...], type: str) -> Line:
    return Line(points, "muted", 0.8, "link", dash=DASHES.get(type, DOTTED))
