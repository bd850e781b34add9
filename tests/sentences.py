"""Corpus sentences with words marked by asterisks, read as a build reads articles: one article a sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from timeline.interval import Interval
from timeline.language import Clause, Parsed
from timeline.model import Article, Basis, EventMention, Publication, Timex
from timeline.steps import STEPS, Draft

if TYPE_CHECKING:
    from spacy.tokens import Token

CORPUS = Path(__file__).parent / "corpus"

#: Parsing, finding dates, finding events, dating events.
_STEPS = STEPS[:4]
_MARK = re.compile(r"\*([^*]+)\*")


@dataclass(frozen=True)
class Read:
    """One marked text, read."""

    article: Article
    marked: tuple[int, ...]
    """Where the marked words start."""
    parsed: Parsed
    timexes: tuple[Timex, ...]
    mentions: tuple[EventMention, ...]

    def mention(self, start: int) -> EventMention:
        """The mention whose trigger starts there; AssertionError with what there is if none does."""
        found = [m for m in self.mentions if m.trigger.start == start]
        assert found, f"no event at {self.article.text[start : start + 15]!r}, only at {self.triggers}"
        return found[0]

    @property
    def at_marks(self) -> list[EventMention]:
        """The mention at each mark."""
        return [self.mention(start) for start in self.marked]

    @property
    def triggers(self) -> list[str]:
        """The words that events hang on."""
        return [m.trigger.text for m in self.mentions]


def corpus(name: str) -> Mapping[str, Any]:
    """A corpus file, by its name under `corpus/`."""
    return tomllib.loads((CORPUS / name).read_text("utf-8"))


def article(text: str, published: str = "", *, id: str = "a") -> Article:
    """An article without marks. `published` is a day, two days with a slash between them, or empty."""
    days = [Interval.on(day) for day in published.split("/") if day]
    known = Publication(days[0] | days[-1], Basis.GIVEN) if days else Publication()
    return Article(id=id, text=text, published=known, body=(0, len(text)))


def read(texts: Sequence[tuple[str, str]]) -> list[Read]:
    """(publication date, marked text) each -> read, all in one go."""
    articles = [article(_MARK.sub(r"\1", text), day, id=f"a{n}") for n, (day, text) in enumerate(texts)]
    draft = Draft(tuple(articles))
    for step in _STEPS:
        draft = step.run(draft, lambda done: None)
    marks = [tuple(m.start() - 2 * n for n, m in enumerate(_MARK.finditer(text))) for _, text in texts]
    rows = zip(draft.articles, marks, draft.parsed, draft.timexes, draft.mentions, strict=True)
    return [Read(*row) for row in rows]


def trees(sentences: Iterable[Iterable[Token]]) -> list[tuple[str | int | bool | None, ...]]:
    """All that a language model says of each word."""
    return [
        (t.text, t.tag_, str(t.morph), t.lemma_, t.head.i, t.dep_, t.ent_iob_, t.ent_type_, t.is_sent_start)
        for words in sentences
        for t in words
    ]


_HOW = ("passive", "negated", "perfect", "infinitive", "participle", "conditional")


def shown_clause(clause: Clause) -> str:
    """A clause as the clause corpus writes it."""
    how = [clause.tense.value, *(name for name in _HOW if getattr(clause, name)), clause.modal]
    objects = f"by {clause.agent.text}" if clause.agent else " ".join(o.text for o in clause.objects)
    subject = clause.subject.text if clause.subject else ""
    verb = " ".join(filter(None, (clause.head.text, clause.particle)))
    return " | ".join([" ".join(filter(None, how)), subject, verb, objects]).removesuffix(" | ")
