"""Rules that need nothing but the article itself (and, for a year, the others): weekdays, dates, feasts."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from timeline.infer.account import Account, Told, dated_by_itself
from timeline.infer.pile import Pile
from timeline.infer.solve import Constraint
from timeline.interval import Interval
from timeline.model import Evidence, Status
from timeline.read.days import find_day
from timeline.timex import holidays
from timeline.timex.meaning import Calendar, Feast, Weekday

_SATURDAY: Final = 5
#: A date without a year is seldom further from the day it was written than this, in days: 95 of 100 in news,
#: measured on 93 that lie behind and 29 that lie ahead.
_WITHOUT_YEAR: Final = (120, 100)
#: News looks ahead to a feast from this many days before it.
_APPROACHING: Final = 60
#: What an article leads with is of its own day or of the week before.
_LEADS_WITH: Final = 7
#: A date without a year that the first sentences tell as past is this near, in days: 61 of 68 in news.
_NEAR_LEAD: Final = 60
#: Accounts of a quarter are published within so many days of its end.
_RESULTS: Final = 67
#: An article that says when it was updated was published so many days before at most, as a rule.
_UPDATED: Final = 31
#: What an article tells so many sentences below its first still is its news.
_BELOW: Final = 2
#: Years that news leaves open in one go: a horizon longer than this chooses no year.
_LONGEST: Final = 40


def weekdays_named(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "Tuesday ... late Monday": published on the last weekday told as past, or on the day after.

    A morning paper is of the day after, and Friday's news may be Monday's paper. Weekdays told as to come cut
    this short: Friday past and Saturday to come is Friday. Of 105 news articles of agencies that name a
    weekday, 95 are of that day or the next.
    """
    past, future = bare_weekdays(account)
    last = last_weekday(past)
    if last is None:
        return
    days = [last, (last + 1) % 7]
    if last in (4, _SATURDAY):
        days = [d % 7 for d in range(last, 8)]
    coming = [(t.core.weekday - last) % 7 for t in future if isinstance(t.core, Weekday)]
    ends = min((step for step in coming if step), default=7)
    allowed = frozenset(d for d in days if (d - last) % 7 < ends)
    told = [t for t in past if isinstance(t.core, Weekday) and t.core.weekday == last][:1]
    told += [t for t in future if isinstance(t.core, Weekday) and (t.core.weekday - last) % 7 == ends][:1]
    yield Constraint(
        "weekdays named",
        1.0,
        tuple(account.evidence("weekday named", t.span) for t in told),
        weekdays=allowed,
    )


def bare_weekdays(account: Account) -> tuple[list[Told], list[Told]]:
    """The weekdays an article names without "last" or "next": those told as past, and those to come."""
    bare = [
        t
        for t in account.told
        if isinstance(t.core, Weekday) and t.core.which is None and t.core.week is None
        and not _of_another_time(account, t)
    ]  # fmt: skip
    return [t for t in bare if t.way <= 0], [t for t in bare if t.way > 0]


_OF_ANOTHER_TIME: Final = re.compile(
    r"\b(?:since|a) $|\b(?:one|every|each|that|the) $|\bwas (?:due |set |to )", re.I
)
_THEN: Final = re.compile(
    r",? (?:in|of) (?:early |late |mid-)?"
    r"(?:\d{4}|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b)"
)


def _of_another_time(account: Account, told: Told) -> bool:
    """True for "on a Thursday in November", "every Monday", "since Monday": not the day of the news."""
    text = account.article.text
    before, after = text[max(0, told.span.start - 30) : told.span.start], text[told.span.end :][:20]
    return bool(_OF_ANOTHER_TIME.search(before.split(".")[-1]) or _THEN.match(after))


