"""The shipped weights are the ones the model card speaks of, and as good as it says."""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files
from pathlib import Path

import spacy
from conftest import FIXTURES
from sentences import trees

from timeline.language.evaluate import Row, frames, table
from timeline.language.parse import model
from timeline.language.precision import USED, cast

WEIGHTS = Path(str(files("timeline.language") / "weights"))
CARD = (WEIGHTS / "MODEL_CARD.md").read_text(encoding="utf-8")
#: Everything that is read from there; cards and licences may be reworded.
PARTS = sorted(path for path in WEIGHTS.rglob("*") if path.is_file() and path.suffix != ".md")
#: Bytes on disk, all parts together.
CEILING = 15_000_000
#: Per cent of our own held-out sentences whose main clause is read right.
FRAMES = 84.0


def test_the_weights_are_those_of_the_card() -> None:
    """One digest over names and contents, in order."""
    digest = hashlib.sha256()
    for path in PARTS:
        digest.update(path.relative_to(WEIGHTS).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())

    assert digest.hexdigest() in CARD


def test_the_weights_stay_small() -> None:
    """Under their ceiling on disk."""
    assert sum(path.stat().st_size for path in PARTS) <= CEILING


def test_nothing_in_the_weights_is_a_pickle() -> None:
    """No file begins as a pickle does, and no configuration names one."""
    for path in PARTS:
        assert not re.match(rb"\x80[\x02-\x05]", path.read_bytes()[:2]), path.name
    assert "pickle" not in (WEIGHTS / "config.cfg").read_text(encoding="utf-8").lower()


def test_the_weights_tell_nothing_of_the_machine_they_were_trained_on() -> None:
    """The paths of the configuration are empty."""
    paths = (WEIGHTS / "config.cfg").read_text(encoding="utf-8").partition("[system]")[0]
    assert {"null"} == set(re.findall(r"= (.*)", paths))


def test_words_embedded_once_are_read_as_they_were() -> None:
    """The shipped pipeline, and the same one as spaCy loads it, say the same of every word; odd ones too."""
    lines = (FIXTURES / "treebank" / "news-more.txt").read_text(encoding="utf-8").splitlines()
    texts = [" ".join(lines[:300]), "", "don't can't \n\n \u00a0 --- \U0001f600 DON'T  don't", "The"]
    plain = cast(spacy.load(WEIGHTS), USED)

    assert trees(plain.pipe(texts)) == trees(model().pipe(texts))


def test_our_own_held_out_sentences_are_read_right() -> None:
    """Predicate, subject and objects of the main clause, against trees made by hand."""
    scores = frames(model(), FIXTURES / "treebank" / "news-test.conllu")

    assert scores["sentences"] >= 100
    assert scores["main"] >= FRAMES


def test_a_table_leaves_out_what_was_not_measured() -> None:
    """A column each figure, an empty cell where there is none."""
    rows = [Row("one", {"LAS": 85.04, "sents": None}), Row("two", {"LAS": 80.0, "sents": 94.5})]

    assert ["LAS    sents", "one              85.0", "two              80.0     94.5"] == [
        line.strip() for line in table(rows).splitlines()
    ]
