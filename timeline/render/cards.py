"""Events as cards above and below a time band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from timeline.render.content import Content, Item, is_rtl
from timeline.render.layout import clusters, lanes
from timeline.render.pages import Section
from timeline.render.parts import (
    LEADING,
    Setting,
    bar,
    heading,
    key,
    paragraph,
    pill,
    scale_names,
    section,
    sources,
    space,
    telling,
)
from timeline.render.placement import Arrangement, arrange
from timeline.render.scale import Scale, fit, ticks
from timeline.render.scene import ASCENT, Area, Box, Line, Mark, Piece, Sketch

RADIUS: Final = 4.2
"""Of a mark."""
EDGE_PAD: Final = 8.0
"""From an edge of the band, where marks stand, to what is inside it."""
LANE: Final = 7.0
BAR: Final = 4.4
"""Distance and thickness of bars."""
MOST_TOGETHER: Final = 4
"""Events of one date on one card; more get a second card, so that none towers."""
CARD_PAD: Final = 4.0
"""From the line a card stands on to its text."""


def cards(setting: Setting, content: Content) -> list[Section] | None:
    """The picture as cards. None if they do not fit: then it is to be a list."""
    strip = _strip(setting, content.dated) if content.dated else None
    if strip is None:
        return None
    pieces = [*heading(setting, content, strip.notes), space(14), strip.piece]
    pieces += undated(setting, content.undated)
    pieces += [space(16), key(setting, content.dated + content.undated, counts=strip.counts)]
    return [Section((*pieces, *sources(setting, content)))]


def undated(setting: Setting, items: Sequence[Item]) -> list[Piece]:
    """What has no date, in columns under a heading of its own: never on the axis."""
    if not items:
        return []
    pieces = [space(18), section(setting, "Date unknown", "undated")]
    columns = max(1, int((setting.width + 20) // (setting.paper.card + 50)))
    width = (setting.width - 20 * (columns - 1)) / columns
    for start in range(0, len(items), columns):
        sketch, height = Sketch(), 0.0
        for n, item in enumerate(items[start : start + columns]):
            card = face(setting, [item], width)
            sketch.add(card, setting.left + n * (width + 20), 2)
            height = max(height, card.height)
        pieces.append(sketch.piece(height + 10))
    return pieces


def together(items: Sequence[Item]) -> list[list[Item]]:
    """Neighbours of one date as groups that share a card, none larger than `MOST_TOGETHER`."""
    groups: list[list[Item]] = []
    for _, same in groupby(items, key=lambda item: (item.first, item.stop, item.fills, item.date)):
        group = list(same)
        size = -(-len(group) // -(-len(group) // MOST_TOGETHER))  # as even as can be
        groups += [group[n : n + size] for n in range(0, len(group), size)]
    return groups


def face(setting: Setting, items: Sequence[Item], width: float) -> Piece:
    """The text of a card: date, then of each event its status if it did not simply occur, what happened,
    citations. Several events are told apart by their marks."""
    first, body, small = items[0], setting.paper.body, setting.paper.small
    sketch = Sketch()
    y, x = 0.0, 0.0
    rtl = is_rtl(first.title)
    if first.dated:
        date = paragraph(
            setting, first.date, 0, width, body, f"{first.id}-date", "accent", bold=True, at_right=rtl
        )
        sketch.add(date)
        y = date.height
        if date.labels:  # none if the data gives days but no words for them
            x = date.labels[-1].x + date.labels[-1].width + 8
    if len(items) == 1:
        return sketch.piece(_alone(setting, first, width, x, y, sketch))
    indent = 11.0
    for number, item in enumerate(items):
        y += 2.5 if number else 0.5
        rtl = is_rtl(item.title)
        mark = width - 3.4 if rtl else 3.4
        sketch.marks.append(Mark(mark, y + 0.5 * body, item.shape, item.id, 2.9))
        left = 0.0 if rtl else indent
        if item.status:
            word = setting.label(0, y + ASCENT * body, item.status, small, f"{item.id}-status", "muted")
            at = width - indent - word.width if rtl else left
            sketch.labels.append(replace(word, x=at))
            y += LEADING * small + 1.5
        told = telling(setting, item, left, width - indent)
        sketch.add(told, 0, y)
        y += told.height
    return sketch.piece(y)


def _alone(setting: Setting, item: Item, width: float, x: float, y: float, sketch: Sketch) -> float:
    """One event into its card, its status beside the date if there is room; how far down it reaches."""
    body, small = setting.paper.body, setting.paper.small
    if item.status:
        needed = 12 + setting.measure(item.status, small, False)
        rtl = is_rtl(item.title)
        beside = item.dated and not rtl and x + needed <= width
        line = y - LEADING * body if beside else y
        base = line + (ASCENT * body if beside else ASCENT * small)
        start = x if beside else width - needed if rtl else 0.0
        sketch.marks.append(Mark(start + 4.2, base - 0.33 * small, item.shape, item.id, 3.4))
        sketch.labels.append(
            setting.label(start + 12, base, item.status, small, f"{item.id}-status", "muted")
        )
        if not beside:
            y += LEADING * small + 1
    told = telling(setting, item, 0, width)
    sketch.add(told, 0, y)
    return y + told.height


@dataclass(frozen=True, slots=True)
class _Strip:
    piece: Piece
    notes: tuple[str, ...]
    counts: bool
    """True if some marks were merged into a number."""


def _strip(setting: Setting, items: Sequence[Item]) -> _Strip | None:
    groups = together(sorted(items, key=lambda item: item.at))  # stable: ties keep the timeline's order
    width = min(setting.paper.card, setting.width)
    faces = [face(setting, group, width) for group in groups]
    size = setting.paper.small
    spans = [span(item) for item in items]
    scale = fit(spans, setting.left, setting.right, size, setting.measure, dates=setting.dates)
    xs = [scale.x(group[0].at) for group in groups]
    heights = [card.height + CARD_PAD for card in faces]
    found = arrange(xs, heights, width, setting.left, setting.right)
    if found is None:
        return None
    sketch = Sketch()
    band, merged = _band(setting, scale, groups, found)
    sketch.add(band, 0, found.up)
    for group, card, place in zip(groups, faces, found.places, strict=True):
        event = group[0].id
        edge = found.up if place.up else found.up + band.height
        away = -1.0 if place.up else 1.0
        points = tuple((x, edge + away * out) for x, out in place.leader)
        sketch.lines.append(Line(points, "leader", 0.8, "leader", event))
        stand = edge + away * place.out
        sketch.lines.append(
            Line(((place.left, stand), (place.left + width, stand)), "leader", 0.8, "edge", event)
        )
        top = stand - CARD_PAD - card.height if place.up else stand + CARD_PAD
        sketch.add(card, place.left, top)
    return _Strip(sketch.piece(found.up + band.height + found.down), scale_notes(scale), merged)


def span(item: Item) -> tuple[float, float]:
    """The days an item takes on the scale; an open end takes one day."""
    first = item.first if item.first is not None else item.at - 0.5
    return first, item.stop if item.stop is not None else first + 1


def scale_notes(scale: Scale) -> tuple[str, ...]:
    """What a reader must know about the scale."""
    if not scale.breaks:
        return ()
    gaps = ", ".join(cut.text for cut in scale.breaks)
    left_out = "a gap is" if len(scale.breaks) == 1 else f"{len(scale.breaks)} gaps are"
    return (f"Days are drawn to scale; {left_out} left out where the band is cut ({gaps}).",)


def _band(
    setting: Setting, scale: Scale, groups: Sequence[Sequence[Item]], found: Arrangement
) -> tuple[Piece, bool]:
    """The time band: marks on its two edges, bars of either side inside, ticks between. And: any merged?"""
    size = setting.paper.small
    bars = {
        up: _bars(scale, [i for g, p in zip(groups, found.places, strict=True) if p.up == up for i in g])
        for up in (True, False)
    }
    rows = {up: 1 + max((lane for _, _, lane in bars[up]), default=-1) for up in bars}
    ticks_top = EDGE_PAD + rows[True] * LANE
    marks = ticks(scale, size, setting.measure, dates=setting.dates)
    names = scale_names(setting, marks)
    ticks_bottom = ticks_top + names.height
    height = ticks_bottom + rows[False] * LANE + EDGE_PAD
    sketch = Sketch()
    for number, stretch in enumerate(scale.stretches):
        cut_left = 4.0 if number else 0.0
        cut_right = 4.0 if number < len(scale.breaks) else 0.0
        corners = (
            (stretch.left + cut_left, 0.0), (stretch.right + cut_right, 0.0),
            (stretch.right - cut_right, height), (stretch.left - cut_left, height),
        )  # fmt: skip
        sketch.areas.append(Area(corners, "band", kind="band"))
        sketch.lines += [
            Line((corners[a], corners[b]), "leader", 0.9, "break")
            for a, b, cut in ((1, 2, cut_right), (3, 0, cut_left))
            if cut
        ]
        for a, b in ((0, 1), (2, 3)):
            sketch.lines.append(Line((corners[a], corners[b]), "rule", 0.8, "rule"))
    for tick in marks:
        if tick.line:
            lower = ticks_bottom if tick.coarse else ticks_top + 1.15 * size
            sketch.lines.append(Line(((tick.x, ticks_top), (tick.x, lower)), "leader", 0.6, "tick"))
    sketch.add(names, 0, ticks_top)
    for number, cut in enumerate(scale.breaks):
        label = setting.label(0, (height + 0.7 * size) / 2, cut.text, size, f"break-{number}", "muted")
        middle = (cut.left + cut.right) / 2
        sketch.labels.append(
            setting.label(middle - label.width / 2, label.y, cut.text, size, label.id, "muted")
        )
    merged = False
    for up in (True, False):
        edge = 0.0 if up else height
        for bar_areas, owners, lane in bars[up]:
            y = EDGE_PAD + lane * LANE if up else height - EDGE_PAD - lane * LANE - BAR
            for area in bar_areas:
                sketch.areas.append(_lowered(area, y))
            near = y if up else y + BAR
            for item in owners:
                at = scale.x(item.at)
                sketch.lines.append(Line(((at, edge), (at, near)), "bar", 0.8, "stem", item.id))
        here = [i for i, place in enumerate(found.places) if place.up == up]
        spots = [found.places[i].leader[0][0] for i in here]
        for first, past in clusters(spots, RADIUS):
            merging = [item for i in here[first:past] for item in groups[i]]
            if len(merging) == 1:
                item = merging[0]
                sketch.marks.append(Mark(spots[first], edge, item.shape, item.id, RADIUS))
            else:
                merged = True
                id = f"count-{'up' if up else 'down'}-{first}"
                sketch.add(pill(setting, spots[first] - 4, spots[past - 1] + 4, edge, len(merging), id))
    return sketch.piece(height), merged


def _bars(scale: Scale, items: Sequence[Item]) -> list[tuple[list[Area], list[Item], int]]:
    """The bars of one side: their areas from y = 0, whose they are, and the lane. Equal days share a bar."""
    owners: dict[tuple[float | None, float | None, bool], list[Item]] = {}
    for item in items:
        if item.is_bar:
            owners.setdefault((item.first, item.stop, item.fills), []).append(item)
    ends, drawn = [], []
    for (first, stop, fills), group in owners.items():
        left = scale.x(first) if first is not None else scale.stretches[0].left + 2
        right = scale.x(stop) if stop is not None else scale.stretches[-1].right - 2
        ends.append((left, max(right, left + 3)))
        drawn.append(
            (bar(Box(left, 0, right, BAR), fills=fills, open_left=first is None, open_right=stop is None,
                 ground="band", event=group[0].id), group)
        )  # fmt: skip
    return [(areas, group, lane) for (areas, group), lane in zip(drawn, lanes(ends, 4.0), strict=True)]


def _lowered(area: Area, dy: float) -> Area:
    points = tuple((x, y + dy) for x, y in area.points)
    return Area(points, area.role, area.strength, area.ground, area.kind, area.event)
