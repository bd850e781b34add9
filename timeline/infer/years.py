"""Rules for articles that nothing dated stands beside: what fixes the year, or a part of it, all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from timeline.infer.account import Account, Told, seen_from
from timeline.infer.alone import around, days_of, years_left
from timeline.infer.pile import Pile
from timeline.infer.solve import Constraint
from timeline.interval import LAST_DAY, Interval
from timeline.model import EventMention, Status
from timeline.timex import holidays
from timeline.timex.counted import shift_day
from timeline.timex.meaning import Calendar, Feast, Length, Weekday
from timeline.timex.meaning import Span as Lasting
from timeline.timex.recognise import recognise
from timeline.timex.units import Unit

_REAL: Final = (Status.OCCURRED, Status.ONGOING)

# -- the 2010 conference --------------------------------------------------------------------------

#: What takes place once a year and is called by it. A name of a thing ("Windows 2000") is none.
_MEETING: Final = (
    r"(?:Conference|Summit|Games|Olympics|Cup|Championships?|Festival|Expo|Congress|Convention|Forum|Awards"
    r"|Prix|Fair|Show|Elections?|Meeting|Tour|Marathon|Biennale|Eurovision)"
)
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)(?![\d–-])"
_EDITIONS: Final = (
    re.compile(rf"\b{_MEETING} {_YEAR}\b"),
    re.compile(rf"\b(?:at|to|during|of) (?:the )?[A-Z]{{3,6}} {_YEAR}\b"),
    re.compile(rf"\b{_YEAR} (?:[A-Z][\w’'.-]*\s){{0,4}}{_MEETING}\b"),
)
#: A report of a December's meeting may be of January.
_LATE: Final = 14


def year_of_an_edition(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "Opens the Harbour Summit 2019" in a headline or a lead, told as what took place: of 2019."""
    for sentence in account.parsed.sentences[: account.first_sentence + 1]:
        told = [m.status for m in account.mentions if m.position == sentence.index]
        if not told or any(status not in _REAL for status in told):
            continue
        for pattern in _EDITIONS:
            match = pattern.search(sentence.span.text)
            if match is None:
                continue
            start = sentence.span.start
            words = account.article.span(start + match.start(), start + match.end())
            year = Interval.of(int(match["year"]))
            span = Interval(year.first, min((year.stop or 1) + _LATE, LAST_DAY + 1))
            yield Constraint(
                "the year of an edition", 1.0, (account.evidence("edition of a year", words),), (span,)
            )
            return


# -- on Friday, and on July 16 --------------------------------------------------------------------


def weekdays_others_know(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "On Friday", and another article tells the same of July 16: in a year whose July 16 is a Friday. So is
    the other, and neither needs a date for it."""
    for pair in pile.kindred(account):
        own, its = _told(account, pair.mention), _told(pair.account, pair.other)
        if own is None or its is None or own.way > 0 or its.way > 0:
            continue
        if pair.mention.role != "at" or pair.other.role != "at":
            continue
        spans: tuple[Interval, ...] = ()
        if isinstance(own.core, Weekday) and _has_no_year(its.core):
            days = _on_weekday(its.core, own.core.weekday, account, pile)
            spans = tuple(
                span for day in days for span in seen_from(own.core, own.way, Interval(day, day + 1))
            )
        elif _has_no_year(own.core) and isinstance(its.core, Weekday):
            days = _on_weekday(own.core, its.core.weekday, account, pile)
            spans = around(days, 0, _WITHOUT_YEAR)
        if spans:
            evidence = (
                account.evidence("a day of a shared event", own.span),
                pair.account.evidence("the same day in another article", its.span, other=True),
            )
            yield Constraint("a weekday that another article dates", 1.0, evidence, spans)
            return


#: A date without a year is of the last twelve months; `alone` has how near it mostly is.
_WITHOUT_YEAR: Final = 366


def _told(account: Account, mention: EventMention) -> Told | None:
    return account.at(mention.timex.span) if mention.timex is not None else None


def _has_no_year(meaning: object) -> bool:
    return isinstance(meaning, Calendar) and bool(meaning.day and meaning.month) and meaning.year is None


def _on_weekday(date: object, weekday: int, account: Account, pile: Pile) -> list[int]:
    assert isinstance(date, Calendar)
    return [day for day in days_of(date, account, pile) if (day - 1) % 7 == weekday]


# -- five years after its launch ------------------------------------------------------------------

#: Who writes "five years" without "nearly" or "more than" means it to a quarter of one.
_ROUNDED: Final = 0.25
#: What it is counted from must be known to a year.
_A_YEAR: Final = 366
_ANNIVERSARY: Final = re.compile(r"\s(?:after|since)\s(?:\w+\s){0,2}")


def anniversaries(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "Five years after its launch", and further down "since its launch in 2003": about 2008."""
    for told in account.told:
        length = told.meaning.length if isinstance(told.meaning, Lasting) else told.meaning
        if not isinstance(length, Length) or length.unit is not Unit.YEAR or length.mod:
            continue
        number = length.amounts[0][0]
        if number is None or number < 1 or told.position > account.first_sentence:
            continue
        for mention in account.mentions:
            between = account.article.text[told.span.end : mention.trigger.start]
            if mention.position != told.position or not _ANNIVERSARY.fullmatch(between):
                continue
            for other in account.mentions:
                when = other.when.interval
                if other.key == mention.key or when is None or other.timex is None or other.timex.anchor:
                    continue
                if pile.kin.features[other.key].root != pile.kin.features[mention.key].root:
                    continue
                first, stop = when.first, when.stop
                if first is None or stop is None or stop - first > _A_YEAR:
                    continue
                since = shift_day(first, Unit.YEAR, number - _ROUNDED)
                until = shift_day(stop - 1, Unit.YEAR, number + _ROUNDED)
                if since is not None and until is not None:
                    evidence = (
                        account.evidence("years that have passed", told.span),
                        account.evidence("when it was", other.timex.span),
                    )
                    yield Constraint("years after a known one", 1.0, evidence, (Interval(since, until + 1),))
                    return


# -- closed for a holiday -------------------------------------------------------------------------

_CLOSED: Final = re.compile(
    r"\b(?:closed|shut)\b[^.;]{0,20}?"
    r"\b(?:for|in honou?r of|in observance of|to mark|to observe|because of|on)\s(?:the\s)?"
    r"(?P<name>[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3})"
)
#: A holiday's closing is told on the day or soon after it, in days, if it stands so near to the lead.
_TOLD: Final = 3
_BELOW: Final = 2


def closed_for_a_feast(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "Markets were closed for Presidents' Day" in the first sentences: on that day or soon after it."""
    for sentence in account.parsed.sentences[: account.first_sentence + _BELOW + 1]:
        match = _CLOSED.search(sentence.span.text)
        feast = _feast(match["name"]) if match else None
        if match is None or feast is None:
            continue
        years = years_left(account, pile)
        days = [d for year in years for d, _ in holidays.days_of(feast.key, year)]
        if days:
            start = sentence.span.start
            words = account.article.span(start + match.start(), start + match.end())
            spans = around(days, 0, _TOLD + 1)
            evidence = account.evidence("closed for a holiday", words)
            yield Constraint("a holiday's closing", 1.0, (evidence,), spans)
            return


def _feast(name: str) -> Feast | None:
    """The holiday of that name, with or without its "Day"."""
    for words in (name, f"{name} Day"):
        for found in recognise(words, 0, len(words)):
            if isinstance(found.meaning, Feast) and (found.start, found.end) == (0, len(words)):
                return found.meaning
    return None
