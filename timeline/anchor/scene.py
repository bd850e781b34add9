"""When an undated mention took place by the scene it stands in, or as the news of the day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from timeline.events import lexicon
from timeline.interval import Grain, Interval
from timeline.model import EventMention, Status, Tense, When

#: What an article tells as done: it happened, or it was called off.
TOLD: Final = (Status.OCCURRED, Status.CANCELLED)
#: Sentences from the start of an article that tell today's news: headline, standfirst, first paragraphs.
_LEAD: Final = 5
#: A lead names a day of the last week by its weekday; what is older is background.
_DAYS_OF_NEWS: Final = 6
#: How many sentences a scene lasts for one doer: about two paragraphs.
_SCENE: Final = 6
#: Kinds of event that are part of a speech without being said.
_SHOWN: Final = frozenset({"presentation", "launch"})
#: Before a verb that looks back to what is no news any more: "recently announced".
_NO_NEWS: Final = re.compile(r"\b(?:recently|newly|previously|formerly|already)\s+$", re.I)


def headline(
    mention: EventMention, article: Sequence[EventMention], published: Interval | None
) -> When | None:
    """A headline tells in the present what the lead tells with its date, or about the publication date."""
    if mention.place_in_clause != "headline" or mention.nominal:
        return None
    for later in article:
        near = mention.position < later.position <= mention.position + _LEAD
        if near and later.kind == mention.kind and (_sets_scene(later) or _is_on_a_day(later)):
            return replace(later.when, rule=f"headline of what is told below: {later.when.rule}")
    return _about(published)


def carried_over(
    mention: EventMention, before: Sequence[EventMention], published: Interval | None
) -> When | None:
    """The day of the scene, if both tell one: main clauses in the past, the earlier one dated to a day by
    its own words. The sentence before sets the scene; a little further back, what the same person did, and
    then the date is only about right. An article tells one speech to its end: what a person said or showed
    goes on however far back this week's scene was set. What that person did in some other year or month in
    between ends it."""
    if mention.status not in TOLD or mention.tense is not Tense.PAST or mention.place_in_clause != "main":
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


def in_between(
    mention: EventMention, before: Iterable[EventMention], after: Iterable[EventMention]
) -> When | None:
    """What somebody did between two things that the same person did on one day, as the article goes on:
    "she said ..., then turned to ..., and announced ..."; about that day. Both ways from the nearest on."""
    if mention.status not in TOLD or mention.tense is not Tense.PAST or mention.place_in_clause != "main":
        return None
    if mention.repeated or mention.perfect or mention.nominal:
        return None
    last, following = _same_doer_near(mention, before), _same_doer_near(mention, after)
    if last is None or following is None or last.when.interval != following.when.interval:
        return None
    when = last.when
    if when.interval is None or not when.interval.is_day or {last.status, following.status} - set(TOLD):
        return None
    return replace(when, approximate=True, rule=f"between what {mention.participants[0]} did: {when.rule}")


def _same_doer_near(mention: EventMention, others: Iterable[EventMention]) -> EventMention | None:
    """The first main clause among `others` in another sentence of the scene in which the same person acts."""
    for other in others:
        apart = abs(other.position - mention.position)
        if apart > _SCENE:
            return None
        acts = other.place_in_clause == "main" and not other.nominal
        if apart and acts and mention.participants[:1] == other.participants[:1] != ():
            return other
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
    return own and dated and mention.place_in_clause == "main" and mention.status in TOLD


def _sets_scene(mention: EventMention) -> bool:
    """True for a main clause that its own words date to a day in the past."""
    return (
        mention.timex is not None
        and not mention.inherited
        and mention.role == "at"
        and mention.when.interval is not None
        and mention.when.interval.is_day
        and mention.place_in_clause == "main"
        and mention.status in TOLD
    )


def _is_on_a_day(mention: EventMention) -> bool:
    """True for a main clause whose day is known, from whatever words: "unveiled it at the event"."""
    day = mention.when.interval is not None and mention.when.interval.is_day and not mention.when.approximate
    return day and mention.place_in_clause == "main" and mention.status in TOLD and not mention.nominal


def is_report(mention: EventMention) -> bool:
    return lexicon().kind(mention.kind).report and not mention.nominal


def news_day(
    mention: EventMention, before: Sequence[EventMention], published: Interval | None
) -> When | None:
    """About the day the article tells of, where the tense allows: today's news told in the simple past, and
    what somebody said. That is the day its lead names if it names one in the week before, else the
    publication date; only "about", as a morning paper tells of yesterday."""
    if published is None or not published.is_day or mention.status not in TOLD:
        return None
    told = mention.tense is Tense.PAST or (mention.tense is Tense.PRESENT and is_report(mention))
    if not told or mention.place_in_clause not in {"main", "accompanying"} or mention.nominal:
        return None
    if mention.repeated or _NO_NEWS.search(
        mention.quote.text, 0, mention.trigger.start - mention.quote.start
    ):
        return None
    if mention.position >= _LEAD and (mention.perfect or not is_report(mention)):
        return None
    if mention.place_in_clause == "accompanying" and any(
        e.position == mention.position and e.place_in_clause == "main" and _is_another_scene(e)
        for e in before
    ):
        return None  # "took leave in early 2009, later revealing an illness"
    for earlier in before:
        if earlier.position >= _LEAD:
            break
        if is_report(mention) and not set(mention.participants) & set(earlier.participants):
            continue  # what the army says of Sunday's raid, it says today
        if _sets_scene(earlier) and _is_of_the_week(earlier, published):
            return replace(earlier.when, approximate=True, rule=f"day of the lead: {earlier.when.rule}")
    return _about(published)


def under_way(mention: EventMention, published: Interval | None) -> When | None:
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
