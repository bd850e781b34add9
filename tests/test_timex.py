"""Time expressions seen from an anchor: direction, unknown and inferred dates, edges of the calendar."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.interval import Grain, Interval
from timeline.model import Tense, Timex
from timeline.timex import holidays, tag
from timeline.timex.units import Period, Unit, add_months

TUESDAY = Interval.on("2024-03-26")


def only(text: str, published: Interval | None = TUESDAY, tense: Tense | None = None) -> Timex:
    """The one time expression of a text."""
    found = tag(text, published, tense=(lambda start, end: tense) if tense else None)
    assert len(found) == 1, [t.span.text for t in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The court ruled Monday.", "2024-03-25"),
        ("The court ruled Tuesday.", "2024-03-26"),
        ("The court ruled Wednesday.", "2024-03-20"),
        ("The court will rule Wednesday.", "2024-03-27"),
        ("The order takes effect as early as Saturday.", "2024-03-30"),
        ("A verdict is expected by Friday.", "2024-03-29"),
        ("Nobody has been seen since Friday.", "2024-03-22"),
        ("The hearing was postponed until Friday.", "2024-03-29"),
        ("Talks are scheduled for Thursday.", "2024-03-28"),
        ("Mediators left after the order issued Thursday.", "2024-03-21"),
        ("The trial begins Monday.", "2024-04-01"),
    ],
)
def test_a_weekday_looks_where_its_clause_looks(text: str, day: str) -> None:
    """Backwards with the day of publication included, ahead where a word or a verb says so."""
    assert Interval.on(day) == only(text).interval


@pytest.mark.parametrize(
    ("tense", "day"),
    [(Tense.PAST, "2024-03-22"), (Tense.FUTURE, "2024-03-29"), (Tense.PRESENT, "2024-03-22")],
)
def test_the_tense_of_the_clause_decides_where_no_word_does(tense: Tense, day: str) -> None:
    """The language layer's tense is used if it is given."""
    assert Interval.on(day) == only("Delegates gather on Friday.", tense=tense).interval


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("Since October 7 the border is shut.", "2024-03-26", "2023-10-07"),
        ("Hamas's October 7 attack", "2023-12-01", "2023-10-07"),
        ("the Oct. 7 attack", "2023-11-01", "2023-10-07"),
        ("The pact takes effect Jan. 2.", "2023-12-20", "2024-01-02"),
        ("It will be Feb. 29.", "2023-03-01", "2024-02-29"),
    ],
)
def test_a_date_without_a_year_is_the_nearest(text: str, published: str, day: str) -> None:
    """Nearest to the publication date, and a day that exists."""
    assert Interval.on(day) == only(text, Interval.on(published)).interval


@pytest.mark.parametrize(
    ("text", "value", "start", "end", "mod", "grain"),
    [
        ("It opens in early December 2023.", "2023-12", "2023-12-01", "2023-12-10", "START", Grain.MONTH),
        ("It opened in mid-March.", "2024-03", "2024-03-11", "2024-03-20", "MID", Grain.MONTH),
        ("It fell in late 1990.", "1990", "1990-09-01", "1990-12-31", "END", Grain.YEAR),
        ("He quit earlier this month.", "2024-03", "2024-03-01", "2024-03-26", "START", Grain.MONTH),
        ("It closes later this year.", "2024", "2024-03-26", "2024-12-31", "END", Grain.YEAR),
        ("He quit last week.", "2024-W12", "2024-03-18", "2024-03-24", "", Grain.WEEK),
        ("He was shot late Monday.", "2024-03-25", "2024-03-25", "2024-03-25", "END", Grain.DAY),
        (
            "Exports rose in the third quarter of 2019.",
            "2019-Q3",
            "2019-07-01",
            "2019-09-30",
            "",
            Grain.QUARTER,
        ),
        ("It closed last winter.", "2023-WI", "2023-12-01", "2024-02-29", "", Grain.SEASON),
        ("It was built in the 1980s.", "198", "1980-01-01", "1989-12-31", "", Grain.DECADE),
        ("It was built in the 20th century.", "19", "1900-01-01", "1999-12-31", "", Grain.CENTURY),
        ("In the past three days homes burned.", "P3D", "2024-03-23", "2024-03-26", "", Grain.DAY),
        ("the 2013-14 season", "2013/2014", "2013-01-01", "2014-12-31", "", Grain.YEAR),
    ],
)
def test_what_is_half_known_stays_half_known(
    text: str, value: str, start: str, end: str, mod: str, grain: Grain
) -> None:
    """The value names the whole period; the interval and the modifier say which part of it is meant."""
    timex = only(text)

    assert (value, Interval.between(start, end), mod, grain) == (
        timex.value,
        timex.interval,
        timex.mod,
        timex.grain,
    )


