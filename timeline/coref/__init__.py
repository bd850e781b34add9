"""Mentions of several articles -> events: cross-document event coreference.

`mention` says what is compared, `pair` what speaks for and against one event, `alike` how much two articles
tell the same, `cluster` how mentions become groups, `event` what a group is told as; the words are in
`words.toml`. A mention joins a group only if it is in conflict with none of its members, and every merge
says why. A threat is never merged with the deed, nor a draft with the adopted text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from timeline.choose import by_date
from timeline.coref.alike import Likeness
from timeline.coref.cluster import clusters
from timeline.coref.event import event
from timeline.coref.mention import features
from timeline.model import Article, Basis, Event, EventMention

__all__ = ["merge"]


def merge(mentions: Sequence[EventMention], articles: Sequence[Article]) -> tuple[Event, ...]:
    """One event for every group of mentions that tell the same thing; by date, undated last.

    The result does not depend on the order of `mentions` and of `articles`. Events come with their salience;
    which of them are shown is the caller's choice.
    """
    numbers = {article.id: article.number for article in articles}
    alike = Likeness(articles)
    inferred = frozenset(article.id for article in articles if article.published.basis is Basis.INFERRED)
    groups = clusters(features(sorted(mentions, key=_order(articles)), inferred), alike)
    pile = alike.sources(list(numbers))
    return by_date(event(g, numbers, alike.sources, pile) for g in groups)


def _order(articles: Sequence[Article]) -> Callable[[EventMention], tuple[int, str, int, int]]:
    """By publication, so that the first mention of an event is its earliest quote."""
    published = {a.id: (a.published.interval.first or 0) if a.published.interval else 10**7 for a in articles}
    return lambda m: (published.get(m.article, 10**7), m.article, m.trigger.start, m.trigger.end)
