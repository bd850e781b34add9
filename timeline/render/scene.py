"""What is on a page, as records: no drawing library, only positions, words and roles.

Lengths are points (72 to the inch), x grows to the right and y downwards. Colours are named by role
(`ink`, `muted`, `accent` ...); `style` gives each role its colour.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import NamedTuple

#: How far the letters of a line reach above and below its baseline, in parts of the type size.
ASCENT, DESCENT = 0.76, 0.24

Point = tuple[float, float]


class Box(NamedTuple):
    """A rectangle on the page."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """True if they share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text."""

    x: float
    """Its left end."""
    y: float
    """Its baseline."""
    text: str
    size: float
    width: float
    """As measured."""
    id: str
    """Unique on the page."""
    role: str = "ink"
    bold: bool = False
    url: str = ""

    @property
    def box(self) -> Box:
        """Where its ink can be."""
        return Box(self.x, self.y - ASCENT * self.size, self.x + self.width, self.y + DESCENT * self.size)


@dataclass(frozen=True, slots=True)
class Line:
    """A stroke through two or more points."""

    points: tuple[Point, ...]
    role: str
    width: float = 0.6
    kind: str = "rule"
    """What it is for: `leader`, `edge`, `stem`, `tick`, `grid`, `break`, `link` or `rule`."""
    event: str = ""
    """Id of the event it belongs to, if it belongs to one."""
    dash: tuple[float, ...] = ()
    """Lengths of dashes and gaps, in line widths; empty for a line without gaps."""


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon."""

    points: tuple[Point, ...]
    role: str
    strength: float = 1.0
    """1 is the role's full colour, 0 that of the ground it lies on."""
    ground: str = "paper"
    kind: str = "flag"
    """What it is for: `band`, `bar`, `pill` or `flag` (ornament)."""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A small shape that stands for an event and its status."""

    x: float
    y: float
    shape: str
    """A name of `SHAPES`."""
    event: str
    radius: float = 4.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a page, drawn from its own top (y = 0) downwards."""

    height: float
    labels: tuple[Label, ...] = ()
    lines: tuple[Line, ...] = ()
    areas: tuple[Area, ...] = ()
    marks: tuple[Mark, ...] = ()
    keep: bool = False
    """True if it may not be the last on a page: a heading."""
    opening: Piece | None = None
    """What stands in its place at the top of a page, where it has to say more."""

    def moved(self, dx: float, dy: float) -> Piece:
        """The same, elsewhere."""

        def shift(points: tuple[Point, ...]) -> tuple[Point, ...]:
            return tuple((x + dx, y + dy) for x, y in points)

        return Piece(
            self.height,
            tuple(replace(item, x=item.x + dx, y=item.y + dy) for item in self.labels),
            tuple(replace(item, points=shift(item.points)) for item in self.lines),
            tuple(replace(item, points=shift(item.points)) for item in self.areas),
            tuple(replace(item, x=item.x + dx, y=item.y + dy) for item in self.marks),
            self.keep,
        )


@dataclass
class Sketch:
    """A Piece in the making."""

    labels: list[Label] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def add(self, piece: Piece, dx: float = 0.0, dy: float = 0.0) -> None:
        """Put `piece` into this, its top left corner at (dx, dy)."""
        moved = piece.moved(dx, dy) if dx or dy else piece
        self.labels += moved.labels
        self.lines += moved.lines
        self.areas += moved.areas
        self.marks += moved.marks

    def piece(self, height: float, *, keep: bool = False, opening: Piece | None = None) -> Piece:
        """What was collected, as a piece of that height."""
        return Piece(
            height, tuple(self.labels), tuple(self.lines), tuple(self.areas), tuple(self.marks), keep, opening
        )


@dataclass(frozen=True, slots=True)
class Page:
    """One page: a whole PNG or SVG, or one page of a PDF."""

    width: float
    content: Piece

    @property
    def height(self) -> float:
        """How tall it is."""
        return self.content.height


def rectangle(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    """The corners of a rectangle, as a polygon."""
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def capsule(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    """A rectangle whose short sides are half circles, as a polygon."""
    radius, steps = (bottom - top) / 2, 8
    turns = [math.pi * (n / steps - 0.5) for n in range(steps + 1)]
    right_side = [(right - radius + radius * math.cos(t), top + radius + radius * math.sin(t)) for t in turns]
    left_side = [(left + radius - radius * math.cos(t), top + radius - radius * math.sin(t)) for t in turns]
    return (*right_side, *left_side)
