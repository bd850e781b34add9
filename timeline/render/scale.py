"""From days to points: a straight scale, interrupted by marked breaks where long gaps would waste it.

A day has the same length everywhere on one scale. What is cut out is said: each break knows its days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from timeline.interval import FIRST_DAY, LAST_DAY
from timeline.render.dates import ENGLISH, Dates
from timeline.render.layout import Measure

#: A gap is cut if it takes more than this part of the scale ...
CUT_SHARE: Final = 0.16
#: ... and is this many times the mean of the other gaps: evenly spaced events are not crowded by it.
CUT_RATIO: Final = 3.0
MOST_CUTS: Final = 8
#: Breaks and pads leave at least this part of the scale to the days.
LEAST_SHARE: Final = 0.3
#: Least room at either end of a stretch, in points.
PAD: Final = 16.0
#: A day is never drawn longer than this, in points.
LONGEST_DAY: Final = 60.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """An uninterrupted part of the scale."""

    left: float
    right: float
    day: float
    """The day at `left`; its fraction is the time of day."""
    per_day: float

    def x(self, day: float) -> float:
        """Where a day is, in points; beyond the ends it is held at them."""
        return min(max(self.left + (day - self.day) * self.per_day, self.left), self.right)

    @property
    def last(self) -> float:
        """The day at `right`."""
        return self.day + (self.right - self.left) / self.per_day


@dataclass(frozen=True, slots=True)
class Break:
    """A gap that is cut out of the scale."""

    left: float
    right: float
    text: str
    """Its true length."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Stretches with breaks between them, from left to right."""

    stretches: tuple[Stretch, ...]
    breaks: tuple[Break, ...]

    def x(self, day: float) -> float:
        """Where a day is, in points; a day inside a break is held at its nearer side."""
        for stretch, following in pairwise(self.stretches):
            if day - stretch.last <= following.day - day:
                return stretch.x(day)
        return self.stretches[-1].x(day)


@dataclass(frozen=True, slots=True)
class Tick:
    """A division of the scale and its name."""

    x: float
    text: str
    coarse: bool
    """True for the second line under the fine names: the year under months, the month under days."""
    line: bool = True
    """False for a name that only says where a stretch begins."""


def fit(
    spans: Sequence[tuple[float, float]],
    left: float,
    right: float,
    size: float,
    measure: Measure,
    *,
    breaks: bool = True,
    pad: float = PAD,
    cut: float | None = None,
    dates: Dates = ENGLISH,
) -> Scale:
    """The scale that shows all of `spans` (first day, day after the last) between `left` and `right`.

    A break is as wide as its length in words, or `cut` points.
    """
    parts = _parts(sorted(spans), breaks)
    while True:
        gaps = [after[0] - before[1] for before, after in pairwise(parts)]
        texts = [dates.length(gap) for gap in gaps]
        widths = [measure(text, size, False) + 20 if cut is None else cut for text in texts]
        room = right - left - sum(widths) - 2 * pad * len(parts)
        if not gaps or room >= LEAST_SHARE * (right - left):
            break
        at = gaps.index(min(gaps))  # the least gain of all the cuts
        parts[at : at + 2] = [(parts[at][0], parts[at + 1][1])]
    days = sum(stop - first for first, stop in parts)
    per_day = min(room / days, LONGEST_DAY)
    pad += (room - per_day * days) / (2 * len(parts))
    stretches, cuts, x = [], [], left
    for index, (first, stop) in enumerate(parts):
        end = x + 2 * pad + (stop - first) * per_day
        stretches.append(Stretch(x, end, first - pad / per_day, per_day))
        if index < len(widths):
            cuts.append(Break(end, end + widths[index], texts[index]))
            x = end + widths[index]
    return Scale(tuple(stretches), tuple(cuts))


def _parts(spans: Sequence[tuple[float, float]], breaks: bool) -> list[tuple[float, float]]:
    """The stretches of days that are shown, after cutting the gaps that are worth a break."""
    runs: list[tuple[float, float]] = []
    for first, stop in spans:
        if runs and first <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], stop))
        else:
            runs.append((first, stop))
    gaps = {i: runs[i + 1][0] - runs[i][1] for i in range(len(runs) - 1)}
    shown = runs[-1][1] - runs[0][0]
    cut: list[int] = []
    while breaks and len(gaps) > 1 and len(cut) < MOST_CUTS:
        index = max(gaps, key=lambda i: (gaps[i], -i))
        longest = gaps.pop(index)
        others = sum(gaps.values()) / len(gaps)
        if longest <= CUT_SHARE * shown or longest < CUT_RATIO * others or longest < 7:
            break
        cut.append(index)
        shown -= longest
    parts: list[tuple[float, float]] = []
    for index, run in enumerate(runs):
        if parts and index - 1 not in cut:
            parts[-1] = (parts[-1][0], run[1])
        else:
            parts.append(run)
    return parts


