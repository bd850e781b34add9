"""A mention -> when it took place: by its time expression, carried over, or by the publication date.

Every answer says why in `When.rule`. Where nothing says when, the answer is unknown; nothing is guessed for
what is planned, possible or denied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timeline.anchor.beside import at_occasion, during, narrowed, shared, told_of_above, with_clause_above
from timeline.anchor.own import duration_days, is_later, own
from timeline.anchor.scene import TOLD, carried_over, headline, in_between, news_day, under_way
from timeline.anchor.words import date_text
from timeline.interval import Interval
from timeline.model import Article, EventMention, Status, When

__all__ = ["date_text", "duration_days", "resolve"]


def resolve(mentions: Sequence[EventMention], article: Article) -> tuple[EventMention, ...]:
    """The mentions of one article, in reading order, each with `when` and a status that fits it."""
    published = article.published.interval
    dated = narrowed([replace(m, when=own(m, published)) for m in mentions])
    together = shared(dated)
    resolved: list[EventMention] = []
    for n, mention in enumerate(dated):
        when = mention.when
        if when.interval is None and mention.timex is None:
            when = (
                together.get(mention.key)
                or with_clause_above(mention, resolved)
                or told_of_above(mention, resolved)
                or at_occasion(mention, dated[n + 1 :], resolved)
                or carried_over(mention, resolved, published)
                or news_day(mention, resolved, published)
                or under_way(mention, published)
                or when
            )
        resolved.append(replace(mention, when=when))
    for n, mention in enumerate(resolved):
        when = mention.when
        if when.interval is None and mention.timex is None and mention.status in TOLD:
            told = headline(mention, resolved, published)
            when = told or in_between(mention, resolved[:n][::-1], resolved[n + 1 :]) or when
        resolved[n] = replace(mention, when=when, status=_fitting(mention, when, published))
    later = during(resolved) | shared(resolved)
    for n, mention in enumerate(resolved):
        if mention.when.interval is None and mention.key in later:
            when = later[mention.key]
            resolved[n] = replace(mention, when=when, status=_fitting(mention, when, published))
    return tuple(resolved)


def _fitting(mention: EventMention, when: When, published: Interval | None) -> Status:
    """The status in the light of the date: what lies after the publication has not happened yet."""
    if when.interval is None or published is None or not is_later(when.interval, published):
        return mention.status
    if mention.status in (Status.OCCURRED, Status.ONGOING, Status.POSSIBLE):
        return Status.PLANNED
    return mention.status
