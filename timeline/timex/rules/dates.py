"""Dates by their figures and names, in English and American order, with and without a year."""

# ruff: noqa: E501  (a rule is one row of a table)
from __future__ import annotations

from typing import Final

from timeline.timex.grammar import Rule, Several
from timeline.timex.meaning import (
    After,
    Away,
    Base,
    Calendar,
    Clock,
    Length,
    Meaning,
    MonthOf,
    Nth,
    Opening,
    Relative,
    Stretch,
    Weekday,
)
from timeline.timex.units import Period, Unit


def century_of(short: int) -> int:
    """The year of two figures: news speaks of the last sixty years far more than of the coming thirty."""
    return 2000 + short if short < 40 else 1900 + short


def _date(
    month: int | None = None,
    day: int | None = None,
    year: int | None = None,
    weekday: int | None = None,
    short: int | None = None,
) -> Calendar | None:
    if short is not None:
        year = century_of(short)
    if month and day and Period.of_day(year or 2000, month, day) is None:
        return None
    if (day is not None and not 1 <= day <= 31) or (month is not None and not 1 <= month <= 12):
        return None
    if day and year and not month:
        return None
    return Calendar(year, month, day, weekday)


def _no_such_day(month: int, day: int, year: int | None = None) -> str | None:
    """A day that no calendar has names no time, and the month beside it neither."""
    return "" if day <= 31 and Period.of_day(year or 2000, month, day) is None else None


def months(first: int, last: int, year: int | None = None) -> Several:
    """Two months in a row; the year at the far end holds for the near one too."""
    if year is not None:
        near, far = Calendar(year - (first > last), first), Calendar(year, last)
        return Several((("first", "DATE", near), ("last", "DATE", far)))
    return Several(
        (
            ("first", "DATE", Opening(first, last)),
            ("last", "DATE", After(Opening(first, last), MonthOf(last))),
        )
    )


def _ymd(figures: tuple[int, int, int]) -> Calendar | None:
    year, month, day = figures
    return _date(month, day, year)


def _dmy(figures: tuple[int, int, int]) -> Calendar | None:
    """American order first; the other one where only it gives a date."""
    first, second, year = figures
    if year < 100:
        year = century_of(year)
    return _date(first, second, year) or _date(second, first, year)


