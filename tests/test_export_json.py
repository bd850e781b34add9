"""`timeline.json` keeps everything, and refuses what is none with a sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from export_stories import ferry, timelines, without_texts
from hypothesis import given, settings

from timeline.errors import DataError
from timeline.export.json import dumps, loads
from timeline.interval import Interval
from timeline.model import Timeline

quick = settings(max_examples=60, deadline=None, derandomize=True)


def document() -> dict[str, Any]:
    """The story as plain JSON data."""
    data: dict[str, Any] = json.loads(dumps(ferry()))
    return data


def test_round_trip() -> None:
    """What was written reads back as the same timeline, without the texts the user has."""
    assert without_texts(ferry()) == loads(dumps(ferry()))


@quick
@given(timelines())
def test_round_trip_of_anything(timeline: Timeline) -> None:
    """Any text, date and number survives, and a second writing gives the same bytes."""
    data = dumps(timeline)

    assert without_texts(timeline) == loads(data)
    assert data == dumps(loads(data))


def test_quotes_keep_their_words() -> None:
    """A span's text, which equality passes over, is kept too."""
    [first, *_] = loads(dumps(ferry())).events[0].citations

    assert "A ferry struck the pier at Norhavn on May 2, killing three people." == first.quote.text
    assert ("struck", "May 2") == (first.trigger.text, first.timex and first.timex.span.text)


def test_contract() -> None:
    """The keys of the contract are there, under their names and in their order."""
    data = document()
    event, article = data["events"][0], data["articles"][0]

    assert ["schema", "title", "articles", "events", "relations", "discrepancies", "warnings"] == list(data)
    assert "timeline/1" == data["schema"]
    assert {"id", "number", "path", "title", "source", "url", "sha256", "published"} <= set(article)
    assert {"start", "end", "basis", "candidates", "evidence"} == set(article["published"])
    assert {
        "id", "title", "start", "end", "granularity", "edtf", "date_text", "status", "participants", "place",
        "salience", "shown", "citations",
    } <= set(event)  # fmt: skip
    assert ("2024-05-02", "2024-05-02", "day", "2024-05-02", "occurred") == tuple(
        event[key] for key in ("start", "end", "granularity", "edtf", "status")
    )
    citation = event["citations"][0]
    assert {"text": "struck", "start": 8, "end": 14} == citation["trigger"]
    assert {"text", "start", "end", "type", "value"} <= set(citation["timex"])
    assert ("2024-05-02", "2024-05-02") == (citation["resolved"]["start"], citation["resolved"]["end"])
    assert event["citations"][1]["timex"] is None
    assert [None, {"article": "a1", "quote": "reopen", "start": 81, "end": 87}] == [
        relation["citation"] for relation in data["relations"]
    ]
    assert {"value", "article", "quote", "start", "end"} == set(data["discrepancies"][0]["readings"][0])


def test_only_extracted_text_is_kept() -> None:
    """The text is in the data where the user has no file with it, and nowhere else."""
    assert [False, True] == ["text" in article for article in document()["articles"]]


def test_form() -> None:
    """UTF-8 as it is, one final newline, no escapes a reader could not read."""
    data = dumps(Timeline("Überfahrt — 渡し"))

    assert data.endswith(b"}\n")
    assert '"title": "Überfahrt — 渡し"' in data.decode()


def test_unknown_keys_are_passed_over() -> None:
    """A file with more in it, from a later version say, still reads."""
    data = document()
    data["events"][0]["mood"] = data["mood"] = {"x": 1}

    assert without_texts(ferry()) == loads(json.dumps(data))


def test_added_keys_may_be_missing() -> None:
    """A file with the contract's keys alone reads; the rest is what the records start with."""
    data = document()
    for key in ("fills", "approximate", "rule", "kind"):
        del data["events"][0][key]
    for key in ("attribution", "quantities", "why"):
        del data["events"][0]["citations"][0][key]
    for key in ("body", "headline", "derived"):
        del data["articles"][0][key]

    timeline = loads(json.dumps(data))
    assert Interval.on("2024-05-02") == timeline.events[0].when.interval
    assert ("", (), "") == (
        timeline.events[0].citations[0].attribution,
        timeline.events[0].citations[0].quantities,
        timeline.events[0].citations[0].why,
    )


