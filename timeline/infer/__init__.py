"""When an article was published that does not say so, by what it shares with the rest of the pile.

`account` is one article as the rules see it, `pile` all of them; a rule in `alone`, `together` or `series`
gives constraints: days, a weight, and the quotes they rest on; `solve` finds the days that fit best. An
article dated this way helps to date others, in a few rounds. Nothing is guessed: where the constraints leave
three Fridays, the answer is three Fridays, and where they leave all time, it is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, NamedTuple

from timeline.anchor import resolve
from timeline.events import detect
from timeline.infer import alone, series, together, years
from timeline.infer.account import Account, account, days_text
from timeline.infer.ages import ages_told
from timeline.infer.check import contradictions
from timeline.infer.pile import Kinship, Pile, kinship
from timeline.infer.series import NUMBERS
from timeline.infer.solve import EVERY_WEEKDAY, Constraint, Solution, solve
from timeline.interval import Grain, Interval
from timeline.language import Parsed
from timeline.model import Article, Basis, EventMention, Evidence, Publication, Timex
from timeline.timex import Expression, tag
from timeline.timex.meaning import Calendar

__all__ = ["RULES", "Dated", "Rule", "infer"]

#: What is inferred may date further articles, so often at most.
_ROUNDS: Final = 4
#: What an article states outweighs all that can be inferred.
_STATED: Final = 1000.0
#: From an interval this long, in days, "Monday" and "last month" mean nothing and stay unresolved.
_LONGEST: Final = 366
#: So many quotes are kept as evidence.
_QUOTES: Final = 16


class Rule(NamedTuple):
    """One way to tell when an article was published."""

    name: str
    constraints: Callable[[Account, Pile], Iterator[Constraint]]


RULES: Final = (
    Rule("weekdays named", alone.weekdays_named),
    Rule("whole dates", alone.whole_dates),
    Rule("a later version", alone.later_versions),
    Rule("the day of its lead", alone.day_of_the_lead),
    Rule("dates without a year", alone.dates_without_year),
    Rule("a date near its lead", alone.dates_near_the_lead),
    Rule("results of a quarter", alone.results),
    Rule("feasts to come", alone.feasts_to_come),
    Rule("the year of an edition", years.year_of_an_edition),
    Rule("years after a known one", years.anniversaries),
    Rule("a holiday's closing", years.closed_for_a_feast),
    Rule("a weekday that another article dates", years.weekdays_others_know),
    Rule("the age of a person", ages_told),
    Rule("a shared event", together.shared_events),
    Rule("after what it tells", together.told_after),
    Rule("before what it announces", together.announced),
    Rule("the same weekdays", together.same_weekdays),
    Rule("a copy", together.copies),
    Rule("a day whose year others know", together.named_days),
    Rule("a time since a known day", together.time_since),
    Rule("around the pile", together.around_the_pile),
    Rule("the nth day of what began", series.running_count),
    Rule("a count that only grows", series.growing_tolls),
    Rule("a turn in a series", series.numbered_turns),
    Rule(NUMBERS, series.numbers_that_grow),
)


@dataclass(frozen=True, slots=True)
class Dated:
    """The articles with inferred publication dates, and what depends on them read anew."""

    articles: tuple[Article, ...]
    timexes: tuple[tuple[Timex, ...], ...]
    mentions: tuple[tuple[EventMention, ...], ...]
    warnings: tuple[str, ...] = ()
    """Where a stated date contradicts its article, or the evidence for an inferred one itself."""


def infer(
    articles: Sequence[Article],
    parsed: Sequence[Parsed],
    expressions: Sequence[Sequence[Expression]],
    timexes: Sequence[tuple[Timex, ...]],
    mentions: Sequence[tuple[EventMention, ...]],
    *,
    most: int | None = None,
) -> Dated:
    """Publication dates for the articles that state none, as far as the pile tells them.

    The first five go by article; of each article, `most` mentions are kept at most. What articles state
    and what the user gives is never touched. The result does not depend on the order of the articles. Adding
    an article costs time linear in the pile.
    """
    accounts = list(map(account, articles, parsed, expressions, timexes, mentions))
    undated = [n for n, a in enumerate(accounts) if _is_open(a.article.published)]
    stated = {n: accounts[n].article.published for n in undated}
    warnings: dict[int, str] = {}
    own: dict[str, Interval | None] = {accounts[n].article.id: None for n in undated}
    if undated:
        kin = kinship(accounts)
        for _ in range(_ROUNDS):
            before = [accounts[n].article.published for n in undated]
            accounts = _round(accounts, stated, kin, own, warnings, most)
            if before == [accounts[n].article.published for n in undated]:
                break
        pile = Pile.of(accounts, kin, own)
        for n in undated:
            accounts[n] = _with_shared_days(accounts[n], pile, most)
    return Dated(
        tuple(a.article for a in accounts),
        tuple(a.timexes for a in accounts),
        tuple(a.mentions for a in accounts),
        (*chain.from_iterable(map(contradictions, accounts)), *(warnings[n] for n in sorted(warnings))),
    )


def _round(
    accounts: Sequence[Account],
    stated: Mapping[int, Publication],
    kin: Kinship,
    own: dict[str, Interval | None],
    warnings: dict[int, str],
    most: int | None,
) -> list[Account]:
    """Every undated article dated once, by what it states and what was known before the round."""
    pile = Pile.of(accounts, kin, own)
    dated = list(accounts)
    for number, says in stated.items():
        one = accounts[number]
        found = [*_readings(says), *constraints(one, pile)]
        solution = solve(found)
        apart = solve([c for c in found if c.rule != NUMBERS])
        own[one.article.id] = apart.interval if apart is not None else None
        published = _publication(solution, says)
        warnings.pop(number, None)
        if solution is not None and solution.outvoted:
            warnings[number] = _against(one.article, solution)
        if published != one.article.published:
            dated[number] = _read_anew(one, published, most)
    return dated


def _is_open(published: Publication) -> bool:
    """True for an article that states no date, or one like 03/04/2024 that is of two days."""
    return published.basis is Basis.UNKNOWN or (
        published.basis is Basis.STATED and bool(published.candidates)
    )


def _readings(stated: Publication) -> Iterator[Constraint]:
    """The two readings of a stated date leave no other day."""
    if stated.candidates:
        yield Constraint("the readings of its date", _STATED, stated.evidence, stated.candidates)


def constraints(one: Account, pile: Pile) -> list[Constraint]:
    """All that the rules say about one article."""
    return [c for rule in RULES for c in rule.constraints(one, pile)]


def _publication(solution: Solution | None, stated: Publication) -> Publication:
    if solution is None or (stated.candidates and solution.interval not in stated.candidates):
        return stated
    evidence: dict[Evidence, None] = {}
    for constraint in solution.used:
        if _tells(constraint, solution.interval):
            evidence |= dict.fromkeys(constraint.evidence)
    candidates = solution.candidates if len(solution.candidates) > 1 else ()
    return Publication(solution.interval, Basis.INFERRED, tuple(evidence)[:_QUOTES], candidates)


def _tells(constraint: Constraint, interval: Interval) -> bool:
    """False for what holds anyway: that an article of 2024 is not older than 1990 says nothing."""
    if constraint.weekdays != EVERY_WEEKDAY:
        return True
    first, stop = interval.first or 0, interval.stop or 0
    near = 0 if constraint.weight < 1 else _LONGEST
    return any(
        (span.first is not None and 0 <= first - span.first <= near)
        or (span.stop is not None and 0 <= span.stop - stop <= near)
        for span in constraint.spans
    )


def _against(article: Article, solution: Solution) -> str:
    words = "; ".join(f"{c.rule}: " + ", ".join(f"“{e.text}”" for e in c.evidence) for c in solution.outvoted)
    days = days_text(solution.interval)
    return f"{article.path or article.id}: inferred publication date {days} has against it: {words}"


def _read_anew(one: Account, published: Publication, most: int | None) -> Account:
    """The account with another publication date: its expressions, mentions and their dates follow."""
    article = replace(one.article, published=published)
    seen = replace(article, published=replace(published, interval=_anchor(published)))
    timexes = tag(article.text, _anchor(published), tense=one.parsed.tense_at, found=one.expressions)
    changed = replace(one, article=article, parsed=replace(one.parsed, article=seen))
    return _told_by(changed, timexes[: len(one.timexes)], most)


def _anchor(published: Publication) -> Interval | None:
    """What relative dates are counted from: nothing if the interval is too long for them to mean anything."""
    interval = published.interval
    return interval if interval is not None and interval.days and interval.days < _LONGEST else None


def _told_by(one: Account, timexes: tuple[Timex, ...], most: int | None) -> Account:
    """The account with other time expressions, its mentions found and dated by them."""
    mentions = resolve(detect(one.parsed, timexes)[:most], one.parsed.article)
    return replace(one, timexes=timexes, mentions=mentions)


def _with_shared_days(one: Account, pile: Pile, most: int | None) -> Account:
    """The account where "October 7", of a year that its own article does not tell, is the October 7 that
    dated articles know."""
    changed = False
    timexes = []
    for timex in one.timexes:
        told = one.at(timex.span)
        open_day = timex.type == "DATE" and (timex.interval is None or not timex.interval.is_day)
        if open_day and told is not None and told.way <= 0 and told.core == told.meaning:
            shared = (
                pile.shared_day(told.core, one) if isinstance(told.core, Calendar) and told.core.day else None
            )
            if shared is not None:
                day, other, _ = shared
                interval = Interval(day, day + 1)
                anchor = f"the same day in article {other.article.number}"
                timex = replace(
                    timex, value=str(interval.start), interval=interval, grain=Grain.DAY, anchor=anchor
                )
                changed = True
        timexes.append(timex)
    return _told_by(one, tuple(timexes), most) if changed else one
