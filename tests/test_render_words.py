"""Fonts, scripts, dates by locale, and the user's own colours."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from pathlib import Path

import pytest
from drawn import CASES, DAY, event, timeline

from timeline.errors import UsageError
from timeline.interval import Grain, Interval
from timeline.model import Event, Status, Timeline, When
from timeline.render import Look, Theme, alt_text, picture, pictures
from timeline.render.content import content
from timeline.render.dates import dates
from timeline.render.fonts import Fonts
from timeline.render.layout import wrap
from timeline.render.picture import Plan
from timeline.render.style import THEMES
from timeline.render.theme import faint
from timeline.result import Timeline as Notebook

TYPE = Path(__file__).resolve().parent.parent / "timeline/render/type"

# -- fonts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "The vote was put off",
        "AVATAR: “To Wałęsa”, 24–25 March",
        "Порт открылся",
        "أعلنت الحكومة حالة",
        "≠ 1 °C",
    ],
)
def test_text_is_as_wide_as_matplotlib_draws_it(text: str, bold: bool) -> None:
    """Lines are put together of measured words; that is within half a point of the whole line."""
    from matplotlib.textpath import TextToPath

    fonts = Fonts()
    drawn = TextToPath().get_text_width_height_descent(text, fonts.properties(text, 10, bold), False)[0]

    assert fonts.width(text, 10, bold) == pytest.approx(drawn, abs=0.5)


def test_the_first_font_is_part_of_the_package() -> None:
    """So that pictures do not depend on what is installed; its licence lies beside it."""
    assert str(TYPE / "SourceSans3-Regular.ttf") == Fonts().files("Vote", False)[0]
    assert "SIL OPEN FONT LICENSE Version 1.1" in (TYPE / "OFL.txt").read_text(encoding="utf-8")


def test_letters_the_first_font_lacks_come_from_the_second() -> None:
    """Arabic and Hebrew are in DejaVu Sans, which comes with matplotlib."""
    fonts = Fonts()

    assert ["SourceSans3-Regular.ttf", "DejaVuSans.ttf"] == [
        Path(f).name for f in fonts.files("الميناء", False)
    ]
    assert () == fonts.notes


def test_svg_text_needs_no_font() -> None:
    """Each glyph is an outline that is told once, and each label a group with its words beside it."""
    svg = picture(timeline("T", event(1, "Storm -- and more --", DAY("2024-03-25"))), "svg").decode()
    defined = re.findall(r'<path id="(SourceSans3[^"]*)"', svg)
    used = set(re.findall(r'xlink:href="#(SourceSans3[^"]*)"', svg))

    assert len(defined) == len(set(defined))
    assert used == set(defined)
    assert "<text" not in svg
    assert "<!-- Storm" in svg


# -- scripts --------------------------------------------------------------------------------------


def test_chinese_is_broken_between_signs_and_no_line_begins_with_a_comma() -> None:
    """Latin words and numbers among them stay whole."""
    lines = wrap("港口在2024年重新开放，委员会批准了条约。", 60, 10, False, lambda t, s, b: 10.0 * len(t))

    assert ["港口在", "2024年重", "新开放，委员", "会批准了条", "约。"] == lines or "，" not in [
        x[0] for x in lines
    ]
    assert "2024" in "".join(x for x in lines if "2024" in x)


def test_a_card_in_arabic_is_set_from_the_right() -> None:
    """Date, title and citations end at one edge."""
    tl = timeline("المرفأ", event(2, "Rain", DAY("2024-03-25")), event(1, "فتح الرصيف", DAY("2024-03-28")))
    labels = {x.id: x for x in Plan(content(tl), Look(layout="cards"), Fonts().width).page().content.labels}
    rights = {
        round(labels[f"ev-0000000001-{part}"].box.right, 3) for part in ("date-0", "title-0", "cites-0")
    }

    assert 1 == len(rights)
    assert round(labels["heading-0"].box.right) == round(labels["subtitle-0-0"].box.right)


def test_numbers_in_arabic_keep_their_order() -> None:
    """A result of 14-0 is isolated, or it would be read as 0-14."""
    tl = timeline("T", event(1, "صوتت اللجنة 14-0", DAY("2024-03-25")))
    page = Plan(content(tl), Look(), Fonts().width).page()

    assert any("\u206614-0\u2069" in x.text for x in page.content.labels)


# -- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("locale", "day", "span", "length"),
    [
        ("", "24 November 2023", "24 November – 1 December 2023", "9 weeks"),
        ("en-US", "November 24, 2023", "Nov 24 – Dec 1, 2023", "9 weeks"),
        ("de", "24. November 2023", "24. Nov. – 1. Dez. 2023", "9 Wochen"),
        ("zh-Hans", "2023年11月24日", "2023年11月24日 – 12月1日", "9周"),
        ("ar", "24 نوفمبر 2023", "24 نوفمبر – 1 ديسمبر 2023", "9 أسابيع"),
    ],
)
def test_dates_are_written_as_the_locale_does(locale: str, day: str, span: str, length: str) -> None:
    """A day, a span of days, and the length of a gap."""
    words = dates(locale)

    assert day == words.interval(DAY("2023-11-24"))
    # what joins two days differs by babel's version: a dash between spaces of several kinds, or a word
    joined = words.interval(Interval.between("2023-11-24", "2023-12-01"))
    assert span == re.sub(r"\s", " ", re.sub(r"\s*[–至]\s*", " – ", joined))
    assert length == words.length(63)


def test_a_locale_changes_every_date_of_a_picture() -> None:
    """On cards, in the subtitle, on the scale, in the sources and in the alternative text."""
    tl = timeline("T", event(1, "Sturm", DAY("2024-03-05")), event(2, "Regen", DAY("2024-05-06")))
    words = content(tl, dates("de"))
    labels = Plan(words, Look(), Fonts().width, dates=dates("de")).page().content.labels
    said = " ".join(label.text for label in labels)

    assert "5. März 2024" in said.replace("\u00a0", " ")
    assert "5. März – 6. Mai 2024" in re.sub(r"\s", " ", words.subtitle)
    assert "2. April 2024" in words.sources[0].text
    assert "Mai" in said
    assert "March" not in said + words.alt


def test_half_known_dates_stay_half_known_in_any_locale() -> None:
    """About a day, from a day on, and a month."""
    known = [
        When(DAY("2024-03-05"), Grain.DAY, approximate=True),
        When(Interval.between("2024-03-05", None), Grain.DAY, fills=True),
        When(Interval.between(None, "2024-03-05"), Grain.DAY, fills=True),
        When(Interval.of(2024, 3), Grain.MONTH),
        When(),
    ]
    events = [Event("ev-1", "T", Status.OCCURRED, when, "date unknown") for when in known]

    assert ["≈ 5. März 2024", "5. März 2024 –", "– 5. März 2024", "März 2024", "date unknown"] == [
        dates("de").event(e) for e in events
    ]


@pytest.mark.parametrize("name", ["xx-nowhere", "../../etc", "d e", "1"])
def test_an_unknown_locale_is_refused(name: str) -> None:
    """With a word on what locales look like."""
    with pytest.raises(UsageError, match="no such locale"):
        dates(name)


def test_the_machines_locale_changes_nothing() -> None:
    """The words of a picture are the same under a Turkish environment."""
    code = (
        "import locale, sys; locale.setlocale(locale.LC_ALL, ''); sys.path.insert(0, 'tests');"
        "from drawn import CASES; from timeline.render import alt_text, Look;"
        "from timeline.render.dates import dates;"
        "print(ascii(alt_text(CASES['twelve']()) + dates('de').length(400)))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=TYPE.parents[2],
            env={"LC_ALL": name, "LANG": name, "TZ": "Pacific/Kiritimati"},
        ).stdout
        for name in ("C", "C.UTF-8")
    }

    assert {ascii(alt_text(CASES["twelve"]()) + dates("de").length(400))} == {x.strip() for x in said}


# -- the user's own look --------------------------------------------------------------------------


def test_a_theme_changes_colours_and_fonts(tmp_path: Path) -> None:
    """Roles it does not name keep the style's; a font file is looked for beside the theme."""
    (tmp_path / "house.ttf").write_bytes((TYPE / "SourceSans3-SemiBold.ttf").read_bytes())
    (tmp_path / "theme.toml").write_text(
        '[colours]\naccent = "#7A0019"\n[fonts]\nregular = "house.ttf"\n', encoding="utf-8"
    )
    theme = Theme.load(tmp_path / "theme.toml")
    tl = timeline("T", event(1, "Storm", DAY("2024-03-25")))
    plain, ours = (pictures(tl, ["svg"], Look(theme=t)) for t in (Theme(), theme))

    assert {**THEMES["dark"], "accent": "#7a0019"} == theme.over(THEMES["dark"])
    assert str(tmp_path / "house.ttf") == theme.regular
    assert b"#7a0019" in ours.data["svg"]
    assert b'href="#SourceSans3-Regular' in plain.data["svg"]
    assert b'href="#SourceSans3-Regular' not in ours.data["svg"]
    assert () == ours.notes


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[colours]\ninc = '#000000'", "no such colour: inc"),
        ("[colours]\nink = 'red'", "ink is no colour"),
        ("[colors]\nink = '#000000'", "two tables"),
        ("colours = 3", "two tables"),
        ("[fonts]\nitalic = 'x'", "regular and bold"),
        ("[fonts", "not a theme file"),
    ],
)
def test_a_faulty_theme_says_what_is_wrong(tmp_path: Path, text: str, wrong: str) -> None:
    """In one sentence, with the file's name."""
    path = tmp_path / "theme.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=wrong) as caught:
        Theme.load(path)

    assert str(path) == caught.value.name


