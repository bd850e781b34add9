"""What titles ask of a clause: its verb as it is told, the clause above it, what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from timeline.events.lexicon import lexicon
from timeline.events.wording import SHORT, joined
from timeline.language import Clause, clause_of, governor

if TYPE_CHECKING:
    from spacy.tokens import Token

_QUALIFIERS: Final = frozenset(
    "not n't never neither nor reportedly allegedly supposedly purportedly apparently almost nearly barely"
    " hardly partly only".split()
)
_AUXILIARIES: Final = frozenset("be have do get".split())
#: What stands before a surname and belongs to it.
_PARTICLES: Final = frozenset("al el bin ben ibn abu von van der de da di dos la le".split())
#: Words before a gerund that make it part of the clause above: "aims of freeing the hostages".
_GOVERNING: Final = frozenset("of on for from without in by to against about with into".split())
#: Markers of a clause that is not told, but what the clause above depends on.
_CONDITIONS: Final = frozenset({"if", "unless", "until", "once", "lest"})


def is_open(clause: Clause, rest: Sequence[Token]) -> bool:
    """True if what a title says so far lacks the object: "officials they did not name", "chose to block"."""
    if not rest:
        return True
    below = [
        c for c in clause.head.children if c.dep_ == "xcomp" and c.pos_ == "VERB" and c.i > clause.head.i
    ]
    return len(below) == 1 and rest[-1] == below[0]


def spoken_of(clause: Clause) -> Token | None:
    """The noun that is the doer of what a relative clause says: "the plan they say failed"."""
    head = clause.head
    if head.dep_ != "acl:relcl" or head.head.pos_ not in {"NOUN", "PROPN"}:
        return None
    told = next((c for c in head.children if c.dep_ == "ccomp" and c.i > head.i), None)
    if told is None or any(c.dep_ in {"nsubj", "nsubj:pass", "csubj", "expl"} for c in told.children):
        return None
    return head.head


def only_bounds(verb: Token) -> bool:
    """True for "the truce that ended last week": without its date that says nothing."""
    words = lexicon()
    return words.lemma(verb) in words.begin | words.end | words.happen and clause_of(verb).objects == ()


def gap_of(clause: Clause) -> Token | None:
    """The noun that a relative clause leaves its object's place to: "officials they did not name"."""
    head = clause.head
    own = [c for c in head.children if c.dep_ in {"nsubj", "nsubj:pass"}]
    if head.dep_ != "acl:relcl" or not own or own[0].tag_ in {"WDT", "WP"} or clause.passive:
        return None
    relative = [c for c in head.children if c.tag_ in {"WDT", "WP", "WRB", "IN"} and c.i < own[0].i]
    if any(c.dep_ != "obj" for c in relative) or any(
        c.dep_ in {"obj", "ccomp"} and c.i > head.i for c in head.children
    ):
        return None
    return head.head if head.head.pos_ in {"NOUN", "PROPN"} else None


def is_report(verb: Token) -> bool:
    words = lexicon()
    return words.kind(words.verbs.get(words.lemma(verb), "")).report


def is_of(token: Token) -> bool:
    return any(c.lower_ == "of" and c.dep_ == "case" for c in token.children)


def is_case_of(child: Token, head: Token) -> bool:
    """True for what stands before a phrase and its preposition: "because" of "because of the fog"."""
    if child.lower_ in {"least", "most"}:
        return False  # "at least nine"
    return child.i < head.i and child.dep_ != "nmod:poss" and any(g.dep_ == "case" for g in child.children)


def is_there(clause: Clause) -> bool:
    """True for "there was no way out"."""
    subject, head = clause.subject, clause.head
    return subject is not None and subject.i > head.i and any(c.dep_ == "expl" for c in head.children)


def is_told_apart(noun: Token) -> bool:
    """True for "Israeli bombardment" and "truce talks", not for "recent proposal"."""
    return any(
        c.dep_ in {"compound", "nmod:poss"} or c.text[:1].isupper() for c in noun.children if c.i < noun.i
    )


def is_named(token: Token) -> bool:
    return any(t.pos_ == "PROPN" for t in token.subtree)


def shorter_names(token: Token) -> Iterator[str]:
    """ "Ismail Haniyeh" for "Hamas' leader, Ismail Haniyeh", "Blinken" for "Antony Blinken"."""
    for person in [token, *(c for c in token.children if c.dep_ == "appos")]:
        if person.ent_type_ == "PERSON":
            parts = [person, *(c for c in person.children if c.dep_ == "flat")]
            if person != token:
                yield " ".join(t.text for t in parts)
            if parts[-2:-1] and parts[-2].lower_ not in _PARTICLES:
                yield parts[-1].text


def to_come(title: str, verb: str) -> str:
    """ "They freed the hostages" -> "They to free the hostages", for what has not happened."""
    past = re.compile(rf"\b{re.escape(lexicon().past_form(verb))}\b", re.I)
    return past.sub(f"to {lexicon().infinitive(verb)}", title, count=1)


