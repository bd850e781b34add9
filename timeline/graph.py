"""Timeline -> `networkx.MultiDiGraph`, and what drawing wants to know of it.

One node is an event or an article (`kind`); every attribute is a plain `str`, `int`, `float` or `bool`,
so that any graph program can read it. What is unknown is an empty text; an unknown number is left out.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final

import networkx as nx

from timeline.interval import Interval
from timeline.model import SCHEMA, Article, Citation, Event, Relation, Timeline

#: The relation of an event to the articles that tell it.
CITES: Final = "cites"
#: The relation of an event to one that came later; the one that must be free of cycles.
BEFORE: Final = "before"

#: Values are `str`, `int`, `float` or `bool`; `Any` because networkx takes attributes as keywords.
Attributes = dict[str, Any]


def article_node(id: str) -> str:
    """The node of an article: its id behind a prefix, so that it never meets an event's.

    >>> article_node("003_a")
    'article:003_a'
    """
    return f"article:{id}"


def build(timeline: Timeline) -> nx.MultiDiGraph[str]:
    """The timeline as a directed multigraph, nodes and edges in the timeline's own order.

    Nodes are events (by their id) and articles (see `article_node`). An edge from event to event has
    `relation` and `basis`; an edge from event to article is one quote, relation `cites`. `interaction`
    repeats `relation`, which is where Cytoscape looks for it. Edge keys are unique in the graph and
    depend on what the edge says, not on its place. A relation to an event that is not in the timeline
    (it may have been filtered out) makes no edge.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        title=timeline.title, schema=SCHEMA, generator="event-timeline"
    )
    for event in timeline.events:
        graph.add_node(event.id, **_event(event))
    for article in timeline.articles:
        graph.add_node(article_node(article.id), **_article(article))
    keys = _Keys()
    for event in timeline.events:
        for citation in event.citations:
            target = article_node(citation.article)
            if target in graph:
                place = (str(citation.trigger.start), str(citation.trigger.end))
                key = keys.new(event.id, target, *place)
                graph.add_edge(event.id, target, key, **_quote(citation))
    for relation in timeline.relations:
        ends = relation.source, relation.target
        if all(end in graph for end in ends):
            graph.add_edge(*ends, keys.new(*ends, relation.type), **_relation(relation))
    return graph


