"""What the words of a sentence say about how two of its events lie to each other.

"After the raid, the ministry cancelled the visit"; "In response, ..."; "the ruling led to protests". The
words are in `lexicon.toml`; dates play no part here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from timeline.events.lexicon import lexicon
from timeline.events.times import together
from timeline.events.triggers import Trigger
from timeline.language import Clause, Sentence, is_predicate

if TYPE_CHECKING:
    from spacy.tokens import Token


def links_of(
    sentence: Sentence, triggers: Sequence[Trigger], before: Trigger | None
) -> Iterator[tuple[Trigger, str, Trigger]]:
    """(one, type, other) for each pair of triggers of a sentence that words join; `same` for a verb and the
    noun that tell one event.

    `before` is the main trigger of the sentence before, which "In response," looks back to.
    """
    words = lexicon()
    by_token = {t.token.i: t for t in triggers}
    carried = {t.clause.head.i: t for t in triggers if t.nominal and t.clause is not None}
    heads = {**by_token, **carried}  # what a carrying verb is joined to, its noun is
    for verb in triggers:
        if verb.carries is not None and verb.carries.i in by_token:
            yield verb, "same", by_token[verb.carries.i]
    for occasion in triggers:
        told_there = _told_at(occasion)
        if told_there is not None and told_there.i in heads:
            yield occasion, "with", heads[told_there.i]
    for token in sentence.words:
        one = heads.get(token.i)
        if one is None or not is_predicate(token):
            continue
        for child in token.children:
            type_ = _joint(child, words.links)
            if type_ is None:
                continue
            other = heads.get(child.i) or _below(child, heads)
            if other is not None and other is not one:
                yield one, type_, other
            elif (
                other is None
                and before is not None
                and type_ in {"responds to", "because of"}
                and _is_bare(child)
            ):
                yield one, type_, before
        if not one.nominal and (above := together(token)) is not None and above.i in heads:
            yield one, "with", heads[above.i]
        yield from ((one, "same", noun) for noun in _own_nouns(one, heads))
        lemma = words.lemma(token)
        if any(f in words.causes for f in (lemma, *(f"{lemma} {c.lower_}" for c in token.children))):
            yield from _brought_about(lemma, one.clause, heads)


#: Kinds of event that are over in a day: what is said or shown at one takes place when it does.
_OCCASIONS: Final = frozenset(
    {"meeting", "presentation", "statement", "announcement", "vote", "protest", "contest"}
)


def _brought_about(
    lemma: str, clause: Clause | None, heads: Mapping[int, Trigger]
) -> Iterator[tuple[Trigger, str, Trigger]]:
    """What a verb of causing says: its subject or its agent brings about what it acts on."""
    if clause is None or clause.negated:
        return
    causes = lexicon().causes
    below = [t for prep, t in clause.obliques if f"{lemma} {prep}" in causes]
    if lemma in causes:
        below += [clause.subject] if clause.passive and clause.subject is not None else clause.objects
    by = clause.agent if clause.passive else clause.subject
    cause = heads.get(by.i) if by is not None else None
    for token in below:
        effect = heads.get(token.i)
        if cause is not None and effect is not None:
            yield cause, "causes", effect


def _told_at(noun: Trigger) -> Token | None:
    """The verb of what took place at an occasion: "unveiled it at the conference", where a parser may take
    the conference for part of the object."""
    token = noun.token
    if not noun.nominal or noun.kind.name not in _OCCASIONS:
        return None
    marks = {c.lower_ for c in token.children if c.dep_ == "case"}
    head = token.head
    if token.dep_ == "nmod" and head.dep_ in {"obj", "obl"} and marks & {"at", "during"}:
        head = head.head
    elif not (token.dep_.startswith("obl") and marks & {"at", "in", "during"}):
        return None
    return head if is_predicate(head) else None


def _own_nouns(verb: Trigger, heads: Mapping[int, Trigger]) -> Iterator[Trigger]:
    """The event nouns that tell the verb's own event: "a raid killed two", "two died in a fire"."""
    clause = verb.clause
    if verb.nominal or clause is None:
        return
    nouns = [clause.subject, clause.agent, *(t for prep, t in clause.obliques if prep in {"in", "during"})]
    for token in nouns:
        noun = heads.get(token.i) if token is not None else None
        if noun is not None and noun.nominal and lexicon().related(verb.kind.name, noun.kind.name):
            yield noun


def _joint(child: Token, table: Mapping[str, str]) -> str | None:
    """The type of link that the marker or preposition of a dependent stands for, if it is one."""
    if not child.dep_.startswith(("advcl", "obl", "nmod")):
        return None
    marks = [c for c in child.children if c.dep_ in {"mark", "case"} and c.i < child.i]
    fixed = [f for m in marks for f in m.children if f.dep_ == "fixed"]
    marker = " ".join(t.lower_ for t in sorted([*marks, *fixed], key=lambda t: t.i))
    with_noun = f"{marker} {child.lower_}"
    after = [c for c in child.children if c.dep_.startswith("nmod") for c in c.children if c.dep_ == "case"]
    if after and f"{with_noun} {after[0].lower_}" in table:
        return table[f"{with_noun} {after[0].lower_}"]
    return table.get(with_noun) or table.get(marker)


def _below(child: Token, heads: Mapping[int, Trigger]) -> Trigger | None:
    """The event noun under "in response to" or under "the start of"."""
    for token in child.subtree:
        if token.i in heads and token != child:
            return heads[token.i]
    return None


def _is_bare(child: Token) -> bool:
    return not any(c.dep_.startswith(("nmod", "acl")) for c in child.children)
