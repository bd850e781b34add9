"""When a mention took place by its own words: its time expression, its role, its duration."""

from __future__ import annotations

import re
from typing import Final

from timeline.interval import LAST_DAY, Grain, Interval
from timeline.model import EventMention, Status, Tense, Timex, When

_UNREAL: Final = (Status.POSSIBLE, Status.DENIED, Status.THREATENED, Status.PLANNED, Status.CANCELLED)
_DAYS_IN: Final = {"D": 1, "W": 7, "M": 30, "Y": 365}


def own(mention: EventMention, published: Interval | None) -> When:
    """When, by the mention's own words; unknown if they place a told fact after its article."""
    when = _when(mention, published)
    if _contradicts(mention, when, published):
        return When(rule=f"unknown: {when.rule} is later than the article, but it is told in the past")
    return when


def _contradicts(mention: EventMention, when: When, published: Interval | None) -> bool:
    """True for a day after the publication in a clause that tells the past as a fact."""
    if mention.status is not Status.OCCURRED or mention.tense is not Tense.PAST or mention.nominal:
        return False
    return when.interval is not None and published is not None and is_later(when.interval, published)


def _when(mention: EventMention, published: Interval | None) -> When:
    """When, by the mention's own time expression and duration."""
    timex = mention.timex
    if timex is None or timex.interval is None:
        return When(rule=_why(timex) if timex else "")
    interval, days = timex.interval, duration_days(mention.duration)
    rule = _why(timex)
    if mention.inherited:
        rule += f", through “{mention.inherited}”"
    approximate = timex.mod == "APPROX"
    if mention.role in {"began", "ended"} and days:
        return _bounded(mention, interval, days, rule)
    if mention.role == "since" and mention.status not in _UNREAL:
        end = (
            published.stop
            if published and published.stop and published.stop > (interval.first or 0)
            else None
        )
        return When(Interval(interval.first, end), Grain.DAY, fills=True, rule=f"since: {rule}")
    if mention.role == "over":
        return When(interval, Grain.DAY, fills=True, rule=rule)
    if mention.role == "until":
        return When(Interval(None, interval.stop), timex.grain, fills=True, rule=f"until: {rule}")
    if mention.role == "by":
        start = published.first if published and published.first and is_later(interval, published) else None
        return When(Interval(start, interval.stop), timex.grain, rule=f"by: {rule}")
    if mention.role == "before" and interval.first is not None and interval.first > 1:
        return When(Interval(None, interval.first), timex.grain, rule=f"before: {rule}")
    if mention.role == "after" and interval.stop is not None and interval.stop <= LAST_DAY:
        real_end = published.stop if published and mention.status not in _UNREAL else None
        end = real_end if real_end and real_end > interval.stop else None
        return When(Interval(interval.stop, end), timex.grain, rule=f"after: {rule}")
    return When(interval, timex.grain, approximate=approximate, rule=rule)


def _bounded(mention: EventMention, interval: Interval, days: int, rule: str) -> When:
    """ "A seven-day truce that ended Dec. 1" filled the days from Nov. 24 to Dec. 1: the end is counted back
    by the duration. If the bound itself is a stretch ("ended last week"), the whole hull is possible."""
    timex = mention.timex
    assert mention.duration is not None
    assert timex is not None
    length = f"{mention.duration.span.text!r} ({mention.duration.value})"
    if mention.role == "ended":
        hull = Interval(None if interval.first is None else max(1, interval.first - days), interval.stop)
    else:
        hull = Interval(
            interval.first, None if interval.stop is None else min(LAST_DAY + 1, interval.stop + days)
        )
    return When(
        hull,
        Grain.DAY if interval.is_day else timex.grain,
        fills=interval.is_day,
        rule=f"{mention.role}: {rule}, lasted {length}",
    )


def duration_days(duration: Timex | None) -> int | None:
    """Whole days of a TIMEX3 duration of days, weeks, months or years; None for others and vague ones.

    Months count 30 and years 365 days, as durations in news are round.
    """
    if duration is None:
        return None
    match = re.fullmatch(r"P(\d{1,4})([DWMY])", duration.value)
    return int(match[1]) * _DAYS_IN[match[2]] if match else None


def is_later(interval: Interval, published: Interval) -> bool:
    return interval.first is not None and published.stop is not None and interval.first >= published.stop


def _why(timex: Timex) -> str:
    """The words, the rule and the anchor: “late Monday” by `late <weekday>`, from published 2024-03-26."""
    anchor = f", from {timex.anchor}" if timex.anchor else ""
    return f"“{' '.join(timex.span.text.split())}” by {timex.rule}{anchor}"
