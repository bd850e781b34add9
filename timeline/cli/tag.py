"""`timex`: time expressions alone, for text or for JSONL."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from timeline.cli.console import Console, table
from timeline.cli.make import PARTLY, limiting, reading_with, talking

if TYPE_CHECKING:
    from timeline.interval import Interval
    from timeline.limits import Limits
    from timeline.model import Article, Publication, Timex

#: Texts parsed together: enough to be fast, few enough to bound the memory of a long file.
BATCH = 64


@click.command()
@click.argument("file", default="-", metavar="[FILE]")
@click.option(
    "--date",
    "day",
    metavar="YYYY-MM-DD",
    help='Publication date, or date and time (2024-03-26T14:05): what "Monday" is counted from.',
)
@click.option("--explain", is_flag=True, help="Also say why: the rule, what was counted from, and which way.")
@click.option(
    "--no-parse", is_flag=True, help="Read no sentences: faster, but verbs do not decide which Monday."
)
@reading_with
@limiting
@talking
@click.pass_obj
def timex(
    console: Console,
    /,
    file: str,
    day: str | None,
    explain: bool,
    no_parse: bool,
    language_model: str,
    limits: Limits,
) -> int:
    """Find time expressions (TIMEX3) in text, and the days they name.

    Reads FILE, or standard input. Plain text gives a table. JSONL with {"id", "text",
    "publication_date"} gives JSONL with {"id", "timexes": [{"start", "end", "type", "value"}]} and a
    last line {"seconds"}: the time spent tagging. "publication_datetime" may say the time, too.

    \b
    echo "They met on Monday." | timeline timex --date 2024-03-26
    """
    from timeline.choose import calendar
    from timeline.errors import ArticleError

    published = _published(None if day is None else calendar(re.split(r"[T ]", day)[0]), day or "")
    text = _input(console, file, limits)
    model = None if no_parse else language_model
    if _is_jsonl(text):
        return _jsonl(console, text, published, limits, model, explain=explain)
    if len(text) > limits.max_chars:
        raise ArticleError(f"more than {limits.max_chars:,} characters", name=file)
    [found] = _tag(console, [_article("text", text, published)], limits, model)
    rows = [_row(timex, explain) for timex in found]
    if rows:
        click.echo(table(rows))
    return 0


def _row(timex: Timex, explain: bool) -> tuple[str, ...]:
    span, days = timex.span, timex.interval
    named = "" if days is None else str(days.start) if days.is_day else f"{days.start}/{days.end}"
    row = (f"{span.start}-{span.end}", " ".join(span.text.split()), timex.type, timex.value, named)
    return (*row, timex.mod, timex.edtf, timex.rule, timex.anchor, timex.direction) if explain else row


def _fields(timex: Timex, explain: bool) -> dict[str, object]:
    """One expression of a line of JSONL."""
    span, days = timex.span, timex.interval
    fields: dict[str, object] = {
        "start": span.start,
        "end": span.end,
        "type": timex.type,
        "value": timex.value,
    }
    if not explain:
        return fields
    why = {"mod": timex.mod, "edtf": timex.edtf, "rule": timex.rule, "anchor": timex.anchor}
    ends = {"first": str(days.start), "last": str(days.end)} if days else {}
    return {**fields, "text": span.text, **ends, **why, "direction": timex.direction}


def _jsonl(
    console: Console,
    text: str,
    published: Publication,
    limits: Limits,
    model: str | None,
    *,
    explain: bool,
) -> int:
    """JSONL in and out. `model` is the language model's name, empty for the shipped one, None for none."""
    articles: list[Article] = []
    skipped = False
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            articles.append(_record(_json(line), published, limits))
        except (ValueError, RecursionError) as error:
            console.error(f"line {number}: {error}"[:300])
            skipped = True
    if model is not None:
        _warm(model)
    started = time.perf_counter()
    for article, found in zip(articles, _tag(console, articles, limits, model), strict=True):
        timexes = [_fields(timex, explain) for timex in found]
        click.echo(json.dumps({"id": article.id, "timexes": timexes}))
    click.echo(json.dumps({"seconds": round(time.perf_counter() - started, 3)}))
    console.settle()
    return 0 if not skipped else PARTLY if articles else 1


def _record(record: object, published: Publication, limits: Limits) -> Article:
    """One line of JSONL, `published` if it says nothing else; ValueError says what is wrong with it."""
    if not isinstance(record, Mapping) or not isinstance(record.get("text"), str):
        raise ValueError('not an object with "text"')
    if len(record["text"]) > limits.max_chars:
        raise ValueError(f"more than {limits.max_chars:,} characters")
    values = (record.get(name) for name in ("publication_datetime", "publication_date", "pub_date"))
    stated = next((str(value) for value in values if value is not None and str(value).strip()), "")
    if stated:
        published = _published(_days(stated), stated)
    return _article(str(record.get("id", "")), record["text"], published)


def _days(stated: str) -> Interval:
    from timeline.choose import calendar
    from timeline.errors import UsageError

    try:
        return calendar(stated[:10])
    except UsageError as error:
        raise ValueError(f"publication date {stated!r}: {error}") from error


def _published(days: Interval | None, stated: str) -> Publication:
    from timeline.model import Basis, Publication
    from timeline.read.published import clock_of

    return Publication(days, Basis.UNKNOWN if days is None else Basis.GIVEN, clock=clock_of(stated))


def _article(id: str, text: str, published: Publication) -> Article:
    from timeline.model import Article
    from timeline.read import clean

    text = clean(text)
    return Article(id, text, body=(0, len(text)), published=published)


def _tag(
    console: Console, articles: Sequence[Article], limits: Limits, model: str | None
) -> Iterator[tuple[Timex, ...]]:
    """The time expressions of each article; sentences are read some articles at a time."""
    from timeline import steps
    from timeline.timex import tag

    if model is None:
        yield from (tag(a.text, a.published.interval, body=a.body, clock=a.published.clock) for a in articles)
        return
    for start in range(0, len(articles), BATCH):
        some = tuple(articles[start : start + BATCH])
        batch = steps.Draft(some, limits=limits, language_model=model)
        done = steps.run(batch, steps=steps.TAGGING)
        for warning in done.warnings:
            console.warning(warning)
        yield from done.timexes


def _warm(model: str) -> None:
    """Load the language model, which is start-up and no part of the time spent tagging."""
    from timeline import language

    language.parse((), language_model=model)


def _input(console: Console, file: str, limits: Limits) -> str:
    """The text of a file or of standard input. Not cleaned: that would break lines of JSONL in two."""
    from timeline.errors import ArticleError
    from timeline.read.decode import decode
    from timeline.read.files import read_text, read_up_to

    if file != "-":
        name, decoded = file, read_text(file, limits)
    else:
        name, data = "standard input", read_up_to(sys.stdin.buffer, limits.max_bytes)
        if len(data) > limits.max_bytes:
            raise ArticleError(f"more than {limits.max_bytes:,} bytes", name=name)
        decoded = decode(data)
    if decoded.warning:
        console.warning(f"{name}: {decoded.warning}")
    return decoded.text


def _is_jsonl(text: str) -> bool:
    """True if the first line that is not blank is a JSON object."""
    first = text.lstrip().partition("\n")[0]
    if not first.startswith("{"):
        return False
    try:
        return isinstance(_json(first), dict)
    except (ValueError, RecursionError):
        return False


def _json(line: str) -> object:
    """What a line of JSONL holds. Control characters may stand in its strings: cleaning makes them blanks."""
    return json.loads(line, strict=False)
