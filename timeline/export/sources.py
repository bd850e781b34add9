"""The articles as sources to cite: a key for each, the same in `sources.bib`, CSL-JSON and LaTeX."""

from __future__ import annotations

import datetime as dt
import hashlib

from timeline.export.escape import plain_key
from timeline.model import Article, Timeline

#: Longer keys tire who types them.
LONGEST_KEY = 40


def keys(timeline: Timeline) -> dict[str, str]:
    """Article id -> citation key: made from the id, so that it stays when articles are added.

    >>> keys(Timeline("A", (Article("003 Été", ""), Article("003-ete", ""))))
    {'003 Été': 'source-003-ete', '003-ete': 'source-003-ete-c94d'}
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for article in timeline.articles:
        key = f"source-{plain_key(article.id)[:LONGEST_KEY].strip('-') or _digest(article.id)}"
        if key in taken:
            key = f"{key}-{_digest(article.id)}"
        taken.add(key)
        found[article.id] = key
    return found


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:4]


def published_on(article: Article) -> dt.date | None:
    """The day of publication if it is known to the day."""
    interval = article.published.interval
    return interval.start if interval and interval.is_day else None


def published_in(article: Article) -> int | None:
    """The year of publication, as far as the year is known."""
    interval = article.published.interval
    if interval is None or interval.start is None or interval.end is None:
        return None
    return interval.start.year if interval.start.year == interval.end.year else None
