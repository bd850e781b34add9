"""The picture: what it says, that all of it can be read, and that its files are the same each time."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise

import pytest
from drawn import CASES, DAY, article, event, timeline

from timeline.errors import UsageError
from timeline.interval import Interval
from timeline.model import (
    Status,
    Timeline,
)
from timeline.render import LOOK_CHOICES, Look, Pictures, alt_text, figure, picture, pictures
from timeline.render.content import clean, content
from timeline.render.links import ties
from timeline.render.picture import Plan
from timeline.render.scene import Box, Page
from timeline.render.style import SHAPES, THEMES, contrast, mixed


def measure(text: str, size: float, bold: bool) -> float:
    """Every letter is six tenths of its size wide."""
    return 0.6 * size * len(text)


@cache
def plan(case: str, size: str, layout: str, links: bool = False) -> Plan:
    """The layout of a case."""
    tl = CASES[case]()
    words = content(tl)
    return Plan(words, Look(size=size, layout=layout), measure, ties=ties(tl, words) if links else ())


@cache
def twelve() -> Pictures:
    """The three files of the twelve events."""
    return pictures(CASES["twelve"]())


# -- everything can be read -----------------------------------------------------------------------


def overlapping(boxes: list[tuple[str, Box]]) -> list[tuple[str, str]]:
    """Names of boxes that overlap, by a sweep from left to right."""
    found, active = [], []
    for name, box in sorted(boxes, key=lambda pair: pair[1].left):
        active = [(other, b) for other, b in active if b.right > box.left]
        found += [(other, name) for other, b in active if b.overlaps(box)]
        active.append((name, box))
    return found


def struck(page: Page) -> list[tuple[str, str]]:
    """Lines that run through text: the kind of line and the text. Counts lie on their own opaque pills."""
    found = []
    labels = [label for label in page.content.labels if not label.id.startswith("count-")]
    for line in page.content.lines:
        for (ax, ay), (bx, by) in pairwise(line.points):
            stroke = Box(min(ax, bx), min(ay, by), max(ax, bx) + 0.1, max(ay, by) + 0.1)
            found += [(line.kind, label.text) for label in labels if label.box.overlaps(stroke)]
    return found


#: Five hundred events in two sizes only; the rest is left to `legibility.py`.
FRAMES = [(c, s) for c in CASES for s in LOOK_CHOICES["size"] if c != "500" or s in ("column", "a4")]


@pytest.mark.parametrize("layout", ["cards", "list", "lanes"])
@pytest.mark.parametrize(("case", "size"), FRAMES)
def test_nothing_overlaps_runs_off_or_is_struck(case: str, size: str, layout: str) -> None:
    """On the tall picture and on every page of the PDF, each text stands free and inside."""
    laid = plan(case, size, layout, links=True)
    for page in [laid.page(), *laid.pages()]:
        labels = page.content.labels
        inside = Box(0, 0, page.width, page.height)

        assert [] == overlapping([(label.id, label.box) for label in labels])
        assert [] == [x.text for x in labels if x.box.left < 0 or x.box.right > inside.right + 0.5]
        assert [] == [x.text for x in labels if x.box.top < 0 or x.box.bottom > inside.bottom]
        assert [] == struck(page)
        assert len({label.id for label in labels}) == len(labels)
        assert min(label.size for label in labels) >= 7


@pytest.mark.parametrize("size", LOOK_CHOICES["size"])
@pytest.mark.parametrize("case", CASES)
def test_leaders_cross_no_other(case: str, size: str) -> None:
    """Leaders of cards share no point, above or below the band."""
    leaders = [line for line in plan(case, size, "cards").page().content.lines if line.kind == "leader"]
    strokes = [
        (n, Box(min(ax, bx) - 0.1, min(ay, by) - 0.1, max(ax, bx) + 0.1, max(ay, by) + 0.1))
        for n, line in enumerate(leaders)
        for (ax, ay), (bx, by) in pairwise(line.points)
    ]

    assert [] == [(n, m) for (n, a), (m, b) in combinations(strokes, 2) if n != m and a.overlaps(b)]


@pytest.mark.parametrize("case", ["twelve", "thirty", "one day", "enclosed"])
def test_marks_on_the_band_keep_apart(case: str) -> None:
    """No mark or count lies on another."""
    content_ = plan(case, "wide", "cards").page().content
    on_band = [m for m in content_.marks if m.radius == 4.2]
    pills = [area for area in content_.areas if area.kind == "pill" and area.event != "key-pill"]
    boxes = [(m.event, Box(m.x - 4.2, m.y - 4.2, m.x + 4.2, m.y + 4.2)) for m in on_band]
    for pill in pills:
        xs, ys = [x for x, _ in pill.points], [y for _, y in pill.points]
        boxes.append((pill.event, Box(min(xs), min(ys), max(xs), max(ys))))

    assert [] == overlapping(boxes)


@pytest.mark.parametrize("size", LOOK_CHOICES["size"])
def test_pages_have_the_papers_height_and_hold_every_event(size: str) -> None:
    """A long list is split; no row is lost or told twice."""
    laid = plan("120", size, "list")
    pages = laid.pages()
    dates = [x.id for page in pages for x in page.content.labels if re.fullmatch(r"ev-\w+-title-0", x.id)]

    assert len(pages) > 1
    assert {laid.setting.paper.page_height} == {page.height for page in pages}
    assert sorted(f"{e.id}-title-0" for e in CASES["120"]().shown) == sorted(dates)


@pytest.mark.parametrize("case", ["twelve", "enclosed"])
def test_a_slide_is_a_slide(case: str) -> None:
    """What does not fit at full size is set smaller, and then fills exactly 13.33 by 7.5 inches."""
    page = plan(case, "slide", "auto").page()

    assert (960, 540) == (page.width, page.height)


def test_cards_taller_than_a_page_stay_on_one_page() -> None:
    """A column has no sheet to keep to: the PDF's only page grows with the cards."""
    long = "the delegates could not agree on the wording of the second article " * 4
    events = [event(n, f"Day {n}: {long}", DAY(f"2024-03-{n:02d}")) for n in range(1, 13)]
    laid = Plan(content(timeline("Long", *events)), Look(size="column", layout="cards"), measure)

    assert () == laid.notes
    assert laid.page().height > laid.setting.paper.page_height
    assert [laid.page()] == laid.pages()


