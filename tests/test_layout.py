"""Geometry on its own: what is kept apart, what is kept in order, what never crosses."""

from __future__ import annotations

from itertools import accumulate, combinations, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from timeline.interval import Interval
from timeline.render.dates import Dates
from timeline.render.layout import clusters, column_breaks, lanes, spread, tracks, wrap
from timeline.render.placement import LEAST_GAP, arrange
from timeline.render.scale import fit, ticks

quiet = settings(max_examples=60, deadline=None, derandomize=True)
places = st.lists(st.floats(0, 800), min_size=1, max_size=25).map(sorted)


def measure(text: str, size: float, bold: bool) -> float:
    """Every letter is six tenths of its size wide."""
    return 0.6 * size * len(text)


def crosses(one: tuple, other: tuple) -> bool:
    """True if two upright or level segments share a point."""
    (ax, ay), (bx, by) = one
    (cx, cy), (dx, dy) = other
    return (
        max(min(ax, bx), min(cx, dx)) <= min(max(ax, bx), max(cx, dx)) + 1e-9
        and max(min(ay, by), min(cy, dy)) <= min(max(ay, by), max(cy, dy)) + 1e-9
    )


def any_crossing(paths: list[list[tuple[float, float]]]) -> bool:
    """True if two of the paths share a point."""
    return any(crosses(s, t) for p, q in combinations(paths, 2) for s in pairwise(p) for t in pairwise(q))


# -- text -----------------------------------------------------------------------------------------


@quiet
@given(st.text(alphabet="abc de\u0301f", max_size=200), st.floats(20, 200))
def test_wrapping_loses_no_letter_and_no_line_is_too_wide(text: str, width: float) -> None:
    """The lines joined are the text without its spaces, and each is as narrow as asked."""
    lines = wrap(text, width, 10, False, measure)

    assert text.replace(" ", "") == "".join(lines).replace(" ", "")
    assert all(measure(line, 10, False) <= width + 12 for line in lines)  # a mark stays with its letter


def test_an_unbreakable_word_is_broken_anywhere() -> None:
    """Eighty letters without a space fill lines of ten."""
    assert ["x" * 10] * 8 == wrap("x" * 80, 60, 10, False, measure)


# -- side by side ---------------------------------------------------------------------------------


@quiet
@given(places)
def test_spread_keeps_order_gaps_and_edges(wanted: list[float]) -> None:
    """Nothing overlaps, nothing changes places, nothing runs off."""
    found = spread(wanted, [20.0] * len(wanted), 2.0, 0.0, 820.0)

    assert found is not None
    assert all(right - left >= 22 - 1e-6 for left, right in pairwise(found))
    assert min(found) >= -1e-6
    assert max(found) + 20 <= 820 + 1e-6


@quiet
@given(places, st.data())
def test_spread_moves_things_as_little_as_can_be(wanted: list[float], data: st.DataObject) -> None:
    """No other placing that keeps order and gaps has a smaller sum of squared shifts."""
    found = spread(wanted, [20.0] * len(wanted), 2.0, 0.0, 820.0)
    shifts = data.draw(st.lists(st.floats(-5, 5), min_size=len(wanted), max_size=len(wanted)))
    assert found is not None
    other = spread([x + d for x, d in zip(found, shifts, strict=True)], [20.0] * len(wanted), 2.0, 0.0, 820.0)
    assert other is not None

    def cost(lefts: list[float]) -> float:
        return sum((a - b) ** 2 for a, b in zip(lefts, wanted, strict=True))

    assert cost(found) <= cost(other) + 1e-6


def test_spread_says_when_there_is_no_room() -> None:
    """Three hundreds do not fit into two hundred."""
    assert spread([0, 0, 0], [100, 100, 100], 0, 0, 200) is None


@quiet
@given(st.lists(st.tuples(st.floats(0, 500), st.floats(1, 300)), max_size=20))
def test_bars_in_one_lane_keep_apart(bars: list[tuple[float, float]]) -> None:
    """Two bars in a lane never come closer than the gap."""
    spans = [(start, start + length) for start, length in bars]
    found = lanes(spans, 4.0)

    for (a, lane_a), (b, lane_b) in combinations(zip(spans, found, strict=True), 2):
        assert lane_a != lane_b or a[1] + 4 <= b[0] or b[1] + 4 <= a[0]


