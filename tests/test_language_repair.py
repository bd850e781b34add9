"""Repairs of the parse: each mends the tree it was written for, and leaves a right one as it is.

The trees are drawn by hand, so that these facts outlive a retrained model. A row is a word, its tag, its
part of speech, its label and the word it hangs on (by number, from 0).
"""

from __future__ import annotations

import pytest
import spacy
from sentences import corpus
from spacy.tokens import Doc, Span
from spacy.tokens import Span as Words

from timeline.language import clauses
from timeline.language.repair import REPAIRS, repair
from timeline.language.repair_subjects import opening_name

#: Where the lemma decides.
_LEMMAS = {"ordered": "order", "called": "call", "walked": "walk", "sold": "sell"}
_VOCAB = spacy.blank("en").vocab

#: The repair -> the tree as a small parser draws it, and the clauses that are there when it is mended.
BROKEN = {
    "past_tense_by_form": (
        """
        China    NNP PROPN nsubj  3
        and      CC  CCONJ cc     2
        Russia   NNP PROPN conj   0
        vetoed   VBZ VERB  ROOT   3
        the      DT  DET   det    5
        text     NN  NOUN  obj    3
        """,
        ["China vetoed text: past"],
    ),
    "participle_with_finite_conjunct": (
        """
        Guests   NNS NOUN  nsubj  1
        fled     VBD VERB  ROOT   1
        as       IN  ADP   case   3
        gunmen   NNS NOUN  obl    1
        stormed  VBN VERB  acl    3
        the      DT  DET   det    6
        hotel    NN  NOUN  obj    4
        and      CC  CCONJ cc     8
        killed   VBD VERB  conj   4
        guards   NNS NOUN  obj    8
        """,
        ["Guests fled: past", "gunmen stormed hotel: past", "gunmen killed guards: past"],
    ),
    "when_as_head": (
        """
        The       DT  DET   det    1
        war       NN  NOUN  nsubj  2
        began     VBD VERB  ROOT   2
        when      WRB ADV   advcl  2
        militants NNS NOUN  nsubj  3
        stormed   VBN VERB  acl    4
        the       DT  DET   det    7
        border    NN  NOUN  obj    5
        """,
        ["war began: past", "militants stormed border: past"],
    ),
    "speaker_after_the_verb": (
        """
        "         ``  PUNCT punct     3
        The       DT  DET   det       2
        road      NN  NOUN  nsubj     7
        reopened  VBD VERB  ccomp     7
        today     NN  NOUN  obl:unmarked 3
        ,         ,   PUNCT punct     3
        "         ''  PUNCT punct     3
        said      VBD VERB  ROOT      7
        an        DT  DET   det       9
        engineer  NN  NOUN  obj       7
        """,
        ["road reopened: past", "engineer said: past"],
    ),
    "conjunction_without_verb": (
        """
        The       DT  DET   det    1
        war       NN  NOUN  nsubj  2
        began     VBD VERB  ROOT   2
        when      WRB SCONJ mark   4
        militants NNS NOUN  obl    2
        stormed   VBN VERB  acl    4
        the       DT  DET   det    7
        border    NN  NOUN  obj    5
        """,
        ["war began: past", "militants stormed border: past"],
    ),
    "sentence_without_verb": (
        """
        The        DT  DET   det    1
        resolution NN  NOUN  ROOT   1
        called     VBN VERB  acl    1
        for        IN  ADP   case   4
        talks      NNS NOUN  obl    2
        """,
        ["resolution called: past"],
    ),
    "adjective_as_noun": (
        """
        Rebels    NNS NOUN  nsubj  1
        began     VBD VERB  ROOT   1
        a         DT  DET   det    3
        ground    NN  NOUN  obj    1
        offensive JJ  ADJ   xcomp  1
        """,
        ["Rebels began offensive: past"],
    ),
    "noun_participle_name": (
        """
        Officials NNS NOUN  nsubj    1
        confirmed VBD VERB  ROOT     1
        that      IN  SCONJ mark     6
        an        DT  DET   det      6
        airstrike NN  NOUN  compound 5
        killed    VBN VERB  amod     6
        Ann       NNP PROPN ccomp    1
        Lee       NNP PROPN flat     6
        """,
        ["Officials confirmed: past", "airstrike killed Ann: past"],
    ),
}

