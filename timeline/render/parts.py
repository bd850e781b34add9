"""The parts that every picture has: heading, blocks of text, bars, the key, the numbered sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from timeline.render.content import Content, Item, Source, is_rtl
from timeline.render.dates import ENGLISH, Dates
from timeline.render.layout import Measure, column_breaks, wrap
from timeline.render.links import sample
from timeline.render.look import Paper
from timeline.render.scale import Tick
from timeline.render.scene import ASCENT, Area, Box, Label, Line, Mark, Piece, Sketch, capsule, rectangle
from timeline.render.style import SHAPES

#: From baseline to baseline, in parts of the type size.
LEADING: Final = 1.32
#: Sources are set in blocks about this tall, in points, so that long lists can be split into pages.
SOURCES_HEIGHT: Final = 160.0
#: Numbers that belong together, "14-0": in text from right to left they would change places.
_NUMBERS: Final = re.compile(r"\d+(?:[-–:/]\d+)+")
#: Most steps in which a bar fades.
FADE_STEPS: Final = 14


@dataclass(frozen=True, slots=True)
class Setting:
    """What text is set with: the paper's type sizes and the measure of its letters."""

    paper: Paper
    measure: Measure
    dates: Dates = ENGLISH

    def label(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        id: str,
        role: str = "ink",
        *,
        bold: bool = False,
        url: str = "",
    ) -> Label:
        """A line of text that starts at x, its baseline at y."""
        return Label(x, y, text, size, self.measure(text, size, bold), id, role, bold, url)

    @property
    def left(self) -> float:
        """Left edge of what is drawn."""
        return self.paper.margin

    @property
    def right(self) -> float:
        """Right edge of what is drawn."""
        return self.paper.width - self.paper.margin

    @property
    def width(self) -> float:
        """Room between the margins."""
        return self.right - self.left


def space(height: float) -> Piece:
    """Nothing, so tall."""
    return Piece(height)


def paragraph(
    setting: Setting,
    text: str,
    x: float,
    width: float,
    size: float,
    id: str,
    role: str = "ink",
    *,
    bold: bool = False,
    url: str = "",
    at_right: bool = False,
) -> Piece:
    """Text in wrapped lines, from x on. Right-to-left text is set to the right edge, other if told to be."""
    sketch = Sketch()
    mirrored = is_rtl(text)
    if mirrored:
        text = _NUMBERS.sub("\u2066\\g<0>\u2069", text)
    lines = [line.replace("\u00a0", " ") for line in wrap(text, width, size, bold, setting.measure)]
    for number, line in enumerate(lines):
        y = (ASCENT + number * LEADING) * size
        label = setting.label(
            x, y, "\u200f" + line if mirrored else line, size, f"{id}-{number}", role, bold=bold, url=url
        )
        sketch.labels.append(_at_right(label, x + width) if mirrored or at_right else label)
    return sketch.piece(len(lines) * LEADING * size)


def _at_right(label: Label, right: float) -> Label:
    return replace(label, x=right - label.width)


def telling(setting: Setting, item: Item, x: float, width: float) -> Piece:
    """What happened, its citations, and what sources differ on."""
    body, small = setting.paper.body, setting.paper.small
    title = paragraph(setting, item.title, x, width, body, f"{item.id}-title")
    sketch = Sketch()
    sketch.add(title)
    rtl = is_rtl(item.title)
    y = title.height
    last = title.labels[-1]
    after = last.x + last.width + 4
    cites = wrap_citations(item.citations, width, small, setting.measure)
    fits = len(cites) == 1 and not rtl
    if fits and after + setting.measure(cites[0], small, False) <= x + width:
        sketch.labels.append(setting.label(after, last.y, cites[0], small, f"{item.id}-cites", "muted"))
    else:
        for number, line in enumerate(cites):
            label = setting.label(x, y + ASCENT * small, line, small, f"{item.id}-cites-{number}", "muted")
            sketch.labels.append(_at_right(label, x + width) if rtl else label)
            y += LEADING * small
    if item.dispute:
        note = paragraph(
            setting, f"≠ {item.dispute}", x, width, small, f"{item.id}-dispute", "alert", at_right=rtl
        )
        sketch.add(note, 0, y + 1)
        y += note.height + 1
    for number, words in enumerate(item.notes):
        note = paragraph(setting, words, x, width, small, f"{item.id}-tie-{number}", "muted", at_right=rtl)
        sketch.add(note, 0, y + 1)
        y += note.height + 1
    return sketch.piece(y)


