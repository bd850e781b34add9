"""HTML -> the article's text, paragraph by paragraph, and what the page says about it.

Headings and paragraphs of the main part; no scripts, menus, headers, footers, side columns, captions.
What a page states about itself is read from `<meta>`, JSON-LD and `<time>`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from timeline.errors import ArticleError
from timeline.read.draft import Claim, Draft
from timeline.read.tags import RAW, Start, Text, read_tags
from timeline.read.visible import visible_dates

#: Never article text. (Scripts, styles and titles are no mark-up inside and come as one text each.)
_MUTE: Final = frozenset(
    "noscript template svg math object embed canvas select option button audio video map".split()
)

#: Not article text on a well-made page; read after all if nothing else is there.
_BESIDE: Final = frozenset("nav header footer aside figcaption menu dialog".split())
_BESIDE_ROLES: Final = frozenset("navigation banner contentinfo complementary search dialog".split())

#: Elements that begin and end a paragraph.
_BLOCKS: Final = frozenset(
    """p div section article main body html h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tr thead tbody
    caption blockquote pre figure address hr form fieldset details summary header footer nav aside
    figcaption""".split()
)

_VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())

#: Elements that the next of their kind closes: they do not nest.
_CLOSED_BY_THE_NEXT: Final = frozenset("p li dt dd tr td th option".split())

#: An `<article>` or `<main>` with this many characters is the article; with fewer it may be a teaser.
_ENOUGH: Final = 250

#: Names under which pages state the day of publication, most trusted first. What says "modified" or
#: "updated" is no publication date.
_DATE_NAMES: Final = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "citation_publication_date", "publication_date",
    "publication-date", "publish-date", "publish_date", "publishdate", "published-date", "published_date",
    "published", "pubdate", "article.published", "dcterms.issued", "dc.date.issued", "dcterms.created",
    "dc.date.created", "article_date_original", "cxenseparse:recs:publishtime", "dcterms.date", "dc.date",
    "displaydate", "date", "datecreated",
)  # fmt: skip
_TITLE_NAMES: Final = ("og:title", "twitter:title", "dc.title", "headline", "title")
_SOURCE_NAMES: Final = ("og:site_name", "publisher", "dc.publisher", "application-name")
_URL_NAMES: Final = ("og:url",)

#: JSON-LD types that are an article (schema.org); others may carry dates of other things.
_ARTICLE_TYPE: Final = re.compile(r"(?i)article|posting|report|webpage")

#: JSON-LD is looked at this deep and no further.
_LD_DEPTH: Final = 6


@dataclass(slots=True)
class _Paragraph:
    text: str
    tag: str
    inside: int
    """Which outermost `<article>` or `<main>` it stands in, from 1; 0 if in none."""


@dataclass(slots=True)
class _Page:
    """What one pass over the tags collects."""

    paragraphs: list[_Paragraph] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    times: list[tuple[str, bool]] = field(default_factory=list)
    """`<time datetime>`, and whether it is marked as the time of publication."""
    ld: list[str] = field(default_factory=list)
    title: str = ""
    canonical: str = ""
    has_tags: bool = False


def read_webpage(page: str) -> Draft:
    """The article of a web page. ArticleError if there is no text in it."""
    found = _collect(page, _MUTE | _BESIDE)
    if not found.has_tags:
        return Draft(page)
    paragraphs, warnings = _main_part(found.paragraphs), []
    if sum(len(p.text) for p in paragraphs if p.tag != "h1") == 0:
        everything = _collect(page, _MUTE)
        if sum(len(p.text) for p in everything.paragraphs) > sum(len(p.text) for p in paragraphs):
            paragraphs = everything.paragraphs
            warnings.append("no main text found in this page; all its visible text is taken")
    text = "\n\n".join(p.text for p in paragraphs)
    if not text:
        raise ArticleError("no text in this page")
    ld = _first_article(found.ld)
    source = _first(found.meta, _SOURCE_NAMES) or ld.get("publisher", "")
    heading = next((p.text for p in paragraphs if p.tag == "h1" and p.text != source), "")
    title = heading or ld.get("headline", "") or _first(found.meta, _TITLE_NAMES)
    return Draft(
        text,
        title=title or _without_site(found.title, source),
        source=source,
        url=found.canonical or _first(found.meta, _URL_NAMES) or ld.get("url", ""),
        claims=tuple(_claims(found, ld)) or tuple(visible_dates(page)),
        derived=True,
        warnings=tuple(warnings),
    )


def text_of(fragment: str) -> str:
    """The visible text of a piece of HTML, a blank line between paragraphs.

    >>> text_of("<p>Two ships <b>collided</b>.</p><script>x()</script><p>Nobody was hurt.")
    'Two ships collided.\\n\\nNobody was hurt.'
    """
    return "\n\n".join(p.text for p in _collect(fragment, _MUTE).paragraphs)


class _Collector:
    """One pass over the tags of a page. What is muted, open or inside is counted, not stacked: mark-up
    that is never closed costs nothing and loses nothing but itself."""

    def __init__(self, mute: frozenset[str]) -> None:
        self.page = _Page()
        self._mute = mute
        self._words: list[str] = []
        self._block = ""
        self._muted_by, self._muted_depth = "", 0
        self._inside_depth, self._inside_number = 0, 0
        self._raw = ""

    def text(self, data: str) -> None:
        """Character data: of the title, of JSON-LD, of nothing, or of the paragraph."""
        raw, self._raw = self._raw, ""
        if raw == "title":
            self.page.title = self.page.title or " ".join(data.split())
        elif raw == "ld":
            self.page.ld.append(data)
        elif not raw and (not self._muted_by or (self._block == "h1" and self._muted_by in _BESIDE)):
            self._words.append(data)

    def start(self, tag: Start) -> None:
        """A start tag."""
        name = tag.name
        self.page.has_tags = True
        self._raw = _note(tag, self.page)
        if name in _BLOCKS:
            self.end_paragraph()
            self._block = name
        elif name in ("br", "td", "th"):
            self._words.append(" ")
        if name in ("article", "main"):
            self._inside_number += self._inside_depth == 0
            self._inside_depth += 1
        if name == self._muted_by and name in _CLOSED_BY_THE_NEXT:
            self._muted_by = ""
        if self._muted_by:
            self._muted_depth += name == self._muted_by
        elif name not in _VOID and not self._raw and (name in self._mute or _is_hidden(tag, self._mute)):
            self._muted_by, self._muted_depth = name, 1

    def end(self, name: str) -> None:
        """An end tag, whether or not its element is open."""
        if name in _BLOCKS:
            self.end_paragraph()
            self._block = ""
        if name in ("article", "main"):
            self._inside_depth = max(0, self._inside_depth - 1)
        if name == self._muted_by:
            self._muted_depth -= 1
            self._muted_by = self._muted_by if self._muted_depth else ""

    def end_paragraph(self) -> None:
        """What has gathered is a paragraph, white space collapsed."""
        text = " ".join("".join(self._words).split())
        self._words.clear()
        if text:
            inside = self._inside_number if self._inside_depth else 0
            self.page.paragraphs.append(_Paragraph(text, self._block, inside))


def _collect(page: str, mute: frozenset[str]) -> _Page:
    collector = _Collector(mute)
    for token in read_tags(page):
        if isinstance(token, Text):
            collector.text(token.data)
        elif isinstance(token, Start):
            collector.start(token)
        else:
            collector.end(token.name)
    collector.end_paragraph()
    return collector.page


def _is_hidden(tag: Start, mute: frozenset[str]) -> bool:
    if "hidden" in tag.attributes or re.search(r"display\s*:\s*none", tag.attributes.get("style", "")[:500]):
        return True
    return mute >= _BESIDE and tag.attributes.get("role", "").lower() in _BESIDE_ROLES


def _note(tag: Start, found: _Page) -> str:
    """Keeps what a tag states about the page; says what the raw text after it is, if any follows."""
    attributes = tag.attributes
    if tag.name in RAW:
        is_ld = tag.name == "script" and attributes.get("type", "").lower().strip() == "application/ld+json"
        return "ld" if is_ld else tag.name
    if tag.name == "time" and attributes.get("datetime"):
        marked = "pubdate" in attributes or bool(
            re.search("(?i)publi|posted", attributes.get("itemprop", "") + attributes.get("class", ""))
        )
        if not re.search("(?i)modif|updat", attributes.get("itemprop", "") + attributes.get("class", "")):
            found.times.append((attributes["datetime"], marked))
    elif tag.name == "link" and attributes.get("rel", "").lower() == "canonical":
        found.canonical = found.canonical or attributes.get("href", "")
    elif "content" in attributes:
        for key in ("property", "name", "itemprop", "http-equiv"):
            if attributes.get(key):
                found.meta.setdefault(attributes[key].lower().strip(), attributes["content"].strip())
    return ""


def _main_part(paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    sizes = Counter[int]()
    for paragraph in paragraphs:
        sizes[paragraph.inside] += len(paragraph.text)
    outside = sizes.pop(0, 0)
    if not sizes:
        return paragraphs
    best = max(sizes, key=lambda number: (sizes[number], -number))
    if sizes[best] < _ENOUGH and sizes[best] < outside:
        return paragraphs
    main = [p for p in paragraphs if p.inside == best]
    if any(p.tag == "h1" for p in main):
        return main
    return [p for p in paragraphs if p.tag == "h1"][:1] + main


def _claims(found: _Page, ld: Mapping[str, str]) -> Iterator[Claim]:
    if words := found.meta.get(_DATE_NAMES[0]):
        yield Claim("meta tag", words)
    if words := ld.get("datePublished"):
        yield Claim("JSON-LD", words)
    for name in _DATE_NAMES[1:]:
        if words := found.meta.get(name):
            yield Claim("meta tag", words)
    for wanted in (True, False):
        for words, marked in found.times:
            if marked is wanted:
                yield Claim("time tag", words)
                break


def _first(values: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((values[name] for name in names if values.get(name)), "")


def _without_site(title: str, site: str) -> str:
    """The `<title>` without " | Site" or " - Site" at its end."""
    name = re.escape(site[:500]) if site else r"(?:(?!\s[|–—-]\s).){2,40}"
    match = re.fullmatch(rf"(.{{10,}})\s+[|–—-]\s+{name}", title[:500], re.I)
    return match[1] if match else title


def _first_article(blocks: list[str]) -> dict[str, str]:
    """The first article among the JSON-LD blocks, its values as words."""
    for block in blocks:
        try:
            data = json.loads(block, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _things(data, _LD_DEPTH):
            kinds = item.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            is_article = any(isinstance(kind, str) and _ARTICLE_TYPE.search(kind) for kind in kinds)
            if is_article and item.get("datePublished"):
                publisher = item.get("publisher")
                if isinstance(publisher, dict):
                    item = {**item, "publisher": publisher.get("name")}
                return {key: value for key, value in item.items() if isinstance(value, str)}
    return {}


def _things(data: object, depth: int) -> Iterator[dict[str, object]]:
    if depth and isinstance(data, list):
        for item in data:
            yield from _things(item, depth - 1)
    elif depth and isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(data.get(key), depth - 1)
