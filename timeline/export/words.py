"""What reports and pages say in words: dates, sources, counts, why. Plain text, not yet escaped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from timeline.interval import Interval
from timeline.model import Article, Basis, Citation, Event, Publication, Status, Timeline

#: Not `strftime("%B")`, which speaks the language the machine is set to.
MONTHS: Final = tuple(
    "January February March April May June July August September October November December".split()
)

#: Monday first, as `date.weekday` counts.
WEEKDAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

#: So many days are named one by one.
_FEW_DAYS: Final = 4

#: What each status means, for a legend.
STATUS_MEANINGS: Final = {
    Status.OCCURRED: "it happened",
    Status.ONGOING: "it had begun and had not ended",
    Status.PLANNED: "someone means to do it",
    Status.THREATENED: "someone threatens to do it",
    Status.POSSIBLE: "it may happen, or may have happened",
    Status.CANCELLED: "it was called off",
    Status.DENIED: "someone says it did not happen",
}

#: How a publication date is known, said behind it.
_BASES: Final = {
    Basis.STATED: "stated",
    Basis.GIVEN: "given by the user",
    Basis.INFERRED: "inferred",
    Basis.UNKNOWN: "unknown",
}


def day(date: dt.date) -> str:
    """A day as a reader would write it.

    >>> day(dt.date(2024, 3, 5))
    '5 March 2024'
    """
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def days(interval: Interval | None) -> str:
    """Days as a reader would write them; empty if unknown.

    >>> days(Interval.between("2024-03-05", "2024-04-01"))
    '5 March 2024 to 1 April 2024'
    >>> days(Interval.between(None, "2024-04-01"))
    'until 1 April 2024'
    """
    start, end = (interval.start, interval.end) if interval else (None, None)
    if start and end:
        return day(start) if start == end else f"{day(start)} to {day(end)}"
    if start:
        return f"from {day(start)}"
    return f"until {day(end)}" if end else ""


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun.

    >>> count(1, "event"), count(2, "discrepancy", "discrepancies")
    ('1 event', '2 discrepancies')
    """
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def publication(article: Article) -> str:
    """The publication date and how it is known.

    >>> publication(Article("a", ""))
    'publication date unknown'
    """
    published = article.published
    if published.basis is Basis.UNKNOWN or published.interval is None:
        return "publication date unknown"
    where = ", ".join(dict.fromkeys(e.where for e in published.evidence if e.where))
    how = _BASES[published.basis]
    if where and published.basis is Basis.STATED:
        how = f"{how}: {where}"
    return f"published {possible_days(published)} ({how})"


def possible_days(published: Publication) -> str:
    """The days on which an article can have been published, as a reader would write them.

    >>> fridays = tuple(Interval.on(f"2024-03-{day:02d}") for day in (8, 15, 22))
    >>> possible_days(Publication(fridays[0] | fridays[-1], Basis.INFERRED, (), fridays))
    '8 March 2024, 15 March 2024 or 22 March 2024'
    """
    few = 1 < len(published.candidates) <= _FEW_DAYS
    if few and all(c.is_day for c in published.candidates):
        *others, last = (days(c) for c in published.candidates)
        return f"{', '.join(others)} or {last}"
    weekdays = {c.start.weekday() for c in published.candidates if c.is_day and c.start}
    if len(weekdays) == 1 and all(c.is_day for c in published.candidates):
        return f"on a {WEEKDAYS[weekdays.pop()]}, {days(published.interval)}"
    return days(published.interval)


def grounds(article: Article, timeline: Timeline) -> list[str]:
    """Why an inferred publication date is what it is, a line for each quote; empty for others."""
    if article.published.basis is not Basis.INFERRED:
        return []
    numbers = {a.id: a.number for a in timeline.articles}
    return [
        f"{e.where}{f' [{numbers[e.article]}]' if e.article in numbers else ''}: “{' '.join(e.text.split())}”"
        for e in article.published.evidence
    ]


def name(article: Article) -> str:
    """What to call an article: its title, else its file, else its id."""
    return article.title or article.path or article.id


def why(citation: Citation) -> str:
    """Why a quote dates an event as it does: the words, the rule that read them, what they were counted from.

    Empty if the quote says nothing of a date.
    """
    timex = citation.timex
    if citation.rule or not timex:
        return citation.rule
    reasons = (f"“{timex.span.text}”", f" by {timex.rule}" * bool(timex.rule), f", from {timex.anchor}")
    return "".join(reasons[: 3 if timex.anchor else 2])


def quotes(event: Event) -> list[Citation]:
    """The quotes that a reader sees: one that tells of the event by two of its words stands there once."""
    found: dict[tuple[str, int, int], Citation] = {}
    for citation in event.citations:
        place = citation.article, citation.quote.start, citation.quote.end
        first = found.setdefault(place, citation)
        if not why(first) and why(citation):
            found[place] = citation
    return list(found.values())


def chapter(event: Event) -> str:
    """The heading an event stands under: the year it begins, or that its date is unknown."""
    interval = event.when.interval
    first = (interval.start or interval.end) if interval else None
    return str(first.year) if first else "Date unknown"


def extent(events: Iterable[Event]) -> str:
    """From the first known day of the events to the last; empty if none is known."""
    intervals = [e.when.interval for e in events if e.when.interval]
    if len(set(intervals)) == 1:  # which may be open
        return days(intervals[0])
    known = [d for i in intervals for d in (i.start, i.end) if d]
    return days(Interval.between(min(known), max(known))) if known else ""


def summary(timeline: Timeline) -> str:
    """One sentence on what is shown.

    >>> summary(Timeline("A", (Article("a", ""),)))
    'No events from 1 article.'
    """
    shown = timeline.shown
    found = len(timeline.events)
    events = f"{len(shown)} of {count(found, 'event')}" if len(shown) < found else count(found, "event")
    span = extent(shown)
    articles = count(len(timeline.articles), "article")
    return f"{events if found else 'No events'} from {articles}{f', {span}' if span else ''}."


def alt(timeline: Timeline, limit: int = 250) -> str:
    """Alternative text for the picture: title, what is shown, first and last event, at most `limit` long."""
    shown = timeline.shown
    parts = [f"Timeline: {timeline.title}.", summary(timeline)]
    if shown:
        parts.append(f"First: {shown[0].title or 'Untitled'} ({shown[0].date_text}).")
    if len(shown) > 1:
        parts.append(f"Last: {shown[-1].title or 'Untitled'} ({shown[-1].date_text}).")
    text = " ".join(" ".join(parts).split())
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


@dataclass(frozen=True)
class Sources:
    """The articles of a timeline by id: the number and the record behind a citation."""

    by_id: Mapping[str, Article]

    @classmethod
    def of(cls, timeline: Timeline) -> Sources:
        """The sources of a timeline."""
        return cls({article.id: article for article in timeline.articles})

    def number(self, article: str) -> int:
        """The citation number of an article, by id."""
        return self.by_id[article].number

    def numbers(self, event: Event) -> list[int]:
        """The citation numbers of an event, each once, rising."""
        return sorted({self.number(article) for article in event.articles})
