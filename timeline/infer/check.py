"""Stated publication dates that their own articles contradict: by what they tell as past or as still to
come, and by a weekday beside its date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from timeline.infer.account import Account, Told, days_text
from timeline.interval import Interval
from timeline.model import Basis, Timex
from timeline.timex.meaning import Calendar

#: An evening in New York is the next day in London.
_SAME: Final = 1
#: A date without a year is the one next to the publication, this far at most, in days.
_NEXT: Final = 183


def contradictions(account: Account) -> Iterator[str]:
    """What speaks against the publication date of an article, a sentence each, with both quotes."""
    published = account.article.published
    known = account.known
    if known is None or published.basis not in (Basis.STATED, Basis.GIVEN) or published.candidates:
        return
    own = ", ".join(f"“{e.text}” ({e.where})" for e in published.evidence[:1])
    name = account.article.path or account.article.id
    for words, problem in _problems(account, known):
        yield f"{name}: published {days_text(known)}, says {own}, but its text {problem}: “{words}”"


def _problems(account: Account, known: Interval) -> Iterator[tuple[str, str]]:
    assert known.first is not None
    assert known.stop is not None
    for timex in account.timexes:
        told = account.at(timex.span)
        if told is None or not isinstance(told.core, Calendar) or told.core.month is None:
            continue
        if told.core.weekday is not None and _is_another_weekday(told.core, known):
            yield _quote(account, told), "gives that day another weekday"
        elif told.core.year is not None and (interval := timex.interval) is not None:
            if told.way < 0 and interval.first is not None and interval.first >= known.stop + _SAME:
                yield _quote(account, told), "tells a later day as past"
            elif told.way > 0 and _is_over(timex, known.first - _SAME):
                yield _quote(account, told), "tells an earlier day as still to come"


def _is_over(timex: Timex, day: int) -> bool:
    return timex.interval is not None and timex.interval.stop is not None and timex.interval.stop <= day


def _is_another_weekday(date: Calendar, known: Interval) -> bool:
    """True for "Tuesday, March 25" in an article whose March 25 is a Monday."""
    published = dt.date.fromordinal(known.first or 1)
    years = [date.year] if date.year is not None else [published.year + step for step in (-1, 0, 1)]
    found = []
    for year in years:
        try:
            found.append(dt.date(year, date.month or 1, date.day or 1))
        except ValueError:
            continue
    near = [d for d in found if date.year is not None or abs((d - published).days) <= _NEXT]
    return date.day is not None and len(near) == 1 and near[0].weekday() != date.weekday


def _quote(account: Account, told: Told) -> str:
    return " ".join(account.evidence("", told.span).text.split())
