"""Publication dates that no article states: each rule by its corpus, the solver by its properties, and whole
piles with a date hidden."""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import FIXTURES
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline import pipeline, steps
from timeline.infer import RULES, infer
from timeline.infer.account import Account, account, seen_from
from timeline.infer.pile import Pile, kinship
from timeline.infer.solve import Constraint, solve
from timeline.interval import FIRST_DAY, LAST_DAY, Interval
from timeline.model import Article, Basis, Publication
from timeline.read import from_records
from timeline.timex.meaning import Away, Calendar, Length, Meaning, MonthOf, Relative, Weekday
from timeline.timex.units import Unit

CASES = tomllib.loads((Path(__file__).parent / "corpus/infer/rules.toml").read_text("utf-8"))["case"]
BEFORE = [step.name for step in steps.STEPS].index("dating articles")


def draft(articles: Sequence[Article]) -> steps.Draft:
    """The articles read as far as `infer` needs them."""
    return steps.run(steps.Draft(tuple(articles)), steps=steps.STEPS[:BEFORE])


def accounts(articles: Sequence[Article]) -> list[Account]:
    """The articles as the rules see them."""
    read = draft(articles)
    return list(map(account, read.articles, read.parsed, read.expressions, read.timexes, read.mentions))


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


# -- the rules ------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c['rule']}: {c['text'][:40]}") for c in CASES])
def test_a_rule_says_what_the_corpus_says(case: dict[str, Any]) -> None:
    """Each rule leaves the days of its example possible, rules out the others, and keeps silent elsewhere."""
    records = [{"text": case["text"], "id": case.get("id", "undated")}]
    for number, (date, text) in enumerate(case.get("others", ())):
        records.append(
            {
                "text": text,
                "pub_date": date,
                "id": case["ids"][number] if "ids" in case else f"dated-{number}",
            }
        )
    pile = accounts(from_records(records).articles)
    rule = next(rule for rule in RULES if rule.name == case["rule"])

    found = list(rule.constraints(pile[0], Pile.of(pile, kinship(pile))))

    assert bool(found) is not case.get("silent", False)
    for text in case.get("allows", ()):
        assert all(c.allows(day(text)) for c in found), text
    for text in case.get("forbids", ()):
        assert not all(c.allows(day(text)) for c in found), text
    for evidence in (e for c in found for e in c.evidence):
        if evidence.start is not None:
            texts = {a.article.id: a.article.text for a in pile}
            assert evidence.text == texts[evidence.article or "undated"][evidence.start : evidence.end]


def test_every_rule_has_an_example_and_a_counter_example() -> None:
    """No rule is without a case where it speaks and one where it keeps silent."""
    speaks = {c["rule"] for c in CASES if not c.get("silent")}
    silent = {c["rule"] for c in CASES if c.get("silent")}

    assert speaks == {rule.name for rule in RULES}
    assert silent == {rule.name for rule in RULES}


# -- the solver -----------------------------------------------------------------------------------

DAYS = st.integers(730_000, 730_400)
SPANS = st.tuples(DAYS, st.integers(1, 60)).map(lambda s: Interval(s[0], s[0] + s[1]))
CONSTRAINTS = st.builds(
    Constraint,
    rule=st.just("any"),
    weight=st.sampled_from([0.5, 1.0, 1.5, 2.0]),
    evidence=st.just(()),
    spans=st.lists(SPANS, min_size=1, max_size=3).map(tuple),
    weekdays=st.sampled_from([frozenset(range(7)), frozenset({1, 2}), frozenset({4})]),
)


@settings(deadline=None)
@given(st.lists(CONSTRAINTS, min_size=1, max_size=8))
def test_the_solution_is_the_best_of_all_days(constraints: list[Constraint]) -> None:
    """The candidates are all the days with the most weight, and no others."""
    best = {d: sum(c.weight for c in constraints if c.allows(d)) for d in range(729_999, 730_470)}
    most = max(best.values())

    solution = solve(constraints)

    if most == 0:
        assert solution is None
        return
    assert solution is not None
    candidates = {d for c in solution.candidates for d in range(c.first or 0, c.stop or 0)}
    assert {d for d, weight in best.items() if weight > most - 1e-9} == candidates
    assert solution.candidates[0] | solution.candidates[-1] == solution.interval


@settings(deadline=None)
@given(st.lists(CONSTRAINTS, min_size=1, max_size=8), st.randoms())
def test_the_solution_does_not_depend_on_the_order(
    constraints: list[Constraint], chance: random.Random
) -> None:
    """Shuffled constraints give the same days."""
    shuffled = list(constraints)
    chance.shuffle(shuffled)
    one, other = solve(constraints), solve(shuffled)

    assert (one and one.candidates) == (other and other.candidates)


class Counted(tuple[Interval, ...]):
    """Spans that count how often somebody walks through them."""

    walks = 0

    def __iter__(self) -> Iterator[Interval]:
        type(self).walks += 1
        return super().__iter__()


