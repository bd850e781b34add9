"""Every noun of the package on one screen, as frozen records. No behaviour beyond reading them.

The road: an `Article` is read; its text holds `Timex`es (time expressions) and `EventMention`s; the
mentions that tell the same thing, in one article or several, become one `Event` whose `Citation`s are
exact quotes; events are joined by `Relation`s; where sources disagree there is a `Discrepancy`; a
`Timeline` holds it all.

Offsets are code points of `Article.text`, end exclusive, and `text[start:end]` is always the quote.
A stage that learns more returns a new record (`dataclasses.replace`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, TypeVar

from timeline.interval import Grain, Interval

#: The contract of `timeline.json`; see README, "The data".
SCHEMA: Final = "timeline/1"


class Status(Enum):
    """Whether it happened. The value is the word used in files and pictures."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    THREATENED = "threatened"
    POSSIBLE = "possible"
    CANCELLED = "cancelled"
    DENIED = "denied"

    @property
    def is_real(self) -> bool:
        """True for what happened or is happening; a threat or a plan is not.

        >>> [s.value for s in Status if s.is_real]
        ['occurred', 'ongoing']
        """
        return self in (Status.OCCURRED, Status.ONGOING)


class Tense(Enum):
    """Which way a clause looks in time; what decides the direction of "Monday"."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


class Basis(Enum):
    """How a publication date is known."""

    STATED = "stated"
    """It stands in the article or its metadata."""
    GIVEN = "given"
    """The user said so."""
    INFERRED = "inferred"
    """Worked out from the other articles."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text."""

    start: int
    """First code point."""
    end: int
    """One past the last code point."""
    text: str = field(compare=False)
    """The text there, so that a span can be read without its article."""

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True if they share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a publication date is what it is: the words, and where they stood."""

    where: str
    """`command line`, `front matter`, `pub_date field`, `meta tag`, `head line`, `url`, `file name` ..."""
    text: str
    """The words themselves."""
    start: int | None = None
    """Offset of the words in the article's text, or None if they stand outside it."""
    end: int | None = None
    article: str = ""
    """Id of the article they stand in, if it is another one: what else tells when this one was published."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The document creation time: the day an article was published, as far as it is known."""

    interval: Interval | None = None
    """One day if stated or given; wider if inferred; None if unknown."""
    basis: Basis = Basis.UNKNOWN
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Interval, ...] = ()
    """The stretches of `interval` that are possible, if not all of it is: the Fridays of three weeks, or the
    two readings of 03/04/2024. Empty if all of it is."""
    clock: dt.time | None = None
    """The time of that day, if it is stated too: "half an hour ago" is counted from it."""


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, cleaned, with what is known about it."""

    id: str
    """The input's own `id` if it has one, else from its name and content: stable over runs."""
    text: str = field(repr=False)
    """The text that offsets count in. For text and Markdown files: the whole decoded file."""
    path: str = ""
    """As the user would name it: relative to the argument it was found under. Empty for a text in memory."""
    title: str = ""
    source: str = ""
    """Publisher or agency, if stated."""
    url: str = ""
    """http or https only, else empty."""
    sha256: str = ""
    """Of the bytes read (of the record's text for JSON and JSONL)."""
    published: Publication = Publication()
    body: tuple[int, int] = (0, 0)
    """Where the article proper stands in `text`: front matter, for one, lies before it."""
    headline: tuple[int, int] | None = None
    """Where the title stands in `text`, if it does."""
    derived: bool = False
    """True if `text` is not the file's own (extracted from HTML): it is then kept in the data."""
    number: int = 0
    """The citation number, from 1, in the order of the articles."""

    def span(self, start: int, end: int) -> Span:
        """The span of its text from `start` to `end`."""
        return Span(start, end, self.text[start:end])


