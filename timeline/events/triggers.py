"""The words events hang on: verbs and event nouns of a sentence, and the verbs that only carry a noun.

"Held talks", "launched an attack", "the truce that ended": the noun is the event, the verb says that it
took place, began or ended. Aspect and light verbs are in `lexicon.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from timeline.events.lexicon import Kind, Lexicon, lexicon
from timeline.language import Clause, Sentence, clauses
from timeline.model import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Dependents of a noun whose own event is not meant: "ceasefire talks", "attack helicopter".
_MODIFIERS: Final = frozenset(
    {"compound", "amod", "case", "fixed", "flat", "nmod:desc", "advmod", "mark", "cc"}
)


#: Kinds whose events have names or initials that are taken for those of organisations.
_NAMED: Final = frozenset({"occasion", "crime"})

#: Verbs that say of what is scheduled that it takes place: who hosts it or goes there does something else.
_TAKES_PLACE: Final = frozenset({"hold", "stage", "open", "celebrate"})
_QUOTATION_MARKS: Final = frozenset({'"', "''", "``"})
#: What lasts is seldom what a timeline is for.
_STATE: Final = Kind("state", 0.25, report=False, wished=False)


@dataclass(frozen=True, eq=False)
class Trigger:
    """A word that tells of an event."""

    token: Token
    kind: Kind
    lemma: str
    """Base form, with its particle for a verb: `set off`."""
    nominal: bool
    clause: Clause | None
    """The verb's clause; for a noun, that of the verb that carries it, if one does."""
    bound: str = ""
    """`began` or `ended` if the verb that carries it, or the noun above it, says only that; else empty."""
    carries: Token | None = None
    """The event noun, for a verb that only carries one: both tell one event."""
    state: bool = False
    """True for a verb of state ("held 19 percent"): an event only if a time of its own dates it."""

    @property
    def told(self) -> Trigger:
        """The trigger that tells what happened: the carried noun's for a carrying verb, else itself."""
        if self.carries is None:
            return self
        return replace(
            self, token=self.carries, lemma=lexicon().lemma(self.carries), nominal=True, carries=None
        )


def triggers(sentence: Sentence) -> list[Trigger]:
    """The triggers of a sentence in reading order."""
    words = lexicon()
    carried: dict[int, tuple[Clause, str]] = {}
    eaten: set[int] = set()
    found: list[Trigger] = []
    for clause in clauses(sentence.words):
        if clause.head.pos_ != "VERB" or _tells_nothing(clause):
            continue
        verb = words.lemma(clause.head)
        forms = _forms(verb, clause)
        if any(form in words.state for form in forms[:-1]):
            found.append(Trigger(clause.head, _STATE, verb, False, clause, state=True))
            continue
        if not words.idioms.isdisjoint(forms):
            continue
        if fixed := _fixed_phrase(words, verb, clause):
            form, parts = fixed
            eaten |= parts
            found.append(Trigger(clause.head, words.kind(words.verbs[form]), form, False, clause))
            continue
        if target := _carried_noun(words, forms, clause):
            noun, bound = target
            carried.setdefault(noun.i, (clause, bound))
            kind = words.kind(words.nouns[event_noun(noun)])
            found.append(Trigger(clause.head, kind, verb, False, clause, bound, carries=noun))
            continue
        name = next((words.verbs[f] for f in forms if f in words.verbs), None)
        if name is None and verb in words.quoted and _says_in_quotes(clause):
            name = "statement"
        aspect = any(f in words.begin | words.end for f in forms)
        complement = any(c.dep_ in {"xcomp", "ccomp"} for c in clause.head.children)
        if name is None and (verb in words.state or (aspect and complement)):
            found.append(Trigger(clause.head, _STATE, verb, False, clause, state=True))
            continue
        lemma = next((f for f in forms if f in words.verbs), verb)
        found.append(Trigger(clause.head, words.kind(name or verb), lemma, False, clause))
    for token in _event_nouns(words, sentence):
        if token.i in eaten:
            continue
        clause_and_bound = carried.get(token.i)
        lemma = event_noun(token)
        above = words.lemma(token.head) if token.dep_ == "nmod" else ""
        found.append(
            Trigger(
                token,
                words.kind(words.nouns[lemma]),
                lemma,
                True,
                clause_and_bound[0] if clause_and_bound else None,
                clause_and_bound[1] if clause_and_bound else words.aspect_nouns.get(above, ""),
            )
        )
    return sorted(found, key=lambda t: t.token.i)


def _says_in_quotes(clause: Clause) -> bool:
    """True for 'she called it "a mistake"'."""
    if clause.passive or clause.subject is None or not clause.objects:
        return False
    return any(t.text in _QUOTATION_MARKS for t in clause.head.subtree if t.i > clause.head.i)


def _tells_nothing(clause: Clause) -> bool:
    """True for a participle with nobody who does it and nothing that is done: "which, if fulfilled, ..."."""
    return (
        clause.participle
        and clause.subject is None
        and all(c.dep_ in {"punct", "mark", "advmod", "cc", "conj"} for c in clause.head.children)
    )


def is_event_noun(token: Token) -> bool:
    """True if the token is a noun that can name an event."""
    return _is_event_noun(lexicon(), token)


def event_noun(token: Token) -> str:
    """The entry of the lexicon under which a noun names an event: with the word before it ("drunk driving"),
    alone, or only as it stands ("the Oscars"); empty if it names none."""
    words = lexicon()
    lemma = words.lemma(token)
    before = [c.lower_ for c in token.children if c.i < token.i and c.dep_ in {"compound", "amod"}]
    whole = (f"{word} {form}" for word in before for form in (lemma, token.lower_))
    return next((entry for entry in (*whole, lemma, token.lower_) if entry in words.nouns), "")


