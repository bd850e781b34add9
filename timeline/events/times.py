"""Which time belongs to which event.

A time expression belongs to what governs it: the noun in "Monday's vote" and "the strike late Monday", the
verb in "killed on Sunday". Where the parser stepped over it, the word before it stands in for it. A trigger
without a time of its own takes that of its clause's governor, but never that of a verb of saying:
"announced Tuesday that an airstrike killed two" dates the announcement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from timeline.events.lexicon import lexicon
from timeline.events.triggers import Trigger, is_event_noun
from timeline.interval import Interval
from timeline.language import Sentence, governor, is_predicate
from timeline.model import Span, Timex

if TYPE_CHECKING:
    from spacy.tokens import Token

_ROLES: Final = re.compile(
    r"\b(since|until|till|by|before|after|from)\s+(?:(?:the|about|around|late|early|at least)\s+)*$", re.I
)
_ABOUT: Final = re.compile(r"\b(?:about|around|circa|roughly)\s+(?:the\s+)?$", re.I)
#: What follows a length of time that says how far away something is.
_AWAY: Final = re.compile(r"\s+(?:after|before|since|later|earlier)\b", re.I)
#: A unit that may stand after a date and open a clause.
_THE_DAY: Final = re.compile(r"the (?:day|night|morning|evening|week|month|year)", re.I)
#: How the rule of a range begins in `when.rule`.
_RANGE: Final = "range:"
_ROLE_OF: Final = {"till": "until", "from": "since"}
#: Markers of a clause that happens at the time of the one above it.
_TOGETHER: Final = frozenset({"when", "as", "while", "whereupon", "by", "in"})
_CIRCUMSTANCES: Final = frozenset("since after before during following until in at amid".split())
#: Verbs whose time is that of what they look ahead to.
_SCHEDULING: Final = frozenset({"schedule", "slate", "set", "book", "time"})
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})


@dataclass(frozen=True, slots=True)
class Dating:
    """A time expression that dates a trigger, and how."""

    timex: Timex
    role: str
    inherited: str = ""
    """The word it came through, if it is not the trigger's own."""


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a sentence, by token number of the trigger."""

    dated: dict[int, Dating]
    durations: dict[int, Timex]


def times_of(sentence: Sentence, timexes: Sequence[Timex], triggers: Sequence[Trigger]) -> Times:
    """Attach the time expressions of one sentence to its triggers."""
    nouns = {t.token.i: t for t in triggers if t.nominal}
    carriers = {t.clause.head.i: t for t in triggers if t.nominal and t.clause is not None}
    own: dict[int, Dating] = {}
    durations: dict[int, Timex] = {}
    for timex in _ranges(sentence, timexes):
        target = _target(sentence, timex, nouns)
        if target is None:
            continue
        beside = _beside(target, nouns)
        if timex.type == "DURATION":
            if _AWAY.match(sentence.text, timex.span.end):
                continue  # "two days after the search ended": how far away, not how long
            durations.setdefault(carriers[target.i].token.i if target.i in carriers else target.i, timex)
            continue
        if timex.type == "SET" or timex.value.endswith("_REF"):
            continue
        if _ABOUT.search(sentence.text, max(0, timex.span.start - 12), timex.span.start) and not timex.mod:
            timex = replace(timex, mod="APPROX")
        role = "over" if timex.rule.startswith(_RANGE) else _role(sentence, timex)
        if role != "over" and target.i in nouns and _governs(sentence, timex, target):
            role = "at"  # "after the May 7 raid": after the raid, which was on May 7
        dating = Dating(timex, role)
        if dating.role == "since" and any(c.tag_ == "JJS" or c.lower_ == "first" for c in target.children):
            continue  # "the deadliest attack since 2011" took place later
        if target.i not in own or _better(dating, own[target.i]):
            own[target.i] = dating
        if beside is not None and (beside.i not in own or _better(dating, own[beside.i])):
            own[beside.i] = Dating(timex, dating.role, target.text)
        if lexicon().lemma(target) in _SCHEDULING:
            for noun in _acted_on(target, nouns):  # "slated for release in May": that is when the release is
                own.setdefault(noun, dating)
        if not any(t.token.i == target.i and not t.state for t in triggers):
            for noun in _acted_on(target, nouns):  # "put to the vote on Saturday": the noun is the event
                own.setdefault(noun, dating)
        if target.i in carriers:
            trigger = carriers[target.i]
            role = trigger.bound if trigger.bound and dating.role == "at" else dating.role
            own.setdefault(trigger.token.i, Dating(timex, role))
    dated: dict[int, Dating] = {}
    for trigger in triggers:
        if trigger.state and trigger.token.i not in own:
            continue
        if trigger.token.i in own:
            dated[trigger.token.i] = own[trigger.token.i]
        elif (dating_above := _inherited(trigger, own)) is not None:
            dated[trigger.token.i] = dating_above
    return Times(dated, durations)


def _governs(sentence: Sentence, timex: Timex, noun: Token) -> bool:
    """True if the preposition before a time expression is that of the noun phrase around it."""
    inside = sentence.at(timex.span.start, timex.span.end)
    return any(noun in t.ancestors for t in inside) and any(
        c.dep_ == "case" and c.i < inside[0].i and noun.i > inside[0].i for c in noun.children
    )


def _stands_alone(noun: Token) -> bool:
    """True for an oblique that is a circumstance with a time of its own ("after the raid on Monday"), not
    one that the verb acts on ("filed for bankruptcy on Monday")."""
    return any(c.dep_ == "case" and c.lower_ in _CIRCUMSTANCES for c in noun.children)


def _beside(noun: Token, nouns: dict[int, Trigger]) -> Token | None:
    """The verb that takes place with an event noun: "spoke at a rally on Sunday"."""
    if noun.i not in nouns or not noun.dep_.startswith("obl"):
        return None
    together_ = any(c.dep_ == "case" and c.lower_ in {"in", "at", "during", "by"} for c in noun.children)
    verb = governor(noun.head) if together_ and noun.head != noun else None
    report = verb is not None and lexicon().kind(lexicon().verbs.get(lexicon().lemma(verb), "")).report
    return None if report else verb


def _acted_on(verb: Token, nouns: dict[int, Trigger]) -> list[int]:
    """The event nouns right under a verb that is no event itself."""
    return [c.i for c in verb.children if c.i in nouns and c.dep_ in {"obj", "obl", "nsubj:pass"}]


def _ranges(sentence: Sentence, timexes: Sequence[Timex]) -> Iterator[Timex]:
    """The time expressions, "from March 4" and "to March 8" taken together as one that names all days."""
    last: Timex | None = None
    for timex in timexes:
        if last is not None and (whole := _range(sentence, last, timex)) is not None:
            last = whole
            continue
        if last is not None:
            yield last
        last = timex
    if last is not None:
        yield last


def _range(sentence: Sentence, first: Timex, last: Timex) -> Timex | None:
    between = sentence.text[first.span.end : last.span.start]
    before = sentence.text[max(0, first.span.start - 12) : first.span.start]
    opened = re.search(r"\bfrom\s+(?:the\s+)?$", before, re.I) is not None
    if not opened or re.fullmatch(r"\s*(?:to|until|till|through)\s+(?:the\s+)?", between, re.I) is None:
        return None
    a, b = first.interval, last.interval
    if a is None or b is None or a.first is None or b.stop is None or a.first >= b.stop:
        return None
    start, end = first.span.start, last.span.end
    return replace(
        last,
        span=Span(start, end, sentence.text[start:end]),
        value=f"{first.value}/{last.value}",
        interval=Interval(a.first, b.stop),
        rule=f"{_RANGE} {first.rule} to {last.rule}" if first.rule != last.rule else f"{_RANGE} {first.rule}",
    )


def _better(new: Dating, old: Dating) -> bool:
    """A day beats a month, a resolved time an unresolved one; else the first stays."""
    if (new.timex.interval is None) != (old.timex.interval is None):
        return old.timex.interval is None
    if new.role != old.role:
        return old.role != "at" and new.role == "at"
    if new.timex.grain is None or old.timex.grain is None:
        return False
    return new.timex.grain.order < old.timex.grain.order


def _role(sentence: Sentence, timex: Timex) -> str:
    left = sentence.text[max(0, timex.span.start - 30) : timex.span.start]
    match = _ROLES.search(left)
    if match is None:
        return "at"
    word = match[1].lower()
    if word == "from" and not re.match(r"\s*(?:on|onwards?|until|to|,)", sentence.text[timex.span.end :]):
        return "at"
    return _ROLE_OF.get(word, word)


def _target(sentence: Sentence, timex: Timex, nouns: dict[int, Trigger]) -> Token | None:
    """The trigger noun or predicate a time expression stands with."""
    if (opened := _opened(sentence, timex)) is not None:
        return opened
    inside = sentence.at(timex.span.start, timex.span.end)
    if inside:
        numbers = {t.i for t in inside}
        top = next((t for t in inside if t.head.i not in numbers), inside[0])
        conjunct = top.dep_ == "conj"
        for above in top.ancestors:
            if above.i in nouns and not conjunct:
                return above
            if is_predicate(above):
                return above
            conjunct = conjunct or above.dep_ == "conj"  # "the raid and the feast of May": not the raid's
        return governor(top)
    left = sentence.before(timex.span.start)
    if left is None or left.i < sentence.words.start:
        return _first_predicate(sentence)
    if left.text in {",", "--", "—", "–"} and left.i > sentence.words.start:
        left = sentence.words.doc[left.i - 1]
    for above in (left, *left.ancestors):
        if is_predicate(above):
            return above
        if above.i in nouns:
            verb = governor(above.head) if above.head != above else None
            own = above.dep_.startswith("nmod") or (above.dep_.startswith("obl") and _stands_alone(above))
            if verb is None or verb.i > above.i or own:
                return above  # "a strike late Monday killed ...", "since its launch in May"
            return verb
    return _first_predicate(sentence)


def _opened(sentence: Sentence, timex: Timex) -> Token | None:
    """The clause that "the day" opens: "on May 7, the day rebels attacked the port"."""
    before = sentence.text[max(0, timex.span.start - 3) : timex.span.start].rstrip()
    if _THE_DAY.fullmatch(timex.span.text) is None or not before.endswith(","):
        return None
    for token in sentence.words:
        first = next(t for t in token.subtree if not t.is_punct or t == token)
        starts = sentence.place(first).start >= timex.span.end
        if starts and is_predicate(token) and token.dep_ in {"ROOT", "ccomp", "parataxis", "conj", "advcl"}:
            return token
    return None


def _first_predicate(sentence: Sentence) -> Token | None:
    """What a fronted time dates: the first finite main predicate, or the sentence's root."""
    for token in sentence.words:
        if is_predicate(token) and token.dep_ in {"ROOT", "ccomp", "parataxis", "conj"}:
            return token
    return governor(sentence.words.root)


