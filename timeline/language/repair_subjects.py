"""Repairs of what hangs elsewhere than where it belongs: subjects, relative clauses, verbs in a row. See
`repair`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline.language.repair_clauses import (
    FINITE,
    SUBJECTS,
    has_subject,
    is_finite,
    lacks_a_subject,
    subject_label,
)
from timeline.language.repair_words import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

_NOUNS: Final = frozenset({"NOUN", "PROPN"})
_INSIDE: Final = frozenset({"det", "amod", "compound", "nmod:poss", "nummod", "nmod:desc", "flat"})
#: Nouns that end as a past tense does: "watershed", "newlywed", "seaweed".
_NOUN_ENDS: Final = ("shed", "wed", "eed", "bed")


def verb_tagged_as_a_noun(words: Words) -> bool:
    """ "A train derailed, injuring dozens": a sentence without a verb whose head is a noun in "-ed"."""
    root = words.root
    ends = root.lower_.endswith("ed") and not root.lower_.endswith(_NOUN_ENDS)
    if root.tag_ != "NN" or not ends or len(root) < 6 or root.i == words.start:
        return False
    if any(is_finite(token, bare=False) for token in words) or root.nbor(-1).pos_ not in _NOUNS:
        return False
    root.tag_, root.pos_ = "VBD", "VERB"
    _as_subject(root.nbor(-1), root)
    return True


def noun_before_its_verb(words: Words) -> bool:
    """ "A quake hit the island": "quake" read as part of a compound whose head is a verb."""
    for noun in words:
        verb = noun.head
        if noun.dep_ not in {"compound", "nmod", "amod"} or noun.pos_ not in _NOUNS or verb.i != noun.i + 1:
            continue
        if verb.pos_ == "VERB" and is_finite(verb, bare=False) and lacks_a_subject(verb):
            _as_subject(noun, verb)
            return True
    return False


def two_subjects_in_a_row(words: Words) -> bool:
    """ "company CEO Steve Jobs unveiled it": "company" and "Steve" both read as subjects. A clause has one,
    and what stands right before the other's description belongs to that."""
    for title in words:
        if title.dep_ != "nmod:desc" or title.left_edge.i == words.start:
            continue
        other, first = title.head, title.left_edge.nbor(-1)
        if first.dep_ != other.dep_ or first.dep_ not in {"nsubj", "nsubj:pass"} or first.head != other.head:
            continue
        if other.left_edge.i != first.i + 1 or first.right_edge != first or title.i > other.i:
            continue
        first.head, first.dep_ = title, "compound"
        return True
    return False


def list_read_as_an_apposition(words: Words) -> bool:
    """ "the army, police and coastguard": "police" read as what the army is. Between a noun and its conjunct,
    a bare noun after a comma and before "and" is one more of them."""
    for noun in words:
        if noun.dep_ != "appos" or noun.i + 1 >= words.end or any(not c.is_punct for c in noun.children):
            continue
        above, after = noun.head, noun.nbor(1)
        listed = after.dep_ == "cc" and after.head.dep_ == "conj" and after.head.head == above
        if listed and noun.pos_ == above.pos_ and above.pos_ == "NOUN":
            noun.dep_ = "conj"
            return True
    return False


def pronoun_of_what_is_said(words: Words) -> bool:
    """ "the bill, which critics say is too weak": "which" read as the subject of what is said, inside the
    clause that it opens. It hangs on the verb of saying."""
    for token in words:
        if token.tag_ not in {"WDT", "WP"} or token.dep_ not in SUBJECTS or token.head.dep_ != "ccomp":
            continue
        above = token.head.head
        if above.dep_ == "acl:relcl" and token.i < above.i:
            token.head, token.dep_ = above, "obj"
            return True
    return False


