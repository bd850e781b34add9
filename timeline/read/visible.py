"""Publication dates that a web page shows but does not mark up, found by htmldate where it is installed.

`pip install event-timeline[web]`. It knows a thousand sites' ways; asked is only what it finds without
guessing, and only if the page itself states nothing that we read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from timeline.read.draft import Claim

#: What `Evidence.where` says of a date found this way.
WHERE: Final = "htmldate"

#: Longer pages are not searched: its patterns run over the whole page several times.
_MAX_PAGE: Final = 300_000

#: In place of the present day, which must not decide what is found.
_FIRST, _LAST = "1605-01-01", "2999-12-31"

_MODIFIED: Final = re.compile(r"(?i)(?:modif|updat)[^<>]{0,80}?(\d{4}-\d\d-\d\d)")


def visible_dates(page: str) -> Iterator[Claim]:
    """The day on which a page says it was published; nothing if htmldate is not there or finds none.

    A day that the page names as that of a change is none.
    """
    try:
        from htmldate import find_date
    except ImportError:
        return
    if len(page) > _MAX_PAGE:
        return
    try:
        # The blank at the end: what begins with "http" and holds none is an address to it, and fetched.
        day = find_date(
            f"{page} ", original_date=True, extensive_search=False, min_date=_FIRST, max_date=_LAST
        )
    except (ValueError, TypeError, LookupError, RecursionError):  # a page that its parser cannot take
        return
    if day and day not in _MODIFIED.findall(page):
        yield Claim(WHERE, day)