def _fixed_phrase(words: Lexicon, verb: str, clause: Clause) -> tuple[str, set[int]] | None:
    """A verb and its object that tell together what neither tells alone ("opened fire"), and the object's
    number; not where the object is the event ("struck a deal")."""
    for noun in clause.objects:
        form = f"{verb} {words.lemma(noun)}"
        if form in words.verbs and words.nouns.get(event_noun(noun), words.verbs[form]) != words.verbs[form]:
            return form, {noun.i}
    return None


def _forms(verb: str, clause: Clause) -> tuple[str, ...]:
    """The verb with its particle, with its prepositions, with its object; then alone."""
    forms = [f"{verb} {clause.particle}"] if clause.particle else []
    for preposition, noun in clause.obliques:
        if preposition:
            forms += [f"{verb} {preposition} {noun.lemma_.lower()}", f"{verb} {preposition}"]
    forms += [f"{verb} {lexicon().lemma(o)}" for o in clause.objects]
    forms += [
        f"{verb} {c.lower_}" for c in clause.head.children if c.dep_ in {"advmod", "mark"} and len(c) < 6
    ]
    forms += [f"{verb} {c.lower_}" for c in _results(clause)]
    return (*forms, verb)


def _results(clause: Clause) -> Iterator[Token]:
    """What became of the object: "left ten people dead"."""
    yield from (c for c in clause.head.children if c.dep_ == "xcomp" and c.tag_ in {"JJ", "VBN"})
    yield from (c for o in clause.objects for c in o.children if c.dep_ in {"amod", "acl"} and c.i == o.i + 1)


def _did_not(words: Lexicon, clause: Clause) -> bool:
    """True for "did not stop", "failed to stop"."""
    above = clause.head.head if clause.head.dep_ == "xcomp" else None
    failed = above is not None and words.under_verb.get(words.lemma(above)) is Status.DENIED
    return clause.negated or failed


def _carried_noun(words: Lexicon, forms: tuple[str, ...], clause: Clause) -> tuple[Token, str] | None:
    """The event noun a light or aspect verb carries, and whether it began or ended."""
    acted_on = (clause.subject,) if clause.passive else clause.objects
    nouns = [t for t in acted_on if t is not None and _names_event(words, t)]
    above = clause.head.head
    told_of = clause.head.dep_.startswith("acl") and not clause.participle and above != clause.subject
    if not nouns and told_of and not clause.objects:
        nouns = [above] if _names_event(words, above) else []  # "the resolution the council adopted"
    for bound, table in (("began", words.begin), ("ended", words.end)):
        form = next((f for f in forms if f in table), None)
        if form is not None and not _did_not(words, clause):  # "the talks did not end": no end of theirs
            verb = forms[-1]  # "set off the war", the particle read as a preposition
            nouns += [t for p, t in clause.obliques if f"{verb} {p}" in table and _names_event(words, t)]
            subject = clause.subject
            with_object = any(form == f"{verb} {words.lemma(o)}" for o in clause.objects)  # "took effect"
            free = not clause.objects or with_object
            if not nouns and free and subject is not None and _names_event(words, subject):
                nouns = [subject]
            if nouns:
                return nouns[0], bound
    happens = any(f in words.happen | words.outcome for f in forms)
    if happens and clause.subject is not None and _names_event(words, clause.subject):
        return clause.subject, ""
    light = any(f in words.light for f in forms)
    if nouns and words.kind(words.nouns[event_noun(nouns[0])]).scheduled:
        light = forms[-1] in _TAKES_PLACE
    if nouns and (light or any(words.under_verb.get(f) is Status.CANCELLED for f in forms)):
        return nouns[0], ""
    return None


def _event_nouns(words: Lexicon, sentence: Sentence) -> Iterator[Token]:
    for token in sentence.words:
        if token.dep_ not in _MODIFIERS and _names_event(words, token):
            yield token


def _names_event(words: Lexicon, token: Token) -> bool:
    return _is_event_noun(words, token) and words.idioms.isdisjoint(_noun_forms(token))


def _noun_forms(noun: Token) -> Iterator[str]:
    """The noun with what stands before it, and with what "of" joins to it."""
    lemma = lexicon().lemma(noun)
    for child in noun.children:
        if child.i < noun.i and child.dep_ in {"compound", "amod", "case"}:
            yield f"{child.lower_} {lemma}"
        elif child.dep_ == "nmod" and any(c.lower_ == "of" for c in child.children):
            yield f"{lemma} of {child.lower_}"


def _is_event_noun(words: Lexicon, token: Token) -> bool:
    entry = event_noun(token)
    if not entry:
        return False
    if token.pos_ == "NOUN":
        return True
    if token.pos_ == "PROPN":
        known = " " in entry or words.nouns[entry] in _NAMED or _is_attended(words, token)
        return token.ent_type_ not in {"PERSON", "ORG"} or known
    return token.pos_ == "ADJ" and token.dep_ in {"obj", "obl", "nsubj", "xcomp", "nmod"}


def _is_attended(words: Lexicon, name: Token) -> bool:
    """True for "at the Lakeside Energy Conference": one is at a meeting, but not at a church conference
    that "said" something, even where its name is taken for that of a body."""
    meeting = words.nouns[words.lemma(name)] == "meeting" and name.ent_type_ == "ORG"
    return meeting and any(c.dep_ == "case" and c.lower_ in {"at", "during"} for c in name.children)
