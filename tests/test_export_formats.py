"""What each report format says is what the timeline says, read back by someone else's reader."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, ClassVar
from xml.etree import ElementTree

import docx
import igraph
import networkx as nx
import pytest
from export_stories import NASTY, ferry, nasty, timelines
from hypothesis import given, settings
from icalendar import Calendar
from lxml import etree
from pybtex.database import parse_string

from timeline.export import escape, words, write
from timeline.export.escape import legal, one_line
from timeline.export.sources import keys
from timeline.graph import build
from timeline.interval import Interval
from timeline.model import Timeline, When
from timeline.result import Timeline as Pipeline

quick = settings(max_examples=60, deadline=None, derandomize=True)

#: One white pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005"
    "fe02fe0def46b80000000049454e44ae426082"
)
GEXF = "{http://gexf.net/1.3}"


def titles(timeline: Timeline) -> list[str]:
    """The titles of the events shown, on one line."""
    return [one_line(event.title) or "Untitled" for event in timeline.shown]


# -- LaTeX and BibTeX --------------------------------------------------------------------------


def unlatex(text: str) -> str:
    """The text that TeX reads, if all commands in it are those of the escaper."""
    names = {command: char for char, command in escape._LATEX.items()}
    commands = sorted(map(re.escape, names), key=len, reverse=True)
    left = re.sub("|".join([*commands, r"\{\}"]), lambda found: names.get(found[0], ""), text)
    bare = re.sub("|".join([*commands, r"\{\}"]), "", text)
    assert not re.search(r"[\\{}$&#%_~^<>|\"`]", bare), bare
    return left


@quick
@given(nasty)
def test_latex_text(text: str) -> None:
    """Escaped text holds no command but the escaper's, in pairs of braces, and reads as the text."""
    escaped = escape.latex(text)

    assert one_line(text).replace("\ufffd", "?") == unlatex(escaped)
    assert escaped.count("{") == escaped.count("}")
    assert not re.search("--|''|,,", escaped)


@quick
@given(timelines())
def test_sources_bib(timeline: Timeline) -> None:
    """BibTeX reads one entry an article, with its key, its title and only a web address."""
    data = write(timeline, "bib").decode()
    entries = parse_string(data, "bibtex").entries

    assert list(keys(timeline).values()) == list(entries)
    assert len({key.lower() for key in entries}) == len(timeline.articles)
    for article, entry in zip(timeline.articles, entries.values(), strict=True):
        assert re.fullmatch("[a-z0-9-]+", entry.key)
        title = one_line(words.name(article)).replace("\ufffd", "?")
        assert title == unlatex(entry.fields["title"][1:-1])
        assert escape.web_link(article.url) == entry.fields.get("url", "")


@quick
@given(timelines())
def test_latex_report(timeline: Timeline) -> None:
    """Groups and environments of the report end as they begin, and every citation has its source."""
    report = write(timeline, "tex").decode()
    bare = re.sub(r"\\(text\w+\{\}|[\\$&#%_])", "", report)
    depth = 0
    for char in bare:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert 0 == depth
    begun = re.findall(r"\\begin\{(\w+)\}", report)
    assert sorted(begun) == sorted(re.findall(r"\\end\{(\w+)\}", report))
    cited = {key for group in re.findall(r"\\cite\{([^}]*)\}", report) for key in group.split(",")}
    assert cited <= set(re.findall(r"\\bibitem\{([^}]*)\}", report)) == set(keys(timeline).values())


@pytest.mark.skipif(not shutil.which("lualatex"), reason="no lualatex here")
def test_latex_compiles(tmp_path: Path) -> None:
    """With every hostile text in it the report compiles, alone and inside another document."""
    hostile = [text for text in NASTY if text]
    story = ferry()
    first, *rest = story.events
    events = tuple(
        replace(first, id=f"ev-{n:010x}", title=text, participants=(text,)) for n, text in enumerate(hostile)
    )
    articles = tuple(replace(a, title=hostile[5], source=hostile[13]) for a in story.articles)
    wild = replace(story, events=(*events, *rest), articles=articles, title=hostile[3], discrepancies=())
    (tmp_path / "timeline-report.tex").write_bytes(write(wild, "tex"))
    (tmp_path / "paper.tex").write_text(
        r"\documentclass{article}\usepackage{graphicx,longtable,array,hyperref,fontspec}"
        "\n\\begin{document}\n\\input{timeline-report}\n\\end{document}\n"
    )
    for name in ("timeline-report", "paper"):
        done = subprocess.run(
            ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", name],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            errors="replace",
        )
        assert 0 == done.returncode, done.stdout[-2000:]
        assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="no pdflatex here")
