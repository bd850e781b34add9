"""Intervals of calendar days: making them, the algebra of two, the edges of the calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.interval import FIRST_DAY, LAST_DAY, Allen, Grain, Interval

modest = settings(max_examples=150, deadline=None, derandomize=True)

#: Few enough different days that touching, nested and equal intervals are drawn often.
_NEAR = (738_000, 738_012)


@st.composite
def intervals(draw: st.DrawFn, first: int = _NEAR[0], last: int = _NEAR[1]) -> Interval:
    """Any interval within some days, either end open now and then."""
    start = draw(st.none() | st.integers(first, last))
    stop = draw(st.none() | st.integers((first if start is None else start) + 1, last + 1))
    return Interval(start, stop)


def closed() -> st.SearchStrategy[Interval]:
    """Intervals with both ends."""
    return intervals().filter(lambda interval: not interval.is_open)


anywhere = intervals(FIRST_DAY, LAST_DAY)


@pytest.mark.parametrize(
    ("start", "end", "made"),
    [
        ("2024-02-01", "2024-02-29", Interval.of(2024, 2)),
        ("2023-02-01", "2023-02-28", Interval.of(2023, 2)),
        ("1900-02-01", "1900-02-28", Interval.of(1900, 2)),
        ("2000-01-01", "2000-12-31", Interval.of(2000)),
        ("2024-12-31", "2024-12-31", Interval.of(2024, 12, 31)),
        ("2024-12-31", "2024-12-31", Interval.on(dt.date(2024, 12, 31))),
        ("0001-01-01", "0001-12-31", Interval.of(1)),
        ("9999-12-01", "9999-12-31", Interval.of(9999, 12)),
        (None, "2024-01-01", Interval.between(None, "2024-01-01")),
        ("2024-01-01", None, Interval.between(dt.date(2024, 1, 1), None)),
        (None, None, Interval.between(None, None)),
    ],
)
def test_start_and_end_are_the_first_and_last_day(start: str | None, end: str | None, made: Interval) -> None:
    """What users see is inclusive on both ends, and None where an end is open."""
    assert (start, end) == tuple(day and day.isoformat() for day in (made.start, made.end))


@modest
@given(st.integers(FIRST_DAY - 900, LAST_DAY + 900), st.integers(1, 800))
def test_what_is_clipped_is_what_the_calendar_has_of_it(first: int, days: int) -> None:
    """All its days from the year 1 to 9999, and nothing where there are none."""
    clipped = Interval.clipped(first, first + days)
    there = [day for day in range(first, first + days) if FIRST_DAY <= day <= LAST_DAY]

    assert (Interval(there[0], there[-1] + 1) if there else None) == clipped


@pytest.mark.parametrize(
    ("days", "interval"),
    [
        (1, Interval.on("2024-03-25")),
        (31, Interval.of(2024, 3)),
        (366, Interval.of(2024)),
        (365, Interval.of(2023)),
        (8, Interval.between("2023-11-24", "2023-12-01")),
        (3_652_059, Interval.between("0001-01-01", "9999-12-31")),
        (None, Interval.between("2024-03-25", None)),
        (None, Interval.between(None, "2024-03-25")),
    ],
)
def test_days_counts_both_ends(days: int | None, interval: Interval) -> None:
    """A day is one day long, and an open interval has no length."""
    assert days == interval.days
    assert (days is None) is interval.is_open
    assert (days == 1) is interval.is_day


@pytest.mark.parametrize(
    "make",
    [
        lambda: Interval.of(2023, 2, 29),
        lambda: Interval.of(2024, 13),
        lambda: Interval.of(0),
        lambda: Interval.of(10_000),
        lambda: Interval.on("2024-02-30"),
        lambda: Interval.on("yesterday"),
        lambda: Interval.between("2024-03-26", "2024-03-25"),
        lambda: Interval(0, 5),
        lambda: Interval(5, 5),
        lambda: Interval(LAST_DAY + 1, None),
        lambda: Interval(None, LAST_DAY + 2),
        lambda: Interval(None, FIRST_DAY),
        lambda: Interval.on("9999-12-31").shift(1),
        lambda: Interval.on("0001-01-01").shift(-1),
    ],
)
def test_what_the_calendar_lacks_is_refused(make: object) -> None:
    """No such day, no day at all, or outside the years 1 to 9999: a ValueError."""
    assert callable(make)
    with pytest.raises(ValueError):  # noqa: PT011 - the calendar's own words differ between Pythons
        make()


@pytest.mark.parametrize(
    ("expected", "one", "other"),
    [
        (Allen.BEFORE, Interval.of(2023), Interval.of(2024)),
        (Allen.AFTER, Interval.of(2024, 3, 26), Interval.of(2024, 3, 25)),
        (Allen.SIMULTANEOUS, Interval.of(2024, 3), Interval.between("2024-03-01", "2024-03-31")),
        (Allen.INCLUDES, Interval.of(2024), Interval.of(2024, 3)),
        (Allen.INCLUDES, Interval.of(2024), Interval.of(2024, 1)),
        (Allen.DURING, Interval.of(2024, 3), Interval.of(2024)),
        (Allen.STARTS, Interval.of(2024, 1), Interval.of(2024)),
        (Allen.FINISHES, Interval.of(2024, 12), Interval.of(2024)),
        (
            Allen.OVERLAPS,
            Interval.between("2024-03-01", "2024-03-10"),
            Interval.of(2024, 3, 10) | Interval.of(2024, 4),
        ),
        (Allen.INCLUDES, Interval.between("2024-03-01", None), Interval.of(2024, 3)),
        (Allen.BEFORE, Interval.between(None, "2024-03-01"), Interval.of(2024, 3, 2)),
        (Allen.FINISHES, Interval.between("2024-03-01", None), Interval.between(None, None)),
    ],
)
def test_the_relation_of_two_intervals(expected: Allen, one: Interval, other: Interval) -> None:
    """Intervals that touch are before and after; open ends reach further than any day."""
    assert expected is one.relation(other)


_CONVERSE = {
    Allen.BEFORE: {Allen.AFTER},
    Allen.AFTER: {Allen.BEFORE},
    Allen.SIMULTANEOUS: {Allen.SIMULTANEOUS},
    Allen.INCLUDES: {Allen.DURING, Allen.STARTS, Allen.FINISHES},
    Allen.DURING: {Allen.INCLUDES},
    Allen.STARTS: {Allen.INCLUDES},
    Allen.FINISHES: {Allen.INCLUDES},
    Allen.OVERLAPS: {Allen.OVERLAPS},
}


@given(intervals(), intervals())
@modest
def test_a_relation_has_its_converse(one: Interval, other: Interval) -> None:
    """How one lies to the other says how the other lies to the one."""
    assert other.relation(one) in _CONVERSE[one.relation(other)]


@given(intervals(), intervals())
@modest
def test_a_relation_says_what_is_shared(one: Interval, other: Interval) -> None:
    """Before and after share no day; the words of containment hold exactly when one lies in the other."""
    relation = one.relation(other)

    assert (relation not in {Allen.BEFORE, Allen.AFTER}) is one.overlaps(other)
    assert (relation in {Allen.DURING, Allen.STARTS, Allen.FINISHES, Allen.SIMULTANEOUS}) is (one in other)
    assert (relation in {Allen.INCLUDES, Allen.SIMULTANEOUS}) is (other in one)
    assert (relation is Allen.SIMULTANEOUS) is (one == other)


@given(closed(), closed())
@modest
def test_the_common_part_has_the_common_days(one: Interval, other: Interval) -> None:
    """`&` holds each day of both and no other."""
    common = one & other

    assert _days(one) & _days(other) == (_days(common) if common else set())
    assert common == other & one


@given(intervals(), intervals())
@modest
def test_the_common_part_lies_in_both(one: Interval, other: Interval) -> None:
    """`&` is in both of any two intervals, open ones too, and is all of the one that lies in the other."""
    common = one & other

    assert (common is not None) is one.overlaps(other)
    assert common is None or (common in one and common in other)
    assert (one in other) is (common == one)


@given(intervals(), intervals(), intervals())
@modest
def test_the_hull_is_the_smallest_that_holds_both(one: Interval, other: Interval, third: Interval) -> None:
    """`|` holds both, and whatever else holds both holds it."""
    hull = one | other

    assert one in hull
    assert other in hull
    assert hull == other | one
    assert (one in third and other in third) is (hull in third)


@given(anywhere, st.integers(-4_000_000, 4_000_000))
@modest
def test_a_shift_can_be_undone(interval: Interval, days: int) -> None:
    """Shifting back gives the interval again, unless the calendar ended on the way."""
    try:
        shifted = interval.shift(days)
    except ValueError:
        return

    assert interval == shifted.shift(-days)
    assert interval.days == shifted.days


@given(closed(), closed())
@modest
def test_a_gap_is_the_days_between(one: Interval, other: Interval) -> None:
    """The gap is the same from either side, zero if they touch, and what the hull has more than both."""
    hull = one | other
    between = _days(hull) - _days(one) - _days(other)

    assert len(between) == one.gap(other) == other.gap(one)


@given(intervals(), intervals())
@modest
def test_there_is_no_gap_between_what_overlaps(one: Interval, other: Interval) -> None:
    """Overlapping intervals have a gap of zero, open ends included."""
    assert not one.overlaps(other) or 0 == one.gap(other)
    assert one.gap(other) == other.gap(one)


@given(anywhere)
@modest
def test_a_repr_can_be_pasted_back(interval: Interval) -> None:
    """`repr` is the call that makes it."""
    assert interval == eval(repr(interval), {"Interval": Interval})


@given(anywhere)
@modest
def test_an_interval_is_itself(interval: Interval) -> None:
    """With itself, both operators give it back, and it holds its ends as dates."""
    assert interval == interval & interval == interval | interval
    assert interval in interval
    for day in (interval.start, interval.end):
        assert day is None or day in interval


def test_the_edges_of_the_calendar_are_days_like_others() -> None:
    """The first and the last day can be made, held and compared; an open end reaches past them."""
    first, last = Interval.on("0001-01-01"), Interval.on("9999-12-31")

    assert Allen.BEFORE is first.relation(last)
    assert 3_652_057 == first.gap(last)
    assert Interval.between("0001-01-01", "9999-12-31") == first | last
    assert first in Interval.between(None, "0001-01-01")
    assert Interval.between(None, "0001-01-01") not in first
    assert Interval.between("9999-12-31", None) not in last


def test_grains_are_ordered_from_fine_to_coarse() -> None:
    """A day is the finest grain, a century the coarsest."""
    expected = "day week month quarter season half-year year decade century".split()

    assert expected == [grain.value for grain in sorted(Grain, key=lambda grain: grain.order)]


def _days(interval: Interval) -> set[int]:
    assert interval.first is not None
    assert interval.stop is not None
    return set(range(interval.first, interval.stop))