#: Numbers of seasons, quarters and half-years in the place of a month (ISO 8601-2, 4.8).
_EDTF_PARTS: Final = {
    "SP": 21,
    "SU": 22,
    "FA": 23,
    "WI": 24,
    "Q1": 33,
    "Q2": 34,
    "Q3": 35,
    "Q4": 36,
    "H1": 40,
    "H2": 41,
}


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression in an article: what TIMEX3 says, and which days it names."""

    span: Span
    type: str
    """`DATE`, `TIME`, `DURATION` or `SET`."""
    value: str
    """TIMEX3 value: `2024-03-25`, `2024-03-25TEV`, `P45D`, `PRESENT_REF`; `XXXX-XX-XX` if unresolved."""
    interval: Interval | None
    """The days it names; None for sets, references, bare durations, and what lacks an anchor."""
    grain: Grain | None = None
    """How finely the days are known; None if it names none."""
    mod: str = ""
    """TIMEX3 modifier: `START`, `MID`, `END`, `APPROX`, `BEFORE`, `AFTER`, `LESS_THAN` ...; empty if none."""
    rule: str = ""
    """Name of the rule that read it, in the words it matches: `late <weekday>`."""
    anchor: str = ""
    """What it was counted from, in words: `published 2024-03-26`, `2023-12-01`; empty if it needs nothing."""
    direction: str = ""
    """Which way it was read from there, and by what, where it could be either: `back: past tense`,
    `ahead: by <date>`, `open`."""

    @property
    def edtf(self) -> str:
        """Extended Date/Time Format, level 2 (ISO 8601-2), of the days it names; empty if it names none.

        >>> def edtf(value: str, interval: Interval | None, mod: str = "") -> str:
        ...     return Timex(Span(0, 1, "x"), "DATE", value, interval, mod=mod).edtf
        >>> edtf("2024-03", Interval.of(2024, 3)), edtf("2024-03", Interval.of(2024, 3), "APPROX")
        ('2024-03', '2024-03~')
        >>> edtf("2023-12", Interval.between("2023-12-01", "2023-12-10"), "START")
        '2023-12-01/2023-12-10'
        >>> edtf("2024-Q3", Interval.between("2024-07-01", "2024-09-30")), edtf("198", Interval.of(1980))
        ('2024-35', '198X')
        >>> edtf("XXXX-10-07", None), edtf("BC0044", None), edtf("PRESENT_REF", None)
        ('XXXX-10-07', '-0043', '')
        """
        value = self.value.split("T")[0]
        if self.interval is None:
            if value.startswith("BC") and len(value) == 6:
                return f"-{int(value[2:]) - 1:04d}"  # there is a year 0, which is 1 BC
            return value if re.fullmatch(r"XXXX-([0-9]{2}|XX)-([0-9]{2}|XX)|XXXX-[0-9]{2}", value) else ""
        mark = "~" if self.mod == "APPROX" else ""
        year, _, part = value.partition("-")
        if self.mod not in ("START", "MID", "END", "LESS_THAN", "MORE_THAN"):
            if part in _EDTF_PARTS:
                return f"{year}-{_EDTF_PARTS[part]}{mark}"
            if re.fullmatch(r"[0-9]{2,3}", value):
                return f"{value:X<4}{mark}"
            if re.fullmatch(r"[0-9]{4}(-[0-9X]{2}){0,2}", value):
                return f"{value}{mark}"
        start, end = self.interval.start, self.interval.end
        return f"{start or '..'}" + (f"/{end or '..'}" if start != end else "") + mark


@dataclass(frozen=True, slots=True)
class When:
    """When an event took place, as far as the text says: the days, how finely, and why."""

    interval: Interval | None = None
    """The days; None if unknown."""
    grain: Grain | None = None
    """How finely it is known; None if unknown."""
    fills: bool = False
    """True if the event fills the interval (a truce from one day to another); False if it happened
    at some point inside it (a killing "earlier this month")."""
    approximate: bool = False
    """True for "about", "around"."""
    rule: str = ""
    """Why, in words: the rule of the time expression, or how it came to the event (`publication date`)."""

    @property
    def edtf(self) -> str:
        """Extended Date/Time Format, level 2 (ISO 8601-2): honest about half-known dates.

        >>> When(Interval.of(2024, 3), Grain.MONTH).edtf
        '2024-03'
        >>> When(Interval.between("2023-11-24", "2023-12-01"), Grain.DAY, fills=True).edtf
        '2023-11-24/2023-12-01'
        >>> When(Interval.between("2023-12-01", "2023-12-10"), Grain.MONTH).edtf
        '[2023-12-01..2023-12-10]'
        >>> When().edtf
        'XXXX-XX-XX'
        """
        if self.interval is None:
            return "XXXX-XX-XX"
        start, end = self.interval.start, self.interval.end
        mark = "~" if self.approximate else ""
        if start and end:
            if start == end:
                return f"{start}{mark}"
            if self.interval == Interval.of(start.year):
                return f"{start.year:04d}{mark}"
            if self.interval == Interval.of(start.year, start.month):
                return (
                    f"{start:%Y-%m}{mark}"
                    if start.year > 999
                    else f"{start.year:04d}-{start.month:02d}{mark}"
                )
        if self.fills:
            return f"{start or '..'}{mark if start else ''}/{end or '..'}{mark if end else ''}"
        return f"[{start or ''}..{end or ''}]"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that belongs to an event: killed, wounded, abducted, released ..."""

    aspect: str
    """What is counted: `killed`, `released` ..."""
    value: int
    approximate: bool = False
    """True for "about", "some", "roughly"."""
    bound: str = ""
    """`at least` or `at most` where the text says so, else empty."""
    span: Span | None = field(default=None, compare=False)
    """The words: "about 1,200 people"."""


@dataclass(frozen=True, slots=True)
class Link:
    """What the words of one article say about how two of its mentions lie to each other."""

    type: str
    """`after`, `before`, `during`, `because of`, `despite`, `responds to`, `causes`; `same` for a verb and
    the noun that tell one event, `with` for a clause that takes place when the one above it does."""
    other: tuple[str, int, int]
    """The other mention's `key`."""
    quote: Span


