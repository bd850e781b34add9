"""`timeline.fragment.html`: the report as a piece of HTML to paste into a page or an editor.

No style, no script, no head: it looks like the page it is pasted into. All ids begin with `tl-`.
"""

from __future__ import annotations

from timeline.export import words
from timeline.export.material import NOTHING, Material
from timeline.export.view import View, template
from timeline.model import Timeline


def dumps(timeline: Timeline, material: Material = NOTHING) -> bytes:
    """The report of the events shown, with the picture beside it if there is one; UTF-8."""
    fragment = template("fragment.html").render(
        timeline=timeline,
        view=View(timeline, material.texts),
        words=words,
        picture_file=material.picture_file,
    )
    return (fragment.strip() + "\n").encode()
