"""`timeline.json`: the whole timeline as data, written and read back.

The keys are the contract named by `model.SCHEMA`. Dates are `YYYY-MM-DD`, inclusive on both ends, null
for an open or unknown end; offsets count code points of the article's text, end exclusive. What an
article's text is not in this file, except where it is not the file's own (`derived`): then it is kept.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any, Final

from timeline.errors import DataError
from timeline.export import escape
from timeline.export.fields import Fields
from timeline.export.material import NOTHING, Material
from timeline.interval import Grain, Interval
from timeline.model import (
    SCHEMA,
    Article,
    Basis,
    Citation,
    Discrepancy,
    Event,
    Evidence,
    Publication,
    Quantity,
    Reading,
    Relation,
    Span,
    Status,
    Timeline,
    Timex,
    When,
)

Object = dict[str, Any]


def dumps(timeline: Timeline, material: Material = NOTHING) -> bytes:
    """The timeline as UTF-8 JSON, keys in a fixed order, one final newline.

    A relation is one line: there are far more of them than of all else, and a list of them reads best so.
    DataError if a number in it is not finite.
    """
    document = {
        "schema": _text(SCHEMA),
        "title": _text(timeline.title),
        "articles": _text([_article(a) for a in timeline.articles]),
        "events": _text([_event(e) for e in timeline.events]),
        "relations": _lines(map(_relation, timeline.relations)),
        "discrepancies": _text([_discrepancy(d) for d in timeline.discrepancies]),
        "warnings": _text(list(timeline.warnings)),
    }
    text = ",\n".join(f' "{key}": {value}' for key, value in document.items())
    return escape.json_text(f"{{\n{text}\n}}\n").encode()


def loads(data: bytes | str) -> Timeline:
    """The timeline that `dumps` wrote. Keys it does not know are passed over.

    DataError, one sentence that names the key, if the document is not one: no JSON, another schema, a
    key missing, a wrong type, a date that is none, a citation of an article that is not there. An
    article's text is empty unless it is `derived`. An interval open at both ends reads back as unknown.
    """
    fields = Fields.parse(data)
    schema = fields.text("schema")
    if schema != SCHEMA:
        raise DataError(f'schema is "{escape.one_line(schema)[:40]}", and this version reads "{SCHEMA}"')
    timeline = Timeline(
        title=fields.text("title"),
        articles=tuple(_read_article(f) for f in fields.objects("articles")),
        events=tuple(_read_event(f) for f in fields.objects("events")),
        relations=tuple(_read_relation(f) for f in fields.objects("relations")),
        discrepancies=tuple(_read_discrepancy(f) for f in fields.objects("discrepancies")),
        warnings=fields.texts("warnings"),
    )
    _check_references(timeline)
    return timeline


# -- writing -----------------------------------------------------------------------------------


_INDENTED: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=1)
_ON_ONE_LINE: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def _text(value: Any, encoder: json.JSONEncoder = _INDENTED) -> str:
    """JSON of a part of the document, as it stands in it."""
    try:
        return encoder.encode(value).replace("\n", "\n ")
    except ValueError:
        raise DataError("the timeline holds a number that is not finite") from None


def _lines(records: Iterable[Object]) -> str:
    """A list with one record a line.

    >>> print(_lines([{"a": 1}, {"a": 2}]))
    [
      {"a": 1},
      {"a": 2}
     ]
    """
    lines = ",\n".join(f"  {_text(record, _ON_ONE_LINE)}" for record in records)
    return f"[\n{lines}\n ]" if lines else "[]"


def _article(article: Article) -> Object:
    document: Object = {
        "id": article.id,
        "number": article.number,
        "path": article.path,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "sha256": article.sha256,
        "published": {
            **_days(article.published.interval),
            "basis": article.published.basis.value,
            "candidates": [_days(c) for c in article.published.candidates],
            "evidence": [_evidence(e) for e in article.published.evidence],
        },
        "body": list(article.body),
        "headline": list(article.headline) if article.headline else None,
        "derived": article.derived,
    }
    if article.derived:
        document["text"] = article.text
    return document


def _evidence(evidence: Evidence) -> Object:
    return {
        "where": evidence.where,
        "text": evidence.text,
        "start": evidence.start,
        "end": evidence.end,
        "article": evidence.article or None,
    }


def _event(event: Event) -> Object:
    when = _when(event.when)
    return {
        "id": event.id,
        "title": event.title,
        "start": when.pop("start"),
        "end": when.pop("end"),
        "granularity": when.pop("granularity"),
        "edtf": event.when.edtf,
        "date_text": event.date_text,
        "status": event.status.value,
        "kind": event.kind,
        "participants": list(event.participants),
        "place": event.place,
        "salience": event.salience,
        "shown": event.shown,
        **when,
        "citations": [_citation(c) for c in event.citations],
    }


def _citation(citation: Citation) -> Object:
    return {
        "article": citation.article,
        **_quote(citation.quote),
        "status": citation.status.value,
        "trigger": _span(citation.trigger),
        "timex": _timex(citation.timex) if citation.timex else None,
        "resolved": _when(citation.resolved),
        "rule": citation.rule,
        "attribution": citation.attribution,
        "quantities": [_quantity(q) for q in citation.quantities],
        "why": citation.why,
    }


def _timex(timex: Timex) -> Object:
    return {
        **_span(timex.span),
        "type": timex.type,
        "value": timex.value,
        "mod": timex.mod,
        "names": _days(timex.interval) if timex.interval else None,
        "granularity": timex.grain.value if timex.grain else None,
        "rule": timex.rule,
        "anchor": timex.anchor,
        "direction": timex.direction,
    }


def _quantity(quantity: Quantity) -> Object:
    return {
        "aspect": quantity.aspect,
        "value": quantity.value,
        "approximate": quantity.approximate,
        "bound": quantity.bound,
        "span": _span(quantity.span) if quantity.span else None,
    }


def _relation(relation: Relation) -> Object:
    cited = bool(relation.article or relation.quote)
    quote = _quote(relation.quote) if relation.quote else {"quote": None, "start": None, "end": None}
    return {
        "source": relation.source,
        "target": relation.target,
        "type": relation.type,
        "basis": relation.basis,
        "inferred": relation.inferred,
        "citation": {"article": relation.article, **quote} if cited else None,
    }


def _discrepancy(discrepancy: Discrepancy) -> Object:
    return {
        "event": discrepancy.event,
        "aspect": discrepancy.aspect,
        "readings": [
            {"value": r.value, "article": r.article, **_quote(r.quote)} for r in discrepancy.readings
        ],
    }


def _when(when: When) -> Object:
    return {
        **_days(when.interval),
        "granularity": when.grain.value if when.grain else None,
        "fills": when.fills,
        "approximate": when.approximate,
        "rule": when.rule,
    }


def _days(interval: Interval | None) -> Object:
    start, end = (interval.start, interval.end) if interval else (None, None)
    return {"start": start.isoformat() if start else None, "end": end.isoformat() if end else None}


def _span(span: Span) -> Object:
    return {"text": span.text, "start": span.start, "end": span.end}


def _quote(span: Span) -> Object:
    return {"quote": span.text, "start": span.start, "end": span.end}


# -- reading -----------------------------------------------------------------------------------


def _read_article(fields: Fields) -> Article:
    published = fields.object("published")
    derived = fields.flag("derived", False)
    return Article(
        id=fields.text("id"),
        number=fields.integer("number"),
        path=fields.text("path"),
        title=fields.text("title"),
        source=fields.text("source"),
        url=fields.text("url"),
        sha256=fields.text("sha256"),
        published=Publication(
            interval=published.interval(),
            basis=published.word("basis", Basis),
            evidence=tuple(map(_read_evidence, published.objects("evidence"))),
            candidates=tuple(
                found
                for c in published.objects("candidates", optional=True)
                if (found := c.interval()) is not None
            ),
        ),
        body=fields.pair("body") or (0, 0),
        headline=fields.pair("headline"),
        derived=derived,
        text=fields.text("text") if derived else "",
    )


def _read_evidence(fields: Fields) -> Evidence:
    return Evidence(
        fields.text("where"),
        fields.text("text"),
        fields.optional_integer("start"),
        fields.optional_integer("end"),
        fields.text("article") if fields.has("article") else "",
    )


def _read_event(fields: Fields) -> Event:
    citations = tuple(_read_citation(f) for f in fields.objects("citations"))
    if not citations:
        raise fields.wrong("citations", "holds none, and every event has at least one")
    salience = fields.number("salience")
    if not math.isfinite(salience):
        raise fields.wrong("salience", "is not a finite number")
    return Event(
        id=fields.text("id"),
        title=fields.text("title"),
        status=fields.word("status", Status),
        when=_read_when(fields),
        date_text=fields.text("date_text"),
        kind=fields.text("kind", ""),
        participants=fields.texts("participants"),
        place=fields.text("place"),
        salience=salience,
        shown=fields.flag("shown"),
        citations=citations,
    )


def _read_citation(fields: Fields) -> Citation:
    timex = fields.optional_object("timex")
    return Citation(
        article=fields.text("article"),
        quote=fields.span("quote"),
        trigger=fields.object("trigger").span(),
        status=fields.word("status", Status),
        timex=_read_timex(timex) if timex else None,
        resolved=_read_when(fields.object("resolved")),
        rule=fields.text("rule"),
        attribution=fields.text("attribution", ""),
        quantities=tuple(_read_quantity(q) for q in fields.objects("quantities", optional=True)),
        why=fields.text("why", ""),
    )


def _read_timex(fields: Fields) -> Timex:
    names = fields.optional_object("names")
    return Timex(
        span=fields.span(),
        type=fields.text("type"),
        value=fields.text("value"),
        interval=names.interval() if names else None,
        grain=fields.optional_word("granularity", Grain),
        mod=fields.text("mod", ""),
        rule=fields.text("rule", ""),
        anchor=fields.text("anchor", ""),
        direction=fields.text("direction", ""),
    )


def _read_quantity(fields: Fields) -> Quantity:
    span = fields.optional_object("span")
    return Quantity(
        aspect=fields.text("aspect"),
        value=fields.integer("value"),
        approximate=fields.flag("approximate", False),
        bound=fields.text("bound", ""),
        span=span.span() if span else None,
    )


def _read_when(fields: Fields) -> When:
    return When(
        interval=fields.interval(),
        grain=fields.optional_word("granularity", Grain),
        fills=fields.flag("fills", False),
        approximate=fields.flag("approximate", False),
        rule=fields.text("rule", ""),
    )


def _read_relation(fields: Fields) -> Relation:
    citation = fields.optional_object("citation")
    return Relation(
        source=fields.text("source"),
        target=fields.text("target"),
        type=fields.text("type"),
        basis=fields.text("basis"),
        inferred=fields.flag("inferred"),
        article=citation.text("article") if citation else "",
        quote=citation.span("quote") if citation and citation.has("quote") else None,
    )


def _read_discrepancy(fields: Fields) -> Discrepancy:
    return Discrepancy(
        event=fields.text("event"),
        aspect=fields.text("aspect"),
        readings=tuple(
            Reading(r.text("value"), r.text("article"), r.span("quote")) for r in fields.objects("readings")
        ),
    )


def _check_references(timeline: Timeline) -> None:
    """Every name leads somewhere, so that no writer has to ask."""
    articles = [a.id for a in timeline.articles]
    events = [e.id for e in timeline.events]
    for key, ids in (("articles", articles), ("events", events)):
        if len(set(ids)) != len(ids):
            raise DataError(f"{key} has the same id twice")
    if len({a.number for a in timeline.articles}) != len(articles):
        raise DataError("articles has the same number twice")
    named = [
        *(
            (f"events[{i}].citations", c.article, articles)
            for i, e in enumerate(timeline.events)
            for c in e.citations
        ),
        *((f"relations[{i}].source", r.source, events) for i, r in enumerate(timeline.relations)),
        *((f"relations[{i}].target", r.target, events) for i, r in enumerate(timeline.relations)),
        *((f"discrepancies[{i}].event", d.event, events) for i, d in enumerate(timeline.discrepancies)),
        *(
            (f"discrepancies[{i}].readings", r.article, articles)
            for i, d in enumerate(timeline.discrepancies)
            for r in d.readings
        ),
    ]
    known = {id(articles): set(articles), id(events): set(events)}
    for key, name, among in named:
        if name not in known[id(among)]:
            what = "article" if among is articles else "event"
            raise DataError(f'{key} names an {what} that is not there: "{escape.one_line(name)[:60]}"')
