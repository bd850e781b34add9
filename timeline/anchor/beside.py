"""When an undated mention took place by a dated one that the text joins it to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from timeline.anchor.scene import TOLD, is_report
from timeline.events import lexicon
from timeline.model import EventMention, Tense, When

#: Kinds of event that are over in a day.
_OCCASIONS: Final = frozenset({"meeting", "presentation", "protest", "contest"})
#: Days from which on a date says less than what took place there.
_MONTH: Final = 28
#: Before a noun that was told of before: "the", "that", with its name or a word in between.
_LOOKS_BACK: Final = re.compile(
    r"\b(?:[Tt]he|[Tt]h(?:is|at))\s+(?:same\s+)?(?:[“\"][^”\"]{1,60}[”\"]\s+)?(?:[A-Z][\w.'’-]*,?\s+){0,4}(?:[a-z]+\s+)?$"
)


def shared(mentions: Sequence[EventMention]) -> dict[tuple[str, int, int], When]:
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
                if known and undated.when.interval is None and undated.status in TOLD:
                    rule = f"at the time of “{dated.trigger.text}”: {dated.when.rule}"
                    dates.setdefault(undated.key, replace(dated.when, rule=rule))
    return dates


def narrowed(mentions: Sequence[EventMention]) -> list[EventMention]:
    """ "At this year's conference they showed it on Monday": the conference was on Monday, for the timeline's
    purposes. Only what is over in a day, and is dated no closer than to a month."""
    dates = {m.key: m.when for m in mentions}
    closer = list(mentions)
    for n, mention in enumerate(mentions):
        wide = mention.when.interval
        if mention.kind not in _OCCASIONS or wide is None or (wide.days or 0) < _MONTH:
            continue
        for link in mention.links:
            day = dates.get(link.other, When())
            if link.type == "with" and day.interval and day.interval.is_day and day.interval in wide:
                rule = f"at the time of what took place there: {day.rule}, in {mention.when.rule}"
                closer[n] = replace(mention, when=replace(day, rule=rule))
                break
    return closer


def with_clause_above(mention: EventMention, before: Sequence[EventMention]) -> When | None:
    """The date of what this one takes place with, told before it in the sentence: the clause that it
    accompanies ("showed the plan, saying ..."), the occasion ("at the conference, it showed ...")."""
    if mention.status not in TOLD:
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


def told_of_above(mention: EventMention, before: Sequence[EventMention]) -> When | None:
    """The day of the occasion that "the conference" or "that event" looks back to in its article, or of what
    the sentence before said: "The announcement came as a surprise"."""
    report = lexicon().kind(mention.kind).report
    if not mention.nominal or mention.status not in TOLD or not (mention.kind in _OCCASIONS or report):
        return None
    quote = mention.quote
    if _LOOKS_BACK.search(quote.text, 0, mention.trigger.start - quote.start) is None or mention.repeated:
        return None
    for earlier in reversed(before):
        if earlier.position == mention.position or earlier.status not in TOLD:
            continue
        if report and earlier.position < mention.position - 1:
            return None
        interval = earlier.when.interval
        told = replace(earlier.when, rule=f"the “{earlier.trigger.text}” told of above: {earlier.when.rule}")
        said = earlier.kind == mention.kind or (is_report(earlier) and earlier.place_in_clause == "main")
        if report and said and interval is not None:
            return told
        vague = "event" in (mention.lemma, earlier.lemma) and earlier.kind in _OCCASIONS
        if earlier.nominal and (earlier.lemma == mention.lemma or (vague and interval is not None)):
            return told if interval is not None and interval.is_day else None
    return None


def at_occasion(
    mention: EventMention, after: Sequence[EventMention], before: Sequence[EventMention]
) -> When | None:
    """The day of the occasion named after the verb, told of above: "unveiled it at the event"."""
    if mention.status not in TOLD or mention.tense is not Tense.PAST:
        return None
    for later in after:
        if later.position != mention.position:
            return None
        if any(link.type == "with" and link.other == mention.key for link in later.links):
            when = told_of_above(later, before) if later.kind in _OCCASIONS else None
            if when is not None:
                return replace(when, rule=f"at the time of “{later.trigger.text}”: {when.rule}")
    return None


def during(mentions: Sequence[EventMention]) -> dict[tuple[str, int, int], When]:
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
            if bounded and not outer.when.interval.is_open and mention.status in TOLD:
                rule = f"during “{outer.trigger.text}”: {outer.when.rule}"
                dates.setdefault(mention.key, replace(outer.when, fills=False, rule=rule))
    return dates