@quiet
@given(places)
def test_merged_marks_cover_all_and_never_touch(spots: list[float]) -> None:
    """Each mark is in one run, and runs are more than a diameter apart."""
    runs = clusters(spots, 4.0)

    assert list(range(len(spots))) == [i for first, past in runs for i in range(first, past)]
    assert all(spots[b[0]] - spots[a[1] - 1] >= 8 for a, b in pairwise(runs))


def test_columns_are_filled_in_order_and_evenly() -> None:
    """Six things of one height make three columns of two."""
    assert [0, 0, 1, 1, 2, 2] == column_breaks([10.0] * 6, 3)


# -- leaders --------------------------------------------------------------------------------------


@quiet
@given(
    st.lists(st.tuples(st.floats(3.4, 60), st.floats(17, 120)), min_size=1, max_size=20), st.floats(-500, 500)
)
def test_lines_on_their_tracks_never_cross(steps: list[tuple[float, float]], shift: float) -> None:
    """Whatever the two orders look like, the turning lines share no point."""
    sources, targets, s, t = [], [], 0.0, shift
    for ds, dt in steps:
        s, t = s + ds, t + dt
        sources.append(s)
        targets.append(t)
    track = tracks(sources, targets, 4.0)
    top = max(track) + 2

    assert not any_crossing(
        [
            [(a, 0.0), (a, level + 1), (b, level + 1), (b, top)]
            for a, b, level in zip(sources, targets, track, strict=True)
        ]
    )


@pytest.mark.parametrize(
    "xs",
    [
        [400.0],
        [400.0] * 20,
        [10.0, 11.0, 12.0, 780.0],
        [20.0 * n for n in range(30)],
        [700 + 2.0 * n for n in range(12)],
    ],
    ids=["one", "twenty on one spot", "two ends", "even", "crowded end"],
)
def test_cards_keep_apart_and_leaders_cross_neither_cards_nor_each_other(xs: list[float]) -> None:
    """On either side of the band: boxes disjoint and on the page, rows in order of time, leaders free."""
    heights = [30.0 + 7 * (n % 4) for n in range(len(xs))]
    found = arrange(xs, heights, 146.0, 36.0, 828.0)

    assert found is not None
    for up in (True, False):
        side = [(p, h) for p, h in zip(found.places, heights, strict=True) if p.up == up]
        boxes = [(p.left, p.out, p.left + 146, p.out + h) for p, h in side]
        assert all(36 - 1e-6 <= left and right <= 828 + 1e-6 for left, _, right, _ in boxes)
        for a, b in combinations(boxes, 2):
            assert a[2] + LEAST_GAP <= b[0] + 1e-6 or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        for row in {p.row for p, _ in side}:
            lefts = [p.left for p, _ in side if p.row == row]
            assert sorted(lefts) == lefts
        assert not any_crossing([list(p.leader) for p, _ in side])
        for place, _ in side:
            for other, (left, near, right, far) in zip([p for p, _ in side], boxes, strict=True):
                if other is not place:
                    corners = [(left, near), (right, near), (right, far), (left, far), (left, near)]
                    assert not any_crossing([list(place.leader), corners])


def test_cards_that_cannot_fit_are_refused() -> None:
    """Two hundred leaders have no room beside each other."""
    assert arrange([400.0] * 200, [30.0] * 200, 146.0, 36.0, 828.0) is None


# -- time -----------------------------------------------------------------------------------------


def _days(*dates: str) -> list[tuple[float, float]]:
    return [(float(i.first or 0), float(i.stop or 0)) for i in map(Interval.on, dates)]


def test_a_gap_that_crowds_the_rest_is_cut_and_its_length_said() -> None:
    """A thousand years before three days in May are one break; the three days share the width."""
    scale = fit(_days("1023-05-04", "2023-05-04", "2023-05-05", "2023-05-08"), 0, 800, 8, measure)

    assert ["1,000 years"] == [cut.text for cut in scale.breaks]
    assert scale.x(Interval.on("2023-05-08").first or 0) - scale.x(Interval.on("2023-05-04").first or 0) > 100