WRONG = (
    ("events/0/status", "finished", "events[0].status is not one of: occurred, ongoing, planned"),
    ("events/0/start", "20240502", "events[0].start is not a date like 2024-03-25"),
    ("events/0/start", "2024-02-30", "events[0].start is not a date like 2024-03-25"),
    ("events/0/end", "2024-05-01", "events[0].end is before its start"),
    ("events/0/title", 7, "events[0].title is not a text"),
    ("events/0/shown", 1, "events[0].shown is not true or false"),
    ("events/0/salience", "high", "events[0].salience is not a number"),
    ("events/0/participants", [1], "events[0].participants[0] is not a text"),
    ("events/0/citations", [], "events[0].citations holds none"),
    ("events/0/citations", {}, "events[0].citations is not a list"),
    ("events/0/citations/0", 3, "events[0].citations[0] is not an object"),
    ("events/0/citations/0/start", True, "events[0].citations[0].start is not a whole number"),
    ("events/0/citations/0/end", -1, "events[0].citations[0].start and end are not offsets in order"),
    ("events/0/citations/0/article", "zz", 'events[0].citations names an article that is not there: "zz"'),
    ("events/1/id", "ev-0000000001", "events has the same id twice"),
    ("articles/1/number", 1, "articles has the same number twice"),
    ("articles/0/body", [1], "articles[0].body is not a list of two whole numbers"),
    ("articles/0/published/basis", "guessed", "articles[0].published.basis is not one of: stated"),
    ("relations/0/target", "ev-x", 'relations[0].target names an event that is not there: "ev-x"'),
    ("discrepancies/0/event", "ev-x", 'discrepancies[0].event names an event that is not there: "ev-x"'),
    ("schema", "timeline/9", 'schema is "timeline/9", and this version reads "timeline/1"'),
)


@pytest.mark.parametrize(("path", "value", "sentence"), WRONG, ids=[f"{p}={v!r}" for p, v, _ in WRONG])
def test_wrong_value(path: str, value: object, sentence: str) -> None:
    """A wrong value is refused with one sentence that names the key."""
    data = document()
    *way, last = (int(step) if step.isdigit() else step for step in path.split("/"))
    place: Any = data
    for step in way:
        place = place[step]
    place[last] = value

    with pytest.raises(DataError) as caught:
        loads(json.dumps(data))
    assert str(caught.value).startswith(sentence)
    assert "\n" not in str(caught.value)


def test_missing_keys() -> None:
    """Each key of the contract, taken away, is the one that the error names."""
    for way, keys in (
        ((), ("schema", "title", "articles", "events", "relations", "discrepancies", "warnings")),
        (("articles", 0), ("id", "number", "path", "title", "source", "url", "sha256", "published")),
        (("articles", 0, "published"), ("start", "end", "basis", "evidence")),
        (("events", 0), ("id", "title", "start", "end", "date_text", "status", "place", "citations")),
        (("events", 0, "citations", 0), ("article", "quote", "start", "end", "status", "trigger", "rule")),
        (("relations", 0), ("source", "target", "type", "basis", "inferred")),
        (("discrepancies", 0), ("event", "aspect", "readings")),
    ):
        for key in keys:
            data = document()
            place: Any = data
            for step in way:
                place = place[step]
            del place[key]
            with pytest.raises(DataError, match=rf"^the key \S*{key} is missing$"):
                loads(json.dumps(data))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is not JSON at line 1"),
        (b"{\n]", "the file is not JSON at line 2"),
        (b"[]", "the file holds no JSON object"),
        (b"\xff\xfe{", "the file is not UTF-8"),
        (b'{"schema": NaN}', "the file is not JSON"),
        (b"[" * 100_000, "the file is not JSON"),
        (b'{"schema": ' + b"9" * 5_000 + b"}", "the file is not JSON"),
        (b"{}", "the key schema is missing"),
    ],
)
def test_no_document(data: bytes, sentence: str) -> None:
    """What is no JSON document at all is refused with one sentence."""
    with pytest.raises(DataError) as caught:
        loads(data)
    assert sentence == str(caught.value)


def test_numbers_are_finite() -> None:
    """No NaN is written, and no infinity is read."""
    timeline = ferry()
    endless = replace(timeline.events[0], salience=float("inf"))

    with pytest.raises(DataError, match="not finite"):
        dumps(replace(timeline, events=(endless,)))
    for number in ("1e999", "9" * 400):
        with pytest.raises(DataError, match=r"events\[0\].salience is not a finite number"):
            loads(dumps(timeline).decode().replace('"salience": 0.9', f'"salience": {number}'))