def wrap_citations(citations: str, width: float, size: float, measure: Measure) -> list[str]:
    """`[1][2][3]` in lines, never broken inside brackets.

    >>> wrap_citations("[1][2][3]", 30, 10, lambda text, size, bold: 5.0 * len(text))
    ['[1][2]', '[3]']
    """
    lines: list[str] = []
    for part in citations.replace("][", "] [").split():
        if lines and measure(lines[-1] + part, size, False) <= width:
            lines[-1] += part
        else:
            lines.append(part)
    return lines


def heading(setting: Setting, content: Content, notes: tuple[str, ...]) -> list[Piece]:
    """Rule, title, subtitle, and notes on how to read the picture."""
    paper = setting.paper
    sketch = Sketch()
    rtl = is_rtl(content.title)
    flag = setting.right - 28 if rtl else setting.left
    sketch.areas.append(Area(rectangle(flag, 0, flag + 28, 3.5), "accent", kind="flag"))
    y = 3.5 + 0.55 * paper.title
    title = paragraph(setting, content.title, setting.left, setting.width, paper.title, "heading", bold=True)
    sketch.add(title, 0, y)
    y += title.height + 1
    lines = [content.subtitle, *notes]
    for number, line in enumerate(lines):
        size = paper.body if number == 0 else paper.small
        text = paragraph(
            setting, line, setting.left, setting.width, size, f"subtitle-{number}", "muted", at_right=rtl
        )
        sketch.add(text, 0, y)
        y += text.height + 1
    return [sketch.piece(y)]


def section(setting: Setting, words: str, id: str) -> Piece:
    """A small heading under a hairline."""
    size = setting.paper.small
    sketch = Sketch()
    sketch.lines.append(Line(((setting.left, 0.5), (setting.right, 0.5)), "rule"))
    sketch.labels.append(setting.label(setting.left, 8 + ASCENT * size, words, size, id, bold=True))
    return sketch.piece(8 + LEADING * size + 4, keep=True)


def sources(setting: Setting, content: Content) -> list[Piece]:
    """The numbered sources, in as many columns as there is room for."""
    if not content.sources:
        return []
    pieces = [space(18), section(setting, "Sources", "sources")]
    columns = max(1, round(setting.width / 255))
    width = (setting.width - 18 * (columns - 1)) / columns
    size = setting.paper.small
    indent = max(setting.measure(f"[{s.number}]", size, False) for s in content.sources) + 5
    entries = [_entry(setting, source, indent, width) for source in content.sources]
    while entries:
        count, height = 0, 0.0
        while count < len(entries) and height < SOURCES_HEIGHT * columns:
            height += entries[count].height
            count += 1
        chunk, entries = entries[:count], entries[count:]
        sketch, heights = Sketch(), [0.0] * columns
        for entry, column in zip(chunk, column_breaks([e.height for e in chunk], columns), strict=True):
            sketch.add(entry, setting.left + column * (width + 18), heights[column])
            heights[column] += entry.height
        pieces.append(sketch.piece(max(heights)))
    return pieces


def _entry(setting: Setting, source: Source, indent: float, width: float) -> Piece:
    """One numbered source, wrapped under itself."""
    size = setting.paper.small
    id = f"source-{source.number}"
    sketch = Sketch()
    sketch.labels.append(setting.label(0, ASCENT * size, f"[{source.number}]", size, f"{id}-number", "muted"))
    text = paragraph(setting, source.text, indent, width - indent, size, id, "muted", url=source.url)
    sketch.add(text)
    return sketch.piece(text.height + 3)