def _compact(figures: int) -> Calendar | None:
    return _date(figures // 100 % 100, figures % 100, figures // 10000)


def _year_month(figures: tuple[int, int]) -> Calendar | Stretch | None:
    year, month = figures
    if month > 12 or month == (year + 1) % 100:  # "the 2013-14 season"
        return Stretch(Calendar(year), Calendar(year + 1)) if month == (year + 1) % 100 else None
    return _date(month, None, year)


def _nine_eleven(figures: tuple[int, int]) -> Calendar | None:
    return Calendar(2001, 9, 11) if figures == (9, 11) else None


def _slash(figures: tuple[int, int], weekday: int | None = None, year: int | None = None) -> Calendar | None:
    first, second = figures
    return _date(first, second, year, weekday) or _date(second, first, year, weekday)


def _no_fraction(figures: tuple[int, int]) -> Calendar | None:
    """ "Cut it by 2/3", "up to 1/2": a part of something."""
    part, whole = figures
    return None if part < whole and whole in (2, 3, 4, 5, 8) else _slash(figures)


def _slashes(first: tuple[int, int], last: tuple[int, int], year: int | None = None) -> Several | None:
    near, far = _slash(first, year=year), _slash(last, year=year)
    if near is None or far is None:
        return None
    return Several((("first", "DATE", near), ("last", "DATE", far if year else After(near, far))))


def _next_slash(which: int, figures: tuple[int, int]) -> MonthOf | None:
    date = _slash(figures)
    return MonthOf(date.month, which, None, date.day) if date and date.month else None


def _slash_list(
    first: tuple[int, int], third: tuple[int, int], second: tuple[int, int] | None = None
) -> Several | None:
    """Days in a row, each of them near the first."""
    told = (("first", first), ("second", second), ("third", third))
    dates = [(name, _slash(figures)) for name, figures in told if figures]
    near = dates[0][1]
    if near is None or any(date is None for _, date in dates):
        return None
    parts = [(name, "DATE", date if name == "first" else After(near, date)) for name, date in dates if date]
    return Several(tuple(parts))


def _slash_dmy(first: tuple[int, int], last: tuple[int, int, int]) -> Several | None:
    far = _dmy(last)
    near = _slash(first, year=far.year) if far else None
    return Several((("first", "DATE", near), ("last", "DATE", far))) if near else None


def _iso(stamp: str) -> Clock | None:
    day = _date(int(stamp[5:7]), int(stamp[8:10]), int(stamp[:4]))
    hour, minute = int(stamp[11:13]), int(stamp[14:16])
    if day is None or hour > 24 or minute > 59:
        return None
    second = int(stamp[17:19]) if stamp[16:17] == ":" else None
    return Clock(hour, minute, second, day=day)


def _year(year: int) -> Calendar:
    return Calendar(year)


def _short_year(short: int) -> Calendar:
    return Calendar(century_of(short))


def _bc(year: float) -> Calendar | None:
    if 1900 < year < 2100 and year % 10:
        return None  # "the 2017 B.C. election" is one of British Columbia
    return Calendar(int(year), bc=True) if 1 <= year <= 9999 else None


def _ad(year: float) -> Calendar | None:
    return Calendar(int(year)) if 1 <= year <= 9999 else None


def _weekday(weekday: int, which: int | None = None, week: Meaning | None = None) -> Weekday:
    return Weekday(weekday, which, week)


def _days_of_week(steps: int, first: int, last: int) -> Several:
    near, far = (Weekday(day, None, Relative(Unit.WEEK, steps)) for day in (first, last))
    return Several((("first", "DATE", near), ("last", "DATE", far)), from_start=True)


def _month_of(
    month: int, which: int | None = None, day: int | None = None, steps: int | None = None
) -> MonthOf:
    if steps is not None:
        return MonthOf(month, None, Relative(Unit.YEAR, steps), day)
    return MonthOf(month, which, None, day)


_DAY: Final = "day:DATEDAY"
_YEAR: Final = "(,? year:YEAR | ,? short:SHORTYEAR)"

FIGURES: Final = (
    Rule("<2024-03-25>", "DATE", "figures:YMD", _ymd),
    Rule("<3/25/2024>", "DATE", "figures:DMY", _dmy),
    Rule("<20240325>", "DATE", "figures:COMPACT", _compact),
    Rule("<2024-03>", "DATE", "figures:YM", _year_month),
    Rule("9/11", "DATE", "figures:SLASH <<! (UNIT|of|COUNTED)", _nine_eleven),
    Rule("<04/22>", "DATE", "figures:ZEROSLASH <<! (OTHER|NAME|-)", _slash),
    Rule("<3/25> at <noon>", "DATE", "figures:SLASH << at (CLOCKFIGURES|HOUR AMPM|NOON)", _slash),
    Rule("on <3/25>, <3/27> or <3/29>", "DATE", "(on|by|since|until|before|after) >> first:SLASH (, second:SLASH)? ,? (or|and) third:SLASH", _slash_list),
    Rule("on <4-22>", "DATE", "on >> month:TWELVE HYPHEN day:DAY <<! (OTHER|NAME|NUMBER|UNIT|-|%|of|to|and|or|from|in|for|with|at|by|MONTH)", lambda month, day: _date(month, day) if day > 12 else None),
    Rule("<3/25>", "DATE", "(on|since|until|before|after) >> figures:SLASH", _slash),
    Rule("by <3/25>", "DATE", "(by|from|to) >> figures:SLASH", _no_fraction),
    Rule("next <5/12>", "DATE", "which:POINTER figures:SLASH <<! (of|OTHER|NAME|UNIT|-|BIG)", _next_slash),
    Rule("<5/1> to <5/7>", "DATE", "(from|between|on) >> first:SLASH (TO|-|and) last:SLASH (,? year:YEAR)?", _slashes),
    Rule("<10/1> to <11/2/2017>", "DATE", "first:SLASH (TO|-) last:DMY", _slash_dmy),
    Rule("<2024-03-25T10:00>", "TIME", "stamp:ISO", _iso),
)  # fmt: skip

DATES: Final = (
    Rule("<weekday>, <month> <day>, <year>", "DATE", f"POINTER? weekday:WEEKDAY ,? the? month:MONTH the? {_DAY} {_YEAR}?", _date),
    Rule("<weekday> the <day> of <month>, <year>", "DATE", f"POINTER? weekday:WEEKDAY ,? the? {_DAY} -? of? month:MONTH {_YEAR}?", _date),
    Rule("<weekday> the <13th>", "DATE", "weekday:WEEKDAY ((, the|the)? day:NTH | the day:DAYWORD)", _date),
    Rule("<weekday> <31>", "DATE", "weekday:FULLDAY day:DAY <<! (OTHER|NAME|-|%|UNIT|,|NUMBER|:|/|AMPM|TO|and|of|BIG)", _date),
    Rule("<month>, <1st>", "DATE", "month:SUREMONTH , the? day:NTH <<! (OTHER|NAME|-)", _date),
    Rule("last <month> <day>", "DATE", "which:POINTER month:MONTH day:DATEDAY", _month_of),
    Rule("the <20th> of next month", "DATE", "(the)? (day:NTH|day:ORDINALWORDED) (day)? of? steps:POINTER month", lambda day, steps: Nth(day, Unit.DAY, Relative(Unit.MONTH, steps))),
    Rule("<weekday> <3/25>", "DATE", "POINTER? weekday:WEEKDAY ,? figures:SLASH", _slash),
    Rule("<February> <30>", "SKIP", f"month:SUREMONTH the? {_DAY} (,? (in|of)? year:YEAR)?", _no_such_day),
    Rule("<30> <February>", "SKIP", f"the? {_DAY} of? month:SUREMONTH (,? (in|of)? year:YEAR)?", _no_such_day),
    Rule("<month> <day>, <year>", "DATE", f"month:SUREMONTH -? the? {_DAY} (,? (in|of)? year:YEAR | ,? short:SHORTYEAR)?", _date),
    Rule("<day> <month> <year>", "DATE", f"the? {_DAY} -? month:SUREMONTH (,? (in|of)? year:YEAR | ,? short:SHORTYEAR)?", _date),
    Rule("<day> of <month>, <year>", "DATE", f"the? {_DAY} (day)? of month:MONTH (,? (in|of)? year:YEAR | ,? short:SHORTYEAR)?", _date),
    Rule("<twenty-five> <month> <year>", "DATE", "day:DAYWORD month:MONTH year:YEAR", _date),
    Rule("<month> <twenty-five> <year>", "DATE", "month:MONTH day:DAYWORD year:YEAR", _date),
    Rule("<month> <day> of last year", "DATE", f"month:MONTH the? {_DAY} ,? of? steps:POINTER year", _month_of),
    Rule("<year>-<month>-<day>", "DATE", f"year:YEAR (-|/)? month:SUREMONTH (-|/)? {_DAY}", _date),
    Rule("<day>/<month>/<year>", "DATE", f"{_DAY} (-|/) month:MONTH (-|/) (year:YEAR|short:TWODIGIT)", _date),
    Rule("<3>/<2015>", "DATE", "month:TWELVE (-|/) year:NEARYEAR <<! (-|/)", _date),
    Rule("<2015>/<3>", "DATE", "year:NEARYEAR / month:TWELVE <<! (-|/)", _date),
    Rule("<month>/<day>", "DATE", f"month:MONTH / {_DAY}", _date),
    Rule("<month> <year>", "DATE", "month:SUREMONTH (,|of|in|-|/)? (year:YEAR|short:SHORTYEAR)", _date),
    Rule("<year> <month>", "DATE", "year:YEAR ,? month:SUREMONTH <<! (DATEDAY|on)", _date),
    Rule("the <13th>", "DATE", "(on|by|until|since|from|before|after|to|for|of) >> the? day:NTH <<! (OTHER|NAME|of|HYPHEN|UNIT|(and|or|TO|-) the? (NTH|DATEDAY) of? MONTH)", _date),
    Rule("on the <27>", "DATE", "on >> the day:DAY << (at|between|from)", _date),
    Rule("<month> <twenty-five>", "DATE", "month:SUREMONTH day:DAYWORD <<! (OTHER|NAME|UNIT|-|BIG|NUMBER|COUNTED|%)", _date),
    Rule("the previous <weekday>", "DATE", "(the)? which:NEIGHBOUR weekday:WEEKDAY", lambda which, weekday: Weekday(weekday, which, base=Base.THEN)),
    Rule("<month> to <month>", "DATE", "(from|between) >> first:MONTH (TO|-|and) last:MONTH year:YEAR? <<! (DATEDAY|of|POINTER year)", months),
    Rule("<Month>-<Month>", "DATE", "(first:FULLMONTH|first:CAPMONTH) (TO|-) (last:FULLMONTH|last:CAPMONTH) year:YEAR? <<! (DATEDAY|of|POINTER year)", months),
    Rule("year <247>", "DATE", "year (year:SHORTFIGURE|year:WORDED)", _year),
    Rule("<two> <Mondays> ago", "DATE", "number:NUMBER weekday:WEEKDAYS ago", lambda number, weekday: Away(Length(((number, Unit.WEEK),)), -1, Base.NOW, weekday)),
    Rule("last <weekday>", "DATE", "(the)? which:POINTER weekday:WEEKDAY", _weekday),
    Rule("<weekday> of last week", "DATE", "weekday:WEEKDAY ,? (of|in)? steps:POINTER week", lambda weekday, steps: Weekday(weekday, None, Relative(Unit.WEEK, steps))),
    Rule("this week from <Tuesday> to <Thursday>", "DATE", "steps:POINTER week ,? (from)? first:WEEKDAY (TO|-) last:WEEKDAY", _days_of_week),
    Rule("last week <weekday>", "DATE", "steps:POINTER week (on|'s)? weekday:WEEKDAY", lambda weekday, steps: Weekday(weekday, None, Relative(Unit.WEEK, steps))),
    Rule("<weekday>", "DATE", "weekday:FULLDAY", _weekday),
    Rule("<Mon.>", "DATE", "(on|by|until|since|from|to|late|early|this|last|next|week|or) >> weekday:WEEKDAY <<! NAME", _weekday),
    Rule("last <month>", "DATE", "(the)? which:POINTER (month:FULLMONTH|month:CAPMONTH)", _month_of),
    Rule("<month> last year", "DATE", "month:SUREMONTH ,? (of)? (the)? steps:POINTER year", _month_of),
    Rule("last year's <month>", "DATE", "steps:POINTER year 's month:SUREMONTH", _month_of),
    Rule("<month>", "DATE", "month:FULLMONTH <<! NAME", _month_of),
    Rule("by <Jan.>", "DATE", "by >> month:CAPMONTH <<! NAME", _month_of),
    Rule("by <month name>", "DATE", "by >> month:SOLEMONTH", _month_of),
    Rule("in <month>", "DATE", "(IN|EDGE|DEICTIC|COMPARATIVE|ORDINAL|-) >> month:CAPMONTH", _month_of),
    Rule("<April> and <May>", "DATE", "(FULLMONTH|CAPMONTH) (,|and|or) >> month:CAPMONTH <<! NAME", _month_of),
    Rule("<March> and <April>", "DATE", "month:CAPMONTH << (and|or) (FULLMONTH|CAPMONTH)", _month_of),
    Rule("in <month name>", "DATE", "(IN|EDGE|DEICTIC|-) >> month:FULLMONTH", _month_of),
    Rule("<year>", "DATE", "(SHORTFIGURE -|SHORTFIGURE /|+ SHORTFIGURE) !>> (the year|the years|year)? year:NEARYEAR <<! (-|/) SHORTFIGURE", _year),
    Rule("<2019>/<20>", "DATE", "first:NEARYEAR / short:TWODIGIT <<! /", lambda first, short: Stretch(Calendar(first), Calendar(first + 1)) if short == (first + 1) % 100 else None),
    Rule("<1945> <Main> Street", "SKIP", "FIGURES NAME NAME? STREET", lambda: ""),
    Rule("super <Tuesday>", "SKIP", "DAYNAMER WEEKDAY", lambda: ""),
    Rule("super bowl <Sunday>", "SKIP", "super bowl WEEKDAY", lambda: ""),
    Rule("<Monday> week", "DATE", "weekday:FULLDAY week << (,|.|PARAGRAPH|to|for|and|when|at|after|in|by)", lambda weekday: Weekday(weekday, 3)),
    Rule("on <Monday> week", "DATE", "(on|by|until|till|from) >> weekday:FULLDAY week <<! (NUMBER|-|of|OTHER|NAME|'s)", lambda weekday: Weekday(weekday, 3)),
    Rule("<Monday> fortnight", "DATE", "weekday:FULLDAY fortnight", lambda weekday: Weekday(weekday, 4)),
    Rule("the year <1066>", "DATE", "the year year:YEAR", _year),
    Rule("<555> <1988>", "SKIP", "SHORTFIGURE NEARYEAR", lambda: ""),
    Rule("in <year>", "DATE", "(in|since|circa|year|until|till|during|by|of|early|late|mid|before|after|from|to) >> year:YEAR", _year),
    Rule("<'89>", "DATE", "(in|since|of|from|to|early|late|mid|by|summer|winter|spring|fall) >> short:SHORTYEAR", _short_year),
    Rule("<44> B.C.", "DATE", "(the year)? (year:FIGURES) ERA_BC", _bc),
    Rule("A.D. <79>", "DATE", "ERA_AD year:FIGURES", _ad),
    Rule("<79> A.D.", "DATE", "year:FIGURES ERA_AD", _ad),
    Rule("today", "DATE", "steps:TODAY", lambda steps: Relative(Unit.DAY, steps)),
    Rule("the day after tomorrow", "DATE", "(the)? day after tomorrow", lambda: Relative(Unit.DAY, 2)),
    Rule("the day before yesterday", "DATE", "(the)? day before yesterday", lambda: Relative(Unit.DAY, -2)),
)  # fmt: skip
