"""Events in lanes, one for each participant or theme, under a common time scale.

Each event stands under its mark, in the first row of its lane that has room: nothing has to be led to
anything, so nothing crosses. Lanes grow downwards, and a long one is split at the end of a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from timeline.render.cards import face, scale_notes, span, together, undated
from timeline.render.content import Content, Item
from timeline.render.pages import Section
from timeline.render.parts import (
    Setting,
    bar,
    heading,
    key,
    paragraph,
    pill,
    scale_names,
    sources,
    space,
)
from timeline.render.scale import Scale, Tick, fit, ticks
from timeline.render.scene import Area, Box, Line, Mark, Piece, Sketch, rectangle

#: More lanes than this cannot be told apart at a glance; the rest shares the last one.
MOST_LANES: Final = 7
#: A lane is worth its room from so many events on.
LEAST_EVENTS: Final = 2
OTHERS: Final = "Others"

#: From this width on, names of lanes have a column of their own; else they stand above their lane.
COLUMN_FROM: Final = 480.0
COLUMN_SHARE: Final = 0.15
GAP: Final = 10.0
"""Between neighbours in a row."""
RADIUS: Final = 3.8
BAR: Final = 4.4
MARKS: Final = 16.0
"""Height of the strip of a row in which marks and bars stand."""
PAD: Final = 7.0
"""Above and below a lane."""
SLIVER: Final = 14.0
"""The first stripe is not drawn if it is narrower than this."""
STRIPES: Final = 16
"""Most stripes behind the lanes; with more divisions only the coarse ones are told apart."""


def named(items: Sequence[Item], by: str) -> list[tuple[str, list[Item]]]:
    """Lanes and their events, each event in one: that of the participant (or theme) told most often among
    those it has. Found one by one, each time the name with most events that have no lane yet."""
    names = {item.id: item.who if by == "participant" else (item.theme,) for item in items}
    left = list(items)
    lanes: list[tuple[str, list[Item]]] = []
    while left and len(lanes) < MOST_LANES - 1:
        told = Counter(name for item in left for name in names[item.id] if name)
        name, count = min(told.items(), key=lambda pair: (-pair[1], pair[0]), default=("", 0))
        if count < LEAST_EVENTS:
            break
        lanes.append((name, [item for item in left if name in names[item.id]]))
        left = [item for item in left if name not in names[item.id]]
    return [*lanes, (OTHERS if lanes else "", left)] if left else lanes


def swimlanes(setting: Setting, content: Content, by: str) -> list[Section]:
    """The picture as lanes by `participant` or `theme`."""
    paper = setting.paper
    foot = [
        *undated(setting, content.undated),
        space(14),
        key(setting, content.dated + content.undated, counts=_merges(content.dated)),
        *sources(setting, content),
    ]
    if not content.dated:
        return [Section((*heading(setting, content, ()), *foot))]
    lanes = named(content.dated, by)
    beside = setting.width >= COLUMN_FROM and any(name for name, _ in lanes)
    left = setting.left + (COLUMN_SHARE * setting.width if beside else 0.0)
    spans = [span(item) for item in content.dated]
    scale = fit(spans, left, setting.right, paper.small, setting.measure, dates=setting.dates)
    marks = ticks(scale, paper.small, setting.measure, dates=setting.dates)
    pieces = [
        piece
        for number, (name, items) in enumerate(lanes)
        for piece in _lane(setting, name, items, scale, left, beside, f"lane-{number}")
    ]
    return [
        Section((*heading(setting, content, scale_notes(scale)), space(10))),
        Section(
            tuple(pieces),
            _head(setting, scale, marks),
            lambda top, bottom: _backdrop(scale, marks, top, bottom),
        ),
        Section((space(1), *foot)),
    ]


def _merges(items: Sequence[Item]) -> bool:
    return any(len(group) > 1 for group in together(items))


@dataclass(frozen=True, slots=True)
class _Block:
    """Events of one date: where their text stands, and how far text and bar reach."""

    items: Sequence[Item]
    card: Piece
    at: float
    text: float
    reach: tuple[float, float]


def _lane(
    setting: Setting, name: str, items: Sequence[Item], scale: Scale, left: float, beside: bool, id: str
) -> list[Piece]:
    """The rows of one lane; the first on a page carries its name."""
    blocks = [_block(setting, group, scale, left) for group in together(sorted(items, key=lambda i: i.at))]
    rows: list[list[_Block]] = []
    for block in blocks:
        row = next((r for r in rows if r[-1].reach[1] + GAP <= block.reach[0]), None)
        if row is None:
            rows.append([block])
        else:
            row.append(block)
    pieces = []
    for number, row in enumerate(rows):
        last = number == len(rows) - 1
        titled = _row(setting, row, scale, name, left, beside, last, id)
        if number == 0:
            pieces.append(titled)
        else:
            plain = _row(setting, row, scale, "", left, beside, last, f"{id}-{number}")
            pieces.append(replace(plain, opening=titled))
    return pieces


def _block(setting: Setting, items: Sequence[Item], scale: Scale, left: float) -> _Block:
    first = items[0]
    width = min(setting.paper.card, setting.right - left)
    at = scale.x(first.at)
    text = max(min(at - RADIUS, setting.right - width), left)
    reach = (min(text, at - RADIUS - 2), max(text + width, at + RADIUS + 2))
    if first.is_bar:
        start, end = _bar_ends(first, scale)
        reach = (min(reach[0], start), max(reach[1], end))
    return _Block(items, face(setting, items, width), at, text, reach)


def _bar_ends(item: Item, scale: Scale) -> tuple[float, float]:
    left = scale.x(item.first) if item.first is not None else scale.stretches[0].left + 1
    right = scale.x(item.stop) if item.stop is not None else scale.stretches[-1].right - 1
    return left, max(right, left + 3)


def _row(
    setting: Setting,
    row: Sequence[_Block],
    scale: Scale,
    name: str,
    left: float,
    beside: bool,
    last: bool,
    id: str,
) -> Piece:
    sketch = Sketch()
    size = setting.paper.body
    top = 0.0
    if name:
        sketch.lines.append(Line(((setting.left, 0.0), (setting.right, 0.0)), "rule", 0.6))
        top = PAD
        room = left - setting.left - 10 if beside else setting.width
        label = paragraph(setting, name, setting.left, room, size, f"{id}-name", bold=True)
        sketch.add(label, 0, top + (MARKS / 2 - 0.53 * size if beside else 0))
        if not beside:
            top += label.height + 2
    middle = top + MARKS / 2
    height = 0.0
    for block in row:
        first = block.items[0]
        if first.is_bar:
            start, end = _bar_ends(first, scale)
            box = Box(start, middle - BAR / 2, end, middle + BAR / 2)
            sketch.areas += bar(box, fills=first.fills, open_left=first.first is None,
                                open_right=first.stop is None, ground="paper", event=first.id)  # fmt: skip
        if len(block.items) == 1:
            sketch.marks.append(Mark(block.at, middle, first.shape, first.id, RADIUS))
        else:
            count = len(block.items)
            sketch.add(pill(setting, block.at - 4, block.at + 4, middle, count, f"count-{first.id}"))
        sketch.add(block.card, block.text, top + MARKS)
        height = max(height, block.card.height)
    bottom = top + MARKS + height + (PAD if last else 4)
    if name and beside:
        bottom = max(bottom, top + label.height + PAD)
    return sketch.piece(bottom)


def _head(setting: Setting, scale: Scale, marks: Sequence[Tick]) -> Piece:
    """Names of the divisions, and how much each break leaves out."""
    names = scale_names(setting, marks)
    size = setting.paper.small
    sketch = Sketch()
    sketch.add(names)
    for tick in marks:
        if tick.line:
            low = names.height if tick.coarse else 1.15 * size
            sketch.lines.append(Line(((tick.x, 0.0), (tick.x, low)), "leader", 0.6, "tick"))
    for number, cut in enumerate(scale.breaks):
        label = setting.label(0, 0, cut.text, size, f"break-{number}", "muted")
        x = (cut.left + cut.right - label.width) / 2
        sketch.labels.append(setting.label(x, 0.76 * size, cut.text, size, label.id, "muted"))
        for edge in (cut.left, cut.right):
            ends = ((edge + 2, 0.0), (edge - 2, names.height))
            sketch.lines.append(Line(ends, "leader", 0.9, "break"))
    return sketch.piece(names.height + 4)


def _backdrop(scale: Scale, marks: Sequence[Tick], top: float, bottom: float) -> Piece:
    """Every other division as a stripe, so that the eye keeps to its month; none where the scale is cut."""
    sketch = Sketch()
    fine = [tick.x for tick in marks if tick.line and not tick.coarse]
    coarse = [tick.x for tick in marks if tick.line and tick.coarse]
    edges = fine if len(fine) <= STRIPES or not coarse else coarse
    for stretch in scale.stretches:
        inside = [stretch.left, *(x for x in edges if stretch.left < x < stretch.right), stretch.right]
        begin = 1 if len(inside) > 2 and inside[1] - inside[0] < SLIVER else 0
        for number in range(begin, len(inside) - 1, 2):
            corners = rectangle(inside[number], top, inside[number + 1], bottom)
            sketch.areas.append(Area(corners, "band", 0.6, kind="band"))
    return sketch.piece(0)
