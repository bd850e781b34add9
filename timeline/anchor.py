"""A mention -> when it took place: by its time expression, carried over, or by the publication date.

Every answer says why in `When.rule`. Where nothing says when, the answer is unknown; nothing is guessed for
what is planned, possible or denied.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from timeline.events import lexicon
from timeline.interval import LAST_DAY, Grain, Interval
from timeline.model import Article, EventMention, Status, Tense, Timex, When

_UNREAL: Final = (Status.POSSIBLE, Status.DENIED, Status.THREATENED, Status.PLANNED, Status.CANCELLED)
#: What an article tells as done: it happened, or it was called off.
_TOLD: Final = (Status.OCCURRED, Status.CANCELLED)
#: Sentences from the start of an article that tell today's news: headline, standfirst, first paragraphs.
_LEAD: Final = 5
#: A lead names a day of the last week by its weekday; what is older is background.
_DAYS_OF_NEWS: Final = 6
#: How many sentences a scene lasts for one doer: about two paragraphs.
_SCENE: Final = 6
#: Kinds of event that are part of a speech without being said.
_SHOWN: Final = frozenset({"presentation", "launch"})
#: Kinds of event that are over in a day, and "the", "that" before one that was told of before.
_OCCASIONS: Final = frozenset({"meeting", "presentation", "protest", "contest"})
_LOOKS_BACK: Final = re.compile(r"\b(?:the|this|that)\s+(?:same\s+)?(?:[a-z]+\s+)?$", re.I)
_DAYS_IN: Final = {"D": 1, "W": 7, "M": 30, "Y": 365}

_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)


def resolve(mentions: Sequence[EventMention], article: Article) -> tuple[EventMention, ...]:
    """The mentions of one article, in reading order, each with `when` and a status that fits it."""
    published = article.published.interval
    own = [replace(m, when=_own(m, published)) for m in mentions]
    shared = _shared(own)
    resolved: list[EventMention] = []
    for mention in own:
        when = mention.when
        if when.interval is None and mention.timex is None:
            when = (
                shared.get(mention.key)
                or _with_clause_above(mention, resolved)
                or _told_of_above(mention, resolved)
                or _carried_over(mention, resolved, published)
                or _news_day(mention, resolved, published)
                or _under_way(mention, published)
                or when
            )
        resolved.append(replace(mention, when=when))
    for n, mention in enumerate(resolved):
        when = mention.when
        if when.interval is None and mention.timex is None and mention.status in _TOLD:
            when = _headline(mention, resolved, published) or when
        resolved[n] = replace(mention, when=when, status=_fitting(mention, when, published))
    later = _during(resolved) | _shared(resolved)
    return tuple(
        replace(m, when=later[m.key]) if m.when.interval is None and m.key in later else m for m in resolved
    )


def _own(mention: EventMention, published: Interval | None) -> When:
    """When, by the mention's own words; unknown if they place a told fact after its article."""
    when = _when(mention, published)
    if _contradicts(mention, when, published):
        return When(rule=f"unknown: {when.rule} is later than the article, but it is told in the past")
    return when


def _contradicts(mention: EventMention, when: When, published: Interval | None) -> bool:
    """True for a day after the publication in a clause that tells the past as a fact."""
    if mention.status is not Status.OCCURRED or mention.tense is not Tense.PAST or mention.nominal:
        return False
    return when.interval is not None and published is not None and _is_later(when.interval, published)


def _shared(mentions: Sequence[EventMention]) -> dict[tuple[str, int, int], When]:
    """Dates for undated mentions that take place with a dated one: "when the dam broke on Saturday, three
    villages were flooded" dates both."""
    by_key = {m.key: m for m in mentions}
    dates: dict[tuple[str, int, int], When] = {}
    for one in mentions:
        for link in one.links:
            other = by_key.get(link.other)
            if link.type not in {"with", "same"} or other is None:
                continue
            for undated, dated in ((one, other), (other, one)):
                known = dated.when.interval is not None and undated.timex is None
                if known and undated.when.interval is None and undated.status in _TOLD:
                    rule = f"at the time of “{dated.trigger.text}”: {dated.when.rule}"
                    dates.setdefault(undated.key, replace(dated.when, rule=rule))
    return dates


