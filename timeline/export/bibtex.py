"""`sources.bib`: the articles for BibTeX and biblatex, by the keys that `timeline-report.tex` cites."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from timeline.export import words
from timeline.export.escape import latex, web_link
from timeline.export.material import NOTHING, Material
from timeline.export.sources import keys, published_in, published_on
from timeline.model import Article, Basis, Timeline

#: BibTeX's own names for the months.
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def dumps(timeline: Timeline, material: Material = NOTHING) -> bytes:
    """All articles as `@misc`, which every style knows; UTF-8."""
    named = keys(timeline)
    entries = (_entry(named[article.id], article) for article in timeline.articles)
    return "".join(entries).encode() or b"% no sources\n"


def _entry(key: str, article: Article) -> str:
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(article))
    return f"@misc{{{key},\n{fields}}}\n"


def _fields(article: Article) -> Iterator[tuple[str, str]]:
    """Names and values, a value with its braces; double ones keep a title's capitals."""
    yield "title", f"{{{{{latex(words.name(article))}}}}}"
    if article.source:
        yield "author", f"{{{{{latex(article.source)}}}}}"
    else:
        yield "key", f"{{{latex(words.name(article))}}}"  # sorted by it
    day, year = published_on(article), published_in(article)
    if year:
        yield "year", f"{{{year:04d}}}"
    if day:
        yield "month", _MONTHS[day.month - 1]
        yield "day", f"{{{day.day}}}"
    if article.published.basis not in (Basis.STATED, Basis.GIVEN):
        said = words.publication(article)
        yield "note", f"{{{latex(said[0].upper() + said[1:])}}}"
    if address := web_link(article.url):
        yield "url", f"{{{address}}}"
