"""`words.toml`, read once, and the forms under which words and names are compared."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

#: Endings that turn a verb into a noun and into its other forms; the longest first.
_DERIVED: Final = tuple(
    "ations ation ating ates ated ate itions ition ments ment ings ing ions ion ance ence als al "
    "ers er ors or ures ure ed es e s y".split()
)
#: Endings that turn a country into its people and its adjective.
_PEOPLES: Final = tuple("ians ian ans an ese is i s ia a e y".split())
#: What must be left of a word without its ending.
_SHORTEST: Final = 3
#: Content words are compared by this many letters: "negotiator", "negotiations".
_LETTERS: Final = 6
_TOKEN: Final = re.compile(r"[^\W\d_]{2,}|\d[\d,.]*\d|\d")
_AGE: Final = re.compile(r"\b(\d{1,3})\s?-?\s?years?\s?-?\s?old")
#: The day of a date counts nothing: "the October 7 attack".
_DAY: Final = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b")
_COUNT: Final = re.compile(r"\b(\d[\d,]{0,12}\d|\d)\s((?:[^\W\d]+\s?){1,2})")
#: A capital that no sentence or headline gives: after a small word, a comma or another such name.
_CAPITAL: Final = re.compile(r"(?<=[\w,’'] )[A-Z]\w{2,}")

_CAPITALISED: Final = re.compile(r"\b[A-Z][\w.]*\w")


@dataclass(frozen=True)
class Words:
    """The tables of `words.toml` as look-ups."""

    happenings: Mapping[str, frozenset[int]]
    """Word -> the numbers of the rows it stands in: words that share one can name one happening."""
    names: Mapping[str, str]
    """Name -> the form all its aliases are compared under."""
    empty: frozenset[str]
    apart: tuple[tuple[frozenset[str], frozenset[str]], ...]
    """Pairs of keys of words for people of two sorts: what befell the one did not befall the other."""


@cache
def words() -> Words:
    """The shipped words."""
    raw = tomllib.loads((files("timeline.coref") / "words.toml").read_text("utf-8"))
    happenings: dict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(raw["same_happening"]):
        for word in row.split():
            happenings[word.replace("_", " ")].add(number)
    return Words(
        happenings={word: frozenset(rows) for word, rows in happenings.items()},
        names={n.replace("_", " "): row.split()[0] for row in raw["same_name"] for n in row.split()},
        empty=frozenset(raw["empty"].split()),
        apart=tuple((_row(one), _row(other)) for one, other in (row.split(" | ") for row in raw["apart"])),
    )


def _row(text: str) -> frozenset[str]:
    return frozenset(word[:_LETTERS] for word in text.split())


@cache
def root(lemma: str) -> str:
    """What a verb and its noun have in common.

    >>> root("acquire") == root("acquisition"), root("shooting") == root("shoot")
    (True, True)

    Of a phrase the first word is cut, as verbs are; what follows makes it another verb.

    >>> root("take over") == root("takes over"), root("take over") == root("take hostage")
    (True, False)
    """
    word, space, rest = lemma.partition(" ")
    return _root(word) + space + rest


def _root(word: str) -> str:
    word = _without(word, _DERIVED)
    if word.endswith("is"):  # acquis(ition)
        word = word[:-1] + "r"
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] else word


@cache
def happening(lemma: str) -> frozenset[int]:
    """Rows of `same_happening` a trigger stands in, with its particle or without.

    >>> bool(happening("die") & happening("death")), bool(happening("die") & happening("arrest"))
    (True, False)
    """
    table = words().happenings
    return table.get(lemma, frozenset()) or table.get(lemma.split(" ", 1)[0], frozenset())


@cache
def name_key(name: str) -> str:
    """The form under which a name is compared: its last word, countries and their people alike.

    >>> name_key("Israel") == name_key("Israelis") == name_key("Israeli"), name_key("the U.S.")
    (True, 'us')
    >>> name_key("Orla Fenwick")
    'fenwick'
    """
    whole = name.lower().removesuffix("'s").removesuffix("’s").removeprefix("the ")
    aliases = words().names
    last = whole.rsplit(" ", 1)[-1]
    return aliases.get(whole) or aliases.get(last) or _without(last.strip(".,'’"), _PEOPLES)


def content(text: str) -> frozenset[str]:
    """Keys of the content words and numbers of a text.

    >>> sorted(content("The negotiators left Doha on Tuesday with 1,200 others."))
    ['1200', 'doha', 'left', 'negoti']
    """
    return frozenset(word_keys(_TOKEN.findall(text)))


def word_keys(tokens: Iterable[str]) -> Iterable[str]:
    """The keys under which words are compared; words of grammar are left out."""
    empty = words().empty
    for token in tokens:
        word = token.lower().replace(",", "")
        if word not in empty and (len(word) > 2 or word.isdigit()):
            yield word[:_LETTERS]


def counts(text: str) -> dict[str, int]:
    """What a text counts: the word after a number -> the number, where there is one such number only.

    >>> counts("The 36-year-old and 23 Somali sailors left 4 ships, then 5 ships.") == {
    ...     "aged": 36, "somali": 23, "sailor": 23}
    True
    """
    found: dict[str, set[int]] = defaultdict(set)
    for match in _AGE.finditer(text):
        found["aged"].add(int(match[1]))
    for match in _COUNT.finditer(_DAY.sub(" ", text)):
        for word in word_keys(match[2].split()):
            if not word.isdigit():
                found[word].add(int(match[1].replace(",", "")))
    return {what: numbers.pop() for what, numbers in found.items() if len(numbers) == 1}


def marks(text: str) -> frozenset[str]:
    """Keys of the proper names in a text, as far as capitals tell; its first word is left out.

    >>> sorted(marks("Rescuers took Orla Fenwick to Doha."))
    ['doh', 'fenwick', 'orl']
    """
    return frozenset(name_key(word) for word in _CAPITAL.findall(text) if word.lower() not in words().empty)


def capitals(text: str) -> frozenset[str]:
    """Keys of all words with a capital, the first of a sentence and initials included.

    >>> sorted(capitals("Rescuers took Orla Fenwick to the UN."))
    ['fenwick', 'orl', 'rescuer', 'un']
    """
    return frozenset(name_key(word) for word in _CAPITALISED.findall(text))


def tokens(text: str) -> list[str]:
    """Words and numbers of a text, as they stand."""
    return _TOKEN.findall(text)


def _without(word: str, endings: Iterable[str]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word.removesuffix(ending)
    return word
