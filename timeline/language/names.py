"""Names inside one article: full forms for short ones, and pronouns where it is safe.

"Netanyahu" is the "Benjamin Netanyahu" named above; "he" is the person who was the subject before, and
only if there was just one. Precise rather than complete: what is not safe stays a pronoun.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

_PERSONAL: Final = frozenset({"he", "she"})
#: Bodies that speak with one voice and are called "it".
_BODIES: Final = frozenset(
    "military army government ministry company group council court police agency party union bank".split()
)
_SAYING: Final = frozenset(
    "say tell announce add claim warn state believe vow insist argue note promise deny".split()
)


@dataclass(frozen=True, eq=False)
class Names:
    """What each name and pronoun of an article stands for."""

    full: Mapping[str, str] = field(default_factory=dict)
    """Short form -> the fullest form the article uses: `Blinken` -> `Antony Blinken`."""
    stands_for: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(sentence number, token number) of a pronoun -> the name it stands for, as last written."""

    places: frozenset[str] = frozenset()
    """Words that the article uses as names of places more often than not."""

    def whole(self, name: str) -> str:
        """The fullest form of a name in this article; the name itself if there is none."""
        return self.full.get(name, name)


def names_in(sentences: Sequence[Words]) -> Names:
    """The names of an article, from its sentences in order."""
    persons = {tuple(t.text for t in run) for words in sentences for run in runs(words) if _is_person(run)}
    everything = {tuple(t.text for t in run) for words in sentences for run in runs(words)}
    return Names(_full_forms(persons, everything), dict(_pronouns(sentences)), _places(sentences))


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


def _full_forms(persons: set[tuple[str, ...]], everything: set[tuple[str, ...]]) -> dict[str, str]:
    full: dict[str, str] = {}
    for name in sorted(persons, key=lambda n: (len(n), n)):
        if 2 <= len(name) <= 4:
            longest = full.get(name[-1])
            if longest is not None and longest.split()[0] != name[0]:
                full[name[-1]] = name[-1]  # two people of one surname: keep it short
            else:
                full[name[-1]] = " ".join(name)
    for name in sorted(everything, key=lambda n: (len(n), n)):
        if len(name) >= 3 and (initials := "".join(w[0] for w in name if w[0].isupper())) in {
            n[0] for n in everything if len(n) == 1
        }:
            full.setdefault(initials, " ".join(name))
    return {short: name for short, name in full.items() if short != name}


def _pronouns(sentences: Sequence[Words]) -> Iterator[tuple[tuple[int, int], str]]:
    """(sentence, token) of each pronoun that safely stands for a name."""
    person: str | None = None
    group: str | None = None
    age = 0
    for number, words in enumerate(sentences):
        age += 1
        if age > 3:
            person = group = None
        seen = [" ".join(t.text for t in run) for run in runs(words) if _is_person(run)]
        for token in words:
            if token.dep_ not in {"nsubj", "nsubj:pass"}:
                continue
            if token.lower_ in _PERSONAL | {"it", "they"} and (speaker := _speaker(token, words)) is not None:
                yield (number, token.i), speaker
            elif token.lower_ in _PERSONAL and person is not None:
                yield (number, token.i), person
                age = 0
            elif (
                token.lower_ == "it"
                and token.i == words.start
                and group is not None
                and token.head.pos_ == "VERB"
            ):
                yield (number, token.i), group
                age = 0
            elif token.pos_ == "PROPN":
                name = _name_of(token)
                if _names_person(token):
                    person, age = name, 0
                elif token.head.dep_ == "ROOT":
                    group, age = name, 0
        if len(set(seen)) > 1:
            person = None  # two people in one sentence: the next "he" may be either


def _speaker(pronoun: Token, words: Words) -> str | None:
    """ "Qatar said it was working": the pronoun under a verb of saying is its subject, if that is a name of
    the same sort and no other name stands between."""
    clause = pronoun.head
    if clause.dep_ != "ccomp" or clause.head.lemma_ not in _SAYING:
        return None
    subject = next((c for c in clause.head.children if c.dep_ == "nsubj"), None)
    if subject is None or subject.i > pronoun.i or pronoun.lower_ == "they":
        return None
    if pronoun.lower_ == "it" and subject.pos_ == "NOUN" and subject.lemma_ in _BODIES:
        parts = [t for t in subject.subtree if t.i <= subject.i and t.dep_ != "acl:relcl"]
        return " ".join(t.text for t in parts).replace(" '", "'").replace(" - ", "-")
    if subject.pos_ != "PROPN" or _names_person(subject) != (pronoun.lower_ in _PERSONAL):
        return None
    return _name_of(subject)


def _names_person(token: Token) -> bool:
    return token.ent_type_ == "PERSON" or any(
        c.ent_type_ == "PERSON" for c in token.children if c.dep_ in {"flat", "nmod:desc"}
    )


def _name_of(token: Token) -> str:
    parts = [token, *(c for c in token.children if c.dep_ in {"flat", "compound"} and c.pos_ == "PROPN")]
    return " ".join(t.text for t in sorted(parts, key=lambda t: t.i))
