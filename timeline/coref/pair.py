"""Two mentions: may they be one event at all, and how much speaks for it.

`conflict` is the veto: one reason is enough, and it holds for every pair in an event. `evidence`
is a row each for what two mentions share, in points that were set by hand after looking at how much
more often pairs of one event share it than pairs of two.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Final

from timeline.coref.alike import Likeness
from timeline.coref.mention import Features
from timeline.coref.words import word_keys, words
from timeline.events import lexicon
from timeline.language.gazetteer import gazetteer
from timeline.model import EventMention

#: Points from which two mentions are one event.
ENOUGH: Final = 4.8
#: Numbers of one thing that are further apart than this count different things.
_FAR: Final = 3
#: Numbers of one thing that differ by no more than this share are two counts of it.
_CLOSE: Final = 0.1
#: Who tells of so many tells of something else than who counts nobody.
_MANY: Final = 10
#: Dates this wide, in days, say little by agreeing.
_FINE: Final = 10
#: Shared words of this much rarity together are more than the subject of the article.
_TELLING: Final = 1.2
#: Sentences share words by chance: fewer telling words than this say little.
_LEAST_WORDS: Final = 1.5
_MONTH: Final = 31
_WEEK: Final = 7
#: Kinds that are nobody's but the doer's, where no day says that two are one.
_DEEDS: Final = frozenset("attack strike offensive killing statement pledge travel meeting".split())
_VIOLENCE: Final = frozenset({"attack", "strike", "offensive", "war"})

#: Evidence: points, and the reason in words or the words that are shared.
Evidence = tuple[float, str | frozenset[str]]


_ARTICLES: Final = frozenset({"a", "an", "another"})
#: What is called so is not the one told of before.
_ANOTHER: Final = frozenset({"another", "fresh", "new", "second", "renewed", "further"})
#: What people are called before their names, as keys.
_TITLES: Final = frozenset(word_keys(gazetteer().titles))
#: Kinds of event that happen to one person at a time.
_OF_ONE_PERSON: Final = frozenset({"arrest", "charge", "departure", "appointment", "trial"})


def conflict(a: Features, b: Features) -> str:
    """Why two mentions cannot be one event; empty if they can."""
    one, other = a.mention, b.mention
    if a.side != b.side:
        return "one happened, the other did not"
    if not comparable(a, b):
        return "different kinds of event"
    if a.span is not None and b.span is not None and (problem := _dates_apart(a, b)):
        return problem
    if a.place and b.place and not a.place & b.place and a.day is not None and b.day is not None:
        return "different places"
    if a.doer and b.doer and not a.doer & b.doer and a.mention.kind in _VIOLENCE and a.day != b.day:
        return "different doers"
    if a.ordinal and b.ordinal and a.ordinal != b.ordinal:
        return "not the same one of a series"
    if a.camp and b.camp and one.kind in _DEEDS and not a.camp & b.camp and (a.day is None or a.day != b.day):
        return "different doers"
    if one.kind == other.kind and one.kind in _OF_ONE_PERSON and _of_two_people(a, b):
        return "of different people"
    if any(_sides(a, b, *row) or _sides(b, a, *row) for row in words().apart):
        return "of different people"
    if one.repeated != other.repeated:
        return "once and several times"
    if a.side == b.side == "unreal" and one.article == other.article and _of_two_wishes(a, b):
        return "one more of its sort"
    if a.side == b.side == "unreal" and (one.role == "ended") != (other.role == "ended"):
        return "one is to come, the other to end"
    if (
        one.nominal
        and other.nominal
        and a.plural != b.plural
        and (a.root == b.root or one.kind in _VIOLENCE)
        and not (a.day is not None and a.day == b.day)
    ):
        return "one and several"
    if one.article == other.article and a.root == b.root and a.report:
        if one.quote != other.quote and not (one.nominal or other.nominal):
            return "two statements of one article"
        if one.quote == other.quote and one.lemma == other.lemma:
            return "two in one sentence"
    if one.kind == other.kind == "criticism" and a.root != b.root and not _said_of_one_thing(a, b):
        return "said of different things"
    for quantity in a.tolls:
        for second in b.tolls:
            small, large = sorted((quantity.value, second.value))
            if quantity.aspect == second.aspect and large > _FAR * max(1, small):
                return "numbers too far apart"
    return ""


def _said_of_one_thing(a: Features, b: Features) -> bool:
    """True if their clauses share more than who speaks."""
    speakers = word_keys(
        word for m in (a.mention, b.mention) for p in m.participants[:1] for word in p.split()
    )
    return bool((a.clause & b.clause).difference(speakers) - _TITLES)


def _of_two_wishes(a: Features, b: Features) -> bool:
    """True for "a fresh pause" beside "the pause", and for "a costly victory" beside "a decisive victory" if
    nobody and no place is named with both."""
    if (a.given and b.newly & _ANOTHER) or (b.given and a.newly & _ANOTHER):
        return True
    one, other = a.newly - _ARTICLES, b.newly - _ARTICLES
    unlike = bool(one and other) and not one & other
    return unlike and a.root == b.root and not (a.place & b.place or a.names & b.names)


def _of_two_people(a: Features, b: Features) -> bool:
    """True if each names somebody it happened to whom the sentence of the other does not name."""
    apart = a.names.isdisjoint(b.told_of) and b.names.isdisjoint(a.told_of)
    return apart and _is_person(a.mention) and _is_person(b.mention)


def _is_person(mention: EventMention) -> bool:
    """True if the first who has a part in it goes by a full name, or by a last name before the verb that is
    no short form ("FBI arrests suspect")."""
    first, *_ = (*mention.participants, "")
    words = first.split()
    named = bool(words) and all(word[:1].isupper() for word in words)
    if len(words) > 1 or not named:
        return named
    before = mention.quote.text[: mention.trigger.start - mention.quote.start]
    return first in before and not first.isupper()


def _sides(a: Features, b: Features, left: frozenset[str], right: frozenset[str]) -> bool:
    """True if one clause has only words of the left row, and the other only of the right. Who did it is left
    out."""
    one, other = a.undergone, b.undergone
    return bool(one & left and other & right) and not (one & right or other & left)


def comparable(a: Features, b: Features) -> bool:
    """True if the triggers can name one happening: related kinds, one root, or words for the same."""
    return (
        a.mention.kind == b.mention.kind
        or a.root == b.root
        or bool(a.happening & b.happening)
        or lexicon().related(a.mention.kind, b.mention.kind)
    )


def _dates_apart(a: Features, b: Features) -> str:
    one, other = a.mention, b.mention
    if a.day is not None and b.day is not None and a.day != b.day and one.role == other.role:
        return "different days"
    if a.dated and b.dated and one.role == other.role == "at" and not _overlap(a, b):
        return "dates that do not overlap"
    return ""


def _overlap(a: Features, b: Features) -> bool:
    if a.reach is None or b.reach is None:
        return False
    return a.reach[0] < b.reach[1] and b.reach[0] < a.reach[1]


def likeness(a: Features, b: Features, articles: Likeness) -> float:
    """The points of all evidence together."""
    return round(math.fsum(points for points, _ in evidence(a, b, articles)), 6)


def why(a: Features, b: Features, articles: Likeness) -> str:
    """The evidence in words, the strongest first."""
    found = sorted((e for e in evidence(a, b, articles) if e[0] > 0 and e[1]), key=lambda e: -e[0])
    said = [reason for _, reason in found if isinstance(reason, str)]
    shared = {word for _, reason in found if isinstance(reason, frozenset) for word in reason}
    rarest = sorted(shared, key=lambda word: (-articles.rarity(word), word))
    told = re.findall(r"\w+", f"{b.mention.title} {b.mention.quote.text}")
    written = list(dict.fromkeys(_written(word, told) for word in rarest[:8]))[:4]
    if written:
        said.append("words: " + ", ".join(written))
    return "; ".join(dict.fromkeys(said))


def _written(stem: str, told: Sequence[str]) -> str:
    """A word as the text writes it: what is compared is cut to its stem."""
    return next((word for word in told if word.lower().startswith(stem)), stem)


def evidence(a: Features, b: Features, articles: Likeness) -> Iterator[Evidence]:
    """What speaks for one event and, with points below 0, against it."""
    yield from _trigger(a, b)
    yield from _time(a, b, articles)
    yield from _articles(a, b, articles)
    yield from _people_and_places(a, b, articles)
    yield from _words(a, b, articles)
    if not _specific(a, b, articles):
        # a killing is news by itself; where days are known, though, one happening mostly comes with its day
        known = articles.published(a.mention.article, b.mention.article) and not (a.dated and b.dated)
        yield -1.0 if not (a.weighty and b.weighty) else -0.8 if known else 0.0, ""


def _trigger(a: Features, b: Features) -> Iterator[Evidence]:
    one, other = a.mention, b.mention
    if other.key in a.told_with or one.key in b.told_with:
        yield ENOUGH, "told in one clause"
    if a.root == b.root:
        yield (
            3.0 if a.telling and b.telling else 2.0,
            f"“{one.lemma}”" if one.lemma == other.lemma else f"“{one.lemma}” and “{other.lemma}”",
        )
    elif a.happening & b.happening:
        yield 3.0, f"“{one.lemma}” and “{other.lemma}”"
    elif one.kind == other.kind:
        yield 0.8, f"both tell of {one.kind}"
    if (a.plural or b.plural) and a.day is None and b.day is None:
        yield -1.0 * (a.plural + b.plural), ""  # "deaths", "operations": of many times
    if one.nominal != other.nominal:
        yield -0.6, ""
    if a.report or b.report:
        yield -3.0 if one.kind == other.kind == "statement" else -1.0, ""


def _time(a: Features, b: Features, articles: Likeness) -> Iterator[Evidence]:
    one, other = a.mention, b.mention
    if a.day is not None and a.day == b.day:
        sort = a.root == b.root or a.happening & b.happening or one.kind == other.kind
        yield (1.5 if a.report or b.report else 4.0 if sort else 2.5), f"same day ({one.when.edtf})"
    elif a.span is not None and b.span is not None:
        if a.dated and b.dated and _overlap(a, b):
            yield from _dates_agree(a, b)
        elif a.span == b.span:
            yield 0.7, f"same days ({one.when.edtf})"
        elif not _overlap(a, b):
            yield -2.0, ""
        elif (a.day if b.news else b.day if a.news else None) is not None:
            yield 0.7, "news of the next day"
    if not (a.dated and b.dated) and (gap := _days_between(a, b, articles)) > _WEEK:
        # what an article leads with is its own week's; what it looks back to may be the same
        yield -2.0 if a.news and b.news else -1.0 if gap > 4 * _WEEK else -0.5, ""
    if a.lasted is not None and a.lasted == b.lasted:
        yield 1.0, "same length"
    elif a.lasted != b.lasted and max(a.lasted or 0, b.lasted or 0) >= _MONTH:
        yield -1.0, ""  # "six months of bombardment" and an air strike
    if a.during & b.during:
        yield 1.8, "both during " + ", ".join(sorted(a.during & b.during))
    wished = lexicon().kind(one.kind).wished and lexicon().kind(other.kind).wished
    if wished and a.side == "real" and a.dated and b.dated and _overlap(a, b):
        yield 2.0, ""  # a truce that came about is rare: two at one time are one


def _days_between(a: Features, b: Features, articles: Likeness) -> int:
    """How far apart two mentions are that are not both dated: their articles, unless the words of one date
    what may be the news of the other."""
    if a.dated != b.dated and a.reach is not None and b.reach is not None:
        return max(a.reach[0], b.reach[0]) - min(a.reach[1], b.reach[1]) + 1
    return articles.gap(a.mention.article, b.mention.article)


def _dates_agree(a: Features, b: Features) -> Iterator[Evidence]:
    """Two dates that can both be right: worth the more, the narrower they are. In one article two different
    dates rather are those of two events, if neither is the beginning or the end of something."""
    assert a.span is not None
    assert b.span is not None
    one, other = a.mention, b.mention
    widest = max(stop - first for first, stop in (a.span, b.span))
    if a.span[0] == b.span[0] and a.root == b.root:
        yield 3.0, "dates agree on the first day"
    elif one.article == other.article and a.span != b.span and one.role == other.role == "at":
        yield -1.5, ""
    else:
        yield 1.5 if widest <= _FINE else 1.2 if widest <= _MONTH else 0.7, "dates agree"
        if one.role == other.role != "at" and a.root == b.root:
            yield 0.8, f"both tell when it {one.role}" if one.role in {"began", "ended"} else ""


def _articles(a: Features, b: Features, articles: Likeness) -> Iterator[Evidence]:
    one, other = a.mention, b.mention
    if one.article == other.article:
        near = abs(one.position - other.position) <= 2
        yield 1.6 if near else 1.0, "same article"
        if one.quote == other.quote:
            yield -2.0, ""
        elif one.nominal and other.nominal and a.root == b.root and not a.plural:
            yield 0.8, ""  # a noun taken up again in one article means the same more often than not
        return
    alike = articles.same_news(one.article, other.article)
    # from 0 for articles that share a subject to 2.2 for two reports of one happening
    yield min(2.2, max(0.0, (alike - 0.08) * 8)), "articles alike"
    if one.quote.text == other.quote.text:
        yield 2.0, "the same sentence"


def _names_others(a: Features, b: Features) -> bool:
    """True if who has a part in one is not even named in the sentence of the other. A noun often goes
    without ("the resolution"): then its sentence says nothing about whose it is."""
    told = all(x.names or not x.mention.nominal for x in (a, b)) and (a.names or b.names)
    return bool(told) and a.names.isdisjoint(b.told_of) and b.names.isdisjoint(a.told_of)


def _people_and_places(a: Features, b: Features, articles: Likeness) -> Iterator[Evidence]:
    one, other = a.mention, b.mention
    if shared := a.names & b.names:
        telling = math.fsum(0.5 + 1.5 * articles.name_rarity(name) for name in shared)
        yield min(2.5, telling), ", ".join(sorted(shared))
    elif a.doer and b.doer:
        yield -0.8, ""
    if a.marks and b.marks:
        if not a.marks & b.marks:
            yield -0.4, ""
        if _names_others(a, b) and one.article != other.article:
            yield -0.5, ""
    if shared := a.actors & b.actors:
        rarest = max(articles.rarity(word[:6]) for word in shared)
        yield 0.3 + 1.8 * rarest, ", ".join(sorted(shared))
    if shared := a.place & b.place:
        yield 1.0, "at " + ", ".join(sorted(shared))
        if a.side == "unreal" and a.mention.kind in _VIOLENCE:
            yield 2.0, ""  # few plans of one sort for one place
    elif a.place and b.place:
        yield -0.7, ""
    yield from _numbers(a, b)


def _numbers(a: Features, b: Features) -> Iterator[Evidence]:
    """How many were killed or freed, how old, how many of anything the two sentences count."""
    told = [(x[1], y[1]) for x in a.numbers for y in b.numbers if x[0] == y[0]]
    if any(x == y for x, y in told):
        yield 1.5, "same number"
    elif told:
        yield (1.2, "numbers close to each other") if any(_near(x, y) for x, y in told) else (-1.5, "")
    elif max((n for _, n in a.numbers ^ b.numbers), default=0) >= _MANY and not (a.numbers and b.numbers):
        yield -1.0, ""  # "freed 110 hostages" and "the release of hostages"
    counted = [(what, n, b.counts[what]) for what, n in a.counts.items() if what in b.counts]
    if same := [what for what, x, y in counted if x == y]:
        yield min(1.5, 0.8 * len(same)), "same number of " + ", ".join(sorted(same))
    elif any(not _near(x, y) or what == "aged" for what, x, y in counted):
        yield -1.5, ""


def _narrow(a: Features) -> bool:
    return a.dated and a.span is not None and a.span[1] - a.span[0] <= _FINE


def _near(x: int, y: int) -> bool:
    return abs(x - y) <= _CLOSE * max(x, y)


def _specific(a: Features, b: Features, articles: Likeness) -> bool:
    """True if they share something that not every other mention in the two articles has as well."""
    return bool(
        (a.mention.article == b.mention.article and a.mention.nominal and b.mention.nominal)
        or a.during & b.during
        or a.names & b.names
        or a.place & b.place
        or a.actors & b.actors
        or a.numbers & b.numbers
        or any(n == b.counts.get(what) for what, n in a.counts.items())
        or (_narrow(a) and _narrow(b))
        or a.mention.key in b.told_with
        or b.mention.key in a.told_with
        or articles.weight(a.context & b.context) >= _TELLING
    )


def _words(a: Features, b: Features, articles: Likeness) -> Iterator[Evidence]:
    """Shared words by their rarity: of the sentence as far as the trigger is the same, and of the clause."""
    sentence = 2.0 if a.root == b.root else 0.7
    for most, left, right in ((sentence, a.context, b.context), (0.6, a.clause, b.clause)):
        if shared := left & right:
            least = max(_LEAST_WORDS, min(articles.weight(left), articles.weight(right)))
            yield most * min(1.0, articles.weight(shared) / least), shared
