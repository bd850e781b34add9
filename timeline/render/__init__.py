"""The timeline as a picture: PNG, SVG and PDF, the same bytes for the same timeline.

    Look                       what the user chooses: size, style, layout ...
    Theme                      the user's own colours and fonts
    picture, pictures          the picture: one format, several laid out once
    figure, draw_into          the same as a matplotlib figure, or in the user's own axes
    alt_text                   the picture in words

How it comes about, each step making records for the next: `content` (what it says) -> `cards` or `rows`
(what goes where; `placement`, `scale` and `layout` are the geometry) -> `pages` -> `draw` (matplotlib,
loaded only then).
"""

from timeline.render.content import alt_text
from timeline.render.look import LOOK_CHOICES, Look
from timeline.render.picture import (
    PICTURE_FORMATS,
    Pictures,
    draw_into,
    figure,
    picture,
    pictures,
    sheets,
)
from timeline.render.theme import Theme

__all__ = [
    "LOOK_CHOICES",
    "PICTURE_FORMATS",
    "Look",
    "Pictures",
    "Theme",
    "alt_text",
    "draw_into",
    "figure",
    "picture",
    "pictures",
    "sheets",
]
