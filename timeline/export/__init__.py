"""A timeline as files: a module, a row of `FORMATS` and an escaper in `escape` for each format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from timeline.errors import UsageError
from timeline.model import Timeline


@dataclass(frozen=True)
class Material:
    """What a format may use beside the timeline itself."""

    picture: str | None = None
    """The timeline's picture as SVG text, for formats that hold it."""
    picture_file: str = ""
    """Name of a picture file beside the output, for formats that point to it; empty if there is none."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Article id -> text, for formats that show quotes in context; missing ones do no harm."""


@dataclass(frozen=True)
class Format:
    """One output format."""

    name: str
    """What the user types."""
    suffix: str
    """Of the file, with its dot."""
    description: str
    """One line for a list of formats."""
    writer: Callable[[Timeline, Material], bytes]


def write(
    timeline: Timeline,
    format: str,
    *,
    picture: str | None = None,
    picture_file: str = "timeline.png",
    texts: Mapping[str, str] | None = None,
) -> bytes:
    """The timeline in a format named in `FORMATS`. The same timeline always gives the same bytes.

    `picture`, `picture_file` and `texts` are as in `Material`; a format takes what it can use.
    UsageError if there is no such format.
    """
    if format not in FORMATS:
        raise UsageError(f"no such format; choose one of {', '.join(FORMATS)}", name=format)
    return FORMATS[format].writer(timeline, Material(picture, picture_file, texts or {}))


# Each imports its module when called: a run that writes JSON loads no template engine.


def _json(timeline: Timeline, material: Material) -> bytes:
    from timeline.export.json import dumps

    return dumps(timeline)


def _graphml(timeline: Timeline, material: Material) -> bytes:
    from timeline.export.graphml import dumps

    return dumps(timeline)


def _markdown(timeline: Timeline, material: Material) -> bytes:
    from timeline.export.markdown import dumps

    return dumps(timeline, material.picture_file)


def _html(timeline: Timeline, material: Material) -> bytes:
    from timeline.export.html import dumps

    return dumps(timeline, material.picture, material.texts)


def _csv(timeline: Timeline, material: Material) -> bytes:
    from timeline.export.csv import dumps

    return dumps(timeline)


FORMATS: Final[dict[str, Format]] = {
    f.name: f
    for f in (
        Format(
            "json", ".json", "everything, as data; what `show`, `check`, `render` and `export` read", _json
        ),
        Format("html", ".html", "a web page that works offline, on paper and without script", _html),
        Format("graphml", ".graphml", "the graph, for Gephi, Cytoscape, yEd, igraph and networkx", _graphml),
        Format("md", ".md", "a report with quotes as footnotes, for GitHub and pandoc", _markdown),
        Format("csv", ".csv", "one row a quote, for spreadsheets", _csv),
    )
}
