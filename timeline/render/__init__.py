"""The timeline as a picture: PNG, SVG and PDF, the same bytes for the same timeline.

    Look                       what the user chooses: size, style, layout
    picture, pictures, figure  the picture: one format, several laid out once, a matplotlib figure
    alt_text                   the picture in words

How it comes about, each step making records for the next: `content` (what it says) -> `cards` or `rows`
(what goes where; `placement`, `scale` and `layout` are the geometry) -> `pages` -> `draw` (matplotlib,
loaded only then).
"""

from timeline.render.content import alt_text
from timeline.render.look import LOOK_CHOICES, Look
from timeline.render.picture import PICTURE_FORMATS, Pictures, figure, picture, pictures, sheets

__all__ = [
    "LOOK_CHOICES",
    "PICTURE_FORMATS",
    "Look",
    "Pictures",
    "alt_text",
    "figure",
    "picture",
    "pictures",
    "sheets",
]
