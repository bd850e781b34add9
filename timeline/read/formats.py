"""Which reader a file gets: by its suffix, and where that says little, by how it begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Final

from timeline.errors import ArticleError
from timeline.read.draft import Claim, Draft
from timeline.read.feed import read_feed
from timeline.read.frontmatter import read_front_matter
from timeline.read.records import DATE, ID, SOURCE, TITLE, URL, read_json, read_json_lines
from timeline.read.webpage import read_webpage

Drafts = Iterator[Draft | ArticleError]


def drafts_of(text: str, path: str) -> Drafts:
    """The articles in a decoded file. ArticleError, raised or among them, for what is none."""
    reader = _READERS.get(PurePath(path).suffix.lower()) or _by_beginning(text)
    if reader is _text and _PAGE.match(text):
        reader = _webpage
    return reader(text)


def _text(text: str) -> Drafts:
    """Plain text and Markdown: the whole file is the text, front matter lies before the body."""
    front = read_front_matter(text)

    def first(names: list[str]) -> str:
        return next((value for key, value in front.values.items() if _plain(key) in names), "")

    claims = []
    for name in DATE:
        for key, value in front.values.items():
            if _plain(key) == name:
                claims.append(Claim("front matter", value, *front.places[key]))
    yield Draft(
        text,
        id=first(ID),
        title=first(TITLE),
        source=first(SOURCE),
        url=first(URL),
        claims=tuple(claims),
        body=front.end,
    )


def _webpage(text: str) -> Drafts:
    yield read_webpage(text)


def _plain(key: str) -> str:
    return key.replace("_", "")


def _by_beginning(text: str) -> Callable[[str], Drafts]:
    return next(reader for pattern, reader in _BEGINNINGS if pattern.match(text))


_PAGE: Final = re.compile(r"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S)

_BEGINNINGS: Final[tuple[tuple[re.Pattern[str], Callable[[str], Drafts]], ...]] = (
    (_PAGE, _webpage),
    (re.compile(r"\s*<(?:\?xml|rss|feed)\b", re.I), read_feed),
    (re.compile(r"\s*\{[^\r\n]*\}[ \t]*[\r\n]\s*\{"), read_json_lines),
    (re.compile(r'\s*(?:\{\s*"|\[\s*\{)'), read_json),
    (re.compile(""), _text),
)

_READERS: Final[dict[str, Callable[[str], Drafts]]] = {
    ".txt": _text,
    ".text": _text,
    ".md": _text,
    ".markdown": _text,
    ".html": _webpage,
    ".htm": _webpage,
    ".xhtml": _webpage,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".xml": read_feed,
    ".rss": read_feed,
    ".atom": read_feed,
}
