"""The clause view: who does what to whom, whatever the parser calls its labels.

A `Clause` is one predicate with its subject, objects and obliques, its polarity, modality and tense.
Subjects are found through control, coordination, participles and
relative pronouns; where the parser lost one, the noun phrase that stands before the verb takes its place.
Labels here are Universal Dependencies, the shipped model's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from timeline.model import Tense

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

_SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass", "csubj", "nsubj:outer", "expl"})
_NOUNS: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})
_RELATIVES: Final = frozenset({"who", "which", "that", "whom", "whose", "where", "when"})
_NEGATIONS: Final = frozenset({"not", "n't", "never", "no", "neither", "nor", "hardly", "barely", "without"})
_NOBODY: Final = frozenset({"nobody", "none", "nothing", "no-one"})
_FUTURE: Final = frozenset({"will", "shall", "'ll", "wo"})
_CONDITIONAL: Final = frozenset({"would", "could", "may", "might", "should", "can", "must", "'d", "ca"})
#: Dependents that stay outside a phrase when it is cut out: they say more about it, not what it is.
_ASIDES: Final = frozenset({"acl:relcl", "appos", "parataxis", "punct", "conj", "cc", "dep", "discourse"})


#: Dependents of a noun that is a predicate ("it was a raid") which belong to the clause, not to the noun.
_CLAUSAL: Final = _SUBJECTS | frozenset(
    {"cop", "aux", "mark", "advcl", "advmod", "obl", "ccomp", "conj", "cc"}
)


@dataclass(frozen=True, eq=False)
class Clause:
    """One predicate and what hangs on it. Tokens are spaCy's; places come from the `Sentence`."""

    head: Token
    """The predicate: a verb, or the noun or adjective after a copula."""
    subject: Token | None
    """Head of the subject phrase; the one acted on if `passive`. Relative pronouns are replaced."""
    passive: bool
    objects: tuple[Token, ...]
    """Heads of direct and indirect objects."""
    obliques: tuple[tuple[str, Token], ...]
    """(preposition, head of the phrase); the preposition is empty for bare ones."""
    agent: Token | None
    """Head of the by-phrase of a passive."""
    particle: str
    """"off" of "set off", else empty."""
    negated: bool
    modal: str
    """The modal verb, lower case: `will`, `would`, `may` ...; empty if none."""
    infinitive: bool
    """True for "to attack" and for bare infinitives under a modal-free head."""
    participle: bool
    """True for a clause without a finite verb of its own: "killing two", "seized by militants"."""
    tense: Tense
    perfect: bool
    """True for "has rejected", "had rejected"."""
    conditional: bool
    """True inside an if- or unless-clause."""


def clauses(words: Words) -> Iterator[Clause]:
    """Every clause of a sentence, in the order of its predicates."""
    for token in words:
        if is_predicate(token):
            yield clause_of(token)


def is_predicate(token: Token) -> bool:
    """True for verbs that head a clause, and for nouns and adjectives with a copula."""
    if token.pos_ == "VERB":
        if token.text[:1].isupper() and token.i > token.sent.start and token.nbor(-1).is_alpha:
            return False  # a name taken for a verb
        return token.dep_ not in {
            "amod",
            "compound",
            "case",
            "mark",
            "aux",
            "aux:pass",
            "cop",
            "fixed",
            "flat",
        }
    return any(child.dep_ == "cop" for child in token.children)


def clause_of(head: Token) -> Clause:
    """The clause of one predicate."""
    aux = [c for c in head.children if c.dep_ in {"aux", "aux:pass", "cop"}]
    modal = next((a.lower_ for a in aux if a.tag_ == "MD" or a.lower_ == "'ll"), "")
    passive = _is_passive(head)
    obliques = tuple(
        (_case(c), c) for c in head.children if c.dep_.startswith(("obl", "nmod")) and c.dep_ != "nmod:poss"
    )
    agent = next((t for prep, t in obliques if passive and prep == "by"), None)
    finite = _is_finite(head, aux)
    return Clause(
        head=head,
        subject=subject_of(head, passive=passive, finite=finite),
        passive=passive,
        objects=_objects(head),
        obliques=tuple(o for o in obliques if o[1] != agent),
        agent=agent,
        particle=next((c.lower_ for c in head.children if c.dep_ == "compound:prt"), ""),
        negated=_is_negated(head),
        modal=modal,
        infinitive=not finite and (head.tag_ == "VB" or any(c.tag_ == "TO" for c in head.children)),
        participle=not finite
        and head.tag_ in {"VBG", "VBN"}
        and not any(c.tag_ == "TO" for c in head.children),
        tense=_tense(head, aux, modal),
        perfect=any(a.lemma_ == "have" or a.lower_ in {"'ve", "has", "had", "have"} for a in aux),
        conditional=_is_conditional(head),
    )


