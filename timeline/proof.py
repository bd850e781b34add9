"""Whether a timeline tells the truth: every quote stands in its article, every date in its order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from timeline.choose import by_date
from timeline.errors import DataError
from timeline.model import Article, Event, Span, Timeline


def verify(timeline: Timeline) -> None:
    """Raise DataError, naming the event, unless every quote is the very words of its article."""
    for fault in misquotes(timeline, {a.id: a for a in timeline.articles}):
        raise fault


def faults(timeline: Timeline, articles: Iterable[Article]) -> Iterator[DataError]:
    """What is wrong with `timeline`, seen from the articles themselves; nothing if all is well."""
    found = matching(timeline, articles)
    missing = [a for a in timeline.articles if a.id not in found]
    for article in missing:
        yield DataError("not among the articles given", name=article.path or article.id)
    yield from misquotes(timeline, found, leave_out=[a.id for a in missing])
    yield from _disorder(timeline)


def matching(timeline: Timeline, articles: Iterable[Article]) -> dict[str, Article]:
    """The given article for each of the timeline's, by id, else by path: a changed text changes its id."""
    given = list(articles)
    by_path = {a.path: a for a in given if a.path}
    by_id = {a.id: a for a in given}
    found = {a.id: by_id.get(a.id) or by_path.get(a.path) for a in timeline.articles}
    return {id: article for id, article in found.items() if article is not None}


def misquotes(
    timeline: Timeline, articles: dict[str, Article], leave_out: Iterable[str] = ()
) -> Iterator[DataError]:
    """Every span of the timeline that is not the text of its article at its place."""
    ignored = frozenset(leave_out)
    for owner, id, span in spans(timeline):
        if id in ignored:
            continue
        article = articles.get(id)
        if article is None:
            yield DataError(f"quotes an article that is not there: {id}", name=owner)
        elif not span.text or article.text[span.start : span.end] != span.text:
            where = article.path or article.id
            yield DataError(f"“{span.text}” does not stand at {span.start} in {where}", name=owner)


def spans(timeline: Timeline) -> Iterator[tuple[str, str, Span]]:
    """Every stretch of text the timeline rests on: the event it backs, the article's id, the span."""
    for event in timeline.events:
        for c in event.citations:
            yield event.id, c.article, c.quote
            yield event.id, c.article, c.trigger
            if c.timex is not None:
                yield event.id, c.article, c.timex.span
    for relation in timeline.relations:
        if relation.quote is not None:
            yield relation.source, relation.article, relation.quote
    for discrepancy in timeline.discrepancies:
        for reading in discrepancy.readings:
            yield discrepancy.event, reading.article, reading.quote


def _disorder(timeline: Timeline) -> Iterator[DataError]:
    if by_date(timeline.events) != timeline.events:
        yield DataError("its events are not in the order of their dates", name=timeline.title)
    events = {e.id: e for e in timeline.events}
    for event in timeline.events:
        if not event.citations:
            yield DataError("no quote backs it", name=event.id)
    for r in timeline.relations:
        if r.source not in events or r.target not in events:
            yield DataError(f"“{r.type}” leads to an event that is not there", name=r.source)
        elif r.type == "before" and not _may_precede(events[r.source], events[r.target]):
            yield DataError(f"said to come before {r.target}, which its date denies", name=r.source)


def _may_precede(source: Event, target: Event) -> bool:
    """False only if the dates rule it out: the source starts after the target has ended."""
    if source.when.interval is None or target.when.interval is None:
        return True
    first, stop = source.when.interval.first, target.when.interval.stop
    return first is None or stop is None or first < stop
