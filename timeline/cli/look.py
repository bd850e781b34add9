"""`show` and `check`: a saved timeline in the terminal, and whether it still tells the truth."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from timeline.cli.console import Console, table, visible
from timeline.cli.make import limiting, talking

if TYPE_CHECKING:
    from timeline.limits import Limits
    from timeline.model import Article, Citation, Event, Publication, Timeline

#: So many possible days of publication are named one by one.
_FEW = 4

#: Where `build` writes if nothing else is said.
DEFAULT = "output/timeline.json"

#: What each picture is for.
_PICTURES = {
    "png": "the picture for web pages, mails and word processors",
    "svg": "the picture that stays sharp at any size",
    "pdf": "the picture for print and LaTeX, in pages where it is long",
}


@click.command()
@click.argument("what", nargs=-1, metavar="[TIMELINE.JSON] [EVENT-ID]...")
@click.option("--all", "everything", is_flag=True, help="All events found, not only those in the pictures.")
@talking
@click.pass_obj
def show(console: Console, /, what: tuple[str, ...], everything: bool) -> int:
    """Show a timeline as a table, or say why an event is there.

    Without a file it reads output/timeline.json. The beginning of an event's id is enough.

    \b
    timeline show output/timeline.json
    timeline show ev-3f2a                     each quote, and what dated it
    """
    from timeline.result import Timeline

    ids = [item for item in what if re.fullmatch(r"ev-[0-9a-f]*", item)]
    files = [item for item in what if item not in ids]
    if len(files) > 1:
        raise click.UsageError(f"one timeline at a time, not {len(files)}")
    timeline = Timeline.load(files[0] if files else DEFAULT)
    if ids:
        parts = [_why(timeline, _event(timeline, id)) for id in ids]
        click.echo("\n\n".join("\n".join(part) for part in parts))
        return 0
    events = timeline.events if everything else timeline.shown
    if not events:
        console.warning("no events found" if not timeline.events else "no event is shown; see --all")
        return 0
    numbers = {a.id: a.number for a in timeline.articles}
    rows = [(e.date_text, e.status.value, e.title, _cited(e, numbers), e.id) for e in events]
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    click.echo(table(rows, width, flexible=2))
    return 0


@click.command()
@talking
@click.pass_obj
def formats(console: Console, /) -> int:
    """List the formats that build and export write.

    A star marks those that are written when none is asked for.

    \b
    timeline build articles/ --format png,docx,bib
    """
    from timeline import result
    from timeline.export import FORMATS
    from timeline.render import PICTURE_FORMATS

    usual = result.usual()
    pictures = [(name, f"timeline.{name}", _PICTURES[name]) for name in PICTURE_FORMATS]
    others = [(f.name, f.file, f.description) for f in FORMATS.values()]
    rows = [("*" if name in usual else "", name, *rest) for name, *rest in (*pictures, *others)]
    click.echo(table(rows, shutil.get_terminal_size().columns if sys.stdout.isatty() else None, flexible=3))
    return 0


def _cited(event: Event, numbers: Mapping[str, int]) -> str:
    return f"[{', '.join(str(numbers[a]) for a in sorted(event.articles, key=numbers.__getitem__))}]"


def _event(timeline: Timeline, id: str) -> Event:
    from timeline.errors import UsageError

    found = [e for e in timeline.events if e.id == id] or [e for e in timeline.events if e.id.startswith(id)]
    if len(found) != 1:
        raise UsageError("no such event" if not found else f"the beginning of {len(found)} events", name=id)
    return found[0]


def _why(timeline: Timeline, event: Event) -> Iterator[str]:
    """Everything that speaks for an event, one line at a time."""
    yield visible(event.title)
    facts = {
        "id": event.id,
        "date": f"{event.date_text} ({event.when.edtf})",
        "because": event.when.rule,
        "status": event.status.value,
        "who": ", ".join(event.participants),
        "where": event.place,
    }
    yield from _labelled(facts)
    from timeline.export.words import grounds

    told: set[str] = set()
    for citation in event.citations:
        yield ""
        article = timeline.article(citation.article)
        yield from _citation(article, citation)
        if article.id not in told:
            yield from (visible(f"    why published then: {ground}") for ground in grounds(article, timeline))
        told.add(article.id)
    titles = {e.id: e.title for e in timeline.events}
    for relation in timeline.relations:
        if relation.basis == "words" and event.id in (relation.source, relation.target):
            yield ""
            yield visible(f"{titles[relation.source]}  {relation.type}  {titles[relation.target]}")
            if relation.quote is not None:
                yield from _quoted(relation.quote.text)
    for discrepancy in timeline.discrepancies:
        if discrepancy.event == event.id:
            yield ""
            yield f"sources differ on: {visible(discrepancy.aspect)}"
            for reading in discrepancy.readings:
                number = timeline.article(reading.article).number
                yield visible(f"  {reading.value} [{number}]: “{reading.quote.text}”")


def _citation(article: Article, citation: Citation) -> Iterator[str]:
    name = article.title or article.path or article.id
    yield visible(f"[{article.number}] {name} ({_published(article.published)})")
    yield from _quoted(citation.quote.text)
    facts = {"event word": citation.trigger.text, "status": citation.status.value}
    if citation.timex is not None:
        timex = citation.timex
        facts["date words"] = f"“{timex.span.text}” {timex.type} {timex.value}"
        facts["rule"] = timex.rule
        facts["counted from"] = timex.anchor
        facts["looking"] = timex.direction
    facts["dated"] = f"{citation.resolved.edtf}" if citation.resolved.interval else "not by this quote"
    if citation.rule != facts.get("rule"):
        facts["because"] = citation.rule
    facts["says"] = citation.attribution
    facts["same event"] = citation.why
    yield from (f"    {line}" for line in _labelled(facts))


def _published(published: Publication) -> str:
    days = published.interval
    if days is None:
        return "publication date unknown"
    when = str(days.start) if days.is_day else f"{days.start or '…'} to {days.end or '…'}"
    if (
        published.candidates
        and len(published.candidates) <= _FEW
        and all(c.is_day for c in published.candidates)
    ):
        when = " or ".join(str(c.start) for c in published.candidates)
    return f"published {when}, {published.basis.value}"


def _labelled(facts: Mapping[str, str]) -> Iterator[str]:
    told = {label: words for label, words in facts.items() if words}
    width = max(map(len, told))
    return (f"{label:<{width}}  {visible(words)}" for label, words in told.items())


def _quoted(text: str) -> list[str]:
    flat = " ".join(text.split())
    return textwrap.wrap(visible(f"“{flat}”"), 96, initial_indent="    ", subsequent_indent="    ")


@click.command()
@click.argument("file", metavar="TIMELINE.JSON")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLES...")
@limiting
@talking
@click.pass_obj
def check(console: Console, /, file: str, articles: tuple[str, ...], limits: Limits) -> int:
    """Check a timeline against its articles.

    Every quote has to stand in its article, character for character, and the dates have to be in
    order. Prints what was checked; exits with 1 if anything is wrong.

    \b
    timeline check output/timeline.json articles/
    """
    from timeline import pipeline, result
    from timeline.proof import faults

    timeline = result.Timeline.load(file)
    reading = pipeline.read(articles, {}, limits)
    for skipped in reading.skipped:
        console.error(skipped.line())
    found = list(faults(timeline, reading.articles))
    for fault in found:
        console.error(fault.line())
    console.settle()
    if found:
        return 1
    quotes = sum(len(e.citations) for e in timeline.events)
    click.echo(
        f"{quotes} quotes in {len(timeline.articles)} articles stand word for word; "
        f"{len(timeline.events)} events in order"
    )
    return 0