def subject_of(head: Token, *, passive: bool, finite: bool) -> Token | None:
    """Head of the subject, found through control, coordination and participles; None if there is none."""
    own = [c for c in head.children if c.dep_ in _SUBJECTS and c.dep_ != "expl"]
    if own:
        return _resolved(own[0], head)
    if head.dep_ in {"acl", "acl:relcl"}:
        relative = [c for c in head.children if c.lower_ in _RELATIVES]
        if head.dep_ == "acl" and any(c.dep_ in {"mark", "case"} and c.tag_ == "IN" for c in head.children):
            return None  # "aims of freeing the hostages": aims free nobody
        if head.dep_ == "acl" or not relative:
            return head.head if head.head.pos_ in _NOUNS else None
    if head.dep_ == "conj" and is_predicate(head.head):
        above = head.head
        upper = [c for c in above.children if c.dep_ in {"aux", "aux:pass", "cop"}]
        return subject_of(above, passive=_is_passive(above), finite=_is_finite(above, upper))
    if head.dep_ == "xcomp":
        objects = [c for c in head.head.children if c.dep_ in {"obj", "iobj"}]
        if objects:
            return objects[0]
        return subject_of(head.head, passive=False, finite=finite)
    if head.dep_ == "ccomp" and finite and head.head.dep_ == "acl:relcl":
        return head.head.head  # "the text, which critics said was too weak"
    if head.dep_ == "ccomp" and finite:
        taken = [c for c in head.head.children if c.dep_ == "obj" and c.i < head.i]
        if taken:  # "says the firm, based in Oslo, must pay", the firm read as what is said
            return taken[0]
    if head.dep_ in {"advcl", "parataxis"} and not finite and is_predicate(head.head):
        acted_on = [c for c in head.head.children if c.dep_ == "obj" and c.i < head.i]
        if acted_on and any(c.lower_ in {"of", "from"} for c in head.children if c.i < head.i):
            return acted_on[0]  # "stopped the lorry from crossing the bridge"
        return subject_of(head.head, passive=False, finite=False)
    return _before(head) if finite else None


def governor(token: Token) -> Token | None:
    """The nearest predicate above a token (the token itself if it is one), or None."""
    for above in [token, *token.ancestors]:
        if is_predicate(above):
            return above
    return None


def tense_of(token: Token) -> Tense | None:
    """The tense of the clause a token stands in; what decides which way "Saturday" looks.

    A participle has the tense of the clause above it. An infinitive looks ahead ("plans to send troops"),
    unless the verb above is past and not one of planning ("managed to send").
    """
    head = governor(token)
    if head is None:
        return None
    clause = clause_of(head)
    above = governor(head.head) if head.head != head else None
    if above is None or clause.modal:
        return clause.tense
    if clause.participle:
        return tense_of(above)
    if clause.infinitive:
        upper = clause_of(above).tense
        return Tense.FUTURE if upper is not Tense.PAST or above.lemma_ in _LOOKING_AHEAD else upper
    return clause.tense


_LOOKING_AHEAD: Final = frozenset(
    "plan expect schedule set due intend want agree vow promise threaten hope seek decide order".split()
)


def phrase(head: Token, *, aside: bool = False) -> list[Token]:
    """The tokens of a noun phrase in order: its subtree without relative clauses, appositions and long
    coordinated phrases (with them if `aside`)."""
    found: list[Token] = []

    predicate = any(c.dep_ == "cop" for c in head.children)

    def take(token: Token) -> None:
        found.append(token)
        for child in token.children:
            if token == head and predicate and child.dep_ in _CLAUSAL:
                continue
            if (
                child.i > token.i
                and child.dep_ in {"nmod", "obl", "amod", "acl", "nmod:unmarked"}
                and _after_comma(child)
            ):
                continue
            if child.dep_ == "conj" and _is_short_name(token, child):
                found.extend(child.subtree)
                continue
            if aside or child.dep_ not in _ASIDES or (child.dep_ == "punct" and child.text == "-"):
                take(child)

    take(head)
    return sorted(found, key=lambda t: t.i)


def _after_comma(token: Token) -> bool:
    left = token.left_edge.i - 1
    return left >= token.sent.start and token.doc[left].text in {",", "--", "—", "–"}


def _is_short_name(token: Token, conjunct: Token) -> bool:
    """True for the second half of "the US and Israel", "women and children"."""
    if token.pos_ not in _NOUNS or conjunct.pos_ not in _NOUNS:
        return False
    below = list(conjunct.subtree)
    return len(below) <= 6 and not any(t.dep_ in {"acl:relcl", "acl", "advcl", "parataxis"} for t in below)


def _is_passive(head: Token) -> bool:
    if any(c.dep_ in {"aux:pass", "nsubj:pass"} for c in head.children):
        return head.tag_ in {"VBN", "VBD"} and any(
            c.dep_ == "aux:pass" and c.lemma_ in {"be", "get"} for c in head.children
        )
    return head.dep_ == "acl" and head.tag_ == "VBN"


