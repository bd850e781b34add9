"""A page of records drawn with matplotlib, and saved the same way every time.

The only module that knows matplotlib. Nothing of the user's own settings takes part: every parameter
starts from matplotlib's defaults, text is never read as mathematics, and no file carries a time.
"""

from __future__ import annotations

import io
import threading
import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any, Final

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.path import Path as Outline

from timeline.render.fonts import Fonts
from timeline.render.scene import Area, Label, Mark, Page
from timeline.render.style import SHAPES, THEMES, Theme, mixed

#: Dots per inch of a PNG; very tall pictures get fewer, so that they stay under `MOST_PIXELS`.
DPI: Final = 200
MOST_PIXELS: Final = 24_000_000

_LOCK: Final = threading.RLock()  # matplotlib's parameters belong to the whole process
_SETTINGS: Final[dict[str, Any]] = {
    "text.hinting": "none",  # so that text is as wide as it was measured, in every format
    "text.usetex": False,
    "text.parse_math": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "event-timeline",
    "pdf.fonttype": 3,  # half the time of 42, and text can be searched all the same
    "pdf.compression": 6,
    "path.simplify": False,
}


@contextmanager
def settings() -> Iterator[None]:
    """matplotlib's own defaults and ours, whatever the user has set; his come back afterwards."""
    with _LOCK, mpl.rc_context():
        ours: dict[Any, Any] = {**mpl.rcParamsDefault, **_SETTINGS}
        mpl.rcParams.update({name: ours[name] for name in ours if not name.startswith("backend")})
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph .* missing")  # told once, in `Pictures.notes`
            yield


def draw(page: Page, style: str, fonts: Fonts) -> Figure:
    """The page as a matplotlib figure, one data unit a point."""
    theme = THEMES[style]
    figure = Figure(figsize=(page.width / 72, page.height / 72), dpi=DPI, facecolor=theme["paper"])
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0), frameon=False)
    axes.set_axis_off()
    axes.set_xlim(0, page.width)
    axes.set_ylim(page.height, 0)
    content = page.content
    for zorder, kinds in ((1, ("band", "flag")), (2.5, ("bar",)), (3, ("pill",))):
        _areas(axes, [a for a in content.areas if a.kind in kinds], theme, zorder)
    _lines(axes, page, theme)
    _marks(axes, content.marks, theme)
    axes.add_artist(_Words(content.labels, theme, fonts)).set_transform(axes.transData)
    return figure


def png(figure: Figure, title: str, alt: str) -> bytes:
    """The figure as PNG, its title and alternative text inside, no time and no software name."""
    about = {"Title": title, "Description": alt, "Software": None}
    return _saved(figure, "png", about, dpi=png_dpi(figure), pil_kwargs={"compress_level": 4})


def png_dpi(figure: Figure) -> int:
    """Dots per inch that a PNG of the figure gets."""
    width, height = figure.get_size_inches()
    return min(DPI, int((MOST_PIXELS / (width * height)) ** 0.5))


def svg(figure: Figure, title: str, alt: str) -> bytes:
    """The figure as SVG that a screen reader announces with its title and alternative text."""
    text = _saved(figure, "svg", {"Date": None, "Creator": None}).decode()
    start = text.index("<svg")
    end = text.index(">", start)
    head = f'{text[start:end]} role="img" aria-labelledby="timeline-title timeline-desc">'
    name = f'<title id="timeline-title">{escape(title)}</title><desc id="timeline-desc">{escape(alt)}</desc>'
    return f"{text[:start]}{head}\n {name}{text[end + 1 :]}".encode()


def pdf(figures: Sequence[Figure], title: str, alt: str) -> bytes:
    """The figures as the pages of one PDF; letters stay letters, so text can be searched and copied."""
    buffer = io.BytesIO()
    about = {"Title": title, "Subject": alt, "Creator": None, "Producer": None, "CreationDate": None}
    with PdfPages(buffer, metadata=about) as pages:
        for figure in figures:
            pages.savefig(figure, facecolor=figure.get_facecolor())
    return buffer.getvalue()


def _saved(figure: Figure, format: str, metadata: dict[str, str | None], **options: Any) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format=format, metadata=metadata, facecolor=figure.get_facecolor(), **options)
    return buffer.getvalue()


def _areas(axes: Axes, areas: Sequence[Area], theme: Theme, zorder: float) -> None:
    paths = [Outline(a.points, closed=False) for a in areas]
    colours = [mixed(theme[a.role], theme[a.ground], a.strength) for a in areas]
    _add(axes, PathCollection(paths, facecolors=colours, edgecolors="none", linewidths=0, zorder=zorder))


def _lines(axes: Axes, page: Page, theme: Theme) -> None:
    lines = page.content.lines
    axes.add_collection(
        LineCollection(
            [line.points for line in lines],
            colors=[theme[line.role] for line in lines],
            linewidths=[line.width for line in lines],
            capstyle="butt",
            joinstyle="round",
            zorder=2,
        ),
        autolim=False,
    )


def _marks(axes: Axes, marks: Sequence[Mark], theme: Theme) -> None:
    """Shapes and the lines across them; hollow ones are filled with paper, so that lines end at them."""
    by_look: dict[bool, list[Outline]] = defaultdict(list)
    strokes = []
    for mark in marks:
        shape = SHAPES[mark.shape]

        def placed(points: Sequence[tuple[float, float]], mark: Mark = mark) -> list[tuple[float, float]]:
            return [(mark.x + x * mark.radius, mark.y + y * mark.radius) for x, y in points]

        if shape.outline:
            path = Outline([*placed(shape.outline), (0, 0)], closed=True)
        else:
            path = Outline.circle((mark.x, mark.y), mark.radius)
        by_look[shape.filled].append(path)
        strokes += [placed(stroke) for stroke in shape.strokes]
    for filled, paths in sorted(by_look.items()):
        face = theme["accent"] if filled else theme["paper"]
        look = PathCollection(paths, facecolors=face, edgecolors=theme["accent"], linewidths=1.1, zorder=4)
        _add(axes, look)
    axes.add_collection(
        LineCollection(strokes, colors=theme["accent"], linewidths=1.1, zorder=5), autolim=False
    )


def _add(axes: Axes, collection: PathCollection) -> None:
    collection.set_transform(axes.transData)
    axes.add_collection(collection, autolim=False)


class _Words(Artist):
    """All text of a page. Laid out already, so it goes to the renderer line by line: half the time of one
    `matplotlib.text.Text` a line, and never through its reading of mathematics."""

    def __init__(self, labels: Sequence[Label], theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.set_zorder(10)
        self.set_clip_on(False)
        self._runs = [
            (label, to_rgba(theme[label.role]), fonts.properties(label.text, label.size, label.bold))
            for label in labels
        ]

    def draw(self, renderer: RendererBase) -> None:
        height = renderer.get_canvas_width_height()[1]
        spots = self.get_transform().transform([(label.x, label.y) for label, _, _ in self._runs])
        for (label, colour, font), (x, y) in zip(self._runs, spots, strict=True):
            gc = renderer.new_gc()
            gc.set_foreground(colour, isRGBA=True)
            if label.url:
                gc.set_url(label.url)
            renderer.open_group("text", label.id)
            renderer.draw_text(
                gc, x, height - y if renderer.flipy() else y, label.text, font, 0, ismath=False
            )
            renderer.close_group("text")
            gc.restore()
