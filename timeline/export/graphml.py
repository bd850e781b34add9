"""`timeline.graphml`: the graph for yEd, Gephi, Cytoscape, igraph, Neo4j and networkx.

Written by hand rather than by `networkx.write_graphml`, whose bytes depend on whether lxml is
installed, whose edge ids repeat, and whose key ids collide when nodes and edges share an attribute name.
Here every key id carries its scope (`n_`, `e_`, `g_`), every key has one type, and edge ids are unique.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

import networkx as nx

from timeline.export.escape import xml_attribute, xml_text
from timeline.export.material import NOTHING, Material
from timeline.graph import build
from timeline.model import Timeline

#: Python type -> GraphML `attr.type`; `long` because Java's `int` ends at 2**31.
_TYPES: Final = {bool: "boolean", int: "long", float: "double", str: "string"}
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
    ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">'
)


def dumps(timeline: Timeline, material: Material = NOTHING) -> bytes:
    """The graph of `timeline.graph.build` as GraphML, UTF-8."""
    return dump_graph(build(timeline))


def dump_graph(graph: nx.MultiDiGraph[str]) -> bytes:
    """Any directed multigraph with string nodes and flat attributes as GraphML, nodes and edges sorted.

    TypeError if an attribute is neither `str`, `int`, `float` nor `bool`, or has one type here and
    another there.
    """
    return ("\n".join(_lines(graph)) + "\n").encode()


def _lines(graph: nx.MultiDiGraph[str]) -> Iterator[str]:
    nodes = {node: graph.nodes[node] for node in sorted(graph)}
    edges = {edge: graph.edges[edge] for edge in sorted(graph.edges(keys=True))}
    yield _HEAD
    yield from _keys("graph", "g_", [graph.graph])
    yield from _keys("node", "n_", nodes.values())
    yield from _keys("edge", "e_", edges.values())
    yield ' <graph id="timeline" edgedefault="directed">'
    yield from _data("g_", graph.graph)
    for node, data in nodes.items():
        yield f"  <node id={xml_attribute(node)}>"
        yield from _data("n_", data)
        yield "  </node>"
    for (source, target, key), data in edges.items():
        ends = f"source={_attribute(source)} target={_attribute(target)}"
        yield f"  <edge id={xml_attribute(str(key))} {ends}>"
        yield from _data("e_", data)
        yield "  </edge>"
    yield " </graph>"
    yield "</graphml>"


def _keys(scope: str, prefix: str, records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    types: dict[str, str] = {}
    for record in records:
        for name, value in record.items():
            kind = _TYPES.get(type(value))
            if kind is None or types.setdefault(name, kind) != kind:
                raise TypeError(f"attribute {name!r} of a {scope} is a {type(value).__name__}")
    for name, kind in sorted(types.items()):
        id, label = xml_attribute(prefix + name), xml_attribute(name)
        yield f' <key id={id} for="{scope}" attr.name={label} attr.type="{kind}"/>'


def _data(prefix: str, record: Mapping[str, Any]) -> Iterator[str]:
    for name, value in sorted(record.items()):
        text = str(value).lower() if isinstance(value, bool) else _text(str(value))
        yield f"   <data key={_attribute(prefix + name)}>{text}</data>"


#: Most values and all keys of a large graph stand in it many times.
_text: Final = lru_cache(4096)(xml_text)
_attribute: Final = lru_cache(4096)(xml_attribute)
