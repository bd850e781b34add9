"""RSS and Atom -> drafts, with a parser that knows no DTD: entities, files and networks stay out of reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from timeline.errors import ArticleError
from timeline.read.draft import Claim, Draft
from timeline.read.webpage import text_of

#: Elements of an item by what they tell, without their namespace; the first that is there counts.
_TEXT: Final = ("encoded", "content", "description", "summary")
_DATE: Final = ("pubdate", "published", "date", "issued")
_ITEMS: Final = frozenset(("item", "entry"))

#: Text inside an item is kept to this depth of elements; deeper is no feed.
_MAX_DEPTH: Final = 64


@dataclass(slots=True)
class _Item:
    values: dict[str, str] = field(default_factory=dict)
    link: str = ""


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
    path: list[str] = []
    channel: list[str] = []

    def refuse(*_: object) -> None:
        raise _NotPlain("XML with a document type is not read")

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(name.rpartition(":")[2].lower())
        if len(path) > _MAX_DEPTH:
            raise _NotPlain("XML nested too deep")
        if path[-1] in _ITEMS:
            items.append(_Item())
        elif items and path[-1] == "link" and attributes.get("rel", "alternate") == "alternate":
            items[-1].link = items[-1].link or attributes.get("href", "")

    def end(_: str) -> None:
        path.pop()

    def data(words: str) -> None:
        place = next((i for i, name in enumerate(path) if name in _ITEMS), None)
        if place is None:
            if path[-1] == "title" and path[-2:-1] in (["channel"], ["feed"]):
                channel.append(words)
        elif place + 1 < len(path):
            name = path[place + 1]
            parts.setdefault((len(items) - 1, name), []).append(words)

    parts: dict[tuple[int, str], list[str]] = {}
    parser = expat.ParserCreate(encoding="utf-8")
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    parser.buffer_text = True
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except _NotPlain as error:
        raise ArticleError(str(error)) from error
    except expat.ExpatError as error:
        raise ArticleError(f"not well-formed XML (line {error.lineno})") from error
    for (number, name), words in parts.items():
        items[number].values[name] = "".join(words).strip()
    for item in items:
        item.link = item.link or item.values.get("link", "")
    return items, "".join(channel).strip()