@pytest.mark.parametrize(
    ("text", "value", "start", "end"),
    [
        ("It was week 53 of 2020.", "2020-W53", "2020-12-28", "2021-01-03"),
        ("It was Feb. 29, 2000.", "2000-02-29", "2000-02-29", "2000-02-29"),
        ("It was the year 1066.", "1066", "1066-01-01", "1066-12-31"),
        ("It was A.D. 79.", "0079", "0079-01-01", "0079-12-31"),
        ("It was in the 5th century.", "04", "0400-01-01", "0499-12-31"),
        ("It was Dec. 31, 2999.", "2999-12-31", "2999-12-31", "2999-12-31"),
        ("It fell in the first week of 2021.", "2021-W01", "2021-01-04", "2021-01-10"),
        ("It fell in the last week of 2020.", "2020-W53", "2020-12-28", "2021-01-03"),
        ("It is the quarter ended Feb. 29.", "2024-Q1", "2023-12-01", "2024-02-29"),
        ("It is the winter of 2023-24.", "2023-WI", "2023-12-01", "2024-02-29"),
    ],
)
def test_the_edges_of_the_calendar_hold(text: str, value: str, start: str, end: str) -> None:
    """Leap days, week 53, old and far years, periods that begin in one year and end in the next."""
    timex = tag(text, TUESDAY)[0]

    assert (value, Interval.between(start, end)) == (timex.value, timex.interval)


@pytest.mark.parametrize("text", ["in 44 BC", "in 500 B.C.E.", "in the fifth century BC", "week 53 of 2021"])
def test_what_has_no_days_on_our_calendar_is_recognised_without_any(text: str) -> None:
    """Years before the first one, and a week that its year does not have."""
    timex = only(f"It was {text}.")

    assert (None, None) == (timex.interval, timex.grain)


@pytest.mark.parametrize(
    "text",
    [
        "Feb. 29, 2023",
        "February 30",
        "30 February",
        "April 31, 2024",
        "the 31st of June",
        "2023-02-29",
        "31/11/2023",
    ],
)
def test_a_day_that_no_calendar_has_is_no_date(text: str) -> None:
    """Neither the day nor the month or year beside it."""
    assert () == tag(f"It was {text}, they say.", TUESDAY)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It fell on March 22.", "2024-03-22"),
        ("It fell in March.", "2024-03"),
        ("It fell in early March.", "2024-03-01/2024-03-10"),
        ("It fell in 2023.", "2023"),
        ("It fell about two years ago.", "2022~"),
        ("It fell in the third quarter of 2023.", "2023-35"),
        ("It fell in the first half of 2023.", "2023-40"),
        ("It fell last summer.", "2023-22"),
        ("It fell last week.", "2024-03-18/2024-03-24"),
        ("It fell in the 1980s.", "198X"),
        ("It fell in the 19th century.", "18XX"),
        ("It fell in 44 BC.", "-0043"),
        ("It fell in the past three days.", "2024-03-23/2024-03-26"),
        ("It fell Monday night.", "2024-03-25"),
        ("It falls soon.", ""),
        ("It fell for three days.", ""),
    ],
)
def test_edtf_stands_beside_timex3(text: str, edtf: str) -> None:
    """ISO 8601-2 for the same expression, as far as it is known and no farther."""
    assert edtf == only(text).edtf


