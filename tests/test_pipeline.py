"""Choosing, proving, saving: what the pipeline does around its steps."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import timeline
from timeline.choose import Wanted, by_date, headline, show
from timeline.errors import DataError, NothingUsable, TimelineError, UsageError
from timeline.interval import Interval
from timeline.model import Event, Span, Status, When
from timeline.pipeline import build
from timeline.proof import faults, verify
from timeline.result import Timeline, known
from timeline.steps import STEPS, Draft, Step, run

FIRE, PLAN, DOUBT = "ev-0000000001", "ev-0000000002", "ev-0000000003"


# -- the steps ---------------------------------------------------------------------------------


def test_steps_run_in_order_and_tell_how_far_they_are() -> None:
    """Each step gets what the one before returned; progress names the step, articles done, and all."""
    told: list[tuple[str, int, int]] = []

    def first(draft: Draft, tick: object) -> Draft:
        assert callable(tick)
        tick(1)
        return replace(draft, mentions=((),))

    def second(draft: Draft, tick: object) -> Draft:
        assert ((),) == draft.mentions
        return draft

    run(Draft(()), lambda *line: told.append(line), (Step("one", first), Step("two", second)))

    assert [("one", 0, 0), ("one", 1, 0), ("two", 0, 0)] == told


def test_every_step_has_a_name_of_its_own() -> None:
    """A waiting user can tell the steps apart."""
    assert len(STEPS) == len({step.name for step in STEPS})


def test_nothing_to_read_is_an_error() -> None:
    """No article, no timeline: an empty one would look like a finding."""
    with pytest.raises(NothingUsable):
        build([])


def test_paths_and_records_do_not_mix() -> None:
    """One call takes files or texts in memory, so that ids and dates mean one thing."""
    with pytest.raises(UsageError):
        build(["a.txt", {"text": "A fire."}])


def test_records_build_like_files() -> None:
    """A text in memory gives events whose quotes are slices of that very text."""
    text = "A fire destroyed the mill on 2 May 2021. Police arrested two men on Tuesday."
    tl = build([{"id": "a", "title": "Mill", "text": text, "pub_date": "2021-05-06"}], title="The mill")

    assert "The mill" == tl.title
    assert tl.events
    assert all(text[c.quote.start : c.quote.end] == c.quote.text for e in tl.events for c in e.citations)
    assert Interval.on("2021-05-02") in [e.when.interval for e in tl.events]


def test_dates_given_in_memory_win_over_none() -> None:
    """`dates` dates a record by its id: "Tuesday" becomes a day."""
    tl = build([{"id": "a", "text": "Police arrested two men on Tuesday."}], dates={"a": "2021-05-06"})

    assert [Interval.on("2021-05-04")] == [e.when.interval for e in tl.events]


# -- proof -------------------------------------------------------------------------------------


def test_a_timeline_of_true_quotes_passes(small: Timeline) -> None:
    """Quotes that stand in their articles, and dates in order, are no fault."""
    verify(small)

    assert [] == list(faults(small, small.articles))


def test_a_quote_that_is_not_in_the_article_is_refused(small: Timeline) -> None:
    """One letter more than the article says, and the timeline is not written."""
    citation = small.events[0].citations[0]
    wrong = replace(citation, quote=Span(citation.quote.start, citation.quote.end, citation.quote.text + "!"))
    bent = _with_event(small, replace(small.events[0], citations=(wrong,)))

    with pytest.raises(DataError) as refused:
        verify(bent)
    assert FIRE == refused.value.name


def test_faults_name_the_missing_article_once(small: Timeline) -> None:
    """An article that was not given is one fault, not one for each of its quotes."""
    assert ["bridge.txt: not among the articles given"] == [
        f.line() for f in faults(small, small.articles[:1])
    ]


def test_events_out_of_order_are_a_fault(small: Timeline) -> None:
    """A plan for June does not stand before the fire in May."""
    swapped = replace(small, events=small.events[::-1])

    assert ["its events are not in the order of their dates"] == [
        f.reason for f in faults(swapped, small.articles)
    ]


def test_a_relation_the_dates_deny_is_a_fault(small: Timeline) -> None:
    """What ended in May did not come after what starts in June."""
    [relation] = small.relations
    turned = replace(small, relations=(replace(relation, source=PLAN, target=FIRE),))

    assert [PLAN] == [f.name for f in faults(turned, small.articles)]


# -- choosing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [FIRE, PLAN, DOUBT]),
        ({"about": "council"}, [PLAN]),
        ({"about": "BRIDGE fire"}, [FIRE]),
        ({"about": "reopens"}, []),
        ({"since": "2021-06"}, [PLAN]),
        ({"until": "2021-05"}, [FIRE]),
        ({"since": "2021", "until": "2021"}, [FIRE, PLAN]),
        ({"status": "possible"}, [DOUBT]),
        ({"status": [Status.PLANNED, "occurred"]}, [FIRE, PLAN]),
    ],
)
def test_filter_keeps_what_was_asked_for(small: Timeline, asked: dict[str, str], expected: list[str]) -> None:
    """Words must all be there as whole words, in any case; a window leaves out what has no date."""
    assert expected == [e.id for e in small.filter(**asked).events]


@pytest.mark.parametrize(
    "asked",
    [
        {"since": "yesterday"},
        {"since": "2021-02-30"},
        {"since": "2022", "until": "2021"},
        {"status": "maybe"},
        {"max_events": 0},
    ],
)
def test_what_cannot_be_understood_is_wrong_usage(small: Timeline, asked: dict[str, str]) -> None:
    """A date that is none, an empty window, an unknown status: no guess is made."""
    with pytest.raises(UsageError):
        small.filter(**asked)


def test_filter_leaves_no_loose_ends(small: Timeline) -> None:
    """Relations to events that went go too; articles and their numbers stay."""
    alone = small.filter(about="fire")

    assert ((), small.articles) == (alone.relations, alone.articles)


def test_showing_changes_what_is_shown_and_nothing_else(small: Timeline) -> None:
    """The data holds all events; the most telling wanted ones are shown."""
    one = small.showing(Wanted.asked(about="bridge"), 1)

    assert ([FIRE], small.events) == (
        [e.id for e in one.shown],
        tuple(replace(e, shown=e.id in (FIRE, PLAN)) for e in one.events),
    )


def test_a_dated_event_is_preferred_unless_it_tells_much_less(small: Timeline) -> None:
    """What happened no one says when takes the place of a dated event only if it is far more telling."""
    fire, plan, doubt = small.events
    close, far = (replace(doubt, salience=n, status=Status.OCCURRED) for n in (0.55, 0.65))

    assert [True, True, False] == [e.shown for e in show((fire, plan, close), Wanted(), 2)]
    assert [True, False, True] == [e.shown for e in show((fire, plan, far), Wanted(), 2)]


def test_a_threat_needs_no_date_to_be_shown(small: Timeline) -> None:
    """What has not happened has no date by nature; only how telling it is counts."""
    fire, plan, doubt = small.events
    threat = replace(doubt, salience=plan.salience + 0.01, status=Status.THREATENED)

    assert [True, False, True] == [e.shown for e in show((fire, plan, threat), Wanted(), 2)]


@given(st.randoms(use_true_random=False), st.integers(1, 8))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_choosing_does_not_depend_on_order(shuffle: random.Random, most: int) -> None:
    """Equally telling events are chosen and ordered the same whatever order they come in."""
    events = [_event(n, day) for n, day in enumerate([None, 1, 1, 2, 2, None, 3])]
    mixed = shuffle.sample(events, len(events))

    assert show(by_date(events), Wanted(), most) == show(by_date(mixed), Wanted(), most)


def test_undated_events_come_last() -> None:
    """By first day, the shorter first where two start together, then what has no date."""
    week = replace(_event(1, 5), when=When(Interval(5, 12)))

    assert ["ev-2", "ev-1", "ev-3", "ev-0"] == [
        e.id for e in by_date([_event(0, None), _event(3, 6), _event(2, 5), week])
    ]


def test_the_headline_names_who_is_told_of_in_more_than_one_article(small: Timeline) -> None:
    """A name from one article, or from one event, never becomes the title of a report."""
    fire, plan, doubt = small.events
    named = replace(doubt, participants=("Marlow bridge",))

    assert "Marlow bridge: timeline of 2 articles" == headline(small.articles, (fire, plan, named))
    assert "Timeline of 2 articles" == headline(small.articles, small.events)
    assert "Bridge fire shuts harbour" == headline(small.articles[:1], small.events)


# -- the front door ----------------------------------------------------------------------------


def test_the_front_door_opens_every_name_it_lists() -> None:
    """`timeline.build`, `timeline.Timeline` and the rest are there, and nothing more is promised."""
    for name in timeline.__all__:
        assert getattr(timeline, name) is not None
    assert set(timeline.__all__) <= set(dir(timeline))
    with pytest.raises(AttributeError):
        timeline.nothing  # noqa: B018


def test_every_error_is_of_the_family() -> None:
    """One `except TimelineError` is enough."""
    errors = [getattr(timeline, name) for name in timeline.__all__ if name.endswith("Error")]

    assert errors
    assert all(issubclass(error, TimelineError) for error in errors)


def test_what_is_saved_loads_as_the_same_timeline(small: Timeline, saved: Path) -> None:
    """Only the articles' texts, which stay with the user, are not in the data."""
    loaded = Timeline.load(saved)

    assert replace(small, articles=tuple(replace(a, text="") for a in small.articles)) == loaded
    assert isinstance(loaded, Timeline)


