"""Small piles of articles and mentions to merge, built by hand, without a parser."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from timeline.events import lexicon
from timeline.interval import Grain, Interval
from timeline.model import (
    Article,
    Basis,
    EventMention,
    Publication,
    Quantity,
    Span,
    Status,
    Timex,
    When,
)

_TRIGGER = re.compile(r"\[(.+?)\]")
_DATE = re.compile(r"\{(.+?)\}")
_ENDINGS = ("ed", "s", "d", "")


def article(id: str, sentences: Iterable[str], published: dt.date | None = None, number: int = 1) -> Article:
    """An article of sentences as `mention` takes them."""
    text = " ".join(map(plain, sentences))
    known = Publication(Interval.on(published), Basis.GIVEN) if published else Publication()
    return Article(id, text, published=known, body=(0, len(text)), number=number)


def plain(sentence: str) -> str:
    """The sentence without its brackets and braces."""
    return re.sub(r"[\[\]{}]", "", sentence)


def mention(
    article: Article,
    sentence: str,
    kind: str,
    day: dt.date | list[dt.date] | None = None,
    status: str = "occurred",
    position: int = 0,
) -> EventMention:
    """A mention of an event in a sentence "A [strike] hit the mill {on Friday}." of the article."""
    words = plain(sentence)
    start = article.text.index(words)
    trigger = _place(article, sentence, start, _TRIGGER)
    assert trigger is not None
    date = _place(article, sentence, start, _DATE)
    days = None if day is None else Interval.on(day) if isinstance(day, dt.date) else Interval.between(*day)
    timex = Timex(date, "DATE", "", days, Grain.DAY) if date and days else None
    nominal = _base(trigger.text) in lexicon().nouns and not trigger.text.endswith("ed")
    number = re.search(r"\d[\d,]*", words)
    ended = "ended" in words
    return EventMention(
        article=article.id,
        quote=article.span(start, start + len(words)),
        trigger=trigger,
        lemma=_base(trigger.text),
        kind=kind,
        title=words[:80],
        status=Status(status),
        nominal=nominal,
        place=next(iter(re.findall(r"(?:in|of|on) ((?:[A-Z]\w+ ?)+)", words)), "").strip(),
        timex=timex,
        role="ended" if ended and timex else "began" if "began" in words and timex else "at",
        when=When(days, Grain.DAY, rule="<date>") if timex else When(),
        position=position,
        quantities=(Quantity("killed", int(number[0].replace(",", ""))),)
        if number and kind == "killing"
        else (),
        words=frozenset(w.lower() for w in re.findall(r"[A-Za-z]{4,}", words)),
        weight=0.5,
    )


def pair(row: Mapping[str, Any]) -> tuple[list[EventMention], list[Article]]:
    """The two mentions of a row of `corpus/coref/pairs.toml`, in an article each."""
    mentions, articles = [], []
    for number, side in enumerate(("one", "other"), 1):
        own = {k: row.get(k if number == 1 else f"other_{k}") for k in ("day", "status", "published")}
        text = article(f"article-{side}", [row[side]], own["published"], number)
        kind = row["kind"] if number == 1 else row.get("other_kind", row["kind"])
        mentions.append(mention(text, row[side], kind, own["day"], own["status"] or "occurred"))
        articles.append(text)
    return mentions, articles


def _place(article: Article, sentence: str, start: int, mark: re.Pattern[str]) -> Span | None:
    match = mark.search(sentence)
    if match is None:
        return None
    before = len(plain(sentence[: match.start()]))
    return article.span(start + before, start + before + len(plain(match[1])))


def _base(word: str) -> str:
    """The base form, as the lexicon has it; of a phrase ("opened fire") that of its first word."""
    known = {*lexicon().verbs, *lexicon().nouns}
    first, space, rest = word.partition(" ")
    forms = (first.removesuffix(ending) + tail + space + rest for ending in _ENDINGS for tail in ("", "e"))
    return next((form for form in forms if form in known), word)