def reduced(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """A copy without the "before" edges that follow from others; every other edge stays.

    If a is before b and b before c, an arrow from a to c says nothing new. Cycles do no harm: events in
    one are held together and the edges among them stay, for a drawing to show.
    """
    groups = nx.condensation(_before(graph))
    group_of = groups.graph["mapping"]
    needed = _needed(groups)
    drop = [
        (u, v, key)
        for u, v, key, said in graph.edges(keys=True, data=True)
        if said["relation"] == BEFORE
        and group_of[u] != group_of[v]
        and (group_of[u], group_of[v]) not in needed
    ]
    copy = graph.copy()
    copy.remove_edges_from(drop)
    return copy


@dataclass(frozen=True)
class Contradiction:
    """Events that are each said to come before the next, the last before the first."""

    events: tuple[str, ...]
    """Event ids, in the order of the circle; the smallest id first."""
    titles: tuple[str, ...]
    """Their titles, in the same order."""

    def __str__(self) -> str:
        """One sentence.

        >>> str(Contradiction(("ev-1", "ev-2"), ("Vote held", "Treaty signed")))
        'these cannot each come before the next: "Vote held", "Treaty signed", "Vote held"'
        """
        circle = ", ".join(f'"{title}"' for title in (*self.titles, self.titles[0]))
        return f"these cannot each come before the next: {circle}"


def contradictions(graph: nx.MultiDiGraph[str]) -> list[Contradiction]:
    """The circles in "before": for each knot of events that contradict each other, one shortest circle."""
    before = _before(graph)
    found = []
    for knot in nx.strongly_connected_components(before):
        first = min(knot)
        if len(knot) > 1 or before.has_edge(first, first):
            events = _circle(before, knot, first)
            titles = tuple(str(graph.nodes[event].get("name") or event) for event in events)
            found.append(Contradiction(events, titles))
    return sorted(found, key=lambda contradiction: contradiction.events)


# -- attributes --------------------------------------------------------------------------------


def _event(event: Event) -> Attributes:
    quote = event.citations[0].quote.text if event.citations else ""
    return {
        "kind": "event",
        "name": event.title,
        "label": event.title,
        "status": event.status.value,
        "date_text": event.date_text,
        **_days(event.when.interval),
        "granularity": event.when.grain.value if event.when.grain else "",
        "edtf": event.when.edtf,
        "rule": event.when.rule,
        "theme": event.kind,
        "participants": "; ".join(event.participants),
        "place": event.place,
        "salience": float(event.salience),
        "shown": event.shown,
        "n_sources": len(event.articles),
        "n_quotes": len(event.citations),
        "quote": quote,
    }


def _article(article: Article) -> Attributes:
    name = article.title or article.path or article.id
    return {
        "kind": "article",
        "name": name,
        "label": f"[{article.number}] {name}",
        "number": article.number,
        "article": article.id,
        "source": article.source,
        "url": article.url,
        "path": article.path,
        **_days(article.published.interval),
        "basis": article.published.basis.value,
    }


def _days(interval: Interval | None) -> Attributes:
    """`start` and `end` in ISO, and `sort_day`, a number to sort by: the middle, as `toordinal` counts."""
    if interval is None:
        return {"start": "", "end": ""}
    days: Attributes = {"start": str(interval.start or ""), "end": str(interval.end or "")}
    known = [day for day in (interval.start, interval.end) if day]
    if known:
        days["sort_day"] = sum(day.toordinal() for day in known) / len(known)
    return days


def _quote(citation: Citation) -> Attributes:
    return {
        "relation": CITES,
        "interaction": CITES,
        "weight": 1.0,
        "status": citation.status.value,
        "quote": citation.quote.text,
        "quote_start": citation.quote.start,
        "quote_end": citation.quote.end,
        "trigger": citation.trigger.text,
        "timex": citation.timex.span.text if citation.timex else "",
        "rule": citation.rule,
    }


def _relation(relation: Relation) -> Attributes:
    attributes: Attributes = {
        "relation": relation.type,
        "interaction": relation.type,
        "weight": 0.5 if relation.inferred else 1.0,
        "basis": relation.basis,
        "inferred": relation.inferred,
        "article": relation.article,
    }
    if relation.quote:
        attributes["quote"] = relation.quote.text
        attributes["quote_start"], attributes["quote_end"] = relation.quote.start, relation.quote.end
    return attributes


class _Keys:
    """Edge keys from what an edge says, so that they stay when others are added; a repeat is numbered."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def new(self, *said: str) -> str:
        digest = hashlib.sha256("\x1f".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:12]
        count = self._seen[digest] = self._seen.get(digest, 0) + 1
        return f"r-{digest}" if count == 1 else f"r-{digest}-{count}"


# -- order -------------------------------------------------------------------------------------


def _before(graph: nx.MultiDiGraph[str]) -> nx.DiGraph[str]:
    order: nx.DiGraph[str] = nx.DiGraph()
    order.add_nodes_from(node for node, known in graph.nodes(data=True) if known["kind"] == "event")
    order.add_edges_from((u, v) for u, v, said in graph.edges(data=True) if said["relation"] == BEFORE)
    return order


def _needed(order: nx.DiGraph[int]) -> set[tuple[int, int]]:
    """The edges of the transitive reduction of a graph without cycles.

    What a node reaches is one integer used as a row of bits; networkx's own `transitive_reduction`
    walks the graph anew for every edge, and "before" has nearly as many edges as pairs of events.
    """
    earliest_first = list(nx.topological_sort(order))
    place = {node: number for number, node in enumerate(earliest_first)}
    reach = [0] * len(place)
    needed = set()
    for node in reversed(earliest_first):
        row = place[node]
        for target in sorted(order[node], key=place.__getitem__):
            if not reach[row] >> place[target] & 1:
                needed.add((node, target))
                reach[row] |= reach[place[target]] | 1 << place[target]
    return needed


def _circle(order: nx.DiGraph[str], knot: set[str], first: str) -> tuple[str, ...]:
    """The shortest way from `first` back to itself inside its knot, ties by id."""
    came_from: dict[str, str] = {}
    rim = [first]
    while rim:
        following = []
        for here in rim:
            for there in sorted(order[here]):
                if there == first:
                    path = [here]
                    while path[-1] != first:
                        path.append(came_from[path[-1]])
                    return tuple(reversed(path))
                if there in knot and there not in came_from:
                    came_from[there] = here
                    following.append(there)
        rim = following
    raise AssertionError("a knot has a way back")  # pragma: no cover
