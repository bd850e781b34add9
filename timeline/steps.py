"""The steps from articles to events, in order.

Each step takes a `Draft` and returns it with more in it; no step knows the next. Their packages are
imported by the steps themselves, so that looking at a saved timeline loads no language model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from timeline.limits import Limits
from timeline.model import Article, Discrepancy, Event, EventMention, Relation, Timex

if TYPE_CHECKING:
    from timeline.language import Parsed
    from timeline.timex import Expression

#: Told how far a build is: the step's name, articles done, articles in all.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Draft:
    """What is known so far. Tuples of tuples go by article, in the order of `articles`."""

    articles: tuple[Article, ...]
    expressions: tuple[tuple[Expression, ...], ...] = ()
    """Time expressions, read but not resolved."""
    parsed: tuple[Parsed, ...] = ()
    timexes: tuple[tuple[Timex, ...], ...] = ()
    mentions: tuple[tuple[EventMention, ...], ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    warnings: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    language_model: str = ""
    """Name or folder of a spaCy pipeline; empty for the shipped one."""


#: Told how many articles a step has done.
Tick = Callable[[int], None]


def _parse(draft: Draft, tick: Tick) -> Draft:
    from timeline.events import lexicon
    from timeline.language import parse
    from timeline.timex import recognise

    past = lexicon().past_of_present

    # One at a time: what an article gives does not depend on its neighbours, and one can be given up.
    def read(article: Article) -> tuple[tuple[Expression, ...], Parsed]:
        found = recognise(article.text, *article.body)
        spans = [(e.start, e.end) for e in found[: draft.limits.max_times]]
        [parsed] = parse((article,), times=lambda _: spans, past=past, language_model=draft.language_model)
        return found, parsed

    done = tuple(_ticking(map(read, draft.articles), tick))
    return replace(draft, expressions=tuple(e for e, _ in done), parsed=tuple(p for _, p in done))


def _tag(draft: Draft, tick: Tick) -> Draft:
    from timeline.timex import tag

    tagged = (
        tag(
            a.text,
            a.published.interval,
            body=a.body,
            tense=p.tense_at,
            clock=a.published.clock,
            found=found,
        )
        for a, p, found in zip(draft.articles, draft.parsed, draft.expressions, strict=True)
    )
    timexes, warnings = _capped(draft, _ticking(tagged, tick), draft.limits.max_times, "time expressions")
    return replace(draft, timexes=timexes, warnings=(*draft.warnings, *warnings))


def _detect(draft: Draft, tick: Tick) -> Draft:
    from timeline.events import detect

    found = map(detect, draft.parsed, draft.timexes)
    mentions, warnings = _capped(draft, _ticking(found, tick), draft.limits.max_events, "event mentions")
    return replace(draft, mentions=mentions, warnings=(*draft.warnings, *warnings))


def _capped(
    draft: Draft, found: Iterable[tuple[Any, ...]], most: int, what: str
) -> tuple[tuple[tuple[Any, ...], ...], list[str]]:
    """The first finds of each article, and a warning for each article that has more of them."""
    kept, warnings = [], []
    for article, finds in zip(draft.articles, found, strict=True):
        if len(finds) > most:
            name = article.path or article.id
            warnings.append(f"{name}: {len(finds):,} {what}, and only the first {most:,} are used")
        kept.append(finds[:most])
    return tuple(kept), warnings


def _resolve(draft: Draft, tick: Tick) -> Draft:
    from timeline.anchor import resolve

    dated = map(resolve, draft.mentions, draft.articles)
    return replace(draft, mentions=tuple(_ticking(dated, tick)))


def _infer(draft: Draft, tick: Tick) -> Draft:
    from timeline.infer import infer

    most = draft.limits.max_events
    dated = infer(draft.articles, draft.parsed, draft.expressions, draft.timexes, draft.mentions, most=most)
    return replace(
        draft,
        articles=dated.articles,
        timexes=dated.timexes,
        mentions=dated.mentions,
        warnings=(*draft.warnings, *dated.warnings),
    )


def _merge(draft: Draft, tick: Tick) -> Draft:
    from timeline.coref import merge

    return replace(draft, events=merge(tuple(chain(*draft.mentions)), draft.articles))


def _relate(draft: Draft, tick: Tick) -> Draft:
    from timeline.relate import discrepancies, relate

    return replace(
        draft,
        relations=relate(draft.events, chain(*draft.mentions)),
        discrepancies=discrepancies(draft.events),
    )


class Step(NamedTuple):
    """One step of a build."""

    name: str
    """What a waiting user reads."""
    run: Callable[[Draft, Tick], Draft]
    by_article: bool = False
    """True if it takes one article after the other, and tells when each is done."""


#: Told the number of the article that is worked on next; 0 when that is all of them, or none.
Watch = Callable[[int], None]

STEPS: Final = (
    Step("reading sentences", _parse, by_article=True),
    Step("finding dates", _tag, by_article=True),
    Step("finding events", _detect, by_article=True),
    Step("dating events", _resolve, by_article=True),
    Step("dating articles", _infer),
    Step("merging events", _merge),
    Step("relating events", _relate),
)

#: The steps that find time expressions, for who wants no more than that.
TAGGING: Final = STEPS[:2]


def ready(language_model: str = "") -> None:
    """Loads what every article needs, so that no article is charged for it."""
    from timeline.events import lexicon
    from timeline.language import model as load
    from timeline.timex import tag

    load(language_model)
    lexicon()
    tag("", None)


def run(
    draft: Draft,
    progress: Progress | None = None,
    steps: Sequence[Step] = STEPS,
    watch: Watch | None = None,
) -> Draft:
    """All steps, in order. `watch` is told of an article only when the work on it itself begins."""
    if watch is not None:
        watch(0)
        ready(draft.language_model)
    for step in steps:
        tick = _ticker(step, draft.articles, progress, watch)
        tick(0)
        draft = step.run(draft, tick)
    return draft


def _ticker(step: Step, articles: Sequence[Article], progress: Progress | None, watch: Watch | None) -> Tick:
    total = len(articles)

    def tick(done: int) -> None:
        if progress is not None:
            progress(step.name, done, total)
        if watch is not None:
            watch(articles[done].number if step.by_article and done < total else 0)

    return tick


def _ticking(results: Iterable[Any], tick: Tick) -> Iterator[Any]:
    """Pass `results` on, one an article, telling how many are done."""
    for done, result in enumerate(results, 1):
        yield result
        tick(done)
