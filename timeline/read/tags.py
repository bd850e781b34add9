"""HTML -> a stream of tags and text, in one pass and in linear time whatever the input.

The standard library's parser takes quadratic time on unfinished constructs ("<!--" a million times),
and tree builders stop at a depth; here what is unfinished runs to the end of the page, as it does in
a browser, and there is no tree.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_TAG_NAME: Final = re.compile(r"[^\s/>]+")
_ATTRIBUTE: Final = re.compile(
    r"""[\s/]*(?P<name>[^\s/>=]+|=)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"'][^\s>]*)))?"""
)
_REST_OF_TAG: Final = re.compile(r"[^>]*>")

#: Their content is text up to their own end tag, whatever it looks like.
RAW: Final = frozenset("script style textarea title xmp iframe noembed noframes".split())

#: Of these the content still holds character references.
_RAW_WITH_REFERENCES: Final = frozenset("textarea title".split())

#: `<svg/>` is a whole element even where `<p/>` begins one that goes on: in HTML that is not XML.
_XML_ANYWHERE: Final = frozenset(("svg", "math"))
_XML_DECLARATION: Final = re.compile(r"\s*<\?xml\b")

#: Character references by number beyond Unicode; the standard library fails on thousands of digits.
_HUGE_REFERENCE: Final = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{7,});?")


@dataclass(frozen=True, slots=True)
class Text:
    """Character data, references resolved."""

    data: str


@dataclass(frozen=True, slots=True)
class Start:
    """A start tag. Names in lower case; an attribute without a value has the empty string."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    closed: bool = False
    """True if it ends in `/>`, whatever that means for it."""


@dataclass(frozen=True, slots=True)
class End:
    """An end tag."""

    name: str


def read_tags(page: str) -> Iterator[Text | Start | End]:
    """The tags and texts of a page in order; comments and declarations are left out.

    >>> list(read_tags('<p class="a">One &amp; two'))
    [Start(name='p', attributes={'class': 'a'}, closed=False), Text(data='One & two')]
    """
    position, raw_ends = 0, _RawEnds(page)
    is_xhtml = _XML_DECLARATION.match(page) is not None
    while position < len(page):
        opening = page.find("<", position)
        if opening < 0:
            yield Text(unescape(page[position:]))
            return
        if opening > position:
            yield Text(unescape(page[position:opening]))
        following = page[opening + 1 : opening + 2]
        if following.isalpha():
            tag, position = _start_tag(page, opening + 1)
            if tag is None:
                return
            yield tag
            is_xhtml = is_xhtml or (tag.name == "html" and "xmlns" in tag.attributes)
            is_empty = tag.closed and (is_xhtml or tag.name in _XML_ANYWHERE)
            if tag.name in RAW:
                end = position if is_empty else raw_ends.after(tag.name, position)
                content = page[position:end]
                yield Text(unescape(content) if tag.name in _RAW_WITH_REFERENCES else content)
                position = end
            if is_empty:
                yield End(tag.name)
        elif following == "/" and page[opening + 2 : opening + 3].isalpha():
            name = _TAG_NAME.match(page, opening + 2)
            position = _past(page, ">", opening)
            yield End(name[0].lower() if name else "")
        elif following in ("!", "?", "/"):
            position = _past(page, "-->" if page.startswith("<!--", opening) else ">", opening)
        else:
            yield Text("<")
            position = opening + 1


def unescape(text: str) -> str:
    """The text with its character references resolved; absurd ones become U+FFFD."""
    return html.unescape(_HUGE_REFERENCE.sub("\ufffd", text)) if "&" in text else text


def _past(page: str, closing: str, position: int) -> int:
    end = page.find(closing, position)
    return len(page) if end < 0 else end + len(closing)


def _start_tag(page: str, position: int) -> tuple[Start | None, int]:
    """The tag whose name begins at `position`, and where it ends; no tag if the page ends in it."""
    name = _TAG_NAME.match(page, position)
    assert name is not None  # the caller saw a letter
    position = name.end()
    attributes: dict[str, str] = {}
    while attribute := _ATTRIBUTE.match(page, position):
        if attribute.end() == position:
            break
        value = attribute["double"] or attribute["single"] or attribute["bare"] or ""
        attributes.setdefault(attribute["name"].lower(), unescape(value))
        position = attribute.end()
    rest = _REST_OF_TAG.match(page, position)
    if not rest:
        return None, len(page)
    return Start(name[0].lower(), attributes, closed=rest[0].endswith("/>")), rest.end()


class _RawEnds:
    """Where the content of a raw element ends. Remembers failures, so that no search is repeated."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._missing: set[str] = set()

    def after(self, name: str, position: int) -> int:
        if name not in self._missing:
            end = re.compile(f"</{name}(?=[\\s/>])", re.I).search(self._page, position)
            if end:
                return end.start()
            self._missing.add(name)
        # Never closed: a browser takes the rest of the page; a reader wants what follows a broken title.
        return len(self._page) if name in ("script", "style") else position
