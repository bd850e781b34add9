"""Events of one day together, lanes, and arcs between events."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import pytest
from drawn import CASES, DAY, event, timeline
from test_render import measure

from timeline.model import Relation, Status, Timeline
from timeline.render import Look, picture
from timeline.render.content import Item, content
from timeline.render.links import MOST_LINKS, Arc, Tie, arcs, ties
from timeline.render.picture import Plan
from timeline.render.scene import Page
from timeline.render.swimlanes import MOST_LANES, OTHERS, named


def laid(tl: Timeline, **look: object) -> Plan:
    """The layout of a timeline."""
    words = content(tl)
    asked = Look(**look)  # type: ignore[arg-type]
    return Plan(words, asked, measure, ties=ties(tl, words) if asked.links else ())


def texts(page: Page, part: str) -> list[str]:
    """What the labels with `part` in their names say."""
    return [label.text for label in page.content.labels if part in label.id]


# -- one day --------------------------------------------------------------------------------------


def test_events_of_one_day_share_a_card() -> None:
    """Three votes on a day: the date is told once, and each vote has its mark."""
    votes = [event(n, f"Vote {n}", DAY("2024-03-25")) for n in (1, 2, 3)]
    page = laid(timeline("T", *votes, event(4, "Rain", DAY("2024-03-28"))), layout="cards").page()

    assert ["25 March 2024", "28 March 2024"] == texts(page, "-date-")
    assert ["Vote 1", "Vote 2", "Vote 3", "Rain"] == texts(page, "-title-")
    assert {v.id for v in votes} <= {mark.event for mark in page.content.marks}
    assert ["3"] == [x.text for x in page.content.labels if x.id.startswith("count-")]


def test_twenty_events_of_one_day_are_five_cards_of_four() -> None:
    """No card towers over the others."""
    page = laid(CASES["one day"](), layout="cards").page()

    assert 5 == len(texts(page, "-date-"))
    assert 20 == len(texts(page, "-title-0"))


def test_a_status_is_told_inside_a_shared_card() -> None:
    """What was only planned says so, among what occurred."""
    day = DAY("2024-03-25")
    tl = timeline("T", event(1, "Vote", day), event(2, "Visit", day, status=Status.CANCELLED))

    assert ["cancelled"] == texts(laid(tl, layout="cards").page(), "-status")


def test_a_list_tells_a_date_once_and_again_on_the_next_page() -> None:
    """Forty votes on one day: the date heads each page, and nothing else repeats it."""
    tl = timeline("T", *(event(n, f"Vote {n}", DAY("2024-03-25")) for n in range(1, 41)))
    plan = laid(tl, layout="list", size="a4")

    assert ["25 March 2024"] == texts(plan.page(), "-date-")
    assert [["25 March 2024"]] * len(plan.pages()) == [texts(page, "-date-") for page in plan.pages()]
    assert len(plan.pages()) == 2


# -- lanes ----------------------------------------------------------------------------------------


def items(*who: tuple[str, ...]) -> list[Item]:
    """Items with these participants."""
    return list(
        content(timeline("T", *(event(n, "E", DAY("2024-03-25"), who=w) for n, w in enumerate(who, 1)))).dated
    )


def test_each_event_has_one_lane_that_of_the_name_told_most() -> None:
    """The city is told three times, the union twice, but once beside the city: too little for a lane."""
    found = named(items(("City",), ("Union", "City"), ("City", "Board"), ("Union",), ()), "participant")

    assert [("City", 3), (OTHERS, 2)] == [(name, len(events)) for name, events in found]


def test_lanes_by_theme_are_kinds_of_events() -> None:
    """Votes and talks, whoever took part."""
    events = [event(n, "E", DAY("2024-03-25"), kind=kind) for n, kind in enumerate(("vote", "talks") * 2, 1)]

    assert ["Talks", "Vote"] == [name for name, _ in named(content(timeline("T", *events)).dated, "theme")]


def test_a_timeline_without_names_has_one_lane_without_a_name() -> None:
    """Nobody is called "Others" where there are no ones."""
    assert [""] == [name for name, _ in named(items((), ()), "participant")]


def test_there_are_never_more_lanes_than_can_be_told_apart() -> None:
    """Twenty names with two events each: six lanes, and the rest together."""
    found = named(items(*((f"N{n}",) for n in range(20) for _ in "ab")), "participant")

    assert MOST_LANES == len(found)
    assert OTHERS == found[-1][0]
    assert 40 == sum(len(events) for _, events in found)


@pytest.mark.parametrize("size", ["wide", "column"])
def test_every_event_stands_under_its_mark(size: str) -> None:
    """The text of an event reaches over the place of its mark, and the lane says whose it is."""
    page = laid(CASES["thirty"](), layout="lanes", size=size).page()
    marks = {mark.event: mark.x for mark in page.content.marks if mark.radius == 3.8}
    titles = {m[1]: x for x in page.content.labels if (m := re.fullmatch(r"(ev-\w+)-title-0", x.id))}

    assert {"Harbour board", "City", "Others"} <= set(texts(page, "-name-"))
    assert len(titles) == 30
    assert [] == [id for id, x in marks.items() if id in titles and titles[id].x > x + 1]


def test_a_lane_that_goes_on_says_its_name_on_the_next_page() -> None:
    """Twelve times the board on one A4 sheet and a half."""
    long = "The harbour board votes on an article of the treaty and its seven amendments " * 3
    votes = [event(n, long, DAY(f"2024-03-{n:02d}"), who=("Board",)) for n in range(1, 25)]
    pages = laid(timeline("T", *votes), layout="lanes", size="a4").pages()

    assert len(pages) > 1
    assert [["Board"]] * len(pages) == [texts(page, "-name-") for page in pages]


# -- links ----------------------------------------------------------------------------------------


def linked(*relations: tuple[int, str, int]) -> Timeline:
    """Five days, tied by these relations from words, and one more from the dates alone."""
    events = [event(n, f"Day {n}", DAY(f"2024-03-{n:02d}")) for n in range(1, 6)]
    ids = [e.id for e in events]
    said = [Relation(ids[a - 1], ids[b - 1], type, "words") for a, type, b in relations]
    dated = Relation(ids[0], ids[4], "before", "dates", inferred=True)
    return replace(timeline("T", *events), relations=(dated, *said))


def test_what_responds_to_something_comes_first_and_dates_alone_say_nothing() -> None:
    """The most telling ties are drawn, of what texts say."""
    tl = linked((3, "after", 2), (4, "despite", 1), (5, "responds to", 4))

    assert ["responds to", "despite", "after"] == [tie.type for tie in ties(tl, content(tl))]


def test_links_are_drawn_only_on_request() -> None:
    """A list without `links` has no arc and no room for one."""
    tl = linked((5, "responds to", 1))
    with_, without = (laid(tl, layout="list", links=links).page() for links in (True, False))

    assert ["link"] == [line.kind for line in with_.content.lines if line.kind == "link"]
    assert [] == [line.kind for line in without.content.lines if line.kind == "link"]
    assert "responds to" in texts(with_, "key-")


def test_the_type_of_a_link_is_text() -> None:
    """A timeline read from a file may call a relation anything: markup in it stays words, in every layout."""
    tl = linked((5, 'x"><script>alert(1)</script><g id="', 1), (4, "a\ud800\nb", 2))
    for layout in ("list", "cards"):
        root = ET.fromstring(picture(tl, "svg", Look(layout=layout, links=True)))
        assert [] == root.findall(".//{*}script")
        assert [] == [id for element in root.iter() if re.search(r"[^\w.-]", id := element.get("id", ""))]


@pytest.mark.parametrize("layout", ["cards", "lanes"])
def test_cards_say_links_in_words(layout: str) -> None:
    """Arcs would strike the text between cards."""
    page = laid(linked((5, "responds to", 1)), layout=layout, links=True).page()

    assert ["→ responds to: Day 1"] == texts(page, "-tie-")


def test_arcs_that_share_a_row_have_tracks_of_their_own() -> None:
    """No upright part lies on another, and short arcs are nearest to the text."""
    rows = {name: n for n, name in enumerate("abcdef")}
    said = [
        Tie("f", "causes", "a"),
        Tie("c", "causes", "b"),
        Tie("d", "causes", "c"),
        Tie("f", "causes", "e"),
    ]

    assert [
        Arc(2, 1, "causes", 0),
        Arc(3, 2, "causes", 1),
        Arc(5, 4, "causes", 0),
        Arc(5, 0, "causes", 2),
    ] == arcs(said, rows)


def test_an_arc_to_another_page_runs_to_the_edge_of_this_one() -> None:
    """Both pages draw their part of it."""
    tl = timeline("T", *(event(n, f"Vote {n}", DAY("2024-03-25")) for n in range(1, 41)))
    far = Relation(tl.events[-1].id, tl.events[0].id, "responds to", "words")
    pages = laid(replace(tl, relations=(far,)), layout="list", size="a4", links=True).pages()
    drawn = [[line for line in page.content.lines if line.kind == "link"] for page in pages]

    assert [1, 1] == [len(lines) for lines in drawn]
    assert drawn[1][0].points[-1][1] < pages[1].content.marks[0].y  # up to where the list begins


def test_a_thicket_is_not_drawn() -> None:
    """At most a dozen arcs."""
    events = [event(n, f"Day {n}", DAY("2024-03-25")) for n in range(1, 31)]
    said = tuple(Relation(b.id, a.id, "causes", "words") for a, b in pairwise(events))
    tl = replace(timeline("T", *events), relations=said)

    assert MOST_LINKS == len(ties(tl, content(tl)))
