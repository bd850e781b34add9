"""A grammar over kinds of words: rules that fold a run of words into one item with a meaning.

Every word is first looked up: "second" is an ORDINAL and a UNIT, "Monday" a WEEKDAY, "7" a NUMBER, a DAY
and an HOUR. All words of the same kinds share one letter of a private alphabet, so a text becomes a short
string and a pattern such as `month:MONTH day:DAY ,? year:YEAR` an ordinary regular expression over it:
fast, linear, and free of spelling. Rules come in levels; what one level folds, the next one sees as one
item (`DATE`, `LENGTH`, `CLOCK` ...), so that no rule repeats how a number or a date is written.

Notation of a pattern, blanks between its words:

    MONTH           any item of that kind
    ago             that very word, or that punctuation mark
    month:MONTH     the same, and its value goes to the rule's function under that name
    ( | ) ? *       as in any regular expression
    in|since >> X   X, if one of those words stands before it
    X << of         X, if that word follows; `<<!` if it does not, `!>>` if it does not precede
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

#: What a rule's function may give: nothing (it does not hold after all), one meaning, or several items.
Built = Any


class Item(NamedTuple):
    """A word, or what rules have folded: where it stands and what each of its kinds means."""

    start: int
    end: int
    kinds: Mapping[str, Any]
    letter: str
    rule: str = ""
    """The rule that folded it, empty for a word."""
    used: tuple[str, ...] = ()
    """Every rule that had a part in it, inner ones first."""
    lead: tuple[int, int] | None = None
    """The first of the parts it was split from: the words around that one say which way all of them look."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the grammar."""

    name: str
    """The words it matches, with holes: `<length> ago`."""
    makes: str
    """Kind of the item it folds them into."""
    pattern: str
    build: Callable[..., Built] = field(compare=False)


Level = Sequence[Rule]

_WORD = re.compile(
    r"(?:(?P<name>[a-z_]+):)?(?P<kind>[A-Z][A-Z0-9_]*)|(?P<literal>'s|'|o'clock|[a-z]+|[-,./:$%#~&()+])(?![a-z:])"
)
_OPERATORS = frozenset("(|)?*")


def words_of(pattern: str) -> Iterable[str]:
    """The literal words and marks a pattern names."""
    for piece in _pieces(pattern):
        if piece.literal:
            yield piece.literal


@dataclass(frozen=True, slots=True)
class _Piece:
    operator: str = ""
    name: str = ""
    kind: str = ""
    literal: str = ""


def _pieces(pattern: str) -> Iterable[_Piece]:
    for word in pattern.split():
        at = 0
        while at < len(word):
            if word[at] in _OPERATORS:
                yield _Piece(operator=word[at])
                at += 1
                continue
            if match := re.compile(r"!?>>|<<!?").match(word, at):
                yield _Piece(operator=match[0])
                at = match.end()
                continue
            match = _WORD.match(word, at)
            if match is None:
                raise ValueError(f"cannot read {word!r} in the pattern {pattern!r}")
            yield _Piece("", match["name"] or "", match["kind"] or "", match["literal"] or "")
            at = match.end()


class Alphabet:
    """One letter for each set of kinds; kinds are known before the rules are compiled."""

    def __init__(self) -> None:
        self._letters: dict[frozenset[str], str] = {}

    def letter(self, kinds: Iterable[str]) -> str:
        """The letter of that set of kinds, a new one if it is met for the first time."""
        return self._letters.setdefault(frozenset(kinds), chr(0xE000 + len(self._letters)))

    def known(self, kinds: Iterable[str]) -> str:
        """The letter of a set of kinds that was met before. KeyError otherwise."""
        return self._letters[frozenset(kinds)]

    def any_of(self, kind: str) -> str:
        """All letters whose sets have the kind, as a character class."""
        letters = "".join(letter for kinds, letter in self._letters.items() if kind in kinds)
        if not letters:
            raise ValueError(f"no word has the kind {kind!r}")
        return letters if len(letters) == 1 else f"[{letters}]"


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: Rule
    regex: re.Pattern[str]
    groups: Mapping[str, tuple[str, str]]
    """Group -> the name it is passed under, and the kind whose value is passed."""