def _inherited(trigger: Trigger, own: dict[int, Dating]) -> Dating | None:
    words = lexicon()
    token = trigger.token
    if not trigger.nominal:
        subject = trigger.clause.subject if trigger.clause else None
        if (
            subject is not None
            and subject.i in own
            and own[subject.i].role == "at"
            and is_event_noun(subject)
        ):
            return Dating(own[subject.i].timex, "at", subject.text)  # "a raid on Monday killed two"
        return _from_above(token, own)
    if trigger.clause is not None:
        verb = trigger.clause.head
        if verb.i in own:
            return Dating(own[verb.i].timex, trigger.bound or own[verb.i].role, verb.text)
        found = _from_above(verb, own)
        return replace(found, role=trigger.bound or found.role) if found else None
    over = _verb_over(token)
    if over is not None and f"{words.lemma(over)} {_case(token)}" in words.outcome:
        event = next((c for c in over.children if c.dep_ == "nsubj"), over)
        if event.i in own and own[event.i].role == "at":
            return Dating(own[event.i].timex, "at", event.text)  # "Monday's raid resulted in two deaths"
    if over is None or over.i not in own:
        return None
    lemma = words.lemma(over)
    if words.verbs.get(lemma, "") != "killing" and lemma not in {
        "destroy",
        "damage",
        "occur",
        "happen",
        "release",
    }:
        return None
    return Dating(own[over.i].timex, own[over.i].role, over.text)


