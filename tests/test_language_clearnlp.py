"""A ClearNLP parser's trees, turned into Universal Dependencies, give the same clauses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import spacy
from sentences import CORPUS, corpus, shown_clause
from spacy.tokens import Doc

from timeline.language.clauses import clauses
from timeline.language.clearnlp import as_ud

CLAUSES = corpus("language/clauses.toml")
_CLEARNLP = (CORPUS / "language/clearnlp.md").read_text(encoding="utf-8")


def trees() -> Iterator[tuple[str, list[list[str]]]]:
    """Each sentence of the corpus and the rows of its words."""
    for block in _CLEARNLP.split("\n\n")[1:]:
        rows = [line.split() for line in block.strip().splitlines()]
        text = " ".join(row[0] for row in rows)
        yield text.replace(" .", ".").replace(" ,", ","), rows


VOCAB = spacy.blank("en").vocab
TREES = dict(trees())
_LEMMAS = {"is": "be", "was": "be", "were": "be", "had": "have", "did": "do"}


def doc_of(rows: list[list[str]]) -> Doc:
    """The words as a ClearNLP pipeline leaves them."""
    return Doc(
        VOCAB,
        words=[row[0] for row in rows],
        tags=[row[1] for row in rows],
        pos=[row[2] for row in rows],
        deps=[row[3] for row in rows],
        heads=[int(row[4]) - 1 if int(row[4]) else n for n, row in enumerate(rows)],
        lemmas=[_LEMMAS.get(row[0], row[0]) for row in rows],
        ents=[f"B-{row[5]}" if len(row) > 5 else "O" for row in rows],
    )


@pytest.mark.parametrize("text", TREES, ids=str)
def test_a_clearnlp_tree_gives_the_same_clauses(text: str) -> None:
    """Sentence by sentence as the clause corpus has them for the shipped parser."""
    turned = as_ud(doc_of(TREES[text]))

    assert CLAUSES[text] == [shown_clause(clause) for clause in clauses(turned[:])]


@pytest.mark.parametrize(
    ("rows", "arcs"),
    [
        (
            "There EX PRON expl 2|were VBD AUX ROOT 0|talks NNS NOUN attr 2|. . PUNCT punct 2",
            ["There expl were", "were ROOT were", "talks nsubj were", ". punct were"],
        ),
        (
            "Antony NNP PROPN compound 2 PERSON|Blinken NNP PROPN nsubj 3 PERSON|left VBD VERB ROOT 0",
            ["Antony nsubj left", "Blinken flat Antony", "left ROOT left"],
        ),
        (
            "He PRP PRON nsubj 2|is VBZ AUX ROOT 0|in IN ADP prep 2|Oslo NNP PROPN pobj 3 GPE",
            ["He nsubj Oslo", "is cop Oslo", "in case Oslo", "Oslo ROOT Oslo"],
        ),
        (
            "tea NN NOUN ROOT 0|, , PUNCT punct 1|milk NN NOUN conj 1|and CC CCONJ cc 3|juice NN NOUN conj 3",
            ["tea ROOT tea", ", punct tea", "milk conj tea", "and cc juice", "juice conj tea"],
        ),
        (
            "came VBD VERB ROOT 0|out IN ADP prep 1|of IN ADP prep 2|town NN NOUN pobj 3",
            ["came ROOT came", "out case town", "of case town", "town obl came"],
        ),
        (
            "left VBD VERB ROOT 0|Monday NNP PROPN npadvmod 1",
            ["left ROOT left", "Monday obl:unmarked left"],
        ),
        (
            "left VBD VERB ROOT 0|after IN ADP prep 1|meeting VBG VERB pcomp 2|Ann NNP PROPN dobj 3 PERSON",
            ["left ROOT left", "after mark meeting", "meeting advcl left", "Ann obj meeting"],
        ),
    ],
)
def test_what_the_two_schemes_hang_apart(rows: str, arcs: list[str]) -> None:
    """Existentials, names, copulas, conjuncts, prepositions, bare times, gerunds: word, relation, head."""
    turned = as_ud(doc_of([row.split() for row in rows.split("|")]))

    assert arcs == [f"{t.text} {t.dep_} {t.head.text}" for t in turned]