def test_edtf_keeps_open_what_the_publication_date_would_say() -> None:
    """Unknown figures are X."""
    assert "XXXX-10-07" == only("It fell on October 7.", None).edtf


def test_a_truce_and_its_end_are_two_expressions() -> None:
    """A length used as an adjective names no days; the date beside it does."""
    found = tag("a seven-day armistice which expired Dec. 1", TUESDAY)

    assert [
        ("seven-day", "DURATION", "P7D", None),
        ("Dec. 1", "DATE", "2023-12-01", Interval.on("2023-12-01")),
    ] == [(t.span.text, t.type, t.value, t.interval) for t in found]


def test_a_month_and_the_length_of_what_happened_in_it_are_two_expressions() -> None:
    """A possessive ends an expression."""
    assert ["November", "weeklong"] == [t.span.text for t in tag("In November's weeklong truce", TUESDAY)]


NOT_TIMES = (
    "The home side won 2-1 after extra time.",
    "Shares rose 59% to $19.95.",
    "It may rain, and they march on.",
    "She came second in the vote.",
    "See section 4 of part 2.",
    "Flight 1972 was cancelled.",
    "He is No. 7 on the list.",
    "The shop is open 24/7.",
    "The 45-year-old driver, aged 45, was unhurt.",
    "Two thousand people fled to the fall line.",
    "Call +1 206 555 1988 or see page 2010.",
    "The code is ABC-12345-A1B2C3.",
    "Feb. 30 is no date, nor is 2023-02-29, nor 31/31/2023.",
    "Three-quarters of the grain is lost.",
    "A second man fled the summer-house.",
    "April Jones met Mr. May.",
)


@pytest.mark.parametrize("text", NOT_TIMES)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    """Scores, prices, codes, ages and the ordinary words that look like months."""
    assert () == tag(text, TUESDAY)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He died Monday.", "XXXX-WXX-1"),
        ("He died on October 7.", "XXXX-10-07"),
        ("He died in November.", "XXXX-11"),
        ("He died yesterday.", "XXXX-XX-XX"),
        ("He died last week.", "XXXX-WXX"),
        ("He died two years ago.", "XXXX"),
        ("He died on Christmas.", "XXXX-12-25"),
    ],
)
def test_without_a_publication_date_relative_times_stay_open(text: str, value: str) -> None:
    """Unknown is a value, never a guess; nothing takes the day it runs on for the day of publication."""
    timex = only(text, None)

    assert (value, None, None) == (timex.value, timex.interval, timex.grain)
    assert timex.anchor == "publication date unknown"


def test_without_a_publication_date_full_dates_resolve() -> None:
    """What the text says in full needs no anchor."""
    assert Interval.on("2023-12-01") == only("It ended on December 1, 2023.", None).interval


def test_an_inferred_publication_date_widens_what_is_counted_from_it() -> None:
    """All days that some day of publication would give are in the interval; the value keeps what is sure."""
    inferred = Interval.between("2024-03-25", "2024-03-27")
    timex = only("He resigned yesterday.", inferred)

    assert Interval.between("2024-03-24", "2024-03-26") == timex.interval
    assert timex.value == "2024-03-2X"
    assert timex.anchor == "published 2024-03-25 to 2024-03-27"


def test_an_open_publication_date_resolves_nothing() -> None:
    """A date known only from below is no anchor."""
    assert only("He resigned yesterday.", Interval.between("2024-03-25", None)).interval is None


def test_offsets_count_in_the_text_and_the_body_limits_the_search() -> None:
    """Front matter before the body is not searched, and offsets still count from the start of the text."""
    text = "date: 2020-01-01\n---\nHe fled Monday."
    found = tag(text, TUESDAY, body=(21, len(text)))

    assert [(29, 35, "Monday")] == [(t.span.start, t.span.end, t.span.text) for t in found]


