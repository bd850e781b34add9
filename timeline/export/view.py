"""What the templates of the web page and of the fragment ask of a timeline."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from timeline.export import words
from timeline.export.escape import legal, one_line, quote_link, web_link
from timeline.export.words import Sources
from timeline.interval import Grain
from timeline.model import Article, Citation, Discrepancy, Event, Relation, Span, Status, Timeline, When

if TYPE_CHECKING:
    from jinja2 import Template

#: How much of the article stands before and after a quote, in characters, where its text is at hand.
CONTEXT: Final = 160


@cache
def template(name: str) -> Template:
    """A template of `page/`, in which every text is escaped."""
    from jinja2 import Environment, StrictUndefined

    def finalize(value: Any) -> Any:
        return legal(value) if type(value) is str else value  # markup made here is legal already

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=finalize
    )
    return environment.from_string(part(name))


def part(name: str) -> str:
    """A file of `page/`."""
    return files("timeline.export").joinpath("page", name).read_text(encoding="utf-8").strip()


@dataclass(frozen=True)
class Piece:
    """A stretch of a quote: `kind` is `trigger`, `when` or empty."""

    text: str
    kind: str


class View:
    """What the template asks of a timeline. No text in it is escaped yet."""

    def __init__(self, timeline: Timeline, texts: Mapping[str, str]) -> None:
        self.shown = timeline.shown
        self.sources = Sources.of(timeline)
        self._texts = texts
        self._events = {event.id: event for event in self.shown}
        self._timeline = timeline
        self._disputes: dict[str, list[Discrepancy]] = defaultdict(list)
        for discrepancy in timeline.discrepancies:
            self._disputes[discrepancy.event].append(discrepancy)
        self._links: dict[str, list[Relation]] = defaultdict(list)
        for relation in timeline.relations:
            if relation.basis == "words" and relation.target in self._events:
                self._links[relation.source].append(relation)
        self._quoted = Counter(c.article for e in self.shown for c in words.quotes(e))

    # -- events -------------------------------------------------------------------------------

    def chapters(self) -> list[tuple[str, list[Event]]]:
        """The events under headings: the year each begins, or that its date is unknown."""
        return [(heading, list(group)) for heading, group in groupby(self.shown, key=words.chapter)]

    def anchor(self, event: Event) -> str:
        """The event's place on the page; what follows `#` in a permanent link."""
        if re.fullmatch(r"ev-[0-9a-z-]+", event.id):
            return event.id
        return f"ev-{hashlib.sha256(event.id.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"

    def datetime(self, when: When) -> str:
        """The date as `<time datetime>` takes it, or empty where it takes none."""
        plain = re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", when.edtf)
        return plain[0] if plain and when.grain in (Grain.DAY, Grain.MONTH, Grain.YEAR) else ""

    def days(self, event: Event) -> Markup:
        """The event's days as attributes that the time band reads; only digits, hyphens and our words."""
        interval, when = event.when.interval, event.when
        if interval is None:
            return Markup("")
        shape = "over" if when.fills else "within"
        start, end = interval.start or "", interval.end or ""
        return Markup('data-start="{}" data-end="{}" data-shape="{}"').format(start, end, shape)

    def extent(self) -> tuple[str, str]:
        """The first and the last day known of any event, in ISO; both empty if there is none."""
        intervals = [e.when.interval for e in self.shown if e.when.interval]
        known = [day for i in intervals for day in (i.start, i.end) if day]
        return (str(min(known)), str(max(known))) if known else ("", "")

    def undated(self) -> int:
        """How many of the events have no date."""
        return sum(event.when.interval is None for event in self.shown)

    def disputes(self, event: Event) -> list[Discrepancy]:
        """Where sources disagree on the event."""
        return self._disputes.get(event.id, [])

    def links(self, event: Event) -> list[tuple[Relation, Event]]:
        """The relations that an article states, from this event to others on the page."""
        return [(r, self._events[r.target]) for r in self._links.get(event.id, ())]

    def said(self, discrepancy: Discrepancy) -> list[tuple[str, list[str]]]:
        """The values of a discrepancy, each once, with the articles that have it."""
        found: dict[str, list[str]] = {}
        for reading in discrepancy.readings:
            articles = found.setdefault(reading.value, [])
            if reading.article not in articles:
                articles.append(reading.article)
        return list(found.items())

    # -- quotes -------------------------------------------------------------------------------

    def quotes(self, event: Event) -> tuple[Citation, list[Citation]]:
        """The quote that stands first, if possible one with the date in it, and the others."""
        found = words.quotes(event)
        lead = next((c for c in found if c.timex and c.timex.span in c.quote), found[0])
        return lead, [c for c in found if c is not lead]

    def pieces(self, citation: Citation) -> list[Piece]:
        """The quote cut where the trigger and the time expression begin and end."""
        quote = citation.quote
        marks = [(citation.trigger, "trigger")]
        if citation.timex:
            marks.insert(0, (citation.timex.span, "when"))
        kinds = [""] * len(quote.text)
        for span, kind in marks:
            if span in quote:
                begin, end = span.start - quote.start, span.end - quote.start
                kinds[begin:end] = [kind] * len(kinds[begin:end])
        runs = groupby(zip(quote.text, kinds, strict=True), key=lambda pair: pair[1])
        return [Piece("".join(char for char, _ in run), kind) for kind, run in runs]

    def context(self, citation: Citation) -> tuple[str, str]:
        """The words before and after the quote, in its paragraph; both empty without the text."""
        text, quote = self._texts.get(citation.article, ""), citation.quote
        if text[quote.start : quote.end] != quote.text:
            return "", ""
        before = re.split(r"\n\s*\n", text[: quote.start])[-1]
        after = re.split(r"\n\s*\n", text[quote.end :])[0]
        if len(before) > CONTEXT:
            before = f"… {before[-CONTEXT:].partition(' ')[2]}"
        if len(after) > CONTEXT:
            after = f"{after[:CONTEXT].rpartition(' ')[0]} …"
        return before, after

    def link(self, article: str, quote: Span) -> str:
        """Address of the article at the quote, or empty."""
        return quote_link(self.sources.by_id[article].url, quote.text)

    def web(self, article: Article) -> str:
        """Address of the article, or empty."""
        return web_link(article.url)

    # -- everything ---------------------------------------------------------------------------

    def discrepancies(self) -> list[tuple[Discrepancy, Event]]:
        """The discrepancies of the events shown."""
        return [(d, self._events[d.event]) for d in self._timeline.discrepancies if d.event in self._events]

    def statuses(self) -> list[tuple[Status, int]]:
        """The statuses there are, with how many events have each."""
        counts = [(status, sum(e.status is status for e in self.shown)) for status in Status]
        return [(status, number) for status, number in counts if number]

    def participants(self) -> list[tuple[str, int]]:
        """Who takes part in more than one event, most often first."""
        counts: dict[str, int] = {}
        for event in self.shown:
            for name in self.names(event.participants):
                counts[name] = counts.get(name, 0) + 1
        found = [(name, number) for name, number in counts.items() if number > 1]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def names(self, participants: Iterable[str]) -> list[str]:
        """Participants, each once, on one line, the empty ones left out."""
        return [name for name in dict.fromkeys(map(one_line, participants)) if name]

    def quoted(self, article: Article) -> int:
        """How many quotes of an article the page shows."""
        return self._quoted[article.id]