def test_many_events_become_a_list_and_cards_are_refused_with_a_word() -> None:
    """`auto` draws 120 events as a list; who asks for cards is told why he gets a list."""
    assert "key-count" not in [x.id for x in plan("120", "wide", "auto").page().content.labels]
    assert () == plan("120", "wide", "auto").notes
    assert ("too many events for cards on this size; drawn as a list",) == plan("120", "wide", "cards").notes


# -- what it says ---------------------------------------------------------------------------------


def test_each_event_shows_date_title_status_and_citations() -> None:
    """Words, not colours, tell what was only planned, and numbers lead to the sources."""
    tl = timeline("T", event(1, "Terminal reopens", Interval.of(2024, 5), 2, 5, status=Status.PLANNED))
    texts = {x.id: x.text for x in Plan(content(tl), Look(), measure).page().content.labels}

    assert texts["ev-0000000001-date-0"] == "May 2024"
    assert texts["ev-0000000001-title-0"] == "Terminal reopens"
    assert texts["ev-0000000001-status"] == "planned"
    assert texts["ev-0000000001-cites"] == "[2][5]"
    assert texts["ev-0000000001-dispute-0"] == "≠ sources differ: killed"
    assert texts["source-2-number"] == "[2]"
    assert texts["source-2-0"].startswith("Report number 2 from the harbour")
    assert "source-1-number" not in texts  # nobody cites it