def _is_finite(head: Token, aux: list[Token]) -> bool:
    if any(a.tag_ in {"MD", "VBD", "VBZ", "VBP"} for a in aux):
        return True
    if head.tag_ in {"VBD", "VBZ", "VBP"}:
        return True
    return (
        head.tag_ == "VBN" and not aux and head.dep_ in {"ROOT", "ccomp"}
    )  # a past tense read as participle


def _objects(head: Token) -> tuple[Token, ...]:
    found = [c for c in head.children if c.dep_ in {"obj", "iobj"}]
    if head.dep_ == "acl:relcl":  # "the hostages that Hamas returned"
        relative = [c for c in head.children if c.lower_ in _RELATIVES and c.dep_ == "obj"]
        found = [head.head if t in relative else t for t in found]
    return tuple(found)


def _tense(head: Token, aux: list[Token], modal: str) -> Tense:
    if modal in _FUTURE or (modal in _CONDITIONAL and not any(a.lemma_ == "have" for a in aux)):
        return Tense.FUTURE
    before = (a for a in head.children if a.i < head.i and a.nbor().lower_ == "to")
    if any(a.lower_ in {"going", "about"} for a in before):
        return Tense.FUTURE  # "is about to leave", not "left about noon"
    tags = {a.tag_ for a in aux} | ({head.tag_} if head.tag_.startswith("V") else set())
    if "VBD" in tags or any(a.lower_ in {"had", "was", "were", "did"} for a in aux):
        return Tense.PAST
    if head.tag_ == "VBN" and (not aux or any(a.lemma_ == "have" for a in aux)):
        return Tense.PAST
    if head.tag_ == "VB" and not aux:
        return Tense.FUTURE
    return Tense.PRESENT


def _is_negated(head: Token) -> bool:
    if any(c.lower_ in _NEGATIONS and c.dep_ != "det" and not _is_not_only(c) for c in head.children):
        return True
    if any(c.lower_ == "longer" and c.nbor(-1).lower_ == "no" for c in head.children if c.i > 0):
        return True
    arguments = [c for c in head.children if c.dep_ in {"obj", "nsubj", "nsubj:pass"}]
    return any(a.lower_ in _NOBODY or any(_is_no(d) for d in a.children) for a in arguments)


def _is_no(token: Token) -> bool:
    """True for the "no" of "no deal", not for that of "no fewer than 40"."""
    after = token.i + 1
    counts = after < len(token.doc) and token.doc[after].lower_ in {"more", "fewer", "less"}
    return token.lower_ == "no" and not counts


def _is_not_only(token: Token) -> bool:
    after = token.i + 1
    return after < len(token.doc) and token.doc[after].lower_ == "only"


def _is_conditional(head: Token) -> bool:
    for token in [head, *head.ancestors]:
        if token.dep_ in {"advcl", "ccomp"} or token == head:
            marks = {c.lower_ for c in token.children if c.dep_ in {"mark", "advmod"}}
            if marks & {"if", "unless", "whether"}:
                return True
            if marks & {"until", "till"} and any(c.lower_ in _FUTURE for c in token.head.children):
                return True  # "it will wait until they agree"
        if token.dep_ not in {"advcl", "conj", "xcomp", "ccomp", "obj", "nmod", "obl", "acl"}:
            break
    return False


def _case(token: Token) -> str:
    return " ".join(c.lower_ for c in token.children if c.dep_ == "case" and c.i < token.i)


def _resolved(subject: Token, head: Token) -> Token:
    """A relative pronoun's noun, or the subject itself.

    Where the parser hung the clause elsewhere, the noun is found by position: right before "that", or at
    the top of the phrase before ", which".
    """
    if subject.lower_ not in _RELATIVES or subject.tag_ not in {"WDT", "WP", "IN", "DT"}:
        return subject
    if head.dep_.startswith("acl") and head.head.pos_ in _NOUNS:
        return head.head
    left = subject.i - 1
    doc = subject.doc
    comma = left >= 0 and doc[left].text == ","
    while left > subject.sent.start and (doc[left].text == "," or doc[left].pos_ == "ADV"):
        left -= 1
    if left < subject.sent.start or doc[left].pos_ not in {"NOUN", "PROPN"}:
        return subject
    noun = doc[left]
    while comma and noun.dep_ == "nmod" and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    return noun


def _before(head: Token) -> Token | None:
    """The noun phrase before a finite verb whose subject the parser lost: nearest first, no preposition."""
    sentence = head.sent
    for token in reversed([t for t in sentence if t.i < head.i]):
        if token.pos_ == "VERB" and token.tag_ in {"VBD", "VBZ", "VBP"}:
            return None
        if (
            token.pos_ in {"NOUN", "PROPN", "PRON"}
            and token.dep_ not in {"compound", "flat", "nmod", "nmod:poss", "nmod:desc", "appos", "conj"}
            and not any(c.dep_ == "case" for c in token.children)
        ):
            return token
    return None