def test_a_missing_theme_or_font_is_named(tmp_path: Path) -> None:
    """Neither is replaced in silence."""
    (tmp_path / "bad.ttf").write_bytes(b"no font")
    with pytest.raises(UsageError, match="no such file"):
        Theme.load(tmp_path / "none.toml")
    for font, wrong in (
        (str(tmp_path / "bad.ttf"), "not a font"),
        ("Nobody’s Grotesk", "no such font is installed"),
    ):
        with pytest.raises(UsageError, match=wrong):
            picture(CASES["one"](), "svg", Look(theme=Theme(regular=font)))


def test_colours_that_are_hard_to_read_are_noted() -> None:
    """The picture is drawn, and the user told."""
    notes = pictures(CASES["one"](), ["svg"], Look(theme=Theme(colours=(("muted", "#bbbbbb"),)))).notes

    assert ("muted on paper has a contrast of 1.92; text needs at least 4.5") in notes
    assert [] == [style for style in THEMES if faint(THEMES[style])]


# -- in a notebook --------------------------------------------------------------------------------


def test_a_notebook_gets_a_figure_without_script() -> None:
    """HTML with the picture inline, SVG, PNG, and a line of text."""
    shown = Notebook.of(CASES["five"]())._repr_mimebundle_()

    assert ["image/png", "image/svg+xml", "text/html", "text/plain"] == sorted(shown)
    assert re.match(r"<figure><svg .*</svg></figure>\s*\Z", shown["text/html"], re.S)
    assert not re.search(r"<script|<style|\bstyle=|\bon\w+=|https?://(?!www\.w3\.org)", shown["text/html"])
    assert base64.b64decode(shown["image/png"]).startswith(b"\x89PNG")


