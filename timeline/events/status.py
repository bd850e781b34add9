"""Did it happen? From tense, modality, negation, and the words above the trigger.

The words are in `lexicon.toml`; here is what they mean. Read from the inside out: the clause's own modal and
negation first, then what governs it ("plans to", "threat of", "failed to"), then its tense.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline.events.lexicon import lexicon
from timeline.events.triggers import Trigger
from timeline.language import Clause, clause_of, governor, is_predicate, phrase
from timeline.model import Status, Tense

if TYPE_CHECKING:
    from spacy.tokens import Token

_CERTAIN: Final = frozenset({"will", "shall", "'ll", "wo"})
#: Verbs that pass on their own status to the infinitive below: what one begins or manages to do, one does.
_IMPLY: Final = frozenset(
    "begin start continue manage help force keep go come allow lead cause proceed rush make let get able have"
    " find".split()
)
#: Of these the infinitive is only what may be, unless it is told in the past: "is able to", "was able to".
_MAY: Final = frozenset({"able", "have"})
#: Who denies these leaves it open: "did not rule out".
_OPEN: Final = frozenset("rule exclude oppose reject rebuff doubt postpone delay adjourn".split())
#: What somebody is accused of has not been proved: "accused of killing two".
_ACCUSE: Final = frozenset("accuse charge suspect indict blame suspicion accusation allegation".split())
#: "The first woman to win", "the only one to escape": that they did is known.
_RANKS: Final = frozenset("first last only latest second third youngest oldest".split())
_CIRCUMSTANCES: Final = frozenset(
    "after before during in at since following by until amid despite under near while as ahead".split()
) | {"because", "due", "over"}
_AHEAD: Final = frozenset({Status.PLANNED, Status.POSSIBLE, Status.THREATENED})
_LATER: Final = frozenset({"until", "before", "once", "unless", "if"})


def status_of(trigger: Trigger) -> Status:
    """The status of a trigger, as its own sentence gives it."""
    if trigger.token.sent.text.rstrip("\"')] ").endswith("?"):
        return Status.POSSIBLE
    return (
        _noun_status(trigger) if trigger.nominal else verb_status(trigger.clause or clause_of(trigger.token))
    )


def verb_status(clause: Clause, depth: int = 0) -> Status:
    """The status of what a clause tells."""
    words = lexicon()
    head = clause.head
    if clause.conditional:
        return Status.POSSIBLE
    if clause.negated:
        return Status.DENIED
    if clause.modal in _CERTAIN:
        return Status.PLANNED
    if clause.modal:
        backshifted = clause.modal == "would" and _under_past_speech(head)
        return Status.PLANNED if backshifted else Status.POSSIBLE
    if depth < 6 and (above := _from_above(head, clause, depth)) is not None:
        return above
    if clause.tense is Tense.FUTURE:
        return Status.PLANNED if not clause.infinitive else Status.POSSIBLE
    if clause.tense is Tense.PRESENT and not clause.perfect and not clause.participle:
        kind = words.verbs.get(words.lemma(head), "")
        if words.kind(kind).report and kind:
            return Status.OCCURRED
        if {c.lower_ for c in head.children if c.dep_ in {"mark", "advmod"}} & _LATER:
            return Status.POSSIBLE
        if clause.subject is None and any(t.lower_ in _LATER for t in head.sent if t.i < head.i):
            return Status.POSSIBLE  # "until it agrees to talks, withdraws its troops ..."
        return Status.ONGOING
    return Status.OCCURRED


def _from_above(head: Token, clause: Clause, depth: int) -> Status | None:
    """What the governing word makes of a clause without a tense of its own; None if nothing."""
    words = lexicon()
    if head.dep_ == "conj" and head.tag_ not in {"VBD", "VBZ", "VBP"} and is_predicate(head.head):
        return verb_status(clause_of(head.head), depth + 1)
    upper = head.head
    if upper == head or not (clause.infinitive or clause.participle or head.dep_ in {"ccomp", "xcomp"}):
        return None
    lemma = words.lemma(upper)
    if upper.pos_ in {"NOUN", "PROPN"} and not is_predicate(upper):
        if any(c.lower_ == "without" for c in upper.children):
            return Status.POSSIBLE  # "no way to win without troops entering the city"
        if head.dep_ == "acl:relcl" or head.tag_ == "VBN":
            return None
        if lemma in words.under_noun:
            return words.under_noun[lemma]
        if not clause.infinitive:
            return Status.POSSIBLE if lemma in _ACCUSE else None
        if not any(c.lower_ in _RANKS for c in upper.children):
            return Status.POSSIBLE
        verb = governor(upper)
        return verb_status(clause_of(verb), depth + 1) if verb is not None else Status.OCCURRED
    status = words.under_verb.get(lemma)
    if head.dep_ == "ccomp" and not clause.infinitive and status not in {Status.DENIED, Status.THREATENED}:
        return None if lemma not in {"hope", "fear", "propose", "suggest", "demand"} else status
    if head.dep_ == "advcl" and clause.infinitive:
        return Status.POSSIBLE
    marks = {c.lower_ for c in head.children if c.dep_ in {"mark", "case"}}
    if marks & {"without", "against"}:
        return Status.DENIED
    if clause.participle and marks & {"of", "with", "for"} and lemma in _ACCUSE:
        return Status.POSSIBLE
    if clause.participle and "from" in marks and status is Status.DENIED and is_predicate(upper):
        prevented = verb_status(clause_of(upper), depth + 1) is Status.OCCURRED
        return Status.DENIED if prevented else Status.POSSIBLE
    open_ = clause.participle and lemma in _OPEN  # "ruled out sending troops"
    if status is not None and (clause.infinitive or open_ or head.dep_ in {"xcomp", "ccomp"}):
        over = clause_of(upper) if is_predicate(upper) else None
        if over is not None and over.negated:
            if status is Status.DENIED:
                return Status.OCCURRED
            return Status.POSSIBLE if lemma in _OPEN else Status.DENIED
        return status
    if clause.infinitive and lemma not in _IMPLY:
        return Status.PLANNED if lemma in words.to_come else Status.POSSIBLE
    if clause.participle or clause.infinitive:
        over_status = verb_status(clause_of(upper), depth + 1) if is_predicate(upper) else None
        if over_status is Status.ONGOING and lemma in _MAY:
            return Status.POSSIBLE
        return over_status if over_status not in {None, Status.ONGOING} else None
    return None


def _noun_status(trigger: Trigger) -> Status:
    words = lexicon()
    noun = trigger.token
    if trigger.clause is not None and words.under_verb.get(verb_form(trigger.clause)) is Status.CANCELLED:
        told = verb_status(trigger.clause)
        return _acted_on(Status.CANCELLED, told) if told in {Status.OCCURRED, Status.DENIED} else told
    for word in phrase(noun):
        if word.dep_ in {"amod", "det", "acl", "compound", "advmod"} and word.head in {noun, *noun.children}:
            status = words.under_adjective.get(word.lower_)
            if status is not None:
                return status
    if trigger.clause is not None:
        told = verb_status(trigger.clause)
        ends = words.lemma(trigger.clause.head) in words.end
        return Status.OCCURRED if told is Status.DENIED and ends else told
    for child in noun.children:
        if child.dep_ == "acl:relcl" and not any(c.dep_ == "obj" and c.i > child.i for c in child.children):
            planned = words.under_verb.get(words.lemma(child))
            if planned in _AHEAD and not clause_of(child).negated:
                return planned  # "the offensive that Israel plans"
    if is_predicate(noun) and (told := verb_status(clause_of(noun))) is not Status.ONGOING:
        return told  # "there should be no operation"
    top = noun
    for _ in range(4):
        if top.dep_ == "conj":
            top = top.head
            continue
        if not top.dep_.startswith("nmod") or top.dep_ == "nmod:poss":
            break
        top = top.head
        status = words.under_noun.get(words.lemma(top))
        if status is not None:
            return status
    if any(c.dep_ == "case" and c.lower_ in _LATER for c in noun.children):
        verb = governor(noun.head) if noun.head != noun else None
        if verb is not None and not verb_status(clause_of(verb)).is_real:
            return Status.POSSIBLE  # "will not stop until the return of the hostages"
    above = governor(top.head) if top.head != top else None
    if above is not None and above != noun:
        clause = clause_of(above)
        status = words.under_verb.get(verb_form(clause))
        acted_on = top in clause.objects or _is_complement(top) or (clause.passive and top == clause.subject)
        over = verb_status(clause)
        if top == clause.subject and above.pos_ == "ADJ" and above.lower_ in words.under_adjective:
            return words.under_adjective[above.lower_]  # "an assault is necessary"
        if top == clause.subject and (called := _called(above, clause)) is not None:
            return called  # "their release remains a goal"
        if acted_on and status is not None:
            return _acted_on(status, over)
        if top == clause.subject and not clause.passive and clause.modal and clause.modal not in _CERTAIN:
            return Status.POSSIBLE
        if (acted_on or top == clause.subject) and over in _AHEAD:
            empty = words.lemma(above) in words.state | words.light
            if empty or not _is_definite(noun):
                return over
    some = any(c.lower_ == "any" and c.dep_ == "det" for c in noun.children)  # "after any hostage release"
    return Status.POSSIBLE if some or trigger.kind.wished else Status.OCCURRED


def _acted_on(status: Status, over: Status) -> Status:
    """The status of what a verb acts on: `status` is what that verb makes of it, `over` the verb's own. Who
    "did not prevent" it or "failed to stop" it had it happen, and what was not cancelled is still to come."""
    if over is Status.DENIED and status is Status.DENIED:
        return Status.OCCURRED
    if over is Status.DENIED and status is Status.CANCELLED:
        return Status.PLANNED
    return Status.POSSIBLE if over is Status.POSSIBLE and status is Status.PLANNED else status


def _called(above: Token, clause: Clause) -> Status | None:
    """What the noun that a subject is said to be makes of it: a goal, a threat."""
    words = lexicon()
    said = [above] if above.pos_ == "NOUN" else []
    if words.lemma(above) in {"be", "remain", "become"}:
        said += [*clause.objects, *(c for c in above.children if c.dep_ == "xcomp")]
    found = (words.under_noun.get(words.lemma(token)) for token in said if token.pos_ == "NOUN")
    return next((status for status in found if status is not None), None)


def verb_form(clause: Clause) -> str:
    """The verb with its particle or preposition if the lexicon knows it so ("call off"), else alone."""
    words = lexicon()
    verb = words.lemma(clause.head)
    after = [clause.particle, *(prep for prep, _ in clause.obliques)]
    return next((f for a in after if a and (f := f"{verb} {a}") in words.under_verb), verb)


def _is_complement(noun: Token) -> bool:
    """True for an oblique that the verb acts on ("agreed to a truce"), not one of time or place."""
    if noun.dep_ == "xcomp":
        return True
    return noun.dep_.startswith("obl") and not any(
        c.dep_ == "case" and c.lower_ in _CIRCUMSTANCES for c in noun.children
    )


def _is_definite(noun: Token) -> bool:
    return any(
        (c.dep_ == "det" and c.lower_ in {"the", "this", "that", "these"}) or c.dep_ == "nmod:poss"
        for c in noun.children
    )


def _under_past_speech(head: Token) -> bool:
    words = lexicon()
    for token in (head, *head.ancestors):
        if token.dep_ in {"ccomp", "parataxis"} and token.head != token:
            upper = token.head
            return words.kind(words.verbs.get(words.lemma(upper), "")).report and upper.tag_ in {"VBD", "VBN"}
        if token.dep_ not in {"conj", "xcomp"}:
            return False
    return False