def test_the_solver_walks_through_the_spans_a_few_times_only() -> None:
    """Twice as many dates without a year cost twice the time, not four times."""
    spans = [
        Counted(Interval(d + 400 * y, d + 400 * y + 60) for y in range(5)) for d in range(730_000, 730_040)
    ]
    Counted.walks = 0

    assert solve([Constraint("any", 1.0, (), s) for s in spans]) is not None
    assert len(spans) * 5 >= Counted.walks


def test_one_wrong_reading_empties_nothing() -> None:
    """Two constraints that agree outvote a third, which is handed back."""
    march = Constraint("march", 1.0, (), (Interval.of(2024, 3),))
    fridays = Constraint("friday", 1.0, (), (Interval.between("2024-03-20", "2024-03-26"),), frozenset({4}))
    wrong = Constraint("wrong", 1.5, (), (Interval.on("2019-01-01"),))

    solution = solve([march, wrong, fridays])

    assert solution is not None
    assert Interval.on("2024-03-22") == solution.interval
    assert (wrong,) == solution.outvoted


def test_what_nothing_bounds_is_unknown() -> None:
    """A lower bound alone is no publication date, and neither is a weekday."""
    since = Constraint("since", 2.0, (), (Interval.between("2024-03-01", None),))
    friday = Constraint("friday", 1.0, (), weekdays=frozenset({4}))

    assert solve([since, friday]) is None
    assert solve([]) is None


# -- the ends of the calendar ---------------------------------------------------------------------

ENDS = st.one_of(
    st.integers(FIRST_DAY, FIRST_DAY + 800),
    st.integers(LAST_DAY - 800, LAST_DAY),
    st.integers(FIRST_DAY, LAST_DAY),
)
MEANINGS = [
    Weekday(0),
    Weekday(0, 1),
    Calendar(month=3, day=25),
    MonthOf(3),
    Relative(Unit.WEEK, -1),
    Away(Length(((2, Unit.DAY),)), -1),
]


@settings(deadline=None, max_examples=30)
@given(ENDS, st.sampled_from(MEANINGS), st.sampled_from([-1, 0, 1]))
def test_a_day_is_seen_from_days_of_the_calendar(first: int, meaning: Meaning, way: int) -> None:
    """Whatever day an expression names, the days it can be told from lie in the years 1 to 9999."""
    for span in seen_from(meaning, way, Interval(first, first + 1)):
        assert FIRST_DAY <= (span.first or 0) < (span.stop or 0) <= LAST_DAY + 1


@pytest.mark.parametrize("date", ["9999-12-31", "0001-01-01"])
def test_a_date_at_the_end_of_the_calendar_stops_nothing(date: str) -> None:
    """A placeholder in a text or in a field is dated like any other day."""
    text = (
        f"Orla Fenwick, 55, said the ferry sank on {date}. Orla Fenwick was born on {date}. The ferry sank "
        f"on Monday, two days after the strike of {date}. In the quarter ended {date} it earned nothing. It "
        f"will open on {date}. It is six months since {date}. Markets were closed for Christmas."
    )
    records = [{"id": "dated", "pub_date": date, "text": text}, {"id": "open", "text": text}]

    assert 2 == len(pipeline.build(records).articles)
    assert 2 == len(pipeline.build([{**r, "pub_date": ""} for r in records]).articles)


# -- whole piles ----------------------------------------------------------------------------------

STATED = [
    (story, name, date)
    for story in ("ceasefire", "ferry")
    for name, date in tomllib.loads((FIXTURES / story / "expected.toml").read_text("utf-8"))["dates"].items()
    if date != "unknown"
]


@pytest.fixture(scope="module")
def pools() -> dict[str, tuple[Article, ...]]:
    """The articles of each story."""
    return {story: pipeline.read(FIXTURES / story, {}).articles for story in ("ceasefire", "ferry")}


@pytest.fixture(scope="module")
def hidden(pools: dict[str, tuple[Article, ...]]) -> dict[tuple[str, str], Publication]:
    """Each stated date hidden in turn, and what the rest of its pile says about it."""
    found = {}
    for story, articles in pools.items():
        whole = draft(articles)
        for number, article in enumerate(articles):
            if article.published.basis is Basis.STATED:
                undated = replace(article, published=Publication())
                changed = (*articles[:number], undated, *articles[number + 1 :])
                again = replace(whole, articles=changed)
                parsed = list(whole.parsed)
                parsed[number] = replace(parsed[number], article=undated)
                again = replace(again, parsed=tuple(parsed))
                for step in steps.STEPS[1:BEFORE]:
                    again = step.run(again, lambda done: None)
                dated = infer(again.articles, again.parsed, again.expressions, again.timexes, again.mentions)
                found[story, article.id] = found[story, article.path] = dated.articles[number].published
    return found


@pytest.mark.parametrize(("story", "name", "date"), STATED)
def test_a_hidden_date_lies_in_what_is_inferred(
    hidden: dict[tuple[str, str], Publication], story: str, name: str, date: dt.date
) -> None:
    """With its stated date hidden, an article is dated by the rest of its pile, and never wrongly."""
    published = hidden[story, name]

    assert published.basis is Basis.INFERRED
    assert published.interval is not None
    assert date in published.interval
    assert any(date in c for c in published.candidates or (published.interval,))
    assert published.evidence


