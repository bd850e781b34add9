"""Types of names, set right after the model: by what everybody knows, by the words around, by the article.

The model's spans are good and its types are weak. What is fixed here is the type, rarely the span; each rule
is named, and the first that speaks wins. Nationalities ("French") are no names of actors and lose their mark.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from timeline.language.gazetteer import LOC, ORG, PERSON, bare, gazetteer
from timeline.language.spans import mend_spans, sure_names

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Words

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
    return gazetteer().types.get(bare(name))


def a_title_stands_before_it(name: Words, _: Seen) -> str | None:
    """ "Mr. Okoye", "President Ruiz"; not "King Street" nor "Justice Department"."""
    inside = any(token.text in gazetteer().titles for token in name[:-1])
    before = name.start > 0 and name.doc[name.start - 1].text in gazetteer().titles
    fits = not {name[-1].text, name[0].text} & (gazetteer().body_words | gazetteer().place_words)
    return PERSON if (inside or before) and fits else None


def it_is_a_land(name: Words, _: Seen) -> str | None:
    """ "the Republic of Korea", "Principality of Guria"."""
    first = int(name[0].lower_ == "the")
    told = len(name) > first + 2 and name[first].text in gazetteer().lands and name[first + 1].lower_ == "of"
    return LOC if told else None


def a_word_before_tells(name: Words, _: Seen) -> str | None:
    """ "the company Keyhole", "the city of Tyre", "cleric Muqtada al-Sadr"."""
    if name.start == 0:
        return None
    before = name.doc[name.start - 1]
    if before.lower_ == "of" and name.start > 1:
        return LOC if name.doc[name.start - 2].lower_ in gazetteer().kinds_of_place else None
    if before.tag_ != "NN" or not before.text.islower():
        return None
    if before.lower_ in gazetteer().kinds_of_person:
        return PERSON
    return ORG if before.lower_ in gazetteer().kinds_of_body else None


def a_first_name_starts_it(name: Words, _: Seen) -> str | None:
    """ "Ana Lobo"; not "John Street" nor "Maria and Sons"."""
    plain = all(t.text[:1].isupper() and t.text not in gazetteer().types for t in name[1:])
    return PERSON if 2 <= len(name) <= 4 and plain and name[0].text in gazetteer().first_names else None


def an_and_sign_is_a_firm(name: Words, _: Seen) -> str | None:
    """ "Marsh & Ball"."""
    return ORG if "&" in name.text else None


def an_age_stands_after_it(name: Words, _: Seen) -> str | None:
    """ "Ana Lobo, 43, ..."."""
    after = name.doc[name.end : name.end + 3]
    if len(after) < 3 or after[0].text != "," or after[2].text not in {",", ")", "."} or len(name) == 1:
        return None
    return PERSON if after[1].text.isdecimal() and 1 < int(after[1].text) < 110 else None


def capitals_are_a_body(name: Words, _: Seen) -> str | None:
    """ "the CPA", "ISS": letters alone are nobody's name."""
    letters = len(name) == 1 and name.text.isupper() and name.text.isalpha() and 2 <= len(name.text) <= 5
    return ORG if letters and name.label_ == PERSON else None


def its_last_word_tells(name: Words, _: Seen) -> str | None:
    """ "Health Ministry", "Bank of Ruritania", "Victoria Street"; not a "Civic Center" read as a place."""
    words = {
        name[-1].text,
        *(name[n - 1].text for n in range(1, len(name)) if name[n].lower_ in {"of", "for"}),
    }
    bodies = words & gazetteer().body_words
    if len(name) > 1 and bodies:
        return None if name.label_ == LOC and bodies <= gazetteer().houses else ORG
    return LOC if len(name) > 1 and words & gazetteer().place_words else None


def the_full_name_had_it(name: Words, seen: Seen) -> str | None:
    """ "Blinken" after "Antony Blinken"."""
    return seen.last.get(bare(name)) if len(name) == 1 else None


def the_article_agrees(name: Words, seen: Seen) -> str | None:
    """The same name elsewhere in the article, by the type it has most often."""
    return seen.whole.get(bare(name))


RULES: Final[tuple[Rule, ...]] = (
    a_nationality_is_no_name,
    everybody_knows_it,
    it_is_a_land,
    its_last_word_tells,
    a_title_stands_before_it,
    an_and_sign_is_a_firm,
    a_first_name_starts_it,
    an_age_stands_after_it,
    a_word_before_tells,
    the_full_name_had_it,
    capitals_are_a_body,
    the_article_agrees,
)


def set_types(docs: Sequence[Doc]) -> None:
    """Give the names of one article, in its documents, their spans and their types."""
    known = sure_names(docs)
    for doc in docs:
        mend_spans(doc, known)
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
            whole[bare(name)][name.label_] += 1
            if name.label_ == PERSON and 2 <= len(name) <= 4:
                last[name[-1].text].add(PERSON)
    return Seen(
        {name: min(types, key=lambda t: (-types[t], t)) for name, types in whole.items()},
        dict.fromkeys(last, PERSON),
    )
