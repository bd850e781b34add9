"""A group of mentions -> an `Event`: its date, status, title, weight and citations."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from timeline.anchor import date_text
from timeline.coref.cluster import Member
from timeline.interval import Grain, Interval
from timeline.model import Citation, Event, EventMention, Status, When

#: Titles of this many letters read well on a card.
_GOOD_LENGTH: Final = range(25, 86)
#: A title this readable needs no editor; below, an event loses up to 70 % of its weight.
_READS_WELL: Final = 0.8
_DANGLING: Final = re.compile(
    r"^(?:it|he|she|they|this|that|these|those|we|i|you|who|which)\b", re.IGNORECASE
)

#: "allowed it to pass": what "it" is stands in another sentence.
_LOOSE: Final = re.compile(r"\b(?:it|them|him|her)(?: to\b|$)", re.IGNORECASE)


def event(
    members: Sequence[Member], numbers: Mapping[str, int], sources: Callable[[Sequence[str]], int], pile: int
) -> Event:
    """The event that `members`, in order, tell. `numbers` are the articles' citation numbers, `sources`
    counts articles that are not copies of each other, `pile` is the number of sources in all."""
    mentions = [m.features.mention for m in members]
    when = _when(mentions)
    status = _status(mentions)
    if not status.is_real and when.rule.startswith("publication date"):
        when = When()
    shared = len({m.article for m in mentions}) > 1
    places = Counter(m.place for m in mentions if m.place)
    place = min(places, key=lambda p: (-places[p], p)) if places else ""
    named = max(mentions, key=lambda m: (_names(m, when, status, place, shared=shared), -m.position, m.key))
    people = Counter(p for m in mentions for p in m.participants)
    first = {p: n for n, p in reversed(list(enumerate(p for m in mentions for p in m.participants)))}
    citations = [_citation(m.features.mention, m.why) for m in members]
    return Event(
        id=_id(mentions[0]),
        title=_title(named, when),
        status=status,
        when=when,
        date_text=date_text(when),
        kind=named.kind,
        participants=tuple(sorted(people, key=lambda p: (-people[p], first[p]))[:6]),
        place=place,
        salience=_salience(mentions, when, status, sources([m.article for m in mentions]), pile),
        citations=tuple(sorted(citations, key=lambda c: (numbers.get(c.article, 0), c.trigger.start))),
    )


def _names(mention: EventMention, when: When, status: Status, place: str, *, shared: bool) -> float:
    """How well a mention names the event: a full clause with a named doer, of the length of a headline, in
    a paragraph, of the event's own status, date and place. `shared` if several articles tell it."""
    points = mention.weight + 0.4 * mention.readable
    points += 0.15 * (len(mention.title) in _GOOD_LENGTH)
    points += 0.1 * any(p[:1].isupper() for p in mention.participants)
    points += 0.1 * (mention.status is status) + 0.1 * (mention.when.interval == when.interval is not None)
    points += 0.15 * (bool(place) and place in mention.title)
    points -= 0.25 * (mention.place_in_clause == "headline")
    points -= 0.2 * (shared and any(c.isdigit() for c in mention.title))  # a count is one source's
    points -= 0.3 * bool(_DANGLING.match(mention.title)) + 0.3 * mention.title.endswith("…")
    points -= 0.5 * bool(_LOOSE.search(mention.title))
    return round(points, 6)


def _title(mention: EventMention, when: When) -> str:
    """The title of a mention; "began" or "ended" stays only if the date is that of a bound."""
    if when.fills and mention.role in {"began", "ended"}:
        return mention.title.removesuffix(f" {mention.role}")
    return mention.title


def _citation(mention: EventMention, why: str) -> Citation:
    return Citation(
        article=mention.article,
        quote=mention.quote,
        trigger=mention.trigger,
        status=mention.status,
        timex=mention.timex,
        resolved=mention.when,
        rule=mention.when.rule,
        attribution=mention.attribution,
        quantities=mention.quantities,
        why=why,
    )