def test_latex_compiles_with_the_oldest_fonts(tmp_path: Path) -> None:
    """In a report that loads no font encoding quotation marks compile, and a row may begin with a star."""
    story = ferry()
    events = tuple(replace(event, title='"No"', date_text="*May") for event in story.events)
    (tmp_path / "timeline-report.tex").write_bytes(write(replace(story, events=events), "tex"))
    (tmp_path / "paper.tex").write_text(
        r"\documentclass{article}\usepackage{graphicx,longtable,array,hyperref}"
        "\n\\begin{document}\n\\input{timeline-report}\n\\end{document}\n"
    )
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "paper"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        errors="replace",
    )
    assert 0 == done.returncode, done.stdout[-2000:]
    if shutil.which("pdftotext"):
        text = subprocess.run(
            ["pdftotext", tmp_path / "paper.pdf", "-"], capture_output=True, text=True, check=True
        ).stdout
        assert 2 * len(story.shown) == text.count("*May")  # in the table and over the quotes


# -- CSL-JSON ----------------------------------------------------------------------------------


@quick
@given(timelines())
def test_csl(timeline: Timeline) -> None:
    """One item an article under the key of `sources.bib`; no text in it has a tag."""
    items = json.loads(write(timeline, "csl"))

    assert list(keys(timeline).values()) == [item["id"] for item in items]
    for article, item in zip(timeline.articles, items, strict=True):
        assert one_line(words.name(article)).replace("<", "‹") == item.get("title", "").replace("<", "‹")
        assert not any(re.search(r"<\s*/?[a-z]", value) for value in item.values() if isinstance(value, str))
        assert all(1 <= len(parts) <= 3 for parts in item.get("issued", {}).get("date-parts", []))


def test_csl_dates() -> None:
    """A day known to the day is written as one, an unknown one not at all."""
    first, second = json.loads(write(ferry(), "csl"))

    assert {"date-parts": [[2024, 5, 3]]} == first["issued"]
    assert "issued" not in second
    assert "publication date unknown" == second["note"]


# -- calendar ----------------------------------------------------------------------------------


@quick
@given(timelines())
def test_calendar(timeline: Timeline) -> None:
    """A calendar program reads one entry for each dated event, title and days; lines are short."""
    data = write(timeline, "ics")
    entries = Calendar.from_ical(data).events
    dated = [event for event in timeline.shown if event.when.interval]

    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    assert [event.id for event in dated] == [str(e["UID"]).removesuffix("@event-timeline") for e in entries]
    for event, entry in zip(dated, entries, strict=True):
        interval = event.when.interval
        assert interval is not None
        assert str(entry["SUMMARY"]).startswith(one_line(event.title) or "Untitled")
        assert (interval.start or interval.end or entry["DTSTART"].dt) == entry["DTSTART"].dt
        if interval.end and "DTEND" in entry:
            assert 1 == (entry["DTEND"].dt - interval.end).days


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (When(Interval.on("2024-05-02")), ("CONFIRMED", "Ferry strikes pier at Norhavn")),
        (When(Interval.of(2024, 5), fills=True), ("CONFIRMED", "Ferry strikes pier at Norhavn")),
        (When(Interval.of(2024, 5)), ("TENTATIVE", "Ferry strikes pier at Norhavn (May 2024)")),
        (
            When(Interval.between(None, "2024-05-31")),
            ("TENTATIVE", "Ferry strikes pier at Norhavn (May 2024)"),
        ),
        (
            When(Interval.between("2024-05-01", None), fills=True),
            ("TENTATIVE", "Ferry strikes pier at Norhavn (May 2024)"),
        ),
    ],
)
def test_calendar_doubt(when: When, said: tuple[str, str]) -> None:
    """Some day in a month is tentative and says so, as is what has an open end; a whole month is not."""
    story = ferry()
    event = replace(story.events[0], when=when, date_text="May 2024")
    [entry] = Calendar.from_ical(write(replace(story, events=(event,)), "ics")).events

    assert said == (str(entry["STATUS"]), str(entry["SUMMARY"]))


