"""`lexicon.toml`, read once: which words name events, and what the words above them make of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from timeline.model import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

#: "drag", "plan": the last letter is doubled before an ending.
_ONE_SHORT_VOWEL: Final = re.compile(r"[^aeiou]+[aeiou][bdgmnprt]")
#: What a verb cannot end in unless an "e" follows.
_CLIPPED: Final = re.compile(r"(?:[bcdfgkptz]l|[^aeious]at|iz|[uv]|[^s]s|[^n]c|[^aeiou]dg)$")


@dataclass(frozen=True, slots=True)
class Kind:
    """A family of events: all ways to say "attack"."""

    name: str
    weight: float
    """How much such an event matters on a timeline, 0 to 1."""
    report: bool
    """True for statements, warnings, pledges: saying something, rather than doing it."""
    wished: bool
    """True for what is talked of more often than it happens: a truce, a deal."""
    scheduled: bool = False
    """True for what takes place whatever a sentence makes of it: "may host the Oscars"."""


@dataclass(frozen=True)
class Lexicon:
    """The tables of `lexicon.toml` as look-ups by base form."""

    kinds: Mapping[str, Kind]
    verbs: Mapping[str, str]
    """Verb, or verb and particle -> name of its kind."""
    nouns: Mapping[str, str]
    """Noun -> name of its kind."""
    idioms: frozenset[str]
    """Phrases in which a word of the lexicon tells no event: "heart attack", "meet standard"."""
    akin: frozenset[frozenset[str]]
    """Pairs of kinds that can be one event."""
    state: frozenset[str]
    quoted: frozenset[str]
    """Verbs of state that tell what somebody said where it stands in quotation marks."""
    light: frozenset[str]
    happen: frozenset[str]
    """Verbs whose subject is the event: "take place"."""
    outcome: frozenset[str]
    """Verbs whose subject is the event and that tell what came of it: "result in"."""
    begin: frozenset[str]
    end: frozenset[str]
    same_time: frozenset[str]
    """The infinitive below takes place when the verb does."""
    to_come: frozenset[str]
    """An infinitive below is planned: "set to meet"."""
    under_verb: Mapping[str, Status]
    """What is governed by this verb has this status."""
    under_noun: Mapping[str, Status]
    under_adjective: Mapping[str, Status]
    counted: Mapping[str, str]
    """Verb or noun -> what is counted: `kill` -> `killed`."""
    people: frozenset[str]
    """Nouns for those whom verbs count that are said of goods as well."""
    approximate: Mapping[str, str]
    """Words before a number -> `about`, `least` or `most`."""
    past: Mapping[str, str]
    """Base form -> simple past, where that is irregular."""
    base: Mapping[str, str]
    """Simple past -> base form, the same the other way round."""
    links: Mapping[str, str]
    """Marker or preposition -> type of the link it makes."""
    causes: frozenset[str]
    """Verbs whose subject brings about their object."""
    aspect_nouns: Mapping[str, str]
    """Noun -> `began` or `ended`: "breakdown" of a truce."""
    actors: frozenset[str]
    """Common nouns that can do something."""
    known: frozenset[str]
    """Every base form that stands in any of the tables."""

    def kind(self, name: str) -> Kind:
        """The kind of that name; a verb without a kind of its own is its own kind, of middling weight."""
        return self.kinds.get(name) or Kind(name, 0.45, report=False, wished=False)

    def related(self, a: str, b: str) -> bool:
        """True if events of these two kinds can be one event.

        >>> lexicon().related("attack", "offensive"), lexicon().related("truce", "strike")
        (True, False)
        """
        return a == b or frozenset((a, b)) in self.akin

    def lemma(self, token: Token) -> str:
        """The base form of a token, mended where the lemmatizer invents one ("escalat", "dismantl")."""
        lemma = token.lemma_.lower()
        if lemma in self.known:
            return lemma
        if token.pos_ != "VERB":
            singular = token.lower_.removesuffix("s")
            return singular if singular in self.known else lemma
        if token.lower_ in self.base:
            return self.base[token.lower_]
        for guess in (lemma + "e", lemma.removesuffix("e"), lemma[:-1], *_stems(token.lower_)):
            if guess in self.known:
                return guess
        return _mended(lemma, token.lower_)

    def past_of_present(self, word: str) -> str | None:
        """The past of a verb in the third person present, as headlines have it; None for other words and
        for those that may as well be plural nouns.

        >>> lexicon().past_of_present("approves"), lexicon().past_of_present("strikes")
        ('approved', None)
        """
        if not word.endswith("s") or word != word.lower():
            return None
        for base in (word[:-1], word[:-2]):
            if base in self.verbs and base not in self.nouns:
                return self.past_form(base)
        return None

    def past_form(self, verb: str) -> str:
        """The simple past of a base form.

        >>> [lexicon().past_form(verb) for verb in ("seize", "shoot", "carry", "drag")]
        ['seized', 'shot', 'carried', 'dragged']
        """
        if verb in self.past:
            return self.past[verb]
        if verb.endswith("e"):
            return verb + "d"
        if verb.endswith("y") and verb[-2:-1] not in "aeiou":
            return verb[:-1] + "ied"
        if _ONE_SHORT_VOWEL.fullmatch(verb):
            return f"{verb}{verb[-1]}ed"
        return verb + "ed"

    def infinitive(self, lemma: str) -> str:
        """The verb that a lemmatizer's base form is of, which may lack its last letter or have one too many.

        >>> [lexicon().infinitive(lemma) for lemma in ("dismantl", "escalat", "dragg", "free")]
        ['dismantle', 'escalate', 'drag', 'free']
        """
        if lemma in self.known:
            return lemma
        if _CLIPPED.search(lemma):
            return lemma + "e"
        doubled = len(lemma) > 3 and lemma[-1] == lemma[-2] and lemma[-1] in "bdgmnprt"
        return lemma[:-1] if doubled else lemma


def _mended(lemma: str, form: str) -> str:
    """The base form of a verb that no table has, where the lemmatizer left more or less than that.

    >>> _mended("slipp", "slipped"), _mended("parte", "parted"), _mended("repuls", "repulsed")
    ('slip', 'part', 'repulse')
    >>> _mended("nabs", "nabs"), _mended("pass", "pass"), _mended("boycott", "boycotted")
    ('nab', 'pass', 'boycott')
    """
    if lemma == form and _THIRD_PERSON.search(form):
        return form[:-1]
    if _NEVER_BEFORE_E.search(lemma):
        lemma = lemma[:-1]
    if _DOUBLED.search(lemma) and lemma not in _TRULY_DOUBLE:
        return lemma[:-1]
    return lemma + "e" if _NEVER_LAST.search(lemma) else lemma


#: Consonants that are doubled before an ending; and the verbs that have two of them by themselves.
_DOUBLED: Final = re.compile(r"[aeiou](?:bb|dd|gg|mm|nn|pp|rr|tt)$|[aeiou]\w*(?:tro|[^e]e)ll$")
_TRULY_DOUBLE: Final = frozenset("add err ebb egg butt putt boycott".split())
#: Letters after which no verb has a silent e: "parte", "canne", "patrolle".
_NEVER_BEFORE_E: Final = re.compile(
    r"(?:bb|dd|gg|ll|mm|nn|pp|rr|ss|ck|sh|[eo]ach|[lmnr]d|(?:[lnrpcfx]|[eiou]s)t|rm|rn|mp|wn)e$"
)
#: Letters with which no verb ends: "repuls", "underachiev".
_NEVER_LAST: Final = re.compile(r"(?:[lnr]s|[^s]v|u|[nr]c|[aeiou]z|[dgtb]l)$")
_THIRD_PERSON: Final = re.compile(r"[aeiou](?:[bdgkmnprt]|ck|ll|[lnr][dkt])s$")


def _stems(form: str) -> tuple[str, ...]:
    for ending in ("ing", "ed", "es", "s"):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form.removesuffix(ending)
            return (stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem)
    return (form,)


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    raw: dict[str, Any] = tomllib.loads((files("timeline.events") / "lexicon.toml").read_text("utf-8"))
    kinds: dict[str, Kind] = {}
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    for name, row in raw["kind"].items():
        kinds[name] = Kind(
            name, row["weight"], *(row.get(flag, False) for flag in ("report", "wished", "scheduled"))
        )
        for word in row["verbs"]:
            verbs.setdefault(word, name)
        for word in row["nouns"]:
            nouns.setdefault(word, name)
    tables = raw["verbs"]
    under_verb = _by_status(tables)
    known = {*verbs, *nouns, *under_verb, *raw["actors"]["nouns"], *(w for t in tables.values() for w in t)}
    return Lexicon(
        kinds=kinds,
        verbs=verbs,
        nouns=nouns,
        idioms=frozenset(phrase for row in raw["kind"].values() for phrase in row.get("idioms", ())),
        akin=frozenset(frozenset(pair) for group in raw["groups"] for pair in combinations(group, 2)),
        state=frozenset(tables["state"]),
        quoted=frozenset(tables["quoted"]),
        light=frozenset(tables["light"]),
        happen=frozenset(tables["happen"]),
        outcome=frozenset(tables["outcome"]),
        begin=frozenset(tables["begin"]),
        end=frozenset(tables["end"]),
        same_time=frozenset(tables["same_time"]),
        to_come=frozenset(tables["to_come"]),
        under_verb=under_verb,
        under_noun=_by_status(raw["nouns"]),
        under_adjective=_by_status(raw["adjectives"]),
        counted={word: aspect for aspect, words in raw["counted"].items() for word in words},
        people=frozenset(raw["people"]["nouns"]),
        approximate={word: sort for sort, words in raw["approximate"].items() for word in words},
        past=raw["past"],
        base={past: base for base, past in raw["past"].items()},
        links=raw["links"],
        causes=frozenset(raw["causes"]["verbs"]),
        aspect_nouns={word: bound for bound, words in raw["aspect_nouns"].items() for word in words},
        actors=frozenset(raw["actors"]["nouns"]),
        known=frozenset(known),
    )


def _by_status(table: Mapping[str, list[str]]) -> dict[str, Status]:
    names = {s.value: s for s in Status}
    return {word: names[name] for name, words in table.items() if name in names for word in words}
