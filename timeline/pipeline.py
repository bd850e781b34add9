"""From articles to a timeline: the steps in order, and `Timeline`, the front door of the package.

Each step takes a `Draft` and returns it with more in it; no step knows the next. Their packages are
imported by the steps themselves, so that looking at a saved timeline loads no language model.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from timeline import model
from timeline.choose import EVERYTHING, MAX_EVENTS, Wanted, day, headline, show
from timeline.errors import DataError, NothingUsable, UsageError
from timeline.files import write_all
from timeline.limits import Limits
from timeline.model import Article, Discrepancy, Event, EventMention, Relation, Status, Timex
from timeline.proof import matching, misquotes, verify

if TYPE_CHECKING:
    import networkx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from timeline.language import Parsed
    from timeline.read import Reading
    from timeline.render import Look
    from timeline.timex import Expression

#: Told how far a build is: the step's name, articles done, articles in all.
Progress = Callable[[str, int, int], None]

Record = Mapping[str, object]
Inputs = str | os.PathLike[str] | Record | Iterable[str | os.PathLike[str] | Record]


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


def build(
    inputs: Inputs,
    *,
    title: str | None = None,
    dates: Mapping[str, str | dt.date] | None = None,
    about: str | None = None,
    since: str | dt.date | None = None,
    until: str | dt.date | None = None,
    status: Status | str | Iterable[Status | str] | None = None,
    max_events: int = MAX_EVENTS,
    language_model: str = "",
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    progress: Progress | None = None,
) -> Timeline:
    """Build a timeline from `inputs`: paths of files and folders, or records with `text` in memory.

    `dates` gives publication dates by file name or article id; they win over what an article says.
    The other options choose what pictures and reports show (at most `max_events`); the data holds
    everything. `language_model` names an installed spaCy pipeline to read with instead of the shipped one.
    `limits` bounds what one input may ask for. Raises NothingUsable if no input is an article; what was
    skipped or left out is named in the timeline's `warnings`.
    """
    wanted = Wanted.asked(about, since, until, status)
    reading = read(inputs, dates or {}, limits)
    return compose(
        reading,
        title=title,
        wanted=wanted,
        max_events=max_events,
        language_model=language_model,
        limits=limits,
        progress=progress,
    )


def read(
    inputs: Inputs,
    dates: Mapping[str, str | dt.date],
    limits: Limits = Limits(),  # noqa: B008 (frozen)
) -> Reading:
    """The articles of `inputs` and what was skipped, both as `build` takes them."""
    import timeline.read as reader

    many = [inputs] if isinstance(inputs, str | os.PathLike | Mapping) else list(inputs)
    given = {name: day(text) for name, text in dates.items()}
    records = [item for item in many if isinstance(item, Mapping)]
    paths = [item for item in many if not isinstance(item, Mapping)]
    if records and paths:
        raise UsageError("either paths or records, not both")
    if records:
        return reader.from_records(records, given=given, limits=limits)
    return reader.read(paths, given=given, limits=limits)


def compose(
    reading: Reading,
    *,
    title: str | None = None,
    wanted: Wanted = EVERYTHING,
    max_events: int = MAX_EVENTS,
    language_model: str = "",
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> Timeline:
    """The timeline of what was read. `watch` is told which article is worked on."""
    if not reading.articles:
        raise NothingUsable("no article to read")
    draft = Draft(tuple(reading.articles), limits=limits, language_model=language_model)
    draft = run(draft, progress, watch=watch)
    skipped = (f"skipped: {error.line()}" for error in reading.skipped)
    return _finished(draft, (*skipped, *reading.warnings, *draft.warnings), title, wanted, max_events)


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


def _finished(
    draft: Draft, warnings: tuple[str, ...], heading: str | None, wanted: Wanted, most: int
) -> Timeline:
    timeline = Timeline(
        title=heading or headline(draft.articles, draft.events),
        articles=draft.articles,
        events=show(draft.events, wanted, most),
        relations=draft.relations,
        discrepancies=draft.discrepancies,
        warnings=warnings,
    )
    verify(timeline)
    return replace(timeline, warnings=(*warnings, *_contradictions(timeline)))


def _contradictions(timeline: Timeline) -> tuple[str, ...]:
    """Orders that cannot all be right, a sentence each: words against dates, or words against words."""
    from timeline.graph import BEFORE, contradictions

    order = tuple(relation for relation in timeline.relations if relation.type == BEFORE)
    graph = replace(timeline, articles=(), relations=order).graph
    return tuple(f"sources contradict each other: {c}" for c in contradictions(graph))


#: Pictures a report may point to, the better one first.
_LINKED: Final = ("timeline.png", "timeline.svg")
#: Width of the picture in a report that holds it: that of its text.
_REPORT: Final = "column"


def formats() -> tuple[str, ...]:
    """Names of all formats, pictures first."""
    from timeline.export import FORMATS
    from timeline.render import PICTURE_FORMATS

    return (*PICTURE_FORMATS, *FORMATS)


def usual() -> tuple[str, ...]:
    """Names of the formats that are written when none is asked for."""
    from timeline.export import FORMATS

    return tuple(name for name in formats() if name not in FORMATS or FORMATS[name].usual)


def known(names: Iterable[str] | None) -> tuple[str, ...]:
    """`names` themselves, or the usual formats if there are none; UsageError for one that is unknown."""
    from timeline.export import FORMATS

    every = formats()
    chosen = tuple(dict.fromkeys(names or usual()))
    for name in chosen:
        if name not in every:
            raise UsageError(f"no such format; one of {', '.join(every)}", name=name)
        if missing := name in FORMATS and FORMATS[name].missing():
            raise UsageError(missing, name=name)
    return chosen


def file_names(names: Iterable[str] | None) -> tuple[str, ...]:
    """What the files of formats are called; UsageError for a format that is unknown."""
    from timeline.export import FORMATS

    return tuple(FORMATS[name].file if name in FORMATS else f"timeline.{name}" for name in known(names))


class Files(NamedTuple):
    """A timeline as files that are not written yet."""

    content: dict[str, bytes]
    """Name -> content: `timeline.json` ..."""
    notes: tuple[str, ...]
    """What the user should know about them, a sentence each."""


@dataclass(frozen=True, repr=False)
class Timeline(model.Timeline):
    """A timeline to look at, draw, filter, save and load.

    `events`, `articles`, `relations`, `discrepancies` and `warnings` are tuples of plain records.
    """

    @classmethod
    def of(cls, timeline: model.Timeline) -> Timeline:
        """The same timeline, with this class's methods."""
        return cls(**{f.name: getattr(timeline, f.name) for f in fields(timeline)})

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Timeline:
        """Read a `timeline.json`. Raises DataError if it is missing or is none."""
        from timeline.export.json import loads

        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise DataError((error.strerror or str(error)).lower(), name=str(path)) from error
        try:
            return cls.of(loads(data))
        except DataError as error:
            raise DataError(error.line(), name=str(path)) from error

    def save(
        self,
        folder: str | os.PathLike[str] = "output",
        *,
        formats: Iterable[str] | None = None,
        look: Look | None = None,
        force: bool = False,
    ) -> tuple[Path, ...]:
        """Write `timeline.png`, `timeline.json` ... into `folder` and return what was written.

        `formats` are the names in `formats()`; those in `usual()` by default. Raises UsageError for an
        unknown one and OutputError if a file cannot be written; then no file is half written. A file of
        that name that we did not write, or that was changed since, is only overwritten by `force`.
        """
        return write_all(Path(folder), self.files(formats, look, beside=Path(folder)).content, force=force)

    def files(
        self, formats: Iterable[str] | None = None, look: Look | None = None, *, beside: Path | None = None
    ) -> Files:
        """The same files in memory. A report points to a picture written with it, or to one that is
        in the folder `beside` already."""
        from timeline.export import FORMATS
        from timeline.export.material import Material
        from timeline.render import PICTURE_FORMATS, Look, Pictures, pictures, sheets

        names = known(formats)
        asked = [name for name in names if name in PICTURE_FORMATS]
        writers = [FORMATS[name] for name in names if name in FORMATS]
        held = {writer.picture for writer in writers}
        needed = [*asked, "svg"] if "svg" in held and "svg" not in asked else asked
        drawn = pictures(self, needed, look) if needed else Pictures({})
        content = {f"timeline.{name}": drawn.data[name] for name in asked}
        there = [n for n in _LINKED if n in content or (beside is not None and (beside / n).is_file())]
        material = Material(
            picture=drawn.data["svg"].decode("utf-8") if "svg" in drawn.data else None,
            sheets=sheets(self, replace(look or Look(), size=_REPORT)) if "png" in held else (),
            picture_file=there[0] if there else "",
            texts={a.id: a.text for a in self.articles if a.text},
        )
        content.update((writer.file, writer.write(self, material)) for writer in writers)
        return Files(content, drawn.notes)

    @property
    def graph(self) -> networkx.MultiDiGraph[str]:
        """Events and articles as nodes, relations and citations as edges."""
        from timeline.graph import build

        return build(self)

    def with_texts(self, articles: Iterable[Article]) -> Timeline:
        """A loaded timeline with its articles' texts again, so that a page can show quotes in context.

        Raises DataError if a quote does not stand in the text given for its article.
        """
        found = matching(self, articles)
        whole = tuple(replace(a, text=found[a.id].text) if a.id in found else a for a in self.articles)
        for fault in misquotes(self, found, leave_out=[a.id for a in whole if a.id not in found]):
            raise fault
        return replace(self, articles=whole)

    def showing(self, wanted: Wanted = EVERYTHING, max_events: int = MAX_EVENTS) -> Timeline:
        """The same events, others of them shown."""
        return replace(self, events=show(self.events, wanted, max_events))

    def filter(
        self,
        *,
        about: str | None = None,
        since: str | dt.date | None = None,
        until: str | dt.date | None = None,
        status: Status | str | Iterable[Status | str] | None = None,
        max_events: int = MAX_EVENTS,
    ) -> Timeline:
        """A timeline of the matching events alone; articles keep their numbers."""
        wanted = Wanted.asked(about, since, until, status)
        events = show([e for e in self.events if wanted.includes(e)], wanted, max_events)
        kept = {e.id for e in events}
        return replace(
            self,
            events=events,
            relations=tuple(r for r in self.relations if r.source in kept and r.target in kept),
            discrepancies=tuple(d for d in self.discrepancies if d.event in kept),
        )

    def plot(self, look: Look | None = None, *, ax: Axes | None = None) -> Figure:
        """The picture as a matplotlib figure; drawn into the axes `ax`, which it fills, if they are given."""
        from timeline.render import draw_into, figure

        if ax is None:
            return figure(self, look)
        draw_into(ax, self, look)
        whole = ax.get_figure(root=True)
        assert whole is not None
        return whole

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """What a notebook shows: a figure without script or outside style, or the picture, or one line."""
        from timeline.export.svg import embeddable
        from timeline.render import pictures

        drawn = pictures(self, ("svg", "png")).data
        mark = hashlib.sha256(drawn["svg"]).hexdigest()[:8]  # so that two timelines in a notebook keep apart
        inline = embeddable(drawn["svg"].decode("utf-8"), f"{mark}-").markup
        return {
            "text/plain": repr(self),
            "text/html": f"<figure>{inline}</figure>",
            "image/svg+xml": drawn["svg"].decode("utf-8"),
            "image/png": base64.b64encode(drawn["png"]).decode("ascii"),
        }

    def __repr__(self) -> str:
        return (
            f"<Timeline {self.title!r}: {len(self.articles)} articles, "
            f"{len(self.events)} events, {len(self.shown)} shown>"
        )


def _ticking(results: Iterable[Any], tick: Tick) -> Iterator[Any]:
    """Pass `results` on, one an article, telling how many are done."""
    for done, result in enumerate(results, 1):
        yield result
        tick(done)