@dataclass(frozen=True, slots=True)
class _Step:
    """One way to divide the scale."""

    every: float
    """Shortest distance of two divisions, in days."""
    room: float
    """Least distance in type sizes, so that names stand free."""
    days: tuple[int, ...] = ()
    """Days of the month it divides at; all if empty and `years` and `months` are 0."""
    months: int = 0
    years: int = 0


#: Fine to coarse; the first whose names have room is taken.
_STEPS: Final = (
    _Step(1, 2.6),
    _Step(7, 4.0, days=(1, 8, 15, 22)),
    _Step(28, 3.0, days=(1,), months=1),
    _Step(90, 3.0, days=(1,), months=3),
    _Step(181, 3.0, days=(1,), months=6),
    *(_Step(365 * n, 4.2, years=n) for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)),
)


def ticks(
    scale: Scale, size: float, measure: Measure, *, overhang: float = 0.0, dates: Dates = ENGLISH
) -> list[Tick]:
    """The named places on a scale, as finely as their names have room, and the years (or months) they lie in.

    Names never overlap. They begin 3 points right of their division and stay inside their stretch, but
    for `overhang` points into a break.
    """
    per_day = scale.stretches[0].per_day
    step = next((s for s in _STEPS if s.every * per_day >= s.room * size), _STEPS[-1])
    found: list[Tick] = []
    for stretch in scale.stretches:
        fine: list[_Named] = [
            (stretch.x(day.toordinal()), _fine_name(day, step, dates), True)
            for day in _divisions(stretch, step)
        ]
        coarse: list[_Named] = []
        if not step.years:
            by = _Step(28, 0, days=(1,), months=1) if not step.months else _Step(365, 0, years=1)
            bounds = list(_divisions(stretch, by))
            coarse = [(stretch.x(day.toordinal()), _coarse_name(day, step, dates), True) for day in bounds]
            begin = dt.date.fromordinal(_in_calendar(stretch.day + 0.999))
            if begin not in bounds:
                coarse.insert(0, (stretch.left + 1, _coarse_name(begin, step, dates), False))
            if step.months == 1 and begin.day != 1:
                fine.insert(0, (stretch.left + 1, _fine_name(begin, step, dates), False))
        elif not fine:
            middle = dt.date.fromordinal(_in_calendar((stretch.day + stretch.last) / 2))
            fine = [(stretch.left + 1, (dates.year(middle),), False)]
        right = stretch.right + (0.0 if stretch is scale.stretches[-1] else overhang)
        found += _named(fine, stretch.left, right, size, False, measure)
        found += _named(coarse, stretch.left, right, size, True, measure)
    return found


_Named = tuple[float, tuple[str, ...], bool]
"""Where, what it may be called, and whether a division begins there."""


def _named(
    places: list[_Named],
    left: float,
    right: float,
    size: float,
    coarse: bool,
    measure: Measure,
) -> list[Tick]:
    """Ticks for the places whose names fit, in full or short; a real division wins over a name that says
    where we are."""
    found: list[Tick] = []
    free = left
    for n, (x, names, line) in enumerate(places):
        following = places[n + 1][0] if n + 1 < len(places) else None
        for text in names:
            end = x + 3 + measure(text, size, coarse)
            crowded = not line and following is not None and following < end + 4
            if not crowded and x >= free and end <= right:
                found.append(Tick(x, text, coarse, line))
                free = end + 4
                break
    return found


def _divisions(stretch: Stretch, step: _Step) -> Iterator[dt.date]:
    first, last = _in_calendar(stretch.day + 0.999), _in_calendar(stretch.last)
    if step.years:
        for year in range(dt.date.fromordinal(first).year, dt.date.fromordinal(last).year + 1):
            if year % step.years == 0 and first <= dt.date(year, 1, 1).toordinal() <= last:
                yield dt.date(year, 1, 1)
        return
    for number in range(first, last + 1):
        day = dt.date.fromordinal(number)
        if (not step.days or day.day in step.days) and (
            not step.months or (day.month - 1) % step.months == 0
        ):
            yield day


def _fine_name(day: dt.date, step: _Step, dates: Dates) -> tuple[str, ...]:
    if step.years:
        return (dates.year(day),)
    return (dates.month(day) if step.months else str(day.day),)


def _coarse_name(day: dt.date, step: _Step, dates: Dates) -> tuple[str, ...]:
    return (dates.year(day),) if step.months else (dates.month_of_year(day), dates.short_month_of_year(day))


def _in_calendar(day: float) -> int:
    return min(max(int(day // 1), FIRST_DAY), LAST_DAY)
