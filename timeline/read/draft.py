"""What the reader of one format hands on: a text with what its file says about it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that say when an article was published, not yet read as a date."""

    where: str
    """What `Evidence.where` will say: `front matter`, `pub_date field`, `meta tag` ..."""
    words: str
    start: int | None = None
    """Offset of the words in the article's text, or None if they stand outside it."""
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as its format tells it. The text is not cleaned yet and offsets count in it."""

    text: str = field(repr=False)
    id: str = ""
    """The input's own, or empty."""
    title: str = ""
    source: str = ""
    url: str = ""
    claims: tuple[Claim, ...] = ()
    """From the metadata, most trusted first; head lines, URL and file name are asked later."""
    body: int = 0
    """Where the article proper begins."""
    derived: bool = False
    """True if `text` is not the file's own."""
    mark: str = ""
    """Which record of a pile it is (`#3`); empty if the file is one article."""
    warnings: tuple[str, ...] = ()
