"""`timeline.html`: one page that needs nothing else, works without script, on paper and read aloud.

The template, style and script lie beside this module in `page/`. The page's own policy lets exactly that
style and that script run, named by their hashes, and nothing be loaded; jinja2 escapes every text.
"""

from __future__ import annotations

import base64
import hashlib

from timeline.export import svg, words
from timeline.export.material import NOTHING, Material
from timeline.export.view import View, part, template
from timeline.model import Timeline


def dumps(timeline: Timeline, material: Material = NOTHING) -> bytes:
    """The page of the events shown, with the picture in it, and the quotes in their context, as far as given.

    DataError if the picture is no SVG.
    """
    from markupsafe import Markup

    style, script = part("page.css"), f"{part('band.js')}\n{part('page.js')}"
    drawn = svg.embeddable(material.picture) if material.picture else None
    page = template("page.html").render(
        timeline=timeline,
        view=View(timeline, material.texts),
        words=words,
        picture=Markup(drawn.markup) if drawn else "",
        picture_is_light=drawn is not None and drawn.is_light,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
    )
    return (page.rstrip() + "\n").encode()


def _policy(style: str, script: str) -> str:
    """Nothing is loaded, and only this style and this script run."""
    named = [
        base64.b64encode(hashlib.sha256(part.encode()).digest()).decode("ascii") for part in (style, script)
    ]
    return (
        f"default-src 'none'; style-src 'sha256-{named[0]}'; script-src 'sha256-{named[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