def test_a_source_without_a_publication_date_says_so() -> None:
    """Article 4 has none."""
    sources = content(timeline("T", event(1, "Storm", DAY("2024-03-25"), 4))).sources

    assert ["Report number 4 from the harbour. Publication date unknown. in/4.txt"] == [
        s.text for s in sources
    ]


def test_only_web_addresses_become_links() -> None:
    """A script address is not even a word of the picture's links."""
    tl = timeline("T", event(1, "Storm", DAY("2024-03-25"), 1))
    for url, linked in (("https://example.org/a", True), ("javascript:alert(1)", False)):
        svg = picture(Timeline("T", (article(1, url=url),), tl.events), "svg").decode()
        assert linked == ("<a " in svg)
        assert 'href="javascript' not in svg


def test_an_address_is_linked_whole() -> None:
    """However long it is, and with what may not stand in an address percent-encoded."""
    long = "https://example.org/" + 900 * "a"
    for url, linked in ((long, long), (" https://example.org/a b", "https://example.org/a%20b")):
        tl = replace(timeline("T", event(1, "Storm", DAY("2024-03-25"), 1)), articles=(article(1, url=url),))
        assert [linked] == [source.url for source in content(tl).sources]


def test_an_article_without_a_name_is_drawn_by_its_id() -> None:
    """Whatever the id is made of."""
    for id, name in (("a\ud800", "a\ufffd"), ("\x00", "?")):
        bare = replace(article(1), id=id, title="", path="", url="")
        storm = event(1, "Storm", DAY("2024-03-25"), 1)
        told = replace(storm, citations=tuple(replace(c, article=id) for c in storm.citations))
        [source] = content(Timeline("T", (bare,), (told,))).sources
        assert source.text.startswith(name)


def test_an_open_date_is_open_in_the_subtitle() -> None:
    """Of one event until 1 April nobody knows that it was on 1 April."""
    tl = timeline("T", event(1, "Storm", Interval.between(None, "2024-04-01")))

    assert content(tl).subtitle.replace("\u00a0", " ").startswith("until 1 April 2024 · 1 event")


def test_hidden_events_are_not_drawn() -> None:
    """What the data holds but does not show leaves no mark."""
    tl = timeline(
        "T", event(1, "Seen", DAY("2024-03-25")), event(2, "Unseen", DAY("2024-03-26"), shown=False)
    )
    page = Plan(content(tl), Look(), measure).page()

    assert "ev-0000000002" not in {m.event for m in page.content.marks}
    assert "Unseen" not in {x.text for x in page.content.labels}


def test_undated_events_are_never_on_the_axis() -> None:
    """They stand under a heading of their own; their only mark is beside the word."""
    page = plan("undated", "wide", "cards").page()

    assert "Date unknown" in {x.text for x in page.content.labels}
    assert [] == [area for area in page.content.areas if area.kind in ("band", "bar")]


@pytest.mark.parametrize("layout", ["cards", "list"])
def test_vague_dates_fade_and_known_intervals_are_solid(layout: str) -> None:
    """A month in which it happened is drawn in steps from faint to strong, a truce in one."""
    vague, truce = (
        event(1, "Vague", Interval.of(2024, 3)),
        event(2, "Truce", Interval.of(2024, 4), fills=True),
    )
    page = Plan(content(timeline("T", vague, truce)), Look(layout=layout), measure).page()
    strengths = {
        e.id: [area.strength for area in page.content.areas if area.event == e.id] for e in (vague, truce)
    }

    assert [1.0] == strengths[truce.id]
    assert len(strengths[vague.id]) > 2
    assert sorted(strengths[vague.id]) == strengths[vague.id]