def test_saving_again_gives_the_same_bytes(saved: Path, tmp_path: Path) -> None:
    """Data that was read and written is the data that was there."""
    Timeline.load(saved).save(tmp_path / "again", formats=["json"])

    assert saved.read_bytes() == (tmp_path / "again/timeline.json").read_bytes()


@pytest.mark.parametrize("content", [b"", b"[]", b'{"schema": "timeline/9"}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_timeline_says_so(tmp_path: Path, content: bytes) -> None:
    """Any other file is one DataError that names it."""
    path = tmp_path / "x.json"
    path.write_bytes(content)

    with pytest.raises(DataError) as refused:
        Timeline.load(path)
    assert str(path) == refused.value.name


def test_an_unknown_format_is_wrong_usage() -> None:
    """The message lists the formats there are."""
    with pytest.raises(UsageError, match=r"png, svg, pdf, json"):
        known(["docx2"])


def test_a_report_points_to_a_picture_that_is_there(small: Timeline, tmp_path: Path) -> None:
    """Markdown alone links no picture; beside a picture, or written with one, it does."""
    alone = small.files(["md"]).content["timeline.md"]
    together = small.files(["md", "svg"]).content["timeline.md"]
    (tmp_path / "timeline.png").write_bytes(b"there before")
    small.save(tmp_path, formats=["md"])

    assert (False, True, True) == (
        b"](timeline." in alone,
        b"](timeline.svg" in together,
        b"](timeline.png" in (tmp_path / "timeline.md").read_bytes(),
    )


def test_a_notebook_gets_a_picture_and_a_line(small: Timeline) -> None:
    """A figure, SVG or PNG for whoever can show it, one line for a plain console."""
    bundle = small._repr_mimebundle_()

    assert {"text/plain", "text/html", "image/svg+xml", "image/png"} == set(bundle)
    assert "<svg" in bundle["image/svg+xml"]
    assert "<Timeline 'The Marlow bridge': 2 articles, 3 events, 2 shown>" == bundle["text/plain"]


def test_the_graph_and_the_figure_are_those_of_their_libraries(small: Timeline) -> None:
    """`graph` is networkx's, `plot` is matplotlib's."""
    from matplotlib.figure import Figure
    from networkx import MultiDiGraph

    assert isinstance(small.graph, MultiDiGraph)
    assert isinstance(small.plot(), Figure)


def _event(number: int, day: int | None) -> Event:
    when = When(Interval(day, day + 1)) if day else When()
    return Event(f"ev-{number}", f"event {number}", Status.OCCURRED, when, "", salience=0.5)


def _with_event(tl: Timeline, event: Event) -> Timeline:
    return replace(tl, events=tuple(event if e.id == event.id else e for e in tl.events))
