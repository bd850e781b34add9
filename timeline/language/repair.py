"""Repairs of the parse: a few mistakes a small parser makes in news, each with the shape it is known by.

English "-ed" forms are past tense or participle, and a parser that takes a main verb for a participle loses
the whole clause. Each repair is a function from a sentence to True if it changed the tree; they run once,
right after parsing, and know nothing of any text but its shape.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: Past tenses of strong verbs that are no present of another.
_STRONG: Final = frozenset(
    "sank fled struck broke fell rose shot went took gave came began flew held spoke stood threw won".split()
)
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON"})
#: Dependents that go over to the verb when it is found to be one.
_OF_THE_VERB: Final = frozenset(
    {"obj", "obl", "obl:unmarked", "advcl", "acl", "ccomp", "xcomp", "punct", "advmod"}
)
#: Verbs of saying, by their forms: a lemma may be as wrong as the tree.
_SAYING: Final = frozenset(
    "said says added adds told announced admitted warned claimed argued complained conceded recalled replied"
    " asked asks explained noted insisted reported wrote writes declared stated confirmed predicted promised"
    " joked remarked suggested concluded".split()
)
#: What stands between speech and the one who speaks.
_END_OF_SPEECH: Final = frozenset({",", '"', "''", "”", "’", "'", "--", "—"})
_CONJUNCTIONS: Final = frozenset({"when", "after", "while", "because", "although", "since", "before", "as"})


def repair(words: Words) -> None:
    """Apply every repair to one sentence."""
    for mend in REPAIRS:
        mend(words)


def past_tense_by_form(words: Words) -> bool:
    """ "China and Russia vetoed the text": an "-ed" form tagged as a present or a name. No
    English present ends so, unless the base form does ("need")."""
    changed = False
    for token in words:
        if token.pos_ == "VERB" and token.tag_ not in {"VBD", "VBN"} and token.lower_.endswith("ed"):
            if token.lemma_.lower() == token.lower_ and len(token) < 6:
                continue  # need, feed, speed, breed
            token.tag_ = "VBD"
            changed = True
        elif token.tag_ == "VBP" and token.lower_ in _STRONG:
            token.tag_ = "VBD"
            changed = True
    return changed


def participle_with_finite_conjunct(words: Words) -> bool:
    """ "... when gunmen stormed the hall and attacked guests": "stormed" read as a participle of "gunmen",
    although "attacked", coordinated with it, is finite. Verbs are coordinated with their like."""
    for token in words:
        if _is_participle(token) and any(
            c.dep_ == "conj" and (c.tag_ in _FINITE or _has_finite_aux(c)) for c in token.children
        ):
            _promote(token, token.head)
            return True
    return False


def when_as_head(words: Words) -> bool:
    """ "The war began, when militants stormed the border and attacked villages": "when" itself made the head,
    the verb hung on the noun before it. The first past form after the noun heads the clause."""
    for when in words:
        if when.tag_ != "WRB" or when.dep_ in {"advmod", "mark"} or when.head == when:
            continue
        after = [t for t in when.subtree if t.i > when.i]
        verb = next(
            (t for t in after if t.pos_ == "VERB" and t.tag_ in {"VBN", "VBD"} and t.dep_ != "amod"), None
        )
        if verb is None:
            continue
        noun = (
            verb.head if verb.dep_ == "acl" else next((c for c in verb.children if c.dep_ == "nsubj"), None)
        )
        above = when.head
        others = [c for c in when.children if c != verb and c != noun]
        verb.head, verb.dep_, verb.tag_ = above, "advcl", "VBD"
        if noun is not None and noun.pos_ in _NOMINAL:
            noun.head, noun.dep_ = verb, "nsubj"
        when.head, when.dep_ = verb, "advmod"
        for child in others:
            child.head = verb
            if child.dep_ == "advcl:relcl":
                child.dep_ = "advcl"
        return True
    return False


def sentence_without_verb(words: Words) -> bool:
    """ "The resolution called for talks.": no finite verb at all, but a participle right after the head
    noun or after a comma. A full sentence has a verb."""
    root = words.root
    if root.pos_ not in _NOMINAL or any(c.dep_ == "cop" for c in root.children):
        return False
    if any(t.tag_ in _FINITE and t.dep_ not in {"acl", "amod"} and not _in_relative(t, root) for t in words):
        return False
    for token in words:
        if _is_participle(token) and token.i > root.i:
            before = words.doc[token.i - 1]
            if before.text == "," or (token.head == root and before.pos_ in _NOMINAL):
                _promote(token, root)
                return True
    return False


def conjunction_without_verb(words: Words) -> bool:
    """ "The war began when militants stormed the border": "when" marks a noun with a participle, but a
    conjunction opens a clause, and a clause has a verb."""
    for token in words:
        if token.lower_ not in _CONJUNCTIONS or token.dep_ not in {"mark", "advmod"}:
            continue
        noun = token.head
        if noun.pos_ in _NOMINAL and not any(c.dep_ == "cop" for c in noun.children):
            for child in noun.children:
                if _is_participle(child) and child.i > noun.i:
                    _promote(child, noun)
                    return True
    return False


def adjective_as_noun(words: Words) -> bool:
    """ "It began its ground offensive": "offensive" read as an adjective of the noun before it. An adjective
    in "-ive" right after a noun, with no noun to follow, is the head of the phrase."""
    for token in words:
        if token.pos_ != "ADJ" or not token.lower_.endswith("ive") or token.i == words.start:
            continue
        noun = token.doc[token.i - 1]
        after = token.doc[token.i + 1] if token.i + 1 < words.end else None
        if noun.pos_ != "NOUN" or (token.head != noun and noun.head != token.head):
            continue
        if noun.dep_ not in {"obj", "obl", "nsubj", "nmod", "nsubj:pass"} or (
            after and after.pos_ in _NOMINAL
        ):
            continue
        token.tag_, token.pos_ = "NN", "NOUN"
        token.head, token.dep_ = noun.head, noun.dep_
        noun.head, noun.dep_ = token, "compound"
        for child in list(noun.children):
            child.head = token
        return True
    return False


def noun_participle_name(words: Words) -> bool:
    """ "... that an airstrike killed Ann Lee", "the flood displaced thousands": the verb read as an adjective
    of what follows. A noun right before a past participle, without a hyphen, is its subject."""
    for token in words:
        if token.tag_ not in {"VBN", "VBD"} or token.dep_ != "amod" or token.i > token.head.i:
            continue
        noun = token.doc[token.i - 1] if token.i > words.start else token
        acted_on = token.head
        if (
            noun.pos_ not in {"NOUN", "PROPN"}
            or noun.head not in {token, acted_on}
            or acted_on.pos_ not in _NOMINAL
        ):
            continue
        above, dep = acted_on.head, acted_on.dep_
        for child in list(acted_on.children):
            if child.i < noun.i:
                child.head = token if child.dep_ in {"mark", "cc", "punct", "case"} else noun
        token.head, token.dep_ = (token, "ROOT") if dep == "ROOT" else (above, dep)
        if token.dep_.startswith(("nsubj", "csubj")):
            token.dep_ = "ccomp"
        elif token.dep_.startswith(("obl", "nmod")):
            token.dep_ = "advcl"
        token.tag_ = "VBD"
        noun.head, noun.dep_ = token, "nsubj"
        acted_on.head, acted_on.dep_ = token, "obj"
        return True
    return False


def speaker_after_the_verb(words: Words) -> bool:
    """ "... is real," said a senior official": the speaker read as an object, and the subject looked for
    inside the quote. Right after a comma or a quotation mark and right before a noun phrase, a verb of saying
    has its subject behind it."""
    changed = False
    for verb in words:
        if verb.lower_ not in _SAYING or verb.pos_ != "VERB" or verb.i == words.start:
            continue
        before = verb.doc[verb.i - 1]
        speaker = next((c for c in verb.children if c.i > verb.i and c.pos_ in _NOMINAL), None)
        if before.text not in _END_OF_SPEECH or speaker is None or speaker.left_edge.i != verb.i + 1:
            continue
        if speaker.dep_ not in {"obj", "iobj", "obl:unmarked", "nsubj", "xcomp", "ccomp", "parataxis"}:
            continue
        left = [c for c in verb.children if c.i < verb.i and c.dep_ in {"nsubj", "nsubj:pass"}]
        inside = next((c for c in verb.children if c.i < verb.i and c.dep_ == "ccomp"), None)
        if speaker.dep_ == "nsubj" and not left:
            continue
        speaker.dep_ = "nsubj"
        for lost in left:
            lost.dep_ = "nsubj" if inside is not None else "ccomp"
            lost.head = inside if inside is not None else verb
        changed = True
    return changed


REPAIRS: Final[tuple[Callable[[Words], bool], ...]] = (
    past_tense_by_form,
    when_as_head,
    participle_with_finite_conjunct,
    conjunction_without_verb,
    sentence_without_verb,
    adjective_as_noun,
    noun_participle_name,
    speaker_after_the_verb,
)


def _is_participle(token: Token) -> bool:
    return (
        token.tag_ in {"VBN", "VBD"}
        and token.dep_ in {"acl", "advcl", "amod", "parataxis"}
        and token.head.pos_ in _NOMINAL
        and token.i > token.head.i
        and (token.lower_.endswith("ed") or token.tag_ == "VBD")
        and not any(c.dep_ in {"aux:pass", "aux", "obl:agent"} for c in token.children)
        and not any(g.lower_ == "by" for c in token.children if c.dep_ == "obl" for g in c.children)
    )


def _has_finite_aux(token: Token) -> bool:
    return any(c.dep_ in {"aux", "aux:pass", "cop"} and c.tag_ in _FINITE for c in token.children)


def _in_relative(token: Token, root: Token) -> bool:
    while token.head != token and token != root:
        if token.dep_ in {"acl:relcl", "ccomp", "advcl"}:
            return True
        token = token.head
    return False


def _promote(verb: Token, noun: Token) -> None:
    """Make `verb` the head of the clause and `noun` its subject."""
    above, dep = noun.head, noun.dep_
    if dep == "ROOT":
        verb.head, verb.dep_ = verb, "ROOT"
    else:
        verb.head, verb.dep_ = above, ("advcl" if dep.startswith(("obl", "nmod")) else dep)
    verb.tag_ = "VBD"
    noun.head, noun.dep_ = verb, "nsubj"
    for child in list(noun.children):
        if child.i > verb.i and child.dep_ in _OF_THE_VERB:
            child.head = verb
            if child.tag_ == "VBG":
                child.dep_ = "advcl"
        if child.dep_ in {"mark", "advmod"} and child.i < noun.i and child.lower_ in _CONJUNCTIONS | {"that"}:
            child.head, child.dep_ = verb, "mark"
