"""Rules for what is counted: days of a siege, the dead of a war, tours of a minister, numbers of articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from timeline.infer.account import Account, days_text
from timeline.infer.counts import ORDINAL, ordinal
from timeline.infer.numbers import number_of
from timeline.infer.pile import Pile
from timeline.infer.solve import Constraint
from timeline.interval import Interval
from timeline.model import Evidence, Status
from timeline.timex.counted import shift_day
from timeline.timex.meaning import Calendar
from timeline.timex.units import Unit

# -- the fifth day of a raid ----------------------------------------------------------------------

_RUNNING: Final = re.compile(
    rf"\b(?:for|into|in|on|through|enters?|entered|entering|near(?:s|ed|ing)?)\s(?:an?|its|their|the)\s{ORDINAL}"
    r"\s(?:straight\s|consecutive\s)?(?P<unit>day|week|month|year)\b",
    re.I,
)
_UNITS: Final = {"day": Unit.DAY, "week": Unit.WEEK, "month": Unit.MONTH, "year": Unit.YEAR}
_REAL: Final = (Status.OCCURRED, Status.ONGOING)


def running_count(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "Raiding the hospital for a fifth day", and a dated article tells that the raid began on 18 March: on
    the 22nd, or the day after. "In the sixth month of the war": five to six months after it began."""
    for sentence in account.parsed.sentences:
        for match in _RUNNING.finditer(sentence.span.text):
            where = sentence.span.start + match.start(), sentence.span.start + match.end()
            words = account.article.span(*where)
            number, unit = ordinal(match["nth"]), _UNITS[match["unit"].lower()]
            spans, evidence = [], []
            for start, source in _beginnings(account, pile, sentence.index):
                if span := _nth(start, number, unit):
                    spans.append(span)
                    evidence.append(source)
            if spans:
                own = account.evidence("count of a running event", words)
                yield Constraint("the nth day of what began", 1.5, (own, *evidence[:2]), tuple(spans))


def _nth(start: int, number: int, unit: Unit) -> Interval | None:
    """The days on which news can say "for the nth day"; the first day is the first."""
    if unit is Unit.DAY:
        return Interval.clipped(start + number - 1, start + number + 1)
    first, stop = shift_day(start, unit, number - 1), shift_day(start, unit, number)
    return Interval(first, stop + 1) if first is not None and stop is not None else None


def _beginnings(account: Account, pile: Pile, position: int) -> Iterator[tuple[int, Evidence]]:
    """The days on which something began that the sentence with that number tells of, each once."""
    roots = {pile.kin.features[m.key].root for m in account.mentions if m.position == position}
    seen: set[int] = set()
    near = {account.article.id, *pile.kin.likeness.near(account.article.id)}
    for root in sorted(roots):
        for key in pile.kin.roots.get(root, ()):
            mention = pile.mentions[key]
            holder = pile.accounts[mention.article]
            if mention.role != "began" or mention.timex is None or mention.article not in near:
                continue
            start = mention.when.interval.first if mention.when.interval else None
            if mention.when.interval and not mention.when.fills and not mention.when.interval.is_day:
                start = None
            if start is None and (told := holder.at(mention.timex.span)) and isinstance(told.core, Calendar):
                shared = pile.shared_day(told.core, account) if told.core.day else None
                start = shared[0] if shared else None
            if start is not None and mention.status in _REAL and start not in seen:
                seen.add(start)
                other = holder is not account
                yield (
                    start,
                    holder.evidence("when it began", mention.trigger, mention.timex.span, other=other),
                )


# -- the dead of a war ----------------------------------------------------------------------------

#: Counts of one thing in one pile differ by this factor at most: what is further apart counts other things.
_FACTOR: Final = 5
#: Two sources may differ by this share on one day.
_SOURCES: Final = 0.01


def growing_tolls(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "Has killed over 28,775", and dated articles count 16,000 and 32,000: between the two."""
    after: list[tuple[int, Evidence, Evidence]] = []
    before: list[tuple[int, Evidence, Evidence]] = []
    for toll in pile.kin.tolls[account.article.id]:
        for other, _ in pile.near(account):
            assert other.known is not None
            for its in pile.kin.tolls[other.article.id]:
                if not toll.names & its.names or max(toll.least, its.least) > _FACTOR * min(
                    toll.least, its.least
                ):
                    continue
                words = (
                    account.evidence("count that only grows", toll.span),
                    other.evidence(f"the same count on {days_text(other.known)}", its.span, other=True),
                )
                if toll.most * (1 + _SOURCES) < its.least and other.known.stop:
                    before.append((other.known.stop, *words))
                elif its.most * (1 + _SOURCES) < toll.least and other.known.first:
                    after.append((other.known.first, *words))
    if after:
        first, own, its_words = max(after, key=lambda a: a[0])
        yield Constraint("a count that only grows", 1.0, (own, its_words), (Interval(first, None),))
    if before:
        stop, own, its_words = min(before, key=lambda b: b[0])
        yield Constraint("a count that only grows", 1.0, (own, its_words), (Interval(None, stop),))


# -- the sixth tour -------------------------------------------------------------------------------


def numbered_turns(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "On his fifth tour", and a dated article tells of the sixth: not later than that one."""
    for turn in pile.kin.turns[account.article.id]:
        own = account.evidence("turn in a series", turn.span)
        floors: list[tuple[int, Evidence]] = []
        ceilings: list[tuple[int, Evidence]] = []
        for other, _ in pile.near(account):
            assert other.known is not None
            for its in pile.kin.turns[other.article.id]:
                same = turn.noun == its.noun and turn.names & its.names & pile.surnames
                if not same or its.number == turn.number:
                    continue
                where = f"a turn of the series on {days_text(other.known)}"
                words = other.evidence(where, its.span, other=True)
                if its.number > turn.number and other.known.stop:
                    ceilings.append((other.known.stop, words))
                elif its.number < turn.number and other.known.first:
                    floors.append((other.known.first, words))
        if floors:
            first, words = max(floors, key=lambda f: f[0])
            yield Constraint("a turn in a series", 1.0, (own, words), (Interval(first, None),))
        if ceilings:
            stop, words = min(ceilings, key=lambda c: c[0])
            yield Constraint("a turn in a series", 1.0, (own, words), (Interval(None, stop),))


# -- numbers of articles --------------------------------------------------------------------------


#: Name of the rule below.
NUMBERS: Final = "numbers that grow"


def numbers_that_grow(account: Account, pile: Pile) -> Iterator[Constraint]:
    """Article 1187 of a paper came out after its 1186th: where the numbers of dated articles follow their
    dates, those of undated ones lie between."""
    place = number_of(account)
    series = pile.numbered.get(place[0]) if place else None
    if place is None or series is None:
        return
    since, until = series.bounds(place[1])
    words = str(place[1])
    if since is not None:
        evidence = _numbers(words, pile.accounts[since[1]])
        yield Constraint(NUMBERS, 1.0, evidence, (Interval(since[0], None),))
    if until is not None:
        evidence = _numbers(words, pile.accounts[until[1]])
        yield Constraint(NUMBERS, 1.0, evidence, (Interval(None, until[0]),))


def _numbers(own: str, other: Account) -> tuple[Evidence, Evidence]:
    place = number_of(other)
    where = f"number of an article of {days_text(other.known)}"
    return Evidence("number of the article", own), Evidence(
        where, str(place[1]) if place else "", article=other.article.id
    )
