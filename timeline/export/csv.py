"""`timeline.csv`: one row a quote, for spreadsheets. An event is repeated on each row of its quotes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Final

from timeline.export.escape import csv_cell
from timeline.export.material import NOTHING, Material
from timeline.interval import Interval
from timeline.model import Article, Citation, Event, Timeline

#: The columns, in order: heading, and the cell of one quote.
COLUMNS: Final[tuple[tuple[str, Callable[[Event, Citation, Article], object]], ...]] = (
    ("event", lambda e, c, a: e.id),
    ("start", lambda e, c, a: _start(e.when.interval)),
    ("end", lambda e, c, a: _end(e.when.interval)),
    ("granularity", lambda e, c, a: e.when.grain.value if e.when.grain else ""),
    ("edtf", lambda e, c, a: e.when.edtf),
    ("date", lambda e, c, a: e.date_text),
    ("status", lambda e, c, a: e.status.value),
    ("title", lambda e, c, a: e.title),
    ("participants", lambda e, c, a: "; ".join(e.participants)),
    ("place", lambda e, c, a: e.place),
    ("salience", lambda e, c, a: e.salience),
    ("shown", lambda e, c, a: "yes" if e.shown else "no"),
    ("source number", lambda e, c, a: a.number),
    ("source", lambda e, c, a: a.source),
    ("article", lambda e, c, a: a.title),
    ("file", lambda e, c, a: a.path),
    ("url", lambda e, c, a: a.url),
    ("published from", lambda e, c, a: _start(a.published.interval)),
    ("published to", lambda e, c, a: _end(a.published.interval)),
    ("published basis", lambda e, c, a: a.published.basis.value),
    ("quote", lambda e, c, a: c.quote.text),
    ("quote start", lambda e, c, a: c.quote.start),
    ("quote end", lambda e, c, a: c.quote.end),
    ("quote status", lambda e, c, a: c.status.value),
    ("trigger", lambda e, c, a: c.trigger.text),
    ("time expression", lambda e, c, a: c.timex.span.text if c.timex else ""),
    ("says start", lambda e, c, a: _start(c.resolved.interval)),
    ("says end", lambda e, c, a: _end(c.resolved.interval)),
    ("rule", lambda e, c, a: c.rule),
)


def dumps(timeline: Timeline, material: Material = NOTHING) -> bytes:
    """All quotes of all events, UTF-8 with a byte order mark, without which Excel reads it as Latin-1.

    Every cell is in quotation marks and none begins a formula, see `escape.csv_cell`.
    """
    articles = {article.id: article for article in timeline.articles}
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([heading for heading, _ in COLUMNS])
    for event in timeline.events:
        for citation in event.citations:
            cells = (cell(event, citation, articles[citation.article]) for _, cell in COLUMNS)
            writer.writerow([csv_cell(str(cell)) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _start(interval: Interval | None) -> str:
    return str(interval.start or "") if interval else ""


def _end(interval: Interval | None) -> str:
    return str(interval.end or "") if interval else ""
