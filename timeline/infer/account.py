"""One article as the rules see it: its time expressions before they are dated, and its mentions."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from timeline.interval import FIRST_DAY, LAST_DAY, Grain, Interval
from timeline.language import Parsed
from timeline.language.blocks import Kind
from timeline.model import Article, EventMention, Evidence, Span, Status, Tense, Timex
from timeline.read.draft import Claim
from timeline.read.head import later_claims
from timeline.timex.direction import Way, look
from timeline.timex.meaning import Clock, DayPart, Edge, Meaning
from timeline.timex.normalise import Anchor, resolve
from timeline.timex.recognise import Expression

#: A quote reaches this many words to either side of the words that count.
_WORDS_AROUND: Final = 5
#: How far from a dated event an article may be that tells of it by a relative date, in days.
_REACH: Final = (-45, 400)
_REAL: Final = (Status.OCCURRED, Status.ONGOING)


@dataclass(frozen=True, slots=True)
class Told:
    """A time expression of the article."""

    span: Span
    meaning: Meaning
    core: Meaning
    """The meaning without its part of day and without early, mid, late."""
    way: int
    """+1 if its clause looks ahead, -1 if back, 0 if nothing says so."""
    position: int
    """Number of its sentence."""
    rule: str
    """Name of the rule that read it."""


@dataclass(frozen=True, eq=False)
class Account:
    """An article, parsed and searched, with nothing assumed about when it was published."""

    article: Article
    parsed: Parsed
    expressions: Sequence[Expression] = field(repr=False)
    timexes: tuple[Timex, ...]
    """Its expressions, tagged with the publication date as far as it is known now."""
    mentions: tuple[EventMention, ...]
    told: tuple[Told, ...] = field(repr=False)
    later: tuple[Claim, ...] = field(default=(), repr=False)
    """The days of which its head says that it was there already: updated, or read, on that day."""

    @property
    def known(self) -> Interval | None:
        """When it was published, if both ends are known."""
        interval = self.article.published.interval
        return interval if interval is not None and not interval.is_open else None

    @property
    def first_sentence(self) -> int:
        """Number of the first sentence below the headlines, -1 if there is none."""
        body = (s.index for s in self.parsed.sentences if s.block.kind is Kind.PARAGRAPH)
        return next(body, -1)

    def at(self, span: Span) -> Told | None:
        """The expression that stands there, or None."""
        return self._told_at.get((span.start, span.end))

    @cached_property
    def _told_at(self) -> Mapping[tuple[int, int], Told]:
        return {(t.span.start, t.span.end): t for t in self.told}

    def sentence(self, position: int) -> Span:
        """The whole sentence with that number."""
        return self.parsed.sentences[position].span

    def evidence(self, where: str, *spans: Span, other: bool = False) -> Evidence:
        """The words at `spans`, which stand in one sentence, with some words around. `other` if they are
        cited for another article than their own."""
        start, end = min(s.start for s in spans), max(s.end for s in spans)
        start, end = self._around(start, end)
        text = self.article.text[start:end]
        return Evidence(where, text, start, end, self.article.id if other else "")

    def _around(self, start: int, end: int) -> tuple[int, int]:
        sentence = self.parsed.sentence_at(start)
        if sentence is None:
            return start, end
        text, first, last = self.article.text, sentence.span.start, sentence.span.end
        before = text[first:start].split(" ")
        after = text[end:last].split(" ")
        if len(before) > _WORDS_AROUND + 1:
            first = start - len(" ".join(before[-_WORDS_AROUND:]))
        if len(after) > _WORDS_AROUND + 1:
            last = end + len(" ".join(after[: _WORDS_AROUND + 1]))
        return first, last


def account(
    article: Article,
    parsed: Parsed,
    expressions: Sequence[Expression],
    timexes: tuple[Timex, ...],
    mentions: tuple[EventMention, ...],
) -> Account:
    """The account of one article; noise (bylines, captions, desk codes) tells nothing."""
    told = []
    tagged = {(t.span.start, t.span.end) for t in timexes}
    planned = {m.timex.span for m in mentions if m.timex is not None and m.status is Status.PLANNED}
    later = tuple(later_claims(article.text, article.body[0]))
    for found in expressions:
        sentence = parsed.sentence_at(found.start)
        if _is_of(later, found.start, found.end):
            continue
        if sentence is not None and (found.start, found.end) in tagged:
            told.append(_told(article, parsed, found, sentence.index, planned))
    return Account(article, parsed, expressions, timexes, mentions, tuple(told), later)


def _is_of(claims: tuple[Claim, ...], start: int, end: int) -> bool:
    """True for the words of a claim, which tell nothing that took place."""
    return any((c.start or 0) < end and start < (c.end or 0) for c in claims)


#: "Is expected in Port Ansel on", "was to have begun on": told of what is to come, in any tense.
_EXPECTED: Final = re.compile(
    r"\b(?:is|are|was|were|been) (?:expected|due|scheduled|set|slated|to)\b"
    r"(?:[^.;:]|\.(?!\s+(?-i:[A-Z]))){0,60}$",
    re.I,
)


_SIGNS: Final = {Way.AHEAD: 1, Way.BACK: -1}
_UNTIL: Final = re.compile(r"\b(?:until|till) $", re.I)


def _told(
    article: Article, parsed: Parsed, found: Expression, position: int, planned: Container[Span]
) -> Told:
    looks = look(article.text, *found.lead, parsed.tense_at)
    way = _SIGNS.get(looks.way, 0)
    before = article.text[max(0, found.start - 100) : found.start]
    if article.span(found.start, found.end) in planned or _EXPECTED.search(before):
        way = 1
    elif way > 0 and _UNTIL.search(before) and parsed.tense_at(found.start, found.end) is Tense.PAST:
        way = 0  # "was barred until April 2009": it may be over
    return Told(
        article.span(found.start, found.end), found.meaning, core(found.meaning), way, position, found.rule
    )


def core(meaning: Meaning) -> Meaning:
    """The date in "late Monday", "Monday morning", "Monday at 3 p.m."; a meaning without one is its own."""
    while True:
        inner = meaning.of if isinstance(meaning, Edge) else None
        if isinstance(meaning, DayPart | Clock):
            inner = meaning.day
        if inner is None:
            return meaning
        meaning = inner


def dated_mentions(account: Account) -> Mapping[Span, Sequence[EventMention]]:
    """The mentions that each time expression dates."""
    found: dict[Span, list[EventMention]] = {}
    for mention in account.mentions:
        if mention.timex is not None:
            found.setdefault(mention.timex.span, []).append(mention)
    return found


@lru_cache(maxsize=4096)
def seen_from(meaning: Meaning, way: int, target: Interval) -> tuple[Interval, ...]:
    """The publication days from which an expression can name a day of `target`; empty if from everywhere.

    The meaning of an expression is a function of the day of publication; this is its inverse.

    >>> from timeline.timex.meaning import Weekday
    >>> seen_from(Weekday(0), -1, Interval.on("2024-03-25"))
    (Interval.between('2024-03-25', '2024-03-31'),)
    """
    if target.first is None or target.stop is None:
        return ()
    before, after = _REACH
    days = range(max(FIRST_DAY, target.first + before), min(target.stop + after, LAST_DAY + 1))
    found: list[Interval] = []
    for day in days:
        names = resolve(meaning, Anchor(day, ahead=way)).interval
        if names is not None and names.overlaps(target):
            here = Interval(day, day + 1)
            if found and found[-1].stop == day:
                here = found.pop() | here
            found.append(here)
    return () if found == [Interval(days.start, days.stop)] else tuple(found)


def dated_by_itself(account: Account) -> tuple[tuple[int, Timex] | None, tuple[int, Timex] | None]:
    """The latest beginning of what it tells as past, and the earliest end of what it tells as to come, by
    dates with their year, each with its words."""
    floors, ceilings = [], []
    for timex, way in _absolute(account):
        assert timex.interval is not None
        first, stop = timex.interval.first, timex.interval.stop
        if (
            way < 0
            and first is not None
            and (timex.grain is not Grain.YEAR or _dates_an_event(account, timex))
        ):
            floors.append((first, timex))
        if way > 0 and stop is not None and stop <= LAST_DAY:
            ceilings.append((stop, timex))
    return (
        max(floors, key=lambda f: f[0], default=None),
        min(ceilings, key=lambda c: c[0], default=None),
    )


_IN_YEAR: Final = re.compile(r"\b(?:in|since|of|during|from|until|by|late|early|mid)[ -]$", re.I)


def _dates_an_event(account: Account, timex: Timex) -> bool:
    """True for "in 2010" and "the 2010 conference", not for "the 2011 version" of a thing."""
    text = account.article.text
    if _IN_YEAR.search(text[max(0, timex.span.start - 8) : timex.span.start]):
        return True
    nouns = [m.trigger for m in account.mentions if m.nominal and m.timex and m.timex.span == timex.span]
    return any(abs(timex.span.start - t.end) <= 2 or abs(t.start - timex.span.end) <= 2 for t in nouns)


def _absolute(account: Account) -> Iterator[tuple[Timex, int]]:
    """Dates that need no publication date, and which way their clause looks."""
    by_timex = dated_mentions(account)
    for timex in account.timexes:
        if timex.type != "DATE" or timex.interval is None or timex.anchor.startswith("publi"):
            continue
        if _is_of(account.later, timex.span.start, timex.span.end):
            continue
        mentions = by_timex.get(timex.span, ())
        told = account.at(timex.span)
        if any(m.status is Status.PLANNED for m in mentions):
            yield timex, 1
        elif any(m.status in _REAL for m in mentions):
            yield timex, -1 if told is None or told.way <= 0 else 0
        elif told is not None:
            yield timex, told.way


def days_text(interval: Interval | None) -> str:
    """An interval for a sentence: `2024-03-26`, `2024-03-01 to 2024-03-26`."""
    if interval is None:
        return "unknown date"
    return str(interval.start) if interval.is_day else f"{interval.start or '…'} to {interval.end or '…'}"
