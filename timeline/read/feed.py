"""RSS and Atom -> drafts, with a parser that knows no DTD: entities, files and networks stay out of reach."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from timeline.errors import ArticleError
from timeline.read.draft import Claim, Draft
from timeline.read.webpage import text_of

#: Elements of an item by what they tell, without their prefix; the first that is there counts.
_TEXT: Final = ("encoded", "content", "description", "summary")
_DATE: Final = ("pubdate", "published", "date", "issued")
_ITEMS: Final = frozenset(("item", "entry"))

#: Elements whose content may be mark-up; the others hold words.
_MARKED_UP: Final = frozenset(("title", *_TEXT))

_ATOM: Final = "http://www.w3.org/2005/Atom"

#: Prefixes of elements that speak of the item itself. Those of others (media:title, itunes:title) speak
#: of its pictures and sounds.
_PREFIXES: Final = frozenset(("", "atom", "dc", "dcterms"))

#: Text inside an item is kept to this depth of elements; deeper is no feed.
_MAX_DEPTH: Final = 64


@dataclass(slots=True)
class _Item:
    values: dict[str, str] = field(default_factory=dict)
    link: str = ""


#: It says nothing once the text is decoded, and many feeds have a blank line before it.
_DECLARATION: Final = re.compile(r"\A(\s*)<\?xml\b[^<>]*\?>")


class _NotPlain(Exception):
    """A construct that no feed needs."""


def read_feed(text: str) -> Iterator[Draft | ArticleError]:
    """The items of a feed. ArticleError if it declares a DTD, is not well-formed, or is no feed."""
    items, channel = _items(text)
    if not items:
        raise ArticleError("XML, but no feed with articles")
    for number, item in enumerate(items, start=1):
        content = next((item.values[name] for name in _TEXT if item.values.get(name, "").strip()), "")
        title, body = text_of(item.values.get("title", "")), text_of(content)
        if not (title or body):
            yield ArticleError(f"item {number}: no text")
            continue
        yield Draft(
            "\n\n".join(part for part in (title, body) if part),
            id=item.values.get("guid", "") or item.values.get("id", ""),
            title=title,
            source=item.values.get("source", "") or channel,
            url=item.link,
            claims=tuple(Claim(f"{n} element", item.values[n]) for n in _DATE if item.values.get(n)),
            derived=True,
            mark=f"#{number}",
        )


def _items(text: str) -> tuple[list[_Item], str]:
    """The items, and the title of the channel."""
    items: list[_Item] = []
    fields: list[tuple[_Item, str, list[str]]] = []
    path: list[str] = []
    """Names of the open elements; empty for those that are passed over."""
    channel: list[str] = []
    prefixes = set(_PREFIXES)

    def refuse(*_: object) -> None:
        raise _NotPlain("XML with a document type is not read")

    def start(name: str, attributes: dict[str, str]) -> None:
        prefixes.update(
            key[6:].lower() for key, uri in attributes.items() if key.startswith("xmlns:") and uri == _ATOM
        )
        prefix, _, local = name.lower().rpartition(":")
        is_known = prefix in prefixes or (prefix, local) == ("content", "encoded")
        path.append(local if is_known else "")
        if len(path) > _MAX_DEPTH:
            raise _NotPlain("XML nested too deep")
        depth = _depth(path)
        if depth == 1:
            fields.append((items[-1], path[-1], []))
            if path[-1] == "link" and attributes.get("rel", "alternate") == "alternate":
                items[-1].link = items[-1].link or attributes.get("href", "")
        elif depth and fields[-1][1] in _MARKED_UP:
            fields[-1][2].append(f"<{local}>")
        if path[-1] in _ITEMS:
            items.append(_Item())

    def end(name: str) -> None:
        if _depth(path) > 1 and fields[-1][1] in _MARKED_UP:
            fields[-1][2].append(f"</{name.lower().rpartition(':')[2]}>")
        path.pop()

    def data(words: str) -> None:
        depth = _depth(path)
        if depth:
            _, name, gathered = fields[-1]
            if depth > 1 and name in _MARKED_UP:  # `<content type="xhtml">`: the rest is escaped mark-up
                gathered.append(html.escape(words, quote=False))
            elif depth == 1 or name != "source" or path[-1] == "title":
                gathered.append(words)
        elif path[-1] == "title" and path[-2:-1] in (["channel"], ["feed"]):
            channel.append(words)

    parser = expat.ParserCreate(encoding="utf-8")
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    parser.buffer_text = True
    try:
        parser.Parse(_DECLARATION.sub(r"\1", text).encode("utf-8", "replace"), True)
    except _NotPlain as error:
        raise ArticleError(str(error)) from error
    except expat.ExpatError as error:
        raise ArticleError(f"not well-formed XML (line {error.lineno})") from error
    for item, name, gathered in fields:
        if words := "".join(gathered).strip():
            item.values.setdefault(name, words)
    for item in items:
        item.link = item.link or item.values.get("link", "")
    return items, "".join(channel).strip()


def _depth(path: list[str]) -> int:
    """How deep in an item the last element lies: 1 is the item's own; 0 is the item itself, or outside."""
    return next((len(path) - 1 - i for i, name in enumerate(path) if name in _ITEMS), 0)
