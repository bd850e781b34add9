"""From articles to a timeline: `build` and the parts of it that a command wants one by one."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from timeline.choose import EVERYTHING, MAX_EVENTS, Wanted, day, headline, show
from timeline.errors import NothingUsable, UsageError
from timeline.limits import Limits
from timeline.model import Status
from timeline.proof import verify
from timeline.result import Timeline
from timeline.steps import Draft, Progress, Watch, run

if TYPE_CHECKING:
    from timeline.read import Reading

Record = Mapping[str, object]
Inputs = str | os.PathLike[str] | Record | Iterable[str | os.PathLike[str] | Record]


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
