"""`output/` is what the program makes of `fixtures/ceasefire`, today."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT, Command

from timeline.files import MANIFEST, refuse_strangers
from timeline.result import Files, Timeline

GALLERY = ROOT / "output"
AGAIN = "build it again: timeline build fixtures/ceasefire -o output/"


@pytest.fixture(scope="session")
def rebuilt(stories: dict[str, Timeline]) -> Files:
    """All files of the first story, made again."""
    return stories["ceasefire"].files(beside=GALLERY)


def test_the_gallery_holds_every_output_and_nothing_else(rebuilt: Files) -> None:
    """One file a format, and the list by which the next build knows them as ours."""
    assert {*rebuilt.content, MANIFEST} == {p.name for p in GALLERY.iterdir() if p.is_file()}
    refuse_strangers(GALLERY, rebuilt.content)


@pytest.mark.parametrize("name", ["timeline.json", "timeline.md", "timeline.csv", "timeline.graphml"])
def test_data_in_the_gallery_is_what_is_built(rebuilt: Files, name: str) -> None:
    """Byte for byte."""
    assert rebuilt.content[name] == (GALLERY / name).read_bytes(), AGAIN


def test_the_page_in_the_gallery_is_what_is_built(rebuilt: Files) -> None:
    """The whole page around the picture, whose glyphs may differ with the version of a font."""
    old, new = (GALLERY / "timeline.html").read_bytes(), rebuilt.content["timeline.html"]

    assert _without_picture(old) == _without_picture(new), AGAIN


def test_the_picture_in_the_gallery_says_what_is_built(rebuilt: Files) -> None:
    """Title, description, labels and links of the SVG, in order; places may differ with a font."""
    old, new = (GALLERY / "timeline.svg").read_bytes(), rebuilt.content["timeline.svg"]

    assert list(_said(old)) == list(_said(new)), AGAIN


@pytest.mark.parametrize(
    ("name", "begin", "end"),
    [("timeline.png", b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"), ("timeline.pdf", b"%PDF-", b"%%EOF\n")],
)
def test_pictures_in_the_gallery_are_whole(name: str, begin: bytes, end: bytes) -> None:
    """Each begins and ends as its format does."""
    data = (GALLERY / name).read_bytes()

    assert (begin, end) == (data[: len(begin)], data[-len(end) :])


#: The looks that the README shows: folder and what is asked for.
LOOKS = {
    "list": ("--layout", "list"),
    "lanes": ("--layout", "lanes"),
    "slide": ("--size", "slide", "--style", "dark", "--max-events", "10"),
    "column": ("--size", "column", "--style", "print", "--max-events", "10"),
}


@pytest.mark.parametrize("name", LOOKS)
def test_the_looks_in_the_readme_are_what_is_drawn(name: str, command: Command, tmp_path: Path) -> None:
    """As large, and with the same words about them; their pixels may differ with the version of a font."""
    from PIL import Image

    made = command("render", GALLERY / "timeline.json", "-o", tmp_path, "--format", "png", *LOOKS[name])
    kept = GALLERY / "looks" / name / "timeline.png"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert 0 == made.status
    with Image.open(tmp_path / "timeline.png") as new, Image.open(kept) as old:
        again = f"timeline render output/timeline.json -o {kept.parent.relative_to(ROOT)} --format png"
        assert (new.size, new.info) == (old.size, old.info), f"draw it again: {again} {' '.join(LOOKS[name])}"
    assert " ".join(LOOKS[name]) in readme
    assert sorted(LOOKS) == sorted(p.name for p in (GALLERY / "looks").iterdir())


def test_every_quote_in_the_gallery_is_its_articles_text(stories: dict[str, Timeline]) -> None:
    """The committed data is checked against the articles as they are now."""
    from timeline.proof import faults

    saved = Timeline.load(GALLERY / "timeline.json")

    assert [] == [fault.line() for fault in faults(saved, stories["ceasefire"].articles)]


@cache
def _without_picture(page: bytes) -> bytes:
    bare, found = re.subn(rb"<svg\b.*</svg>", b"<svg/>", page, flags=re.S)
    assert found
    return bare


def _said(svg: bytes) -> Iterator[tuple[str, str]]:
    """What an SVG says to a reader: its texts, its named groups and its links."""
    for element in ET.fromstring(svg).iter():
        tag = element.tag.rpartition("}")[2]
        if tag in ("title", "desc", "text") and (text := " ".join("".join(element.itertext()).split())):
            yield tag, text
        for key, value in element.attrib.items():
            if key.rpartition("}")[2] == "href" and not value.startswith("#"):
                yield "link", value
            if key == "id" and tag == "g" and not re.search(r"_\d+$", value):
                yield "group", value


def test_the_gallery_of_the_readme_is_there() -> None:
    """What `tests/gallery.py` makes is there, shown in the README with a text for those who cannot see it."""
    from gallery import PICTURES

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"!\[([^\]]+)\]\(output/gallery/(\w+)\.png\)", readme))

    assert set(PICTURES) == set(shown.values()) == {p.stem for p in (GALLERY / "gallery").iterdir()}
    for name in PICTURES:
        data = (GALLERY / "gallery" / f"{name}.png").read_bytes()
        assert data.startswith(b"\x89PNG\r\n\x1a\n")
        assert len(data) < 300_000
