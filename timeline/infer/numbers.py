"""Numbers of articles: ids and addresses that count up, and the order of dates they give if they do."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from timeline.infer.account import Account
from timeline.interval import Interval

#: So many dated articles must have numbers in the order of their dates before that order is believed.
_ENOUGH: Final = 5
#: Each number is compared with this many on either side.
_NEIGHBOURS: Final = 10
_IN_URL: Final = re.compile(r"\d{4,12}(?=[^\d]*$)")


@dataclass(frozen=True, slots=True)
class Numbered:
    """The dated articles of one series of numbers, in order, and what they bound."""

    numbers: tuple[int, ...]
    since: tuple[tuple[int, str], ...]
    """For each: the latest first day up to it, and the article that has it."""
    until: tuple[tuple[int, str], ...]
    """For each: the earliest last day (excluded) from it on, and the article that has it."""

    def bounds(self, number: int) -> tuple[tuple[int, str] | None, tuple[int, str] | None]:
        """The day from which on an article of that number came out, and the day before which, each with the
        article that says so; None if nothing does."""
        here = bisect_left(self.numbers, number)
        above = here + (here < len(self.numbers) and self.numbers[here] == number)
        since = self.since[here - 1] if here > 0 else None
        return since, self.until[above] if above < len(self.numbers) else None


def number_of(account: Account) -> tuple[str, int] | None:
    """The series an article is numbered in, and its number: by an id or by an address that ends in one."""
    article = account.article
    if article.id.isdecimal() and len(article.id) <= 12:
        return "id", int(article.id)
    match = _IN_URL.search(article.url)
    if match is None or is_year(match[0]):
        return None
    return article.url[: match.start()].split("?")[0], int(match[0])


def numbered(accounts: Sequence[Account], own: Mapping[str, Interval | None]) -> dict[str, Numbered]:
    """The series whose numbers grow with the dates of their articles.

    `own` has the articles whose date is inferred, with what is inferred without any numbers: what the
    numbers of an article tell of another's date must not come back to it as evidence.
    """
    series: dict[str, list[tuple[int, int, int, str]]] = {}
    for account in accounts:
        place = number_of(account)
        known = own.get(account.article.id, account.known)
        if place is not None and known is not None and known.first and known.stop:
            series.setdefault(place[0], []).append((place[1], known.first, known.stop, account.article.id))
    found = {name: _in_order(sorted(items)) for name, items in series.items()}
    return {name: order for name, order in found.items() if order is not None}


def _in_order(items: list[tuple[int, int, int, str]]) -> Numbered | None:
    """The series without the few that are out of order; None if they are many, or if too little is known."""
    good, told = [], 0
    for here, (_, first, stop, _) in enumerate(items):
        below = items[max(0, here - _NEIGHBOURS) : here]
        above = items[here + 1 : here + 1 + _NEIGHBOURS]
        right = sum(s <= first for _, _, s, _ in below) + sum(stop <= f for _, f, _, _ in above)
        wrong = sum(stop <= f for _, f, _, _ in below) + sum(s <= first for _, _, s, _ in above)
        told += right > 0
        if wrong * 2 <= right:
            good.append(items[here])
    if told < _ENOUGH or len(good) < 0.9 * len(items):
        return None
    since, until = [], []
    latest, earliest = (0, ""), (4_000_000, "")
    for _, first, _, id in good:
        latest = max(latest, (first, id))
        since.append(latest)
    for _, _, stop, id in reversed(good):
        earliest = min(earliest, (stop, id))
        until.append(earliest)
    return Numbered(tuple(g[0] for g in good), tuple(since), tuple(reversed(until)))


def is_year(word: str) -> bool:
    """True for figures that rather are a year."""
    return len(word) == 4 and 1900 <= int(word) <= 2100
