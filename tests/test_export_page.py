"""The page: one file, nothing loaded, no script but ours, and all to be read without it."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from export_stories import ferry, timelines
from hypothesis import given, settings

from timeline.errors import DataError
from timeline.export import write
from timeline.export.escape import legal
from timeline.export.html import dumps
from timeline.export.material import Material
from timeline.export.svg import embeddable
from timeline.model import Timeline

quick = settings(max_examples=40, deadline=None, derandomize=True)

PICTURE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9pt" height="9pt"
 viewBox="0 0 9 9" role="img" aria-labelledby="t d" onload="alert(1)">
 <title id="t">A &lt;picture></title><desc id="d">What it shows</desc>
 <metadata><x xmlns="urn:x">old</x></metadata>
 <defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>
  <clipPath id="c"><path d="M0 0"/></clipPath></defs>
 <g id="ev-0000000001-title" clip-path="url(#c)">
  <path d="M 0 0" style="fill: #ffffff; stroke: url(http://x.example/p); opacity: 0.5"/>
  <use xlink:href="#c" x="1"/><use xlink:href="data:image/svg+xml,x"/>
  <a xlink:href="javascript:alert(1)"><text onclick="alert(1)">hi</text></a>
  <a xlink:href="https://wire.example/"><text>ho</text></a>
 </g>
 <script>alert(1)</script><foreignObject><p>x</p></foreignObject><image href="http://x.example/i.png"/>
</svg>"""


class Page(HTMLParser):
    """A page taken apart: its elements, and the text inside each kind of them."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(data.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in ("td", "th"):
            self.handle_data(" ")
        if tag not in {"meta", "input", "br"}:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop(), f"</{tag}> ends something else"

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            self.texts[tag][-1] += data

    def values(self, name: str) -> list[str]:
        """The values of an attribute, in order."""
        return [attributes[name] for _, attributes in self.elements if name in attributes]


def squeezed(text: str) -> str:
    """The text as a browser shows it: white space is one space."""
    return " ".join(legal(text).split())


def test_events_are_text() -> None:
    """Each event's date, title, status, people, quotes and reasons stand in the page itself, open."""
    page = Page(write(ferry(), "html"))
    items = [squeezed(text) for text in page.texts["article"]]

    assert ["2024-05-02", "6 May 2024", "date unknown"] == [
        squeezed(t) for t in page.texts["p"] if squeezed(t) in ("2024-05-02", "6 May 2024", "date unknown")
    ]
    assert 3 == len(items) == page.texts["details"].__len__()
    assert all("open" in a for tag, a in page.elements if tag == "details")
    for words in (
        "Ferry strikes pier at Norhavn",
        "Norhavn Ferries, Harbour Office · Norhavn · [1] [2]",
        "Sources disagree on killed: 3 [1], at least 4 [2]",
        "“A ferry struck the pier at Norhavn on May 2, killing three people.”",
        "“May 2” by <month> <day>, from published 2024-05-03 gives 2 May 2024",
        "[2] Report 2, quoting the harbour office",
        "Taken as the same event: same trigger family and day.",
    ):
        assert words in items[0]
    assert "Port to reopen planned" in items[1]
    assert "responds to Ferry strikes pier at Norhavn" in items[1]


def test_marked_words() -> None:
    """In a quote the trigger and the words that date it are marked."""
    page = Page(write(ferry(), "html"))

    assert ["struck", "hit", "reopen", "drinking"] == page.texts["b"][:4]
    assert ["May 2", "Monday"] == page.texts["mark"][:2]


def test_sources_and_notes() -> None:
    """The sources say when they were published and how that is known; warnings are notes."""
    text = squeezed(" ".join(Page(write(ferry(), "html")).texts["main"]))

    assert (
        "Report 1, The Wire published 3 May 2024 (stated: front matter): “2024-05-03” · a1.txt · 2 quotes"
        in text
    )
    assert "Report 2 publication date unknown · a2.txt · 2 quotes" in text
    assert "a3.txt: empty file" in text
    assert "Ferry strikes pier at Norhavn killed 3 [1] “killing three people” at least 4 [2]" in text


def test_permanent_links() -> None:
    """Every place linked to is on the page once; an event's is its id."""
    page = Page(write(ferry(), "html", picture=PICTURE))
    ids = page.values("id")

    assert len(ids) == len(set(ids))
    assert {"ev-0000000001", "ev-0000000002", "ev-0000000003", "source-1", "source-2"} <= set(ids)
    inner = [href[1:] for href in page.values("href") if href.startswith("#")]
    assert set(inner) <= set(ids)
    assert set(" ".join(page.values("aria-labelledby")).split()) <= set(ids)


def test_links_lead_to_the_words() -> None:
    """A quote from the web links to its words there."""
    outer = [h for h in Page(write(ferry(), "html")).values("href") if not h.startswith("#")]

    assert "https://wire.example/ferry?id=1&x=2#:~:text=The%20port%20will%20reopen%20on%20Monday%2E" in outer


