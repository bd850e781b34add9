"""Every cue of direction against the sentences in `tests/corpus/direction`, which a linguist can edit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from timeline.interval import Interval
from timeline.model import Tense
from timeline.timex import tag
from timeline.timex.direction import CUES, look

CORPUS = Path(__file__).parent / "corpus" / "direction" / "cues.md"
PUBLISHED = Interval.on("2024-03-26")


@dataclass
class Case:
    """One sentence: whether the cue must decide it, the tense given, the span in braces, the answer told."""

    cue: str
    decides: bool
    tense: Tense | None
    text: str
    start: int
    end: int
    told: str
    place: str


def read_cases() -> list[Case]:
    cases: list[Case] = []
    cue = ""
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith("## "):
            cue = line[3:]
        elif cue and (found := re.fullmatch(r"([+-]) (?:\[(\w+)\] )?(.*?)\{(.*?)\}(.*)", line)):
            sign, tense, before, words, after = found.groups()
            start = len(before)
            text = before + words + after
            told = lines[number].strip()
            known = Tense(tense) if tense else None
            place = f"{CORPUS.name}:{number}"
            cases.append(Case(cue, sign == "+", known, text, start, start + len(words), told, place))
    return cases


CASES = read_cases()


def test_every_cue_has_a_sentence_it_decides_and_one_it_must_not() -> None:
    """A cue without both kinds of example cannot be changed with confidence."""
    named = {cue.name for cue in CUES}

    assert len(named) == len(CUES)
    assert named == {case.cue for case in CASES if case.decides}
    assert named == {case.cue for case in CASES if not case.decides}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.place} {case.cue}")
def test_sentence(case: Case) -> None:
    """A sentence is decided by its cue or not; the expression then names the days told below it."""

    def tense(start: int, end: int) -> Tense | None:
        return case.tense

    seen = look(case.text, case.start, case.end, tense)
    [timex] = [t for t in tag(case.text, PUBLISHED, tense=tense) if t.span.start == case.start]
    days = timex.interval
    named = "" if days is None else f" {days.start}" if days.is_day else f" {days.start}/{days.end}"

    assert case.decides == (seen.cue == case.cue)
    assert case.told == seen.way.value + named


def test_the_answer_says_what_decided() -> None:
    """Where an expression could be read either way, it keeps the way taken and the cue; nowhere else."""
    found = tag("A verdict is expected by Friday; the last one came last Friday.", PUBLISHED)

    assert ["ahead: by <date>", ""] == [timex.direction for timex in found]
