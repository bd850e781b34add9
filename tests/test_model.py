"""The records: what they say of themselves, and that nobody can change them."""

from __future__ import annotations

import dataclasses

import pytest

from timeline import model
from timeline.interval import Grain, Interval
from timeline.model import Article, Citation, Event, Span, Status, Timeline, When


@pytest.mark.parametrize(
    ("edtf", "when"),
    [
        ("2024-03-25", When(Interval.on("2024-03-25"), Grain.DAY)),
        ("2024-03-25~", When(Interval.on("2024-03-25"), Grain.DAY, approximate=True)),
        ("2024-03", When(Interval.of(2024, 3), Grain.MONTH)),
        ("2024-03~", When(Interval.of(2024, 3), Grain.MONTH, approximate=True)),
        ("2024", When(Interval.of(2024), Grain.YEAR)),
        ("1998~", When(Interval.of(1998), Grain.YEAR, approximate=True)),
        ("0044", When(Interval.of(44), Grain.YEAR)),
        ("0044-03", When(Interval.of(44, 3), Grain.MONTH)),
        ("0044-03-15", When(Interval.on("0044-03-15"), Grain.DAY)),
        ("[2024-03-01..2024-03-10]", When(Interval.between("2024-03-01", "2024-03-10"), Grain.MONTH)),
        ("[2024-03-18..2024-03-24]", When(Interval.between("2024-03-18", "2024-03-24"), Grain.WEEK)),
        ("[1990-01-01..1999-12-31]", When(Interval.between("1990-01-01", "1999-12-31"), Grain.DECADE)),
        ("[..2024-03-31]", When(Interval.between(None, "2024-03-31"), Grain.DAY)),
        ("[2024-03-01..]", When(Interval.between("2024-03-01", None), Grain.DAY)),
        (
            "2023-11-24/2023-12-01",
            When(Interval.between("2023-11-24", "2023-12-01"), Grain.DAY, fills=True),
        ),
        (
            "2023-11-24~/2023-12-01~",
            When(Interval.between("2023-11-24", "2023-12-01"), fills=True, approximate=True),
        ),
        ("2023-10-07/..", When(Interval.between("2023-10-07", None), Grain.DAY, fills=True)),
        ("../2024-06-30", When(Interval.between(None, "2024-06-30"), Grain.DAY, fills=True)),
        ("XXXX-XX-XX", When()),
        ("XXXX-XX-XX", When(rule="“two days later” by <span> later")),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(edtf: str, when: When) -> None:
    """EDTF has a form for a day, a month, a year, a choice, a stretch, an open end and the unknown."""
    assert edtf == when.edtf


def test_a_span_holds_what_lies_within_it() -> None:
    """A span is in itself and in any wider one; touching spans share nothing."""
    sentence, word, next_word = Span(10, 30, ""), Span(10, 15, ""), Span(15, 20, "")

    assert word in sentence
    assert sentence in sentence
    assert sentence not in word
    assert word.overlaps(sentence)
    assert sentence.overlaps(word)
    assert not word.overlaps(next_word)
    assert Span(14, 16, "") not in word


def test_a_span_is_its_place() -> None:
    """Two spans of one place are equal; the text is there to be read."""
    assert Span(1, 4, "war") == Span(1, 4, "")
    assert 1 == len({Span(1, 4, "war"), Span(1, 4, "")})


def test_only_what_happened_or_is_happening_is_real() -> None:
    """Plans, threats, possibilities, what was cancelled and what is denied did not take place."""
    assert [Status.OCCURRED, Status.ONGOING] == [status for status in Status if status.is_real]
    assert "occurred ongoing planned threatened possible cancelled denied" == " ".join(
        s.value for s in Status
    )


def test_an_article_gives_spans_of_its_text() -> None:
    """A span carries the words that stand there."""
    article = Article(id="a", text="A bridge fell.")

    assert "bridge" == article.span(2, 8).text


def test_an_event_names_each_article_once() -> None:
    """The articles of an event are those of its citations, in their order."""
    citations = [_citation(article) for article in ("b", "a", "b")]
    event = Event(
        id="ev-1", title="", status=Status.OCCURRED, when=When(), date_text="", citations=tuple(citations)
    )

    assert ("b", "a") == event.articles


def test_a_timeline_finds_by_id_and_shows_what_is_marked() -> None:
    """Articles and events are found by id, a wrong id is a KeyError, and hidden events are not shown."""
    shown = Event(id="ev-1", title="", status=Status.OCCURRED, when=When(), date_text="", shown=True)
    hidden = dataclasses.replace(shown, id="ev-2", shown=False)
    timeline = Timeline("", articles=(Article(id="a", text=""),), events=(shown, hidden))

    assert (shown,) == timeline.shown
    assert hidden is timeline.event("ev-2")
    assert timeline.articles[0] is timeline.article("a")
    with pytest.raises(KeyError, match="ev-3"):
        timeline.event("ev-3")
    with pytest.raises(KeyError, match="b"):
        timeline.article("b")


RECORDS = [value for value in vars(model).values() if dataclasses.is_dataclass(value)]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_records_are_frozen(record: type) -> None:
    """Nothing can be changed in place; a stage that learns more makes a new record."""
    first = dataclasses.fields(record)[0].name
    made = object.__new__(record)

    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(made, first, "else")


def _citation(article: str) -> Citation:
    return Citation(article=article, quote=Span(0, 1, "x"), trigger=Span(0, 1, "x"), status=Status.OCCURRED)
