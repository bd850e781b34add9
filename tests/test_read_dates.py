"""Stated publication dates: a corpus of heads and metadata that anybody can edit."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from timeline.interval import Interval
from timeline.model import Basis, Publication
from timeline.read import read

CORPUS = Path(__file__).parent / "corpus" / "dates"

PROSE = "\n\nThe ferry hit the pier at Oldport, and nobody was hurt.\n"


def _cases(file: str) -> list[Any]:
    cases = tomllib.loads((CORPUS / file).read_text("utf-8"))["case"]
    return [pytest.param(case, id=f"{number}: {_label(case)}") for number, case in enumerate(cases, start=1)]


def _label(case: dict[str, Any]) -> str:
    return case.get("name") or " ".join(case["head"].split())[:50]


def _check(case: dict[str, Any], path: Path) -> None:
    reading = read([path])
    (article,) = reading.articles
    days = [] if case["expect"] == "unknown" else [Interval.on(day) for day in case["expect"].split(" or ")]
    expected = days[0] | days[-1] if days else None

    assert expected == article.published.interval
    assert (tuple(days) if len(days) > 1 else ()) == article.published.candidates
    assert (Basis.STATED if expected else Basis.UNKNOWN) is article.published.basis
    for evidence in article.published.evidence:
        if evidence.start is not None:
            assert evidence.text == article.text[evidence.start : evidence.end]
    if "where" in case:
        assert case["where"] == article.published.evidence[0].where
    if "words" in case:
        assert case["words"] == article.published.evidence[0].text
    if "warns" in case:
        assert any(case["warns"] in warning for warning in reading.warnings), reading.warnings
    if case.get("silent"):
        assert () == reading.warnings


@pytest.mark.parametrize("case", _cases("head-lines.toml"))
def test_a_head_line_states_the_date_that_the_corpus_says(case: dict[str, Any], tmp_path: Path) -> None:
    """Each head of the corpus gives its day with its evidence, or none."""
    path = tmp_path / "article.txt"
    path.write_text(case["head"] + PROSE, "utf-8")

    _check(case, path)


@pytest.mark.parametrize("case", _cases("metadata.toml"))
def test_a_file_states_the_date_that_the_corpus_says(case: dict[str, Any], tmp_path: Path) -> None:
    """Each file of the corpus gives the day of its metadata, address or name, or none."""
    path = tmp_path / case["name"]
    path.parent.mkdir(exist_ok=True)
    path.write_text(case["content"], "utf-8")

    _check(case, path)


def test_the_corpus_keeps_its_size() -> None:
    """There are at least 120 forms, a fifth of them such as state no date."""
    cases = [
        case
        for file in ("head-lines.toml", "metadata.toml")
        for case in tomllib.loads((CORPUS / file).read_text("utf-8"))["case"]
    ]

    assert len(cases) >= 120
    assert sum(case["expect"] == "unknown" for case in cases) >= len(cases) / 5


def _published(tmp_path: Path, **texts: str) -> dict[str, Publication]:
    for name, text in texts.items():
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    return {a.path.removesuffix(".md"): a.published for a in read([tmp_path]).articles}


AMBIGUOUS = "---\ndate: 03/04/2024\nsource: Echo\n---\nThe ferry hit the pier."


def test_a_date_of_two_readings_is_read_as_the_others_are_written(tmp_path: Path) -> None:
    """03/04/2024 is 3 April beside an article of the same paper that is of 26/03/2024, and cites it."""
    found = _published(
        tmp_path,
        open=AMBIGUOUS,
        clear="---\ndate: 26/03/2024\nsource: Echo\n---\nThe ferry sailed.",
        american="---\ndate: 03/26/2024\nsource: Mercury\n---\nThe ferry was late.",
    )

    assert Interval.on("2024-04-03") == found["open"].interval
    assert ["03/04/2024", "26/03/2024"] == [e.text for e in found["open"].evidence]


def test_a_date_of_two_readings_keeps_both_where_the_others_differ(tmp_path: Path) -> None:
    """Where one paper puts the day first and another the month, both days stay possible."""
    found = _published(
        tmp_path,
        open=AMBIGUOUS.replace("Echo", "Gazette"),
        clear="---\ndate: 26/03/2024\nsource: Echo\n---\nThe ferry sailed.",
        american="---\ndate: 03/26/2024\nsource: Mercury\n---\nThe ferry was late.",
    )

    assert (Interval.on("2024-03-04"), Interval.on("2024-04-03")) == found["open"].candidates
    assert Basis.STATED is found["open"].basis


def test_a_page_is_never_taken_for_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What begins with "http" and holds no blank is what htmldate would fetch."""
    utils = pytest.importorskip("htmldate.utils")
    fetched: list[str] = []
    monkeypatch.setattr(utils, "fetch_url", fetched.append)
    (tmp_path / "page.html").write_text("http://127.0.0.1:9/beacon?<p>The\nbridge\nwas\nshut.</p>", "utf-8")

    assert 1 == len(read([tmp_path]).articles)
    assert [] == fetched


STORY = "<p>The ferry hit the pier at Oldport, and nobody was hurt. It had been late all week.</p>" * 3


@pytest.mark.parametrize(
    ("page", "day"),
    [
        (
            f'<article><h1>Ferry</h1><abbr class="published" title="2024-03-26">Tue</abbr>{STORY}</article>',
            True,
        ),
        (f"<article><h1>Ferry</h1>{STORY}</article><footer>Published 26 March 2024</footer>", True),
        (f'<header><span class="entry-date">26 March 2024</span></header><article>{STORY}</article>', True),
        (f"<article><h1>Ferry</h1>{STORY}</article><footer>© 2024 Echo</footer>", False),
        (f"<article><h1>Ferry</h1><p>On 26 March 2024 it was late.</p>{STORY}</article>", False),
        (f'<meta property="article:modified_time" content="2024-03-26"><article>{STORY}</article>', False),
    ],
)
def test_a_date_that_a_page_only_shows_is_found_with_the_web_extra(
    page: str, day: bool, tmp_path: Path
) -> None:
    """Beside the text, not in its prose, and not the day of a change; the evidence names who found it."""
    pytest.importorskip("htmldate")
    (tmp_path / "page.html").write_text(f"<html><body>{page}</body></html>", "utf-8")
    [article] = read([tmp_path]).articles

    if day:
        assert Interval.on("2024-03-26") == article.published.interval
        assert "htmldate" == article.published.evidence[0].where
    else:
        assert article.published.interval is None