def test_calendar_without_events() -> None:
    """A calendar holds at least one component (RFC 5545, 3.6), whatever is dated."""
    calendar = Calendar.from_ical(write(Timeline("Nothing yet"), "ics"))

    assert [] == calendar.events
    assert [] != calendar.subcomponents


# -- JSON for the web --------------------------------------------------------------------------


class Tags(HTMLParser):
    """A piece of HTML taken apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    VOID: ClassVar = {"img", "br"}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@quick
@given(timelines())
def test_timelinejs(timeline: Timeline) -> None:
    """One slide for each dated event; its HTML has only our tags and the event's title and quotes."""
    data = json.loads(write(timeline, "timelinejs"))
    dated = [event for event in timeline.shown if event.when.interval]

    assert [event.id for event in dated] == [slide["unique_id"] for slide in data["events"]]
    for event, slide in zip(dated, data["events"], strict=True):
        headline, text = Tags(slide["text"]["headline"]), Tags(slide["text"]["text"])
        assert not headline.tags
        assert {"p", "br", "small", "a"} >= set(text.tags)
        assert {"href"} >= {name for name, _ in text.attributes}
        assert all(value.startswith(("http://", "https://")) for _, value in text.attributes)
        assert "".join(headline.text).startswith(one_line(event.title) or "Untitled")
        for citation in event.citations:
            assert f"“{one_line(citation.quote.text)}”" in "".join(text.text)


@quick
@given(timelines())
def test_jsonld(timeline: Timeline) -> None:
    """Events in order with their quotes; nothing in it can end the script element it may stand in."""
    data = write(timeline, "jsonld")
    items = json.loads(data)["itemListElement"]

    assert not re.search(b"[<>&]", data)
    assert titles(timeline) == [item["item"]["name"] for item in items]
    for event, item in zip(timeline.shown, items, strict=True):
        quotes = {quote["text"] for quote in item["item"]["subjectOf"]}
        assert {one_line(c.quote.text) for c in event.citations} == quotes
        if event.when.interval is None:
            assert "startDate" not in item["item"]


def test_jsonld_claims_no_day_that_is_not_known() -> None:
    """A day has a start date, some days between two have none."""
    story = ferry()
    vague = replace(story.events[0], when=When(Interval.between("2024-05-01", "2024-05-09")))
    exact, doubtful = (
        json.loads(write(replace(story, events=(event,)), "jsonld"))["itemListElement"][0]["item"]
        for event in (story.events[0], vague)
    )

    assert "2024-05-02" == exact["startDate"] == exact["endDate"]
    assert not {"startDate", "endDate"} & set(doubtful)
    assert "(EDTF [2024-05-01..2024-05-09])" in doubtful["description"]


# -- Mermaid -----------------------------------------------------------------------------------


@quick
@given(timelines())
def test_mermaid(timeline: Timeline) -> None:
    """Each line is a title, a section, a period or an event, by Mermaid's grammar; all events are there."""
    first, *lines = write(timeline, "mermaid").decode().splitlines()
    events = []

    assert "timeline" == first
    assert lines[0].startswith("    title ")
    for line in lines[1:]:
        part = r"[^:;#\n<>%&]*\S"
        assert re.fullmatch(
            rf"    No events|    section {part}|        {part}( : {part})|            : {part}", line
        )
        if " : " in line:
            period, _, said = line.partition(" : ")
            assert not re.match(r"(?i)\s*(title|section|acctitle|accdescr|timeline)", period)
            events.append(said)
    assert len(timeline.shown) == len(events)
    shown = [escape.mermaid(event.title) or "Untitled" for event in timeline.shown]
    assert all(said.startswith(title) for title, said in zip(shown, events, strict=True))


# -- GEXF --------------------------------------------------------------------------------------