def _with_clause_above(mention: EventMention, before: Sequence[EventMention]) -> When | None:
    """The date of what this one takes place with, told before it in the sentence: the clause that it
    accompanies ("showed the plan, saying ..."), the occasion ("at the conference, it showed ...")."""
    if mention.status not in _TOLD:
        return None
    above = {link.other for link in mention.links if link.type == "with"}
    for earlier in reversed(before):
        if earlier.position != mention.position:
            return None
        clause = mention.place_in_clause == "accompanying" and earlier.key in above
        occasion = earlier.kind in _OCCASIONS and any(
            link.type == "with" and link.other == mention.key for link in earlier.links
        )
        if (clause or occasion) and earlier.when.interval is not None:
            rule = f"at the time of “{earlier.trigger.text}”: {earlier.when.rule}"
            return replace(earlier.when, rule=rule)
    return None


def _told_of_above(mention: EventMention, before: Sequence[EventMention]) -> When | None:
    """The day of the occasion that "the conference" or "that event" looks back to in its article."""
    if not mention.nominal or mention.kind not in _OCCASIONS or mention.status not in _TOLD:
        return None
    quote = mention.quote
    if _LOOKS_BACK.search(quote.text, 0, mention.trigger.start - quote.start) is None or mention.repeated:
        return None
    for earlier in reversed(before):
        if not earlier.nominal or earlier.position == mention.position or earlier.status not in _TOLD:
            continue
        vague = "event" in (mention.lemma, earlier.lemma) and earlier.kind in _OCCASIONS
        if earlier.lemma == mention.lemma or vague:
            if earlier.when.interval is None or not earlier.when.interval.is_day:
                return None
            return replace(
                earlier.when, rule=f"the “{earlier.trigger.text}” told of above: {earlier.when.rule}"
            )
    return None


def _during(mentions: Sequence[EventMention]) -> dict[tuple[str, int, int], When]:
    """Dates for undated mentions that words place inside a dated one: "freed during the truce"."""
    by_key = {m.key: m for m in mentions}
    dates: dict[tuple[str, int, int], When] = {}
    for mention in mentions:
        for link in mention.links:
            outer = by_key.get(link.other)
            if (
                link.type != "during"
                or outer is None
                or outer.when.interval is None
                or mention.timex is not None
            ):
                continue
            bounded = outer.when.fills or outer.role in {"at", "over"}
            if bounded and not outer.when.interval.is_open and mention.status in _TOLD:
                rule = f"during “{outer.trigger.text}”: {outer.when.rule}"
                dates.setdefault(mention.key, replace(outer.when, fills=False, rule=rule))
    return dates


def _headline(
    mention: EventMention, article: Sequence[EventMention], published: Interval | None
) -> When | None:
    """A headline tells in the present what the lead tells with its date."""
    if mention.place_in_clause != "headline" or mention.nominal:
        return None
    for later in article:
        near = mention.position < later.position <= mention.position + _LEAD
        if near and later.kind == mention.kind and _sets_scene(later):
            return replace(later.when, rule=f"headline of what is told below: {later.when.rule}")
    return _about(published)


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
        start = published.first if published and published.first and _is_later(interval, published) else None
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
    assert mention.duration is not None
    length = f"{mention.duration.span.text!r} ({mention.duration.value})"
    if mention.role == "ended":
        hull = Interval(None if interval.first is None else max(1, interval.first - days), interval.stop)
    else:
        hull = Interval(
            interval.first, None if interval.stop is None else min(3_652_060, interval.stop + days)
        )
    return When(
        hull,
        Grain.DAY if interval.is_day else timex_grain(mention),
        fills=interval.is_day,
        rule=f"{mention.role}: {rule}, lasted {length}",
    )