def test_breaks_in_the_scale_are_said_under_the_title() -> None:
    """The reader learns that a gap is left out, and how long it is."""
    days = ["2023-01-01", "2023-10-01", "2023-10-02", "2023-10-04", "2023-10-09"]
    tl = timeline("T", *(event(n, f"Event {n}", DAY(d)) for n, d in enumerate(days, 1)))
    texts = [x.text for x in Plan(content(tl), Look(), measure).page().content.labels]

    assert "Days are drawn to scale; a gap is left out where the band is cut (9 months)." in texts
    assert "9 months" in texts


@pytest.mark.parametrize("case", CASES)
def test_alternative_text_is_short_and_says_what_it_is(case: str) -> None:
    """At most 250 characters, beginning with the kind of picture."""
    text = alt_text(CASES[case]())

    assert text.startswith("Timeline “")
    assert len(text) <= 250


def test_alternative_text_names_span_counts_and_events() -> None:
    """Title, span, counts, first and last by date, the most salient if there is room, status in words."""
    tl = timeline(
        "Harbour",
        event(1, "Storm breaches the wall", DAY("2023-10-07"), 1, 2),
        event(2, "Council resigns", DAY("2024-02-01"), 3),
        event(3, "Terminal reopens", Interval.of(2024, 5), 1, status=Status.PLANNED),
        event(4, "Officials deny a crack in the wall that held", None, status=Status.DENIED),
    )

    assert alt_text(tl) == (
        "Timeline “Harbour”, 7 October 2023 – 31 May 2024: 4 events from 3 articles. "
        "First: Storm breaches the wall. Last (planned): Terminal reopens. Also: Council resigns. "
        "Also (denied): Officials deny a crack in the wall that held."
    )


@pytest.mark.parametrize(
    ("date", "lines"),
    [
        ("7 October 2023 to 27 January 2024", ["7 October 2023", "to 27 January 2024"]),
        ("24 November – 1 December 2023", ["24 November –", "1 December 2023"]),
        ("between 24 November and 1 December 2023", ["between 24 November", "and 1 December 2023"]),
    ],
)
def test_dates_are_broken_where_they_are_read(date: str, lines: list[str]) -> None:
    """A day is never parted from its month."""
    dated = replace(event(1, "Truce", Interval.of(2024, 1)), date_text=date)
    labels = Plan(content(timeline("T", dated)), Look(), measure).page().content.labels

    assert lines == [x.text for x in labels if "-date-" in x.id]


def test_text_is_cleaned_of_what_cannot_be_drawn() -> None:
    """Control characters, direction overrides and lone surrogates go; words stay."""
    assert clean("a\x00b\u202e c\ud800\n\td") == "ab c\ufffd d"


# -- colours and shapes ---------------------------------------------------------------------------


@pytest.mark.parametrize("style", THEMES)
def test_all_text_has_enough_contrast(style: str) -> None:
    """At least 4.5 to the ground it stands on, counts on their pills included."""
    theme = THEMES[style]
    pairs = [(role, ground) for role in ("ink", "muted", "accent", "alert") for ground in ("paper", "band")]

    assert [] == [pair for pair in [*pairs, ("paper", "accent")] if contrast(*map(theme.get, pair)) < 4.5]


def test_every_status_has_a_shape_of_its_own() -> None:
    """Filled for what is real, hollow for what is not, and no two alike."""
    assert [s.value for s in Status] == list(SHAPES)
    assert len(set(SHAPES.values())) == len(SHAPES)
    assert [s.value for s in Status if s.is_real] == [name for name, shape in SHAPES.items() if shape.filled]


def test_mixing_no_colour_leaves_the_ground() -> None:
    """Strength 0 and 1 are the two ends."""
    assert ("#102030", "#ffffff") == (mixed("#ffffff", "#102030", 0), mixed("#ffffff", "#102030", 1))


# -- files ----------------------------------------------------------------------------------------


