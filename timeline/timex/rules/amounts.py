"""Amounts of time: exact ("45-day"), vague ("several weeks"), and those that lean on the anchor."""

# ruff: noqa: E501  (a rule is one row of a table)
from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any, Final

from timeline.timex.grammar import Rule
from timeline.timex.meaning import Due, Length, Span
from timeline.timex.units import Unit


def _length(
    unit: Unit, number: float = 1, vague: float | str | None = None, hyphen: str = ""
) -> Length | None:
    if number > 1800 and number == int(number) and number < 2100 and unit in (Unit.SECOND, Unit.QUARTER):
        return None  # "the 1988 quarter"
    if unit is Unit.QUARTER and number == 3 and hyphen:
        return None  # three-quarters of a thing
    if vague is not None:
        return Length(((vague if isinstance(vague, int) else None, unit),))
    return Length(((number, unit),))


def _half(unit: Unit) -> Length:
    return Length(((0.5, unit),))


def _and_a_half(unit: Unit) -> Length:
    return Length(((1.5, unit),))


def _some(unit: Unit) -> Length:
    return Length(((None, unit),))


def _joined(
    first: Length, second: Length, third: Length | None = None, fourth: Length | None = None
) -> Length | None:
    parts = [p for p in (first, second, third, fourth) if p]
    amounts = tuple(a for p in parts for a in p.amounts)
    order = [list(Unit).index(unit) for _, unit in amounts]
    coarse_to_fine = all(a > b for a, b in itertools.pairwise(order))
    return Length(amounts, first.mod) if coarse_to_fine and all(n is not None for n, _ in amounts) else None


def _about(mod: str, length: Length) -> Length:
    return replace(length, mod=mod)


#: A word that may stand between the number and the unit without changing the amount.
_FILL: Final = "(more|full|straight|consecutive|whole|additional|long|calendar|solid|successive|extra|other|short|working|business|trading|school|fiscal|entire)?"

LENGTHS: Final = (
    Rule("<number> <units>", "LENGTH", f"number:NUMBER {_FILL} unit:UNITS", _length),
    Rule("<number>-<unit>", "ADJLENGTH", f"number:NUMBER hyphen:HYPHEN {_FILL} -? (unit:UNIT1|unit:TICK|unit:PARTUNIT)", _length),
    Rule("<number> <unit>", "LENGTH", f"number:NUMBER {_FILL} (unit:UNIT1|unit:TICK|unit:SHORTUNIT|unit:PARTUNIT) <<! -", _length),
    Rule("several-<unit>", "ADJLENGTH", "vague:VAGUE - (unit:UNIT1|unit:TICK)", _length),
    Rule("<number><unit letter>", "LENGTH", "number:NUMBER unit:UNITLETTER", _length),
    Rule("several <units>", "LENGTH", f"vague:VAGUE {_FILL} unit:UNITS", _length),
    Rule("a <unit>", "ALENGTH", "(a|an) (single|full|whole|solid)? unit:UNIT1 <<! -", lambda unit: None if unit is Unit.QUARTER else _length(unit)),
    Rule("an additional <unit>", "LENGTH", "(a|an) (additional|extra|entire) (unit:UNIT1|unit:TICK)", _length),
    Rule("an <hour>", "ALENGTH", "(a|an) (single|full|whole|solid)? unit:TICK <<! (OTHER|NAME)", _length),
    Rule("another <unit>", "LENGTH", "another (full|whole)? unit:UNIT1", _length),
    Rule("another <hour>", "LENGTH", "another (full|whole)? unit:TICK", _length),
    Rule("all <day>", "LENGTH", "all -? unit:UNIT1", _length),
    Rule("full <year>", "ADJLENGTH", "(the|a) !>> (full|whole|entire) -? unit:UNIT1", _length),
    Rule("half a <unit>", "LENGTH", "half -? (a|an)? unit:UNIT1", _half),
    Rule("half an <hour>", "LENGTH", "half -? (a|an)? unit:TICK", _half),
    Rule("a half-<hour>", "LENGTH", "(a|an) half -? unit:TICK", _half),
    Rule("a <unit> or two", "LENGTH", "(a|an) unit:UNIT or two", _some),
    Rule("a <unit> and a half", "LENGTH", "(a|an|one) unit:UNIT and a? half", _and_a_half),
    Rule("a <unit> and a quarter", "LENGTH", "(a|an|one) unit:UNIT and a quarter", lambda unit: Length(((1.25, unit),))),
    Rule("<number>-<units>", "ADJLENGTH", "number:NUMBER hyphen:HYPHEN unit:UNITS", _length),
    Rule("<daylong>", "ADJLENGTH", "unit:LONG", _length),
    Rule("<day>-long", "ADJLENGTH", "unit:UNIT1 - long", _length),
    Rule("<units>-long", "ADJLENGTH", "unit:UNITS - long", _some),
)  # fmt: skip

