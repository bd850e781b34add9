"""A user's own colours and fonts, from a small TOML file:

[colours]
accent = "#7a0019"                      # any role of `style`, as #rrggbb
paper = "#fffaf2"

[fonts]
regular = "Georgia"                     # an installed family, or a file beside this one
bold = "fonts/OurSerif-Bold.ttf"
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from timeline.errors import UsageError
from timeline.render.style import THEMES, Colours, contrast

#: Text with less contrast to its ground is hard to read for many (WCAG 2.2, AA).
LEAST_CONTRAST: Final = 4.5
#: What is read, and what it stands on.
_READ: Final = (
    *((role, ground) for ground in ("paper", "band") for role in ("ink", "muted", "accent", "alert")),
    ("paper", "accent"),
)
_ROLES: Final = tuple(THEMES["light"])


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours that take the place of a style's, and fonts that come before our own."""

    colours: tuple[tuple[str, str], ...] = ()
    """Role and colour."""
    regular: str = ""
    """A font file or an installed family; empty for our own."""
    bold: str = ""

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Theme:
        """Read a theme file. UsageError says what is wrong in it."""
        name = str(path)
        try:
            data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            raise UsageError((error.strerror or str(error)).lower(), name=name) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"not a theme file: {error}", name=name) from None
        colours, fonts = data.pop("colours", {}), data.pop("fonts", {})
        if data or not isinstance(colours, dict) or not isinstance(fonts, dict):
            raise UsageError("a theme has two tables, [colours] and [fonts]", name=name)
        for role, colour in colours.items():
            if role not in _ROLES:
                raise UsageError(f"no such colour: {role}; one of {', '.join(_ROLES)}", name=name)
            if not isinstance(colour, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
                raise UsageError(f"{role} is no colour like #0b4a83", name=name)
        for weight, font in fonts.items():
            if weight not in ("regular", "bold") or not isinstance(font, str):
                raise UsageError("fonts are regular and bold, each a file or a family", name=name)
        found = {weight: _beside(Path(path), font) for weight, font in fonts.items()}
        return cls(tuple((role, c.lower()) for role, c in colours.items()), **found)

    def over(self, style: Colours) -> Colours:
        """The colours of a style with these in their places."""
        return {**style, **dict(self.colours)}


NO_THEME: Final = Theme()
"""The style as it is."""


def _beside(theme: Path, font: str) -> str:
    """A font file is looked for beside the theme."""
    is_file = Path(font).suffix.lower() in (".ttf", ".otf", ".ttc")
    return str((theme.parent / font).resolve()) if is_file else font


def faint(colours: Colours) -> tuple[str, ...]:
    """What the user should know about colours that are hard to read, a sentence each.

    >>> faint({**THEMES["light"], "muted": "#bbbbbb"})[0]
    'muted on paper has a contrast of 1.92; text needs at least 4.5'
    """
    found = [(role, ground, contrast(colours[role], colours[ground])) for role, ground in _READ]
    return tuple(
        f"{role} on {ground} has a contrast of {ratio:g}; text needs at least {LEAST_CONTRAST:g}"
        for role, ground, ratio in found
        if ratio < LEAST_CONTRAST
    )
