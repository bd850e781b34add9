"""Events as a list, one row each: date, place on a time scale, what happened. For any number of events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from timeline.render import links
from timeline.render.cards import scale_notes, span, undated
from timeline.render.content import Content, Item, is_rtl
from timeline.render.links import Arc, Tie
from timeline.render.pages import Section
from timeline.render.parts import (
    LEADING,
    Setting,
    bar,
    heading,
    key,
    paragraph,
    scale_names,
    sources,
    space,
    telling,
)
from timeline.render.scale import Scale, Tick, fit, ticks
from timeline.render.scene import ASCENT, Area, Box, Line, Mark, Piece, Sketch, rectangle

RADIUS: Final = 3.6
BAR_RADIUS: Final = 2.8
"""Marks on a bar are smaller, so that short bars show."""
BAR: Final = 5.0
PAD: Final = 6.0
"""Above and below the text of a row."""
SCALE_PAD: Final = 8.0
"""Room at either end of the scale."""
LEAST_FADE: Final = 14.0
"""A date that is not exact is drawn at least this wide, or its mark would hide that."""
BREAKS_FROM: Final = 100.0
"""Narrower scales have no room for breaks."""
CUT: Final = 12.0
"""Width of a break; its length is said under the title."""


def rows(setting: Setting, content: Content, ties: Sequence[Tie] = ()) -> list[Section]:
    """The picture as a list, `ties` between its events as arcs."""
    order = {item.id: number for number, item in enumerate(content.dated)}
    between = [tie for tie in ties if tie.source in order and tie.target in order]
    content = links.told(content, [tie for tie in ties if tie not in between])
    arcs = links.arcs(between, order)
    if not content.dated:
        top = heading(setting, content, ())
        return [Section((*top, *undated(setting, content.undated), *_foot(setting, content, arcs)))]
    measure, paper = setting.measure, setting.paper
    whole = max(measure(item.date, paper.body, True) for item in content.dated)
    parts = [part for item in content.dated for part in item.date.split(" ")]
    longest = max(measure(part, paper.body, True) for part in parts)
    date_width = min(max(longest, min(whole, 0.2 * setting.width)) + 2, 0.3 * setting.width)
    track = Box(setting.left + date_width + 14, 0, setting.left + date_width + 14 + 0.24 * setting.width, 0)
    text_left = track.right + 16 + links.room(arcs)
    scale = fit(
        [span(item) for item in content.dated],
        track.left,
        track.right,
        paper.small,
        measure,
        breaks=track.right - track.left >= BREAKS_FROM,
        pad=SCALE_PAD,
        cut=CUT,
        dates=setting.dates,
    )
    overhang = CUT - 2 if scale.breaks else 0.0
    marks = ticks(scale, paper.small, measure, overhang=overhang, dates=setting.dates)
    told = [
        _row(setting, item, scale, date_width, text_left, before is not None and before.date == item.date)
        for before, item in pairwise((None, *content.dated))
        if item is not None
    ]
    lead = heading(setting, content, scale_notes(scale))

    def overlay(spots: Mapping[int, tuple[float, Piece]], top: float, bottom: float) -> Piece:
        heights = {row: y + piece.marks[0].y for row, (y, piece) in spots.items()}
        return links.drawn(arcs, heights, text_left - 5, top, bottom)

    return [
        Section((*lead, space(10))),
        Section(
            tuple(told),
            _head(setting, marks),
            lambda top, bottom: _backdrop(scale, marks, top, bottom),
            overlay,
        ),
        Section((*undated(setting, content.undated), *_foot(setting, content, arcs))),
    ]


def _foot(setting: Setting, content: Content, arcs: Sequence[Arc]) -> list[Piece]:
    return [
        space(14),
        key(
            setting,
            content.dated + content.undated,
            counts=False,
            arcs=list(dict.fromkeys(arc.type for arc in arcs)),
        ),
        *sources(setting, content),
    ]


def _row(
    setting: Setting, item: Item, scale: Scale, date_width: float, text_left: float, follows: bool
) -> Piece:
    """One event. Of those that follow another of the same date, only the first on a page tells it again."""
    if follows:
        opening = _row(setting, item, scale, date_width, text_left, False)
    body, small = setting.paper.body, setting.paper.small
    sketch = Sketch()
    y = 0.0 if follows else PAD
    top = y
    if not follows:
        sketch.lines.append(Line(((setting.left, 0.0), (setting.right, 0.0)), "rule", 0.5))
        date = paragraph(
            setting, item.date, setting.left, date_width, body, f"{item.id}-date", "accent", bold=True
        )
        sketch.add(date, 0, y)
        y += date.height
    text = top
    if item.status:
        word = setting.label(
            text_left, text + ASCENT * body, item.status, small, f"{item.id}-status", "muted"
        )
        if is_rtl(item.title):
            word = replace(word, x=setting.right - word.width)
        sketch.labels.append(word)
        text += LEADING * small + 1
    told = telling(setting, item, text_left, setting.right - text_left)
    sketch.add(told, 0, text)
    middle = top + 0.53 * body
    if item.is_bar:
        at = scale.x(item.at)
        left = scale.x(item.first) if item.first is not None else scale.stretches[0].left + 1
        right = scale.x(item.stop) if item.stop is not None else scale.stretches[-1].right - 1
        if not item.fills:
            left = min(left, max(at - LEAST_FADE / 2, scale.stretches[0].left))
            right = max(right, min(at + LEAST_FADE / 2, scale.stretches[-1].right))
        sketch.areas += bar(
            Box(left, middle - BAR / 2, right, middle + BAR / 2),
            fills=item.fills,
            open_left=item.first is None,
            open_right=item.stop is None,
            ground="band",
            event=item.id,
        )
    sketch.marks.append(
        Mark(scale.x(item.at), middle, item.shape, item.id, BAR_RADIUS if item.is_bar else RADIUS)
    )
    height = max(y, text + told.height) + PAD
    return sketch.piece(height, opening=opening if follows else None)


def _head(setting: Setting, marks: Sequence[Tick]) -> Piece:
    """Names of the divisions, above the rows of each page."""
    names = scale_names(setting, marks)
    sketch = Sketch()
    sketch.add(names)
    sketch.lines += [
        Line(((tick.x, 0.0), (tick.x, names.height)), "rule", 0.6, "grid")
        for tick in marks
        if tick.line and tick.coarse
    ]
    return sketch.piece(names.height + 3)


def _backdrop(scale: Scale, marks: Sequence[Tick], top: float, bottom: float) -> Piece:
    sketch = Sketch()
    for stretch in scale.stretches:
        sketch.areas.append(Area(rectangle(stretch.left, top, stretch.right, bottom), "band", kind="band"))
    for tick in marks:
        if tick.line:
            sketch.lines.append(Line(((tick.x, top), (tick.x, bottom)), "grid", 0.6, "grid"))
    return sketch.piece(0)
