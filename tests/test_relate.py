"""Relations between events, and where articles disagree."""

from __future__ import annotations

import pytest

from timeline.interval import Grain, Interval
from timeline.model import Citation, Event, EventMention, Link, Quantity, Span, Status, When
from timeline.relate import agree, discrepancies, relate


def event(id: str, start: str | None, end: str | None = None, *, fills: bool = False) -> Event:
    """An event of one quote, from one day to another."""
    days = Interval.between(start, end or start) if start else None
    quote = Span(0, 5, "It is")
    return Event(
        id=id,
        title=id,
        status=Status.OCCURRED,
        when=When(days, Grain.DAY if days else None, fills=fills),
        date_text="",
        citations=(Citation(f"article-{id}", quote, quote, Status.OCCURRED),),
    )


def told(article: str, value: int, *, approximate: bool = False, bound: str = "") -> Citation:
    """A quote of an article that counts the dead."""
    quote = Span(0, 5, "It is")
    quantity = Quantity("killed", value, approximate, bound)
    return Citation(article, quote, quote, Status.OCCURRED, quantities=(quantity,))


def counted(*citations: Citation, start: str | None = "2021-03-02") -> Event:
    """One event that these quotes tell."""
    one = event("storm", start)
    return Event(one.id, one.title, one.status, one.when, "", citations=citations)


def edges(*events: Event) -> set[tuple[str, str, str]]:
    """What their dates say."""
    return {(r.source, r.type, r.target) for r in relate(events)}


def test_before_joins_what_comes_next_only() -> None:
    """Of three days in a row, the first is joined to the second and the second to the third."""
    days = event("a", "2021-03-01"), event("b", "2021-03-02"), event("c", "2021-03-03")

    assert {("a", "before", "b"), ("b", "before", "c")} == edges(*days)


def test_what_lies_inside_a_stretch_is_during_it() -> None:
    """A day inside what fills days is during it; an event that happened at some point of them is not."""
    truce = event("truce", "2021-03-01", "2021-03-09", fills=True)
    month = event("month", "2021-03-01", "2021-03-31")

    assert {("swap", "during", "truce")} == edges(truce, event("swap", "2021-03-04"))
    assert set() == edges(month, event("swap", "2021-03-04"))


def test_an_undated_event_has_no_relation_from_dates() -> None:
    """Nothing is before or after what nobody dates."""
    assert set() == edges(event("a", "2021-03-01"), event("b", None))


def test_words_relate_events_and_are_quoted() -> None:
    """A link between two mentions joins their events, with the sentence that says so."""
    one, other = event("one", None), event("other", None)
    sentence = Span(0, 5, "It is")
    link = Link("responds to", ("article-other", 0, 5), sentence)
    mention = EventMention(
        "article-one", sentence, sentence, "cancel", "cancellation", "One", Status.OCCURRED, links=(link,)
    )

    (relation,) = relate((one, other), (mention,))

    assert ("one", "responds to", "other", "words") == (
        relation.source,
        relation.type,
        relation.target,
        relation.basis,
    )
    assert sentence == relation.quote


def test_two_numbers_are_a_discrepancy() -> None:
    """Two articles that count differently are both quoted."""
    (found,) = discrepancies([counted(told("a", 1200, approximate=True), told("b", 1160))])

    assert ("killed", [("about 1,200", "a"), ("1,160", "b")]) == (
        found.aspect,
        [(r.value, r.article) for r in found.readings],
    )


@pytest.mark.parametrize(
    "one",
    [
        counted(told("a", 1200, approximate=True), told("b", 1200)),
        counted(told("a", 30, bound="at least"), told("b", 41)),
        counted(told("a", 1200), told("a", 1160)),
        counted(told("a", 1200), told("b", 1160), start=None),
    ],
    ids=["about the same", "at least", "one article alone", "an event nobody dates"],
)
def test_these_numbers_are_no_discrepancy(one: Event) -> None:
    """Numbers that can both be right, or that may be of different days, are no disagreement."""
    assert () == discrepancies([one])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Quantity("killed", 100, approximate=True), Quantity("killed", 110), False),
        (Quantity("killed", 50, bound="at most"), Quantity("killed", 41), True),
        (Quantity("killed", 30, bound="at least"), Quantity("killed", 300), False),
    ],
)
def test_numbers_agree_as_far_as_their_words_allow(one: Quantity, other: Quantity, expected: bool) -> None:
    """ "At least" and "at most" are no exact counts, but have their limits; it is the same either way."""
    assert expected is agree(one, other)
    assert expected is agree(other, one)
