"""JSON and JSON Lines -> records -> drafts. A pile of articles in one file, under the usual names."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from timeline.errors import ArticleError
from timeline.read.draft import Claim, Draft

#: The names under which records keep a thing, the first that is not blank counts. Case, `_` and `-` do not.
TEXT: Final = (
    "text body content article articlebody articletext fulltext contenttext maintext plaintext storytext"
).split()
ID: Final = "id guid uid uuid docid documentid articleid".split()
TITLE: Final = "title headline heading name".split()
SOURCE: Final = "source publisher sitename site outlet newspaper provider agency".split()
URL: Final = "url link canonicalurl sourceurl weburl permalink href".split()
DATE: Final = (
    "pubdate published publicationdate publisheddate datepublished publishedat publishedtime publishdate "
    "publishedon publicationtime dct documentcreationtime webpublicationdate firstpublished issued "
    "dateissued date timestamp created createdat datecreated"
).split()
PILE: Final = "articles items documents docs records entries results stories data".split()

#: A number as a date is seconds or milliseconds since 1970 in this range (1990 to 2100), else `20240326`.
_SECONDS: Final = range(631_152_000, 4_102_444_800)


def read_json(text: str) -> Iterator[Draft | ArticleError]:
    """One record, a list of them, or an object that holds a list under `articles` or a like name.

    A record that is none is reported and the others are kept. ArticleError if the whole is no JSON or
    holds no article.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        if _looks_like_lines(text):
            yield from read_json_lines(text)
            return
        raise ArticleError(_why_not_json(error)) from error
    if isinstance(data, dict) and not _has(data, TEXT):
        data = next((v for k, v in data.items() if _plain(k) in PILE and isinstance(v, list)), data)
    if isinstance(data, dict):
        yield draft_of(data)
        return
    if not isinstance(data, list) or not data:
        raise ArticleError("no article in this JSON")
    for number, record in enumerate(data, start=1):
        yield _one(record, f"#{number}", f"record {number}")


def read_json_lines(text: str) -> Iterator[Draft | ArticleError]:
    """One record a line. A line that is none is reported by its number and the others are kept."""
    some = False
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if not line.strip():
            continue
        some = True
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            if number == 1 and line.strip() in "[{":  # an array or object over many lines
                yield from read_json(text)
                return
            yield ArticleError(f"line {number}: {_why_not_json(error)}")
            continue
        if number == 1 and isinstance(record, list) and "\n" not in text.strip():
            yield from read_json(text)
            return
        yield _one(record, f"#{number}", f"line {number}")
    if not some:
        raise ArticleError("empty file")


def draft_of(record: Mapping[str, object]) -> Draft:
    """The draft of one record. ArticleError if it holds no text.

    >>> draft_of({"id": 7, "body": "The bridge ...", "source": {"name": "Echo"}}).source
    'Echo'
    """
    fields: dict[str, tuple[str, object]] = {}
    for key, value in record.items():
        fields.setdefault(_plain(key), (key, value))
    text = _first(fields, TEXT)
    if text is None and _has(record, TEXT):
        raise ArticleError("the text of the record is empty")
    if text is None:
        raise ArticleError("no article: a record needs a text")
    if not isinstance(text, str):
        raise ArticleError("the text of a record must be a string")
    return Draft(
        text,
        id=_words(_first(fields, ID)),
        title=_words(_first(fields, TITLE)),
        source=_words(_first(fields, SOURCE)),
        url=_words(_first(fields, URL)),
        claims=tuple(_claims(fields)),
    )


def _one(record: object, mark: str, name: str) -> Draft | ArticleError:
    try:
        if not isinstance(record, dict):
            raise ArticleError("not a record")
        return replace(draft_of(record), mark=mark)
    except ArticleError as error:
        return ArticleError(f"{name}: {error.reason}")


def _claims(fields: Mapping[str, tuple[str, object]]) -> Iterator[Claim]:
    for name in DATE:
        if name in fields:
            key, value = fields[name]
            if words := _date_words(value):
                yield Claim(f"{key[:40]} field", words)


def _date_words(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if value and isinstance(value, Mapping | list):  # words that are no date: it is named in a warning
        return "{...}" if isinstance(value, Mapping) else "[...]"
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return ""
    if isinstance(value, str):
        return value.strip()
    if value != value or abs(value) > 1e14:
        return str(value)
    seconds = int(value) // 1000 if value >= _SECONDS.stop else int(value)
    if seconds in _SECONDS:
        return (dt.datetime(1970, 1, 1) + dt.timedelta(seconds=seconds)).isoformat()
    return str(value)


def _first(fields: Mapping[str, tuple[str, object]], names: list[str]) -> object:
    """The first value that is there; null and blank strings are not."""
    values = (fields[name][1] for name in names if name in fields)
    return next((v for v in values if (v.strip() if isinstance(v, str) else v is not None)), None)


def _has(record: Mapping[str, object], names: list[str]) -> bool:
    return any(_plain(key) in names for key, value in record.items() if isinstance(value, str))


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title") or ""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**30 else ""
    return value if isinstance(value, str) else ""


def _plain(key: object) -> str:
    return re.sub(r"[\W_]", "", key[:60]).lower() if isinstance(key, str) else ""


def _looks_like_lines(text: str) -> bool:
    """True if the first two lines are a record each: JSON Lines under another name."""
    lines = [line for line in re.split(r"\r\n|\r|\n", text[:1_000_000], maxsplit=8) if line.strip()][:2]
    try:
        return len(lines) == 2 and all(isinstance(json.loads(line), dict) for line in lines)
    except (ValueError, RecursionError):
        return False


def _why_not_json(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg.lower()} at line {error.lineno}, column {error.colno})"
    return "not JSON that can be read (nested too deep, or a number too long)"
