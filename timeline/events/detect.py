"""A parsed article -> its event mentions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from timeline.events import facts
from timeline.events.links import links_of
from timeline.events.status import status_of
from timeline.events.times import Times, times_of
from timeline.events.title import time_tokens, title_of
from timeline.events.triggers import Trigger, triggers
from timeline.language import Kind, Parsed, Sentence, clause_of, governor
from timeline.model import EventMention, Link, Span, Status, Timex

if TYPE_CHECKING:
    from spacy.tokens import Token

_QUOTES: Final = frozenset({'"', "``", "“"})
#: A sentence told twice (a standfirst repeated in the body) is one mention: the second is the text proper.
#: Adverbs and adjectives of what happens more than once, or at no given time.
_REPEATED: Final = frozenset(
    "repeatedly often previous past earlier previously always usually regularly ever once long".split()
)
#: Markers of a clause that need not take place when the clause above it does.
_OTHER_TIMES: Final = frozenset(
    "after before since until till once because although though unless if whether than".split()
)
_AHEAD: Final = (Status.PLANNED, Status.POSSIBLE, Status.THREATENED)
_WORDS: Final = re.compile(r"\w+")


def detect(parsed: Parsed, timexes: Sequence[Timex]) -> tuple[EventMention, ...]:
    """The event mentions of an article in reading order, dated as far as their own sentence goes.

    `timexes` are the article's time expressions in reading order. `when` stays unknown: resolving is the
    next stage's work.
    """
    return tuple(_mentions(parsed, timexes))


def _mentions(parsed: Parsed, timexes: Sequence[Timex]) -> Iterator[EventMention]:
    repeated = _repeated(parsed.sentences)
    starts = [t.span.start for t in timexes]
    before: tuple[Sentence, Trigger] | None = None
    for sentence in parsed.sentences:
        if sentence.index in repeated:
            continue
        first, last = (bisect_left(starts, edge) for edge in (sentence.span.start, sentence.span.end))
        inside = [t for t in timexes[first:last] if t.span in sentence.span]
        found = [
            t for t in triggers(sentence) if not any(x.span.overlaps(_place(sentence, t)) for x in inside)
        ]
        times = times_of(sentence, inside, found)
        found = [t for t in found if not t.state or t.token.i in times.dated]
        hidden = time_tokens(sentence, inside)
        links = _links(parsed, sentence, found, before)
        for trigger in found:
            yield replace(_mention(parsed, sentence, trigger, times, hidden), links=links[trigger.token.i])
        main = [t for t in found if not t.nominal and t.token.dep_ == "ROOT"] or found
        before = (sentence, main[0]) if main else None


def _links(
    parsed: Parsed, sentence: Sentence, found: Sequence[Trigger], before: tuple[Sentence, Trigger] | None
) -> dict[int, tuple[Link, ...]]:
    """The links of each trigger, by its token number."""
    links: dict[int, tuple[Link, ...]] = defaultdict(tuple)
    for one, type_, other in links_of(sentence, found, before[1] if before else None):
        home = before[0] if before is not None and other is before[1] else sentence
        place = _place(home, other)
        key = (parsed.article.id, place.start, place.end)
        links[one.token.i] += (Link(type_, key, sentence.span),)
    return links


def _mention(
    parsed: Parsed, sentence: Sentence, trigger: Trigger, times: Times, hidden: frozenset[int]
) -> EventMention:
    dating = times.dated.get(trigger.token.i)
    told = trigger.told
    clause = trigger.clause or (None if trigger.nominal else clause_of(trigger.token))
    over = governor(trigger.token)
    status = status_of(told)
    if status is Status.ONGOING and sentence.block.kind is not Kind.PARAGRAPH:
        status = Status.OCCURRED  # headlines tell what happened in the present tense
    if status in _AHEAD and dating is not None and _names_the_past(parsed, sentence, trigger, dating.timex):
        status = Status.OCCURRED
    attribution = facts.attribution(trigger, sentence, parsed.names)
    speaker = parsed.names.whole(attribution)
    title, quality = title_of(told, sentence, parsed.names, hidden, real=status.is_real, speaker=speaker)
    if trigger.bound and status in _AHEAD:  # a trial that is set for Monday has not begun
        for past, ahead in ((" began", " to begin"), (" ended", " to end")):
            title = title.removesuffix(past) + ahead if title.endswith(past) else title
    role = dating.role if dating else "at"
    if trigger.bound and role == "at":
        role = trigger.bound
    return EventMention(
        article=parsed.article.id,
        quote=sentence.span,
        trigger=_place(sentence, trigger),
        lemma=trigger.lemma,
        kind=trigger.kind.name,
        title=title,
        status=status,
        readable=round(quality, 2),
        nominal=trigger.nominal,
        participants=facts.participants(told, sentence, parsed.names, hidden, speaker),
        place=facts.place(told, parsed.names),
        timex=dating.timex if dating else None,
        role=role,
        inherited=dating.inherited if dating else "",
        duration=times.durations.get(trigger.token.i),
        tense=clause.tense if clause else clause_of(over).tense if over is not None else None,
        perfect=clause is not None and clause.perfect,
        position=sentence.index,
        place_in_clause="headline" if sentence.block.kind is Kind.HEADLINE else _clause_place(trigger),
        repeated=_is_repeated(trigger),
        attribution=attribution,
        quantities=facts.quantities(trigger, sentence),
        words=facts.content_words(told),
        weight=_weight(trigger, sentence, quality, status, dated=dating is not None),
    )


def _names_the_past(parsed: Parsed, sentence: Sentence, trigger: Trigger, timex: Timex) -> bool:
    """True for "helped plan the October 7 attack": a date inside the noun phrase names an event that took
    place, if it is not later than the article."""
    published = parsed.article.published.interval
    if not trigger.nominal or timex.interval is None or published is None:
        return False
    inside = sentence.at(timex.span.start, timex.span.end)
    if not any(trigger.token in t.ancestors for t in inside):
        return False
    return not (timex.interval.first or 0) >= (published.stop or 0)


def _place(sentence: Sentence, trigger: Trigger) -> Span:
    return sentence.place(trigger.token)


def _clause_place(trigger: Trigger) -> str:
    if trigger.nominal and trigger.clause is None:
        return "noun"
    head = trigger.clause.head if trigger.clause else trigger.token
    for token in (head, *head.ancestors):
        if token.dep_ == "ccomp" and _opens(token):
            continue  # "rebels took the port, the army said" tells it as a main clause does
        if token.dep_ in {"ccomp", "xcomp"}:
            return "reported"
        if token.dep_.startswith("acl"):
            return "relative"
        if token.dep_ == "advcl":
            other = any(c.lower_ in _OTHER_TIMES for c in token.children)
            return "adverbial" if other else "accompanying"
        if token.dep_ not in {"conj", "parataxis"}:
            break
    return "main"


def _opens(clause: Token) -> bool:
    """True for a clause told before its verb of saying and not in quotation marks."""
    edge = clause.left_edge
    quoted = edge.text in _QUOTES or (edge.i > 0 and edge.nbor(-1).text in _QUOTES)
    return clause.i < clause.head.i and not quoted and not any(c.dep_ == "mark" for c in clause.children)


def _is_repeated(trigger: Trigger) -> bool:
    """True for "has repeatedly blocked", "previous resolutions": several times, or at no given one."""
    return any(c.lower_ in _REPEATED for c in trigger.token.children if c.dep_ in {"advmod", "amod"})


def _weight(trigger: Trigger, sentence: Sentence, quality: float, status: Status, *, dated: bool) -> float:
    """0 to 1: what it is (half), how well it reads, whether it is dated, and where it stands."""
    early = 1.0 if sentence.index < 3 else 0.6 if sentence.index < 10 else 0.3
    plain = 0.0 if sentence.block.kind is not Kind.PARAGRAPH else 1.0
    told = 0.5 if status in (Status.POSSIBLE, Status.DENIED) else 1.0
    if _is_repeated(trigger):
        told *= 0.6
    if trigger.kind.name in {"statement", "announcement"} and any(
        c.dep_ == "ccomp" for c in trigger.token.children
    ):
        told *= 0.6  # what is said is an event itself; that it was said is less of one
    score = 0.5 * trigger.kind.weight * told + 0.25 * quality + 0.1 * dated + 0.1 * early + 0.05 * plain
    return round(score * (0.6 + 0.4 * plain), 4)


def _repeated(sentences: Sequence[Sentence]) -> frozenset[int]:
    """Numbers of sentences that stand again, whole or as the start of another, further down."""
    seen: dict[str, int] = {}
    again: set[int] = set()
    for sentence in reversed(sentences):
        key = " ".join(_WORDS.findall(sentence.span.text.lower()))
        if key in seen:
            again.add(sentence.index)
        seen[key] = sentence.index
    return frozenset(again)
