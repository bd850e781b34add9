"""Which font draws a text, how wide it is, and what to install where a script has none.

DejaVu Sans comes with matplotlib, so pictures do not depend on what is installed. Only text with letters
it lacks looks further, at the installed Noto fonts of those scripts.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.textpath import TextToPath

#: First word of a letter's Unicode name -> the Noto font that has it. Scripts not here: "Noto Sans <Script>".
_NOTO: Final = {
    "CJK": "Noto Sans CJK SC",
    "HIRAGANA": "Noto Sans CJK JP",
    "KATAKANA": "Noto Sans CJK JP",
    "HANGUL": "Noto Sans CJK KR",
    "FULLWIDTH": "Noto Sans CJK SC",
    "IDEOGRAPHIC": "Noto Sans CJK SC",
}


class Fonts:
    """The fonts of one picture. It remembers which scripts no font could draw."""

    def __init__(self) -> None:
        self._widths: dict[tuple[str, float, bool], float] = {}
        self._missing: dict[str, None] = {}

    def properties(self, text: str, size: float, bold: bool) -> FontProperties:
        """The font for a text: the bundled one if it has every letter, else with fallbacks."""
        lacking = _lacking(text, bold)
        if not lacking:
            return _bundled(size, bold)
        installed = _installed()
        families = ["DejaVu Sans"]
        for name in dict.fromkeys(_noto(char) for char in lacking):
            # any regional CJK font draws every ideograph, if not in its region's form
            stem = name[: len("Noto Sans CJK")] if "CJK" in name else name
            found = name if name in installed else next((f for f in installed if f.startswith(stem)), None)
            if found is None:
                self._missing.setdefault(name)
            elif found not in families:
                families.append(found)
        return FontProperties(family=families, size=size, weight="bold" if bold else "normal")

    def width(self, text: str, size: float, bold: bool) -> float:
        """How wide a line of text is, in points."""
        key = (text, size, bold)
        if key not in self._widths:
            properties = self.properties(text, size, bold)
            self._widths[key] = _INK.get_text_width_height_descent(text, properties, False)[0]
        return self._widths[key]

    @property
    def notes(self) -> tuple[str, ...]:
        """One sentence that names the fonts to install, or nothing."""
        if not self._missing:
            return ()
        names = ", ".join(f"“{name}”" for name in self._missing)
        return (f"some letters have no installed font and are drawn as boxes; install {names}",)


_INK: Final = TextToPath()


@cache
def _bundled(size: float, bold: bool) -> FontProperties:
    return FontProperties(fname=_bundled_file(bold), size=size)


def _bundled_file(bold: bool) -> str:
    return str(
        Path(mpl.get_data_path()) / "fonts" / "ttf" / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")
    )


@cache
def _letters(bold: bool) -> frozenset[int]:
    return frozenset(get_font(_bundled_file(bold)).get_charmap())


def _lacking(text: str, bold: bool) -> list[str]:
    if text.isascii():
        return []
    letters = _letters(bold)
    return [c for c in text if ord(c) not in letters and c not in "\u200c\u200d\u200f"]


@cache
def _installed() -> tuple[str, ...]:
    return tuple(sorted({font.name for font in fontManager.ttflist}))


def _noto(char: str) -> str:
    if unicodedata.category(char) in ("So", "Sk"):
        return "Noto Emoji"
    script = unicodedata.name(char, "").split(" ")[0]
    return _NOTO.get(script, f"Noto Sans {script.title()}" if script else "Noto Sans")
