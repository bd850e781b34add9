"""The whole pile as the rules see it: which events articles share, and which days they name alike."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, NamedTuple

from timeline.coref.alike import Likeness
from timeline.coref.cluster import clusters
from timeline.coref.mention import Features, features
from timeline.coref.pair import ENOUGH, likeness
from timeline.coref.words import name_key
from timeline.infer.account import Account, dated_by_itself
from timeline.infer.ages import Age, Birth, ages, known_births
from timeline.infer.counts import Toll, Turn, tolls, turns
from timeline.infer.numbers import Numbered, numbered
from timeline.interval import LAST_DAY, Interval
from timeline.model import Basis, EventMention, Status, Timex
from timeline.timex.meaning import Calendar, Weekday

Key = tuple[str, int, int]

#: A pile goes on for a while before and after the articles whose date is known, in days.
_MARGIN: Final = 366
_REAL: Final = (Status.OCCURRED, Status.ONGOING)
#: A date wider than this, in days, says too little about when somebody else wrote of it.
_FINE: Final = 31


class Shared(NamedTuple):
    """A mention of one article and one of a dated article that tell the same event."""

    mention: EventMention
    other: EventMention
    account: Account
    """The dated article."""


@dataclass(frozen=True, eq=False)
class Kinship:
    """What articles have in common whatever their dates are: worked out once for a pile."""

    likeness: Likeness
    features: Mapping[Key, Features]
    groups: Mapping[Key, tuple[Key, ...]]
    """Mention -> all mentions of its event."""
    roots: Mapping[str, tuple[Key, ...]]
    """Root of a trigger -> its mentions, in order."""
    tolls: Mapping[str, tuple[Toll, ...]]
    """By article: the dead it counts."""
    turns: Mapping[str, tuple[Turn, ...]]
    """By article: the turns of series it tells of."""
    ages: Mapping[str, tuple[Age, ...]]
    """By article: how old people are by it."""


def kinship(accounts: Sequence[Account]) -> Kinship:
    """The events that articles share, by coreference, which needs no publication date."""
    mentions = sorted(chain.from_iterable(a.mentions for a in accounts), key=lambda m: m.key)
    alike = Likeness([a.article for a in accounts])
    compared = features(mentions)
    groups: dict[Key, tuple[Key, ...]] = {}
    for members in clusters(compared, alike):
        keys = tuple(sorted(member.features.mention.key for member in members))
        groups |= dict.fromkeys(keys, keys)
    roots: dict[str, list[Key]] = defaultdict(list)
    for one in compared:
        roots[one.root].append(one.mention.key)
    by_key = {one.mention.key: one for one in compared}
    return Kinship(
        alike,
        by_key,
        groups,
        {root: tuple(keys) for root, keys in roots.items()},
        {a.article.id: tolls(a) for a in accounts},
        {a.article.id: turns(a) for a in accounts},
        {a.article.id: ages(a) for a in accounts},
    )


@dataclass(frozen=True, eq=False)
class Pile:
    """All articles, with the publication dates that are known so far."""

    accounts: Mapping[str, Account]
    kin: Kinship
    mentions: Mapping[Key, EventMention] = field(repr=False)
    days: Mapping[tuple[int, int], tuple[tuple[int, str, Timex], ...]] = field(repr=False)
    """(month, day) of dates without a year -> what dated articles take them for: day, article, words."""
    numbered: Mapping[str, Numbered] = field(repr=False)
    """Series of article numbers that follow the dates."""
    births: Mapping[str, Sequence[Birth]] = field(repr=False)
    """Full name -> what is known of its bearer's birth."""
    surnames: frozenset[str] = field(repr=False)
    """Keys of the names that some article gives to a person in full."""
    floors: Interval | None
    """Around the dates with a year that articles tell as past; all there is where none states its own."""

    @classmethod
    def of(
        cls, accounts: Sequence[Account], kin: Kinship, own: Mapping[str, Interval | None] | None = None
    ) -> Pile:
        """The pile of these accounts; `own` as in `numbered`."""
        days: dict[tuple[int, int], list[tuple[int, str, Timex]]] = defaultdict(list)
        for account in sorted(accounts, key=lambda a: a.article.published.basis is Basis.INFERRED):
            if account.known is None:
                continue
            for timex in account.timexes:
                interval = timex.interval
                if timex.type == "DATE" and interval is not None and interval.is_day and interval.start:
                    start = interval.start
                    days[start.month, start.day].append((start.toordinal(), account.article.id, timex))
        return cls(
            {a.article.id: a for a in accounts},
            kin,
            {m.key: m for a in accounts for m in a.mentions},
            {key: tuple(found) for key, found in days.items()},
            numbered(accounts, own or {}),
            known_births(accounts, kin.ages),
            frozenset(name_key(name) for a in accounts for name in a.parsed.names.full),
            _floors(accounts),
        )

    def near(self, account: Account) -> Iterator[tuple[Account, float]]:
        """The dated articles on the subject of this one, the most alike first, with their likeness."""
        alike = self.kin.likeness.near(account.article.id)
        for id, value in sorted(alike.items(), key=lambda item: (-item[1], item[0])):
            if self.accounts[id].known is not None:
                yield self.accounts[id], value

    def shared(self, account: Account) -> Iterator[Shared]:
        """The events that an article shares with dated ones: both tell them as real, and the dated one gives
        a date by words of its own. Their mentions are alike by themselves: an event that only a third article
        ties together may be two."""
        for mention in account.mentions:
            if mention.status not in _REAL or mention.repeated or self.kin.features[mention.key].report:
                continue
            for key in self.kin.groups.get(mention.key, ()):
                other = self.mentions[key]
                holder = self.accounts[other.article]
                if holder is account or holder.known is None or not _is_dated(other):
                    continue
                if self.alike(mention, other) >= ENOUGH and not _other_day(account, mention, other):
                    yield Shared(mention, other, holder)

    def kindred(self, account: Account) -> Iterator[Shared]:
        """The events that an article shares with others by a time expression of each, whether those are
        dated or not."""
        for mention in account.mentions:
            if mention.status not in _REAL or mention.timex is None:
                continue
            for key in self.kin.groups.get(mention.key, ()):
                other = self.mentions[key]
                holder = self.accounts[other.article]
                if holder is account or other.timex is None or other.status not in _REAL:
                    continue
                if self.alike(mention, other) >= ENOUGH and not (
                    _other_day(account, mention, other) or _other_day(holder, other, mention)
                ):
                    yield Shared(mention, other, holder)

    def alike(self, one: EventMention, other: EventMention) -> float:
        """The points that speak for one event, publication dates apart; see `coref.pair`."""
        features = self.kin.features
        return likeness(features[one.key], features[other.key], self.kin.likeness)

    def shared_day(
        self, date: Calendar, account: Account, *, on_its_subject: bool = False
    ) -> tuple[int, Account, Timex] | None:
        """The one day that other, dated articles take a month and day for, and the first that says so; None
        if none names it or they differ. Asked on request are those on the subject of the article alone."""
        found = self.days.get((date.month or 0, date.day or 0), ())
        found = tuple(f for f in found if f[1] != account.article.id)
        if on_its_subject:
            near = self.kin.likeness.near(account.article.id)
            found = tuple(f for f in found if f[1] in near)
        if date.year is not None or len({day for day, _, _ in found}) != 1:
            return None
        day, id, timex = found[0]
        return day, self.accounts[id], timex

    def year_is_shared(self, date: Calendar, account: Account) -> bool:
        """True if other articles tell the year of a date without one."""
        return self.shared_day(date, account) is not None

    def horizon(self, account: Account) -> Interval | None:
        """The years in which an article can lie at all, as far as that is known: around the articles on its
        subject that state their date, or around the dates that they tell. None if there are none."""
        near = [a for a, _ in self.near(account) if a.article.published.basis is not Basis.INFERRED]
        known = [a.known for a in near if a.known is not None]
        known = known or [self.floors] if self.floors is not None else known
        if not known:
            return None
        hull = known[0]
        for interval in known[1:]:
            hull |= interval
        first, stop = hull.first or 1, hull.stop or 1
        return Interval(max(1, first - _MARGIN), min(LAST_DAY + 1, stop + _MARGIN))


