"""Words -> a day: the forms in which a publication date is written, each a named rule.

Only absolute dates count: a year of four digits, a month and a day must all stand there. A time of day
and a zone may follow and change nothing: the day is the one written, which is the day in the place
of the article.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

#: The first newspaper (the Strasbourg `Relation`) is of 1605. What lies outside is a placeholder
#: (0001-01-01, 9999-12-31) or an error.
PLAUSIBLE_YEARS: Final = range(1605, 3000)

#: Longer words than this state no date; nothing beyond is looked at.
MAX_WORDS: Final = 200

#: No line of a head has more; a list of dates is no head.
MAX_DATES: Final = 4

ENGLISH_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

#: Months in other languages are dateparser's to know, asked in this order: where one word names
#: different months (Polish and Croatian "listopada"), the first language counts.
LANGUAGES: Final = (
    "es fr de it pt nl ru uk pl cs sv da nb fi tr ro hu el bg ar he id hi fa vi ca sk sl et lv lt".split()
)

#: Without a year there is no date; most lines end their search here.
_YEAR: Final = re.compile(r"\d{4}")

_WEEKDAYS: Final = "mon tue wed thu fri sat sun".split()


@dataclass(frozen=True, slots=True)
class Day:
    """A date found in some words."""

    start: int
    end: int
    days: tuple[dt.date, ...]
    """One day; two if day and month may be swapped; none if the calendar has no such day."""
    rule: str
    """Name of the rule, in the words it matches."""


@lru_cache(maxsize=256)
def find_days(words: str) -> tuple[Day, ...]:
    """The dates in some words, left to right, none overlapping, at most MAX_DATES.

    >>> [str(d.days[0]) for d in find_days("Published Tue 26 Mar 2024 14:05 GMT, updated 2024-03-28")]
    ['2024-03-26', '2024-03-28']
    >>> find_days("03/04/2024")[0].days
    (datetime.date(2024, 3, 4), datetime.date(2024, 4, 3))
    >>> find_days("Feb. 13, early March 2024")
    ()
    """
    words = words[:MAX_WORDS]
    found: list[Day] = []
    position = 0
    while len(found) < MAX_DATES and (day := _next_day(words, position)):
        found.append(day)
        position = day.end
    return tuple(found)


def _next_day(words: str, position: int) -> Day | None:
    if not _YEAR.search(words, position):
        return None
    matches = [
        (match.start(), order, rule, match)
        for order, rule in enumerate(RULES)
        if (match := rule.pattern.search(words, position))
    ]
    for start, _, rule, match in sorted(matches, key=lambda m: m[:2]):
        days = rule.days(match)
        if days is not None:
            return Day(start, match.end(), days, rule.name)
    return None


def find_day(words: str) -> Day | None:
    """The first date in some words, or None.

    >>> find_day("26 de marzo de 2024").days
    (datetime.date(2024, 3, 26),)
    """
    return next(iter(find_days(words)), None)


def day_first(words: str) -> bool | None:
    """Whether figures like 26/03/2024 put the day first; None if they do not show it.

    >>> day_first("26/03/2024"), day_first("03-26-2024"), day_first("03/04/2024")
    (True, False, None)
    """
    figures = _FIGURES.search(words)
    if figures is None or (int(figures[1]) > 12) == (int(figures[2]) > 12):
        return None
    return int(figures[1]) > 12


_FIGURES: Final = re.compile(r"(?<![\d/-])(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?![\d/-])")


def weekday_of(words: str) -> int | None:
    """The English weekday that words begin with, Monday 0; None if they do not."""
    start = re.match(r"\W*(mon|tue|wed|thu|fri|sat|sun)", words, re.I)
    return _WEEKDAYS.index(start[1].lower()) if start else None


# -- the rules ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to write a day."""

    name: str
    pattern: re.Pattern[str]
    days: Callable[[re.Match[str]], tuple[dt.date, ...] | None]
    """The days a match names; None if it is no date after all."""


def _day(year: str | int, month: str | int, day: str | int) -> tuple[dt.date, ...]:
    try:
        date = dt.date(int(year), int(month), int(day))
    except ValueError:
        return ()
    return (date,) if date.year in PLAUSIBLE_YEARS else ()


def _by_numbers(match: re.Match[str]) -> tuple[dt.date, ...]:
    return _day(match["y"], match["m"], match["d"])


