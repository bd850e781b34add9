"""What repeats: "daily", "every Monday", "twice a week", "Friday mornings"."""

# ruff: noqa: E501  (a rule is one row of a table)
from __future__ import annotations

from typing import Final

from timeline.timex.grammar import Rule, Several
from timeline.timex.meaning import Clock, Every, Length
from timeline.timex.measured import clock_text, length_text
from timeline.timex.units import SEASONS, Unit


def _twice(value: str) -> Every:
    """ "Bi-monthly" is taken for every two months, "bi-annual" for twice a year."""
    return Every({"P1M": "P2M", "P1W": "P2W", "P1Y": "P0.5Y"}.get(value, value))


def _each_unit(unit: Unit, number: float = 1, clock: Clock | None = None) -> Every:
    if clock is not None and unit in (Unit.DAY, Unit.NIGHT):
        return Every(clock_text(clock, late=unit is Unit.NIGHT))
    return Every(length_text(Length(((number, unit),))))


def _once(length: Length | None = None, unit: Unit = Unit.DAY) -> Every:
    return Every(length_text(length)) if length else _each_unit(unit)


def _each_length(length: Length) -> Every:
    return Every(length_text(length))


def _each_weekday(weekday: int, part: str = "", clock: Clock | None = None) -> Every:
    at = clock_text(clock) if clock else f"T{part}" if part else ""
    return Every(f"XXXX-WXX-{weekday + 1}{at}")


def _two_weekdays(first: int, last: int, part: str) -> Several:
    near, far = _each_weekday(first, part), _each_weekday(last, part)
    return Several((("first", "SET", near), ("last", "SET", far)), to_end=True)


def _each_month(month: int, day: int | None = None) -> Every:
    return Every(f"XXXX-{month:02d}" + (f"-{day:02d}" if day else ""))


def _each_part(part: str, clock: Clock | None = None) -> Every:
    return Every(clock_text(clock, late=part in ("EV", "NI", "AF")) if clock else f"T{part}")


_AT: Final = "(at)? (clock:CLOCK|clock:LOOSECLOCK)"
_EACH: Final = "(every|each)"

SETS: Final = (
    Rule("the <Spanish> daily <El Pais>", "SKIP", "NAME >> ADVERBFREQUENCY << NAME", lambda: ""),
    Rule("daily", "SET", "value:ADVERBFREQUENCY", lambda value: Every(value)),
    Rule("quarterly", "SET", "value:FREQUENCY <<! OTHER", Every),
    Rule("a quarterly meeting", "SET", "(a|every|each|the) >> value:FREQUENCY << (meeting|meetings|review|reviews)", Every),
    Rule("bi-monthly", "SET", "(bi|semi) - value:FREQUENCY", lambda value: _twice(value)),
    Rule("daily at <clock>", "SET", "(daily|everyday|nightly) at (clock:CLOCK|clock:LOOSECLOCK)", lambda clock: _each_unit(Unit.DAY, 1, clock)),
    Rule("the <first> <Monday> of each month", "SET", "(the|on)? (ORDINALWORD|NTH|last) weekday:WEEKDAY (of|in) (every|each) month", _each_weekday),
    Rule("every <third> <Thursday> of the month", "SET", "(every|each) (ORDINALWORD|NTH|last) weekday:WEEKDAY ((of|in) (the|a|each|every) month)?", _each_weekday),
    Rule("once <daily>", "SET", "(TIMES|NUMBER times) value:FREQUENCY", lambda value: Every(value)),
    Rule("every <morning>", "SET", f"{_EACH} part:PART (,? {_AT})?", _each_part),
    Rule("every <unit>", "SET", f"{_EACH} (single|passing)? unit:UNIT", _each_unit),
    Rule("every other <unit>", "SET", f"{_EACH} (other|second) unit:UNIT", lambda unit: _each_unit(unit, 2)),
    Rule("every <length>", "SET", f"{_EACH} length:LENGTH", _each_length),
    Rule("every <weekday>", "SET", f"{_EACH} (other|single)? weekday:WEEKDAY (part:PART)? (,? {_AT})?", _each_weekday),
    Rule("every <month>", "SET", f"{_EACH} month:MONTH (day:DATEDAY)?", _each_month),
    Rule("every <summer>", "SET", f"{_EACH} number:SEASON <<! -", lambda number: Every(f"XXXX-{SEASONS[number - 1]}")),
    Rule("every <night> at <9>", "SET", f"{_EACH} part:PART at hour:HOUR", lambda part, hour: _each_part(part, Clock(hour))),
    Rule("on <mornings> at <9>", "SET", "on part:PARTS at hour:HOUR", lambda part, hour: _each_part(part, Clock(hour))),
    Rule("every day at <clock>", "SET", f"{_EACH} unit:UNIT1 ,? {_AT}", _each_unit),
    Rule("<clock> every day", "SET", f"{_AT} ,? {_EACH} (unit:UNIT1)", _each_unit),
    Rule("<clock> daily", "SET", f"{_AT} ,? (daily|everyday|nightly)", lambda clock: _each_unit(Unit.DAY, 1, clock)),
    Rule("the <19th> of every month", "SET", f"(the)? day:NTH of {_EACH} month", lambda day: Every(f"XXXX-XX-{day:02d}") if day <= 31 else None),
    Rule("<clock> every <weekday>", "SET", f"{_AT} ,? {_EACH} weekday:WEEKDAY", _each_weekday),
    Rule("<Mondays> at <clock>", "SET", "weekday:WEEKDAYS at clock:CLOCK", _each_weekday),
    Rule("<Mondays>", "SET", "weekday:WEEKDAYS", _each_weekday),
    Rule("<Monday> and <Tuesday> <nights>", "SET", "first:WEEKDAY and last:WEEKDAY part:PARTS", _two_weekdays),
    Rule("<Monday> <nights>", "SET", "weekday:WEEKDAY part:PARTS", _each_weekday),
    Rule("<mornings>", "SET", "(on|in|the|OTHER) >> part:PARTS", _each_part),
    Rule("once a <week>", "SET", "(TIMES|NUMBER times) (length:ALENGTH | per (unit:UNIT1|unit:TICK) | each (unit:UNIT1|unit:TICK))", _once),
    Rule("a <year>", "SET", "(million|billion|thousand|NUMBER|times|per|hundred|tons|barrels|dollars|people|percent|%) >> (length:ALENGTH | per (unit:UNIT1|unit:TICK)) <<! (ago|earlier|later|before|after|from|-)", _once),
    Rule("<four> flights a <week>", "SET", "(NUMBER OTHER) >> length:ALENGTH <<! (ago|earlier|later|before|after|from|-|of)", _once),
    Rule("<$2> a <year>", "SET", "($ OTHER) >> length:ALENGTH <<! (ago|earlier|later|before|after|from|-|of)", _once),
    Rule("<24 hours> a <day>", "SET", "LENGTH >> length:ALENGTH <<! (ago|earlier|later|before|after|from|-|of)", _once),
    Rule("<weekends>", "SET", "(on|OTHER) >> (the)? weekends", lambda: Every("P1WE")),
)  # fmt: skip
