"""Every rule of the time grammar against the sentences in `tests/corpus/timex`, which a linguist can edit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from timeline.interval import Interval
from timeline.timex import tag
from timeline.timex.recognise import fold
from timeline.timex.rules import rules

CORPUS = Path(__file__).parent / "corpus" / "timex"
PUBLISHED = Interval.on("2024-03-26")


@dataclass
class Case:
    """One sentence: whether it must use the rule, the spans in braces, and the lines told below it."""

    rule: str
    uses: bool
    text: str
    spans: list[str]
    told: list[str] = field(default_factory=list)
    place: str = ""


def read_cases() -> list[Case]:
    cases: list[Case] = []
    for path in sorted(CORPUS.glob("*.md")):
        rule = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("## "):
                rule = line[3:]
            elif line.startswith(("+ ", "- ")) and rule:
                spans = re.findall(r"\{([^}]*)\}", line)
                text = re.sub(r"[{}]", "", line[2:])
                cases.append(Case(rule, line[0] == "+", text, spans, [], f"{path.name}:{number}"))
            elif line.startswith("    ") and cases:
                cases[-1].told.append(line.strip())
    return cases


CASES = read_cases()


def test_every_rule_has_a_sentence_it_matches_and_one_it_must_not() -> None:
    """A rule without both kinds of example cannot be changed with confidence."""
    named = {rule.name for rule in rules()}

    assert named == {case.rule for case in CASES if case.uses}
    assert named == {case.rule for case in CASES if not case.uses}


def test_rule_names_are_unique() -> None:
    """A name that stands for two rules would explain nothing."""
    names = [rule.name for rule in rules()]

    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.place} {case.rule}")
def test_sentence(case: Case) -> None:
    """A sentence uses its rule or does not, and holds exactly the time expressions told with it."""
    found = tag(case.text, PUBLISHED)
    used = {name for item in fold(case.text, 0, len(case.text)) for name in item.used}
    told = [
        " ".join(filter(None, [t.type, t.value, t.mod, f"({t.anchor})" if t.anchor else ""])) for t in found
    ]

    assert case.spans == [t.span.text for t in found]
    assert case.told == told
    assert case.uses == (case.rule in used)
