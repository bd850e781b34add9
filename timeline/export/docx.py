"""`timeline.docx`: the report for Word and LibreOffice, with the picture, a table and numbered sources.

python-docx writes it (the extra `[docx]`). The same timeline gives the same bytes: no time of writing is
kept, and the archive's files are put in again in order, all with the earliest date a ZIP file knows.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Inches, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from timeline.export import words
from timeline.export.escape import one_line, quote_link, web_link
from timeline.export.material import NOTHING, Material
from timeline.export.words import Sources
from timeline.model import Citation, Discrepancy, Event, Status, Timeline

#: The text block of an A4 page, and what of its height a picture may take.
WIDTH: Final = Inches(6.5)
HEIGHT: Final = Inches(9.1)
#: At least 4.5 to 1 on white.
LINK: Final = RGBColor(0x0B, 0x4A, 0x83)
MUTED: Final = RGBColor(0x56, 0x60, 0x6B)
#: The earliest time a ZIP file can say.
EPOCH: Final = (1980, 1, 1, 0, 0, 0)

#: What fills a cell: text, or a function that writes into its paragraph.
Cell = str | Callable[[Paragraph], None]


def dumps(timeline: Timeline, material: Material = NOTHING) -> bytes:
    """The report of the events shown, with the picture in it if there is one."""
    document = docx.Document()
    _settle(document, timeline)
    sources = Sources.of(timeline)
    document.add_heading(one_line(timeline.title) or "Timeline", 0)
    document.add_paragraph(one_line(words.summary(timeline)))
    if timeline.shown:
        rows = [_event(event, sources) for event in timeline.shown]
        _table(document, ("Date", "Event", "Sources"), (1.6, 3.7, 1.2), rows)
    _pictures(document, material.sheets, one_line(words.alt(timeline)))
    _discrepancies(document, timeline, sources)
    if timeline.shown:
        document.add_heading("Quotes", 1)
    for event in timeline.shown:
        _quotes(document, event, sources)
    if timeline.articles:
        document.add_heading("Sources", 1)
    for number, article in enumerate(timeline.articles, 1):
        paragraph = document.add_paragraph()
        _bookmark(paragraph, number, f"source_{article.number}", f"[{article.number}]")
        paragraph.add_run(" ")
        _link(paragraph, words.name(article), web_link(article.url))
        publisher = f", {article.source}" if article.source else ""
        _say(paragraph, f"{publisher}, {words.publication(article)}")
    out = io.BytesIO()
    document.save(out)
    return _undated(out.getvalue())


# -- parts -------------------------------------------------------------------------------------


def _settle(document: Document, timeline: Timeline) -> None:
    """Page, type and properties. The template's own dates and author go."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Emu((Cm(21) - WIDTH) // 2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(5)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = one_line(timeline.title)[:255], "", ""
    properties.language = "en"
    element: Any = properties._element
    for child in list(element):
        if child.tag.endswith(("}created", "}modified", "}lastModifiedBy", "}revision")):
            element.remove(child)


def _event(event: Event, sources: Sources) -> Sequence[Cell]:
    def title(paragraph: Paragraph) -> None:
        _title(paragraph, event)

    def numbers(paragraph: Paragraph) -> None:
        for id in event.articles:
            _number(paragraph, sources.number(id))

    return event.date_text or "date unknown", title, numbers


def _title(paragraph: Paragraph, event: Event) -> None:
    _say(paragraph, event.title or "Untitled")
    if event.status is not Status.OCCURRED:
        _say(paragraph, f" ({event.status.value})").italic = True


def _table(
    document: Document, heads: Sequence[str], inches: Sequence[float], rows: Iterable[Sequence[Cell]]
) -> None:
    table = document.add_table(1, len(heads))
    table.autofit = False
    _ruled(table)
    for column, width in zip(table.columns, inches, strict=True):
        column.width = Inches(width)
    head: Any = table.rows[0]._tr
    repeated = OxmlElement("w:tblHeader")
    head.get_or_add_trPr().append(repeated)
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        _say(cell.paragraphs[0], text).bold = True
    for row in rows:
        for cell, content in zip(table.add_row().cells, row, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            if callable(content):
                content(paragraph)
            else:
                _say(paragraph, content)
    for row in table.rows:
        whole: Any = row._tr
        whole.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, inches, strict=True):
            cell.width = Inches(width)


