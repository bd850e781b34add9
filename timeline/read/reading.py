"""Files or records in, articles out: `read` and `from_records`, and how a draft becomes an Article."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from timeline.errors import ArticleError, UsageError
from timeline.limits import Limits
from timeline.model import Article
from timeline.read.clean import clean, one_line, shown_name
from timeline.read.decode import decode
from timeline.read.draft import Claim, Draft
from timeline.read.files import Found, find_files, read_bytes
from timeline.read.formats import drafts_of
from timeline.read.head import head_claims
from timeline.read.published import Stated, file_name_claims, settled_by_others, stated, url_claims
from timeline.read.published import given as given_date
from timeline.read.records import draft_of
from timeline.read.title import find_agency, find_field, find_headline, place_of
from timeline.read.visible import WHERE

_NO_DATES: Final[Mapping[str, dt.date]] = MappingProxyType({})

_MAX_TITLE, _MAX_SOURCE, _MAX_ID, _MAX_URL = 300, 120, 120, 2_000

#: Hex digits of a hash in an id: 32 bits, which a pile of thousands can bear, as the slug comes first.
_HASH_DIGITS: Final = 8

_VISIBLE: Final = re.compile(r"[^\s\x00-\x1f\x7f-\x9f]")

_URL: Final = re.compile(r"https?://[^\s<>\"'`\\{}|^]+", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a pile."""

    articles: tuple[Article, ...] = ()
    """Sorted by path, records of one file in their order, numbered from 1."""
    skipped: tuple[ArticleError, ...] = ()
    """What could not be read, each naming its file."""
    warnings: tuple[str, ...] = ()
    """What was read, but not quite as it stands, each naming its file."""

    def without(self, number: int, reason: str) -> Reading:
        """The same, but for the article of a number, which is skipped for a reason."""
        left = [article for article in self.articles if article.number != number]
        [gone] = [article for article in self.articles if article.number == number]
        return replace(
            self,
            articles=tuple(replace(article, number=n) for n, article in enumerate(left, start=1)),
            skipped=(*self.skipped, ArticleError(reason, name=gone.path or gone.id)),
        )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A draft on its way to an article."""

    draft: Draft
    name: str
    """File name as cited, without the mark of a record. Empty for a text in memory."""
    digest: str
    """Two entries with the same one are copies."""
    sha256: str
    typed: str = ""
    """The file as the user named it."""
    also: list[str] = field(default_factory=list)
    """Names of the copies that were left out."""

    @property
    def path(self) -> str:
        return self.name + self.draft.mark

    @property
    def typed_path(self) -> str:
        return PurePath(self.typed).as_posix() + self.draft.mark


def read(
    paths: Sequence[str | os.PathLike[str]],
    *,
    given: Mapping[str, dt.date] = _NO_DATES,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
) -> Reading:
    """The articles in files and folders, and what was skipped on the way.

    `given` tells publication dates by file name, by the end of a path, or by article id, and goes
    before all that an article says itself. UsageError if one of its names fits no article or
    several files. Errors of single files are collected, never raised.
    """
    entries: list[_Entry] = []
    skipped: list[ArticleError] = []
    warnings: list[str] = []
    for found in find_files(paths):
        if isinstance(found, ArticleError):
            skipped.append(found)
            continue
        try:
            for item in _entries(found, limits, warnings):
                if isinstance(item, ArticleError):
                    skipped.append(item)
                else:
                    entries.append(item)
        except ArticleError as error:
            skipped.append(ArticleError(error.reason, name=found.typed))
    entries.sort(key=lambda entry: entry.name)  # stable: records of one file keep their order
    return _reading(entries, skipped, warnings, given)


def from_records(
    records: Iterable[Mapping[str, object]],
    *,
    given: Mapping[str, dt.date] = _NO_DATES,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
) -> Reading:
    """The articles in records: mappings with `text` and, as far as known, `id`, `title`, `pub_date`
    (words or a date), `source`, `url`, under these or their usual other names.

    >>> reading = from_records([{"id": "a", "text": "The bridge was shut.", "pub_date": "2024-03-26"}])
    >>> reading.articles[0].published.interval
    Interval.on('2024-03-26')
    """
    entries: list[_Entry] = []
    skipped: list[ArticleError] = []
    for number, record in enumerate(records, start=1):
        try:
            draft = replace(draft_of(record), mark=f"#{number}")
            _check_length(draft.text, limits)
            entries.append(_Entry(draft, "", _digest(draft), _sha256(draft.text)))
        except ArticleError as error:
            skipped.append(ArticleError(error.reason, name=f"record {number}"))
    return _reading(entries, skipped, [], given)


def _entries(file: Found, limits: Limits, warnings: list[str]) -> Iterator[_Entry | ArticleError]:
    data = read_bytes(file, limits)
    decoded = decode(data)
    if decoded.warning:
        warnings.append(f"{file.typed}: {decoded.warning}")
    digest = hashlib.sha256(data).hexdigest()
    for item in drafts_of(decoded.text, file.location):
        try:
            if isinstance(item, ArticleError):
                raise item
            _check_length(item.text, limits)
        except ArticleError as error:
            yield ArticleError(error.reason, name=file.typed)
            continue
        warnings.extend(f"{file.typed}{item.mark}: {warning}" for warning in item.warnings)
        if item.mark:
            yield _Entry(item, file.name, _digest(item), _sha256(item.text), file.typed)
        else:
            yield _Entry(item, file.name, digest, digest, file.typed)


def _check_length(text: str, limits: Limits) -> None:
    if not _VISIBLE.search(text):
        raise ArticleError("no text")
    if len(text) <= limits.max_chars:
        return
    length = len(re.sub(r"\s+", " ", text))
    if length > limits.max_chars:
        raise ArticleError(f"too long: {length:,} characters, the limit is {limits.max_chars:,}")


# -- from drafts to articles ----------------------------------------------------------------------


def _reading(
    entries: list[_Entry], skipped: list[ArticleError], warnings: list[str], given: Mapping[str, dt.date]
) -> Reading:
    entries = _without_copies(entries, warnings)
    ids = _unique_ids(entries)
    dates = _given_by_id(given, entries, ids)
    articles = []
    for number, (entry, id) in enumerate(zip(entries, ids, strict=True), start=1):
        article, said = _article(entry, id, dates.get(id))
        articles.append(replace(article, number=number))
        warnings.extend(f"{entry.path}: {warning}" for warning in said)
    settled, left = settled_by_others(articles)
    return Reading(settled, tuple(skipped), (*warnings, *left))


def _without_copies(entries: list[_Entry], warnings: list[str]) -> list[_Entry]:
    kept: dict[str, _Entry] = {}
    for entry in entries:
        first = kept.setdefault(entry.digest, entry)
        if first is not entry:
            first.also.extend((entry.path, entry.typed_path))
            warnings.append(f"{entry.path}: same text as {first.path}, read once")
    return list(kept.values())


def _article(entry: _Entry, id: str, day: dt.date | None) -> tuple[Article, tuple[str, ...]]:
    """The article of an entry, and what is to be said about it."""
    draft = entry.draft
    text = clean(draft.text)
    title = one_line(draft.title, _MAX_TITLE)
    headline = place_of(title, text, draft.body)
    if not title and (headline := find_headline(text, draft.body)):
        title = one_line(text[slice(*headline)], _MAX_TITLE)
    url = clean(draft.url.strip() or _field("url", text, draft.body))
    url = url if len(url) <= _MAX_URL and _URL.fullmatch(url) else ""
    said = Stated(given_date(day)) if day else stated(_claims(draft, text, url, entry.name))
    article = Article(
        id=id,
        text=text,
        path=entry.path,
        title=title,
        source=one_line(draft.source or _field("source", text, draft.body), _MAX_SOURCE)
        or find_agency(text, draft.body),
        url=url,
        sha256=entry.sha256,
        published=said.published,
        body=(draft.body, len(text)),
        headline=headline,
        derived=draft.derived,
    )
    return article, said.warnings


def _field(name: str, text: str, start: int) -> str:
    place = find_field(name, text, start)
    return text[slice(*place)] if place else ""


def _claims(draft: Draft, text: str, url: str, name: str) -> Iterator[Claim]:
    """All that an article says about its date, the most trusted first."""
    yield from (claim for claim in draft.claims if claim.where != WHERE)
    # Lines that are about the date go before datelines, wherever they stand.
    yield from sorted(head_claims(text, draft.body), key=lambda claim: claim.where == "dateline")
    yield from url_claims(url)
    yield from (claim for claim in draft.claims if claim.where == WHERE)
    if not draft.mark:  # the name of a pile tells when it was gathered
        yield from file_name_claims(PurePath(name).name)


def _unique_ids(entries: Sequence[_Entry]) -> list[str]:
    """The ids, in order. What would be the same for two is told apart by the text's hash, then counted."""
    wanted = [_id(entry) for entry in entries]
    taken: set[str] = set()
    ids = []
    for entry, id in zip(entries, wanted, strict=True):
        if id in taken:
            id = stem = f"{id}-{_sha256(entry.draft.text)[:_HASH_DIGITS]}"
            count = 2
            while id in taken:
                id, count = f"{stem}-{count}", count + 1
        taken.add(id)
        ids.append(id)
    return ids


