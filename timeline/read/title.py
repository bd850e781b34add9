"""Headline and agency as the first lines of a text give them, where no metadata does."""

from __future__ import annotations

import re
from typing import Final

from timeline.read.days import find_days
from timeline.read.head import head_claims, head_lines

#: A headline is shorter than this; what is longer is a paragraph.
_LONGEST: Final = 160

#: A title stands near the top; it is not searched for further down.
_TOP: Final = 5_000

_NOISE: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"[\W\d_]+",  # a ticker's number, a rule of dashes
        r"[A-Z0-9]{2,6}(?:[-/][A-Z0-9]+)*",  # a desk code
        r"(?i)(?:image|(?:file )?photo|picture|video|foto|illustration)s?"
        r"(?: (?:credit|by|courtesy|source)s?)?\s*[:/].*",
        r"(?i)(?:by|von|par|por)\s.{2,80}",  # a byline
        r"(?i)(?:credit|source|publisher|outlet|author|url|link|tag|topic|keyword)s?\s*:.*",
        r"(?i)(?:share|advertisement|sponsored|subscribe|sign up|read more)\b.{0,40}",
        r"(?i)(?:https?://|www\.)\S+",
        r"[^\s/]+(?:/[^\s/]+)+",  # initials of the desk: ab/cd/ef
        r"(?i)(?:updated?|published|posted|last modified|date)\b.*\d.*",
        r"©.*",
    )
)
_ENDS_A_SENTENCE: Final = re.compile(r"""(?<!\b[A-Z])[.!?…:;,]["”’')]*$""")
_MARKUP: Final = re.compile(r"(?P<open>#{1,6}\s+|\*\*|__|)(?P<title>.*?)(?:\s+#+|\*\*|__|)\s*")

_FIELDS: Final = {
    name: re.compile(rf"(?i)\s*(?:{keys})\s?:\s{{1,4}}(?P<value>\S.*?)\s*")
    for name, keys in (
        ("title", "title|headline"),
        ("source", "source|publisher|publication|outlet|newspaper"),
        ("url", "url|link"),
    )
}

#: Tells a newspaper or an agency from a person or a section, which stand before dates as well.
_OUTLET: Final = (
    "Wire|Press|News|Agency|Service|Times|Post|Herald|Tribune|Gazette|Journal|Chronicle|Echo|Mail|Guardian"
    "|Observer|Telegraph|Courier|Standard|Daily|Weekly|Reuters|AP|AFP|Bloomberg|Xinhua|Interfax|TASS|UPI|EFE"
    "|Kyodo|Yonhap|BBC|CNN"
)
_OUTLET_BEFORE_DATE: Final = re.compile(
    rf"\W*(?!(?i:by)\b)(?P<agency>(?:[\w.&'’-]{{1,30}} ){{0,4}}(?:{_OUTLET})(?: [\w.&'’-]{{1,30}}){{0,3}})"
    r"\s?[|•·,–—-]\s*"
)
_AGENCY_AFTER_DATE: Final = re.compile(r"[\s,|–—-]*\((?P<agency>[A-ZÀ-Þ][\w .&'’-]{1,30})\)")
_AGENCY_IN_DATELINE: Final = re.compile(
    r"\s*[A-ZÀ-Þ][\w.'’-]*(?:[ ,/][\w.'’-]*){0,8}?,?\s*"
    r"\((?P<agency>[A-ZÀ-Þ][\w .&'’-]{1,30})\)\s*(?:--+|[—–]|-\s)"
)


def find_headline(text: str, start: int = 0) -> tuple[int, int] | None:
    r"""Where the headline stands, or None if the text begins with its first paragraph.

    >>> text = "XMPL\n0.12\n# Bridge shut after collision\n\nThe bridge was shut on Monday."
    >>> text[slice(*find_headline(text))]
    'Bridge shut after collision'
    """
    if field := find_field("title", text, start):
        return field
    lines = head_lines(text, start)
    dated = {offset for offset, line in lines for claim in head_claims(line) if claim.where != "dateline"}
    for number, (offset, line) in enumerate(lines):
        content = line.strip()
        if offset in dated or any(pattern.fullmatch(content) for pattern in _NOISE):
            continue
        markup = _MARKUP.fullmatch(content)
        title = markup["title"].strip() if markup else content
        is_marked = bool(markup and markup["open"])
        if len(content) > _LONGEST or (_ENDS_A_SENTENCE.search(title) and not is_marked):
            return None
        if not is_marked and (len(title.split()) < 2 or number == len(lines) - 1):
            return None
        begin = text.index(title, offset)
        return begin, begin + len(title)
    return None


def find_field(name: str, text: str, start: int = 0) -> tuple[int, int] | None:
    r"""Where the value of a line like `Source: Example Press` stands in the head, or None.

    >>> text = "Title: Ferry hits pier\nSource: Example Press\nThe ferry ..."
    >>> text[slice(*find_field("source", text))]
    'Example Press'
    """
    for offset, line in head_lines(text, start):
        if match := _FIELDS[name].fullmatch(line):
            return offset + match.start("value"), offset + match.end("value")
    return None


def find_agency(text: str, start: int = 0) -> str:
    """The agency that a head line names beside its date or in parentheses, or empty.

    >>> find_agency(" date 2024-03-26 (Example Wire) -- The bridge ...")
    'Example Wire'
    """
    for _, line in head_lines(text, start):
        if in_dateline := _AGENCY_IN_DATELINE.match(line):
            return in_dateline["agency"]
        for day in find_days(line):
            if outlet := _OUTLET_BEFORE_DATE.fullmatch(line, 0, day.start):
                return outlet["agency"]
            if day.start <= 40 and (after := _AGENCY_AFTER_DATE.match(line, day.end)):
                return after["agency"]
    return ""


def place_of(title: str, text: str, start: int = 0) -> tuple[int, int] | None:
    """Where a title known from metadata stands near the top of the text, or None."""
    begin = text.find(title, start, start + _TOP) if title else -1
    return None if begin < 0 else (begin, begin + len(title))
