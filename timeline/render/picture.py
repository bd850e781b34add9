"""From a timeline to the bytes of a picture: choose the layout, lay out once, draw for each format."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from timeline.errors import UsageError
from timeline.model import Timeline
from timeline.render.cards import cards
from timeline.render.content import NO_EVENTS, Content, content
from timeline.render.dates import ENGLISH, Dates, dates
from timeline.render.layout import Measure
from timeline.render.links import Tie, ties, told
from timeline.render.look import Look, Paper
from timeline.render.pages import Section, paged
from timeline.render.parts import Setting, heading, paragraph, space
from timeline.render.rows import rows
from timeline.render.scene import Page
from timeline.render.style import THEMES, Colours
from timeline.render.swimlanes import swimlanes
from timeline.render.theme import faint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from timeline.render.fonts import Fonts

PICTURE_FORMATS: Final = ("png", "svg", "pdf")

#: `auto` draws cards up to this many events, on paper at least this wide (10 in), and if they do not pile up
#: to more than this part of its width: leaders would run too far to be followed.
AUTO_CARDS: Final = 30
CARDS_FROM: Final = 720.0
TALLEST: Final = 0.75
#: Who asks for cards gets them up to this many events, if they fit.
MOST_CARDS: Final = 40

#: In the user's own axes: margin, the step by which type gets smaller until all fits, where that ends, and
#: the smallest type that is readable in print.
SLIM: Final = 4.0
SMALLER: Final = 0.93
LEAST_SCALE: Final = 0.2
LEAST_TYPE: Final = 7.0

#: Below so many dots per inch, 7 point letters lose their shape on a screen.
LEAST_DPI: Final = 90


@dataclass(frozen=True, slots=True)
class Pictures:
    """One timeline in several formats."""

    data: dict[str, bytes]
    """Format -> file content."""
    notes: tuple[str, ...] = ()
    """What the user should know, a sentence each: a font to install, a layout that did not fit."""


def picture(timeline: Timeline, format: str, look: Look | None = None) -> bytes:
    """The picture of what `timeline` shows, as a `png`, `svg` or `pdf` file's content.

    UsageError for any other format. The same timeline gives the same bytes.
    """
    return pictures(timeline, [format], look).data[format]


def pictures(
    timeline: Timeline, formats: Iterable[str] = PICTURE_FORMATS, look: Look | None = None
) -> Pictures:
    """The picture in several formats, laid out once."""
    from timeline.render import draw

    look = look or Look()
    formats = list(dict.fromkeys(formats))
    for format in formats:
        if format not in PICTURE_FORMATS:
            raise UsageError(f"no such picture format; choose of {', '.join(PICTURE_FORMATS)}", name=format)
    data: dict[str, bytes] = {}
    with draw.settings():
        words, plan, fonts, colours = _prepared(timeline, look)
        if "png" in formats or "svg" in formats:
            figure = draw.draw(plan.page(), colours, fonts)
            if "png" in formats:
                data["png"] = draw.png(figure, words.title, words.alt)
                if draw.png_dpi(figure) < LEAST_DPI:
                    plan.notes += ("the PNG is too tall to be sharp; take the PDF, or show fewer events",)
            if "svg" in formats:
                data["svg"] = draw.svg(figure, words.title, words.alt)
        if "pdf" in formats:
            figures = [draw.draw(page, colours, fonts) for page in plan.pages()]
            data["pdf"] = draw.pdf(figures, words.title, words.alt)
    notes = plan.notes + (faint(colours) if look.theme.colours else ()) + fonts.notes
    return Pictures({format: data[format] for format in formats}, notes)


def sheets(timeline: Timeline, look: Look | None = None) -> tuple[bytes, ...]:
    """The picture as PNGs no taller than a page, for a report that has to break it; the pages of the PDF."""
    from timeline.render import draw

    with draw.settings():
        words, plan, fonts, colours = _prepared(timeline, look or Look())
        return tuple(
            draw.png(draw.draw(page, colours, fonts), words.title, words.alt) for page in plan.pages()
        )


def figure(timeline: Timeline, look: Look | None = None) -> Figure:
    """The picture as a matplotlib figure of its own, for notebooks; it belongs to no pyplot window."""
    from timeline.render import draw

    with draw.settings():
        _, plan, fonts, colours = _prepared(timeline, look or Look())
        return draw.draw(plan.page(), colours, fonts)


def draw_into(axes: Axes, timeline: Timeline, look: Look | None = None) -> None:
    """The picture in the user's own axes, which it fills; what the axes showed before stays beneath it.

    It is laid out for their width. If it is too tall for them, all of it is set smaller, and a UserWarning
    says so once letters are under 7 points.
    """
    from timeline.render import draw

    look = look or Look()
    width, height = draw.size_in_points(axes)
    scale = 1.0
    with draw.settings():
        while True:
            paper = replace(look.papers[0], width=width / scale, margin=SLIM, sheet=False, fixed=False)
            _, plan, fonts, colours = _prepared(timeline, look, paper)
            page = plan.page()
            if page.height * scale <= height or scale < LEAST_SCALE:
                break
            scale *= SMALLER
        draw.draw_into(axes, page, colours, fonts, scale)
    least = min(label.size for label in page.content.labels) * scale
    if least < LEAST_TYPE:
        warnings.warn(
            f"the axes are small for this timeline: letters are {least:.1f} points high; "
            "make the figure larger or show fewer events",
            stacklevel=3,
        )


def _prepared(
    timeline: Timeline, look: Look, paper: Paper | None = None
) -> tuple[Content, Plan, Fonts, Colours]:
    """What the picture says, where it goes, and what it is drawn with."""
    from timeline.render.fonts import Fonts

    written = dates(look.locale)
    words = content(timeline, written)
    fonts = Fonts(look.theme.regular, look.theme.bold)
    tied = ties(timeline, words) if look.links else ()
    plan = Plan(words, look, fonts.width, ties=tied, dates=written, paper=paper)
    return words, plan, fonts, look.theme.over(THEMES[look.style])


class Plan:
    """What goes where, before anything is drawn."""

    def __init__(
        self,
        words: Content,
        look: Look,
        measure: Measure,
        *,
        ties: Sequence[Tie] = (),
        dates: Dates = ENGLISH,
        paper: Paper | None = None,
    ) -> None:
        self.ties, self.dates = ties, dates
        first, *smaller = (paper,) if paper else look.papers
        fits = True
        if smaller:  # what is too much at the smallest size is too much at any
            self._lay_out(words, look, smaller[-1], measure)
            fits = self.page().height <= first.page_height
        self._lay_out(words, look, first, measure)
        if not fits:
            self.notes += ("too much for one slide; the PDF has several, or show fewer events",)
            return
        for next_paper in smaller:
            if self.page().height <= first.page_height:
                return
            self._lay_out(words, look, next_paper, measure)

    def page(self) -> Page:
        """All of it on one page, as tall as it needs."""
        return paged(self.setting, self.sections, split=False)[0]

    def pages(self) -> list[Page]:
        """Split into pages of the paper's height; one tall page if cards are taller than that."""
        return paged(self.setting, self.sections, split=_tallest(self.sections) <= _room(self.setting.paper))

    def _lay_out(self, words: Content, look: Look, paper: Paper, measure: Measure) -> None:
        self.setting = Setting(paper, measure, self.dates)
        self.notes: tuple[str, ...] = ()
        self.sections = self._sections(words, look)

    def _sections(self, words: Content, look: Look) -> list[Section]:
        if not words.dated and not words.undated:
            return _nothing(self.setting, words)
        layout = look.layout
        if layout == "lanes":
            return swimlanes(self.setting, told(words, self.ties), look.lane)
        paper, count = self.setting.paper, len(words.dated)
        wide = count <= AUTO_CARDS and paper.width >= CARDS_FROM
        may = (layout == "auto" and wide) or (layout == "cards" and count <= MOST_CARDS)
        found = cards(self.setting, told(words, self.ties)) if may else None
        if found is not None:
            limit = _room(paper) if paper.sheet else float("inf")
            if layout == "auto":
                limit = min(limit, TALLEST * paper.width)
            if _tallest(found) <= limit:
                return found
        if layout == "cards" and words.dated:
            self.notes = ("too many events for cards on this size; drawn as a list",)
        return rows(self.setting, words, self.ties)


def _tallest(sections: list[Section]) -> float:
    return max(piece.height for section in sections for piece in section.pieces)


def _room(paper: Paper) -> float:
    """What a page holds between its margins and above its number."""
    return paper.page_height - 2 * paper.margin - 14


def _nothing(setting: Setting, words: Content) -> list[Section]:
    text = paragraph(
        setting,
        f"{NO_EVENTS} in the articles given.",
        setting.left,
        setting.width,
        setting.paper.body + 2,
        "nothing",
        "muted",
    )
    return [Section((*heading(setting, words, ()), space(24), text, space(24)))]
