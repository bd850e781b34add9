"""An article's text as blocks: headline, subheads, paragraphs, and the lines that tell nothing.

A block is a paragraph or a line. Bylines, image credits, tickers and desk codes are blocks too, of kind
`NOISE`: they are named here once so that no later stage has to guess again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from timeline.model import Article


class Kind(Enum):
    """What a block is for."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"
    PARAGRAPH = "paragraph"
    NOISE = "noise"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article's text that is read as one piece."""

    kind: Kind
    start: int
    """First code point, after any dateline."""
    end: int
    """One past the last code point."""
    why: str = ""
    """For noise: the name of the rule that says so."""


#: Code points of a block at most. No paragraph is longer; what is gets cut, so that the parser's memory and
#: spaCy's own limit (1,000,000) never decide what is read.
MAX_BLOCK: Final = 20_000

#: Lines that tell no event, each by a named rule. Matched against the whole line, stripped.
_NOISE: Final = (
    (
        "byline",
        r"(?:[Bb]y|BY|From)\s+[A-Z][\w.'’-]*(?:(?:,\s*|(?:\s+(?:and|in|for))?\s+)[A-Z][\w.'’-]*){0,13},?",
    ),
    ("image credit", r"(?:image|photo|photograph|picture|video|graphic)s?\s*(?:credit|by|courtesy|:).*"),
    ("agency picture", r".{0,80}\b(?:via|/)\s*(?:getty images?|afp|reuters|ap|epa|shutterstock)\b\W*"),
    ("copyright", r"(?:©|\(c\)|copyright\b).*"),
    (
        "read more",
        r"(?:read (?:more|also)|also read|see also|related|more on|advertisement|share this)\b[^.!?]{0,90}",
    ),
    ("newsletter", r"(?:subscribe|sign up|follow us|click here|download (?:the|our) app)\b.*"),
    (
        "byline with a note",
        r"(?:[Bb]y|BY)\s+[A-Z][^.!?]{2,60}\.\s*(?:[Aa]dditional )?"
        r"(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Pp]hotographs?)\s+(?:by|for|from)\s+[A-Z][^.!?]*\.?",
    ),
    ("editing note", r"\(?(?:reporting|additional reporting|writing|editing|edited|written) by\b.*"),
    ("contact", r"(?:tel|phone|e-?mail|contact)\b\s*:.*"),
    ("no words", r"[\W\d_]*"),
    ("code", r"\S{1,40}"),
    ("signature", r"(?:[A-Z]\.\s?)?[A-Z][\w'’-]+\s*(?:--|—|–|/)\s*[A-Z]{2,5}"),
    ("date line", r"(?:date|published|updated|posted|last (?:updated|modified))\b[^.!?]{0,60}\d[^.!?]{0,30}"),
    ("timestamp", r"(?:\w+,?\s+)?(?:\d{1,2}\s+\w+|\w+\s+\d{1,2}),?\s+\d{4}(?:[\s,|]+[\d:.apmAPMGTUCES ]+)?"),
)
#: In these, names need their capitals: "By dawn the ban had ended" is no byline.
_CASED: Final = frozenset({"byline", "byline with a note", "signature"})
_NOISE_RULES: Final = tuple(
    (name, re.compile(pattern, 0 if name in _CASED else re.I)) for name, pattern in _NOISE
)

#: "date 2024-03-26 (Agency) -- ", "CAIRO, Feb. 13 (AP) -- ", "LONDON — ": stands before the first sentence.
_DATELINE: Final = re.compile(
    r"""\s*(?:
        (?:date\s+)?(?:[^.!?()\n"“]|\.(?=\s\d|,)){0,70}\((?:[A-Z][\w.&/' -]{1,30})\)\s*(?:--|—|–|-)\s+
      | [A-Z][A-Z.'’ -]{2,30}(?:,(?:\s[A-Z][\w.]+){1,3}(?:\s\d{1,2})?)?(?:,\s\w+\.?\s\d{1,2})?\s*(?:--|—|–)\s+
    )""",
    re.X,
)
#: What marks a heading, an item of a list or a quotation in plain text; no word of it.
_MARK: Final = re.compile(r"(?:#{1,6}|[-*•>])[ \t]+(?=\S)")
_SENTENCE_END: Final = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$")


def blocks(article: Article) -> Iterator[Block]:
    """The blocks of an article's body in order. Blank lines are in none of them."""
    first = True
    for start, end in _pieces(article.text, *article.body):
        line = article.text[start:end]
        covered = _is_evidence(article, start, end)
        why = "publication date" if covered else _noise(line)
        if why:
            yield Block(Kind.NOISE, start, end, why)
            continue
        dateline = _DATELINE.match(line)
        if dateline and dateline.end() < len(line):
            start += dateline.end()
        kind = _kind(article, start, end, first)
        first = first and kind is not Kind.PARAGRAPH
        if mark := _MARK.match(article.text, start, end):
            start = mark.end()
        yield Block(kind, start, end)


def _kind(article: Article, start: int, end: int, first: bool) -> Kind:
    line = article.text[start:end]
    if article.headline and start <= article.headline[0] < end:
        return Kind.HEADLINE
    if len(line.split()) <= 20 and not _SENTENCE_END.search(line) and len(line) <= 130:
        return Kind.HEADLINE if first and start <= article.body[0] + 400 else Kind.SUBHEAD
    return Kind.PARAGRAPH


def _noise(line: str) -> str:
    line = line.strip().strip("-*•#|– ").strip()
    for name, pattern in _NOISE_RULES:
        if pattern.fullmatch(line):
            return name
    return ""


def _is_evidence(article: Article, start: int, end: int) -> bool:
    """True if the line is little more than the publication date that `read` found in it."""
    for e in article.published.evidence:
        if e.start is not None and e.end is not None and start <= e.start < end:
            rest = article.text[start : e.start] + article.text[e.end : end]
            if len(rest.split()) <= 3 or re.match(r"\s*(?:date\s+)?[Bb]y\s", rest):
                return True
    return False


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines, or whole paragraphs where the text is wrapped to a fixed width; stripped, none empty."""
    paragraph: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\n\r]*(?:\r\n|\n|\r|$)", text[start:end]):
        low, high = start + match.start(), start + match.end()
        stripped = text[low:high].strip()
        if stripped:
            low = text.index(stripped, low, high)
            paragraph += _cut(text, low, low + len(stripped))
        if (not stripped or high >= end) and paragraph:
            yield from _unwrapped(text, paragraph)
            paragraph = []


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A line in pieces of at most `MAX_BLOCK`, cut after a sentence or at a space if there is one."""
    while end - start > MAX_BLOCK:
        window = text[start : start + MAX_BLOCK]
        cut = max(window.rfind(". "), window.rfind("? "), window.rfind("! ")) + 1 or window.rfind(" ")
        cut = cut if cut > 0 else MAX_BLOCK
        yield start, start + cut
        start += cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _unwrapped(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    inner = lines[:-1]
    wrapped = (
        bool(inner)
        and all(45 <= b - a <= 110 for a, b in inner)
        and sum(not _SENTENCE_END.search(text[a:b]) for a, b in inner) * 2 > len(inner)
    )
    return [(lines[0][0], lines[-1][1])] if wrapped else lines
