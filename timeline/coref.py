"""Mentions of several articles -> events: cross-document event coreference.

Mentions are compared only within blocks (same day, or same kind and a shared rare word), so that cost stays
near linear. A mention joins a cluster if it is like enough to one of its members and in conflict with none:
one wrong link cannot chain two events together. A threat is never merged with the deed, nor a draft with the
adopted text: their statuses conflict.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from timeline.anchor import date_text, duration_days
from timeline.events import lexicon
from timeline.interval import Grain, Interval
from timeline.model import Article, Citation, Event, EventMention, Status, When

#: Two mentions of this much likeness are one event. Points are explained in `_likeness`.
THRESHOLD: Final = 3.0
#: At most this many clusters are compared with a mention; the most recent of each block first.
MAX_CANDIDATES: Final = 60
_VIOLENCE: Final = frozenset({"attack", "strike", "offensive", "war"})
_UNREAL: Final = frozenset({Status.PLANNED, Status.THREATENED, Status.POSSIBLE})
_NEGATED: Final = frozenset({Status.CANCELLED, Status.DENIED})


@dataclass(frozen=True, slots=True)
class _Features:
    """What two mentions are compared by, worked out once for each."""

    mention: EventMention
    order: int
    side: str
    """`real`, `unreal` or `negated`: mentions of different sides are never one event."""
    day: int | None
    """Number of its day if it is dated to one day by its own words, else None."""
    dated: bool
    """True if words of the text date it, not the publication date alone."""
    names: frozenset[str]
    place: frozenset[str]
    words: frozenset[str]
    plural: bool
    """True for a noun in the plural: "resolutions" are not the resolution."""


@dataclass(eq=False)
class _Cluster:
    members: list[_Features] = field(default_factory=list)
    why: list[str] = field(default_factory=list)


def merge(mentions: Sequence[EventMention], articles: Sequence[Article]) -> tuple[Event, ...]:
    """One event for every group of mentions that tell the same thing; by date, undated last.

    The result does not depend on the order of `mentions`. Events come with their salience; which of them are
    shown is the caller's choice.
    """
    numbers = {article.id: article.number for article in articles}
    features = [_features(m, n) for n, m in enumerate(sorted(mentions, key=_order(articles)))]
    rarity = _rarity(features)
    clusters = _clusters(features, rarity)
    events = [_event(cluster, numbers, len(articles)) for cluster in clusters]
    return tuple(sorted(events, key=event_order))


def event_order(event: Event) -> tuple[int, int, int, str]:
    """Sort key: dated before undated, by first day, by last day, by id."""
    interval = event.when.interval
    if interval is None:
        return (1, 0, 0, event.id)
    low = interval.first if interval.first is not None else interval.stop or 0
    return (0, low, interval.stop or 10**7, event.id)


def _order(articles: Sequence[Article]) -> Callable[[EventMention], tuple[int, str, int, int]]:
    published = {a.id: (a.published.interval.first or 0) if a.published.interval else 10**7 for a in articles}
    return lambda m: (published.get(m.article, 10**7), m.article, m.trigger.start, m.trigger.end)


def _features(mention: EventMention, order: int) -> _Features:
    interval = mention.when.interval
    own = mention.timex is not None and interval is not None
    side = "unreal" if mention.status in _UNREAL else "negated" if mention.status in _NEGATED else "real"
    names = {w for p in mention.participants for w in p.split()[-1:] if len(w) > 1}
    return _Features(
        mention=mention,
        order=order,
        side=side,
        day=interval.first if own and interval is not None and interval.is_day else None,
        dated=own,
        names=frozenset(n.lower().removesuffix("'s") for n in names),
        place=frozenset(w.lower() for w in mention.place.split() if w[:1].isupper()),
        words=frozenset(mention.words),
        plural=mention.nominal
        and mention.trigger.text.lower().endswith("s")
        and not mention.lemma.endswith("s"),
    )


def _rarity(features: Sequence[_Features]) -> Mapping[str, float]:
    """How telling a shared word is: 1 for a word of one mention in a thousand, near 0 for one of them all."""
    total = len(features) or 1
    counts = Counter(w for f in features for w in f.words | f.place | f.names | {f.mention.lemma})
    return {w: min(1.0, math.log(total / n + 1) / math.log(total + 1)) for w, n in sorted(counts.items())}


def _clusters(features: Sequence[_Features], rarity: Mapping[str, float]) -> list[_Cluster]:
    """Strong mentions first: those dated to a day by their own words found the events others join."""
    strength = lambda f: (f.day is None, not f.dated, -f.mention.weight, f.order)  # noqa: E731
    clusters: list[_Cluster] = []
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for feature in sorted(features, key=strength):
        keys = _keys(feature, rarity)
        candidates = _candidates(blocks, keys)
        best: tuple[float, int, str] | None = None
        for number in candidates:
            scored = _best_member(feature, clusters[number], rarity)
            if scored and (best is None or scored[0] > best[0]):
                best = (scored[0], number, scored[1])
        if best is None:
            clusters.append(_Cluster([feature], [""]))
            number = len(clusters) - 1
        else:
            number = best[1]
            clusters[number].members.append(feature)
            clusters[number].why.append(best[2])
        for key in keys:
            if not blocks[key] or blocks[key][-1] != number:
                blocks[key].append(number)
    return clusters


def _keys(feature: _Features, rarity: Mapping[str, float]) -> list[tuple[object, ...]]:
    """The blocks a mention is looked up in: kind and day; kind and each of its rarest words; its lemma."""
    kind = feature.mention.kind
    words = sorted(feature.words | feature.place | feature.names, key=lambda w: (-rarity.get(w, 1.0), w))[:6]
    keys: list[tuple[object, ...]] = [("lemma", feature.side, feature.mention.lemma)]
    keys += [("word", feature.side, word) for word in words]
    if feature.day is not None:
        keys.append(("day", feature.side, feature.day))
    keys.append(("kind", feature.side, kind, feature.mention.article))
    keys.append(("told", feature.mention.key))
    keys += [("told", link.other) for link in feature.mention.links if link.type == "same"]
    return keys


def _candidates(
    blocks: Mapping[tuple[object, ...], list[int]], keys: Iterable[tuple[object, ...]]
) -> list[int]:
    found: dict[int, None] = {}
    for key in keys:
        for number in reversed(blocks.get(key, [])[-MAX_CANDIDATES:]):
            found.setdefault(number)
            if len(found) >= MAX_CANDIDATES * 2:
                return sorted(found)
    return sorted(found)


def _best_member(
    feature: _Features, cluster: _Cluster, rarity: Mapping[str, float]
) -> tuple[float, str] | None:
    """The likeness to the most alike member, or None if any member is in conflict or none alike enough."""
    best: tuple[float, str] | None = None
    for member in cluster.members:
        if _conflict(feature, member):
            return None
        score, why = _likeness(feature, member, rarity)
        if score >= THRESHOLD and (best is None or score > best[0]):
            best = (score, why)
    return best


def _conflict(a: _Features, b: _Features) -> str:
    """Why two mentions cannot be one event; empty if they can."""
    one, other = a.mention, b.mention
    if a.side != b.side:
        return "one happened, the other did not"
    if not lexicon().related(one.kind, other.kind):
        return "different kinds of event"
    if a.day is not None and b.day is not None and a.day != b.day and one.role == other.role:
        return "different days"
    both_dated = one.when.interval and other.when.interval and a.dated and b.dated
    if both_dated and one.role == other.role == "at" and not _overlap(one.when, other.when):
        return "dates that do not overlap"
    if a.place and b.place and not a.place & b.place and a.day is not None and b.day is not None:
        return "different places"
    if a.plural != b.plural and one.lemma == other.lemma and not (a.day is not None and a.day == b.day):
        return "one and several"
    if lexicon().kind(one.kind).report and one.article == other.article and one.quote != other.quote:
        return "two statements of one article"
    if one.article == other.article and one.quote == other.quote and one.lemma == other.lemma:
        return "two in one sentence"
    for quantity in one.quantities:
        for second in other.quantities:
            if quantity.aspect == second.aspect and max(quantity.value, second.value) > 3 * max(
                1, min(quantity.value, second.value)
            ):
                return "numbers too far apart"
    return ""


def _likeness(a: _Features, b: _Features, rarity: Mapping[str, float]) -> tuple[float, str]:
    """Points for what two mentions share, and the reasons in words.

    One day named by both is worth most (3): few events of related kinds fall on one day in one pile.
    A common publication day is worth 1, as news of one day is of many events. The same base form 1.5, the
    same kind 1; names and places up to 2; other words by their rarity.
    """
    one, other = a.mention, b.mention
    score, reasons = 0.0, []
    if _told_as_one(one, other) or _told_as_one(other, one):
        score += THRESHOLD
        reasons.append("told in one clause")
    if a.day is not None and a.day == b.day:
        score += 1.5 if lexicon().kind(one.kind).report else 3.0
        reasons.append(f"same day ({one.when.edtf})")
    elif one.when.interval and other.when.interval:
        if a.dated and b.dated and one.when.interval.overlaps(other.when.interval):
            score += 1.0
            reasons.append("dates agree")
        elif one.when.interval == other.when.interval:
            score += 0.5
            reasons.append("same day of publication")
        elif not one.when.interval.overlaps(other.when.interval):
            score -= 1.5
    length = duration_days(one.duration)
    if length is not None and length == duration_days(other.duration):
        score += 1.0
        reasons.append("same length")
    if (
        a.side == "real"
        and a.dated
        and b.dated
        and lexicon().kind(one.kind).wished
        and _overlap(one.when, other.when)
    ):
        score += 1.5  # a truce that came about is rare: two at one time are one
    if a.side == "unreal" and a.place & b.place and one.kind in _VIOLENCE:
        score += 1.5  # few plans of one sort for one place
    if one.lemma == other.lemma:
        score += 0.7 + 0.8 * rarity.get(one.lemma, 1.0)
        reasons.append(f"“{one.lemma}”")
    elif one.kind == other.kind:
        score += 0.7
        reasons.append(f"both tell of {one.kind}")
    for label, left, right, most in (("", a.names, b.names, 1.5), ("at ", a.place, b.place, 1.5)):
        shared = sorted(left & right)
        points = min(most, sum(0.4 + rarity.get(w, 1.0) for w in shared))
        if shared:
            score += points
            reasons.append(label + ", ".join(shared))
    common = (a.words & b.words) - a.names - b.names - a.place - b.place - {one.lemma, other.lemma}
    if common:
        weight = sum(rarity.get(w, 1.0) ** 2 for w in common)
        smaller = min(sum(rarity.get(w, 1.0) ** 2 for w in f.words) for f in (a, b))
        score += min(2.0, 2.0 * weight / max(smaller, 1.5))
        reasons.append("words: " + ", ".join(sorted(common, key=lambda w: (-rarity.get(w, 1.0), w))[:4]))
    if {(q.aspect, q.value) for q in one.quantities} & {(q.aspect, q.value) for q in other.quantities}:
        score += 1.0
        reasons.append("same number")
    if one.nominal and other.nominal and one.article == other.article and one.lemma == other.lemma:
        score += 0.8  # a noun taken up again in one article means the same thing more often than not
    return score, "; ".join(reasons)


def _overlap(a: When, b: When) -> bool:
    return a.interval is not None and b.interval is not None and a.interval.overlaps(b.interval)


def _told_as_one(one: EventMention, other: EventMention) -> bool:
    return any(link.type == "same" and link.other == other.key for link in one.links)


def _event(cluster: _Cluster, numbers: Mapping[str, int], pile: int) -> Event:
    pairs = sorted(zip(cluster.members, cluster.why, strict=True), key=lambda p: p[0].order)
    mentions = [f.mention for f, _ in pairs]
    when = _when(mentions)
    status = _status(mentions)
    if not status.is_real and when.rule.startswith("publication date"):
        when = When()
    named = max(mentions, key=lambda m: (m.weight, -m.position, m.key))
    places = Counter(m.place for m in mentions if m.place)
    people = Counter(p for m in mentions for p in m.participants)
    first = {p: n for n, p in reversed(list(enumerate(p for m in mentions for p in m.participants)))}
    citations = tuple(_citation(m, why) for m, (_, why) in zip(mentions, pairs, strict=True))
    return Event(
        id=_id(mentions[0]),
        title=_title(named, when),
        status=status,
        when=when,
        date_text=date_text(when),
        kind=named.kind,
        participants=tuple(sorted(people, key=lambda p: (-people[p], first[p]))[:6]),
        place=min(places, key=lambda p: (-places[p], p)) if places else "",
        salience=_salience(mentions, when, status, pile),
        citations=tuple(sorted(citations, key=lambda c: (numbers.get(c.article, 0), c.trigger.start))),
    )


def _title(mention: EventMention, when: When) -> str:
    """The title of the mention that names the event; "began" or "ended" only if the date is that of a bound."""
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
    dated = [m for m in mentions if m.timex is not None and m.when.interval is not None]
    whole = [m for m in dated if m.when.fills and m.when.interval and not m.when.interval.is_open]
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
    """All mentions are on one side; within it the strongest word wins."""
    counts = Counter(m.status for m in mentions)
    for status in (Status.CANCELLED, Status.THREATENED, Status.PLANNED, Status.OCCURRED):
        if counts[status]:
            return status
    return min(counts, key=lambda s: (-counts[s], s.value))


def _salience(mentions: Sequence[EventMention], when: When, status: Status, pile: int) -> float:
    """0 to 1: how many articles and sentences tell it, what it is, how finely it is dated."""
    articles = len({m.article for m in mentions})
    sentences = len({(m.article, m.quote.start) for m in mentions})
    told = (articles - 1) / max(1, min(pile - 1, 4)) if pile > 1 else 0.0
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
    return round(min(1.0, score), 4)


def _id(mention: EventMention) -> str:
    """From the earliest quote: article, place and words of the trigger."""
    key = "\x1f".join((mention.article, str(mention.trigger.start), mention.trigger.text, mention.quote.text))
    return "ev-" + hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=5).hexdigest()
