"""`timeline.graphml` is the graph, for every reader."""

from __future__ import annotations

import io
import re
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from export_stories import ferry, timelines
from hypothesis import given, settings

from timeline.export.escape import legal
from timeline.export.graphml import dump_graph, dumps
from timeline.graph import build
from timeline.model import Timeline

NS = "{http://graphml.graphdrawing.org/xmlns}"
quick = settings(max_examples=80, deadline=None, derandomize=True)


def read(data: bytes) -> nx.MultiDiGraph[str]:
    """The graph as networkx reads it, without the two defaults its reader adds."""
    graph = nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    del graph.graph["node_default"], graph.graph["edge_default"]
    return graph


def clean(value: Any) -> Any:
    """The value as XML can hold it."""
    return legal(value) if isinstance(value, str) else value


def as_data(graph: nx.MultiDiGraph[str]) -> tuple[dict[str, Any], dict[str, Any], dict[Any, Any]]:
    """All that is in a graph, to compare."""
    return (
        {k: clean(v) for k, v in graph.graph.items()},
        {clean(n): {k: clean(v) for k, v in d.items()} for n, d in graph.nodes(data=True)},
        {
            (clean(u), clean(v), key): {k: clean(x) for k, x in d.items()}
            for u, v, key, d in graph.edges(keys=True, data=True)
        },
    )


def test_reads_back() -> None:
    """networkx reads the same nodes, edges, keys and attributes, types included."""
    written = build(ferry())
    found = read(dumps(ferry()))

    assert as_data(written) == as_data(found)
    assert nx.utils.graphs_equal(written, found)
    assert isinstance(found.nodes["ev-0000000001"]["n_sources"], int)
    assert found.nodes["ev-0000000001"]["shown"] is True


@quick
@given(timelines())
def test_reads_back_whatever_it_says(timeline: Timeline) -> None:
    """Any text survives, but for what XML forbids; the same bytes twice."""
    data = dumps(timeline)

    assert as_data(build(timeline)) == as_data(read(data))
    assert data == dumps(timeline)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", data.decode())


def test_keys() -> None:
    """Key ids are unique and carry their scope; no data is named `id`, which igraph warns of."""
    keys = ElementTree.fromstring(dumps(ferry())).findall(f"{NS}key")
    scope = {"graph": "g_", "node": "n_", "edge": "e_"}

    assert len(keys) == len({key.get("id") for key in keys})
    assert all(key.get("id") == scope[key.get("for", "")] + key.get("attr.name", "") for key in keys)
    assert {"string", "long", "double", "boolean"} == {key.get("attr.type") for key in keys}
    assert not {"id", "key", "source_id"} & {key.get("attr.name") for key in keys}


def test_edge_ids() -> None:
    """Every edge has an id of its own, and both its ends are nodes."""
    root = ElementTree.fromstring(dumps(ferry()))
    edges = root.findall(f".//{NS}edge")
    nodes = {node.get("id") for node in root.iter(f"{NS}node")}

    assert 7 == len(edges) == len({edge.get("id") for edge in edges})
    assert {end for edge in edges for end in (edge.get("source"), edge.get("target"))} <= nodes


@pytest.mark.parametrize("value", [None, ["a"], {"a": 1}])
def test_only_plain_values(value: object) -> None:
    """What GraphML has no type for is refused by name, not written as text."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", mood=value)

    with pytest.raises(TypeError, match="attribute 'mood' of a node"):
        dump_graph(graph)


def test_one_type_an_attribute() -> None:
    """An attribute that is a number here and a text there is refused."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", mood=1)
    graph.add_node("b", mood="good")

    with pytest.raises(TypeError, match="attribute 'mood' of a node is a str"):
        dump_graph(graph)