def timex_grain(mention: EventMention) -> Grain | None:
    """Grain of the mention's time expression."""
    return mention.timex.grain if mention.timex else None


def duration_days(duration: Timex | None) -> int | None:
    """Whole days of a TIMEX3 duration of days, weeks, months or years; None for others and vague ones.

    Months count 30 and years 365 days, as durations in news are round.
    """
    if duration is None:
        return None
    match = re.fullmatch(r"P(\d{1,4})([DWMY])", duration.value)
    return int(match[1]) * _DAYS_IN[match[2]] if match else None


def _carried_over(
    mention: EventMention, before: Sequence[EventMention], published: Interval | None
) -> When | None:
    """The day of the scene, if both tell one: main clauses in the past, the earlier one dated to a day by
    its own words. The sentence before sets the scene; a little further back, what the same person did, and
    then the date is only about right. An article tells one speech to its end: what a person said or showed
    goes on however far back this week's scene was set. What that person did in some other year or month in
    between ends it."""
    if mention.status not in _TOLD or mention.tense is not Tense.PAST or mention.place_in_clause != "main":
        return None
    if mention.repeated or mention.perfect or mention.role in {"began", "ended"}:
        return None  # "since the war began" looks back; what begins today says so
    tells = _tells(mention)
    for earlier in reversed(before):
        distant = earlier.position < mention.position - _SCENE
        if distant and not tells:
            return None
        near = mention.position - 1 == earlier.position
        same_doer = mention.participants[:1] == earlier.participants[:1] != ()
        if earlier.position == mention.position or not (near or same_doer):
            continue
        if _sets_scene(earlier):
            if distant and not (_tells(earlier) and _is_of_the_week(earlier, published)):
                return None
            source = "the sentence before" if near else f"what {mention.participants[0]} did before"
            when = replace(earlier.when, rule=f"carried over from {source}: {earlier.when.rule}")
            return when if near else replace(when, approximate=True)
        if same_doer and _is_another_scene(earlier):
            return None
    return None


def _tells(mention: EventMention) -> bool:
    """True for a verb of saying or showing: what makes up a speech."""
    return mention.kind in _SHOWN or lexicon().kind(mention.kind).report


def _is_of_the_week(mention: EventMention, published: Interval | None) -> bool:
    """True for a day of the week before the publication."""
    if published is None or not published.is_day or mention.when.interval is None:
        return False
    return 0 <= (published.first or 0) - (mention.when.interval.first or 0) <= _DAYS_OF_NEWS


def _is_another_scene(mention: EventMention) -> bool:
    """True for a main clause that its own words date to a month or a year: "in 1985 she left"."""
    own = mention.timex is not None and not mention.inherited and mention.role == "at"
    dated = mention.when.interval is not None and not mention.when.interval.is_day
    return own and dated and mention.place_in_clause == "main" and mention.status in _TOLD


def _sets_scene(mention: EventMention) -> bool:
    """True for a main clause that its own words date to a day in the past."""
    return (
        mention.timex is not None
        and not mention.inherited
        and mention.role == "at"
        and mention.when.interval is not None
        and mention.when.interval.is_day
        and mention.place_in_clause == "main"
        and mention.status in _TOLD
    )


def _is_report(mention: EventMention) -> bool:
    return lexicon().kind(mention.kind).report and not mention.nominal


