"""`Timeline`, a finished timeline: to look at, draw, filter, save and load; the formats it is saved in."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline import model
from timeline.choose import EVERYTHING, MAX_EVENTS, Wanted, show
from timeline.errors import DataError, UsageError
from timeline.files import write_all
from timeline.model import Article, Status
from timeline.proof import matching, misquotes

if TYPE_CHECKING:
    import networkx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from timeline.render import Look

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
    chosen = tuple(dict.fromkeys([names] if isinstance(names, str) else names or usual()))
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
        except ValueError as error:  # a zero byte in the name
            raise DataError(str(error), name=str(path)) from error
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