def test_policy() -> None:
    """The page forbids all but the one style and the one script it holds, named by their hashes."""
    page = Page(write(ferry(), "html", picture=PICTURE))
    [policy] = [a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))

    def named(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    assert {
        "default-src": "'none'",
        "style-src": named(page.texts["style"][0]),
        "script-src": named(page.texts["script"][0]),
        "base-uri": "'none'",
        "form-action": "'none'",
    } == rules
    assert 1 == len(page.texts["style"]) == len(page.texts["script"])


def test_nothing_is_loaded() -> None:
    """No element of the page fetches anything."""
    page = Page(write(ferry(), "html", picture=PICTURE))

    assert not {"link", "img", "image", "iframe", "object", "embed", "base"} & {
        tag for tag, _ in page.elements
    }
    assert not page.values("src")


def test_size() -> None:
    """Script within 30 KB, and all that is not data within 150."""
    page = Page(write(Timeline("Nothing yet"), "html"))

    assert len(page.texts["script"][0]) < 30_000
    assert len(write(Timeline("Nothing yet"), "html")) < 150_000


def test_context() -> None:
    """Where the text is at hand a quote stands in its context; a text that is another one is not used."""
    texts = {a.id: a.text for a in ferry().articles}
    quoted = squeezed(Page(write(ferry(), "html", texts=texts)).texts["blockquote"][0])

    assert quoted.startswith(
        "“A ferry struck the pier at Norhavn on May 2, killing three people.” The port will"
    )
    assert write(ferry(), "html") == write(ferry(), "html", texts={"a1": "something else"})


@quick
@given(timelines())
def test_nothing_of_theirs_runs(timeline: Timeline) -> None:
    """Whatever articles say: well-formed, our script and style alone, no handler, only web links."""
    data = write(timeline, "html")
    page = Page(data)
    ours = Page(write(Timeline("Nothing yet"), "html"))

    assert not page.open
    assert ours.texts["script"] == page.texts["script"]
    assert ours.texts["style"] == page.texts["style"]
    names = {name for _, attributes in page.elements for name in attributes}
    assert not {
        name for name in names if name.startswith("on") or name in ("style", "src", "srcdoc", "action")
    }
    assert all(re.match(r"#|https?://", href) for href in page.values("href"))
    titles = [squeezed(e.title) or "Untitled" for e in timeline.shown]
    assert titles == [squeezed(re.sub(r"\s+", " ", t)) for t in anchors(page, data)]
    assert len(page.values("id")) == len(set(page.values("id")))
    assert data == write(timeline, "html")


def anchors(page: Page, data: bytes) -> list[str]:
    """The titles of the events on the page."""
    kinds = [a.get("class", "") for tag, a in page.elements if tag == "a"]
    return [t for t, kind in zip(page.texts.get("a", ()), kinds, strict=True) if kind == "anchor"]


# -- the picture in it -------------------------------------------------------------------------


def test_picture_draws_only() -> None:
    """A picture keeps what draws and its title; what runs, loads or leads away is gone."""
    root = ElementTree.fromstring(embeddable(PICTURE).markup)
    tags = [element.tag for element in root.iter()]
    attributes = {(name, value) for element in root.iter() for name, value in element.attrib.items()}

    assert [
        "svg",
        "title",
        "desc",
        "defs",
        "clipPath",
        "path",
        "g",
        "path",
        "use",
        "use",
        "g",
        "text",
        "g",
        "text",
    ] == tags
    assert "A <picture>" == root.findtext("title")
    assert {
        ("viewBox", "0 0 9 9"),
        ("aria-labelledby", "picture-t picture-d"),
        ("stroke-linejoin", "round"),
        ("stroke-linecap", "butt"),
        ("id", "picture-ev-0000000001-title"),
        ("clip-path", "url(#p0)"),
        ("fill", "#ffffff"),
        ("opacity", "0.5"),
        ("href", "#p0"),
    } <= attributes
    assert not {"style", "onload", "onclick", "width", "height", "stroke"} & {name for name, _ in attributes}


@pytest.mark.parametrize(("paper", "is_light"), [("#ffffff", True), ("#12171d", False), ("none", True)])
def test_picture_ground(paper: str, is_light: bool) -> None:
    """Whether a picture is light is told by the first area painted."""
    svg = f'<svg><path style="fill: {paper}"/><path style="fill: #808080"/></svg>'

    assert is_light is embeddable(svg).is_light


@pytest.mark.parametrize(
    "picture", ["", "<svg>", "<html/>", '<!DOCTYPE a [<!ENTITY x "y">]><svg>&x;</svg>', "plain"]
)
def test_no_picture(picture: str) -> None:
    """What is no SVG is refused; nothing at all is no picture."""
    if not picture:
        assert b"<figure" not in dumps(ferry(), Material(picture))
        return
    with pytest.raises(DataError, match="the picture"):
        dumps(ferry(), Material(picture))