def _other_day(account: Account, mention: EventMention, other: EventMention) -> bool:
    """True if one takes place on a Friday and the other on a day that is none."""
    told = account.at(mention.timex.span) if mention.timex is not None else None
    when = other.when.interval
    if told is None or when is None or when.first is None or not when.is_day or mention.role != other.role:
        return False
    if isinstance(told.core, Weekday):
        return (when.first - 1) % 7 != told.core.weekday
    date = dt.date.fromordinal(when.first)
    if isinstance(told.core, Calendar):
        return (told.core.month or date.month) != date.month or (told.core.day or date.day) != date.day
    return False


def _floors(accounts: Sequence[Account]) -> Interval | None:
    """Around the days after which articles were written, by the latest date each tells as past: without the
    earliest quarter of them, as some look back far, and a year more at the end, as none is the day itself."""
    floors = sorted(floor[0] for a in accounts if (floor := dated_by_itself(a)[0]) is not None)
    if not floors:
        return None
    return Interval(floors[len(floors) // 4], min(LAST_DAY + 1, floors[-1] + _MARGIN))


def _is_dated(mention: EventMention) -> bool:
    interval = mention.when.interval
    return (
        mention.timex is not None
        and mention.status in _REAL
        and mention.role in {"at", "began", "ended"}
        and interval is not None
        and interval.days is not None
        and interval.days <= _FINE
    )
