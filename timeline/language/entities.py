"""Types of names, set right after the model: by what everybody knows, by the words around, by the article.

The model's spans are good and its types are weak. What is fixed here is the type, rarely the span; each rule
is named, and the first that speaks wins. Nationalities ("French") are no names of actors and lose their mark.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Words

PERSON: Final = "PERSON"
ORG: Final = "ORG"
LOC: Final = "LOC"


@dataclass(frozen=True)
class Gazetteer:
    """The lists of `gazetteer.toml`."""

    types: dict[str, str]
    """Whole names -> type."""
    body_words: frozenset[str]
    place_words: frozenset[str]
    titles: frozenset[str]
    nationalities: frozenset[str]


@cache
def gazetteer() -> Gazetteer:
    """The shipped lists, read once."""
    data = tomllib.loads((files("timeline.language") / "gazetteer.toml").read_text(encoding="utf-8"))

    def names(key: str) -> list[str]:
        return [name.strip() for line in data[key].splitlines() for name in line.split("|") if name.strip()]

    nationalities = frozenset(data["nationalities"].split())
    return Gazetteer(
        types=dict.fromkeys(names("bodies"), ORG) | dict.fromkeys(names("places"), LOC),
        body_words=frozenset(data["body_words"].split()),
        place_words=frozenset(data["place_words"].split()),
        titles=frozenset(data["titles"].split()),
        nationalities=nationalities | {name + "s" for name in nationalities},
    )


#: A rule: a name and what the article says of others -> its type, empty to take its mark away, None for "ask
#: the next".
Rule = Callable[["Words", "Seen"], str | None]


@dataclass(frozen=True)
class Seen:
    """Types of whole names and of last names in one article, as far as they are agreed."""

    whole: dict[str, str]
    last: dict[str, str]


def a_nationality_is_no_name(name: Words, _: Seen) -> str | None:
    """ "the French", "Israelis"."""
    return "" if len(name) == 1 and name.text in gazetteer().nationalities else None


def everybody_knows_it(name: Words, _: Seen) -> str | None:
    """ "Germany", "the United Nations"."""
    return gazetteer().types.get(_bare(name))


def a_title_stands_before_it(name: Words, _: Seen) -> str | None:
    """ "Mr. Okoye", "President Ruiz"; not "King Street" nor "Justice Department"."""
    inside = any(token.text in gazetteer().titles for token in name[:-1])
    before = name.start > 0 and name.doc[name.start - 1].text in gazetteer().titles
    fits = not {name[-1].text, name[0].text} & (gazetteer().body_words | gazetteer().place_words)
    return PERSON if (inside or before) and fits else None


def its_last_word_tells(name: Words, _: Seen) -> str | None:
    """ "Health Ministry", "Bank of Ruritania", "Victoria Street"."""
    words = {
        name[-1].text,
        *(name[n - 1].text for n in range(1, len(name)) if name[n].lower_ in {"of", "for"}),
    }
    if len(name) > 1 and words & gazetteer().body_words:
        return ORG
    return LOC if len(name) > 1 and words & gazetteer().place_words else None


def the_full_name_had_it(name: Words, seen: Seen) -> str | None:
    """ "Blinken" after "Antony Blinken"."""
    return seen.last.get(_bare(name)) if len(name) == 1 else None


def the_article_agrees(name: Words, seen: Seen) -> str | None:
    """The same name elsewhere in the article, by the type it has most often."""
    return seen.whole.get(_bare(name))


RULES: Final[tuple[Rule, ...]] = (
    a_nationality_is_no_name,
    everybody_knows_it,
    its_last_word_tells,
    a_title_stands_before_it,
    the_full_name_had_it,
    the_article_agrees,
)


def set_types(docs: Sequence[Doc]) -> None:
    """Give the names of one article, in its documents, their types."""
    seen = _seen(docs)
    for doc in docs:
        kept = list(_retyped(doc, seen))
        doc.set_ents(kept, default="outside")


def _retyped(doc: Doc, seen: Seen) -> Iterator[Words]:
    from spacy.tokens import Span

    for name in doc.ents:
        answers = (rule(name, seen) for rule in RULES)
        label = next((answer for answer in answers if answer is not None), name.label_)
        if label:
            yield Span(doc, name.start, name.end, label=label)


def _seen(docs: Sequence[Doc]) -> Seen:
    whole: defaultdict[str, Counter[str]] = defaultdict(Counter)
    last: defaultdict[str, set[str]] = defaultdict(set)
    for doc in docs:
        for name in doc.ents:
            whole[_bare(name)][name.label_] += 1
            if name.label_ == PERSON and 2 <= len(name) <= 4:
                last[name[-1].text].add(PERSON)
    return Seen(
        {name: min(types, key=lambda t: (-types[t], t)) for name, types in whole.items()},
        dict.fromkeys(last, PERSON),
    )


def _bare(name: Words) -> str:
    """The name without an article or a possessive."""
    words = name.text.removesuffix("'s").removesuffix("’s").strip()
    return words[4:] if words[:4] in {"the ", "The "} else words