def object_before_a_verb(words: Words) -> bool:
    """ "Reports indicate troops might cross": the object of one verb right before another that has no
    subject is that subject, and the second clause what the first verb says."""
    for verb in words:
        above = verb.head
        if verb.dep_ not in {"advcl", "ccomp", "parataxis"} or above.i > verb.i or has_subject(verb):
            continue
        if not is_finite(verb, bare=False) or not lacks_a_subject(verb):
            continue
        noun = verb.left_edge.nbor(-1) if verb.left_edge.i > words.start else verb
        while noun.dep_ != "obj" and noun.head.i != noun.i and noun.head.right_edge.i < verb.left_edge.i:
            noun = noun.head
        says = noun.head
        below = says == above or above in says.ancestors
        if noun.dep_ != "obj" or not below or noun.right_edge.i != verb.left_edge.i - 1:
            continue
        last = [c for c in noun.children if c.dep_ == "conj" and c.right_edge == noun.right_edge]
        if last:  # "charged him and a jury convicted him"
            last[0].head, last[0].dep_ = verb, subject_label(verb)
            verb.head, verb.dep_ = says, "conj"
            return True
        if noun.pos_ in _NOUNS:
            noun.head, noun.dep_ = verb, subject_label(verb)
            verb.head, verb.dep_ = says, "ccomp"
            return True
    return False


def relative_clause_with_its_object(words: Words) -> bool:
    """ "The resolution that the council adopted": "that" is the object, so the clause is relative."""
    for verb in words:
        if verb.dep_ != "acl" or verb.pos_ != "VERB" or not has_subject(verb):
            continue
        that = next((c for c in verb.children if c.lower_ == "that" and c.dep_ in {"obj", "mark"}), None)
        if that is None or that.i != verb.left_edge.i:
            continue
        told = verb.head.lemma_.lower() in lexicon().contents or any(
            c.dep_ in {"obj", "ccomp", "xcomp", "aux:pass"} for c in verb.children if c != that
        )
        if that.dep_ == "mark" and (told or verb.tag_ != "VBN"):
            continue  # "the claim that rebels attacked"
        that.tag_, that.dep_, verb.dep_ = "WDT", "obj", "acl:relcl"
        if verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "aux:pass"} for c in verb.children):
            verb.tag_ = "VBD"
        return True
    return False


def verb_joined_to_the_verb_of_saying(words: Words) -> bool:
    """ "It says it will wait until Israel agrees, withdraws and pays": who withdraws is Israel. A verb
    without a subject is joined to the nearest verb of its form that has one."""
    speech = lexicon().speech
    for verb in words:
        says = verb.head
        if verb.dep_ != "conj" or verb.pos_ != "VERB" or has_subject(verb) or says.lower_ not in speech:
            continue
        if verb.tag_ != says.tag_ or verb.lower_ in speech or says.tag_ not in FINITE:
            continue
        between = [t for t in words if says.i < t.i < verb.i and t.tag_ == verb.tag_ and t.pos_ == "VERB"]
        nearest = next((t for t in reversed(between) if has_subject(t) and says in t.ancestors), None)
        if nearest is not None and not any(c.dep_ == "aux" for c in verb.children):
            verb.head = nearest
            return True
    return False


def opening_name(name: Token) -> None:
    """ "Sunak “expressed regret”": a name that opens a sentence, read as a verb with a verb below it."""
    verb = next((c for c in name.children if c.dep_ in {"xcomp", "ccomp"} and c.tag_ in {"VBD", "VBZ"}), None)
    if verb is None or any(
        c.dep_.startswith(("nsubj", "aux", "mark")) for c in (*name.children, *verb.children)
    ):
        return
    above, dep = name.head, name.dep_
    verb.head, verb.dep_ = (verb, "ROOT") if above == name else (above, dep)
    for child in list(name.children):
        child.head = verb
    name.head, name.dep_, name.tag_, name.pos_ = verb, "nsubj", "NNP", "PROPN"


def _as_subject(noun: Token, verb: Token) -> None:
    """Hang a noun on the verb right after it, and on the noun what hung on the verb as if that were one."""
    for child in list(verb.children):
        if child.i < noun.i and child.dep_ in _INSIDE:
            child.head = noun
        elif child.i > verb.i and child.dep_ == "acl":
            child.dep_ = "advcl"
    noun.head, noun.dep_ = verb, subject_label(verb)