_CORPUS = corpus("language/repairs.toml")
BROKEN |= {case["name"]: (case["tree"], case["clauses"]) for case in _CORPUS["broken"]}
PERSONS = {case["name"]: case["person"] for case in _CORPUS["broken"] if "person" in case}
MARKS = {case["name"]: case["mark"] for case in _CORPUS["broken"] if "mark" in case}
ROOTS = {case["name"]: case["root"] for case in _CORPUS["broken"] if "root" in case}
LABELS = {case["name"]: case["label"] for case in _CORPUS["broken"] if "label" in case}

#: Trees with the same words in them that are right as they are.
RIGHT = {
    "a speaker before the verb of saying, and one told": """
        Later    RB  ADV   advmod 3
        ,        ,   PUNCT punct  3
        she      PRP PRON  nsubj  3
        told     VBD VERB  ROOT   3
        reporters NNS NOUN obj    3
        """,
    "a participle that modifies": """
        The      DT  DET   det    1
        rebels   NNS NOUN  nsubj  4
        trapped  VBN VERB  acl    1
        there    RB  ADV   advmod 2
        fled     VBD VERB  ROOT   4
        """,
    "a participle with a doer": """
        A        DT  DET   det    1
        plan     NN  NOUN  ROOT   1
        backed   VBN VERB  acl    1
        by       IN  ADP   case   5
        the      DT  DET   det    5
        mayor    NN  NOUN  obl    2
        """,
    "a present that ends in -ed": """
        They     PRP PRON  nsubj  1
        need     VBP VERB  ROOT   1
        boats    NNS NOUN  obj    1
        """,
    "a when-clause": """
        Guests   NNS NOUN  nsubj  1
        fled     VBD VERB  ROOT   1
        when     WRB ADV   advmod 4
        shots    NNS NOUN  nsubj  4
        rang     VBD VERB  advcl  1
        """,
    "a noun that is the predicate": """
        The      DT  DET   det    1
        man      NN  NOUN  nsubj  4
        was      VBD AUX   cop    4
        a        DT  DET   det    4
        guard    NN  NOUN  ROOT   4
        trained  VBN VERB  acl    4
        abroad   RB  ADV   advmod 5
        """,
    "a hyphenated adjective of a name": """
        Oscar    NNP PROPN compound 2
        -        HYPH PUNCT punct   2
        winning  VBG VERB  amod     3
        Ann      NNP PROPN nsubj    4
        spoke    VBD VERB  ROOT     4
        """,
}

RIGHT |= {case["name"]: case["tree"] for case in _CORPUS["right"]}


def test_every_repair_has_its_example() -> None:
    """There is a broken tree for each repair that runs, and for no other."""
    assert {mend.__name__ for mend in REPAIRS} == set(BROKEN)


@pytest.mark.parametrize("name", BROKEN)
def test_a_repair_mends_its_example(name: str) -> None:
    """It says that it changed the tree; the lost clause is there, or its head or a label is right."""
    tree, expected = BROKEN[name]
    [mend] = [mend for mend in REPAIRS if mend.__name__ == name]
    words = _drawn(tree, PERSONS.get(name))

    word, label = LABELS.get(name, ("", ""))
    labels = {t.text: t.dep_ for t in words}
    assert expected != _clauses(words) or label != labels.get(word, "") or ROOTS[name] != words.root.text
    assert mend(words)
    assert label == {t.text: t.dep_ for t in words}.get(word, "")
    assert expected == _clauses(words)
    assert ROOTS.get(name, words.root.text) == words.root.text
    assert MARKS.get(name, ["", ""]) == next(
        ([t.text, t.head.text] for t in words if t.text == MARKS.get(name, [""])[0]), ["", ""]
    )
    assert _is_tree(words)