def test_every_expression_says_why() -> None:
    """The rule in the words it matches, and what it was counted from."""
    fled, died = tag("He fled on March 20 and died two days later.", TUESDAY)

    assert ("<month> <day>, <year>", "published 2024-03-26") == (fled.rule, fled.anchor)
    assert ("<span> earlier", "2024-03-20") == (died.rule, died.anchor)


@pytest.mark.parametrize(
    ("key", "year", "day"),
    [
        ("easter", 2024, "2024-03-31"),
        ("orthodox easter", 2024, "2024-05-05"),
        ("thanksgiving", 2023, "2023-11-23"),
        ("memorial day", 2024, "2024-05-27"),
        ("election day", 2022, "2022-11-08"),
        ("passover", 2024, "2024-04-23"),
        ("rosh hashanah", 2023, "2023-09-16"),
        ("yom kippur", 2023, "2023-09-25"),
        ("hanukkah", 2023, "2023-12-08"),
        ("purim", 2024, "2024-03-24"),
        ("ramadan", 2022, "2022-04-02"),
        ("ramadan", 2024, "2024-03-11"),
        ("eid al-fitr", 2024, "2024-04-10"),
        ("eid al-fitr", 2023, "2023-04-21"),
        ("eid al-adha", 2022, "2022-07-09"),
        ("lunar new year", 1966, "1966-01-21"),
        ("lunar new year", 1985, "1985-02-20"),
        ("lunar new year", 2024, "2024-02-10"),
        ("lunar new year", 2034, "2034-02-19"),
        ("lunar new year", 2033, "2033-01-31"),
    ],
)
def test_feasts_fall_where_the_calendars_say(key: str, year: int, day: str) -> None:
    """Known days of movable feasts; the Islamic ones by that of Umm al-Qura."""
    assert day in [dt.date.fromordinal(first).isoformat() for first, _ in holidays.days_of(key, year)]


def test_every_feast_of_the_lexicon_can_be_dated() -> None:
    """No key in the lexicon is without a finder, in any year and without one."""
    for key in holidays.names():
        for year in (1, 1583, 1999, 2024, 9998, 9999):
            holidays.days_of(key, year)
        assert holidays.undated(key).startswith("XXXX-")


