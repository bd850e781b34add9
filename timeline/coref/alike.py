"""How alike two articles are: what tells a report of the same happening from one of another.

Two mentions of "attack" in two reports of one day's raid are one event far more often than in two articles
that share a subject and no more. A word weighs the less the more articles have it; its weight does not
depend on the size of the pile, so an unrelated article changes nothing.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from timeline.coref.words import name_key, tokens, word_keys
from timeline.interval import Interval
from timeline.model import Article

#: A word that stands in `n` articles weighs `n` to this power. Of the powers tried on piles of known stories,
#: a third told articles of one story from others as well as the usual logarithm of the share of articles.
RARITY: Final = -0.35
#: Names and numbers weigh twice as much as other words: they tell two fires apart.
_NAMES: Final = 2.0
#: Words in more articles than this tell nothing worth the time.
_COMMON: Final = 60
#: Below this, articles share a subject at most.
LEAST: Final = 0.08
#: An article chooses at most this many neighbours; others may choose it.
_NEIGHBOURS: Final = 25
#: Articles this alike are one text in two papers.
DUPLICATE: Final = 0.85
#: A happening is reported within days. Published further apart, articles share what led up to it: days
#: between their publication -> what their likeness is still worth.
_FADES: Final = ((2, 1.0), (7, 0.7), (30, 0.4))
_FADED: Final = 0.25
#: A publication date that is inferred no finer than this, in days, counts as unknown.
_VAGUE: Final = 92


class Likeness:
    """Article likeness from 0 to 1 for the articles of a pile."""

    def __init__(self, articles: Sequence[Article]) -> None:
        texts = {a.id: a.text[slice(*a.body)] or a.text for a in sorted(articles, key=lambda a: a.id)}
        first: dict[str, str] = {}
        self._same = {id: first.setdefault(text, id) for id, text in texts.items()}
        """Article -> the first one with its very text: a wire story in a thousand papers is one."""
        texts = {id: text for id, text in texts.items() if self._same[id] == id}
        bags = {id: _bag(text) for id, text in texts.items()}
        self._spread = Counter(word for bag in bags.values() for word in bag)
        self._rarity = {word: float(n**RARITY) for word, n in self._spread.items()}
        names = Counter(name for text in texts.values() for name in _names(text))
        self._name_rarity = {name: float(n**RARITY) for name, n in names.items()}
        self._weights: dict[frozenset[str], float] = {}
        self._near = _neighbours({id: self._vector(bag) for id, bag in bags.items()})
        self._published = {a.id: _published(a) for a in articles}

    def rarity(self, word: str) -> float:
        """How telling a word is: 1 if one article has it, 0.5 if seven have it."""
        return self._rarity.get(word, 1.0)

    def name_rarity(self, name: str) -> float:
        """The same for the key of a name."""
        return self._name_rarity.get(name, 1.0)

    def weight(self, words: frozenset[str]) -> float:
        """How telling words are together. `fsum`, as its result does not depend on the order of a set."""
        if words not in self._weights:
            self._weights[words] = math.fsum(map(self.rarity, words))
        return self._weights[words]

    def of(self, one: str, other: str) -> float:
        """0 for articles that have nothing to do with each other, 1 for one text."""
        one, other = self.original(one), self.original(other)
        return 1.0 if one == other else self._near.get(one, {}).get(other, 0.0)

    def original(self, article: str) -> str:
        """The first article with the very text of this one; mostly itself."""
        return self._same.get(article, article)

    def published(self, one: str, other: str) -> bool:
        """True if it is known when both were published."""
        return self._published.get(one) is not None and self._published.get(other) is not None

    def gap(self, one: str, other: str) -> int:
        """Days between their publication; 0 if one of them is not known."""
        left, right = self._published.get(one), self._published.get(other)
        return left.gap(right) if left is not None and right is not None else 0

    def same_news(self, one: str, other: str) -> float:
        """Likeness as far as the two can tell the same news: it fades with the days between them."""
        gap = self.gap(one, other)
        return self.of(one, other) * next((worth for days, worth in _FADES if gap <= days), _FADED)

    def near(self, article: str) -> Mapping[str, float]:
        """The articles that are alike enough to tell the same happening, by id; copies of one text by the
        first of them."""
        return self._near.get(self.original(article), {})

    def sources(self, articles: Sequence[str]) -> int:
        """How many of these articles are a source of their own: a wire story in three papers is one."""
        kept: set[str] = set()
        for article in sorted(set(map(self.original, articles))):
            if not any(other in kept and x >= DUPLICATE for other, x in self.near(article).items()):
                kept.add(article)
        return len(kept)

    def _vector(self, bag: Mapping[str, float]) -> dict[str, float]:
        vector = {word: weight * self.rarity(word) for word, weight in bag.items()}
        length = math.sqrt(math.fsum(x * x for x in vector.values())) or 1.0
        return {word: x / length for word, x in vector.items() if self._spread[word] <= _COMMON}


def _published(article: Article) -> Interval | None:
    """When an article was published; None if that is known too vaguely to tell how far two are apart."""
    interval = article.published.interval
    return interval if interval is not None and interval.days and interval.days <= _VAGUE else None


def _bag(text: str) -> dict[str, float]:
    """Content words with the weight they have by themselves: how often they stand, and if they are names."""
    counts: Counter[str] = Counter()
    small: set[str] = set()
    for token in tokens(text):
        for key in word_keys((token,)):
            counts[key] += 1
            if token[0].islower():
                small.add(key)
    return {w: (1 + math.log(n)) * (1.0 if w in small else _NAMES) for w, n in counts.items()}


def _names(text: str) -> set[str]:
    return {name_key(token) for token in tokens(text) if token[0].isupper()}


def _neighbours(vectors: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """For each article those most like it; near linear, as words that stand everywhere are left out."""
    having: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for id, vector in vectors.items():
        for word, weight in vector.items():
            having[word].append((id, weight))
    near: dict[str, dict[str, float]] = {}
    for id, vector in vectors.items():
        likeness: dict[str, float] = defaultdict(float)
        for word, weight in vector.items():
            for other, its in having[word]:
                likeness[other] += weight * its
        best = [(-x, other) for other, x in likeness.items() if other != id and x >= LEAST]
        near[id] = {other: -x for x, other in sorted(best)[:_NEIGHBOURS]}
    for id, likely in list(near.items()):  # being alike goes both ways
        for other, x in likely.items():
            near[other].setdefault(id, x)
    return near
