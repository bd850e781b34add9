"""Rules that compare an article with dated ones: events they share, in whatever words each dates them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from timeline.coref.alike import DUPLICATE
from timeline.infer.account import Account, Told, days_text, seen_from
from timeline.infer.alone import bare_weekdays, last_weekday
from timeline.infer.pile import Pile, Shared
from timeline.infer.solve import Constraint
from timeline.interval import LAST_DAY, Interval
from timeline.model import Basis, Evidence, Span, Status
from timeline.timex.counted import shift_day
from timeline.timex.meaning import Away, Base, Calendar, Clock, DayPart, Hours, Length, Meaning, Weekday
from timeline.timex.meaning import Span as Lasting
from timeline.timex.units import Unit

#: Copies of one text appear within these many days of each other.
_COPIES: Final = 3
#: Two mentions this alike are one event beyond doubt; see `coref.pair`.
_SURE: Final = 6.0
#: What is announced for a weekday and what then took place are this alike at least, apart from their status.
_CARRIED_OUT: Final = 3.0
_AHEAD: Final = (Status.PLANNED, Status.POSSIBLE, Status.THREATENED)
#: What an article says is "four days after" an event is told within a week.
_NEWS: Final = 7


def shared_events(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "Monday's resolution", and a dated article tells that it passed on 25 March: published from that day
    on and before the next Monday. The same holds for "earlier this month", "last week", "two days ago"."""
    best: dict[Meaning, tuple[tuple[int, bool], Shared, Told, tuple[Interval, ...]]] = {}
    for pair in pile.shared(account):
        mention, other = pair.mention, pair.other
        if mention.timex is None or mention.role != "at" or other.role != "at" or other.timex is None:
            continue
        told = account.at(mention.timex.span)
        if told is None or other.when.interval is None or told.way > 0 or not _names_days(told):
            continue
        spans = _told_from(told, other.when.interval)
        if not spans or (_is_narrow(spans) and pile.alike(mention, other) < _SURE):
            continue
        # the narrower date counts, and of two the one in an article that states its own
        rank = other.when.interval.days or 0, pair.account.article.published.basis is Basis.INFERRED
        if told.core not in best or rank < best[told.core][0]:
            best[told.core] = rank, pair, told, spans
    for _, pair, told, spans in best.values():
        where = f"“{pair.mention.trigger.text}” of a shared event"
        yield Constraint("a shared event", 1.5, _both(account, pair, where, told.span), spans)


def _told_from(told: Told, day: Interval) -> tuple[Interval, ...]:
    """When an article can have been written that tells of that day in these words."""
    if isinstance(told.core, Away) and told.core.length.mod == "LESS_THAN" and told.core.sign < 0:
        # "less than two weeks ago": on the day itself or until two weeks after it
        spans = seen_from(told.meaning, told.way, day)
        return tuple(Interval(day.first, span.stop) for span in spans[-1:])
    if isinstance(told.core, Away) and told.core.length.mod:
        return ()  # "more than a week ago" has no end
    return seen_from(told.meaning, told.way, day)


def _is_narrow(spans: tuple[Interval, ...]) -> bool:
    """True for "today" and "two days ago": what leaves so little must not rest on a doubtful likeness."""
    return sum(span.days or 0 for span in spans) <= 2


#: Rules whose day is that of the article: they count what goes on and date nothing that is told besides.
_RUNNING: Final = frozenset(
    {
        "for a <fifth> <day>",
        "for a <fifth> night",
        "in its <sixth> <month>",
        "in the <sixth> <month>",
        "into the <sixth> <month>",
        "it is the <second> <day>",
    }
)


def _names_days(told: Told) -> bool:
    """False for "at 1 a.m." and "for a fifth day", which say nothing of the day, and for "a year earlier",
    which is not seen from the publication."""
    if isinstance(told.core, Clock | DayPart | Hours) or told.rule in _RUNNING:
        return False
    return getattr(told.core, "base", Base.NOW) is not Base.THEN


