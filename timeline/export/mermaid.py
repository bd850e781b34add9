"""`timeline.mmd`: a Mermaid timeline, as GitHub, GitLab and many wikis draw it.

Mermaid sets all its periods at even distances and knows no status, so the words say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from timeline.export.escape import mermaid as text
from timeline.export.material import NOTHING, Material
from timeline.export.words import Sources, chapter
from timeline.model import Event, Status, Timeline

#: Words that mean something to Mermaid where a period may stand.
_KEYWORD: Final = re.compile("(?i)timeline|title|section|acctitle|accdescr|direction")


def dumps(timeline: Timeline, material: Material = NOTHING) -> bytes:
    """The events shown: a section a year, a period for each date."""
    return "".join(f"{line}\n" for line in _lines(timeline)).encode()


def _lines(timeline: Timeline) -> Iterator[str]:
    sources = Sources.of(timeline)
    yield "timeline"
    yield f"    title {text(timeline.title) or 'Timeline'}"
    if not timeline.shown:
        yield "    No events"
    for heading, events in groupby(timeline.shown, key=chapter):
        yield f"    section {text(heading)}"
        for date, together in groupby(events, key=lambda event: event.date_text):
            first, *others = [_said(event, sources) for event in together]
            yield f"        {_period(date)} : {first}"
            yield from (f"            : {other}" for other in others)


def _period(date: str) -> str:
    shown = text(date) or "date unknown"
    return f"· {shown}" if _KEYWORD.match(shown) else shown


def _said(event: Event, sources: Sources) -> str:
    status = "" if event.status is Status.OCCURRED else f" ({event.status.value})"
    numbers = ", ".join(map(str, sources.numbers(event)))
    return f"{text(event.title) or 'Untitled'}{status} [{numbers}]"
