"""From a mention to its days: by its own words, from what stands around it, or by the publication date."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sentences import Read, article, read

from timeline.anchor import date_text, duration_days, resolve
from timeline.events import detect
from timeline.interval import FIRST_DAY, LAST_DAY, Grain, Interval
from timeline.language import Parsed, parse
from timeline.model import Article, EventMention, Link, Span, Status, Tense, Timex, When
from timeline.timex import tag

THURSDAY = "2024-03-28"

#: Published, the text with its marks -> for each mark the date (EDTF) and the beginning of the reason.
TABLE = {
    "today's news is told in the simple past": (
        THURSDAY,
        "The minister *resigned*.",
        [("2024-03-28~", "publication date 2024-03-28")],
    ),
    "and so is what somebody says": (
        THURSDAY,
        "The ministry *said* the road was open.",
        [("2024-03-28~", "publication date 2024-03-28")],
    ),
    "its own words come first": (
        THURSDAY,
        "The minister *resigned* on Monday.",
        [("2024-03-25", "“Monday” by <weekday>, from published 2024-03-28")],
    ),
    "the next sentence is the same scene": (
        THURSDAY,
        "Gunmen *raided* a village on Monday. They *burned* the market.",
        [("2024-03-25", "“Monday”"), ("2024-03-25", "carried over from the sentence before: “Monday”")],
    ),
    "what the same person does a little later is about then": (
        THURSDAY,
        "Lena Brandt *resigned* on March 4. It rained. The port was quiet. Brandt *moved* to Lisbon.",
        [("2024-03-04", "“March 4”"), ("2024-03-04~", "carried over from what Lena Brandt did before")],
    ),
    "a speech goes on however far back it was set": (
        THURSDAY,
        "Lena Brandt *announced* a merger on Monday. It rained. The port is old. The quay is long. "
        "The sea is cold. The harbour is full. The pier is high. It is small. Brandt *admitted* a loss.",
        [("2024-03-25", "“Monday”"), ("2024-03-25~", "carried over from what Lena Brandt did before")],
    ),
    "what somebody does between two things done on one day is about that day": (
        THURSDAY,
        "Lena Brandt *announced* a merger on Monday. It rained. The port is old. The quay is long. "
        "The sea is cold. The harbour is full. The pier is high. Brandt *said* the fleet was old. "
        "Brandt *embraced* a sailor. Brandt *announced* a loss.",
        [
            ("2024-03-25", "“Monday”"),
            ("2024-03-25~", "carried over from what Lena Brandt did before"),
            ("2024-03-25~", "between what Lena Brandt did"),
            ("2024-03-25~", "carried over from what Lena Brandt did before"),
        ],
    ),
    "a headline tells what was done at an occasion below": (
        THURSDAY,
        "Brandt *unveils* rescue boat\n\nThe port held a Monday *event*. "
        "Lena Brandt *unveiled* the rescue boat at the event.",
        [
            ("2024-03-25", "headline of what is told below"),
            ("2024-03-25", "“Monday”"),
            ("2024-03-25", "at the time of “event”"),
        ],
    ),
    "what the same person did in another year ends the scene": (
        THURSDAY,
        "Lena Brandt *resigned* on March 4. In 1998 Brandt *bought* a shipyard. The town is small. "
        "The sea is grey. The pier is high. Brandt *moved* to Lisbon.",
        [("2024-03-04", "“March 4”"), ("1998", "“1998”"), ("XXXX-XX-XX", "")],
    ),
    "what was said with a deed was said then": (
        THURSDAY,
        "Lena Brandt *resigned* on Monday. Brandt *dismissed* the claims, *saying* they were old.",
        [("2024-03-25", "“Monday”"), ("2024-03-25", "carried over"), ("2024-03-25", "at the time of")],
    ),
    "an active and a passive verb go together": (
        THURSDAY,
        "In 1985 he was *fired* and he *founded* a rival firm.",
        [("1985", "“1985”"), ("1985", "“1985”")],
    ),
    "what is slated for a day takes place then": (
        THURSDAY,
        "The film is slated for *release* on May 4.",
        [("2024-05-04", "“May 4”")],
    ),
    "that conference is the one told of above": (
        THURSDAY,
        "Lena Brandt spoke at a *conference* on Monday. The hall was full. The food was good. At the "
        "*conference*, a rival firm *demonstrated* a pump.",
        [
            ("2024-03-25", "“Monday”"),
            ("2024-03-25", "the “conference” told of above"),
            ("2024-03-25", "at the"),
        ],
    ),
    "so is that one, whatever its name, where the verb stands before it": (
        THURSDAY,
        "Brandt spoke at a trade *event* on Monday. Brandt *unveiled* the pump at the Oldport *event*.",
        [
            ("2024-03-25", "“Monday”"),
            ("2024-03-25", "at the time of “event”: the “event” told of above"),
            ("2024-03-25", "the “event” told of above"),
        ],
    ),
    "a conference of this year was on the day of what took place there": (
        THURSDAY,
        "At this year's *conference*, the firm *unveiled* a pump on Monday.",
        [("2024-03-25", "at the time of what took place there"), ("2024-03-25", "“Monday”")],
    ),
    "the announcement is what was announced before": (
        THURSDAY,
        "The firm *announced* a merger on Monday. The *announcement* came as a surprise.",
        [("2024-03-25", "“Monday”"), ("2024-03-25", "the “announced” told of above")],
    ),
    "what was recently announced is no news": (
        THURSDAY,
        "The firm recently *announced* a merger.",
        [("XXXX-XX-XX", "")],
    ),
    "what was over two weeks ago was not three weeks ago": (
        THURSDAY,
        "The firm *unveiled* the pump over two weeks ago.",
        [("[2024-03-07..2024-03-14]", "“over two weeks ago”")],
    ),
    "a plan is not part of the scene": (
        THURSDAY,
        "Gunmen *raided* a village on Monday. They plan to *burn* the market.",
        [("2024-03-25", "“Monday”"), ("XXXX-XX-XX", "")],
    ),
    "a headline tells what the lead tells": (
        THURSDAY,
        "Rebels *seize* airport\n\nRebels *seized* the airport on Sunday, the army said.",
        [("2024-03-24", "headline of what is told below"), ("2024-03-24", "“Sunday”")],
    ),
    "a headline of nothing below is today's": (
        THURSDAY,
        "Rebels *release* hostages\n\nThe town was calm.",
        [("2024-03-28~", "publication date 2024-03-28")],
    ),
    "a participle takes place with its verb": (
        THURSDAY,
        "A train *derailed* on Monday, *injuring* dozens.",
        [
            ("2024-03-25", "“Monday”"),
            ("2024-03-25", "“Monday” by <weekday>, from published 2024-03-28, through"),
        ],
    ),
    "nothing is guessed for a plan": (
        THURSDAY,
        "The company plans to *open* a factory.",
        [("XXXX-XX-XX", "")],
    ),
    "nor for what happens again and again": (
        THURSDAY,
        "The police have repeatedly *raided* the club.",
        [("XXXX-XX-XX", "")],
    ),
    "nor for what is denied": (
        THURSDAY,
        "The army did not *attack* the hospital.",
        [("XXXX-XX-XX", "")],
    ),
    "far down, only what is said is today's": (
        THURSDAY,
        "It was wet. " * 5 + "The mayor *resigned*. The mayor *said* he was tired.",
        [("XXXX-XX-XX", ""), ("2024-03-28~", "publication date")],
    ),
    "a truce that began is counted on": (
        "2023-11-28",
        "A two-week *truce* began on 24 November.",
        [("2023-11-24/2023-12-08", "began: “24 November”")],
    ),
    "a truce that ended is counted back": (
        "2023-12-20",
        "A *truce* of seven days ended on December 1.",
        [("2023-11-24/2023-12-01", "ended: “December 1”")],
    ),
    "months are thirty days": (
        THURSDAY,
        "A three-month *siege* ended on March 1.",
        [("2023-12-02/2024-03-01", "ended: “March 1”")],
    ),
    "a vague end leaves the hull": (
        THURSDAY,
        "The *strike* ended last week after ten days.",
        [("[2024-03-08..2024-03-24]", "ended: “last week”")],
    ),
    "after a day, and not later than the article": (
        THURSDAY,
        "The plant *reopened* after March 20.",
        [("[2024-03-21..2024-03-28]", "after: “March 20”")],
    ),
    "before a day": (THURSDAY, "The plant was *closed* before March 20.", [("[..2024-03-19]", "before")]),
    "by a day, and not before the article": (
        THURSDAY,
        "The company must *publish* its report by May 15.",
        [("[2024-03-28..2024-05-15]", "by: “May 15”")],
    ),
    "since a day, up to the article": (
        THURSDAY,
        "The two sides have *fought* since Sunday.",
        [("2024-03-24/2024-03-28", "since: “Sunday”")],
    ),
    "without a publication date, words alone give no day": (
        "",
        "The minister *resigned* on Monday. The mayor *fled*.",
        [("XXXX-XX-XX", "“Monday”"), ("XXXX-XX-XX", "")],
    ),
    "but a whole date does": (
        "",
        "The minister *resigned* on March 4, 2022.",
        [("2022-03-04", "“March 4, 2022”")],
    ),
    "from an inferred week, Monday is as wide": (
        "2024-03-26/2024-03-30",
        "The minister *resigned* on March 4. The mayor *fled* two days ago.",
        [("2024-03-04", "“March 4”"), ("[2024-03-24..2024-03-28]", "“two days ago”")],
    ),
    "and is no day to date news by": (
        "2024-03-26/2024-03-30",
        "The minister *resigned*.",
        [("XXXX-XX-XX", "")],
    ),
}


@pytest.fixture(scope="module")
def table() -> dict[str, Read]:
    """Every text of the table, read in one go."""
    return dict(zip(TABLE, read([(day, text) for day, text, _ in TABLE.values()]), strict=True))


@pytest.mark.parametrize("fact", TABLE)
def test_when_it_took_place_and_why(fact: str, table: dict[str, Read]) -> None:
    """The days of each event of the table, and the words of the reason."""
    expected = TABLE[fact][2]
    found = [(mention.when.edtf, mention.when.rule) for mention in table[fact].at_marks]

    assert [date for date, _ in expected] == [date for date, _ in found]
    assert all(rule.startswith(start) for (_, start), (_, rule) in zip(expected, found, strict=True)), found


@pytest.mark.parametrize("fact", TABLE)
def test_an_unknown_date_is_empty(fact: str, table: dict[str, Read]) -> None:
    """What has no days has no grain, fills nothing and is not "about" anything."""
    for mention in table[fact].mentions:
        if mention.when.interval is None:
            assert replace(When(), rule=mention.when.rule) == mention.when


@pytest.mark.parametrize(
    ("days", "value"),
    [
        (7, "P7D"),
        (14, "P2W"),
        (90, "P3M"),
        (730, "P2Y"),
        (None, "PT3H"),
        (None, "PXD"),
        (None, "P1Y6M"),
        (None, "P0.5Y"),
        (None, "P99999D"),
        (None, "2024-03-28"),
        (None, "7D"),
        (None, ""),
    ],
)
def test_whole_durations_are_counted_in_days(days: int | None, value: str) -> None:
    """Days, weeks, months of 30 and years of 365 days; hours and vague ones are not counted."""
    assert days == duration_days(_timex(value=value, type="DURATION"))


def test_no_duration_has_no_days() -> None:
    """What has no duration has no length."""
    assert duration_days(None) is None


DAY = Grain.DAY


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("7 October 2023", When(Interval.on("2023-10-07"), DAY)),
        ("about 7 October 2023", When(Interval.on("2023-10-07"), DAY, approximate=True)),
        ("March 2024", When(Interval.of(2024, 3), Grain.MONTH)),
        ("about 1998", When(Interval.of(1998), Grain.YEAR, approximate=True)),
        ("1 to 10 December 2023", When(Interval.between("2023-12-01", "2023-12-10"), fills=True)),
        ("between 1 and 10 December 2023", When(Interval.between("2023-12-01", "2023-12-10"))),
        ("24 November to 1 December 2023", When(Interval.between("2023-11-24", "2023-12-01"), fills=True)),
        (
            "between 30 December 2023 and 2 January 2024",
            When(Interval.between("2023-12-30", "2024-01-02")),
        ),
        ("since 18 March 2024", When(Interval.between("2024-03-18", None), DAY, fills=True)),
        ("until 30 June 2024", When(Interval.between(None, "2024-06-30"), DAY, fills=True)),
        ("15 March 44", When(Interval.on("0044-03-15"), DAY)),
        ("date unknown", When(Interval.between(None, None))),
        ("date unknown", When()),
    ],
)
def test_a_date_is_written_as_a_reader_would(text: str, when: When) -> None:
    """A day, a month, a year, a stretch, an open end: never finer than it is known."""
    assert text == date_text(when)


@pytest.mark.parametrize(
    ("expected", "status"),
    [
        (Status.PLANNED, Status.OCCURRED),
        (Status.PLANNED, Status.ONGOING),
        (Status.PLANNED, Status.POSSIBLE),
        (Status.PLANNED, Status.PLANNED),
        (Status.THREATENED, Status.THREATENED),
        (Status.CANCELLED, Status.CANCELLED),
        (Status.DENIED, Status.DENIED),
    ],
)
def test_what_lies_ahead_has_not_happened(expected: Status, status: Status) -> None:
    """An event dated after the publication is planned at most; a threat or a denial stays one."""
    ahead = _mention(status=status, timex=_timex(Interval.on("2024-04-08")), tense=Tense.PRESENT)
    [resolved] = resolve([ahead], article("", THURSDAY))

    assert expected is resolved.status


def test_what_is_told_during_something_to_come_has_not_happened() -> None:
    """A date taken from another mention is held against the publication too."""
    truce = replace(
        _mention(start=9, role="over", timex=_timex(Interval.between("2024-04-08", "2024-04-10"))),
        nominal=True,
        status=Status.PLANNED,
    )
    freed = replace(_mention(tense=Tense.PRESENT), links=(Link("during", truce.key, truce.quote),))
    resolved = resolve([freed, truce], article("", THURSDAY))

    assert Interval.between("2024-04-08", "2024-04-10") == resolved[0].when.interval
    assert Status.PLANNED is resolved[0].status


def test_a_past_that_lies_ahead_is_unknown() -> None:
    """A clause that tells the past cannot be dated to a day after its article; the reason says so."""
    told = _mention(timex=_timex(Interval.on("2024-04-08")), tense=Tense.PAST)
    [resolved] = resolve([told], article("", THURSDAY))

    assert resolved.when.interval is None
    assert "later than the article" in resolved.when.rule
    assert Status.OCCURRED is resolved.status


def test_resolving_changes_only_when_and_status() -> None:
    """Everything else about a mention stays, and so do their number and order."""
    mentions = [_mention(start=n, timex=_timex(Interval.on("2024-03-25"))) for n in (0, 10, 20)]
    resolved = resolve(mentions, article("", THURSDAY))

    assert mentions == [replace(m, when=When(), status=Status.OCCURRED) for m in resolved]
    assert () == resolve([], article("", THURSDAY))


ROLES = ("at", "since", "until", "by", "before", "after", "began", "ended")


@given(
    role=st.sampled_from(ROLES),
    status=st.sampled_from(Status),
    first=st.integers(FIRST_DAY, LAST_DAY),
    length=st.sampled_from([1, 7, 31, 366, 36_525]),
    duration=st.sampled_from(["", "P7D", "P3M", "P9999Y"]),
    published=st.none() | st.integers(FIRST_DAY, LAST_DAY),
)
@example("after", Status.OCCURRED, LAST_DAY, 1, "", None)
@example("after", Status.PLANNED, LAST_DAY, 1, "", LAST_DAY)
@example("before", Status.OCCURRED, FIRST_DAY, 1, "", FIRST_DAY)
@example("ended", Status.OCCURRED, FIRST_DAY, 1, "P7D", FIRST_DAY)
@example("began", Status.OCCURRED, LAST_DAY, 1, "P9999Y", LAST_DAY)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_every_role_keeps_to_the_calendar(
    role: str, status: Status, first: int, length: int, duration: str, published: int | None
) -> None:
    """No role of a time expression, on no day of the calendar, leads outside it or to an error."""
    days = Interval(first, min(first + length, LAST_DAY + 1))
    lasted = _timex(value=duration, type="DURATION") if duration else None
    told = _mention(status=status, role=role, timex=_timex(days), duration=lasted)
    day = "" if published is None else str(Interval(published, published + 1).start)
    [resolved] = resolve([told], article("", day))

    assert resolved.when.rule
    assert date_text(resolved.when)


#: Every way to say when; resolved from whatever day.
WORDS = " ".join(
    """
    The minister resigned. He left on Monday. Next Tuesday the council meets, as it did last year.
    On February 29, the army shelled the town. It has fought since 2011 and will fight until next summer.
    A seven-day truce that ended Dec. 1 was the third since the 1990s. A two-week truce begins tomorrow.
    Last week, two days after the vote, rebels seized the port. Three months ago they had freed it.
    By next month the bridge will be closed; a decade ago it opened. Before Sunday, rebels attacked.
    After Friday, they withdrew. In early March the mayor died. The war began at the end of the century.
    The fort burned some 500 years ago. The trial begins in two weeks. In the winter of 1944, two men
    escaped. Voters go to the polls this weekend. On the night of 31 December a storm struck. In the
    coming decades, seas will rise. After December 31, the army left. The king died before January 1.
    """.split()
)


@cache
def words() -> Parsed:
    """The words, parsed once: the parse does not depend on the day."""
    [parsed] = parse(
        [article(WORDS)], times=lambda text: [(t.span.start, t.span.end) for t in tag(text, None)]
    )
    return parsed


@given(day=st.integers(FIRST_DAY, LAST_DAY), width=st.sampled_from([1, 1, 5, 400]))
@example(day=FIRST_DAY, width=1)
@example(day=LAST_DAY, width=1)
@example(day=LAST_DAY - 30, width=1)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_publication_day_will_do(day: int, width: int) -> None:
    """From the first day of the calendar to the last, every mention is resolved or honestly unknown."""
    published = Interval(day, min(day + width, LAST_DAY + 1))
    dated = _published(words().article, published)
    timexes = tag(WORDS, published, tense=words().tense_at)
    mentions = detect(replace(words(), article=dated), timexes)
    resolved = resolve(mentions, dated)

    assert len(mentions) == len(resolved) > 10
    assert all(date_text(mention.when) for mention in resolved)
    assert all(mention.when.rule for mention in resolved if mention.when.interval)


def test_an_unknown_publication_day_will_do() -> None:
    """Without a publication date, only whole dates and what is counted from them resolve."""
    timexes = tag(WORDS, None, tense=words().tense_at)
    resolved = resolve(detect(words(), timexes), words().article)

    assert [] == [m.when for m in resolved if m.when.rule.startswith("publication")]
    assert 0 < sum(m.when.interval is None for m in resolved)


def _published(told: Article, published: Interval) -> Article:
    return replace(told, published=replace(told.published, interval=published))


def _timex(interval: Interval | None = None, *, type: str = "DATE", value: str = "XXXX-XX-XX") -> Timex:
    return Timex(Span(0, 3, "day"), type, value, interval, Grain.DAY if interval else None, rule="<day>")


def _mention(
    *,
    start: int = 0,
    status: Status = Status.OCCURRED,
    role: str = "at",
    timex: Timex | None = None,
    duration: Timex | None = None,
    tense: Tense = Tense.PAST,
) -> EventMention:
    trigger = Span(start, start + 4, "fell")
    return EventMention(
        article="a",
        quote=trigger,
        trigger=trigger,
        lemma="fall",
        kind="fall",
        title="Fell",
        status=status,
        role=role,
        timex=timex,
        duration=duration,
        tense=tense,
        position=start,
    )