@dataclass(frozen=True, slots=True)
class EventMention:
    """One place in one article that tells of an event."""

    article: str
    """Id of the article."""
    quote: Span
    """The sentence, or the part of it that tells the event."""
    trigger: Span
    """The word the event hangs on: "killed", "airstrike", "truce"."""
    lemma: str
    """The trigger's base form, lower case: `kill`, `airstrike`, `truce`."""
    kind: str
    """Family of triggers it belongs to (`attack`, `truce`, `vote` ...), or the lemma itself."""
    title: str
    """What a timeline would print: at most 90 characters, no time words."""
    status: Status
    readable: float = 0.5
    """How well the title reads by itself, 0 to 1: a clause with a named doer is best, a lone noun worst."""
    nominal: bool = False
    """True if the trigger is a noun."""
    participants: tuple[str, ...] = ()
    """Who and whom, by their fullest name in the article; doer first."""
    place: str = ""
    timex: Timex | None = None
    """The time expression that dates it, if one does."""
    role: str = "at"
    """How `timex` dates it: `at`, `over` (from one day to another), `since`, `until`, `by`, `before`,
    `after`, `began`, `ended`."""
    inherited: str = ""
    """The word the time expression came through ("killed"), if it does not stand with the trigger itself."""
    duration: Timex | None = None
    """How long it took or will take, if the text says: the "seven-day" of a truce."""
    when: When = When()
    """When it took place; filled in by `anchor`."""
    tense: Tense | None = None
    """Tense of its clause, None if there is no clause."""
    perfect: bool = False
    """True for "has rejected": done by now, at no named time."""
    position: int = 0
    """Number of its sentence in the article, from 0."""
    place_in_clause: str = "main"
    """`headline`, `main`, `reported` (inside "said that"), `relative`, `adverbial`
    (after, before, because ...), `accompanying` (when, as, "-ing") or `noun`."""
    repeated: bool = False
    """True for what took place several times, or at no given one: "has repeatedly blocked"."""
    attribution: str = ""
    """Who says so ("Gaza's Health Ministry"), empty if the article itself does."""
    quantities: tuple[Quantity, ...] = ()
    words: frozenset[str] = frozenset()
    """Content words of the mention's clause, lower-case base forms; what coreference compares."""
    links: tuple[Link, ...] = ()
    """How it lies to other mentions, where words say so."""
    weight: float = 0.0
    """How much the text itself makes of it, 0 to 1: position, specificity, kind."""

    @property
    def key(self) -> tuple[str, int, int]:
        """Its place in the pile: article, trigger start and end. Unique."""
        return self.article, self.trigger.start, self.trigger.end


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote that backs an event: `article.text[quote.start:quote.end] == quote.text`, always."""

    article: str
    quote: Span
    trigger: Span
    status: Status
    timex: Timex | None = None
    resolved: When = When()
    """What this quote alone says about when; the event may know better from another."""
    rule: str = ""
    """Why this date, in words."""
    attribution: str = ""
    quantities: tuple[Quantity, ...] = ()
    why: str = ""
    """Why this mention was merged into the event, in words; empty for the one that was published first."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, is planned, or is denied: all mentions of it together."""

    id: str
    """From its earliest quote, so it stays when articles are added: `ev-` and ten hex digits."""
    title: str
    status: Status
    when: When
    date_text: str
    """The date as a reader would write it: `7 October 2023`, `early December 2023`, `date unknown`."""
    kind: str = ""
    participants: tuple[str, ...] = ()
    place: str = ""
    salience: float = 0.0
    """0 to 1; how many articles and sentences tell it, how well it is dated, what it is."""
    shown: bool = False
    """True if pictures and reports show it; the data holds all."""
    citations: tuple[Citation, ...] = ()
    """By the number of the article, then by place; at least one."""

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles that cite it, each once, in order."""
        return tuple(dict.fromkeys(c.article for c in self.citations))


@dataclass(frozen=True, slots=True)
class Relation:
    """A directed edge between two events."""

    source: str
    """Event id."""
    target: str
    """Event id."""
    type: str
    """`before`, `includes`, `overlaps`, `simultaneous`, `responds to`, `causes`, `carries out` ..."""
    basis: str
    """`dates` or `words`."""
    inferred: bool = False
    """True if no text says so and it only follows from the dates."""
    article: str = ""
    """Article of the quote, for relations from words."""
    quote: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one source says where another says otherwise."""

    value: str
    article: str
    quote: Span


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two or more readings of one thing about one event."""

    event: str
    aspect: str
    """`date`, or what is counted: `killed`, `released` ..."""
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Timeline:
    """Everything that was found; pictures and reports show the events marked `shown`."""

    title: str
    articles: tuple[Article, ...] = ()
    """By number."""
    events: tuple[Event, ...] = ()
    """By date, undated last."""
    relations: tuple[Relation, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[Event, ...]:
        """The events that pictures and reports show, by date."""
        return tuple(e for e in self.events if e.shown)

    def article(self, id: str) -> Article:
        """The article with that id. KeyError if there is none."""
        return _by_id(self.articles, id)

    def event(self, id: str) -> Event:
        """The event with that id. KeyError if there is none."""
        return _by_id(self.events, id)


_Record = TypeVar("_Record", Article, Event)


def _by_id(records: Sequence[_Record], id: str) -> _Record:
    for record in records:
        if record.id == id:
            return record
    raise KeyError(id)
