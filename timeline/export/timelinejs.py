"""`timeline.timelinejs.json`: the dated events for TimelineJS, a slide each.

Its texts are HTML, so what articles say is escaped as HTML inside JSON. It draws nothing without a date;
what has none is counted on the title slide.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from timeline.export import words
from timeline.export.escape import html_link, html_text, json_text, one_line, quote_link
from timeline.export.material import NOTHING, Material
from timeline.export.words import Sources
from timeline.model import Event, Status, Timeline


def dumps(timeline: Timeline, material: Material = NOTHING) -> bytes:
    """The events shown that have a date, with their quotes and links to the sources."""
    sources = Sources.of(timeline)
    dated = [event for event in timeline.shown if event.when.interval]
    undated = len(timeline.shown) - len(dated)
    summary = words.summary(timeline)
    if undated:
        summary += f" {words.count(undated, 'event')} without a date left out."
    data = {
        "title": {"text": {"headline": html_text(timeline.title), "text": f"<p>{html_text(summary)}</p>"}},
        "events": [_slide(event, sources) for event in dated],
    }
    return (json_text(json.dumps(data, ensure_ascii=False, indent=1)) + "\n").encode()


def _slide(event: Event, sources: Sources) -> dict[str, Any]:
    interval = event.when.interval
    assert interval is not None
    first = interval.start or interval.end or dt.date.min
    slide: dict[str, Any] = {"unique_id": one_line(event.id), "start_date": _date(first)}
    if interval.end and interval.end != first:
        slide["end_date"] = _date(interval.end)
    status = f" ({event.status.value})" if event.status is not Status.OCCURRED else ""
    slide["display_date"] = html_text(event.date_text)
    slide["text"] = {
        "headline": html_text(event.title or "Untitled") + status,
        "text": "".join(_quotes(event, sources)),
    }
    slide["group"] = event.status.value
    slide["autolink"] = False
    return slide


def _date(day: dt.date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _quotes(event: Event, sources: Sources) -> Iterator[str]:
    for citation in words.quotes(event):
        article = sources.by_id[citation.article]
        source = html_link(words.name(article), quote_link(article.url, citation.quote.text))
        publisher = f", {html_text(article.source)}" if article.source else ""
        quote = html_text(citation.quote.text)
        # No blockquote: TimelineJS puts quotation marks of its own around each paragraph of one.
        yield f"<p>“{quote}”<br><small>[{article.number}] {source}{publisher}</small></p>"
