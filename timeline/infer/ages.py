"""How old people are by an article, and when they were born: what is said of one person in two places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from timeline.infer.account import Account, days_text
from timeline.infer.solve import Constraint
from timeline.interval import FIRST_DAY, LAST_DAY, Interval
from timeline.model import Evidence, Span
from timeline.timex.counted import shift_day
from timeline.timex.meaning import Calendar
from timeline.timex.units import Unit

if TYPE_CHECKING:
    from timeline.infer.pile import Pile

_NAME: Final = r"(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'.-]*){0,3})"
_NOW: Final = re.compile(rf"\b{_NAME}, (?:aged? |who is )?(?P<age>\d\d)(?=, |\.$|\)| and | said)")
#: An age at death is that of its article only where the death is its news.
_DEATH: Final = re.compile(
    rf"\b{_NAME} (?:\w+ ){{0,2}}(?:dies|died)\b[^.;]{{0,50}}?\b(?:aged?|at the age of) (?P<age>\d\d)\b"
)
_BORN: Final = re.compile(rf"\b{_NAME},? (?:who )?(?:was )?born\b[^.;]{{0,60}}$")
#: News of a death, in days after it.
_NEWS: Final = 14
_OLDEST: Final = 110


@dataclass(frozen=True, slots=True)
class Age:
    """Somebody is that old."""

    name: str
    """In full, as far as the article has it."""
    years: int
    span: Span
    late: int
    """The article may be so many days younger than the age."""


@dataclass(frozen=True, slots=True)
class Birth:
    """When somebody was born."""

    name: str
    days: Interval
    evidence: Evidence
    article: str


def ages(account: Account) -> tuple[Age, ...]:
    """The ages that an article gives to people with a first and a last name."""
    found = []
    for sentence in account.parsed.sentences:
        rows = [(m, 0) for m in _NOW.finditer(sentence.span.text)]
        if sentence.index <= account.first_sentence:
            rows += [(m, _NEWS) for m in _DEATH.finditer(sentence.span.text)]
        for match, late in rows:
            start = sentence.span.start
            name, years = _whole(account, match["name"]), int(match["age"])
            if name and 15 < years <= _OLDEST:
                span = account.article.span(start + match.start(), start + match.end())
                found.append(Age(name, years, span, late))
    return tuple(found)


def births(account: Account) -> tuple[Birth, ...]:
    """The days of birth that an article tells."""
    found = []
    for told in account.told:
        date, sentence = told.core, account.sentence(told.position)
        if not isinstance(date, Calendar) or not (date.year and date.month and date.day):
            continue
        match = _BORN.search(account.article.text[sentence.start : told.span.start])
        interval = next((t.interval for t in account.timexes if t.span == told.span), None)
        if match and interval is not None and (name := _whole(account, match["name"])):
            start = sentence.start + match.start("name")
            words = account.article.span(start, told.span.end)
            evidence = account.evidence("day of birth", words, other=True)
            found.append(Birth(name, interval, evidence, account.article.id))
    return tuple(found)


def _whole(account: Account, name: str) -> str:
    """The full name with first and last word; empty for a surname alone, which many share."""
    words = account.parsed.names.whole(name).split()
    if len(words) == 1:
        pattern = rf"\b([A-Z][\w’'-]+) {re.escape(words[0])}\b"
        first = Counter(re.findall(pattern, account.article.text)).most_common(2)
        if len(first) == 1 and first[0][1] > 1:
            words = [first[0][0], *words]
    return " ".join(words[-2:]) if len(words) > 1 else ""


def known_births(accounts: Sequence[Account], told: Mapping[str, tuple[Age, ...]]) -> dict[str, list[Birth]]:
    """Name -> when its bearer was born, by the articles that say so, and by ages in dated ones."""
    found: dict[str, list[Birth]] = {}
    for account in accounts:
        for birth in births(account):
            found.setdefault(birth.name, []).append(birth)
        known = account.known
        if known is None or not known.is_day or known.first is None:
            continue
        for age in told[account.article.id]:
            since = shift_day(max(known.first - age.late, FIRST_DAY), Unit.YEAR, -age.years - 1)
            until = shift_day(known.first, Unit.YEAR, -age.years)
            if since is not None and until is not None:
                where = f"age on {days_text(known)}"
                evidence = account.evidence(where, age.span, other=True)
                days = Interval(since, until + 1)
                found.setdefault(age.name, []).append(Birth(age.name, days, evidence, account.article.id))
    return found


def ages_told(account: Account, pile: Pile) -> Iterator[Constraint]:
    """ "Orla Fenwick, 55, said", and she was born on 24 May 1955 or was 56 on a day that is known: between
    two birthdays. Nothing where what is known of her birth does not agree: two people may have one name."""
    for age in pile.kin.ages[account.article.id]:
        known = [b for b in pile.births.get(age.name, ()) if b.article != account.article.id or b.days.is_day]
        if not known:
            continue
        first = max(b.days.first or 0 for b in known)
        stop = min(b.days.stop or 0 for b in known)
        if first >= stop:
            continue
        since = shift_day(first, Unit.YEAR, age.years)
        until = shift_day(stop - 1, Unit.YEAR, age.years + 1)
        if since is not None and until is not None:
            own = account.evidence("age of a person", age.span)
            narrowest = min(known, key=lambda b: b.days.days or 0).evidence
            span = Interval(since, min(until + age.late, LAST_DAY + 1))
            yield Constraint("the age of a person", 1.5, (own, narrowest), (span,))
            return
