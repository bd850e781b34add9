"""How events lie to each other, and where the sources disagree.

Relations from dates are few: "before" joins an event to those that come next, not to all that come later,
and "during" to what fills the days around it. Relations from words carry their quote. Discrepancies are two
readings of one thing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, combinations

from timeline.interval import Allen
from timeline.model import Citation, Discrepancy, Event, EventMention, Quantity, Reading, Relation


def relate(events: Sequence[Event], mentions: Iterable[EventMention] = ()) -> tuple[Relation, ...]:
    """The relations between events: from their dates, and from the words of the mentions they were merged
    from. In a fixed order."""
    return (*_from_words(events, mentions), *_from_dates(events))


def _from_dates(events: Sequence[Event]) -> Iterator[Relation]:
    """Next-after relations between dated events, and what lies during what fills a stretch."""
    dated = [e for e in events if e.when.interval is not None and not e.when.interval.is_open]
    starts = sorted((_bounds(e)[0], e.id) for e in dated)
    by_id = {e.id: e for e in dated}
    days = [start for start, _ in starts]
    ends = [_bounds(by_id[id_])[1] for _, id_ in starts]
    horizons = list(accumulate(reversed(ends), min))[::-1]  # the first end of what starts here or later
    for event in sorted(dated, key=lambda e: (_bounds(e), e.id)):
        stop = _bounds(event)[1]
        first = bisect_left(days, stop)
        for start, id_ in starts[first:]:
            if start >= horizons[first]:
                break
            yield Relation(event.id, id_, "before", "dates", inferred=True)
    long = [e for e in dated if e.when.fills]
    for outer in long:
        for inner in dated:
            if inner is outer or inner.when.interval is None or outer.when.interval is None:
                continue
            if inner.when.interval.relation(outer.when.interval) in (
                Allen.DURING,
                Allen.STARTS,
                Allen.FINISHES,
            ):
                yield Relation(inner.id, outer.id, "during", "dates", inferred=True)


def _bounds(event: Event) -> tuple[int, int]:
    interval = event.when.interval
    assert interval is not None
    assert interval.first is not None
    assert interval.stop is not None
    return interval.first, interval.stop


def _from_words(events: Sequence[Event], mentions: Iterable[EventMention]) -> Iterator[Relation]:
    """Links between mentions, lifted to their events; each pair and type once, its first quote kept."""
    home = {(c.article, c.trigger.start, c.trigger.end): event for event in events for c in event.citations}
    seen: set[tuple[str, str, str]] = set()
    for mention in sorted(mentions, key=lambda m: m.key):
        for link in mention.links:
            source, target = home.get(mention.key), home.get(link.other)
            if link.type in {"same", "with"} or source is None or target is None or source is target:
                continue
            if not (source.status.is_real or target.status.is_real):
                continue  # two hopes have no order
            type_ = link.type
            if type_ == "after":  # "cancelled after the raid": the raid was before
                source, target, type_ = target, source, "before"
            if (source.id, target.id, type_) not in seen:
                seen.add((source.id, target.id, type_))
                yield Relation(
                    source.id, target.id, type_, "words", article=mention.article, quote=link.quote
                )


def discrepancies(events: Sequence[Event]) -> tuple[Discrepancy, ...]:
    """Where two articles give one event different numbers.

    Only for events that are over: the toll of a war grows from day to day, that of one day does not.
    """
    found = []
    for event in events:
        interval = event.when.interval
        if interval is None or interval.is_open or not event.status.is_real:
            continue
        told: dict[str, list[tuple[Citation, Quantity]]] = defaultdict(list)
        for citation in event.citations:
            for quantity in citation.quantities:
                told[quantity.aspect].append((citation, quantity))
        for aspect, pairs in told.items():
            readings = _readings(pairs)
            if len(readings) > 1:
                found.append(Discrepancy(event.id, aspect, readings))
    return tuple(found)


def _readings(pairs: Sequence[tuple[Citation, Quantity]]) -> tuple[Reading, ...]:
    """One reading for each value that differs from another told by another article."""
    differing = {
        n
        for (i, (one, a)), (j, (other, b)) in combinations(enumerate(pairs), 2)
        if one.article != other.article and not agree(a, b)
        for n in (i, j)
    }
    readings: dict[tuple[str, str], Reading] = {}
    for n in sorted(differing):
        citation, quantity = pairs[n]
        value = in_words(quantity)
        readings.setdefault((citation.article, value), Reading(value, citation.article, citation.quote))
    return tuple(readings.values())


def agree(a: Quantity, b: Quantity) -> bool:
    """True if two numbers can both be right.

    >>> agree(Quantity("killed", 1200, approximate=True), Quantity("killed", 1200))
    True
    >>> agree(Quantity("killed", 1200, approximate=True), Quantity("killed", 1160))
    False
    >>> agree(Quantity("killed", 30, bound="at least"), Quantity("killed", 41))
    True
    """
    if a.value == b.value:
        return True
    for low, high in ((a, b), (b, a)):
        if low.bound == "at least" and low.value <= high.value * 1.005 and high.value <= low.value * 1.5:
            return True
        if low.bound == "at most" and low.value >= high.value:
            return True
    return False


def in_words(quantity: Quantity) -> str:
    """The number as a reader would write it.

    >>> in_words(Quantity("killed", 1200, approximate=True))
    'about 1,200'
    """
    sign = "about " if quantity.approximate else f"{quantity.bound} " if quantity.bound else ""
    return f"{sign}{quantity.value:,}"