def _when(mentions: Sequence[EventMention]) -> When:
    """The date of an event from its mentions: a stretch that a text bounds on both ends; else the finest
    date that words give; else the publication date. Ends told apart ("began", "ended") make a stretch."""
    dated = [m for m in mentions if m.when.interval is not None and _by_words(m)]
    days = [m for m in dated if m.role == "at" and m.when.interval and m.when.interval.is_day]
    whole = [m for m in dated if m.when.fills and m.when.interval and not m.when.interval.is_open]
    if days:  # "since Monday", and elsewhere "on Monday": it took place then
        whole = [m for m in whole if m.role != "since"]
    if whole:
        return min(whole, key=lambda m: (m.when.interval.days if m.when.interval else 0, m.key)).when
    began = [m for m in dated if m.role == "began" and m.when.interval]
    ended = [m for m in dated if m.role == "ended" and m.when.interval]
    if began and ended:
        first, last = _finest(began), _finest(ended)
        low = first.interval.first if first.interval else None
        high = last.interval.stop if last.interval else None
        if low is not None and high is not None and low < high:
            rule = f"began: {first.rule}; ended: {last.rule}"
            return When(Interval(low, high), Grain.DAY, fills=True, rule=rule)
    at = [m for m in dated if m.role == "at"] or dated
    if at:
        return _finest(at)
    rest = [m for m in mentions if m.when.interval is not None]
    return _finest(rest) if rest else When(rule=next((m.when.rule for m in mentions if m.when.rule), ""))


def _by_words(mention: EventMention) -> bool:
    """True if words date it: a time expression, or another event it took place during."""
    return mention.timex is not None or mention.when.rule.startswith("during ")


def _finest(mentions: Sequence[EventMention]) -> When:
    """The narrowest date, the commonest of equals, the earliest told of those."""
    votes = Counter(m.when.interval for m in mentions)
    best = min(
        mentions,
        key=lambda m: (
            (m.when.interval.days if m.when.interval else None) or 10**7,
            -votes[m.when.interval],
            bool(m.inherited),
            m.key,
        ),
    )
    return best.when


def _status(mentions: Sequence[EventMention]) -> Status:
    """All mentions are on one side; within it the strongest word wins, and of a festival that one article
    announces and another reports, the report."""
    counts = Counter(m.status for m in mentions)
    for status in (Status.OCCURRED, Status.CANCELLED, Status.THREATENED, Status.PLANNED):
        if counts[status]:
            return status
    return min(counts, key=lambda s: (-counts[s], s.value))


def _salience(mentions: Sequence[EventMention], when: When, status: Status, sources: int, pile: int) -> float:
    """0 to 1: how many sources and sentences tell it, what it is, how finely it is dated. What one source
    tells without a date, and what is only possible or denied, ranks low."""
    sentences = len({(m.article, m.quote.start) for m in mentions})
    told = (sources - 1) / max(1, min(pile - 1, 4)) if pile > 1 else 0.0
    often = min(1.0, math.log2(sentences) / 4) if sentences else 0.0
    own = any(m.timex is not None and m.when.interval is not None for m in mentions)
    fine = 0.0
    if when.interval is not None and not when.interval.is_open:
        fine = 1.0 if (when.interval.days or 99) <= 10 else 0.6 if (when.interval.days or 999) <= 31 else 0.3
        fine *= 1.0 if own else 0.5
    best = max(m.weight for m in mentions)
    score = 0.45 * best + 0.25 * min(1.0, told) + 0.15 * often + 0.15 * fine
    if status in (Status.POSSIBLE, Status.DENIED):
        score *= 0.75
    if when.interval is None and sources == 1:
        score *= 0.8
    score *= 0.3 + 0.7 * min(1.0, max(m.readable for m in mentions) / _READS_WELL)
    return round(min(1.0, score), 4)


def _id(mention: EventMention) -> str:
    """From the earliest quote: article, place and words of the trigger."""
    key = "\x1f".join((mention.article, str(mention.trigger.start), mention.trigger.text, mention.quote.text))
    return "ev-" + hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=5).hexdigest()
