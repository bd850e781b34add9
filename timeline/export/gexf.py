"""`timeline.gexf`: the graph for Gephi, with the days of each event on Gephi's own time line (GEXF 1.3).

Written by hand: networkx writes an older draft and stamps it with today's date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import networkx as nx

from timeline.export.escape import one_line, xml_attribute, xml_text
from timeline.export.material import NOTHING, Material
from timeline.graph import build
from timeline.model import Timeline

_TYPES: Final = {bool: "boolean", int: "long", float: "double", str: "string"}
#: Attributes that have a place of their own in the format.
_OWN: Final = {"label", "start", "end", "weight"}


def dumps(timeline: Timeline, material: Material = NOTHING) -> bytes:
    """The graph of `timeline.graph.build`, UTF-8. What has no date is there at all times."""
    return "".join(f"{line}\n" for line in _lines(build(timeline))).encode()


def _lines(graph: nx.MultiDiGraph[str]) -> Iterator[str]:
    nodes = {node: graph.nodes[node] for node in sorted(graph)}
    edges = {edge: graph.edges[edge] for edge in sorted(graph.edges(keys=True))}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">'
    yield " <meta>"
    yield "  <creator>event-timeline</creator>"
    yield f"  <description>{xml_text(one_line(graph.graph['title']))}</description>"
    yield " </meta>"
    yield ' <graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">'
    yield from _attributes("node", "n_", nodes.values())
    yield from _attributes("edge", "e_", edges.values())
    yield "  <nodes>"
    for node, data in nodes.items():
        times = "".join(f" {end}={xml_attribute(data[end])}" for end in ("start", "end") if data[end])
        label = xml_attribute(one_line(data["label"]))
        yield f"   <node id={xml_attribute(node)} label={label}{times}>"
        yield from _values("n_", data)
        yield "   </node>"
    yield "  </nodes>"
    yield "  <edges>"
    for (source, target, key), data in edges.items():
        ends = f"source={xml_attribute(source)} target={xml_attribute(target)}"
        relation = xml_attribute(one_line(data["relation"]))
        what = f'kind={relation} label={relation} weight="{data["weight"]}"'
        yield f"   <edge id={xml_attribute(key)} {ends} {what}>"
        yield from _values("e_", data)
        yield "   </edge>"
    yield "  </edges>"
    yield " </graph>"
    yield "</gexf>"


def _attributes(scope: str, prefix: str, records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    types = {name: _TYPES[type(value)] for record in records for name, value in record.items()}
    yield f'  <attributes class="{scope}">'
    for name, kind in sorted(types.items()):
        if name not in _OWN:
            id, title = xml_attribute(prefix + name), xml_attribute(name)
            yield f'   <attribute id={id} title={title} type="{kind}"/>'
    yield "  </attributes>"


def _values(prefix: str, record: Mapping[str, Any]) -> Iterator[str]:
    yield "    <attvalues>"
    for name, value in sorted(record.items()):
        if name not in _OWN:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            yield f"     <attvalue for={xml_attribute(prefix + name)} value={xml_attribute(text)}/>"
    yield "    </attvalues>"