def _either_way(match: re.Match[str]) -> tuple[dt.date, ...]:
    month_first = _day(match["y"], match["a"], match["b"])
    day_first = _day(match["y"], match["b"], match["a"])
    return month_first + day_first if month_first != day_first else month_first


def _week_date(match: re.Match[str]) -> tuple[dt.date, ...]:
    try:
        date = dt.date.fromisocalendar(int(match["y"]), int(match["w"]), int(match["d"]))
    except ValueError:
        return ()
    return _day(date.year, date.month, date.day)


def _by_name(match: re.Match[str]) -> tuple[dt.date, ...] | None:
    month = ENGLISH_MONTHS.get(match["month"].lower()) or foreign_month(match["month"].lower())
    return _day(match["y"], month, match["d"]) if month else None


@lru_cache(maxsize=1024)
def foreign_month(word: str) -> int | None:
    """The number of a month named in one of LANGUAGES, or None.

    >>> foreign_month("março"), foreign_month("table")
    (3, None)
    """
    # A whole date with a day and a year that we know: a relative or half-read answer shows at once.
    read = _foreign_parser().get_date_data(f"21 {word} 1999").date_obj
    return read.month if read and (read.day, read.year) == (21, 1999) else None


@lru_cache(maxsize=1)
def _foreign_parser() -> DateDataParser:
    from dateparser.date import DateDataParser  # here, as it takes 80 ms and few piles need it

    # In the order given and without memory, so that no word changes what another one means.
    return DateDataParser(
        languages=LANGUAGES,
        use_given_order=True,
        try_previous_locales=False,
        settings={"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"]},
    )


def _rule(
    name: str, pattern: str, days: Callable[[re.Match[str]], tuple[dt.date, ...] | None] = _by_numbers
) -> Rule:
    for hole, meaning in _HOLES.items():
        pattern = pattern.replace(hole, meaning)
    return Rule(name, re.compile(pattern, re.I), days)


_HOLES: Final = {
    "<weekday>": r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?",
    "<month>": r"(?P<month>" + "|".join(sorted(ENGLISH_MONTHS, key=len, reverse=True)) + r")\.?",
    "<word>": r"(?P<month>[^\W\d_]{3,14})\.?",
    "<year>": r"(?<!\d)(?P<y>\d{4})(?!\d)",
    "<day>": r"(?<!\d)(?P<d>\d{1,2})(?!\d)",
    "<nth>": r"(?<![\d.,])(?P<d>\d{1,2})(?:st|nd|rd|th)?(?!\d)",
}  # fmt: skip

RULES: Final = (
    _rule("<year>-<month>-<day>",
          r"(?<![\d./-])(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d|[./-]\d)"),
    _rule("<year>-W<week>-<weekday>",
          r"(?<![\d-])(?P<y>\d{4})-?W(?P<w>\d\d)-?(?P<d>[1-7])(?!\d)", _week_date),
    _rule("<yearmonthday>", r"^\s*(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?=\s*$|T?\d{4,6}|T|\s)"),
    _rule("<day>.<month>.<year>", r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)"),
    _rule("<number>/<number>/<year>",
          r"(?<![\d/-])(?P<a>\d{1,2})(?P<sep>[/-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})(?![\d/-])", _either_way),
    _rule("<year>年<month>月<day>日",
          r"<year>\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일号]"),
    _rule("<day> tháng <month> năm <year>", r"<day>\s+tháng\s+(?P<m>\d{1,2}),?\s+năm\s+<year>"),
    _rule("<month> <day>, <year>", r"<weekday>\b<month>\s{0,3}<nth>\s{0,2},?\s{0,3}<year>", _by_name),
    _rule("<day> <month> <year>",
          r"<weekday><nth>(?:\s+day)?(?:\s+of)?[\s/-]{0,3}<month>[\s,/-]{0,3}<year>", _by_name),
    _rule("<year> <month> <day>", r"<year>[\s-]{1,3}<month>[\s-]{1,3}<day>", _by_name),
    _rule("<day> <foreign month> <year>",
          r"<nth>(?:[.ºª]|er|º)?\s{1,3}(?:de\s|d['’]|of\s|ה)?<word>,?\s{1,3}(?:de\s|del\s)?<year>", _by_name),
    _rule("<foreign month> <day>, <year>", r"(?<!\w)<word>\s{1,3}<nth>,?\s{1,3}<year>", _by_name),
    _rule("<year>. <foreign month> <day>.", r"<year>\.?\s{1,3}<word>\s{1,3}<day>\.?", _by_name),
)  # fmt: skip