def clause_above(clause: Clause) -> Iterator[tuple[Clause, bool]]:
    """The clauses that tell what one without a verb of its own cannot, the uppermost first; and whether they
    are its own: "Israel plans to send troops" for "send". Nothing if it stands alone."""
    found: list[tuple[Clause, bool]] = []
    for _ in range(4):
        base = clause.head
        while base.dep_ == "conj" and base.tag_ in {"VB", "VBG"} and base.head.tag_ == base.tag_:
            base = base.head
        marks = {c.lower_ for c in base.children if c.dep_ in {"mark", "case"} and c.i < base.i}
        infinitive = clause.infinitive or clause_of(base).infinitive
        gerund = base.tag_ == "VBG" and bool(marks & _GOVERNING)
        condition = base.dep_ in {"advcl", "acl"} and bool(marks & _CONDITIONS)
        someone = base.head.pos_ in {"PRON", "DET"} and base.head.tag_ not in {"WDT", "WP"}
        condition = condition or (base.dep_.startswith("acl") and someone)  # "those held by rebels"
        if not (condition or gerund or (infinitive and base.dep_ in _DEPENDENT)):
            break
        upper = governor(base.head) if base.head != base else None
        if upper is None or upper == clause.head:
            break
        above = clause_of(upper)
        controlled = base.dep_ == "xcomp" and not any(o.i < base.i for o in above.objects)
        if controlled and above.subject is None:
            break
        clause = above
        if upper.tag_ != "VBG" or not _is_open_question(upper):
            found.append((above, controlled and (not found or found[-1][1])))
    yield from reversed(found)


def _is_open_question(gerund: Token) -> bool:
    """True for "accused of hiding", "kept from crossing": it need not have been done."""
    before = {c.lower_ for c in gerund.children if c.dep_ in {"mark", "case"} and c.i < gerund.i}
    return bool(before & {"of", "from", "for", "against", "without", "about"})


_DEPENDENT: Final = frozenset({"xcomp", "acl", "advcl", "ccomp", "csubj"})


def verb_group(clause: Clause) -> str:
    head = clause.head
    aux = [c for c in head.children if c.dep_ in {"aux", "aux:pass", "cop"} and c.i < head.i]
    aux = [a for a in aux if a.tag_ == "MD" or a.lemma_ in _AUXILIARIES or len(a) < 4]
    if aux:  # "the next move will be to send troops"
        aux += [c for c in head.children if c.dep_ == "mark" and c.lower_ == "to" and c.i < head.i]
    hedges = qualifiers(head)
    if head.dep_ in {"acl", "advcl", "conj"} and head.tag_ == "VBG" and not aux:
        verb = lexicon().lemma(head)
        if not clause.negated:
            return joined([*(written(t) for t in hedges), lexicon().past_form(verb)])
        denied = [written(t) for t in hedges] or ["not"]  # "without reaching a deal"
        return joined(["did", *denied, verb])
    if head.tag_ == "VB" and not aux and clause.infinitive and not is_finite_conjunct(head):
        return joined([*(written(t) for t in hedges), "to", head.lower_])
    noun = [] if head.pos_ == "VERB" else [t for t in core(head) if t.dep_ not in {"cop", "aux", "mark"}]
    words = sorted({*aux, *hedges, *noun, head}, key=lambda t: t.i)
    return joined(written(t) for t in words)


def is_finite_conjunct(head: Token) -> bool:
    """True for "continue" of "have fallen and continue to fall"."""
    return head.dep_ == "conj" and head.head.tag_ != "VB" and not any(c.tag_ == "TO" for c in head.children)


def qualifiers(head: Token) -> list[Token]:
    """The words before a verb that deny or hedge it: "not", "no longer", "allegedly". A title without them
    says something else. "Not only" denies nothing."""
    found = []
    for child in head.children:
        if child.i > head.i:
            continue
        if child.lower_ in _QUALIFIERS and child.nbor(1).lower_ != "only":
            found.append(child)
        elif child.lower_ == "longer" and child.i > 0 and child.nbor(-1).lower_ == "no":
            found += [child.nbor(-1), child]
    return found


def written(token: Token) -> str:
    """A word in full: "will" for "'ll"."""
    if token.lower_ == "'d" and token.tag_ == "MD":
        return "would"
    return SHORT.get(token.lower_, token.text)


def core(head: Token) -> list[Token]:
    """A phrase cut to the bone: its head with what stands before it and one complement with "of"."""
    keep = {"det", "amod", "compound", "nummod", "nmod:poss", "case", "flat", "nmod:desc", "mark", "advmod"}
    found = [head]
    for child in head.children:
        if child.dep_ in keep and (child.i < head.i or child.dep_ == "flat"):
            found += child.subtree
        elif child.dep_ == "nmod" and any(c.lower_ == "of" for c in child.children):
            found += core(child)
        elif child.dep_ == "punct" and child.text == "-":
            found.append(child)
    return sorted(set(found), key=lambda t: t.i)


def is_under(token: Token, head: Token) -> bool:
    return token == head or head in token.ancestors
