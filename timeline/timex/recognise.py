"""Text -> expressions with a meaning: every word is looked up, the grammar folds, the rest is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from timeline.timex.grammar import Alphabet, Grammar, Item, words_of
from timeline.timex.lexicon import Lexicon, number_kinds, ordinal_kinds
from timeline.timex.meaning import (
    After,
    Away,
    Calendar,
    DayPart,
    Edge,
    Feast,
    FeastWeekend,
    Fixed,
    Meaning,
    MonthOf,
    Nth,
    Opening,
    Relative,
    Same,
    Stretch,
    Weekday,
    YearPart,
)
from timeline.timex.rules import LEVELS, rules
from timeline.timex.units import Unit


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression as it was read, before it is seen from any date."""

    start: int
    end: int
    kind: str
    meaning: Meaning
    rule: str
    lead: tuple[int, int]
    """The span whose surroundings say which way it looks: its own, or that of a range's near end."""


#: The kinds of folded items that are time expressions.
_EXPRESSIONS: Final = ("DATE", "TIME", "SPAN", "SET", "REF", "CLOCK", "HOURS")

_GRAINS: Final = {
    Unit.DAY: "DAYDATE",
    Unit.WEEK: "WEEKDATE",
    Unit.MONTH: "MONTHDATE",
    Unit.YEAR: "YEARDATE",
}


def unit_of(meaning: Meaning) -> Unit:
    """The unit an expression names: a day, a week, a month ..."""
    match meaning:
        case Calendar():
            return (
                Unit.DAY
                if meaning.day or meaning.weekday is not None
                else Unit.MONTH
                if meaning.month
                else Unit.YEAR
            )
        case MonthOf():
            return Unit.DAY if meaning.day else Unit.MONTH
        case Opening():
            return Unit.MONTH
        case Weekday() | Feast():
            return Unit.DAY
        case YearPart(unit) | Fixed(unit) | Relative(unit) | Same(unit):
            return unit
        case Nth():
            return meaning.unit
        case FeastWeekend():
            return Unit.WEEKEND
        case Away(length, _, _, weekday):
            return Unit.DAY if weekday is not None or length.unit in (Unit.DAY, Unit.NIGHT) else length.unit
        case Edge(_, of) | After(_, of) | Stretch(_, of):
            return unit_of(of)
        case _:
            return Unit.HOUR


def shape(kind: str, value: Any) -> Mapping[str, Any]:
    """The kinds of a folded item, each with the value a rule gets for it."""
    match kind:
        case "NUMBER":
            return number_kinds(value)
        case "ORDINAL":
            return ordinal_kinds(value, False)
        case "YEAR":
            return {"YEAR": value, "NEARYEAR": value}
        case "ALENGTH":
            return {"LENGTH": value, "ALENGTH": value}
        case "ADJLENGTH":
            return {"LENGTH": value, "ADJLENGTH": value}
        case "LENGTH":
            return {"LENGTH": value, "PLAINLENGTH": value}
        case "DATE":
            kinds = {"DATE": value, _GRAINS.get(unit_of(value), "OTHERDATE"): value}
            return {**kinds, "AWAYDATE": value} if isinstance(value, Away) else kinds
        case "TIME":
            return {"TIME": value, "PARTTIME": value} if isinstance(value, DayPart) else {"TIME": value}
        case _:
            return {kind: value}


def _shapes() -> Iterator[set[str]]:
    """Every set of kinds `shape` can give, so that each has its letter before rules are compiled."""
    yield {"YEAR", "NEARYEAR"}
    yield from ({"LENGTH", "ALENGTH"}, {"LENGTH", "ADJLENGTH"}, {"LENGTH", "PLAINLENGTH"})
    for grain in (*_GRAINS.values(), "OTHERDATE"):
        yield {"DATE", grain}
        yield {"DATE", grain, "AWAYDATE"}
    yield {"TIME", "PARTTIME"}
    for kind in ("TIME", "SPAN", "SET", "REF", "CLOCK", "LOOSECLOCK", "HOURS", "SKIP"):
        yield {kind}


@cache
def _machine() -> tuple[Lexicon, Grammar]:
    alphabet = Alphabet()
    for kinds in _shapes():
        alphabet.letter(kinds)
    literals = sorted({word for rule in rules() for word in words_of(rule.pattern)})
    lexicon = Lexicon(alphabet, literals)
    return lexicon, Grammar(LEVELS, alphabet, shape)


def fold(text: str, start: int, end: int) -> list[Item]:
    """A stretch of text after all rules: the words no rule took, and what rules made of the others."""
    lexicon, grammar = _machine()
    return grammar.parse(lexicon.read(text, start, end))


def recognise(text: str, start: int, end: int) -> tuple[Expression, ...]:
    """The time expressions in a stretch of text, in reading order, not overlapping."""
    out: list[Expression] = []
    for item in fold(text, start, end):
        kind = next((k for k in _EXPRESSIONS if k in item.kinds), None)
        if kind and not _glued(text, item.start, item.end) and not _is_title(text, item.start, item.end):
            joint = _JOINT.search(text, item.start, item.end) if _OWNS.match(text, item.end) else None
            if joint and item.rule.startswith("<span> "):
                # "hours after Monday's vote": the vote is Monday's, the hours are not counted from Monday
                out += recognise(text, item.start, joint.start())
                out += recognise(text, joint.end(), item.end)
                continue
            lead = item.lead or (item.start, item.end)
            out.append(Expression(item.start, item.end, kind, item.kinds[kind], item.rule, lead))
    return tuple(out)


#: A possessive: the date belongs to what follows.
_OWNS: Final = re.compile(r"['’]s?\b")
_JOINT: Final = re.compile(r"\s(?:after|before|from|since|following|prior to)\s+(?=\S)")


def _is_title(text: str, start: int, end: int) -> bool:
    """True for a name in quotes that reads like a time: the broadcast "This Week"."""
    words = text[start:end].split()
    quoted = start > 0 and text[start - 1] in "\"“‘'`"
    return quoted and len(words) == 2 and words[0].isalpha() and all(w[0].isupper() for w in words)


def _glued(text: str, start: int, end: int) -> bool:
    """True if letters or figures run on at either end: part of a code or of a longer word."""
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return before or after