def _news_day(
    mention: EventMention, before: Sequence[EventMention], published: Interval | None
) -> When | None:
    """About the day the article tells of, where the tense allows: today's news told in the simple past, and
    what somebody said. That is the day its lead names if it names one in the week before, else the
    publication date; only "about", as a morning paper tells of yesterday."""
    if published is None or not published.is_day or mention.status not in _TOLD:
        return None
    told = mention.tense is Tense.PAST or (mention.tense is Tense.PRESENT and _is_report(mention))
    if not told or mention.place_in_clause not in {"main", "accompanying"} or mention.nominal:
        return None
    if mention.repeated:
        return None
    if mention.position >= _LEAD and (mention.perfect or not _is_report(mention)):
        return None
    for earlier in before:
        if earlier.position >= _LEAD:
            break
        if _is_report(mention) and not set(mention.participants) & set(earlier.participants):
            continue  # what the army says of Sunday's raid, it says today
        first = earlier.when.interval.first if earlier.when.interval and _sets_scene(earlier) else None
        if first is not None and 0 <= (published.first or 0) - first <= _DAYS_OF_NEWS:
            return replace(earlier.when, approximate=True, rule=f"day of the lead: {earlier.when.rule}")
    return _about(published)


def _under_way(mention: EventMention, published: Interval | None) -> When | None:
    """What a main clause tells in the present tense was under way when the article came out."""
    if (
        mention.status is not Status.ONGOING
        or mention.nominal
        or mention.place_in_clause not in {"main", "reported"}
    ):
        return None
    about = _about(published)
    return (
        replace(about, rule=f"under way at publication, {published.start}") if about and published else None
    )


def _about(published: Interval | None) -> When | None:
    if published is None or not published.is_day:
        return None
    rule = f"publication date {published.start}: told as the news"
    return When(published, Grain.DAY, approximate=True, rule=rule)


def _fitting(mention: EventMention, when: When, published: Interval | None) -> Status:
    """The status in the light of the date: what lies after the publication has not happened yet."""
    if when.interval is None or published is None or not _is_later(when.interval, published):
        return mention.status
    if mention.status in (Status.OCCURRED, Status.ONGOING, Status.POSSIBLE):
        return Status.PLANNED
    return mention.status


def _is_later(interval: Interval, published: Interval) -> bool:
    return interval.first is not None and published.stop is not None and interval.first >= published.stop


def _why(timex: Timex) -> str:
    """The words, the rule and the anchor: “late Monday” by `late <weekday>`, from published 2024-03-26."""
    anchor = f", from {timex.anchor}" if timex.anchor else ""
    return f"“{' '.join(timex.span.text.split())}” by {timex.rule}{anchor}"


def date_text(when: When, status: Status = Status.OCCURRED) -> str:
    """The date as a reader would write it; never finer than it is known.

    >>> date_text(When(Interval.on("2023-10-07"), Grain.DAY))
    '7 October 2023'
    >>> date_text(When(Interval.between("2023-11-24", "2023-12-01"), Grain.DAY, fills=True))
    '24 November to 1 December 2023'
    >>> date_text(When(Interval.of(2024, 3), Grain.MONTH)), date_text(When())
    ('March 2024', 'date unknown')
    >>> date_text(When(Interval.between("2024-03-18", None), Grain.DAY, fills=True))
    'since 18 March 2024'
    """
    interval = when.interval
    if interval is None or (interval.start is None and interval.end is None):
        return "date unknown"
    start, end = interval.start, interval.end
    about = "about " if when.approximate else ""
    if start is None:
        assert end is not None
        return f"until {_day(end.year, end.month, end.day)}"
    if end is None:
        return f"since {_day(start.year, start.month, start.day)}"
    if start == end:
        return about + _day(start.year, start.month, start.day)
    if interval == Interval.of(start.year):
        return f"{about}{start.year}"
    if interval == Interval.of(start.year, start.month):
        return f"{about}{_MONTHS[start.month - 1]} {start.year}"
    left = _day(start.year, start.month, start.day)
    if start.year == end.year:
        left = f"{start.day} {_MONTHS[start.month - 1]}"
        if start.month == end.month:
            left = str(start.day)
    right = _day(end.year, end.month, end.day)
    return f"{left} to {right}" if when.fills else f"between {left} and {right}"


def _day(year: int, month: int, day: int) -> str:
    return f"{day} {_MONTHS[month - 1]} {year}"
