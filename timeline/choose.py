"""Which events a reader sees: what was asked for, the most telling of those, and a headline for them."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from timeline.errors import UsageError
from timeline.interval import Interval
from timeline.model import Article, Event, Status

#: How many events a picture holds before it stops being read at a glance.
MAX_EVENTS = 20

#: Something that happened, no one says when, has to be this much more telling to take a place from a dated
#: one. A threat or a plan has no date by nature, and salience knows of dates already.
UNDATED = 0.85


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for. Nothing asked for means everything."""

    about: tuple[str, ...] = ()
    """Words that must all stand in the title, the names, the place or the quotes; any case."""
    window: Interval | None = None
    """Only events that may have taken place in it; what has no date is then left out."""
    statuses: tuple[Status, ...] = ()

    @classmethod
    def asked(
        cls,
        about: str | None = None,
        since: str | dt.date | None = None,
        until: str | dt.date | None = None,
        status: Status | str | Iterable[Status | str] | None = None,
    ) -> Wanted:
        """From what a caller writes; UsageError names what cannot be understood.

        >>> Wanted.asked(about="Truce", since="2023-11", until=None).window
        Interval.between('2023-11-01', None)
        """
        window = None
        if since is not None or until is not None:
            first = None if since is None else calendar(since).first
            stop = None if until is None else calendar(until).stop
            if first is not None and stop is not None and first >= stop:
                raise UsageError(f"from {since} to {until} ends before it starts")
            window = Interval(first, stop)
        return cls(tuple(_words(about or "")), window, _statuses(status))

    def includes(self, event: Event) -> bool:
        """True if `event` is asked for."""
        if self.statuses and event.status not in self.statuses:
            return False
        if self.window is not None and not (
            event.when.interval is not None and event.when.interval.overlaps(self.window)
        ):
            return False
        if not self.about:
            return True
        told = [event.title, event.place, *event.participants, *(c.quote.text for c in event.citations)]
        words = set(_words(" ".join(told)))
        return words.issuperset(self.about)


EVERYTHING = Wanted()
"""Nothing in particular asked for."""


def calendar(text: str | dt.date) -> Interval:
    """A year, a month or a day as users write it: `2023`, `2023-10`, `2023-10-07`.

    >>> calendar("2023-10")
    Interval.between('2023-10-01', '2023-10-31')
    """
    if isinstance(text, dt.date):
        return Interval.on(text)
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", str(text)):
        try:
            return Interval.of(*map(int, str(text).split("-")))
        except ValueError:
            pass
    raise UsageError("not a date; write YYYY-MM-DD, YYYY-MM or YYYY", name=str(text))


def day(text: str | dt.date) -> dt.date:
    """One day, as users write it; UsageError for anything else, a month too."""
    days = calendar(text)
    if days.start is None or not days.is_day:
        raise UsageError("not a day; write YYYY-MM-DD", name=str(text))
    return days.start


def show(events: Sequence[Event], wanted: Wanted, most: int = MAX_EVENTS) -> tuple[Event, ...]:
    """The events, all of them, `shown` set on the `most` most telling ones that are wanted."""
    if most < 1:
        raise UsageError("at least one event has to be shown", name=str(most))
    ranked = sorted((e for e in events if wanted.includes(e)), key=_rank)
    chosen = {e.id for e in ranked[:most]}
    return tuple(e if e.shown == (e.id in chosen) else replace(e, shown=e.id in chosen) for e in events)


def by_date(events: Iterable[Event]) -> tuple[Event, ...]:
    """In the order a reader expects: by first day, then by last day, undated last."""

    def place(event: Event) -> tuple[bool, float, float, str]:
        days = event.when.interval
        if days is None:
            return True, 0, 0, event.id
        stop = days.stop if days.stop is not None else float("inf")
        return False, days.first if days.first is not None else stop, stop, event.id

    return tuple(sorted(events, key=place))


def headline(articles: Sequence[Article], events: Sequence[Event]) -> str:
    """A title when the user gave none: the two names most told of, or how many articles there are.

    A name has a capital, and stands in two articles and two events, so that one article's odd word
    never becomes the headline of a report.
    """
    if len(articles) == 1 and articles[0].title:
        return articles[0].title
    number = "1 article" if len(articles) == 1 else f"{len(articles)} articles"
    told: Counter[str] = Counter()
    where: defaultdict[str, set[str]] = defaultdict(set)
    for event in events:
        for name in dict.fromkeys(event.participants):
            if name[:1].isupper():
                told[name] += 1
                where[name].update(event.articles)
    often = [name for name in told if told[name] > 1 and len(where[name]) > 1]
    names = sorted(often, key=lambda name: (-len(where[name]), -told[name], name))[:2]
    return f"{' and '.join(names)}: timeline of {number}" if names else f"Timeline of {number}"


def _rank(event: Event) -> tuple[float, int, str]:
    days = event.when.interval
    weight = event.salience * UNDATED if days is None and event.status.is_real else event.salience
    return -weight, (days.first or 0) if days else 0, event.id


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _statuses(status: Status | str | Iterable[Status | str] | None) -> tuple[Status, ...]:
    if status is None:
        return ()
    many = [status] if isinstance(status, Status | str) else list(status)
    try:
        return tuple(Status(s) for s in many)
    except ValueError as error:
        known = ", ".join(s.value for s in Status)
        raise UsageError(f"{error}; one of {known}") from error