def _compile(rule: Rule, alphabet: Alphabet) -> _Compiled:
    out: list[str] = []
    groups: dict[str, tuple[str, str]] = {}
    behind: str | None = None
    ahead: str | None = None
    for piece in _pieces(rule.pattern):
        if piece.operator in (">>", "!>>"):
            behind = f"(?<{'!' if piece.operator[0] == '!' else '='}{''.join(out)})"
            out = []
        elif piece.operator in ("<<", "<<!"):
            ahead = "".join(out)
            out = ["(?!" if piece.operator == "<<!" else "(?="]
        elif piece.operator:
            out.append("(?:" if piece.operator == "(" else piece.operator)
        else:
            letters = alphabet.any_of(piece.kind or piece.literal)
            if piece.name:
                group = f"g{len(groups)}"
                groups[group] = (piece.name, piece.kind)
                letters = f"(?P<{group}>{letters})"
            out.append(letters)
    body = "".join(out) if ahead is None else f"(?:{ahead}){''.join(out)})"
    return _Compiled(rule, re.compile(f"{behind or ''}(?:{body})"), groups)


class Grammar:
    """Levels of rules, compiled for an alphabet."""

    def __init__(
        self, levels: Sequence[Level], alphabet: Alphabet, shape: Callable[[str, Any], Mapping[str, Any]]
    ):
        self._alphabet = alphabet
        self._shape = shape
        self._levels = [[_compile(rule, alphabet) for rule in level] for level in levels]
        self._finders = [
            re.compile("|".join(f"(?:{c.regex.pattern})" for c in _unnamed(level))) for level in self._levels
        ]

    def parse(self, items: Sequence[Item]) -> list[Item]:
        """The items after all levels: leftmost first, then longest, then the earlier rule."""
        folded = list(items)
        for level, finder in zip(self._levels, self._finders, strict=True):
            folded = self._fold(folded, level, finder)
        return folded

    def _fold(self, items: list[Item], level: list[_Compiled], finder: re.Pattern[str]) -> list[Item]:
        string = "".join(item.letter for item in items)
        out: list[Item] = []
        at = 0
        while found := finder.search(string, at):
            start = found.start()
            out.extend(items[at:start])
            matches = [(m, c) for c in level if (m := c.regex.match(string, start)) and m.end() > start]
            matches.sort(key=lambda pair: -pair[0].end())
            for match, compiled in matches:
                made = self._build(items, match, compiled)
                if made is not None:
                    out.extend(made)
                    at = match.end()
                    break
            else:
                out.append(items[start])
                at = start + 1
        out.extend(items[at:])
        return out

    def _build(self, items: list[Item], match: re.Match[str], compiled: _Compiled) -> Sequence[Item] | None:
        values: dict[str, Any] = {}
        parts: dict[str, Item] = {}
        for group, (name, kind) in compiled.groups.items():
            if match.start(group) >= 0:
                parts[name] = items[match.start(group)]
                values[name] = parts[name].kinds[kind]
        rule = compiled.rule
        built = rule.build(**values)
        if built is None:
            return None
        if isinstance(built, Several):
            made = [
                self._item(parts[name].start, parts[name].end, kind, meaning, (*parts[name].used, rule.name))
                for name, kind, meaning in built.parts
            ]
            lead = (made[0].start, made[0].end)
            made = [item._replace(lead=lead) for item in made]
            if built.from_start:
                made[0] = made[0]._replace(start=items[match.start()].start)
            if built.to_end:
                made[-1] = made[-1]._replace(end=items[match.end() - 1].end)
            return made
        first, last = items[match.start()], items[match.end() - 1]
        used = [name for item in items[match.start() : match.end()] for name in item.used]
        return [self._item(first.start, last.end, rule.makes, built, (*used, rule.name))]

    def _item(self, start: int, end: int, kind: str, value: Any, used: tuple[str, ...]) -> Item:
        kinds = self._shape(kind, value)
        return Item(start, end, kinds, self._alphabet.known(kinds), used[-1], used)


@dataclass(frozen=True, slots=True)
class Several:
    """What a rule gives that leaves several items: each one the name of a part, its kind and its meaning."""

    parts: tuple[tuple[str, str, Any], ...]
    from_start: bool = False
    """True if the words before the first part belong to it."""
    to_end: bool = False
    """True if the words after the last part belong to it."""


def _unnamed(level: list[_Compiled]) -> Iterable[_Compiled]:
    for compiled in level:
        pattern = re.sub(r"\(\?P<g\d+>", "(?:", compiled.regex.pattern)
        yield _Compiled(compiled.rule, re.compile(pattern), {})