def _case(noun: Token) -> str:
    return next((c.lower_ for c in noun.children if c.dep_ == "case"), "")


def _from_above(token: Token, own: dict[int, Dating]) -> Dating | None:
    """The time of the clauses above, as far as they take place together."""
    for _ in range(5):
        over = together(token)
        if over is None:
            return None
        if over.i in own:
            when = any(c.lower_ == "when" for c in token.children)  # "since April 1, when drones struck"
            return Dating(own[over.i].timex, "at" if when else own[over.i].role, over.text)
        token = over
    return None


def together(token: Token) -> Token | None:
    """The predicate above, if a clause takes place at the time of that; else None."""
    words = lexicon()
    upper = token.head
    if upper == token or not _same_time(token):
        return None
    over = upper if is_predicate(upper) else governor(upper)
    if over is None or over == token:
        return None
    report = words.kind(words.verbs.get(words.lemma(over), "")).report
    if report and (token.dep_ in {"ccomp", "xcomp"} or (token.dep_ == "conj" and _has_subject(token))):
        return None  # what is said, or stands with a subject of its own beside it, has its own time
    return over


def _verb_over(noun: Token) -> Token | None:
    for above in noun.ancestors:
        if is_predicate(above):
            return above
        if above.dep_ in {"acl:relcl", "advcl"}:
            return None
    return None


def _is_past(token: Token) -> bool:
    """True for a simple past, active or passive."""
    return token.tag_ == "VBD" or (
        token.tag_ == "VBN" and any(c.dep_ == "aux:pass" and c.tag_ == "VBD" for c in token.children)
    )


def _has_subject(token: Token) -> bool:
    return any(c.dep_.startswith("nsubj") for c in token.children)


def _same_time(token: Token) -> bool:
    """True if a clause takes place at the time of the one above it."""
    if token.dep_ == "xcomp":
        return token.tag_ != "VB" or lexicon().lemma(token.head) in lexicon().same_time
    if token.dep_ == "conj":
        if token.tag_ == token.head.tag_ or token.tag_ in {"VBG", "VBN"}:
            return True
        return _is_past(token) and _is_past(token.head)  # "was fired and founded a firm"
    if token.dep_ == "advcl":
        marks = {c.lower_ for c in token.children if c.dep_ in {"mark", "advmod"}}
        if token.tag_ in {"VBG", "VBN"}:
            return not marks or bool(marks & {"while", "when", "by", "in"})
        return token.tag_ in _FINITE and bool(marks & _TOGETHER)
    return False