SUMS: Final = (
    Rule("<length> and <length>", "LENGTH", "first:LENGTH (,? and? second:LENGTH) (,? and? third:LENGTH)? (,? and? fourth:LENGTH)?", _joined),
)  # fmt: skip

JOINED: Final = (
    Rule("about <length>", "LENGTH", "mod:ABOUT length:LENGTH", _about),
    Rule("<length> or so", "LENGTH", "length:LENGTH or so", lambda length: replace(length, mod="APPROX")),
    Rule("<length> or more", "LENGTH", "length:LENGTH or (more|longer)", lambda length: replace(length, mod="EQUAL_OR_MORE")),
    Rule("<length>-old <war>", "SPAN", "ABOUT? length:ADJLENGTH -? MEASURED << OTHER? LASTING", lambda length: Span(length)),
    Rule("<length>-old", "SKIP", "ABOUT? length:LENGTH -? MEASURED", lambda length: length),
    Rule("<length> of age", "SKIP", "ABOUT? length:LENGTH of age", lambda length: length),
    Rule("aged <number>", "SKIP", "(aged|age) NUMBER", lambda: ""),
    Rule("<label> <number>", "SKIP", "LABEL .? (-|#)? NUMBER", lambda: ""),
    Rule("no. <number>", "SKIP", "no . NUMBER", lambda: ""),
    Rule("<number> <counted>", "SKIP", "NUMBER COUNTED", lambda: ""),
)  # fmt: skip


def _leaning(length: Length, way: int) -> Span:
    return Span(length, way)


def _leaning_units(unit: Unit, way: int) -> Span:
    return Span(Length(((None, unit),)), way)


def _recent(unit: Unit) -> Span:
    return Span(Length(((None, unit),)), -1)


def _bare(**parts: Any) -> Span:
    return Span(parts.get("length") or Length(((None, parts["unit"]),)))


SPANS: Final = (
    Rule("the past <fortnight>", "SPAN", "the? way:POINTER fortnight", lambda way: Span(Length(((1, Unit.FORTNIGHT),)), way)),
    Rule("the past <length>", "SPAN", "MODAL !>> the? way:DEICTIC length:LENGTH", lambda way, length: Span(length, way or 1) if way else Span(length)),
    Rule("the <number> past <units>", "SPAN", "the? number:NUMBER way:DEICTIC unit:UNITS", lambda number, way, unit: Span(Length(((number, unit),)), way)),
    Rule("the past <units>", "SPAN", "MODAL !>> the? way:DEICTIC unit:UNITS", _leaning_units),
    Rule("recent <units>", "SPAN", "(the)? (most)? recent unit:UNITS", _recent),
    Rule("the early <years>", "SPAN", "the (early|intervening|ensuing) unit:UNITS <<! of", lambda unit: None if unit.is_clock else _bare(unit=unit)),
    Rule("the <units> ahead", "SPAN", "the unit:UNITS (ahead|to come)", lambda unit: _leaning_units(unit, 1)),
    Rule("in the <units> that followed", "SPAN", "(in|over|during|for) >> the unit:UNITS << (that (have)? (followed|passed)|since|following|afterward)", lambda unit: Span(Length(((None, unit),)))),
    Rule("in <length>", "SPAN", "in >> length:LENGTH", lambda length: Due(length)),
    Rule("the <length>", "SPAN", "(the|these|those) length:PLAINLENGTH", lambda length: Span(length)),
    Rule("<length>", "SPAN", "length:LENGTH", lambda length: Span(length)),
    Rule("for <units>", "SPAN", "(for|in|over|within|take|takes|took|lasted|last|after|of|spent|many) >> unit:UNITS", _bare),
    Rule("<units> of", "SPAN", "- !>> unit:UNITS << (of|ago|later|earlier|before|after|in)", _bare),
)  # fmt: skip
