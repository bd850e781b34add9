"""The stated publication date: which of the claims an article makes about itself is believed, and why.

In order of trust: what the user says, the metadata (front matter, record fields, meta tags, JSON-LD,
`<time>`), the head lines, a dateline with its year, the URL, the file's name. The first that names a
day counts; the rest can only raise a warning. Nothing that lacks a year is completed here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from timeline.interval import Interval
from timeline.model import Article, Basis, Evidence, Publication
from timeline.read.clean import clean, one_line, shown_name
from timeline.read.days import ENGLISH_MONTHS, MAX_WORDS, day_first, find_day, weekday_of
from timeline.read.draft import Claim

#: Two claims this many days apart say the same: an evening in New York is the next day in London.
_SAME: Final = dt.timedelta(days=1)

#: These name other days than that of publication too often to contradict it: `<time>` may stand in
#: prose, and files are named by the day of their download.
_WEAK: Final = frozenset(("time tag", "file name", "htmldate"))

_MONTH_NAMES: Final = "|".join(ENGLISH_MONTHS)
_IN_URL: Final = (
    re.compile(r"[/=](?P<y>(?:19|20)\d\d)[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})(?=[/?#&._-]|$)"),
    re.compile(rf"(?i)/(?P<y>(?:19|20)\d\d)/(?P<m>{_MONTH_NAMES})/(?P<d>\d{{1,2}})(?=[/?#._-]|$)"),
    re.compile(r"[/=_-](?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?=[/?#&._-]|$)"),
)
_IN_FILE_NAME: Final = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[-_.])(?P<m>[01]?\d)(?P=sep)(?P<d>[0-3]?\d)(?!\d)"),
    re.compile(r"(?<![\da-f])(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?![\da-f])"),
)
_STAMP: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}[T ](\d{2}):(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Stated:
    """The publication date as the claims have it, and what is to be said about them."""

    published: Publication
    warnings: tuple[str, ...] = ()


def given(day: dt.date) -> Publication:
    """The publication date that the user gave on the command line or as an argument."""
    day = dt.date(day.year, day.month, day.day)  # a datetime is a date, too
    return Publication(Interval.on(day), Basis.GIVEN, (Evidence("command line", day.isoformat()),))


def stated(claims: Iterable[Claim]) -> Stated:
    """The publication date by the first claim that names a day; unknown if none does.

    >>> claims = [Claim("front matter", "30 February 2024"), Claim("url", "2024-03-01")]
    >>> stated(claims).published.interval
    Interval.on('2024-03-01')
    """
    warnings: list[str] = []
    open_claim: tuple[Evidence, tuple[dt.date, ...]] | None = None
    chosen: tuple[Evidence, dt.date] | None = None
    words = ""
    for claim in claims:
        found = find_day(claim.words)
        if found is None:
            if claim.words.strip(" 0-:TZ.+") and claim.where not in ("time tag", "meta tag"):
                warnings.append(f"{claim.where} {_quoted(claim.words)} is not read as a date")
            continue
        evidence = _evidence(claim, found.start, found.end)
        if not found.days:
            warnings.append(f"{claim.where} {_quoted(evidence.text)} is no day of the calendar, ignored")
            continue
        if len(found.days) == 2 and chosen is None:
            open_claim = open_claim or (evidence, found.days)
            continue
        if chosen is None:
            chosen, words = (evidence, found.days[0]), claim.words
            weekday = weekday_of(claim.words[found.start : found.end])
            if weekday is not None and weekday != found.days[0].weekday():
                warnings.append(f"{claim.where} {_quoted(evidence.text)}: the weekday is another one")
        elif claim.where not in _WEAK and all(abs(day - chosen[1]) > _SAME for day in found.days):
            warnings.append(
                f"two publication dates stated: {chosen[1]} ({chosen[0].where}) is taken, "
                f"not {_quoted(evidence.text)} ({claim.where})"
            )
            break
    if open_claim:
        return _settled(open_claim, chosen, warnings)
    if chosen is None:
        return Stated(Publication(), tuple(warnings))
    published = Publication(Interval.on(chosen[1]), Basis.STATED, (chosen[0],), clock=clock_of(words))
    return Stated(published, tuple(warnings))


def clock_of(words: str) -> dt.time | None:
    """The time of day beside a date; midnight is what machines write where they know none.

    >>> clock_of("2024-03-26T14:05:00Z"), clock_of("2024-03-26T00:00:00"), clock_of("26 March 2024")
    (datetime.time(14, 5), None, None)
    """
    found = _STAMP.search(words)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    clock = dt.time(int(found[1]), int(found[2]))
    return clock if clock != dt.time() else None


def _settled(
    open_claim: tuple[Evidence, tuple[dt.date, ...]],
    chosen: tuple[Evidence, dt.date] | None,
    warnings: list[str],
) -> Stated:
    """A date like 03/04/2024, read by help of the claims after it if they say one of its two days."""
    evidence, days = open_claim
    if chosen:
        nearest = min(days, key=lambda day: abs(day - chosen[1]))
        if abs(nearest - chosen[1]) <= _SAME:
            both = (evidence, chosen[0])
            return Stated(Publication(Interval.on(nearest), Basis.STATED, both), tuple(warnings))
    readings = tuple(map(Interval.on, days))
    published = Publication(readings[0] | readings[1], Basis.STATED, (evidence,), readings)
    return Stated(published, tuple(warnings))


def settled_by_others(articles: Sequence[Article]) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    """The articles whose date has two readings (03/04/2024), settled where the others write theirs in one
    order: those of the same source, or else all of the pile. A warning for each that keeps both readings.
    """
    order: dict[str, dict[bool, Article]] = {}
    for article in articles:
        for evidence in article.published.evidence[:1]:
            first = day_first(evidence.text)
            if first is not None:
                for key in {article.source, ""}:
                    order.setdefault(key, {}).setdefault(first, article)
    settled, warnings = [], []
    for article in articles:
        published = article.published
        if len(published.candidates) == 2:
            known = order.get(article.source, {}) or order.get("", {})
            if len(known) == 1:
                [(first, other)] = known.items()
                published = _read_as(published, first, other)
            else:
                either, second = (c.start for c in published.candidates)
                evidence = published.evidence[0]
                warnings.append(
                    f"{article.path or article.id}: {evidence.where} {_quoted(evidence.text)} "
                    f"may be {either} or {second}, both are kept"
                )
        settled.append(replace(article, published=published))
    return tuple(settled), tuple(warnings)


def _read_as(published: Publication, day_comes_first: bool, other: Article) -> Publication:
    """The reading of two that puts the day first, or the month, as another article does."""
    month_first, by_day = published.candidates
    where = f"{'day' if day_comes_first else 'month'} first, as in another article"
    its = other.published.evidence[0]
    example = Evidence(where, its.text, its.start, its.end, other.id)
    chosen = by_day if day_comes_first else month_first
    return Publication(chosen, Basis.STATED, (*published.evidence, example))


def url_claims(url: str) -> Iterator[Claim]:
    """The day in the address of an article.

    >>> [c.words for c in url_claims("https://news.example/2024/mar/26/bridge-shut")]
    ['2024-03-26']
    """
    yield from _claims_in("url", url[:2000], _IN_URL)


def file_name_claims(name: str) -> Iterator[Claim]:
    """The day in the name of a file.

    >>> [c.words for c in file_name_claims("2024-03-26-bridge.txt")]
    ['2024-03-26']
    """
    yield from _claims_in("file name", name, _IN_FILE_NAME)


def _claims_in(where: str, words: str, patterns: tuple[re.Pattern[str], ...]) -> Iterator[Claim]:
    for pattern in patterns:
        for match in pattern.finditer(words):
            month = match["m"]
            number = int(month) if month.isdecimal() else ENGLISH_MONTHS[month.lower()]
            day = f"{match['y']}-{number:02d}-{int(match['d']):02d}"
            found = find_day(day)
            if found and found.days:  # digits that are no day say nothing; they need no warning
                yield Claim(where, day)
                return


def _evidence(claim: Claim, start: int, end: int) -> Evidence:
    if claim.start is None:
        return Evidence(claim.where, one_line(claim.words, MAX_WORDS))
    return Evidence(claim.where, clean(claim.words[start:end]), claim.start + start, claim.start + end)


def _quoted(words: str) -> str:
    return f"“{shown_name(one_line(words, 60))}”"
