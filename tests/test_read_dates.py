"""Stated publication dates: a corpus of heads and metadata that anybody can edit."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from timeline.interval import Interval
from timeline.model import Basis
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
    expected = None if case["expect"] == "unknown" else Interval.on(case["expect"])

    assert expected == article.published.interval
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
