"""Names as they are cut and typed after the model, by rules that know no text but what everybody knows."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from sentences import corpus
from spacy.tokens import Doc, Span

from timeline.language.entities import RULES, set_types
from timeline.language.spans import STEPS

CASES = corpus("language/types.toml")["case"]
_VOCAB = spacy.blank("en").vocab


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_a_name_is_cut_and_typed(case: dict[str, Any]) -> None:
    """What the model marks, mended by the rule that the case is named after, or left alone."""
    doc = _doc(case)
    set_types([doc])

    assert case["names"] == [f"{name.text}: {name.label_}" for name in doc.ents]


def test_every_new_rule_has_its_case() -> None:
    """Each repair of a span, and each rule of types that was not there from the start, is named by a case."""
    named = {case["rule"].split(":")[0] for case in CASES}
    told = {
        "everybody_knows_it",
        "its_last_word_tells",
        "a_title_stands_before_it",
        "the_full_name_had_it",
        "the_article_agrees",
    }

    assert {rule.__name__ for rule in (*STEPS, *RULES)} - told <= named


def _doc(case: dict[str, Any]) -> Doc:
    words = case["text"].split()
    proper = set(case["proper"])
    tags = ["NNP" if w in proper else "CD" if w.isdigit() else "NN" for w in words]
    doc = Doc(_VOCAB, words=words, tags=tags)
    names = []
    for mark in case["found"]:
        text, label = mark.rsplit(": ", 1)
        size = len(text.split())
        start = next(n for n in range(len(words)) if words[n : n + size] == text.split())
        names.append(Span(doc, start, start + size, label=label))
    doc.set_ents(names)
    return doc
