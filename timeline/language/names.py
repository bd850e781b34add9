"""Names inside one article: full forms for short ones, and which of them are places.

"Netanyahu" is the "Benjamin Netanyahu" named above, "Security Council" the "UN Security Council". Whom
pronouns and descriptions stand for is worked out in `references`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from timeline.language.gazetteer import gazetteer
from timeline.language.references import Place, Reference, mentions_in, references

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token


@dataclass(frozen=True, eq=False)
class Names:
    """What each name and pronoun of an article stands for."""

    full: Mapping[str, str] = field(default_factory=dict)
    """Short form -> the fullest form the article uses: `Blinken` -> `Antony Blinken`."""
    references: Mapping[Place, Reference] = field(default_factory=dict)
    """(sentence number, token number) of a pronoun or a description -> what it stands for."""
    places: frozenset[str] = frozenset()
    """Words that the article uses as names of places more often than not."""

    def whole(self, name: str) -> str:
        """The fullest form of a name in this article; the name itself if there is none."""
        return self.full.get(name, name)

    def stands_for(self, sentence: int, token: int) -> str:
        """The name that a pronoun or a description stands for, as last written; empty if not safe."""
        reference = self.references.get((sentence, token))
        return reference.name if reference else ""


def untitled(words: list[str]) -> list[str]:
    """A person's name without the titles before it; as it is if there is nothing else.

    >>> untitled("Prime Minister Lena Roe".split())
    ['Lena', 'Roe']
    """
    start = next((n for n, word in enumerate(words) if word not in gazetteer().titles), 0)
    return words[start:]


def names_in(sentences: Sequence[Words]) -> Names:
    """The names of an article, from its sentences in order."""
    persons = {
        tuple(untitled([t.text for t in run]))
        for words in sentences
        for run in runs(words)
        if _is_person(run)
    }
    everything = {tuple(t.text for t in run) for words in sentences for run in runs(words)}
    capitals = {token.text for words in sentences for token in words if token.is_upper}
    full = _full_forms(persons, everything, capitals)

    def whole(name: str) -> str:
        return full.get(name, name)

    return Names(
        full, references(sentences, mentions_in(sentences, runs, untitled), whole), _places(sentences)
    )


_PLACE_TYPES: Final = frozenset({"LOC", "GPE", "FAC"})
_CALENDAR: Final = frozenset(
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
    " monday tuesday wednesday thursday friday saturday sunday ramadan easter".split()
)
_AT: Final = frozenset("in at near into across outside inside around".split())


def _places(sentences: Sequence[Words]) -> frozenset[str]:
    """Names typed as places, or standing after "in" and the like, at least as often as anything else."""
    votes: Counter[str] = Counter()
    for words in sentences:
        for token in words:
            if token.pos_ != "PROPN" or token.lower_.rstrip(".") in _CALENDAR:
                continue
            after = token.i > words.start and token.nbor(-1).lower_ in _AT
            if token.ent_type_ in _PLACE_TYPES or after:
                votes[token.text] += 1
            elif token.ent_type_:
                votes[token.text] -= 1
    return frozenset(name for name, count in votes.items() if count > 0)


def runs(words: Words) -> Iterator[list[Token]]:
    """Maximal runs of proper nouns: the names, possessives and titles such as "President" left out."""
    run: list[Token] = []
    for token in words:
        named = token.pos_ == "PROPN" or (
            token.ent_type_ and token.text[:1].isupper() and token.pos_ != "DET"
        )
        breaks = (
            run and run[-1].ent_type_ != token.ent_type_ and "PERSON" in (run[-1].ent_type_, token.ent_type_)
        )
        if named and not breaks:
            run.append(token)
            continue
        if run:
            yield run
        run = [token] if named else []
    if run:
        yield run


def _is_person(run: Sequence[Token]) -> bool:
    return any(t.ent_type_ == "PERSON" for t in run)


def _full_forms(
    persons: set[tuple[str, ...]], everything: set[tuple[str, ...]], capitals: set[str]
) -> dict[str, str]:
    """Short forms and the names they stand for; `capitals` are words that may be initials ("WHO")."""
    full: dict[str, str] = {}
    for name in sorted(persons, key=lambda n: (len(n), n)):
        if 2 <= len(name) <= 4:
            longest = full.get(name[-1])
            if longest is not None and longest.split()[0] != name[0]:
                full[name[-1]] = name[-1]  # two people of one surname: keep it short
            else:
                full[name[-1]] = " ".join(name)
    for first in sorted({name[0] for name in everything if len(name) == 1} & gazetteer().first_names):
        called = {name[-1] for name in persons | everything if len(name) > 1 and name[0] == first}
        whole = full.get(called.pop(), "") if len(called) == 1 else ""
        if whole.split()[:1] == [first]:
            full.setdefault(first, whole)  # "Steve" of the one who is called so
    for name in sorted(everything, key=lambda n: (len(n), n)):
        initials = "".join(w[0] for w in name if w[0].isupper())
        if len(name) >= 3 and initials in capitals:
            full.setdefault(initials, " ".join(name))
    full |= _longer_bodies(everything - persons)
    return {short: name for short, name in full.items() if short != name}


def _longer_bodies(names: set[tuple[str, ...]]) -> dict[str, str]:
    """ "Security Council" -> "UN Security Council", if just one longer name ends so."""
    found: dict[str, str] = {}
    for name in names:
        if len(name) < 2 or name[-1] not in gazetteer().body_words:
            continue
        longer = {other for other in names if len(other) > len(name) and other[-len(name) :] == name}
        longest = max(longer, key=lambda n: (len(n), n), default=name)
        if longer and all(longest[-len(other) :] == other for other in longer):
            found[" ".join(name)] = " ".join(longest)
    return found