MONDAY = "The Security Council passed a resolution on Monday that demands a ceasefire in Gaza."
RECORDS = [
    {"id": "dated", "pub_date": "2024-03-26", "text": f"{MONDAY} Israel said on Tuesday that it was angry."},
    {"id": "open", "text": f"{MONDAY} Israel called its envoy home on Tuesday."},
    {"id": "alone", "text": "A hen crossed the road. Nobody knows why it did so."},
]


def test_relative_dates_hang_on_an_inferred_day() -> None:
    """An article that must be of Tuesday tells what it tells on Monday with Monday's date, and says why."""
    timeline = pipeline.build(RECORDS)
    article = timeline.article("open")
    told = [c for e in timeline.events for c in e.citations if c.article == "open" and c.timex]

    assert (Interval.on("2024-03-26"), Basis.INFERRED) == (
        article.published.interval,
        article.published.basis,
    )
    assert {"2024-03-25", "2024-03-26"} == {c.timex.value for c in told if c.timex}
    assert all("published 2024-03-26" in c.timex.anchor for c in told if c.timex)
    assert {"dated", ""} == {e.article for e in article.published.evidence}


def test_where_nothing_can_be_said_the_date_is_unknown() -> None:
    """An article that shares nothing with the pile stays without a date."""
    published = pipeline.build(RECORDS).article("alone").published

    assert Publication() == published


def test_stated_and_given_dates_are_never_touched() -> None:
    """Whatever the pile says, a stated date stays, and so does one that the user gives."""
    timeline = pipeline.build(RECORDS, dates={"open": "2024-05-07"})

    assert (Interval.on("2024-05-07"), Basis.GIVEN) == (
        timeline.article("open").published.interval,
        timeline.article("open").published.basis,
    )
    assert Basis.STATED is timeline.article("dated").published.basis


def test_the_order_of_the_articles_changes_nothing() -> None:
    """The same pile in another order gives the same dates."""
    one = {a.id: a.published for a in pipeline.build(RECORDS).articles}
    other = {a.id: a.published for a in pipeline.build(RECORDS[::-1]).articles}

    assert one == other


def test_the_year_of_a_day_comes_from_the_shared_event() -> None:
    """ "October 7" in an article that nothing dates is the October 7 that dated articles know."""
    timeline = pipeline.build(
        [
            {
                "id": "dated",
                "pub_date": "2023-12-06",
                "text": "The attack of Oct. 7 set off the war in Gaza.",
            },
            {"id": "open", "text": "Gunmen killed many people in the October 7 attack."},
        ]
    )
    days = {c.timex.interval for e in timeline.events for c in e.citations if c.article == "open" and c.timex}

    assert {Interval.on("2023-10-07")} == days


def test_an_update_bounds_the_publication_from_above() -> None:
    """An article that states only when it was updated is of the month before; when it was read, alone, says
    too little."""
    text = "Ferry hits pier\n{} 28 March 2024\n\nThe ferry hit the pier at Oldport, and nobody was hurt."
    updated, accessed = (
        pipeline.build([{"id": "a", "text": text.format(head)}]).article("a").published
        for head in ("Last updated:", "Accessed on")
    )

    assert (Interval.between("2024-02-26", "2024-03-28"), Basis.INFERRED) == (updated.interval, updated.basis)
    assert [("head line, updated", "28 March 2024")] == [(e.where, e.text) for e in updated.evidence]
    assert Publication() == accessed


CONTRADICTIONS = {
    "The bridge was closed on Tuesday, March 25, after a fire.": "another weekday",
    "The bridge was closed on Monday, March 25, after a fire.": "",
    "The bridge was closed on 4 May 2024 after a fire.": "tells a later day as past",
    "The bridge was closed on 4 May 2023 after a fire.": "",
    "The bridge will open on 4 March 2024.": "an earlier day as still to come",
    "The bridge will open on 4 May 2024.": "",
}


@pytest.mark.parametrize(("text", "problem"), CONTRADICTIONS.items())
def test_a_stated_date_that_its_text_contradicts_is_reported_with_both_quotes(
    text: str, problem: str
) -> None:
    """A weekday that is another one, a later day told as past, an earlier one told as still to come."""
    timeline = pipeline.build([{"id": "a", "pub_date": "2024-03-26", "text": text}])

    assert bool(problem) == bool(timeline.warnings)
    for warning in timeline.warnings:
        assert problem in warning
        assert "“2024-03-26” (pub_date field)" in warning
        assert text[-15:] in warning


def test_a_date_of_two_readings_is_settled_by_what_articles_share() -> None:
    """03/04/2024 beside an article that dates a shared event is read as it fits, and says it is inferred."""
    records = [
        {**RECORDS[0], "text": MONDAY, "pub_date": "2024-04-03"},
        {**RECORDS[1], "pub_date": "03/04/2024"},
    ]
    published = pipeline.build(records).article("open").published

    assert (Interval.on("2024-04-03"), Basis.INFERRED) == (published.interval, published.basis)
    assert "03/04/2024" == published.evidence[0].text
