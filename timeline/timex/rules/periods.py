"""Weeks, months, quarters, seasons, years, decades, holidays: "last week", "the third quarter", "the 1990s"."""

# ruff: noqa: E501  (a rule is one row of a table)
from __future__ import annotations

from typing import Final

from timeline.timex.grammar import Rule
from timeline.timex.meaning import (
    Away,
    Base,
    Calendar,
    DayPart,
    Edge,
    Feast,
    FeastWeekend,
    Fixed,
    Length,
    Meaning,
    MonthOf,
    Reference,
    Relative,
    Same,
    Span,
    Stretch,
    Weekday,
    YearPart,
)
from timeline.timex.rules.dates import century_of
from timeline.timex.units import Unit


def _relative(steps: int, unit: Unit) -> Relative | Same | None:
    if unit is Unit.DAY:
        return Same(unit, steps) if steps else Relative(unit, 0)
    if unit is Unit.FORTNIGHT:
        return None
    return Relative(unit, steps)


def _neighbour(steps: int, unit: Unit) -> Same:
    return Same(unit, steps)


def _same(unit: Unit) -> Same:
    return Same(unit)


def _the(unit: Unit) -> Same:
    return Same(unit, now=True)


def _quarter(number: int, year: int | None = None, steps: int | None = None) -> YearPart | None:
    return YearPart(Unit.QUARTER, number, _year(year, steps)) if 1 <= number <= 4 else None


def _half(number: int, year: int | None = None, steps: int | None = None) -> YearPart | None:
    return YearPart(Unit.HALF, number, _year(year, steps)) if 1 <= number <= 2 else None


def _nth_running(unit: Unit) -> Relative | None:
    """ "For a fifth day" is today; "for its third quarter" is a quarter by its number."""
    return None if unit is Unit.QUARTER else Relative(unit, 0)


def _season(
    number: int,
    year: int | None = None,
    steps: int | None = None,
    which: int | None = None,
    short: int | None = None,
) -> YearPart:
    if short is not None:
        year = century_of(short)
    return YearPart(Unit.SEASON, number, _year(year, steps), which)


def _year(year: int | None, steps: int | None) -> Meaning | None:
    if year is not None:
        return Calendar(year)
    return None if steps is None else Relative(Unit.YEAR, steps)


def _winter(number: int, years: Meaning) -> YearPart | None:
    """ "2022-23" is one winter, which takes its year from its December."""
    return YearPart(Unit.SEASON, number, years.first) if number == 4 and isinstance(years, Stretch) else None


