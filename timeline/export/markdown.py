"""`timeline.md`: a report fragment for GitHub and pandoc.

Numbers in brackets are articles and lead to the list of sources; one footnote an event holds the exact
quotes and says why the event has its date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from timeline.export import words
from timeline.export.escape import markdown as text
from timeline.export.escape import markdown_code, markdown_link
from timeline.export.material import NOTHING, Material
from timeline.export.words import Sources
from timeline.model import Article, Citation, Discrepancy, Event, Status, Timeline


def dumps(timeline: Timeline, material: Material = NOTHING) -> bytes:
    """The report of the events shown, with the picture beside it if there is one."""
    return ("\n".join(_lines(timeline, material.picture_file)) + "\n").encode()


def _lines(timeline: Timeline, picture_file: str) -> Iterator[str]:
    sources = Sources.of(timeline)
    shown = timeline.shown
    yield f"# {text(timeline.title) or 'Timeline'}"
    if picture_file:
        yield from ("", f"![{text(words.alt(timeline))}]({picture_file})")
    yield from ("", text(words.summary(timeline)))
    if shown:
        yield from ("", "## Events", "")
    numbered = list(enumerate(shown, 1))
    for undated, group in groupby(numbered, key=lambda pair: pair[1].when.interval is None):
        if undated:
            yield from ("", "### Date unknown", "")
        for number, event in group:
            yield _event(event, number, sources)
    yield from _discrepancies(timeline, sources)
    if timeline.articles:
        yield from ("", "## Sources", "")
        for article in timeline.articles:
            yield _source(article)
            yield from (f"  - {text(ground)}" for ground in words.grounds(article, timeline))
    if timeline.warnings:
        yield from ("", "## Warnings", "")
        yield from (f"- Note: {text(warning)}" for warning in timeline.warnings)
    for number, event in numbered:
        yield from ("", _note(event, number, sources))


def _event(event: Event, number: int, sources: Sources) -> str:
    status = "" if event.status is Status.OCCURRED else f" *({event.status.value})*"
    numbers = _numbers(sources.numbers(event))
    date = f"**{text(event.date_text)}:** " if event.when.interval else ""
    return f"- {date}{text(event.title) or 'Untitled'}{status} {numbers}[^{number}]"


def _note(event: Event, number: int, sources: Sources) -> str:
    """One paragraph, so that where footnotes are not known it still reads as one."""
    place = f", {text(event.place)}" if event.place else ""
    who = f" With {text(', '.join(event.participants))}." if event.participants else ""
    head = f"{text(event.title) or 'Untitled'}: {event.status.value}, {text(event.date_text)}{place}.{who}"
    return " ".join([f"[^{number}]: {head}", *(_quote(c, sources) for c in words.quotes(event))])


def _quote(citation: Citation, sources: Sources) -> str:
    said = f", said by {text(citation.attribution)}" if citation.attribution else ""
    reason = words.why(citation)
    date = f" (date: {text(reason)})" if reason else ""
    return f"{_numbers([sources.number(citation.article)])} “{text(citation.quote.text)}”{said}{date}."


def _discrepancies(timeline: Timeline, sources: Sources) -> Iterator[str]:
    shown = {event.id: event for event in timeline.shown}
    found = [d for d in timeline.discrepancies if d.event in shown]
    if not found:
        return
    yield from ("", "## Where the sources disagree", "")
    yield from ("| Event | On | Says | Source | Words |", "| --- | --- | --- | --- | --- |")
    for discrepancy in found:
        yield from _readings(discrepancy, shown[discrepancy.event], sources)


def _readings(discrepancy: Discrepancy, event: Event, sources: Sources) -> Iterator[str]:
    about = text(event.title) or "Untitled", text(discrepancy.aspect)
    for reading in discrepancy.readings:
        number = _numbers([sources.number(reading.article)])
        yield f"| {about[0]} | {about[1]} | {text(reading.value)} | {number} | “{text(reading.quote.text)}” |"
        about = "", ""


def _source(article: Article) -> str:
    title = markdown_link(words.name(article), article.url)
    publisher = f", {text(article.source)}" if article.source else ""
    file = f", {markdown_code(article.path)}" if article.path and article.path != words.name(article) else ""
    return f"- {_numbers([article.number])} {title}{publisher}, {text(words.publication(article))}{file}"


def _numbers(numbers: Iterable[int]) -> str:
    return f"\\[{', '.join(map(str, numbers))}\\]"
