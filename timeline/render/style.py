"""Themes and shapes: what colour a role has, what shape a status has. Tables, no drawing.

Status is told by shape and word; colour never carries it alone. Text keeps a contrast of at least 4.5
to whatever lies under it (WCAG 2.2, AA), which the tests compute. The light and dark palettes keep to
blue against vermilion, which the common colour-vision deficiencies tell apart (after Okabe and Ito 2008).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from timeline.render.scene import Point

Colours = dict[str, str]

#: Roles: `paper` ground, `band` ground of the time band, `ink` and `muted` text, `accent` dates and marks,
#: `alert` disagreement, `rule` hairlines, `grid` lines behind marks, `leader` lines to cards, `bar` days.
THEMES: Final[dict[str, Colours]] = {
    "light": {
        "paper": "#ffffff", "band": "#eef2f6", "ink": "#14181d", "muted": "#56606b", "accent": "#0b4a83",
        "alert": "#a33c12", "rule": "#d4dae0", "grid": "#e4e9ee", "leader": "#98a5b3", "bar": "#6fa3d0",
    },
    "dark": {
        "paper": "#12171d", "band": "#1e2730", "ink": "#f1f4f7", "muted": "#a8b4c0", "accent": "#7fbcf5",
        "alert": "#ff9f73", "rule": "#36414d", "grid": "#25303a", "leader": "#64748a", "bar": "#3d74a8",
    },
    "print": {
        "paper": "#ffffff", "band": "#f1f1f1", "ink": "#000000", "muted": "#444444", "accent": "#000000",
        "alert": "#000000", "rule": "#bdbdbd", "grid": "#dedede", "leader": "#7a7a7a", "bar": "#8e8e8e",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """A mark of radius 1 around (0, 0), y downwards."""

    outline: tuple[Point, ...]
    """Corners of a closed polygon; empty for a circle."""
    filled: bool
    strokes: tuple[tuple[Point, Point], ...] = ()
    """Lines across it."""


_D: Final = math.sqrt(0.5)
_CROSS: Final = (((-_D, -_D), (_D, _D)), ((-_D, _D), (_D, -_D)))
_TRIANGLE: Final = ((0.0, -1.1), (1.05, 0.8), (-1.05, 0.8))
_SQUARE: Final = ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85))

#: A shape for each status. Filled means it is real.
SHAPES: Final[dict[str, Shape]] = {
    "occurred": Shape((), filled=True),
    "ongoing": Shape(((-0.8, -1.05), (1.1, 0.0), (-0.8, 1.05)), filled=True),
    "planned": Shape(((0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)), filled=False),
    "threatened": Shape(_TRIANGLE, filled=False),
    "possible": Shape((), filled=False),
    "cancelled": Shape((), filled=False, strokes=_CROSS),
    "denied": Shape(_SQUARE, filled=False, strokes=(((-0.85, 0.85), (0.85, -0.85)),)),
}  # fmt: skip


def mixed(colour: str, ground: str, strength: float) -> str:
    """`colour` laid over `ground`: 1 is all colour, 0 all ground.

    >>> mixed("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{math.floor(strength * c + (1 - strength) * g + 0.5):02x}" for c, g in pairs)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2).

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def _luminance(colour: str) -> float:
    parts = [c / 255 for c in _channels(colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