RELATIVE = (
    "on Monday, last week, next year, two months ago, three decades from now, this quarter, last summer, "
    "the next century, October 7, May, Feb. 29, late Friday, the third Thursday of November, Ramadan, "
    "Easter, the past 400 years, a fortnight ago, Friday the 13th, earlier this month, in its sixth month, "
    "2,000 years ago, ten thousand years from now, the day before yesterday, the weekend, last Christmas"
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)))
def test_no_anchor_of_the_calendar_breaks_a_rule(day: dt.date) -> None:
    """Every anchor gives the same spans; what leaves the years 1 to 9999 stays unresolved."""
    found = tag(RELATIVE, Interval.on(day))

    assert [t.span for t in tag(RELATIVE, TUESDAY)] == [t.span for t in found]
    for timex in found:
        assert RELATIVE[timex.span.start : timex.span.end] == timex.span.text
        assert (timex.grain is None) == (timex.interval is None)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.dates(dt.date(2, 1, 1), dt.date(9998, 12, 31)), st.sampled_from(["yesterday", "tomorrow", "last week"])
)
def test_arithmetic_does_not_drift(day: dt.date, words: str) -> None:
    """A shift by one unit is one unit everywhere: at month ends, in leap years, at the turn of the year."""
    interval = only(f"He left {words}.", Interval.on(day)).interval
    monday = day - dt.timedelta(days=day.weekday() + 7)
    expected = {
        "yesterday": Interval.on(day - dt.timedelta(days=1)),
        "tomorrow": Interval.on(day + dt.timedelta(days=1)),
        "last week": Interval.between(monday, monday + dt.timedelta(days=6)),
    }

    assert expected[words] == interval


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.sampled_from([u for u in Unit if u.months or u in (Unit.DAY, Unit.WEEK)]), st.integers(400, 3_000_000)
)
def test_periods_tile_the_calendar(unit: Unit, day: int) -> None:
    """A day lies in the period around it, and the next period begins the day after it ends."""
    period = Period.around(unit, day)
    this, following = period.interval, period.shift(1).interval

    assert this is not None
    assert following is not None
    assert this.first is not None
    assert this.first <= day < (this.stop or 0)
    assert this.stop == following.first


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.dates(dt.date(1000, 1, 1), dt.date(3000, 1, 1)), st.integers(-5000, 5000))
def test_months_keep_the_day_if_they_have_it(day: dt.date, months: int) -> None:
    """The 31st becomes the last day of a shorter month."""
    moved = add_months(day.toordinal(), months)

    assert moved is not None
    assert dt.date.fromordinal(moved).day <= day.day


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            (
                "the a last next of May March 7 1989 second fall week weeks ago early - / : . , ' ’ Monday "
                "10 am 22nd year-end '80s Q3 every day two hundred and half from to between $ % "
                "\n\n 2024-03-25 noon 24/7 99999999999"
            ).split(" ")
        ),
        max_size=14,
    )
)
def test_any_row_of_words_is_read_without_error(words: list[str]) -> None:
    """Hostile or broken text gives expressions in order that do not overlap, never an exception."""
    text = " ".join(words)
    found = tag(text, TUESDAY)

    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert all(text[t.span.start : t.span.end] == t.span.text for t in found)


@pytest.mark.parametrize(
    "piece", ["1,234", "9", "a ", "two hundred and ", "May ", "- ", "1-", "every ", "\n", "'"]
)
def test_a_line_of_any_length_is_read(piece: str) -> None:
    """Long runs of one piece, the classic way to make a pattern slow, are read like any other text."""
    tag(piece * 20_000, TUESDAY)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The blast came half an hour ago.", "2024-03-26T13:35"),
        ("The blast came 20 hours ago.", "2024-03-25T18:05"),
        ("The blast came two days ago.", "2024-03-24"),
    ],
)
def test_hours_ago_are_counted_from_the_time_of_publication(text: str, value: str) -> None:
    """A known time of publication gives the minute, and the day before where midnight lies between."""
    found = tag(text, Interval.on("2024-03-26"), clock=dt.time(14, 5))

    assert [value] == [timex.value for timex in found]


@pytest.mark.parametrize(
    ("key", "year", "day"),
    [
        ("diwali", 2023, "2023-11-12"),
        ("diwali", 2017, "2017-10-19"),
        ("nowruz", 2024, "2024-03-20"),
        ("nowruz", 2025, "2025-03-21"),
        ("dragon boat festival", 2020, "2020-06-25"),
        ("mid-autumn festival", 2025, "2025-10-06"),
        ("lunar new year", 2023, "2023-01-22"),
    ],
)
def test_feasts_of_moon_and_sun_fall_on_the_days_of_the_almanac(key: str, year: int, day: str) -> None:
    """Checked against published almanacs."""

    assert day == dt.date.fromordinal(holidays.days_of(key, year)[0][0]).isoformat()


def test_a_bare_time_of_day_is_of_the_day_named_shortly_before() -> None:
    """Further down it is of the day that the text is of."""
    near = tag("The dam broke on May 7. Sirens were heard at 8 a.m.", Interval.on("2024-05-20"))
    far = tag(
        "The dam broke on May 7. " + "It rained. " * 60 + "Sirens were heard at 8 a.m.",
        Interval.on("2024-05-20"),
    )

    assert "2024-05-07T08" == near[-1].value[:13]
    assert "2024-05-20T08" == far[-1].value[:13]
