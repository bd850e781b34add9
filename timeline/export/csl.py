"""`sources.csl.json`: the articles as CSL-JSON, for Zotero, pandoc and word processors' citation tools."""

from __future__ import annotations

import json
from typing import Any

from timeline.export import words
from timeline.export.escape import csl, json_text, web_link
from timeline.export.material import NOTHING, Material
from timeline.export.sources import keys, published_in, published_on
from timeline.model import Article, Timeline


def dumps(timeline: Timeline, material: Material = NOTHING) -> bytes:
    """A list of items of the type `article-newspaper`, with the keys of `sources.bib` as ids."""
    named = keys(timeline)
    items = [_item(named[article.id], article) for article in timeline.articles]
    return (json_text(json.dumps(items, ensure_ascii=False, indent=1)) + "\n").encode()


def _item(key: str, article: Article) -> dict[str, Any]:
    day, year = published_on(article), published_in(article)
    date = [day.year, day.month, day.day] if day else [year] if year else None
    item = {
        "id": key,
        "type": "article-newspaper",
        "title": csl(words.name(article)),
        "container-title": csl(article.source),
        "issued": {"date-parts": [date]} if date else None,
        "URL": web_link(article.url),
        "note": csl(words.publication(article)),
    }
    return {name: value for name, value in item.items() if value}
