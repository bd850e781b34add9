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
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D

from timeline.render.fonts import Fonts
from timeline.render.scene import Area, Label, Mark, Page, rectangle
from timeline.render.style import SHAPES, Colours, mixed

#: Dots per inch of a PNG; very tall pictures get fewer, so that they stay under `MOST_PIXELS`.
DPI: Final = 200
MOST_PIXELS: Final = 24_000_000

_LOCK: Final = threading.RLock()  # matplotlib's parameters belong to the whole process
_TEXT: Final[Any] = {
    "text.hinting": "none",  # so that text is as wide as it was measured, in every format
    "text.usetex": False,
    "text.parse_math": False,
}
_SETTINGS: Final[dict[str, Any]] = {
    **_TEXT,
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


def draw(page: Page, colours: Colours, fonts: Fonts) -> Figure:
    """The page as a matplotlib figure of its own, one data unit a point."""
    figure = Figure(figsize=(page.width / 72, page.height / 72), dpi=DPI, facecolor=colours["paper"])
    FigureCanvasAgg(figure)
    draw_into(figure.add_axes((0.0, 0.0, 1.0, 1.0), frameon=False), page, colours, fonts)
    return figure


def draw_into(axes: Axes, page: Page, colours: Colours, fonts: Fonts, scale: float = 1.0) -> None:
    """The page in the user's axes, its top left corner in theirs, a point of it `scale` points long."""
    width, height = size_in_points(axes)
    axes.set_axis_off()
    axes.set_xlim(0, width / scale)
    axes.set_ylim(height / scale, 0)
    axes.set_aspect("auto")
    content = page.content
    paper = rectangle(0, 0, width / scale, height / scale)
    if scale != 1 or width != page.width or height != page.height:
        _areas(axes, [Area(paper, "paper", kind="band")], colours, 0.5)
    for zorder, kinds in ((1, ("band", "flag")), (2.5, ("bar",)), (3, ("pill",))):
        _areas(axes, [a for a in content.areas if a.kind in kinds], colours, zorder)
    _lines(axes, page, colours, scale)
    _marks(axes, content.marks, colours, scale)
    axes.add_artist(_Words(content.labels, colours, fonts, scale)).set_transform(axes.transData)


def size_in_points(axes: Axes) -> tuple[float, float]:
    """Width and height of axes as they are placed now."""
    box = axes.get_window_extent()
    figure = axes.get_figure(root=True)
    assert figure is not None
    points = 72 / figure.dpi
    return round(box.width * points, 3), round(box.height * points, 3)


def png(figure: Figure, title: str, alt: str) -> bytes:
    """The figure as PNG, its title and alternative text inside, no time and no software name."""
    about = {"Title": title, "Description": alt, "Software": None}
    return _saved(figure, "png", about, dpi=png_dpi(figure), pil_kwargs={"compress_level": 3})


def png_dpi(figure: Figure) -> int:
    """Dots per inch that a PNG of the figure gets."""
    width, height = figure.get_size_inches()
    return min(DPI, int((MOST_PIXELS / (width * height)) ** 0.5))


def svg(figure: Figure, title: str, alt: str) -> bytes:
    """The figure as SVG that a screen reader announces with its title and alternative text."""
    (words,) = figure.findobj(_Words)
    words.set_visible(False)  # matplotlib would take as long for the text as for all the rest
    text = _saved(figure, "svg", {"Date": None, "Creator": None}).decode()
    words.set_visible(True)
    start = text.index("<svg")
    end = text.index(">", start)
    last = text.rindex("</svg>")
    head = f'{text[start:end]} role="img" aria-labelledby="timeline-title timeline-desc">'
    name = f'<title id="timeline-title">{escape(title)}</title><desc id="timeline-desc">{escape(alt)}</desc>'
    return f"{text[:start]}{head}\n {name}{text[end + 1 : last]}{words.svg()}</svg>\n".encode()


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


def _areas(axes: Axes, areas: Sequence[Area], colours: Colours, zorder: float) -> None:
    paths = [Outline(a.points, closed=False) for a in areas]
    faces = [mixed(colours[a.role], colours[a.ground], a.strength) for a in areas]
    _add(axes, PathCollection(paths, facecolors=faces, edgecolors="none", linewidths=0, zorder=zorder))


def _lines(axes: Axes, page: Page, colours: Colours, scale: float) -> None:
    lines = page.content.lines
    axes.add_collection(
        LineCollection(
            [line.points for line in lines],
            colors=[colours[line.role] for line in lines],
            linewidths=[line.width * scale for line in lines],
            linestyles=[(0, line.dash or None) for line in lines],
            capstyle="butt",
            joinstyle="round",
            zorder=2,
        ),
        autolim=False,
    )


def _marks(axes: Axes, marks: Sequence[Mark], colours: Colours, scale: float) -> None:
    """Shapes and the lines across them; hollow ones are filled with paper, so that lines end at them."""
    by_look: dict[bool, list[Outline]] = defaultdict(list)
    strokes = []
    thick = 1.1 * scale
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
        face = colours["accent"] if filled else colours["paper"]
        edge = colours["accent"]
        _add(axes, PathCollection(paths, facecolors=face, edgecolors=edge, linewidths=thick, zorder=4))
    axes.add_collection(
        LineCollection(strokes, colors=colours["accent"], linewidths=thick, zorder=5), autolim=False
    )


def _add(axes: Axes, collection: PathCollection) -> None:
    collection.set_transform(axes.transData)
    axes.add_collection(collection, autolim=False)


class _Words(Artist):
    """All text of a page. Laid out already, so it goes to the renderer line by line: half the time of one
    `matplotlib.text.Text` a line, and never through its reading of mathematics."""

    def __init__(self, labels: Sequence[Label], colours: Colours, fonts: Fonts, scale: float) -> None:
        super().__init__()
        self.set_zorder(10)
        self.set_clip_on(False)
        self._labels = labels
        self._colours = colours
        self._fonts = fonts
        self._scale = scale

    def draw(self, renderer: RendererBase) -> None:
        if not self.get_visible():
            return
        spots = self.get_transform().transform([(label.x, label.y) for label in self._labels])
        colours = {role: to_rgba(colour) for role, colour in self._colours.items()}
        draw_line = self._as_outline if isinstance(renderer, RendererAgg) else self._as_text
        with mpl.rc_context(_TEXT):  # the user's own figure is drawn with his settings, but for this
            for label, (x, y) in zip(self._labels, spots, strict=True):
                gc = renderer.new_gc()
                gc.set_foreground(colours[label.role], isRGBA=True)
                draw_line(renderer, gc, label, x, y)
                gc.restore()

    def _as_outline(
        self, renderer: RendererBase, gc: GraphicsContextBase, label: Label, x: float, y: float
    ) -> None:
        """Pixels: half the time of drawing letter by letter, and the letters stand just as in the SVG."""
        outline = self._fonts.outline(label.text, label.bold)
        if outline is not None:
            scale = float(renderer.points_to_pixels(label.size * self._scale)) / self._fonts.UNITS  # type: ignore[arg-type]
            gc.set_linewidth(0)
            gc.set_snap(False)
            renderer.draw_path(gc, outline, Affine2D().scale(scale).translate(x, y), gc.get_rgb())

    def _as_text(
        self, renderer: RendererBase, gc: GraphicsContextBase, label: Label, x: float, y: float
    ) -> None:
        """Letters that can be searched and copied."""
        font = self._fonts.properties(label.text, label.size * self._scale, label.bold)
        if label.url:
            gc.set_url(label.url)
        renderer.open_group("text", label.id)
        down = renderer.get_canvas_width_height()[1] - y if renderer.flipy() else y
        renderer.draw_text(gc, x, down, label.text, font, 0, ismath=False)
        renderer.close_group("text")

    def svg(self) -> str:
        """The same as SVG, glyphs drawn from outlines that are told once: no font is needed to see it."""
        parts = []
        used: dict[str, None] = {}
        for label in self._labels:
            runs = self._fonts.glyphs(label.text, label.bold)
            used.update((name, None) for name, _, _ in runs)
            scale = _number(label.size / self._fonts.UNITS)
            place = f"translate({_number(label.x)} {_number(label.y)}) scale({scale} -{scale})"
            glyphs = "".join(
                f'<use xlink:href="#{name}" transform="translate({_number(x)} {_number(y)})"/>'
                for name, x, y in runs
            )
            text = escape(label.text.replace("--", "- - ").rstrip("-"))
            run = f'<!-- {text} --><g transform="{place}" fill="{self._colours[label.role]}">{glyphs}</g>'
            if label.url:
                run = f'<a xlink:href="{escape(label.url)}" target="_blank">{run}</a>'
            parts.append(f'<g id="{escape(label.id)}">{run}</g>\n')
        paths = "".join(f'<path id="{name}" d="{self._fonts.outlines[name]}"/>\n' for name in used)
        return f"<defs>\n{paths}</defs>\n{''.join(parts)}"


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
