"""Repairs inside phrases: names, compounds, particles, and what an infinitive hangs on. See `repair`."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from timeline.language.gazetteer import PERSON, gazetteer
from timeline.language.repair_clauses import SUBJECTS
from timeline.language.repair_words import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOUNS: Final = frozenset({"NOUN", "PROPN"})
_BEFORE_A_NOUN: Final = frozenset({"compound", "amod", "nummod", "nmod:unmarked", "nmod:desc", "flat"})
_ARTICLES: Final = frozenset({"the", "a", "an"})
#: Amounts of money hang on their sign.
_MONEY: Final = frozenset("$ € £ ¥ euros dollars pounds".split())


def class_by_tag(words: Words) -> bool:
    """ "Ranchers say the fees will ruin them": tagged as a verb and used as one, yet called a noun. And
    "There have been attempts": what has no other verb to help is no auxiliary."""
    changed = False
    for token in words:
        if token.pos_ == "VERB" or not token.tag_.startswith("VB"):
            continue
        if token.pos_ == "AUX":
            if token.dep_ in {"ROOT", "ccomp", "conj"} and any(c.dep_ == "expl" for c in token.children):
                token.pos_ = "VERB"
                changed = True
            continue
        used = token.dep_ in {"ROOT", "ccomp", "advcl", "acl:relcl"} and token.tag_ in _FINITE | {"VB"}
        if used and any(c.dep_ in {"nsubj", "obj"} for c in token.children):
            token.pos_ = "VERB"
            changed = True
    return changed


def preposition_inside_a_compound(words: Words) -> bool:
    """ "Three held in Malaga over a drugs haul": "Three" read as a part of "haul". What stands before a
    preposition is no part of the noun after it."""
    for token in words:
        noun = token.head
        if token.dep_ not in {"compound", "nummod"} or noun.i < token.i or noun.dep_ == "compound":
            continue
        if token.pos_ not in _NOUNS and token.text not in _MONEY:
            continue
        cases = [t for t in words.doc[token.i + 1 : noun.i] if t.dep_ == "case" and t.tag_ in {"IN", "TO"}]
        if any(
            t.tag_ == "HYPH" or t.text == "-" or t.lower_ == token.lower_
            for t in words.doc[token.i + 1 : noun.i]
        ):
            continue  # "day-to-day running", "door to door sales"
        if not cases or not all(c.head == noun or c.head.head == noun or c.head.head == token for c in cases):
            continue
        _swap(token, noun, "obl" if token.dep_ in {"obj", "nsubj"} else "nmod")
        verb = token.head
        if noun.dep_ == "obl":
            noun.head = verb
        for child in list(noun.children):
            if child.i < token.i:
                child.head = token
        for case in cases:
            if case.head != noun and case.head.i < noun.i:
                case.head.head, case.head.dep_ = noun, "nummod" if case.head.tag_ == "CD" else "compound"
                case.head = noun
        return True
    return False


def town_and_land_before_their_noun(words: Words) -> bool:
    """ "at the Cupertino, California event": "event" hung on the town, or on nothing. A town with an article
    before it and its land behind it says where the noun after them is."""
    for town in words:
        if town.pos_ != "PROPN" or not any(c.dep_ == "det" and c.lower_ in _ARTICLES for c in town.children):
            continue
        after = [t for t in words if t.i > town.i]
        name = list(takewhile(lambda t: t.pos_ == "PROPN" and t.dep_ == "flat", after))
        comma, *behind = after[len(name) :] or [town]
        land = list(takewhile(lambda t: t.pos_ == "PROPN" and t.text[0].isupper(), behind))
        nouns = list(takewhile(lambda t: t.pos_ in _NOUNS and t.text.islower(), behind[len(land) :]))
        if comma.text != "," or not land or not nouns or nouns[-1] in town.ancestors:
            continue
        if town.head in (*land, *nouns[:-1]):
            continue
        noun = nouns[-1]
        for child in list(town.children):
            if child.dep_ in {"det", "case"}:
                child.head = noun
        _swap(noun, town, "compound")
        for token in (*land, *nouns[:-1]):
            token.head, token.dep_ = noun, "compound"
        comma.head, noun.pos_ = noun, "NOUN"
        return True
    return False


def time_before_its_noun(words: Words) -> bool:
    """ "By Friday afternoon firefighters had left": time and subject read as one phrase, and the subject
    lost. A time phrase ends at its last word of time, and a finite verb has a subject."""
    for noun in words:
        if noun.dep_ not in {"obl", "nmod"} or noun.pos_ not in _NOUNS:
            continue
        case = next((c for c in noun.children if c.dep_ == "case" and c.i == noun.left_edge.i), None)
        if case is None:
            continue
        verb = noun.head
        subject = any(c.dep_.startswith(("nsubj", "csubj", "expl")) for c in verb.children)
        if verb.i < noun.i or subject or not _is_finite(verb):
            continue
        parts = [t for t in noun.subtree if case.i < t.i < noun.i]
        time = next((t for t in reversed(parts) if _is_time(t)), None)
        if time is None or noun.lower_ in lexicon().times or noun.lower_ in {"attack", "massacre"}:
            continue
        if any(t.dep_ == "punct" or t.tag_ == "POS" for t in parts) or time.nbor(1).tag_ == "POS":
            continue
        if any(t.dep_ == "det" for t in parts if t.i < time.i):
            continue  # "in a Monday address"
        time.head, time.dep_ = verb, "obl"
        noun.dep_ = "nsubj:pass" if any(c.dep_ == "aux:pass" for c in verb.children) else "nsubj"
        for token in (case, *parts):
            if token.i < time.i and token.head in (noun, *(p for p in parts if p.i > time.i)):
                token.head = time
            elif token.i > time.i and token.head.i <= time.i:
                token.head = noun
        return True
    return False


def particle_as_preposition(words: Words) -> bool:
    """ "called off the final stage": the tagger sees the particle, the parser a preposition; or both see a
    preposition in a verb everybody knows, "laid off workers"."""
    changed = False
    for token in words:
        noun = token.head
        verb = noun.head
        if token.dep_ != "case" or verb.pos_ != "VERB" or token.i != verb.i + 1:
            continue
        if token.tag_ != "RP" and (verb.lemma_.lower(), token.lower_) not in lexicon().phrasal:
            continue
        if sum(c.dep_ == "case" for c in noun.children) > 1:
            continue
        token.head, token.dep_, token.tag_ = verb, "compound:prt", "RP"
        acted_on = any(c.dep_ in {"obj", "aux:pass"} for c in verb.children) or noun.lower_ in lexicon().times
        if noun.dep_ == "obl":
            noun.dep_ = "obl:unmarked" if acted_on else "obj"
        changed = True
    return changed


def noun_before_the_object(words: Words) -> bool:
    """ "You don't retrain a coal miner": two objects side by side, and nothing between them that would part
    them. The first says what kind of thing the second is."""
    changed = False
    for first in words:
        second = first.doc[first.i + 1] if first.i + 1 < words.end else first
        objects = first.dep_ == second.dep_ == "obj" and first.head == second.head and first != second
        if (
            not objects
            or {first.tag_, second.tag_} - {"NN", "NNS"}
            or first.tag_ != "NN"
            or any(c.i > first.i for c in first.children)
        ):
            continue
        for child in list(first.children):
            child.head = second
        first.head, first.dep_ = second, "compound"
        changed = True
    return changed


def infinitive_of_the_one_told(words: Words) -> bool:
    """ "ordered the company to pay", "forced it to close": the infinitive read as a purpose of the one who
    gives the order."""
    changed = False
    for token in words:
        if token.dep_ not in {"advcl", "obl"} or token.tag_ != "VB" or token.head.pos_ != "VERB":
            continue
        to = next((c for c in token.children if c.tag_ == "TO"), None)
        told = [c for c in token.head.children if c.dep_ in {"obj", "iobj"} and c.i < token.i]
        first = token.left_edge.i
        if to is None or to.i != first or not told or token.head.lemma_.lower() not in lexicon().telling:
            continue
        if told[-1].right_edge.i == first - 1 and told[-1].i > token.head.i:
            token.dep_ = "xcomp"
            changed = True
    return changed


def names_start_with_their_head(words: Words) -> bool:
    """ "Ana Lobo, the architect": a person's name hung on its last word, a part of it on a title or on the
    noun before it. Names of people hang on their first word, titles and such nouns hang on the name."""
    changed = False
    for name in words.ents:
        if name.label_ == PERSON and len(name) > 1:
            changed |= _hang_on_the_first(name)
        changed |= _one_subject(name[0])
    for token in words:
        if token.pos_ == "PROPN" and token.i > words.start:
            changed |= _free_of_title(token)
    return changed


def _hang_on_the_first(name: Words) -> bool:
    titles = gazetteer().titles
    start = next((n for n in range(len(name) - 1) if name[n].text not in titles and name[n].text != "."), -1)
    if name[-1].text in gazetteer().place_words | gazetteer().body_words or name[-1].tag_ == "NNPS":
        return False
    parts = [t for t in name[start:] if t.pos_ == "PROPN" and t.dep_ != "nmod:poss"]
    if len(parts) < 2 or len(parts) != len(name) - start or parts[-1].dep_ == "conj":
        return False
    first, inside = parts[0], {t.i for t in parts}
    if first.head.i not in inside and all(t.head == first for t in parts[1:]):
        return False
    head = next((t for t in parts if t.head.i not in inside or t.head == t), None)
    if head == first:
        return _gathered(first, parts[1:])
    if head is None:
        return False
    others = [t for t in parts if t.head.i not in inside and t != head]
    if any(o.head.i != head.head.i and o.dep_ not in _BEFORE_A_NOUN for o in others):
        return False
    _swap(first, head, "flat")
    for part in parts[1:]:
        part.head, part.dep_ = first, "flat"
        for child in list(part.children):
            child.head = first
    _with_description(first)
    return True


def _gathered(first: Token, parts: list[Token]) -> bool:
    """Hang on the first word what else of its name was hung on the word above it, whatever as."""
    loose = [t for t in parts if t.head == first.head and t.dep_ not in {"conj", "appos"} and t.head != t]
    for part in loose:
        part.head, part.dep_ = first, "flat"
    return bool(loose)


def _with_description(first: Token) -> None:
    """ "glaciologist Ann Lee" is Ann, and "the glaciologist Ann Lee" a glaciologist."""
    if first.i == first.sent.start:
        return
    noun = first.nbor(-1)
    if noun.head != first or noun.dep_ != "compound" or noun.pos_ not in _NOUNS:
        return
    before = [c for c in first.children if c.i < noun.i]
    if noun.pos_ == "PROPN" or not any(c.dep_ == "det" for c in before):
        noun.dep_ = "nmod:desc"
        return
    for child in before:
        child.head = noun
    _swap(noun, first, "appos")


def _one_subject(first: Token) -> bool:
    """ "Striker Ann Lee was hurt" has one subject, not the striker and Ann."""
    for noun in first.head.children:
        both = noun.dep_ == first.dep_ and first.dep_ in SUBJECTS
        if both and noun.i < first.i and noun.pos_ in _NOUNS and noun.right_edge.i == first.i - 1:
            if any(c.dep_ == "det" for c in noun.children):
                first.head, first.dep_ = noun, "appos"
            else:
                noun.head, noun.dep_ = first, "nmod:desc"
            return True
    return False


def _free_of_title(first: Token) -> bool:
    """Let a name that hangs on the title or the noun right before it stand for both: "Chief Justice Ann Lee"
    is Ann; but "the geographer Ann Lee" is a geographer."""
    noun = first.head
    if noun.i != first.i - 1 or noun.pos_ not in _NOUNS or first.dep_ not in {"flat", "appos", "compound"}:
        return False
    if noun.text not in gazetteer().titles or any(c.dep_ == "det" for c in noun.children):
        return False
    for child in list(noun.children):
        if child.i > first.i and child.dep_ != "flat":
            child.head = first
        elif child.i > first.i:
            child.head, child.dep_ = first, "flat"
    _swap(first, noun, "nmod:desc")
    return True


def _swap(new: Token, old: Token, dep: str) -> None:
    """`new` takes the place of `old`, which hangs on it from now on."""
    above, role = old.head, old.dep_
    new.head, new.dep_ = (new, "ROOT") if above == old else (above, role)
    old.head, old.dep_ = new, dep


def _is_time(token: Token) -> bool:
    after_month = token.tag_ == "CD" and token.i > 0 and token.nbor(-1).lower_ in lexicon().times | {"in"}
    return token.lower_ in lexicon().times or after_month


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in _FINITE or any(
        c.dep_ in {"aux", "aux:pass", "cop"} and c.tag_ in _FINITE for c in verb.children
    )
