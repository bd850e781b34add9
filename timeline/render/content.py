"""What a picture says, as plain strings: the items on the timeline, its heading, sources and alt text.

All text that comes from articles passes through `clean` here, once.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from timeline.address import web_link
from timeline.interval import Interval
from timeline.model import Article, Basis, Event, Status, Timeline
from timeline.render.dates import ENGLISH, Dates

#: Longest text that is drawn in one place; an input that calls a whole article a title is cut here.
LONGEST: Final = 600

#: Longest alternative text that screen readers read without a pause, by common advice.
ALT_LENGTH: Final = 250

#: Up to so many citations of one event are written one by one.
FEW_CITATIONS: Final = 4

NO_EVENTS: Final = "No events found"


@dataclass(frozen=True, slots=True)
class Item:
    """One event as the picture tells it."""

    id: str
    date: str
    title: str
    status: str
    """A word, or empty for what occurred."""
    shape: str
    """A status value; `style` draws a shape for each."""
    citations: str
    """`[1][3]`"""
    dispute: str
    """What sources differ on, or empty."""
    first: float | None
    """Number of the first day, None if open."""
    stop: float | None
    """Number of the day after the last, None if open."""
    fills: bool
    """True if it fills those days, False if it happened at some point in them."""
    who: tuple[str, ...] = ()
    """Participants, the doer first."""
    theme: str = ""
    """What kind of event it is: `Attack`, `Truce` ..."""
    notes: tuple[str, ...] = ()
    """Further lines: how it is tied to other events."""

    @property
    def dated(self) -> bool:
        """True if at least one end is known."""
        return self.first is not None or self.stop is not None

    @property
    def at(self) -> float:
        """Where its mark stands, in days. The beginning of what fills its days, the middle of a day
        or of a stretch in which it happened, the known end of one that is open."""
        if self.first is None:
            assert self.stop is not None
            return self.stop - 0.5
        if self.stop is None or self.fills:
            return self.first + 0.5
        return (self.first + self.stop) / 2

    @property
    def is_bar(self) -> bool:
        """True if it is dated and takes, or may lie in, more than a day."""
        if self.first is None or self.stop is None:
            return self.dated
        return self.stop - self.first > 1


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the numbered list of sources."""

    number: int
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a picture says."""

    title: str
    subtitle: str
    dated: tuple[Item, ...]
    undated: tuple[Item, ...]
    sources: tuple[Source, ...]
    alt: str

    @property
    def all(self) -> tuple[Item, ...]:
        """All items, in the timeline's order: what has no date is last."""
        return self.dated + self.undated


def content(timeline: Timeline, dates: Dates = ENGLISH) -> Content:
    """What the picture of `timeline` says: its shown events and the articles they cite."""
    disputes: dict[str, list[str]] = {}
    for discrepancy in timeline.discrepancies:
        disputes.setdefault(discrepancy.event, []).append(discrepancy.aspect)
    numbers = {article.id: article.number for article in timeline.articles}
    items = [_item(numbers, event, disputes.get(event.id, []), dates) for event in timeline.shown]
    cited = {id for event in timeline.shown for id in event.articles}
    return Content(
        title=clean(timeline.title) or "Timeline",
        subtitle=subtitle(timeline, dates),
        dated=tuple(item for item in items if item.dated),
        undated=tuple(item for item in items if not item.dated),
        sources=tuple(_source(article, dates) for article in timeline.articles if article.id in cited),
        alt=alt_text(timeline, dates),
    )


def clean(text: str) -> str:
    """Article text fit to be drawn: no control or direction-changing characters, single spaces.

    >>> clean("a\\x00 b\\u202e\\n  c")
    'a b c'
    """
    kept = []
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if char.isspace():
            kept.append(" ")
        elif category == "Cs":
            kept.append("\ufffd")
        elif category not in ("Cc", "Cf", "Cn") or char in "\u200c\u200d":
            kept.append(char)
    flat = " ".join("".join(kept).split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1].rstrip() + "…"


def is_rtl(text: str) -> bool:
    """True if the first letter with a direction is written from right to left."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def citation_text(numbers: Sequence[int]) -> str:
    """Article numbers as citations; of many, runs are drawn together.

    >>> citation_text([1, 2, 3]), citation_text([1, 2, 3, 4, 7])
    ('[1][2][3]', '[1–4][7]')
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    together = len(numbers) > FEW_CITATIONS
    return "".join(
        f"[{run[0]}–{run[-1]}]" if together and len(run) > 2 else "".join(f"[{n}]" for n in run)
        for run in runs
    )