def _id(entry: _Entry) -> str:
    own = " ".join(clean(entry.draft.id[: 50 * _MAX_ID]).split())
    if own and len(entry.draft.id) <= _MAX_ID:
        return own
    if own:
        return f"{own[:_MAX_ID]}-{_sha256(entry.draft.id)[:_HASH_DIGITS]}"
    return f"{_slug(PurePath(entry.name).stem)}-{entry.sha256[:_HASH_DIGITS]}"


def _slug(name: str) -> str:
    """Lower-case letters, digits and hyphens of a name, at most 60.

    >>> _slug("Bridge shut, again!")
    'bridge-shut-again'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower())[:60].strip("-") or "article"


def _given_by_id(
    given: Mapping[str, dt.date], entries: Sequence[_Entry], ids: Sequence[str]
) -> dict[str, dt.date]:
    found: list[tuple[bool, set[str], dt.date]] = []
    for name, day in given.items():
        path = PurePath(name).as_posix()
        chosen = {name} & set(ids) or {
            id
            for entry, id in zip(entries, ids, strict=True)
            if any(called == path or called.endswith(f"/{path}") for called in _names(entry))
        }
        if not chosen:
            raise UsageError(f"a date is given for {shown_name(name)}, but no article has that name")
        files = {entry.name for entry, id in zip(entries, ids, strict=True) if id in chosen}
        if len(files) > 1:
            raise UsageError(
                f"a date is given for {shown_name(name)}, but {len(files)} files have that name: "
                f"{', '.join(sorted(files)[:3])}"
            )
        found.append((name in ids, chosen, day))
    # The more particular name wins, in whatever order they come: one record over its file, an id over all.
    found.sort(key=lambda one: (one[0], -len(one[1])))
    return {id: day for _, chosen, day in found for id in chosen}


def _names(entry: _Entry) -> list[str]:
    """What an entry may be called, or end in: its path, its file (for all records in it), its copies."""
    typed = PurePath(entry.typed).as_posix()
    return [entry.path, entry.name, typed, entry.typed_path, *entry.also]


def _digest(draft: Draft) -> str:
    """A hash of all that a record says; two records with the same one are copies."""
    claims = [f"{claim.where}={claim.words}" for claim in draft.claims]
    return _sha256("\0".join([draft.id, draft.title, draft.source, draft.url, draft.text, *claims]))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