def test_two_events_have_no_gap_to_cut() -> None:
    """Two days a thousand years apart stand at either end of an unbroken scale."""
    scale = fit(_days("1023-05-04", "2023-05-04"), 0, 800, 8, measure)

    assert () == scale.breaks


def test_evenly_spaced_days_are_not_cut() -> None:
    """A quarter between each of five events is no waste."""
    spans = _days("2023-01-01", "2023-04-01", "2023-07-01", "2023-10-01", "2024-01-01")

    assert () == fit(spans, 0, 800, 8, measure).breaks


def test_a_gap_inside_an_interval_is_not_cut() -> None:
    """A year of war covers the months in which nothing else happened."""
    spans = [*_days("2023-01-01", "2023-01-03", "2023-12-30", "2024-01-02"), (738521.0, 738886.0)]

    assert () == fit(spans, 0, 800, 8, measure).breaks


@quiet
@given(
    st.lists(st.integers(1, 9000), max_size=40),
    st.floats(80, 900),
    st.sampled_from([None, 16.0]),
)
@example([2, 1, 2, 9, 60, 400, 2500, 9000], 110.0, 16.0)
@example([7, 28, 112, 448, 1792, 7168, 28672, 114688], 450.0, None)
def test_breaks_leave_room_for_the_days(gaps: list[int], width: float, cut: float | None) -> None:
    """However many gaps could be cut, a day has a length, and all of the scale is inside."""
    starts = list(accumulate(gaps, lambda day, gap: day + gap + 1, initial=700_000))
    scale = fit([(day, day + 1.0) for day in starts], 10, 10 + width, 7.5, measure, pad=8, cut=cut)

    assert scale.stretches[0].per_day > 0
    assert (10, 10 + width) == (scale.stretches[0].left, pytest.approx(scale.stretches[-1].right))


@quiet
@given(
    st.lists(st.tuples(st.integers(1, 3_652_000), st.integers(1, 4000)), min_size=1, max_size=30),
    st.floats(80, 900),
)
def test_a_scale_keeps_order_and_names_keep_apart(spans: list[tuple[int, int]], width: float) -> None:
    """Later days are never further left, and no two names on a line touch or leave the scale."""
    days = [(float(first), float(min(first + length, 3_652_060))) for first, length in spans]
    scale = fit(days, 10, 10 + width, 7.5, measure, breaks=width > 700, pad=8)
    xs = [scale.x(first) for first, _ in sorted(days)]
    names = ticks(scale, 7.5, measure)

    assert all(a <= b + 1e-6 for a, b in pairwise(xs))
    assert all(10 - 1e-6 <= x <= 10 + width + 1e-6 for x in xs)
    for coarse in (True, False):
        row = [(t.x + 3, t.x + 3 + measure(t.text, 7.5, coarse)) for t in names if t.coarse == coarse]
        assert all(a[1] < b[0] for a, b in pairwise(row))
        assert all(right <= 10 + width + 1e-6 for _, right in row)


def test_the_year_is_said_once() -> None:
    """Eight months over a new year name each month, and each year where it begins."""
    scale = fit(_days("2023-10-07", "2024-05-20"), 0, 800, 7.5, measure)
    names = ticks(scale, 7.5, measure)

    assert ["2023", "2024"] == [t.text for t in names if t.coarse]
    assert ["Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May"] == [t.text for t in names if not t.coarse]


def test_lengths_are_said_as_people_say_them() -> None:
    """Days below a fortnight, weeks below ten, then months and years."""
    assert ["13 days", "2 weeks", "10 weeks", "23 months", "2 years"] == [
        Dates().length(n) for n in (13, 14, 69, 700, 731)
    ]


def test_a_month_that_has_little_room_is_named_short() -> None:
    """A stretch of one day before a break still says where it is."""
    days = _days("2023-10-07", "2023-12-01", "2023-12-05", "2023-12-20", "2023-12-28")
    scale = fit(days, 0, 700, 7.5, measure)
    names = ticks(scale, 7.5, measure)

    assert len(scale.breaks) == 1
    assert "Oct 2023" in [t.text for t in names if t.coarse]