def test_two_timelines_in_a_notebook_share_no_id() -> None:
    """Or the second would be drawn with the first one's letters and described by its title."""
    both = [Notebook.of(CASES[name]())._repr_mimebundle_()["text/html"] for name in ("one", "five")]
    ids = [set(re.findall(r'\bid="([^"]*)"', html)) for html in both]

    assert ids[0] | ids[1]
    assert not ids[0] & ids[1]


def axes(width: float, height: float) -> object:
    """Axes of a figure of the user's own, so large in inches."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height)).add_axes((0.1, 0.1, 0.8, 0.8))


def test_a_timeline_can_be_drawn_into_the_users_axes() -> None:
    """It keeps to their box and leaves his figure its size."""
    ax = axes(11, 9)
    whole = Notebook.of(CASES["five"]()).plot(ax=ax)  # type: ignore[arg-type]

    assert (11, 9) == tuple(whole.get_size_inches())
    assert ax.get_xlim() == pytest.approx((0, 0.8 * 11 * 72))  # type: ignore[attr-defined]
    assert not ax.axison  # type: ignore[attr-defined]


def test_axes_that_are_too_small_say_so() -> None:
    """Letters under 7 points are drawn, and warned of."""
    with pytest.warns(UserWarning, match="make the figure larger"):
        Notebook.of(CASES["twelve"]()).plot(ax=axes(4, 3))  # type: ignore[arg-type]


def test_plotting_alone_is_a_figure_of_its_own() -> None:
    """As wide as the size asked for."""
    assert 6.5 == Notebook.of(CASES["one"]()).plot(Look(size="column")).get_size_inches()[0]


def test_a_slide_that_holds_too_much_says_so() -> None:
    """The picture is then taller than a slide, and the user told what to do."""
    tl: Timeline = CASES["120"]()
    notes = Plan(content(tl), Look(size="slide"), Fonts().width).notes

    assert ("too much for one slide; the PDF has several, or show fewer events",) == notes