@quick
@given(timelines())
def test_gexf(timeline: Timeline) -> None:
    """The graph of GraphML, with days as times, and its values of the types declared."""
    graph = build(timeline)
    root = ElementTree.fromstring(write(timeline, "gexf"))
    [drawn] = root.findall(f"{GEXF}graph")
    nodes, edges = drawn.findall(f".//{GEXF}node"), drawn.findall(f".//{GEXF}edge")

    assert ("1.3", "dynamic", "date") == (root.get("version"), drawn.get("mode"), drawn.get("timeformat"))
    assert [f"{GEXF}{name}" for name in ("attributes", "attributes", "nodes", "edges")] == [
        e.tag for e in drawn
    ]
    assert sorted(map(legal, graph)) == sorted(node.get("id", "") for node in nodes)
    assert {key for *_, key in graph.edges(keys=True)} == {edge.get("id") for edge in edges}
    for kind, elements in (("node", nodes), ("edge", edges)):
        declared = {
            e.get("id"): (e.get("title"), e.get("type"))
            for e in drawn.findall(f"{GEXF}attributes[@class='{kind}']/{GEXF}attribute")
        }
        for element in elements:
            for value in element.iter(f"{GEXF}attvalue"):
                _, type = declared[value.get("for")]
                read: Any = {"long": int, "double": float, "boolean": ("true", "false").index, "string": str}
                read[type](value.get("value"))
    for node in nodes:
        for end in ("start", "end"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", node.get(end, "2024-05-02"))


@quick
@given(timelines())
def test_gexf_is_valid(timeline: Timeline) -> None:
    """The schema of GEXF 1.3 accepts it."""
    schema = etree.RelaxNG(etree.parse(Path(__file__).with_name("gexf.rng")))

    schema.assertValid(etree.fromstring(write(timeline, "gexf")))


@quick
@given(timelines())
def test_networkx_reads_gexf(timeline: Timeline) -> None:
    """networkx reads the same nodes with the same attributes from it."""
    data = io.BytesIO(write(timeline, "gexf"))
    found, graph = nx.read_gexf(data, version="1.3"), build(timeline)

    assert sorted(map(legal, graph)) == sorted(found)
    assert graph.number_of_edges() == found.number_of_edges()
    for node, said in graph.nodes(data=True):
        read = found.nodes[legal(node)]
        for name in set(said) - {"label", "start", "end"}:
            value = said[name]
            assert (legal(value) if isinstance(value, str) else value) == read.get(name, "")


def test_gexf_times() -> None:
    """A dated event has its days, an undated one none."""
    root = ElementTree.fromstring(write(ferry(), "gexf"))
    times = {n.get("id"): (n.get("start"), n.get("end")) for n in root.iter(f"{GEXF}node")}

    assert ("2024-05-02", "2024-05-02") == times["ev-0000000001"]
    assert (None, None) == times["ev-0000000003"]


# -- GraphML in another reader -----------------------------------------------------------------


def test_igraph_reads_graphml(tmp_path: Path) -> None:
    """igraph reads every node and edge of it without a warning (here a warning is an error)."""
    (tmp_path / "t.graphml").write_bytes(write(ferry(), "graphml"))
    found, graph = igraph.Graph.Read_GraphML(str(tmp_path / "t.graphml")), build(ferry())

    assert (len(graph), graph.number_of_edges()) == (found.vcount(), found.ecount())
    assert [graph.nodes[node]["label"] for node in sorted(graph)] == found.vs["label"]
    assert sorted(said["relation"] for *_, said in graph.edges(data=True)) == sorted(found.es["relation"])


# -- the fragment ------------------------------------------------------------------------------


@quick
@given(timelines())
def test_fragment(timeline: Timeline) -> None:
    """One section of plain elements: no style, no script, no handler; every inner link leads somewhere."""
    fragment = write(timeline, "fragment").decode()
    page = Tags(fragment)
    allowed = (
        "section h2 h3 p figure img ol ul li b i a bdi time table thead tbody tr th td blockquote small"
    ).split()

    assert not page.open
    assert set(page.tags) <= set(allowed)
    names = {name for name, _ in page.attributes}
    assert not {name for name in names if name.startswith("on") or name in ("style", "srcdoc")}
    ids = [value for name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    links = [value for name, value in page.attributes if name in ("href", "cite")]
    assert all(link[1:] in ids for link in links if link.startswith("#"))
    assert all(link.startswith(("#", "http://", "https://")) for link in links)
    for title in titles(timeline):
        assert title in " ".join("".join(page.text).split()) or not title.split()


# -- Word --------------------------------------------------------------------------------------


def written(timeline: Timeline) -> Any:
    """The Word document as python-docx reads it."""
    return docx.Document(io.BytesIO(write(timeline, "docx", sheets=[PNG])))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(timelines())
def test_docx(timeline: Timeline) -> None:
    """The table has every event shown; links inside lead to bookmarks, those outside to the web."""
    document = written(timeline)
    ns = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    body = document.element.body

    assert (one_line(timeline.title) or "Timeline") == document.paragraphs[0].text
    if timeline.shown:
        found = [row.cells[1].text for row in document.tables[0].rows[1:]]
        assert all(text.startswith(title) for title, text in zip(titles(timeline), found, strict=True))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for event in timeline.shown:
        assert all(f"“{one_line(c.quote.text)}”" in text for c in event.citations)
    marks = {e.get(f"{{{ns['w']}}}name") for e in body.iterfind(".//w:bookmarkStart", ns)}
    anchors = {e.get(f"{{{ns['w']}}}anchor") for e in body.iterfind(".//w:hyperlink", ns)} - {None}
    assert anchors <= marks
    outside = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert all(address.startswith(("http://", "https://")) for address in outside)


def test_docx_picture_has_alt_text() -> None:
    """The picture says in words what it shows, as part of how many; its table's head is repeated."""
    data = write(ferry(), "docx", sheets=[PNG, PNG])
    body = docx.Document(io.BytesIO(data)).element.xml
    alts = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', body)

    assert [f"{words.alt(ferry())} Part {n} of 2." for n in (1, 2)] == alts
    assert "<w:tblHeader/>" in body


def test_docx_tables_are_in_the_order_of_the_schema() -> None:
    """Borders stand before the layout; a strict reader takes the file for broken otherwise."""
    for table in written(ferry()).tables:
        names = [child.tag.rpartition("}")[2] for child in table._tbl.tblPr]
        assert names.index("tblBorders") < names.index("tblLayout") < names.index("tblLook")


def test_docx_has_no_time_in_it() -> None:
    """The same bytes each time, no date of writing, and the earliest date of a ZIP file on every entry."""
    data = write(ferry(), "docx", sheets=[PNG])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        core = archive.read("docProps/core.xml").decode()
        dates = {entry.date_time for entry in archive.infolist()}

    assert data == write(ferry(), "docx", sheets=[PNG])
    assert {(1980, 1, 1, 0, 0, 0)} == dates
    assert "created" not in core
    assert "modified" not in core
    assert "python-docx" not in core


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")
def test_docx_opens_in_libreoffice(tmp_path: Path) -> None:
    """LibreOffice makes a PDF of it that has the titles, the quotes and the sources."""
    (tmp_path / "timeline.docx").write_bytes(write(ferry(), "docx", sheets=[PNG]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            tmp_path / "timeline.docx",
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert (tmp_path / "timeline.pdf").read_bytes().startswith(b"%PDF")
    if shutil.which("pdftotext"):
        done = subprocess.run(
            ["pdftotext", tmp_path / "timeline.pdf", "-"], capture_output=True, text=True, check=True
        )
        text = " ".join(done.stdout.split())
        assert "Ferry strikes pier at Norhavn" in text
        assert "A ferry struck the pier at Norhavn on May 2, killing three people." in text
        assert "Where the sources disagree" in text


# -- pandoc ------------------------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("pandoc"), reason="no pandoc here")
def test_pandoc_reads_the_report() -> None:
    """pandoc finds a note for each event shown, one picture, and no raw HTML."""
    done = subprocess.run(
        ["pandoc", "-f", "markdown", "-t", "json"],
        input=write(ferry(), "md"),
        capture_output=True,
        check=True,
    )
    kinds = re.findall(r'"t":"(\w+)"', json.dumps(json.loads(done.stdout), separators=(",", ":")))

    assert len(ferry().shown) == kinds.count("Note")
    assert 1 == kinds.count("Image")
    assert not {"RawInline", "RawBlock"} & set(kinds)


def test_files_by_their_own_names(small: Pipeline) -> None:
    """Formats on request have their own file names, and the Word document holds the drawn picture."""
    content = small.files(["docx", "bib", "csl", "fragment"]).content
    document = docx.Document(io.BytesIO(content["timeline.docx"]))
    [shape] = document.inline_shapes

    assert {"timeline.docx", "sources.bib", "sources.csl.json", "timeline.fragment.html"} == set(content)
    assert shape.width.inches == pytest.approx(6.5)
    assert shape.height.inches < 9.2
