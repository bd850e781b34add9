"""Event timelines from news articles: dated, cited, offline and deterministic.

    import timeline

    tl = timeline.build("articles/")        read, date, merge: a `Timeline`
    tl.events                               `Event`s by date, each with its `Citation`s
    tl.filter(about="truce").plot()         a matplotlib figure
    tl.save("output/")                      pictures, web page, report, graph and data
    tl = timeline.Timeline.load("output/timeline.json")

`timeline.model` has all nouns on one screen; every error raised on purpose is a `TimelineError`.
Names are imported when first used, so that `import timeline` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from timeline.errors import (
        ArticleError,
        DataError,
        NothingUsable,
        OutputError,
        TimelineError,
        UsageError,
    )
    from timeline.interval import Grain, Interval
    from timeline.model import Article, Citation, Discrepancy, Event, Relation, Span, Status, Timex, When
    from timeline.pipeline import build
    from timeline.render import Look, Theme
    from timeline.result import Timeline

#: Where each name of the front door lives.
_HOMES: Final = {
    "timeline.errors": (
        "ArticleError",
        "DataError",
        "NothingUsable",
        "OutputError",
        "TimelineError",
        "UsageError",
    ),
    "timeline.interval": ("Grain", "Interval"),
    "timeline.model": (
        "Article",
        "Citation",
        "Discrepancy",
        "Event",
        "Relation",
        "Span",
        "Status",
        "Timex",
        "When",
    ),
    "timeline.pipeline": ("build",),
    "timeline.render": ("Look", "Theme"),
    "timeline.result": ("Timeline",),
}

__all__ = [  # noqa: RUF022 - in the order a reader meets them
    "build",
    "Timeline",
    "Look",
    "Theme",
    "Article",
    "Event",
    "Citation",
    "Relation",
    "Discrepancy",
    "Span",
    "Status",
    "Timex",
    "When",
    "Interval",
    "Grain",
    "TimelineError",
    "ArticleError",
    "DataError",
    "NothingUsable",
    "OutputError",
    "UsageError",
]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "__version__":
        from importlib.metadata import version

        return version("event-timeline")
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
