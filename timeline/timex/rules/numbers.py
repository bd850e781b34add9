"""Numbers, ordinals and years written in words: "twenty-five", "nineteen ninety-six", "2 1/2"."""

# ruff: noqa: E501  (a rule is one row of a table)
from __future__ import annotations

from typing import Final

from timeline.timex.grammar import Rule


def _sum(
    ones: int = 0, teens: int = 0, tens: int = 0, hundreds: int = 0, thousands: int = 0, many: int = 0
) -> int:
    return (many or thousands) * 1000 + hundreds * 100 + tens + teens + ones


def _century(
    century: int, tens: int = 0, teens: int = 0, ones: int = 0, twenty: int = 0, small: int = 0
) -> int | None:
    year = century * 100 + tens + teens + ones
    return year if 1100 <= year <= 2099 else None


def _tens_nth(tens: int, nth: int) -> int | None:
    return tens + nth if nth < 10 else None


def _with_fraction(number: float, slash: tuple[int, int]) -> float | None:
    top, bottom = slash
    return number + top / bottom if 0 < top < bottom <= 8 else None


YEARS: Final = (
    Rule("<nineteen> <ninety>-<six>", "YEAR", "century:TEENS tens:TENS (-? ones:ONES)? <<! -? UNIT", _century),
    Rule("<nineteen> hundred <ninety> <six>", "YEAR", "century:TEENS hundred and? tens:TENS (-? ones:ONES)?", _century),
    Rule("<nineteen> <fifteen>", "YEAR", "century:TEENS teens:TEENS", _century),
    Rule("<nineteen> hundred and? <six>", "YEAR", "(in|year|of|since|by) >> century:TEENS hundred (and? ones:ONES)? <<! (UNIT|OTHER)", _century),
    Rule("twenty <twelve>", "YEAR", "century:TENS teens:TEENS", lambda century, teens: _sum(teens=teens) + 2000 if century == 20 else None),
    Rule("the year two thousand", "YEAR", "year >> thousands:ONES thousand (and? (teens:TEENS | tens:TENS (-? ones:ONES)? | ones:ONES))?", lambda **n: _sum(**n) if n["thousands"] in (1, 2) else None),
    Rule("one thousand <seven> hundred", "YEAR", "(in|year|of|since|by|until|from) >> thousands:ONES thousand hundreds:ONES hundred (and? (teens:TEENS | tens:TENS (-? ones:ONES)? | ones:ONES))? <<! (UNIT|OTHER|BIG|-)", lambda **n: _sum(**n) if n["thousands"] == 1 else None),
    Rule("two thousand and <fifteen>", "YEAR", "(in|of|since|by|MONTH|from|to|DATEDAY|,) >> thousands:ONES thousand (and? (teens:TEENS | tens:TENS (-? ones:ONES)? | ones:ONES))? <<! (UNIT|OTHER|BIG)", lambda **n: _sum(**n) if n["thousands"] in (1, 2) else None),
)  # fmt: skip

NUMBERS: Final = (
    Rule("<twenty>-<five>", "NUMBER", "tens:TENS -? ones:ONES", _sum),
    Rule("<two> hundred and <five>", "NUMBER", "hundreds:ONES hundred (and? (teens:TEENS | tens:TENS (-? ones:ONES)? | ones:ONES))?", _sum),
    Rule("<two> thousand <three> hundred", "NUMBER", "thousands:ONES thousand hundreds:ONES hundred (and? (teens:TEENS | tens:TENS (-? ones:ONES)? | ones:ONES))?", _sum),
    Rule("<two> thousand", "NUMBER", "thousands:ONES thousand", _sum),
    Rule("a hundred", "NUMBER", "a (hundred)", lambda: 100),
    Rule("<number> thousand", "NUMBER", "number:NUMBER -? big:BIG", lambda number, big: number * big),
    Rule("<twenty>-<fifth>", "ORDINAL", "tens:TENS -? nth:ORDINALWORD", _tens_nth),
)  # fmt: skip

FRACTIONS: Final = (
    Rule("<number> and a half", "NUMBER", "number:NUMBER and (a|one) half", lambda number: number + 0.5),
    Rule("<two>-and-a-half", "NUMBER", "number:NUMBER - and - a - half", lambda number: number + 0.5),
    Rule("a quarter of a <century>", "NUMBER", "(a|one) quarter of a << UNIT", lambda: 0.25),
    Rule("three quarters of an <hour>", "NUMBER", "three -? quarters of (a|an) << UNIT", lambda: 0.75),
    Rule("a quarter-<century>", "NUMBER", "(a|one)? quarter - << LONGUNIT", lambda: 0.25),
    Rule("<number> and half", "NUMBER", "number:NUMBER and half << UNIT", lambda number: number + 0.5),
    Rule("<number> and a quarter", "NUMBER", "number:NUMBER and a quarter << -? UNIT", lambda number: number + 0.25),
    Rule("<number> <1/2>", "NUMBER", "number:NUMBER -? slash:SLASH << -? UNIT", _with_fraction),
    Rule("<number> or <number>", "NUMBER", "number:NUMBER (or|to|-) NUMBER << -? (more)? UNIT", lambda number: number),
)  # fmt: skip
