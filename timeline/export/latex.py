r"""`timeline-report.tex`: picture, table and quotes with citations, for a report in LaTeX.

The file compiles alone, with a list of sources of its own. In a report it is brought in by
`\input{timeline-report}`; its `\cite` then lead to the report's bibliography, for which `sources.bib` has the
same keys. LuaLaTeX and XeLaTeX know every script that their fonts know; pdfLaTeX knows Latin letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from timeline.export import words
from timeline.export.escape import latex as text
from timeline.export.escape import latex_link, quote_link
from timeline.export.material import NOTHING, Material
from timeline.export.sources import keys
from timeline.export.words import Sources
from timeline.model import Article, Citation, Discrepancy, Event, Status, Timeline

#: Whether the file stands alone: inside a document \@nodocument is \relax. Only then a preamble.
_HEAD: Final = r"""% Alone: lualatex timeline-report, twice. In a report: \input{timeline-report}, after
%   \usepackage{graphicx,longtable,array,hyperref}
% and with a bibliography made from sources.bib, which has these keys.
\makeatletter
\newif\iftimelinealone
\ifx\@nodocument\relax\else\timelinealonetrue\fi
\makeatother
\iftimelinealone
\documentclass[11pt,a4paper]{article}
\usepackage{iftex,graphicx,longtable,array,geometry}
\ifPDFTeX\usepackage[T1]{fontenc}\usepackage{lmodern}\else\usepackage{fontspec}\fi
\geometry{margin=25mm}
\usepackage[hidelinks]{hyperref}
\begin{document}
\fi"""


def dumps(timeline: Timeline, material: Material = NOTHING) -> bytes:
    """The report of the events shown; UTF-8."""
    return "".join(f"{line}\n" for line in _lines(timeline)).encode()


def _lines(timeline: Timeline) -> Iterator[str]:
    sources = Sources.of(timeline)
    cite = _Citer(keys(timeline))
    yield _HEAD
    yield rf"\section*{{{text(timeline.title) or 'Timeline'}}}"
    yield text(words.summary(timeline))
    yield from _picture(timeline)
    if timeline.shown:
        yield from _table(timeline, cite)
    yield from _discrepancies(timeline, cite)
    yield from _quotes(timeline, sources, cite)
    yield r"\iftimelinealone"
    if timeline.articles:
        yield rf"\begin{{thebibliography}}{{{len(timeline.articles)}}}"
        yield from (_source(article, cite) for article in timeline.articles)
        yield r"\end{thebibliography}"
    yield r"\end{document}"
    yield r"\fi"


class _Citer:
    r"""Articles by id -> `\cite{...}`."""

    def __init__(self, keys: dict[str, str]) -> None:
        self.keys = keys

    def __call__(self, articles: Iterable[str]) -> str:
        return rf"\cite{{{','.join(self.keys[id] for id in articles)}}}"


def _picture(timeline: Timeline) -> Iterator[str]:
    """The PDF or PNG beside it, whichever there is when it is compiled."""
    alt = text(words.alt(timeline))
    yield ""
    yield r"\def\timelinepicture#1{\noindent\includegraphics[width=\linewidth,height=.85\textheight,"
    yield rf"keepaspectratio,alt={{{alt}}}]{{#1}}\par}}"
    yield r"\IfFileExists{timeline.pdf}{\timelinepicture{timeline.pdf}}"
    yield r"{\IfFileExists{timeline.png}{\timelinepicture{timeline.png}}{}}"


def _table(timeline: Timeline, cite: _Citer) -> Iterator[str]:
    yield ""
    yield r"\begin{longtable}{@{}>{\raggedright}p{.23\linewidth}>{\raggedright}p{.55\linewidth}"
    yield r">{\raggedright\arraybackslash}p{.16\linewidth}@{}}"
    yield r"\textbf{Date} & \textbf{Event} & \textbf{Sources} \\ \hline \endhead"
    for event in timeline.shown:
        date = text(event.date_text) or "date unknown"
        yield rf"{date} & {_title(event)} & {cite(event.articles)} \\"
    yield r"\end{longtable}"


def _title(event: Event) -> str:
    status = "" if event.status is Status.OCCURRED else rf" \emph{{({event.status.value})}}"
    return f"{text(event.title) or 'Untitled'}{status}"


def _discrepancies(timeline: Timeline, cite: _Citer) -> Iterator[str]:
    shown = {event.id: event for event in timeline.shown}
    found = [d for d in timeline.discrepancies if d.event in shown]
    if not found:
        return
    yield ""
    yield r"\subsection*{Where the sources disagree}"
    yield r"\begin{longtable}{@{}>{\raggedright}p{.28\linewidth}>{\raggedright}p{.16\linewidth}"
    yield r">{\raggedright\arraybackslash}p{.5\linewidth}@{}}"
    yield r"\textbf{Event} & \textbf{Says} & \textbf{Words} \\ \hline \endhead"
    for discrepancy in found:
        yield from _readings(discrepancy, shown[discrepancy.event], cite)
    yield r"\end{longtable}"


def _readings(discrepancy: Discrepancy, event: Event, cite: _Citer) -> Iterator[str]:
    about = text(event.title) or "Untitled"
    for reading in discrepancy.readings:
        says = text(f"{reading.value} ({discrepancy.aspect})")
        yield rf"{about} & {says} & “{text(reading.quote.text)}” {cite([reading.article])} \\"
        about = ""


def _quotes(timeline: Timeline, sources: Sources, cite: _Citer) -> Iterator[str]:
    if not timeline.shown:
        return
    yield ""
    yield r"\subsection*{Quotes}"
    for event in timeline.shown:
        yield ""
        yield rf"\paragraph{{{_title(event)}}} {text(event.date_text)}."
        yield r"\begin{itemize}"
        yield from (_quote(citation, sources, cite) for citation in words.quotes(event))
        yield r"\end{itemize}"


def _quote(citation: Citation, sources: Sources, cite: _Citer) -> str:
    said = f", said by {text(citation.attribution)}" if citation.attribution else ""
    reason = words.why(citation)
    date = rf" \emph{{(date: {text(reason)})}}" if reason else ""
    quote = f"“{text(citation.quote.text)}”{said}"
    address = quote_link(sources.by_id[citation.article].url, citation.quote.text)
    link = " " + latex_link("(source)", address) if address else ""
    return rf"\item[{cite([citation.article])}] {quote}{link}{date}"


def _source(article: Article, cite: _Citer) -> str:
    title = latex_link(words.name(article), article.url)
    publisher = f", {text(article.source)}" if article.source else ""
    return rf"\bibitem{{{cite.keys[article.id]}}} {title}{publisher}, {text(words.publication(article))}."