def test_the_three_formats_begin_as_they_should() -> None:
    """PNG, SVG and PDF signatures, in the order asked for."""
    assert ["png", "svg", "pdf"] == list(twelve().data)
    assert twelve().data["png"].startswith(b"\x89PNG")
    assert twelve().data["svg"].startswith(b"<?xml")
    assert twelve().data["pdf"].startswith(b"%PDF")
    assert () == twelve().notes


def test_the_same_timeline_gives_the_same_bytes() -> None:
    """Twice in one process, whatever the user's matplotlib settings are in between."""
    import matplotlib as mpl

    with mpl.rc_context({"font.size": 30, "text.usetex": True, "svg.fonttype": "none", "savefig.dpi": 30}):
        assert twelve().data == pictures(CASES["twelve"]()).data
        assert mpl.rcParams["font.size"] == 30


def test_no_file_carries_a_time_or_a_program_name() -> None:
    """Nothing in the metadata would differ tomorrow."""
    assert b"date>" not in twelve().data["svg"]
    assert b"Software" not in twelve().data["png"]
    assert b"CreationDate" not in twelve().data["pdf"]


@pytest.mark.parametrize("case", ["hostile", "nothing", "twelve"])
def test_svg_is_well_formed_and_announces_itself(case: str) -> None:
    """It parses, and a screen reader finds role, title and description."""
    tl = CASES[case]()
    root = ET.fromstring(picture(tl, "svg"))
    space = "{http://www.w3.org/2000/svg}"

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "timeline-title timeline-desc"
    assert root.findtext(f"{space}title") == clean(tl.title)
    assert root.findtext(f"{space}desc") == alt_text(tl)
    assert [] == root.findall(f".//{space}script")


def test_png_and_pdf_carry_the_alternative_text() -> None:
    """As the PNG's description and the PDF's subject."""
    from io import BytesIO

    from PIL import Image

    tl = timeline("Plain", event(1, "Storm", DAY("2024-03-25")))
    both = pictures(tl, ["png", "pdf"]).data
    with Image.open(BytesIO(both["png"])) as image:
        assert image.info["Description"] == alt_text(tl)
    assert b"/Title (Plain)" in both["pdf"]


def test_titles_in_any_script_are_kept_in_the_files() -> None:
    """An Arabic title is drawn and stands in the metadata of all three."""
    tl = timeline("المرفأ بعد العاصفة", event(1, "فتح الرصيف", DAY("2024-03-25")))
    found = pictures(tl)

    assert () == found.notes
    assert tl.title.encode() in found.data["svg"]
    assert tl.title.encode() in found.data["png"]
    assert tl.title.encode("utf-16-be")[:2] in found.data["pdf"]


def test_a_script_without_a_font_is_named_once() -> None:
    """The note says what to install; nothing is warned or printed."""
    tl = timeline("T", event(1, "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ and \U00012000\U00012001", DAY("2024-03-25")))
    notes = pictures(tl, ["svg"]).notes

    assert len(notes) == 1
    assert "install" in notes[0]
    assert "Noto Sans Cuneiform" in notes[0]


def test_a_figure_is_nobody_elses() -> None:
    """It has the size of the paper and pyplot does not know it."""
    drawn = figure(CASES["one"](), Look(size="column"))

    assert drawn.get_size_inches()[0] == pytest.approx(6.5)
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


@pytest.mark.parametrize("option", LOOK_CHOICES)
def test_a_wrong_word_names_the_choices(option: str) -> None:
    """The error carries the word and lists what is possible."""
    with pytest.raises(UsageError, match="choose one of") as caught:
        Look(**{option: "huge"})

    assert caught.value.name == "huge"


def test_a_wrong_format_is_refused() -> None:
    """A GIF is none of the three."""
    with pytest.raises(UsageError, match="png, svg, pdf"):
        picture(CASES["one"](), "gif")


def test_choosing_a_look_does_not_load_matplotlib() -> None:
    """`--help` stays quick."""
    code = "import sys, timeline.render; print('matplotlib' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said.strip() == "False"