def last_weekday(past: list[Told]) -> int | None:
    """The latest of the weekdays named: the one behind which the week has its longest gap, the commoner one
    if two gaps differ by a day; None if two are as common.

    Monday, Tuesday -> Tuesday; Thursday, Friday, Monday -> Monday.
    """
    common = Counter(t.core.weekday for t in past if isinstance(t.core, Weekday))
    named = sorted(common)
    gaps = {day: (later - day - 1) % 7 + 1 for day, later in zip(named, named[1:] + named[:1], strict=True)}
    longest = [day for day, gap in gaps.items() if gap >= max(gaps.values()) - 1]
    most = max((common[day] for day in longest), default=0)
    commonest = [day for day in longest if common[day] == most]
    return commonest[0] if len(commonest) == 1 else None


def whole_dates(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "On March 1, 2024, they met": not before it. "To be released in 2007": not after it."""
    floor, ceiling = dated_by_itself(account)
    if floor is not None:
        span = Interval(floor[0], None)
        yield Constraint(
            "a date it tells as past", 2.0, (account.evidence("date told as past", floor[1].span),), (span,)
        )
    if ceiling is not None and not (floor and floor[0] >= ceiling[0]):
        yield Constraint(
            "a date it tells as to come",
            1.0,
            (account.evidence("date told as to come", ceiling[1].span),),
            (Interval(None, ceiling[0]),),
        )


def later_versions(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "Updated 28 March 2024", "accessed 2 April 2024" in the head: not later than that, and of the month
    before an update, as news is brought up to date while it is news."""
    for claim in account.later:
        found = find_day(claim.words)
        if found is None or len(found.days) != 1:
            continue
        day = found.days[0].toordinal()
        evidence = (Evidence(claim.where, claim.words, claim.start, claim.end),)
        yield Constraint("a later version", 2.0, evidence, (Interval(None, day + 1),))
        if claim.where.endswith("updated"):
            spans = (Interval(max(1, day - _UPDATED), day + 1),)
            yield Constraint("soon before its update", 0.5, evidence, spans)


#: "The quarter ended September 30", "extended to November 20", "payable December 7": the days of a term.
_OF_A_TERM: Final = re.compile(
    r"\b(?:ended|ending|to|by|until|till|through|since|payable|effective|record|due)(?: on)? $", re.I
)


def day_of_the_lead(account: Account, pile: Pile) -> Iterator[Constraint]:
    """An article that leads with what was done on 18 November is of that day or of the week after."""
    first = account.first_sentence
    for mention in account.mentions:
        timex = mention.timex
        if timex is None or mention.position != first or mention.status is not Status.OCCURRED:
            continue
        if mention.role != "at" or mention.place_in_clause not in {"main", "headline"} or mention.nominal:
            continue
        told = account.at(timex.span)
        if told is None or told.way > 0 or not isinstance(told.core, Calendar) or not told.core.day:
            continue
        if _OF_A_TERM.search(account.article.text[max(0, timex.span.start - 20) : timex.span.start]):
            continue
        spans = around(days_of(told.core, account, pile), 0, _LEADS_WITH + 1)
        if spans:
            yield Constraint(
                "the day of its lead", 1.0, (account.evidence("day of the lead", timex.span),), spans
            )
            return


_ENDED: Final = re.compile(r"\b(?:quarter|half|months|period),?\s(?:[^.;]{0,30}\s)?ended?(?: on)? $")


def results(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "In the quarter that ended September 30 the firm earned": results come within two months. Of twelve
    such reports of agencies all came 26 to 33 days after the end, or 67."""
    for told in account.told:
        date = told.core
        if told.position > account.first_sentence + _BELOW or told.way > 0:
            continue
        if not isinstance(date, Calendar) or not (date.day and date.month):
            continue
        if _ENDED.search(account.article.text[max(0, told.span.start - 60) : told.span.start]):
            spans = around(days_of(date, account, pile), 1, _RESULTS + 1)
            if spans:
                evidence = account.evidence("end of what it gives results of", told.span)
                yield Constraint("results of a quarter", 1.0, (evidence,), spans)
                return


def dates_without_year(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "On July 2 they sued": within four months after a July 2. "Will open on June 17": before one."""
    back, forth = _WITHOUT_YEAR
    for way in (-1, 1):
        spans: dict[tuple[int, int], Told] = {}
        for told in account.told:
            date = told.core
            if told.way == way and isinstance(date, Calendar) and date.day and date.month and not date.year:
                if pile.year_is_shared(date, account):
                    continue  # known to be of another year, perhaps
                spans.setdefault((date.month, date.day), told)
        for told in spans.values():
            assert isinstance(told.core, Calendar)
            days = days_of(told.core, account, pile)
            near = around(days, -forth, 1) if way > 0 else around(days, 0, back)
            if near:
                name = "a date without a year, told as " + ("to come" if way > 0 else "past")
                yield Constraint(name, 1.0, (account.evidence(name, told.span),), near)


def dates_near_the_lead(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "Figures released on April 3" in the first sentences: within two months after an April 3."""
    for told in account.told:
        date = told.core
        if told.position > account.first_sentence + _BELOW or told.way >= 0:
            continue
        if not isinstance(date, Calendar) or not (date.day and date.month) or date.year:
            continue
        if pile.year_is_shared(date, account):
            continue
        spans = around(days_of(date, account, pile), 0, _NEAR_LEAD + 1)
        if spans:
            where = "date without a year near the lead"
            yield Constraint("a date near its lead", 0.5, (account.evidence(where, told.span),), spans)
            return


def days_of(date: Calendar, account: Account, pile: Pile) -> list[int]:
    """The days that a month and day can be, in the years that are left."""
    years = range(date.year, date.year + 1) if date.year is not None else years_left(account, pile)
    days = []
    for year in years:
        try:
            day = dt.date(year, date.month or 1, date.day or 1)
        except ValueError:
            continue
        if date.weekday is None or day.weekday() == date.weekday:
            days.append(day.toordinal())
    return days


def around(days: Iterable[int], first: int, stop: int) -> tuple[Interval, ...]:
    """From so many days after each day up to, but not including, so many; what the calendar has of it.

    >>> around([dt.date(2024, 3, 26).toordinal(), dt.date(9999, 12, 31).toordinal()], 1, 3)
    (Interval.between('2024-03-27', '2024-03-28'),)
    """
    clipped = (Interval.clipped(day + first, day + stop) for day in days)
    return tuple(span for span in clipped if span is not None)


def years_left(account: Account, pile: Pile) -> range:
    """The years that are left to an article, and one more on either side; none if nothing bounds them."""
    horizon = pile.horizon(account)
    if horizon is None or horizon.start is None or horizon.end is None:
        return range(0)
    first, last = horizon.start.year, horizon.end.year
    return range(max(1, first - 1), min(9999, last + 1) + 1) if last - first <= _LONGEST else range(0)


def feasts_to_come(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "With Ramadan approaching": in the two months before a Ramadan, in the years that are left."""
    years = years_left(account, pile)
    for told in account.told:
        if isinstance(told.core, Feast) and told.core.year is None and _lies_ahead(account, told):
            days = [first for year in years for first, _ in holidays.days_of(told.core.key, year)]
            spans = around(days, -_APPROACHING, 0)
            if spans:
                where = "feast to come"
                yield Constraint(where, 1.5, (account.evidence(where, told.span),), spans)


_TO_COME: Final = re.compile(
    r"\b(?:before|ahead of|by|until|till|upcoming|coming|next|approaching) (?:the )?$", re.I
)
_COMES: Final = re.compile(r"\s(?:is |was )?(?:approach|near|loom|draw)", re.I)


def _lies_ahead(account: Account, told: Told) -> bool:
    text = account.article.text
    before = " ".join(text[max(0, told.span.start - 24) : told.span.start].split()) + " "
    return told.way > 0 and bool(_TO_COME.search(before) or _COMES.match(text, told.span.end))
