"""`timeline.jsonld`: the events in the vocabulary of schema.org, for search engines and linked data.

It may stand in a web page as it is, in a `script` element of the type `application/ld+json`: no character
in it can end that element.
"""

from __future__ import annotations

import json
from typing import Any, Final

from timeline.export import words
from timeline.export.escape import json_text, one_line, quote_link, web_link
from timeline.export.material import NOTHING, Material
from timeline.export.sources import published_on
from timeline.export.words import Sources
from timeline.interval import Grain
from timeline.model import Article, Event, Status, Timeline

Thing = dict[str, Any]

#: Grains for which the days of an event are what a schema.org date says.
_EXACT: Final = {Grain.DAY, Grain.MONTH, Grain.YEAR}


def dumps(timeline: Timeline, material: Material = NOTHING) -> bytes:
    """The events shown as an ordered list of `Event`s, each with its quotes and their articles."""
    sources = Sources.of(timeline)
    data = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": one_line(timeline.title),
        "description": one_line(words.summary(timeline)),
        "numberOfItems": len(timeline.shown),
        "itemListOrder": "https://schema.org/ItemListOrderAscending",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "item": _event(event, sources)}
            for place, event in enumerate(timeline.shown, 1)
        ],
    }
    text = json_text(json.dumps(data, ensure_ascii=False, indent=1))
    for char in "<>&":  # as JSON may write any character
        text = text.replace(char, f"\\u{ord(char):04x}")
    return (text + "\n").encode()


def _event(event: Event, sources: Sources) -> Thing:
    return _known(
        {
            "@type": "Event",
            "identifier": one_line(event.id),
            "name": one_line(event.title) or "Untitled",
            **_dates(event),
            "eventStatus": "https://schema.org/EventCancelled" if event.status is Status.CANCELLED else None,
            "location": _known({"@type": "Place", "name": one_line(event.place)}) if event.place else None,
            "about": [{"@type": "Thing", "name": one_line(name)} for name in event.participants],
            "description": one_line(f"{event.status.value}, {event.date_text} (EDTF {event.when.edtf})"),
            "keywords": [event.status.value],
            "subjectOf": [
                {
                    "@type": "Quotation",
                    "text": one_line(citation.quote.text),
                    "isPartOf": _article(sources.by_id[citation.article], citation.quote.text),
                }
                for citation in words.quotes(event)
            ],
        }
    )


def _dates(event: Event) -> Thing:
    """`startDate` and `endDate`, only as exact as they are: "some time between" has neither."""
    interval, when = event.when.interval, event.when
    if interval is None:
        return {}
    if when.fills or interval.is_day:
        return {"startDate": _iso(interval.start), "endDate": _iso(interval.end)}
    if when.grain in _EXACT and not when.edtf.startswith("["):
        return {"startDate": when.edtf.rstrip("~")}
    return {}


def _article(article: Article, quote: str) -> Thing:
    day = published_on(article)
    return _known(
        {
            "@type": "NewsArticle",
            "identifier": one_line(article.id),
            "headline": one_line(words.name(article)),
            "url": quote_link(article.url, quote) if web_link(article.url) else None,
            "datePublished": day.isoformat() if day else None,
            "publisher": {"@type": "Organization", "name": one_line(article.source)}
            if article.source
            else None,
        }
    )


def _iso(day: object) -> str | None:
    return str(day) if day else None


def _known(thing: Thing) -> Thing:
    """Without what is unknown."""
    return {name: value for name, value in thing.items() if value}