def key(setting: Setting, items: tuple[Item, ...], *, counts: bool, arcs: Sequence[str] = ()) -> Piece:
    """What the shapes mean, as far as they are used: a line or two of signs and words."""
    size = setting.paper.small
    used = {item.shape for item in items}
    entries = [(shape, shape) for shape in SHAPES if shape in used]
    if any(item.is_bar and item.fills for item in items):
        entries.append(("bar", "over these days"))
    if any(item.is_bar and not item.fills for item in items):
        entries.append(("vague", "some time in these days"))
    if counts:
        entries.append(("count", "several close together"))
    entries += [("arc", type) for type in arcs]
    if entries == [("occurred", "occurred")]:  # nothing to tell apart
        return space(0)
    sketch = Sketch()
    x, y = setting.left, 0.0
    for number, (sign, words) in enumerate(entries):
        sign_width = {"bar": 22.0, "vague": 22.0, "count": 13.0, "arc": 24.0}.get(sign, 9.0)
        width = sign_width + 4 + setting.measure(words, size, False)
        if x > setting.left and x + width > setting.right:
            x, y = setting.left, y + LEADING * size + 2
        middle = y + 0.5 * size
        if sign in ("bar", "vague"):
            sketch.areas += bar(
                Box(x, middle - 2, x + sign_width, middle + 2),
                fills=sign == "bar",
                open_left=False,
                open_right=False,
                ground="paper",
                event="key",
            )
        elif sign == "arc":
            sketch.add(sample(x, middle, words, sign_width))
        elif sign == "count":
            sketch.add(pill(setting, x, x + sign_width, middle, 2, "key-pill"))
        else:
            sketch.marks.append(Mark(x + 4.5, middle, sign, "key", 3.6))
        sketch.labels.append(
            setting.label(
                x + sign_width + 4,
                y + ASCENT * size + 0.5,
                words,
                size,
                f"key-arc-{number}" if sign == "arc" else f"key-{sign}",
                "muted",
            )
        )
        x += width + 16
    return sketch.piece(y + LEADING * size + 1)


def pill(setting: Setting, left: float, right: float, y: float, count: int, id: str) -> Piece:
    """One mark for several events: a rounded bar with their number."""
    size = max(7.0, setting.paper.small - 0.5)
    radius = size * 0.75
    text = str(count)
    width = setting.measure(text, size, True)
    half = max((right - left) / 2, width / 2 + radius * 0.55, radius)
    middle = (left + right) / 2
    sketch = Sketch()
    sketch.areas.append(
        Area(capsule(middle - half, y - radius, middle + half, y + radius), "accent", kind="pill", event=id)
    )
    sketch.labels.append(Label(middle - width / 2, y + 0.365 * size, text, size, width, id, "paper", True))
    return sketch.piece(0)


def bar(box: Box, *, fills: bool, open_left: bool, open_right: bool, ground: str, event: str) -> list[Area]:
    """Days as a bar. Solid where the event fills them; fading to both ends where it is only known to lie
    among them; an arrow where an end is open."""
    left, top, right, bottom = box
    middle, tip = (top + bottom) / 2, (bottom - top) * 1.1
    areas: list[Area] = []

    def area(points: tuple[tuple[float, float], ...], strength: float = 1.0) -> None:
        areas.append(Area(points, "bar", strength, ground, "bar", event))

    if right - left < 3:
        left, right = (left + right) / 2 - 1.5, (left + right) / 2 + 1.5
    inner_left = min(left + tip, right - 2) if open_left else left
    inner_right = max(right - tip, inner_left + 1) if open_right else right
    if open_left:
        area(((left, middle), (inner_left, top - 1.5), (inner_left, bottom + 1.5)), 1.0 if fills else 0.6)
    if open_right:
        area(((right, middle), (inner_right, top - 1.5), (inner_right, bottom + 1.5)), 1.0 if fills else 0.6)
    if fills:
        area(rectangle(inner_left, top, inner_right, bottom))
        return areas
    reach = 0.4 * (inner_right - inner_left)  # bars inside bars, ever shorter and stronger: no seams between
    steps = int(min(max(reach / 1.6, 3), FADE_STEPS))
    for n in range(steps):
        inset = reach * n / steps
        area(rectangle(inner_left + inset, top, inner_right - inset, bottom), 0.12 + 0.68 * (n + 1) / steps)
    return areas


def scale_names(setting: Setting, marks: Sequence[Tick]) -> Piece:
    """The names on a time scale: fine ones, and under them the years or months they lie in."""
    size = setting.paper.small
    two = any(tick.coarse for tick in marks)
    sketch = Sketch()
    for tick in marks:
        y = ASCENT * size + (1.3 * size if tick.coarse else 0)
        id = f"{'coarse' if tick.coarse else 'fine'}-{tick.x:.1f}"
        role = "ink" if tick.coarse or not two else "muted"
        sketch.labels.append(setting.label(tick.x + 3, y, tick.text, size, id, role, bold=tick.coarse))
    return sketch.piece((2.35 if two else 1.1) * size)
