"""The graph says what the timeline says, and its order can be drawn."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import networkx as nx
import pytest
from export_stories import ferry, timelines
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.graph import BEFORE, build, contradictions, reduced
from timeline.model import Relation, Timeline

quick = settings(max_examples=60, deadline=None, derandomize=True)


def order(*pairs: str) -> nx.MultiDiGraph[str]:
    """A graph of "before" edges, written as `ab` for a before b."""
    [template] = ferry().events[:1]
    names = sorted(set("".join(pairs)))
    events = tuple(replace(template, id=name, title=f"Title {name}", citations=()) for name in names)
    relations = tuple(Relation(a, b, BEFORE, "dates") for a, b in pairs)
    return build(Timeline("", events=events, relations=relations))


def arrows(graph: nx.MultiDiGraph[str]) -> str:
    """Its edges, as `order` takes them."""
    return " ".join(sorted(f"{a}{b}" for a, b in graph.edges()))


def test_nodes() -> None:
    """One node an event and one an article, told apart by `kind`."""
    kinds = dict(build(ferry()).nodes(data="kind"))

    assert {
        "ev-0000000001": "event",
        "ev-0000000002": "event",
        "ev-0000000003": "event",
        "ev-0000000004": "event",
        "article:a1": "article",
        "article:a2": "article",
    } == kinds


def test_event_attributes() -> None:
    """An event's node says when, what, whether, and how well it is told."""
    node = build(ferry()).nodes["ev-0000000001"]

    assert {
        "name": "Ferry strikes pier at Norhavn",
        "status": "occurred",
        "start": "2024-05-02",
        "end": "2024-05-02",
        "edtf": "2024-05-02",
        "granularity": "day",
        "participants": "Norhavn Ferries; Harbour Office",
        "place": "Norhavn",
        "n_sources": 2,
        "n_quotes": 2,
        "shown": True,
        "sort_day": 739008.0,
    }.items() <= node.items()


def test_unknown_is_empty() -> None:
    """An event without a date has empty days and no number to sort by."""
    node = build(ferry()).nodes["ev-0000000003"]

    assert ("", "", "XXXX-XX-XX") == (node["start"], node["end"], node["edtf"])
    assert "sort_day" not in node


def test_edges() -> None:
    """Each quote is an edge to its article, each relation an edge between events; both say which twice."""
    graph = build(ferry())
    found = [(u, v, data["relation"]) for u, v, data in graph.edges(data=True)]

    assert [
        ("ev-0000000001", "article:a1", "cites"),
        ("ev-0000000001", "article:a2", "cites"),
        ("ev-0000000001", "ev-0000000002", "before"),
        ("ev-0000000002", "article:a1", "cites"),
        ("ev-0000000002", "ev-0000000001", "responds to"),
        ("ev-0000000003", "article:a2", "cites"),
        ("ev-0000000004", "article:a2", "cites"),
    ] == sorted(found)
    assert all(data["relation"] == data["interaction"] for *_, data in graph.edges(data=True))


def test_edge_keys_stay() -> None:
    """An edge keeps its key when articles, events and relations are added before it."""
    whole = ferry()
    part = replace(whole, events=whole.events[2:], relations=())

    assert {k for *_, k in build(part).edges(keys=True)} < {k for *_, k in build(whole).edges(keys=True)}


def test_filtered_out() -> None:
    """A relation to an event that is not there makes no edge and no node."""
    part = replace(ferry(), events=ferry().events[:1])

    assert ["cites", "cites"] == [r for *_, r in build(part).edges(data="relation")]
    assert "ev-0000000002" not in build(part)


@quick
@given(timelines())
def test_any_timeline(timeline: Timeline) -> None:
    """Every attribute is plain, every edge key unique, whatever the articles say; twice gives the same."""
    graph = build(timeline)
    records = [graph.graph, *(d for _, d in graph.nodes(data=True)), *(d for *_, d in graph.edges(data=True))]

    assert {str, int, float, bool} >= {type(value) for record in records for value in record.values()}
    keys = [key for *_, key in graph.edges(keys=True)]
    assert len(keys) == len(set(keys))
    assert nx.utils.graphs_equal(graph, build(timeline))
    assert set(reduced(graph)) == set(graph)
    assert len(contradictions(graph)) <= len(timeline.events)


@pytest.mark.parametrize(
    ("pairs", "left"),
    [
        ("ab", "ab"),
        ("ab bc ac", "ab bc"),
        ("ab ac ad bd cd", "ab ac bd cd"),
        ("ab bc cd ac ad bd", "ab bc cd"),
        ("ab ba", "ab ba"),
        ("ab bc cb cd ad", "ab bc cb cd"),
        ("aa ab", "aa ab"),
    ],
)
def test_reduced(pairs: str, left: str) -> None:
    """What follows from other arrows goes; circles stay, and nothing hangs on one."""
    assert left == arrows(reduced(order(*pairs.split())))


def test_reduced_leaves_the_rest() -> None:
    """Only "before" is reduced; quotes and relations from words stay, and so does the graph given."""
    graph = build(ferry())

    assert nx.utils.graphs_equal(graph, reduced(graph))
    whole = order("ab", "bc", "ac")
    reduced(whole)
    assert "ab ac bc" == arrows(whole)


@quick
@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] < p[1])))
def test_reduced_is_the_transitive_reduction(pairs: set[tuple[int, int]]) -> None:
    """On any order without circles it is what networkx calls the transitive reduction."""
    names = "abcdefghij"
    pairs_named = sorted(names[a] + names[b] for a, b in pairs)
    expected = nx.transitive_reduction(nx.DiGraph([tuple(p) for p in pairs_named]))

    assert sorted(a + b for a, b in expected.edges) == arrows(reduced(order(*pairs_named))).split()


@pytest.mark.parametrize(
    ("pairs", "circles"),
    [
        ("ab bc ac", []),
        ("ab ba", ["ab"]),
        ("ab bc ca", ["abc"]),
        ("ca ab bc", ["abc"]),
        ("ab bc cd da ca", ["abc"]),
        ("aa", ["a"]),
        ("ab ba xy yx bx", ["ab", "xy"]),
    ],
)
def test_contradictions(pairs: str, circles: list[str]) -> None:
    """Each knot is named once, by its shortest circle."""
    assert circles == ["".join(c.events) for c in contradictions(order(*pairs.split()))]


def test_contradiction_reads() -> None:
    """A contradiction is a sentence with the titles in it."""
    [found] = contradictions(order("ab", "ba"))

    assert 'these cannot each come before the next: "Title a", "Title b", "Title a"' == str(found)


def test_many_events() -> None:
    """Every pair in order, 44,850 arrows, comes down to one chain."""
    names = [f"e{n:03}" for n in range(300)]
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(names, kind="event", name="")
    graph.add_edges_from(pairs, relation=BEFORE)

    assert list(pairwise(names)) == sorted(reduced(graph).edges())
