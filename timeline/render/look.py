"""`Look`: the choices a user has about a picture, and the paper behind each size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from timeline.errors import UsageError
from timeline.render.theme import NO_THEME, Theme


@dataclass(frozen=True, slots=True)
class Paper:
    """Where a picture goes. All lengths in points, 72 to the inch; text is drawn at its placed size."""

    width: float
    page_height: float
    """A PDF that would be taller is split into pages of this height."""
    margin: float
    title: float
    """Type size of the title."""
    body: float
    """Type size of what is read."""
    small: float
    """Type size of ticks, citations and sources; never under 7."""
    card: float
    """Width of a card."""
    sheet: bool = False
    """True for a sheet of paper or a slide: every page of a PDF has its full height."""
    fixed: bool = False
    """True if PNG and SVG fill it too even when less would do: a slide."""


#: For the web (12 in), the text block of a report (6.5 in), ISO A4, US Letter, a 16:9 slide (13.33 x 7.5 in).
PAPERS: Final[dict[str, Paper]] = {
    "wide": Paper(864, 1116, 36, title=21, body=10, small=8.2, card=142),
    "column": Paper(468, 648, 12, title=16, body=9.4, small=7.8, card=132),
    "a4": Paper(595.28, 841.89, 42, title=19, body=9.4, small=7.8, card=146, sheet=True),
    "letter": Paper(612, 792, 42, title=19, body=9.4, small=7.8, card=150, sheet=True),
    "slide": Paper(960, 540, 40, title=26, body=12, small=9.6, card=168, sheet=True, fixed=True),
}

#: Slides with ever smaller type, for much to say. The last is no smaller than a printed report's.
SLIDES: Final = (
    PAPERS["slide"],
    replace(PAPERS["slide"], margin=38, title=24, body=11.2, small=9.1, card=158),
    replace(PAPERS["slide"], margin=35, title=22, body=10.4, small=8.6, card=149),
    replace(PAPERS["slide"], margin=32, title=20, body=9.6, small=8, card=140),
)

LOOK_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "size": tuple(PAPERS),
    "style": ("light", "dark", "print"),
    "layout": ("auto", "cards", "list", "lanes"),
    "lane": ("participant", "theme"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture looks: where it goes, its colours, and how events are arranged.

    UsageError for a word that is not one of the choices.

    >>> Look(size="slide", style="dark").layout
    'auto'
    >>> Look(size="poster")
    Traceback (most recent call last):
    timeline.errors.UsageError: no such size; choose one of wide, column, a4, letter, slide
    """

    size: str = "wide"
    """`wide` (12 in), `column` (6.5 in), `a4`, `letter` or `slide`."""
    style: str = "light"
    """`light`, `dark` or `print` (greys only)."""
    layout: str = "auto"
    """`cards` above and below a time band, `list`, `lanes`, or `auto`: cards where they fit, else a list."""
    lane: str = "participant"
    """What has a lane of its own: each `participant`, or each `theme` (attacks, votes, truces ...)."""
    links: bool = False
    """True to draw what texts say of how events hang together ("responds to", "because of" ...): arcs in
    a list, words on cards and in lanes."""
    locale: str = ""
    """How dates are written: `de`, `en-US`, `zh-Hans` ...; empty for English, day first."""
    theme: Theme = NO_THEME
    """The user's own colours and fonts, over those of `style`."""

    def __post_init__(self) -> None:
        for option, choices in LOOK_CHOICES.items():
            value = getattr(self, option)
            if value not in choices:
                raise UsageError(f"no such {option}; choose one of {', '.join(choices)}", name=str(value))

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The paper behind `size`; for a slide several, to be tried until all fits on one."""
        return SLIDES if self.size == "slide" else (PAPERS[self.size],)
