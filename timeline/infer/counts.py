"""What articles count, whenever they were written: the dead of a war, the tours of a minister."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from timeline.coref.words import marks, name_key
from timeline.infer.account import Account
from timeline.infer.numbers import is_year
from timeline.model import Span

_NTH: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
#: "Fifth", "22nd", as the group `nth`.
ORDINAL: Final = r"(?P<nth>" + "|".join(_NTH) + r"|\d{1,3}(?:st|nd|rd|th))"

_CUMULATIVE: Final = re.compile(
    r"\b(?:ha(?:s|ve|d) (?:now |already |also )?(?:been )?(?:killed|died)|death toll|(?:number of|the) dead\b"
    r"|dead (?:since|number)|toll (?:of|at|to)|(?:counts?|counted) [^.;]{0,30}\bdead)",
    re.I,
)
_COUNT: Final = re.compile(
    r"(?P<bound>\b(?:more than|over|at least|above|about|around|some|nearly|almost|roughly)\s)?"
    r"(?<![\d$€£.,-])(?P<n>\d{1,3}(?:,\d{3})+|\d{3,7})(?![\d,.]*\d)(?!\s?(?:%|percent|hectares|acres|dollars|euros|km|kilo))",
    re.I,
)
_OPEN: Final = frozenset("more than,over,at least,above".split(","))


@dataclass(frozen=True, slots=True)
class Toll:
    """How many have died so far, as an article says."""

    least: int
    most: int
    span: Span
    names: frozenset[str]
    """Keys of the names in its sentence."""


def tolls(account: Account) -> tuple[Toll, ...]:
    """The counts of the dead so far that an article gives: the largest of each sentence that says so."""
    found = []
    for sentence in account.parsed.sentences:
        text = sentence.span.text
        if not _CUMULATIVE.search(text):
            continue
        counts = [(int(m["n"].replace(",", "")), m) for m in _COUNT.finditer(text) if not is_year(m["n"])]
        if not counts:
            continue
        number, match = max(counts, key=lambda c: c[0])
        round_to = 10 ** (len(str(number)) - len(str(number).rstrip("0")))
        bound = (match["bound"] or "").strip().lower()
        least, most = number, number + (round_to - 1) * (bound in _OPEN)
        if bound and bound not in _OPEN:
            least, most = number - round_to // 2, number + round_to // 2
        start = sentence.span.start
        span = account.article.span(start + match.start(), start + match.end())
        found.append(Toll(least, most, span, marks(text)))
    return tuple(found)


_TURN: Final = re.compile(
    rf"\b(?:his|her|their|its)\s{ORDINAL}\s(?:[\w-]+\s){{0,3}}?(?P<noun>tours?|trips?|visits?|rounds?|summits?)\b",
    re.I,
)


_CAPITAL: Final = re.compile(r"\b[A-Z][\w-]+")


@dataclass(frozen=True, slots=True)
class Turn:
    """ "His sixth tour": one of a series."""

    number: int
    noun: str
    span: Span
    names: frozenset[str]
    """Keys of the names in its sentence."""


def turns(account: Account) -> tuple[Turn, ...]:
    """The turns of series that an article tells of."""
    found = []
    for sentence in account.parsed.sentences:
        for match in _TURN.finditer(sentence.span.text):
            start = sentence.span.start
            span = account.article.span(start + match.start(), start + match.end())
            noun = match["noun"].lower().rstrip("s")
            names = frozenset(map(name_key, _CAPITAL.findall(sentence.span.text)))
            found.append(Turn(ordinal(match["nth"]), noun, span, names))
    return tuple(found)


def ordinal(word: str) -> int:
    """The number of an ordinal.

    >>> ordinal("Fifth"), ordinal("22nd")
    (5, 22)
    """
    word = word.lower()
    return _NTH.index(word) + 1 if word in _NTH else int(re.sub(r"\D", "", word))
