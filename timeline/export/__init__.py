"""A timeline as files: a module, a row of `FORMATS` and an escaper in `escape` for each format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from timeline.errors import UsageError
from timeline.export.material import Material
from timeline.model import Timeline


@dataclass(frozen=True, slots=True)
class Format:
    """One output format."""

    name: str
    """What the user types."""
    file: str
    """The file it is written to."""
    description: str
    """One line for a list of formats."""
    module: str
    """The module of this package that writes it, by `dumps(timeline, material)`."""
    usual: bool = False
    """True if it is written when no format is asked for."""
    picture: str = ""
    """The picture it holds, `svg` or `png`; empty if it holds none."""
    needs: str = ""
    """The package to install for it, `python-` and the name of its module; empty if none."""

    def missing(self) -> str:
        """What to do before it can be written; empty if nothing."""
        if not self.needs or find_spec(self.needs.removeprefix("python-")):
            return ""
        return f"needs more to be installed: pip install {self.needs}"

    def write(self, timeline: Timeline, material: Material) -> bytes:
        """The content of the file. Its module is imported only now: JSON needs no template engine."""
        content: bytes = import_module(f"timeline.export.{self.module}").dumps(timeline, material)
        return content


_ALL: Final = (
    Format("json", "timeline.json", "everything, as data; what the other commands read", "json", usual=True),
    Format("html", "timeline.html", "a web page that works offline, on paper and without script", "html",
           usual=True, picture="svg"),
    Format("md", "timeline.md", "a report with quotes as footnotes, for GitHub and pandoc", "markdown",
           usual=True),
    Format("fragment", "timeline.fragment.html", "the report as HTML to paste into a page", "fragment"),
    Format("docx", "timeline.docx", "the report for Word and LibreOffice, with the picture in it", "docx",
           picture="png", needs="python-docx"),
    Format("tex", "timeline-report.tex", "the report for LaTeX, alone or by \\input", "latex"),
    Format("bib", "sources.bib", "the articles for BibTeX and biblatex", "bibtex"),
    Format("csl", "sources.csl.json", "the articles for Zotero, pandoc and word processors", "csl"),
    Format("csv", "timeline.csv", "one row a quote, for spreadsheets", "csv", usual=True),
    Format("graphml", "timeline.graphml", "the graph, for Cytoscape, yEd, igraph, networkx ...", "graphml",
           usual=True),
    Format("gexf", "timeline.gexf", "the graph for Gephi, with the days of each event", "gexf"),
    Format("ics", "timeline.ics", "the dated events for a calendar", "icalendar"),
    Format("timelinejs", "timeline.timelinejs.json", "the dated events for TimelineJS", "timelinejs"),
    Format("jsonld", "timeline.jsonld", "the events in schema.org's words, for search engines", "jsonld"),
    Format("mermaid", "timeline.mmd", "a small diagram for GitHub, GitLab and wikis", "mermaid"),
)  # fmt: skip

#: All formats, in the order in which they are listed.
FORMATS: Final[dict[str, Format]] = {format.name: format for format in _ALL}


def write(
    timeline: Timeline,
    format: str,
    *,
    picture: str | None = None,
    sheets: Sequence[bytes] = (),
    picture_file: str = "timeline.png",
    texts: Mapping[str, str] | None = None,
) -> bytes:
    """The timeline in a format named in `FORMATS`. The same timeline always gives the same bytes.

    The other arguments are as in `Material`; a format takes what it can use.
    UsageError if there is no such format.
    """
    if format not in FORMATS:
        raise UsageError(f"no such format; choose one of {', '.join(FORMATS)}", name=format)
    if missing := FORMATS[format].missing():
        raise UsageError(missing, name=format)
    return FORMATS[format].write(timeline, Material(picture, tuple(sheets), picture_file, texts or {}))
