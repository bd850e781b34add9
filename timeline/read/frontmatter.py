"""The block between `---` lines that stands before a Markdown article, read without YAML.

Only flat `key: value` lines count. Tags, anchors, lists and nested values are left alone: nothing in
an article is ever constructed or run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_FENCE: Final = re.compile(r"\s*---[ \t]*(?:\r\n|\r|\n)")
_LINE: Final = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|$)")
_PAIR: Final = re.compile(r"([A-Za-z][\w .-]{0,40}?)[ \t]*:(?:[ \t]+|$)(.*)")

#: Front matter is short; without these bounds a rule (`---`) atop a long text would swallow it.
_MAX_LINES, _MAX_CHARS = 100, 10_000

#: First characters of YAML values that are no plain words: tags, anchors, blocks, collections.
_NOT_PLAIN: Final = "!&*|>[{@`%"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The plain values, and where each stands in the text."""

    values: dict[str, str] = field(default_factory=dict)
    """By key in lower case, spaces and hyphens as `_`; values without their quotes."""
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    end: int = 0
    """Where the article begins; 0 if there is no front matter."""


def read_front_matter(text: str) -> FrontMatter:
    r"""The front matter of a text; empty if it has none.

    >>> read_front_matter("---\ntitle: 'Bridge closed'\ndate: 2024-03-26\n---\nThe bridge ...").values
    {'title': 'Bridge closed', 'date': '2024-03-26'}
    """
    fence = _FENCE.match(text)
    if not fence:
        return FrontMatter()
    found, position, pairs = FrontMatter(), fence.end(), 0
    for _ in range(_MAX_LINES):
        line = _LINE.match(text, position)
        if line is None or position >= len(text) or line.end() > _MAX_CHARS:
            return FrontMatter()
        if line[1].rstrip() in ("---", "..."):
            return FrontMatter(found.values, found.places, line.end()) if pairs else FrontMatter()
        if pair := _PAIR.fullmatch(line[1].rstrip()):
            _keep(found, pair, position)
            pairs += 1
        elif line[1].strip() and not line[1].startswith((" ", "\t", "-", "#")):
            return FrontMatter()  # a line that no YAML has: the rule was only a rule
        position = line.end()
    return FrontMatter()


def _keep(found: FrontMatter, pair: re.Match[str], line_start: int) -> None:
    key = re.sub(r"[\s.-]+", "_", pair[1].lower())
    value, start = pair[2], line_start + pair.start(2)
    quoted = re.match(r"""(["'])(.*?)\1\s*(?:#.*)?$""", value)
    if quoted:
        value, start = quoted[2], start + 1
    else:
        value = re.split(r"\s#", value, maxsplit=1)[0].rstrip()
    if value and (quoted or value[0] not in _NOT_PLAIN) and key not in found.values:
        found.values[key] = value
        found.places[key] = (start, start + len(value))
