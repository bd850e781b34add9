"""What a format may use beside the timeline itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Material:
    """Pictures and texts. A format takes what it can use; what is missing does no harm."""

    picture: str | None = None
    """The timeline's picture as SVG text, for formats that hold it."""
    sheets: tuple[bytes, ...] = ()
    """The same as PNGs, as wide as a report's column and no higher than its page."""
    picture_file: str = ""
    """Name of a picture file beside the output, for formats that point to it; empty if there is none."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Article id -> text, for formats that show quotes in context."""


NOTHING: Final = Material()