def _ruled(table: Table) -> None:
    """Thin lines between the rows, none between the columns."""
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "A8B4C0")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties: Any = table._tbl.tblPr
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _pictures(document: Document, sheets: Sequence[bytes], alt: str) -> None:
    for number, sheet in enumerate(sheets, 1):
        paragraph = document.add_paragraph()
        shape = paragraph.add_run().add_picture(io.BytesIO(sheet), width=WIDTH)
        if shape.height > HEIGHT:
            shape.width, shape.height = Emu(int(shape.width * HEIGHT / shape.height)), HEIGHT
        inline: Any = shape._inline
        part = f" Part {number} of {len(sheets)}." if len(sheets) > 1 else ""
        inline.docPr.set("descr", f"{alt}{part}")
        inline.docPr.set("title", "Timeline")


def _discrepancies(document: Document, timeline: Timeline, sources: Sources) -> None:
    shown = {event.id: event for event in timeline.shown}
    found = [d for d in timeline.discrepancies if d.event in shown]
    if not found:
        return
    document.add_heading("Where the sources disagree", 1)
    rows = [row for d in found for row in _readings(d, shown[d.event], sources)]
    _table(document, ("Event", "On", "Says", "Source", "Words"), (1.4, 0.85, 0.85, 0.75, 2.65), rows)


def _readings(discrepancy: Discrepancy, event: Event, sources: Sources) -> Iterable[Sequence[Cell]]:
    about = event.title or "Untitled", discrepancy.aspect
    for reading in discrepancy.readings:
        number = sources.number(reading.article)

        def source(paragraph: Paragraph, number: int = number) -> None:
            _number(paragraph, number)

        yield *about, reading.value, source, f"“{one_line(reading.quote.text)}”"
        about = "", ""


def _quotes(document: Document, event: Event, sources: Sources) -> None:
    head = document.add_paragraph()
    head.paragraph_format.keep_with_next = True
    head.paragraph_format.space_before = Pt(8)
    _say(head, f"{event.date_text or 'date unknown'}: ").bold = True
    _title(head, event)
    for citation in words.quotes(event):
        _quote(document, citation, sources)


def _quote(document: Document, citation: Citation, sources: Sources) -> None:
    article = sources.by_id[citation.article]
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Inches(0.25)
    _number(paragraph, article.number)
    _say(paragraph, f" “{one_line(citation.quote.text)}”")
    if citation.attribution:
        _say(paragraph, f", said by {citation.attribution}")
    if address := quote_link(article.url, citation.quote.text):
        paragraph.add_run(" ")
        _link(paragraph, "open at these words", address)
    if reason := words.why(citation):
        run = _say(paragraph, f" (date: {reason})")
        run.font.size, run.font.color.rgb = Pt(9), MUTED


# -- what python-docx has no words for -----------------------------------------------------------


def _say(paragraph: Paragraph, text: str) -> Any:
    """A run of text; white space at its ends is ours and stays."""
    lead, tail = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    return paragraph.add_run(f"{lead}{one_line(text)}{tail}" if text.strip() else text)


def _number(paragraph: Paragraph, number: int) -> None:
    """A citation number that leads to its source."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), f"source_{number}")
    _linked(paragraph, link, f"[{number}]")


def _link(paragraph: Paragraph, text: str, address: str) -> None:
    """A link, or the text alone if there is no address."""
    if not address:
        _say(paragraph, text)
        return
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    _linked(paragraph, link, text)


def _linked(paragraph: Paragraph, link: Any, text: str) -> None:
    run = _say(paragraph, text)
    run.font.color.rgb = LINK
    link.append(run._r)
    paragraph._p.append(link)


def _bookmark(paragraph: Paragraph, id: int, name: str, text: str) -> None:
    """Text that links inside the document lead to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(id))
    start.set(qn("w:name"), name)
    paragraph._p.append(start)
    _say(paragraph, text)
    paragraph._p.append(end)


def _undated(archive: bytes) -> bytes:
    """The archive again, its files in the same order with one and the same date."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()