def told_after(account: Account, pile: Pile) -> Iterator[Constraint]:
    """An article that tells of a vote is not older than the vote, whose day a dated article gives."""
    latest: tuple[int, Shared] | None = None
    for pair in pile.shared(account):
        when = pair.other.when.interval
        if when is None or when.first is None or pair.mention.status is not Status.OCCURRED:
            continue
        if pile.alike(pair.mention, pair.other) >= _SURE and (not latest or when.first > latest[0]):
            latest = when.first, pair
    if latest is not None:
        first, pair = latest
        spans = (Interval(first, None),)
        yield Constraint("after what it tells", 1.0, _both(account, pair, "tells of what took place"), spans)


def announced(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "Might be put to the vote as early as Saturday", and a dated article tells the vote of a Monday: not
    later than that day."""
    for mention in account.mentions:
        told = account.at(mention.timex.span) if mention.timex is not None else None
        if told is None or mention.status not in _AHEAD or not isinstance(told.core, Weekday):
            continue
        one = pile.kin.features[mention.key]
        found: list[tuple[float, int, Shared]] = []
        for key in pile.kin.roots.get(one.root, ()):
            other, second = pile.mentions[key], pile.kin.features[key]
            holder = pile.accounts[other.article]
            when = other.when.interval
            if holder is account or holder.known is None or other.status is not Status.OCCURRED:
                continue
            if other.timex is None or other.role != "at" or when is None or not when.is_day:
                continue
            if one.place and second.place and not one.place & second.place:
                continue
            alike = pile.alike(mention, other)
            if alike >= _CARRIED_OUT:
                found.append((alike, when.stop or 1, Shared(mention, other, holder)))
        if found:
            _, stop, pair = max(found, key=lambda f: (f[0], -f[1]))
            evidence = _both(account, pair, "announced what a dated article tells", told.span)
            yield Constraint("before what it announces", 1.0, evidence, (Interval(None, stop),))


def same_weekdays(account: Account, pile: Pile) -> Iterator[Constraint]:
    """Two reports of one event whose latest weekday is the same Tuesday: if the dated one is of that Tuesday,
    so is the other."""
    last = last_weekday(bare_weekdays(account)[0])
    if last is None:
        return
    for pair in pile.shared(account):
        known, when = pair.account.known, pair.other.when.interval
        if known is None or not known.is_day or known.first is None or when is None or when.first is None:
            continue
        if pair.mention.timex is None or not 0 <= known.first - when.first < _NEWS:
            continue
        told = account.at(pair.mention.timex.span)
        if told is None or not isinstance(told.core, Weekday) or (known.first - 1) % 7 != last:
            continue
        if last_weekday(bare_weekdays(pair.account)[0]) == last:
            where = "weekdays as in a dated report of the same"
            yield Constraint("the same weekdays", 1.0, _both(account, pair, where), (known,))
            return


def copies(account: Account, pile: Pile) -> Iterator[Constraint]:
    """The same text in another paper: published within three days."""
    for other, alike in pile.near(account):
        if alike >= DUPLICATE and other.known is not None:
            first, stop = other.known.first or 1, other.known.stop or 1
            span = Interval.clipped(first - _COPIES, stop + _COPIES)
            assert span is not None  # `first` is a day of it
            where = "nearly the same text"
            headline = other.sentence(0) if other.parsed.sentences else None
            evidence = (other.evidence(where, headline, other=True),) if headline else ()
            yield Constraint("a copy", 1.0, evidence, (span,))
            return


def named_days(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "The October 7 attack": dated articles on its subject know the year, and this one is not older."""
    best: tuple[int, Told, Account, Span] | None = None
    for told in account.told:
        if told.way <= 0 and isinstance(told.core, Calendar) and told.core.day and told.core.month:
            shared = pile.shared_day(told.core, account, on_its_subject=True)
            if shared is not None and (best is None or shared[0] > best[0]):
                best = shared[0], told, shared[1], shared[2].span
    if best is not None:
        day, told, other, span = best
        evidence = (
            account.evidence("day without a year", told.span),
            other.evidence("its year in a dated article", span, other=True),
        )
        yield Constraint("a day whose year others know", 1.5, evidence, (Interval(day, None),))


_SINCE: Final = re.compile(r"(?:[\s\w’'-]{0,60}?)\b(?P<word>since|after)\b[^.;:]{0,40}$")


def time_since(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "Almost six months since October 7", "two days after the vote" in a lead: the day, and the length on
    top of it, as roughly as it is told."""
    for told in account.told:
        length = told.meaning.length if isinstance(told.meaning, Lasting) else told.meaning
        if not isinstance(length, Length) or length.amounts[0][0] is None:
            continue
        sentence = account.sentence(told.position)
        for start, evidence, word in _starts(account, pile, told, sentence):
            span = _on_top(start, length)
            if span is None:
                continue
            if word == "after":
                span = Interval(span.first, min((span.stop or 1) + _NEWS, LAST_DAY + 1))
            yield Constraint(
                f"a time {word} a known day",
                1.5,
                (account.evidence("time that has passed", told.span), *evidence),
                (span,),
            )
            break


def _starts(
    account: Account, pile: Pile, told: Told, sentence: Span
) -> Iterator[tuple[int, tuple[Evidence, ...], str]]:
    """The days that "since" or "after" behind a length can mean: a date, or a shared event."""
    text = account.article.text
    for other in account.told:
        if other.position != told.position or other.span.start < told.span.end:
            continue
        match = _SINCE.fullmatch(text[told.span.end : other.span.start])
        if match is None or not isinstance(other.core, Calendar) or not other.core.day:
            continue
        if match["word"] == "after" and told.position >= _LEADS:
            continue
        if found := pile.shared_day(other.core, account):
            day, holder, timex = found
            yield (
                day,
                (holder.evidence("that day in a dated article", timex.span, other=True),),
                match["word"],
            )
        elif other.core.year and other.core.month:
            timexes = [t for t in account.timexes if t.span == other.span and t.interval]
            if timexes and timexes[0].interval and timexes[0].interval.first:
                yield timexes[0].interval.first, (), match["word"]
    for pair in pile.shared(account):
        mention, when = pair.mention, pair.other.when.interval
        if mention.position != told.position or when is None or when.first is None or not when.is_day:
            continue
        match = _SINCE.fullmatch(text[told.span.end : mention.trigger.start])
        if match is None or pair.other.role == "ended":
            continue
        if match["word"] == "after" and told.position >= _LEADS:
            continue
        evidence = pair.account.evidence("that event in a dated article", pair.other.trigger, other=True)
        yield when.first, (evidence,), match["word"]


#: "After" dates the news itself in its first sentences only.
_LEADS: Final = 2


def _on_top(start: int, length: Length) -> Interval | None:
    """The days that lie a length after a day. "Almost six months" are more than five; "more than four" are
    less than five; "six" alone are rounded to half a month on either side, days to a day."""
    number, unit = length.amounts[0]
    if number is None or unit.is_clock:
        return None
    if unit is Unit.YEAR and number < 2:
        number, unit = number * 12, Unit.MONTH
    slack = 1.0 if unit is Unit.DAY else 0.5
    low, high = number - slack, number + slack
    if length.mod == "LESS_THAN":
        low, high = number - 1, number
    elif length.mod == "MORE_THAN":
        low, high = number, number + 1
    first, last = shift_day(start, unit, low), shift_day(start, unit, high)
    return Interval(first, last + 1) if first is not None and last is not None else None


def _both(account: Account, pair: Shared, where: str, *spans: Span) -> tuple[Evidence, ...]:
    """The words of both articles about an event they share."""
    own = account.evidence(where, *_close(pair.mention.trigger, spans))
    dated = [pair.other.timex.span] if pair.other.timex is not None else []
    said = f"the same, in an article of {days_text(pair.account.known)}"
    return own, pair.account.evidence(said, *_close(pair.other.trigger, dated), other=True)


def _close(trigger: Span, others: tuple[Span, ...] | list[Span]) -> list[Span]:
    """The trigger with the time words that stand near it; the time words alone if they stand far off."""
    near = [s for s in others if abs(s.start - trigger.start) <= 120]
    return [trigger, *near] if near or not others else list(others)


def around_the_pile(account: Account, pile: Pile) -> Iterator[Constraint]:
    """Articles on one subject are of one time: in the years around the dated ones. A last resort that closes
    an interval and breaks no tie."""
    horizon = pile.horizon(account)
    if horizon is not None:
        evidence = Evidence("articles on its subject", f"{days_text(horizon)}")
        yield Constraint("around the pile", 0.5, (evidence,), (horizon,))
