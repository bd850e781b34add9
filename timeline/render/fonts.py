"""Which font draws a text, how wide it is, and what to install where a script has none.

Source Sans 3 is part of this package and DejaVu Sans of matplotlib, so pictures do not depend on what is
installed. Only text with letters both lack looks further, at the installed Noto fonts of those scripts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.font_manager import FontEntry, FontProperties, fontManager, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextToPath

from timeline.errors import UsageError

#: First word of a letter's Unicode name -> Noto fonts that have it, the one to recommend first.
#: Scripts not here: "Noto Sans <Script>".
_NOTO: Final = {
    "CJK": ("Noto Sans CJK SC", "Noto Sans SC", "Noto Sans CJK JP", "Noto Sans JP", "Noto Sans TC"),
    "HIRAGANA": ("Noto Sans CJK JP", "Noto Sans JP", "Noto Sans CJK SC"),
    "KATAKANA": ("Noto Sans CJK JP", "Noto Sans JP", "Noto Sans CJK SC"),
    "KATAKANA-HIRAGANA": ("Noto Sans CJK JP", "Noto Sans JP", "Noto Sans CJK SC"),
    "HANGUL": ("Noto Sans CJK KR", "Noto Sans KR", "Noto Sans CJK SC"),
    "FULLWIDTH": ("Noto Sans CJK SC", "Noto Sans SC", "Noto Sans JP"),
    "IDEOGRAPHIC": ("Noto Sans CJK SC", "Noto Sans SC", "Noto Sans JP"),
}

#: Characters that no font has to draw: joiners and marks of direction.
_UNSEEN: Final = "\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069"


#: Up to here, and in general punctuation, scripts are written letter by letter from left to right.
_LAST_SIMPLE: Final = "\u058f"

_Run = tuple[tuple[tuple[str, float, float], ...], float]
"""Glyphs of a text, and how wide it is."""


class Fonts:
    """The fonts of one picture. It remembers which scripts no font could draw."""

    UNITS: Final = TextToPath.FONT_SCALE

    def __init__(self, regular: str = "", bold: str = "") -> None:
        """`regular` and `bold` are font files or names of installed families, before our own.

        UsageError if there is no such font.
        """
        own = (_found(regular, bold=False), _found(bold or regular, bold=True))
        self._first = {bold: (*own[bold], *_bundled(bold)) for bold in (False, True)}
        self._runs: dict[tuple[str, bool], _Run] = {}
        self._missing: dict[str, None] = {}
        self.outlines: dict[str, str] = {}
        """Glyph name -> SVG path data, of all glyphs asked for so far."""
        self._shapes: dict[str, Outline] = {}

    def files(self, text: str, bold: bool) -> tuple[str, ...]:
        """The fonts that together have every letter of a text, as far as there are any."""
        files: list[str] = []
        lacking = [c for c in dict.fromkeys(text) if c not in _UNSEEN]
        for file in self._first[bold]:
            has = _letters(file)
            files.append(file)
            lacking = [c for c in lacking if ord(c) not in has]
            if not lacking:
                return tuple(files)
        for char in lacking:
            if any(ord(char) in _letters(file) for file in files):
                continue
            names = _noto(char)
            further = (file for name in names for file in _installed(name, bold))
            found = next((f for f in further if ord(char) in _letters(f)), None)
            if found is None:
                self._missing.setdefault(names[0])
            else:
                files.append(found)
        return tuple(files)

    def properties(self, text: str, size: float, bold: bool) -> FontProperties:
        """The fonts of a text, as matplotlib is told them."""
        return _properties(self.files(text, bold), size)

    def width(self, text: str, size: float, bold: bool) -> float:
        """How wide a line of text is, in points."""
        return self._run(text, bold)[1] * size / self.UNITS

    def glyphs(self, text: str, bold: bool) -> Sequence[tuple[str, float, float]]:
        """The glyphs of a line from left to right: name, x and y, `UNITS` to the type size.

        Their outlines are in `outlines` then.
        """
        return self._run(text, bold)[0]

    def outline(self, text: str, bold: bool) -> Outline | None:
        """A line as one outline, `UNITS` to the type size, y upwards; None if there is nothing to see."""
        glyphs = self.glyphs(text, bold)
        if not glyphs:
            return None
        shapes = [self._shapes[name] for name, _, _ in glyphs]
        places = np.repeat([(x, y) for _, x, y in glyphs], [len(s) for s in shapes], axis=0)
        return Outline(
            np.concatenate([s.vertices for s in shapes]) + places,
            np.concatenate([s.codes for s in shapes if s.codes is not None]),
        )

    def _run(self, text: str, bold: bool) -> _Run:
        """A line, put together of words that were shaped before where letters of a script stand alone."""
        key = (text, bold)
        if key not in self._runs:
            if " " not in text or any(c > _LAST_SIMPLE and not "\u2000" <= c < "\u2066" for c in text):
                self._runs[key] = self._shaped(text, bold)
            else:
                placed: list[tuple[str, float, float]] = []
                x = 0.0
                for number, word in enumerate(text.split(" ")):
                    x += self._shaped(" ", bold)[1] if number else 0.0
                    glyphs, advance = self._run(word, bold) if word else ((), 0.0)
                    placed += [(name, x + at, y) for name, at, y in glyphs]
                    x += advance
                self._runs[key] = (tuple(placed), x)
        return self._runs[key]

    def _shaped(self, text: str, bold: bool) -> _Run:
        font = get_font(self.files(text, bold))
        font.set_size(self.UNITS, 72)
        # the place of one more space is where the text ends, its last letter's own space included
        rtl = any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)
        placed, outlines, _ = _SHAPER.get_glyphs_with_font(font, text if rtl else text + " ", glyph_map={})
        if rtl:
            font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
            advance = font.get_width_height()[0] / 64
        else:
            advance = placed.pop()[1]
        for name, _, _, _ in placed:
            if name not in self.outlines:
                self.outlines[name] = _path_data(*outlines[name])
                self._shapes[name] = Outline(*outlines[name])
        return tuple((name, x, y) for name, x, y, _ in placed if self.outlines[name]), advance

    @property
    def notes(self) -> tuple[str, ...]:
        """One sentence that names the fonts to install, or nothing."""
        if not self._missing:
            return ()
        names = ", ".join(f"“{name}”" for name in self._missing)
        return (f"some letters have no installed font and are drawn as boxes; install {names}",)


_SHAPER: Final = TextToPath()


def _path_data(points: Any, codes: Any) -> str:
    """An outline of straight lines and Bézier curves as SVG path data, in whole units."""
    parts, index = [], 0
    letters = {1: ("M", 1), 2: ("L", 1), 3: ("Q", 2), 4: ("C", 3), 79: ("Z", 1)}
    while index < len(codes):
        letter, count = letters[int(codes[index])]
        spots = [] if letter == "Z" else points[index : index + count]
        parts.append(letter + " ".join(f"{_plain(x)} {_plain(y)}" for x, y in spots))
        index += count
    return "".join(parts)


def _plain(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _bundled(bold: bool) -> tuple[str, ...]:
    sans = (
        Path(__file__).parent / "type" / ("SourceSans3-SemiBold.ttf" if bold else "SourceSans3-Regular.ttf")
    )
    dejavu = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return str(sans), str(Path(mpl.get_data_path()) / "fonts" / "ttf" / dejavu)


def _found(font: str, *, bold: bool) -> tuple[str, ...]:
    """The file of a font the user names; empty for none."""
    if not font:
        return ()
    if Path(font).suffix.lower() in (".ttf", ".otf", ".ttc"):
        try:
            _letters(font)
        except (OSError, RuntimeError):
            raise UsageError("not a font that can be read", name=font) from None
        return (font,)
    files = _installed(font, bold)
    if not files:
        raise UsageError("no such font is installed", name=font)
    return files[:1]


@cache
def _letters(file: str) -> frozenset[int]:
    return frozenset(get_font(file).get_charmap())


@cache
def _installed(family: str, bold: bool) -> tuple[str, ...]:
    """Files of an installed family, the upright one of that weight first."""

    def far(entry: FontEntry) -> tuple[bool, int, str]:
        weight = mpl.font_manager.weight_dict.get(str(entry.weight), entry.weight)
        wanted = 650 if bold else 400
        return entry.style != "normal", abs(int(weight) - wanted), entry.fname

    return tuple(e.fname for e in sorted((e for e in fontManager.ttflist if e.name == family), key=far))


@cache
def _properties(files: tuple[str, ...], size: float) -> FontProperties:
    """matplotlib looks up fonts by name only; each file gets a name no other has."""
    if len(files) == 1:
        return FontProperties(fname=files[0], size=size)
    return FontProperties(family=[_name(file) for file in files], size=size)


@cache
def _name(file: str) -> str:
    name = f"timeline {file}"
    fontManager.ttflist.append(FontEntry(fname=file, name=name, weight=400, size="scalable"))
    return name


def _noto(char: str) -> tuple[str, ...]:
    if unicodedata.category(char) in ("So", "Sk"):
        return ("Noto Emoji", "Noto Sans Symbols", "Noto Sans Symbols 2")
    script = unicodedata.name(char, "").split(" ")[0]
    return _NOTO.get(script, (f"Noto Sans {script.title()}" if script else "Noto Sans",))