def _decade(figures: int, least: int = 1000) -> Fixed | None:
    if figures < least and figures > 0:
        return None
    if figures < 100:
        return (
            Fixed(Unit.DECADE, (190 if figures >= 20 else 200) + figures // 10) if figures % 10 == 0 else None
        )
    if figures < 1000 or figures > 2990:
        return None
    if figures % 100 == 0 and figures < 2000:
        return Fixed(Unit.CENTURY, figures // 100)
    return Fixed(Unit.DECADE, figures // 10)


def _edge_of_decade(mod: str, figures: int) -> Edge | None:
    """ "The late '80s"; without the mark, "the mid-80s" may be degrees."""
    decade = _decade(figures, 0) if figures < 100 else None
    return Edge(mod, decade) if decade else None


def _decade_word(word: int) -> Fixed:
    return Fixed(Unit.DECADE, 190 + word // 10)


def _century(number: int, bc: str = "") -> Fixed | Reference | None:
    if bc:
        return Reference(f"BC{number - 1:02d}") if 1 <= number <= 30 else None
    return Fixed(Unit.CENTURY, number - 1) if 1 <= number <= 30 else None


def _feast(key: str, year: int | None = None, steps: int | None = None, which: int | None = None) -> Feast:
    return Feast(key, _year(year, steps), which)


def _fiscal(year: int | None = None, short: int | None = None) -> Calendar:
    return Calendar(year if short is None else century_of(short))


_OF_YEAR: Final = "(,? (of|in)? (fiscal)? (the)? year:YEAR | (of|in)? (the)? steps:POINTER (fiscal)? year)"
_ORD: Final = "(number:ORDINALWORD|number:NTH)"

_LIKEWISE: Final = "(same|corresponding|comparable|equivalent|like)"
#: The like of the quarter told, a year before; of a longer time if the text has gone on to one.
_LIKE: Final = Same(Unit.QUARTER, -4, now=True, loose=True)

PERIODS: Final = (
    Rule("the <year> to <March>", "SPAN", "the (fiscal)? year << (to|through) (the? (end|middle|beginning|start) of)? (MONTH|DATEDAY -? MONTH)", lambda: Span(Length(((1, Unit.YEAR),)))),
    Rule("the <year> ended", "SPAN", "(the|its|a)? (fiscal)? (year) << (ended|ending)", lambda: Span(Length(((1, Unit.YEAR),)))),
    Rule("this coming <weekday>", "DATE", "(this|the)? (coming|upcoming) weekday:WEEKDAY", lambda weekday: Weekday(weekday, 2)),
    Rule("the year to date", "DATE", "(the)? unit:UNIT1 TODATE", lambda unit: Edge("START", Relative(unit, 0), -1)),
    Rule("the past <decade>", "SPAN", "(the)? past (unit:LONGUNIT)", lambda unit: Span(Length(((1, unit),)), -1)),
    Rule("the past <week>", "SPAN", "(the)? past unit:ROLLUNIT <<! -", lambda unit: Span(Length(((1, unit),)), -1)),
    Rule("over the last <week>", "SPAN", "(over|for|during|within|in) >> the last unit:ROLLUNIT <<! (-|of)", lambda unit: Span(Length(((1, unit),)), -1)),
    Rule("before new year", "DATE", "(before|by|until|till|since|after) >> (the)? new year <<! ('s|NAME|OTHER|-)", lambda: Feast("new year")),
    Rule("last <unit>", "DATE", "(the)? steps:POINTER (fiscal|calendar|same|entire|full|whole|very|election|presidential)? -? unit:UNIT1 <<! (of (the)? (MONTH|YEAR|SEASON|DEICTIC|year|month|DECADEFIGURES))", _relative),
    Rule("the week after next", "DATE", "the unit:UNIT1 after next", lambda unit: Relative(unit, 2)),
    Rule("the previous <unit>", "DATE", "(the|a)? (very)? steps:NEIGHBOUR unit:UNIT1", _neighbour),
    Rule("the <unit> before", "DATE", "the unit:UNIT1 before <<! (a|an|his|her|its|their|he|she|it|they|DATEDAY|MONTH|WEEKDAY|NAME|OTHER|the|YEAR|HOLIDAY|TODAY|DEICTIC)", lambda unit: Same(unit, -1)),
    Rule("the <unit> after", "DATE", "the unit:UNIT1 (after) << (,|.|PARAGRAPH)", lambda unit: Same(unit, 1)),
    Rule("that <unit>", "DATE", "that (same|very)? unit:UNIT1 <<! -", _same),
    Rule("the latest <quarter>", "DATE", "the (latest|most recent) (fiscal)? (quarter|period)", lambda: Same(Unit.QUARTER, now=True)),
    Rule("the fiscal year", "DATE", "(the|its|their) (latest|current|full)? (fiscal|financial|calendar|tax) year", lambda: Same(Unit.YEAR, now=True)),
    Rule("the <unit>", "DATE", "the (latest|entire|whole|full|just)? (ended)? (fiscal)? unit:UNIT1 <<! (-|after|before|when|that|following|starting|beginning|ending|WEEKDAY|of (the|a|an|its|his|her|their|this|that|MONTH|YEAR|NAME|OTHER|DATEDAY|DEICTIC|WEEKDAY|NUMBER|HOLIDAY|TODAY)|from (MONTH|YEAR|DATEDAY|DEICTIC|WEEKDAY|NUMBER|HOLIDAY|TODAY))", _the),
    Rule("over <weekend>", "DATE", "(on|over|at|during) >> weekend <<! (OTHER|NAME|-|of|')", lambda: Same(Unit.WEEKEND, now=True)),
    Rule("the same <unit>", "DATE", "(the|that|this)? same unit:UNIT1 <<! (-)", _same),

    Rule("the year-ago <quarter>", "DATE", "(the|a)? (comparable|same|corresponding)? year - (ago|earlier) (quarter|ORDINALWORD) (quarter)?", lambda: Same(Unit.QUARTER, -4, now=True)),
    Rule("the year-ago period", "DATE", "(the|a)? (comparable|same|corresponding)? year - (ago|earlier) period", lambda: _LIKE),
    Rule("the year-ago <length>", "SPAN", "(the|a)? year - (ago|earlier) length:PLAINLENGTH", lambda length: Span(length)),
    Rule("the same period last year", "DATE", f"the {_LIKEWISE} (period|quarter) (of|in)? ((last|the previous|the prior) year | ALENGTH (ago|earlier|before))", lambda: _LIKE),
    Rule("the same period of <year>", "DATE", f"the {_LIKEWISE} (period|quarter) (of|in) year:YEAR", lambda year: Same(Unit.QUARTER, year=year, loose=True)),
    Rule("the quarter a year ago", "DATE", "the (quarter|period) ALENGTH (ago|earlier)", lambda: _LIKE),
    Rule("last year's quarter", "DATE", "last year 's (quarter|period)", lambda: _LIKE),
    Rule("the same month last year", "DATE", f"the {_LIKEWISE} month (of|in)? ((last|the previous|the prior) year | ALENGTH (ago|earlier|before))", lambda: Same(Unit.MONTH, -12)),
    Rule("year-ago", "DATE", "year - (ago|earlier)", lambda: Away(Length(((1, Unit.YEAR),)), -1, Base.THEN)),
    Rule("the <third> quarter", "DATE", f"(the)? (fiscal)? {_ORD} (fiscal)? quarter {_OF_YEAR}?", _quarter),
    Rule("<third>-quarter", "DATE", f"(fiscal)? -? {_ORD} - quarter {_OF_YEAR}?", _quarter),
    Rule("the fiscal-<third> quarter", "DATE", f"(the)? fiscal - {_ORD} quarter {_OF_YEAR}?", _quarter),
    Rule("the <1988> <third> quarter", "DATE", f"the year:YEAR {_ORD} quarter", _quarter),
    Rule("<1989>'s <third> quarter", "DATE", f"(the)? (year:YEAR|steps:POINTER year) 's? (fiscal)? {_ORD} -? quarter", _quarter),
    Rule("the <1988> quarter", "DATE", "the year:YEAR quarter", lambda year: Same(Unit.QUARTER, year=year)),
    Rule("the <1988> period", "DATE", "the year:YEAR period", lambda year: Same(Unit.QUARTER, year=year, loose=True)),
    Rule("<Q3> <2019>", "DATE", "(year:YEAR|short:SHORTYEAR)? -? number:QUARTERCODE -? (of|in|,)? (year:YEAR|short:SHORTYEAR|steps:POINTER year)?", lambda number, year=None, short=None, steps=None: _quarter(number, year, steps)),
    Rule("<2019> <H1>", "DATE", "year:YEAR -? number:HALFCODE", _half),
    Rule("<H1> <2019>", "DATE", " number:HALFCODE -? (of|in|,)? (year:YEAR|steps:POINTER year)", _half),
    Rule("the <first> half", "DATE", f"(the|its|this|that)? (fiscal)? {_ORD} -? half {_OF_YEAR}", _half),
    Rule("the first half of the year", "DATE", f"(the)? {_ORD} half (of the year)? <<! (-|of)", _half),
    Rule("the last half of <year>", "DATE", "the (last|latter) half of year:YEAR", lambda year: _half(2, year)),
    Rule("<FY2023>", "DATE", "figures:FISCALCODE", lambda figures: _fiscal(figures) if figures > 99 else _fiscal(None, figures)),
    Rule("fiscal <year>", "DATE", "(the)? (fiscal|financial) (year)? (year:NEARYEAR|short:SHORTYEAR)", _fiscal),
    Rule("the <summer> of <year>", "DATE", "(the)? number:SEASON (of|in|,)? (year:YEAR|short:SHORTYEAR)", _season),
    Rule("<year>'s <summer>", "DATE", "(the)? (year:YEAR) 's? number:SEASON", _season),
    Rule("the fall of <Kabul>", "SKIP", "(the|POINTER) fall << (of (the|a|an|his|her|its|their)? (NAME|OTHER) | in (the|oil|OTHER)? FALLING)", lambda: ""),
    Rule("this past <summer>", "DATE", "this past number:SEASON", lambda number: _season(number, which=-1)),
    Rule("last <summer>", "DATE", "(the)? which:POINTER number:SEASON", _season),
    Rule("the <winter> of <2022-23>", "DATE", "(the)? number:SEASON (of)? years:YEARDATE", _winter),
    Rule("the <summer> of last year", "DATE", "(the)? number:SEASON (of|in)? steps:POINTER year", _season),
    Rule("the <summer>", "DATE", "the? number:PLAINSEASON <<! (-|NAME)", _season),
    Rule("in the <spring>", "DATE", "(in|by|since|until|during|through|early|late|mid|-|of) >> the number:SEASON", _season),
    Rule("in <spring>", "DATE", "(in|by|since|until|during|through|early|late|mid) >> number:SEASON", _season),
    Rule("the <1980s>", "DATE", "(the)? (figures:DECADEFIGURES)", _decade),
    Rule("the <80s>", "DATE", "the figures:DECADEFIGURES", lambda figures: _decade(figures, 0)),
    Rule("in <80s>", "DATE", "in >> figures:DECADEFIGURES", lambda figures: _decade(figures, 0)),
    Rule("the <eighties>", "DATE", "the (nineteen -?)? word:DECADEWORD", _decade_word),
    Rule("the <eighteen>-<eighties>", "DATE", "(the)? century:TEENS -? word:DECADEWORD", lambda century, word: Fixed(Unit.DECADE, century * 10 + word // 10) if word < 100 else None),
    Rule("the twenty-<twenties>", "DATE", "the twenty - (word:DECADEWORD|word:TENDECADE)", lambda word: Fixed(Unit.DECADE, 200 + word // 10) if word < 100 else None),
    Rule("the late <eighties>", "DATE", "(his|her|their|my|our|your) !>> (the)? mod:EDGEADJ -? word:DECADEWORD", lambda mod, word: Edge(mod, _decade_word(word))),
    Rule("the late <'80s>", "DATE", "(his|her|their|my|our|your) !>> (the)? mod:EDGEADJ -? figures:SHORTDECADE", _edge_of_decade),
    Rule("the late <80s>", "DATE", "(the) mod:EDGEADJ -? figures:DECADEFIGURES", lambda mod, figures: _edge_of_decade(mod, figures) if mod != "MID" else None),
    Rule("the <20th> century", "DATE", f"(the|a)? {_ORD} -? (century|centuries) (bc:ERA_BC)?", _century),
    Rule("the <third> millennium", "DATE", f"(the)? {_ORD} millennium", lambda number: Fixed(Unit.MILLENNIUM, number - 1) if 1 <= number <= 9 else None),
    Rule("the turn of the <century>", "DATE", "(the)? turn of the unit:LONGUNIT", lambda unit: Edge("START", Same(unit, now=True))),
    Rule("the <year>'s end", "DATE", "(the|this)? unit:UNIT1 's mod:EDGENOUN", lambda unit, mod: Edge(mod, Same(unit, now=True))),
    Rule("mid-<year>", "DATE", "mid - unit:UNIT1 <<! (-)", lambda unit: Edge("MID", Same(unit, now=True))),
    Rule("<midyear>", "DATE", "unit:MIDUNIT", lambda unit: Edge("MID", Same(unit, now=True))),
    Rule("the <20th> and <21st> century", "DATE", "(the)? number:ORDINAL << (and|or) ORDINAL (century|centuries)", _century),
    Rule("week <12> of <year>", "DATE", "(the)? week number:WEEKNUMBER (of year:YEAR)?", lambda number, year=None: YearPart(Unit.WEEK, number, _year(year, None))),
    Rule("<holiday> weekend", "DATE", "(the|this|last)? key:HOLIDAY weekend ((,|of|in)? year:YEAR)?", lambda key, year=None: FeastWeekend(_feast(key, year))),
    Rule("the weekend of <holiday>", "DATE", "(the)? weekend of key:HOLIDAY ((,|of|in)? year:YEAR)?", lambda key, year=None: FeastWeekend(_feast(key, year))),
    Rule("<holiday> <year>", "DATE", "(the)? key:HOLIDAY (,|of|in)? year:YEAR", _feast),
    Rule("<holiday> of last year", "DATE", "(the)? key:HOLIDAY (,|of)? steps:POINTER year", _feast),
    Rule("last <holiday>", "DATE", "(the)? which:POINTER key:HOLIDAY", _feast),
    Rule("<holiday>", "DATE", "key:HOLIDAY", _feast),
    Rule("<St. Patrick's> <2020>", "DATE", "key:SAINT (,|of|in)? year:YEAR", _feast),
    Rule("on <St. Patrick's>", "DATE", "(on|by|since|until|till) >> key:SAINT <<! (NAME|OTHER|')", _feast),
    Rule("for a <fifth> <day>", "DATE", "(for) >> (a|the|its|their) (ORDINALWORD|NTH) (straight|consecutive|successive)? unit:UNIT1", _nth_running),
    Rule("it is the <second> <day>", "DATE", "(is|was|'s) >> (a|the|its|their) (ORDINALWORD|NTH) (straight|consecutive|successive|full)? unit:UNIT1 <<! (of|in)? (MONTH|YEAR|DEICTIC|HOLIDAY|the (year|month|week|quarter))", lambda unit: Relative(unit, 0) if unit is Unit.DAY else None),
    Rule("in its <sixth> <month>", "DATE", "(in|into|entered|entering|enters|on|began|marks|marked|begins) >> (a|its|their) (ORDINALWORD|NTH) (straight|consecutive|successive|full)? unit:UNIT1 <<! (of|in)? (MONTH|YEAR|DEICTIC|HOLIDAY|the (year|month|week|quarter))", _nth_running),
    Rule("into the <sixth> <month>", "DATE", "(into|entered|entering|enters|began|marks|marked|begins) >> the (ORDINALWORD|NTH) (straight|consecutive|successive|full)? unit:UNIT1 <<! (of|in)? (MONTH|YEAR|DEICTIC|HOLIDAY|the (year|month|week|quarter))", _nth_running),
    Rule("in the <sixth> <month>", "DATE", "(in|on) >> the (ORDINALWORD|NTH) (straight|consecutive|successive|full)? unit:UNIT1 <<! (of | in? (MONTH|YEAR|DEICTIC|HOLIDAY|the (year|month|week|quarter)))", _nth_running),
    Rule("for a <fifth> night", "TIME", "(for|in|on|is|was|'s|marks|marked) >> (a|the|its|their) (ORDINALWORD|NTH) (straight|consecutive|successive)? night <<! (of|-)", lambda: DayPart("NI", Relative(Unit.DAY, 0))),
    Rule("the <month> before last", "DATE", "the unit:UNIT1 before last <<! (WEEKDAY|MONTH|HOLIDAY|UNIT|-)", lambda unit: Relative(unit, -2)),
    Rule("the following <month>", "DATE", "(the)? steps:NEIGHBOUR (month:FULLMONTH|month:CAPMONTH)", lambda steps, month: MonthOf(month, steps, base=Base.THEN)),
    Rule("the following <summer>", "DATE", "(the)? steps:NEIGHBOUR number:SEASON <<! -", lambda steps, number: YearPart(Unit.SEASON, number, which=steps, base=Base.THEN)),
)  # fmt: skip
