"""`timeline.ics`: the dated events as all-day entries of a calendar (RFC 5545).

A calendar knows no "some time in March": such an entry covers all days it may have been, is marked as
tentative, and says so in its title. What has no date has no place in a calendar and is only counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from timeline.export import words
from timeline.export.escape import icalendar as text
from timeline.export.escape import quote_link
from timeline.export.material import NOTHING, Material
from timeline.export.words import Sources
from timeline.interval import Interval
from timeline.model import Event, Status, Timeline

#: What a calendar calls them. Whatever is neither certain nor called off is tentative.
_STATUSES: Final = {
    Status.OCCURRED: "CONFIRMED",
    Status.ONGOING: "CONFIRMED",
    Status.CANCELLED: "CANCELLED",
    Status.DENIED: "CANCELLED",
}
#: A calendar holds at least one thing. A time zone is one that no program shows.
_NOTHING: Final = (
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)
#: Bytes in a line before it has to be folded.
_LINE: Final = 75


def dumps(timeline: Timeline, material: Material = NOTHING) -> bytes:
    """The events shown that have a date, as a calendar in UTF-8 with lines folded as the standard asks."""
    return "".join(f"{folded}\r\n" for line in _lines(timeline) for folded in _folded(line)).encode()


def _lines(timeline: Timeline) -> Iterator[str]:
    sources = Sources.of(timeline)
    dated = [event for event in timeline.shown if event.when.interval]
    undated = len(timeline.shown) - len(dated)
    left_out = f" {words.count(undated, 'event')} without a date left out." if undated else ""
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//event-timeline//EN", "CALSCALE:GREGORIAN")
    yield f"X-WR-CALNAME:{text(timeline.title)}"
    yield f"X-WR-CALDESC:{text(words.summary(timeline) + left_out)}"
    for event in dated:
        yield from _event(event, sources)
    if not dated:
        yield from _NOTHING
    yield "END:VCALENDAR"


def _event(event: Event, sources: Sources) -> Iterator[str]:
    interval = event.when.interval
    assert interval is not None
    first, last = _days(interval)
    certain = interval.is_day or (event.when.fills and not interval.is_open)
    said = [event.title or "Untitled"]
    if event.status is not Status.OCCURRED:
        said.append(f"({event.status.value})")
    if not certain or event.when.approximate:
        said.append(f"({event.date_text})")
    yield "BEGIN:VEVENT"
    yield f"UID:{text(event.id)}@event-timeline"
    yield f"DTSTAMP:{_basic(_stamp(event, sources) or first)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(first)}"
    if last < dt.date.max:
        yield f"DTEND;VALUE=DATE:{_basic(last + dt.timedelta(1))}"  # the first day after it
    yield f"SUMMARY:{text(' '.join(said))}"
    yield f"DESCRIPTION:{text(_description(event, sources))}"
    if event.place:
        yield f"LOCATION:{text(event.place)}"
    yield f"STATUS:{_STATUSES.get(event.status, 'TENTATIVE') if certain else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy because of it
    if address := _address(event, sources):
        yield f"URL:{address}"
    yield "END:VEVENT"


def _days(interval: Interval) -> tuple[dt.date, dt.date]:
    """First and last day; the known end stands for one that is open."""
    first = interval.start or interval.end or dt.date.min
    return first, interval.end or first


def _stamp(event: Event, sources: Sources) -> dt.date | None:
    """When the entry was made: DTSTAMP is required, and the wall clock is never asked. So it is the day
    on which the last of its articles was published, if that is known."""
    published = (sources.by_id[id].published.interval for id in event.articles)
    return max((i.end for i in published if i and i.end), default=None)


def _basic(day: dt.date) -> str:
    return day.isoformat().replace("-", "")


def _description(event: Event, sources: Sources) -> str:
    quotes = (f"[{sources.number(c.article)}] “{c.quote.text}”" for c in words.quotes(event))
    named = (sources.by_id[id] for id in event.articles)
    return " ".join((f"{event.date_text}.", *quotes, *(f"[{a.number}] {words.name(a)}." for a in named)))


def _address(event: Event, sources: Sources) -> str:
    """The first source that has an address, at the quote."""
    links = (quote_link(sources.by_id[c.article].url, c.quote.text) for c in words.quotes(event))
    return next(filter(None, links), "")


def _folded(line: str) -> Iterable[str]:
    """A line in pieces of at most 75 bytes, each but the first after a space, no character cut."""
    piece, size = "", 0
    for char in line:
        width = len(char.encode())
        if size + width > _LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + char, size + width
    yield piece