def span_text(timeline: Timeline, dates: Dates = ENGLISH) -> str:
    """From the first to the last known day of what is shown; empty if nothing is dated."""
    known = [event.when.interval for event in timeline.shown if event.when.interval is not None]
    if len(set(known)) == 1:  # which may be open
        return dates.interval(known[0])
    days = [day for i in known for day in (i.start, i.end) if day is not None]
    return dates.interval(Interval.between(min(days), max(days))) if days else ""


def subtitle(timeline: Timeline, dates: Dates = ENGLISH) -> str:
    """Span and counts, one line under the title."""
    if not timeline.shown:
        return NO_EVENTS
    articles = len({id for event in timeline.shown for id in event.articles})
    parts = [
        _isolated(span_text(timeline, dates)),
        f"{_count(len(timeline.shown), 'event')} from {_count(articles, 'article')}",
    ]
    statuses = Counter(event.status for event in timeline.shown)
    parts += [f"{statuses[s]} {s.value}" for s in Status if statuses[s] and not s.is_real]
    return " · ".join(part.replace(" ", "\u00a0") for part in parts if part)


def alt_text(timeline: Timeline, dates: Dates = ENGLISH) -> str:
    """The picture in at most 250 characters: title, span, counts, first and last event, key events."""
    shown = timeline.shown
    title = clean(timeline.title) or "Timeline"
    if not shown:
        return shortened(f"Timeline “{shortened(title, 180)}”. {NO_EVENTS}.", ALT_LENGTH)
    articles = len({id for event in shown for id in event.articles})
    span = span_text(timeline, dates)
    text = (
        f"Timeline “{shortened(title, 80)}”{', ' + span if span else ''}: "
        f"{_count(len(shown), 'event')} from {_count(articles, 'article')}."
    )
    dated = [event for event in shown if event.when.interval is not None] or list(shown)
    ends = [("First", dated[0]), ("Last", dated[-1])] if len(dated) > 1 else [("Event", dated[0])]
    others = [event for event in shown if event not in (dated[0], dated[-1])]
    key = [("Also", e) for e in sorted(others, key=lambda e: (-e.salience, e.id))[:3]]
    for place, (word, event) in enumerate(ends + key):
        room = ALT_LENGTH - len(text) - 1
        share = room // (len(ends) - place) if place < len(ends) else room
        status = "" if event.status.is_real else f" ({event.status.value})"
        words = f"{word}{status}: {clean(event.title).rstrip('.')}."
        if len(words) > share:
            if place >= len(ends) or share < 24:
                continue
            words = shortened(words, share)
        text = f"{text} {words}"
    return text


def _item(numbers: Mapping[str, int], event: Event, disputes: list[str], dates: Dates) -> Item:
    interval = event.when.interval
    return Item(
        id=re.sub(r"[^A-Za-z0-9_-]", "-", event.id),
        date=_glued(clean(dates.event(event))),
        title=clean(event.title) or "(untitled)",
        status="" if event.status is Status.OCCURRED else event.status.value,
        shape=event.status.value,
        citations=citation_text(sorted(numbers[id] for id in event.articles)),
        dispute=clean("sources differ: " + ", ".join(dict.fromkeys(disputes))) if disputes else "",
        first=None if interval is None or interval.first is None else float(interval.first),
        stop=None if interval is None or interval.stop is None else float(interval.stop),
        fills=event.when.fills,
        who=tuple(filter(None, map(clean, event.participants))),
        theme=clean(event.kind)[:1].upper() + clean(event.kind)[1:],
    )


def _glued(date: str) -> str:
    """A date that is broken into lines only after a dash or before "to" or "and"."""
    return re.sub(r" (?!to |and )", "\u00a0", date).replace("–\u00a0", "– ")


def _isolated(text: str) -> str:
    """A text that keeps its own direction among words of another, by Unicode's isolates."""
    return f"\u2068{text}\u2069" if is_rtl(text) else text


def _source(article: Article, dates: Dates) -> Source:
    name = clean(article.title) or _short(article.path) or clean(article.id) or "?"
    published = article.published
    if published.interval is None:
        date = "publication date unknown"
    else:
        inferred = " (inferred)" if published.basis is Basis.INFERRED else ""
        date = f"{_isolated(dates.interval(published.interval))}{inferred}"
    place = _short(re.sub(r"^https?://(www\.)?", "", article.url) or article.path)
    origin = ", ".join(part for part in (clean(article.source), date) if part)
    parts = [name, origin[:1].upper() + origin[1:], "" if place == name else place]
    text = ". ".join(part.rstrip(".") for part in parts if part)
    return Source(article.number, text, web_link(article.url))


def _short(place: str) -> str:
    """A path or address without its middle, so that it fits on a line."""
    place = clean(place)
    return place if len(place) <= 44 else f"{place[:18]}…{place[-25:]}"


def shortened(text: str, length: int) -> str:
    """A text cut between words, with an ellipsis, if it is longer than `length` characters."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
