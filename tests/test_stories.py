"""The two stories in `fixtures/` against the `expected.toml` beside them."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import FIXTURES

from timeline.interval import Interval
from timeline.model import Article, Basis, Event
from timeline.result import Timeline

STORIES = ("ceasefire", "ferry")
EXPECTED = {
    story: tomllib.loads((FIXTURES / story / "expected.toml").read_text("utf-8")) for story in STORIES
}

Row = dict[str, Any]


def rows(kind: str, label: str) -> list[Any]:
    """One test case a row of `expected.toml`, named by the story and what the row says."""
    return [
        pytest.param(story, row, id=f"{story}: {row[label]}")
        for story in STORIES
        for row in EXPECTED[story].get(kind, ())
    ]


@pytest.mark.parametrize(
    ("story", "name", "day"),
    [(story, name, day) for story in STORIES for name, day in EXPECTED[story]["dates"].items()],
)
def test_publication_dates_are_those_the_articles_state(
    stories: dict[str, Timeline], story: str, name: str, day: dt.date | str
) -> None:
    """A stated publication date is found; where none is stated, none is claimed to be."""
    published = named(stories[story], name).published

    if day == "unknown":
        assert published.basis not in (Basis.STATED, Basis.GIVEN)
    else:
        assert (Interval.on(day), Basis.STATED) == (published.interval, published.basis)


@pytest.mark.parametrize(("story", "row"), rows("event", "what"))
def test_the_story_holds_this_event(stories: dict[str, Timeline], story: str, row: Row) -> None:
    """One event has the words, the dates, the status and all the articles that the story gives it."""
    timeline = stories[story]
    told = [e for e in timeline.events if tells(e, row["words"])]
    fits = [e for e in told if dated(e, row) and has_status(e, row)]
    cited = [{label(timeline.article(a)) for a in e.articles} for e in fits]

    assert any(set(row["articles"]) <= names for names in cited), "\n".join(
        f"{e.date_text}, {e.status.value}: {e.title} {sorted(label(timeline.article(a)) for a in e.articles)}"
        for e in fits or told
    )


@pytest.mark.parametrize(("story", "row"), rows("apart", "why"))
def test_these_two_are_never_one_event(stories: dict[str, Timeline], story: str, row: Row) -> None:
    """What hangs on words of one quote and what hangs on words of the other are different events."""
    one, other = (
        hanging(stories[story], row[side]["article"], row[side]["quote"]) for side in ("one", "other")
    )

    assert one, row["one"]
    assert other, row["other"]
    assert set() == one & other


@pytest.mark.parametrize(("story", "row"), rows("nothing", "text"))
def test_no_event_hangs_on_what_stands_around_an_article(
    stories: dict[str, Timeline], story: str, row: Row
) -> None:
    """Bylines, credits, desk codes and page furniture make no event."""
    assert set() == hanging(stories[story], row["article"], row["text"])


def label(article: Article) -> str:
    """The name of an article in `expected.toml`: its record's id, or its file name."""
    name = article.path.rpartition("/")[2]
    return article.id if name.endswith((".json", ".jsonl")) or "#" in name else name


def named(timeline: Timeline, name: str) -> Article:
    return next(a for a in timeline.articles if label(a) == name)


def tells(event: Event, words: list[str]) -> bool:
    told = " ".join([event.title, *(c.trigger.text for c in event.citations)]).lower()
    return any(re.search(rf"\b{re.escape(word)}", told) for word in words)


def dated(event: Event, row: Row) -> bool:
    if "start" not in row:
        return True
    days = event.when.interval
    return days is not None and days in Interval.between(row["start"], row["end"])


def has_status(event: Event, row: Row) -> bool:
    status = event.status.value
    return status in row.get("status", [status]) and status not in row.get("not_status", [])


def hanging(timeline: Timeline, name: str, words: str) -> set[str]:
    """Ids of the events with a trigger inside `words`, wherever they stand in that article."""
    article = named(timeline, name)
    places = list(occurrences(article.text, words))
    return {
        event.id
        for event in timeline.events
        for c in event.citations
        if c.article == article.id and any(a <= c.trigger.start < b for a, b in places)
    }


def occurrences(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Where `words` stand in `text`; any white space matches any other."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return (match.span() for match in re.finditer(pattern, text))