@pytest.mark.parametrize("name", BROKEN)
def test_a_mended_tree_stays_as_it_is(name: str) -> None:
    """All repairs together mend each example, and a second round finds nothing to do."""
    tree, expected = BROKEN[name]
    words = _drawn(tree, PERSONS.get(name))
    repair(words)

    assert expected == _clauses(words)
    assert [] == [mend.__name__ for mend in REPAIRS if mend(words)]


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_tree_is_left_alone(name: str) -> None:
    """No repair touches it."""
    words = _drawn(RIGHT[name])

    assert [] == [mend.__name__ for mend in REPAIRS if mend(words)]
    assert _rows(_drawn(RIGHT[name])) == _rows(words)


def _drawn(tree: str, person: list[int] | None = None) -> Words:
    rows = [line.split() for line in tree.strip().splitlines()]
    words, tags, pos, deps, heads = zip(*rows, strict=True)
    doc = Doc(
        _VOCAB,
        words=list(words),
        tags=list(tags),
        pos=list(pos),
        deps=list(deps),
        heads=[int(head) for head in heads],
        lemmas=[_LEMMAS.get(word.lower(), word.lower()) for word in words],
    )
    if person:
        doc.set_ents([Span(doc, *person, label="PERSON")])
    return doc[:]


def _rows(words: Words) -> list[tuple[str, str, str, int]]:
    return [(token.text, token.tag_, token.dep_, token.head.i) for token in words]


def _clauses(words: Words) -> list[str]:
    return [
        f"{' '.join(str(t) for t in (c.subject, c.head, *c.objects) if t is not None)}: {c.tense.value}"
        f"{', a participle' if c.participle else ''}"
        for c in clauses(words)
    ]


def _is_tree(words: Words) -> bool:
    """One root, and every word below it."""
    roots = [token for token in words if token.head == token]
    return len(roots) == 1 and set(roots[0].subtree) == set(words)


def test_a_name_that_opens_a_sentence_is_no_verb() -> None:
    """Its verb is the one that was hung below it, whose subject it is."""
    doc = Doc(
        _VOCAB,
        words=["Roe", '"', "voiced", "doubts", '"', "."],
        tags=["VBN", "``", "VBD", "NNS", "''", "."],
        pos=["VERB", "PUNCT", "VERB", "NOUN", "PUNCT", "PUNCT"],
        heads=[0, 2, 0, 2, 2, 0],
        deps=["ROOT", "punct", "xcomp", "obj", "punct", "punct"],
    )
    opening_name(doc[0])

    assert ("PROPN", "nsubj", "voiced") == (doc[0].pos_, doc[0].dep_, doc[0].head.text)
    assert "ROOT" == doc[2].dep_


def test_no_repair_leaves_a_circle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever repairs make of a text, every word hangs on the head of its sentence in the end."""

    def twist(words: Words) -> bool:
        words[1].head, words[2].head = words[2], words[1]
        return True

    monkeypatch.setattr("timeline.language.repair.REPAIRS", (twist,))
    words = _drawn("Rain NN NOUN nsubj 2\nnever RB ADV advmod 2\nstops VBZ VERB ROOT 2\n. . PUNCT punct 2")
    repair(words)

    assert _is_tree(words)


def test_a_town_that_hangs_on_its_land_makes_no_circle() -> None:
    """A misreading that the repair of towns cannot mend is left as it is; the next repairs end."""
    words = _drawn(
        "The DT DET det 1\nCupertino NNP PROPN compound 3\n, , PUNCT punct 1\nCalifornia NNP PROPN obl 5\n"
        "company NN NOUN appos 3\ntold VBD VERB ROOT 5\nreporters NNS NOUN obj 5\nit PRP PRON nsubj 8\n"
        "left VBD VERB ccomp 5\n. . PUNCT punct 5"
    )
    repair(words)

    assert _is_tree(words)
