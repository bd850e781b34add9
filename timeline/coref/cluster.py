"""Mentions -> groups that tell one event.

Pairs worth comparing are found in blocks; those with evidence enough are links, taken from the strongest
down. A link joins two groups only if no mention of one is in conflict with one of the other, and if the
groups are alike on average: a single wrong link cannot chain two events together.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from timeline.coref.alike import Likeness
from timeline.coref.mention import Features
from timeline.coref.pair import ENOUGH, comparable, conflict, likeness, why

#: How alike two groups must be on average: somewhat less than the link that joins them.
ON_AVERAGE: Final = 3.4
#: Within a block a mention is compared with this many before it.
_WINDOW: Final = 8
#: With this many of its sort in its article and in each that is alike.
_TOLD: Final = 200
#: After joining, mentions may change groups this many times.
_ROUNDS: Final = 3
#: How much better off a mention must be to change.
_HOLD: Final = 0.5

#: Groups of so many mentions show by their names whom they are about.
_MANY: Final = 3
#: A name that stands in this share of a group's sentences is whom it is about; in fewer, it is another's.
_MOSTLY: Final = 0.5
_HARDLY: Final = 0.34


@dataclass(frozen=True)
class Member:
    """A mention of a group, and why it is in it."""

    features: Features
    why: str
    """Empty for the first."""


def clusters(mentions: Sequence[Features], articles: Likeness) -> list[list[Member]]:
    """The groups; members in order, groups by their first member. A sentence that stands in several articles
    word for word is compared once, and its copies follow it: a wire story in a thousand papers costs no more
    than in one. A verb that only carries a noun's event follows its noun, unless it is in conflict with a
    member of that group."""
    copies = _copies(mentions)
    mentions = [first for first, *_ in copies.values()]
    groups = _Clustering([m for m in mentions if m.carries is None], articles).run()
    home = {
        copy.mention.key: group
        for group in groups
        for member in group
        for copy in copies[_wording(member.features)]
    }
    for verb in mentions:
        if verb.carries is None:
            continue
        group = home.get(verb.carries)
        if group is None or any(conflict(verb, member.features) for member in group):
            groups.append([Member(verb, "")])
        else:
            group.append(Member(verb, "told in one clause"))
    for group in groups:
        for member in list(group):
            group += [Member(copy, "the same sentence") for copy in copies[_wording(member.features)][1:]]
    return sorted(map(_in_order, groups), key=lambda group: group[0].features.order)


def _copies(mentions: Sequence[Features]) -> dict[tuple[object, ...], list[Features]]:
    """Mentions by wording: the same trigger of the same sentence, read as the same days of the same people:
    "He was arrested." is no copy where he is somebody else."""
    found: dict[tuple[object, ...], list[Features]] = defaultdict(list)
    for mention in mentions:
        found[_wording(mention)].append(mention)
    return found


def _wording(mention: Features) -> tuple[object, ...]:
    told = mention.mention
    place = told.trigger.start - told.quote.start
    read = told.when.interval, told.status, told.role, told.participants, told.place
    return told.quote.text, place, told.trigger.text, *read


def _in_order(group: Sequence[Member]) -> list[Member]:
    """The first one of a group needs no reason; a reason that was its own goes to the next one."""
    members = sorted(group, key=lambda member: member.features.order)
    reasons = [m.why for m in members[1:]]
    if len(members) > 1 and members[0].why:
        missing = next(n for n, why in enumerate(reasons) if not why)
        reasons[missing] = members[0].why
    return [Member(m.features, why) for m, why in zip(members, ["", *reasons], strict=True)]


class _Clustering:
    def __init__(self, mentions: Sequence[Features], articles: Likeness) -> None:
        self._mentions = mentions
        self._articles = articles
        self._home = list(range(len(mentions)))
        self._groups = {n: [n] for n in self._home}
        self._scores: dict[int, float | None] = {}
        """By one number for the pair: millions of tuples would cost more than the comparing."""

    def run(self) -> list[list[Member]]:
        links = sorted(
            (-score, i, j) for i, j in self._pairs() if (score := self._score(i, j) or 0.0) >= ENOUGH
        )
        for _ in range(_ROUNDS):
            self._join_all(links)
            if not self._settle(links):
                break
        found = sorted(sorted(group) for group in self._groups.values() if group)
        return [self._explained(group) for group in found]

    def _join_all(self, links: Sequence[tuple[float, int, int]]) -> None:
        refused: set[tuple[int, int, int]] = set()
        for _, i, j in links:
            one, other = sorted((self._home[i], self._home[j]))
            attempt = (one, other, len(self._groups[one]) + len(self._groups[other]))
            if one != other and attempt not in refused:
                if self._together(self._groups[one], self._groups[other]):
                    self._join(one, other)
                else:
                    refused.add(attempt)

    def _settle(self, links: Sequence[tuple[float, int, int]]) -> bool:
        """Let each mention go to the group it is most alike; True if any went."""
        partners: dict[int, list[int]] = defaultdict(list)
        for _, i, j in links:
            partners[i].append(j)
            partners[j].append(i)
        moved = False
        for i in sorted(partners):
            home = self._home[i]
            best, where = self._pull(i, home), home
            for group in sorted({self._home[j] for j in partners[i]} - {home}):
                pull = self._pull(i, group)
                if pull > best + _HOLD:
                    best, where = pull, group
            if where != home:
                self._groups[home].remove(i)
                self._groups[where] = sorted([*self._groups[where], i])
                self._home[i] = where
                moved = True
        return moved

    def _pull(self, i: int, group: int) -> float:
        """How much more than needed a mention is like a group, summed over its members; no pull at all if
        any of them is in conflict with it."""
        total = 0.0
        for j in self._groups[group]:
            if i != j:
                score = self._score(i, j)
                if score is None:
                    return -math.inf
                total += score - ON_AVERAGE
        return total

    def _score(self, i: int, j: int) -> float | None:
        """Likeness of two mentions by number, None if they are in conflict."""
        if i > j:
            i, j = j, i
        pair = i * len(self._mentions) + j
        if pair not in self._scores:
            a, b = self._mentions[i], self._mentions[j]
            self._scores[pair] = None if conflict(a, b) else likeness(a, b, self._articles)
        return self._scores[pair]

    def _together(self, one: Sequence[int], other: Sequence[int]) -> bool:
        if len(one) >= _MANY and len(other) >= _MANY and self._of_others(one, other):
            return False
        total, compared = 0.0, 0
        homes, others = ({self._mentions[n].mention.article for n in group} for group in (one, other))
        for i in one:
            for j in other:
                score = self._score(i, j)
                if score is None:
                    return False
                if not (self._is_taken_up(i, j, others) or self._is_taken_up(j, i, homes)):
                    total += score
                    compared += 1
        return total >= ON_AVERAGE * compared

    def _is_taken_up(self, i: int, j: int, articles: Collection[str]) -> bool:
        """True for "the truce" without a date, compared with what another article tells: what it is says its
        own article, if that is one of those the other group is told in."""
        noun, home = self._mentions[i], self._mentions[i].mention.article
        taken = noun.mention.nominal and not noun.dated and home in articles
        return taken and home != self._mentions[j].mention.article

    def _of_others(self, one: Sequence[int], other: Sequence[int]) -> bool:
        """True if two groups are about two people: the name that most mentions of each give to who has a
        part in it hardly stands in the sentences of the other."""
        whose, others = self._whose(one), self._whose(other)
        if not whose or not others or whose == others:
            return False
        return self._share(whose, other) < _HARDLY and self._share(others, one) < _HARDLY

    def _whose(self, group: Sequence[int]) -> str:
        """The name of who has a part in most mentions that name anybody; empty if two give none."""
        counted = Counter(name for n in group for name in self._mentions[n].names)
        if not counted:
            return ""
        name, times = min(counted.items(), key=lambda item: (-item[1], item[0]))
        return name if times >= 2 and self._share(name, group) >= _MOSTLY else ""

    def _share(self, name: str, group: Sequence[int]) -> float:
        return sum(name in self._mentions[n].told_of for n in group) / len(group)

    def _join(self, one: int, other: int) -> None:
        for number in self._groups[other]:
            self._home[number] = one
        self._groups[one] = sorted(self._groups[one] + self._groups.pop(other))

    def _explained(self, group: Sequence[int]) -> list[Member]:
        """The members, each with the evidence that ties it most to one before it."""
        members = [Member(self._mentions[group[0]], "")]
        for place, n in enumerate(group[1:], 1):
            nearest = max(group[:place], key=lambda m: (self._score(m, n) or 0.0, -m))
            members.append(
                Member(self._mentions[n], why(self._mentions[nearest], self._mentions[n], self._articles))
            )
        return members

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs of mentions that may have enough in common, each once, the smaller number first."""
        seen: set[int] = set()
        size = len(self._mentions)
        blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
        by_article: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for n, mention in enumerate(self._mentions):
            for key in self._keys(mention):
                for earlier in blocks[key][-_WINDOW:]:
                    seen.add(earlier * size + n)
                blocks[key].append(n)
            article = self._articles.original(mention.mention.article)
            for sort in self._sorts(mention):
                for near in (article, *self._articles.near(article)):
                    for earlier in by_article.get((near, mention.side, sort), ())[-_TOLD:]:
                        seen.add(earlier * size + n)
                by_article[article, mention.side, sort].append(n)
        for pair in sorted(seen):
            i, j = divmod(pair, size)
            if comparable(self._mentions[i], self._mentions[j]):
                yield i, j

    def _sorts(self, mention: Features) -> list[str]:
        """What a mention is looked up by in articles that are alike: its root and the words for the same."""
        return [mention.root, *(f"row {n}" for n in sorted(mention.happening))]

    def _keys(self, mention: Features) -> Iterator[tuple[object, ...]]:
        """Blocks: its day; its root or kind with a name, a place or a rare word; what its sentence joins."""
        side = mention.side
        if mention.day is not None:
            yield "day", side, mention.day
        elif mention.dated and mention.span is not None:
            yield "days", side, mention.root, mention.span
        named = sorted(mention.names | mention.place)
        for name in named:
            yield "name", side, mention.root, name
            yield "kind", side, mention.mention.kind, name
        rare = sorted(mention.context, key=lambda w: (-self._articles.rarity(w), w))[:3]
        for word in rare:
            yield "word", side, mention.root, word
        yield "root", side, mention.root
        yield "told", mention.mention.key
        for other in mention.told_with:
            yield "told", other
