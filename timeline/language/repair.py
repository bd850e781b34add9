"""Repairs of the parse: a few mistakes a small parser makes in news, each with the shape it is known by.

English "-ed" forms are past tense or participle, and a parser that takes a main verb for a participle loses
the whole clause. Each repair is a function from a sentence to True if it changed the tree; they run once,
right after parsing, and know nothing of any text but its shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final, cast

from timeline.language.repair_clauses import (
    clause_before_the_main_one,
    clause_without_a_mark_first,
    object_behind_its_verb,
    participle_as_subject,
    participle_before_its_subject,
    participle_joined_to_a_noun,
    past_after_a_conjunction,
    past_form_of_a_noun,
    plural_that_is_a_verb,
    sentence_headed_by_its_subject,
    subject_after_a_fronted_phrase,
    verb_after_a_participle,
)
from timeline.language.repair_phrases import (
    class_by_tag,
    infinitive_of_the_one_told,
    names_start_with_their_head,
    noun_before_the_object,
    particle_as_preposition,
    preposition_inside_a_compound,
    time_before_its_noun,
    town_and_land_before_their_noun,
)
from timeline.language.repair_speech import (
    speaker_after_the_verb,
    speaker_at_the_end,
    speech_around_the_speaker,
    speech_before_the_speaker,
    subject_of_what_is_said,
    the_one_told_after_the_verb,
)
from timeline.language.repair_subjects import (
    list_read_as_an_apposition,
    noun_before_its_verb,
    object_before_a_verb,
    pronoun_of_what_is_said,
    relative_clause_with_its_object,
    two_subjects_in_a_row,
    verb_joined_to_the_verb_of_saying,
    verb_tagged_as_a_noun,
)
from timeline.language.repair_words import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON"})
#: Dependents that go over to the verb when it is found to be one.
_OF_THE_VERB: Final = frozenset(
    {"obj", "obl", "obl:unmarked", "advcl", "acl", "ccomp", "xcomp", "punct", "advmod"}
)
_CONJUNCTIONS: Final = frozenset({"when", "after", "while", "because", "although", "since", "before", "as"})


class _Once:
    """A sentence whose words are made once: spaCy makes new ones each time it is asked."""

    def __init__(self, words: Words) -> None:
        self._words, self._tokens = words, list(words)
        self.doc, self.start, self.end = words.doc, words.start, words.end

    def __iter__(self) -> Iterator[Token]:
        return iter(self._tokens)

    def __getitem__(self, n: int) -> Token:
        return self._tokens[n]

    @property
    def root(self) -> Token:
        return self._words.root

    @property
    def ents(self) -> Iterable[Words]:
        return self._words.ents


def repair(words: Words) -> None:
    """Apply every repair to one sentence."""
    once = cast("Words", _Once(words))
    speech = any(token.lower_ in lexicon().speech for token in once)
    for mend in REPAIRS:
        if (speech or mend not in _OF_SPEECH) and mend(once):
            _without_circles(once)  # at once: the next repair climbs the tree


def _without_circles(words: Words) -> None:
    """No word hangs on itself, whatever repairs made of a text that is no language: a circle is cut, and its
    word hung on the head of the sentence."""
    done: set[int] = set()
    for start in words:
        path: dict[int, Token] = {}
        token = start
        while token.i not in done and token.i not in path:
            path[token.i] = token
            token = token.head
        if token.i in path and token.head.i != token.i:
            head = next((t for t in words if t.head.i == t.i), token)
            token.head, token.dep_ = head, "dep" if head.i != token.i else "ROOT"
        done |= path.keys()


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
        elif token.tag_ == "VBP" and token.lower_ in lexicon().strong:
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
        if any(c.dep_ == "cop" for c in when.children):
            continue  # "which is why the project failed"
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
    found: list[Token] = []
    for token in words:
        if _is_participle(token) and token.i > root.i and not _has_relative(token):
            before = words.doc[token.i - 1]
            opens = before.text == "," or (token.head == root and before.pos_ in _NOMINAL)
            if opens or (found and token.head in (root, found[0])):
                found.append(token)
    if not found:
        return False
    opens = words.doc[found[0].i - 1].text == ","  # "The ferry, overloaded with pilgrims, capsized"
    later = [t for t in found[1:] if (words.doc[t.i - 1].text == ",") == opens and not _joined(t)]
    verb = later[-1] if later else found[0]
    _promote(verb, root)
    return True


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
        if token.pos_ != "ADJ" or token.lower_ not in lexicon().ive or token.i == words.start:
            continue
        noun = token.doc[token.i - 1]
        after = token.doc[token.i + 1] if token.i + 1 < words.end else None
        if noun.pos_ == "NOUN" and noun.head == token and noun.dep_ == "compound":
            token.tag_, token.pos_ = "NN", "NOUN"
            token.dep_ = "obj" if token.dep_ == "xcomp" else token.dep_
            return True
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


REPAIRS: Final[tuple[Callable[[Words], bool], ...]] = (
    class_by_tag,
    past_tense_by_form,
    verb_tagged_as_a_noun,
    noun_before_its_verb,
    two_subjects_in_a_row,
    list_read_as_an_apposition,
    pronoun_of_what_is_said,
    object_before_a_verb,
    relative_clause_with_its_object,
    particle_as_preposition,
    preposition_inside_a_compound,
    town_and_land_before_their_noun,
    time_before_its_noun,
    noun_before_the_object,
    when_as_head,
    participle_with_finite_conjunct,
    conjunction_without_verb,
    past_after_a_conjunction,
    the_one_told_after_the_verb,
    sentence_without_verb,
    plural_that_is_a_verb,
    adjective_as_noun,
    noun_participle_name,
    participle_as_subject,
    verb_after_a_participle,
    sentence_headed_by_its_subject,
    clause_before_the_main_one,
    clause_without_a_mark_first,
    participle_before_its_subject,
    subject_after_a_fronted_phrase,
    subject_of_what_is_said,
    participle_joined_to_a_noun,
    past_form_of_a_noun,
    object_behind_its_verb,
    speaker_after_the_verb,
    speaker_at_the_end,
    speech_around_the_speaker,
    speech_before_the_speaker,
    infinitive_of_the_one_told,
    verb_joined_to_the_verb_of_saying,
    names_start_with_their_head,
)

#: Repairs that change nothing in a sentence without a verb of saying.
_OF_SPEECH: Final = frozenset(
    {
        speaker_after_the_verb,
        speaker_at_the_end,
        speech_around_the_speaker,
        speech_before_the_speaker,
        subject_of_what_is_said,
        the_one_told_after_the_verb,
        verb_joined_to_the_verb_of_saying,
    }
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


def _has_relative(token: Token) -> bool:
    return any(c.tag_ == "WDT" and c.dep_ != "mark" for c in token.children)


def _joined(token: Token) -> bool:
    return any(c.dep_ in {"cc", "mark"} for c in token.children)


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
