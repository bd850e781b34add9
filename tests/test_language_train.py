"""What the language model is trained from: trees, rewrites of trees, our own sentences."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest
import spacy
from conftest import FIXTURES

from timeline.language.train.decode import CORE, best_tree, bound
from timeline.language.train.marks import Frame, read_frames, read_names
from timeline.language.train.rewrites import REWRITES, Rewrite, borrowed, nodes_of, rewritten, tree_of
from timeline.language.train.trees import Tree, Word, doc_of, read_conllu, text_of, write_conllu

TREEBANK = FIXTURES / "treebank"
TRAIN = [tree for document in read_conllu(TREEBANK / "news-train.conllu") for tree in document]
TEST = [tree for document in read_conllu(TREEBANK / "news-test.conllu") for tree in document]
BLANK = spacy.blank("en")
NAMES = list(read_names(TREEBANK / "news-names.txt", BLANK))
FRAMES = list(read_frames(TREEBANK / "news-frames.txt", BLANK))
#: "The minister opened the old bridge": short enough for a headline.
SHORT = tuple(
    Word(form, form.lower(), upos, xpos, "", head, deprel)
    for form, upos, xpos, head, deprel in (
        ("The", "DET", "DT", 2, "det"),
        ("minister", "NOUN", "NN", 3, "nsubj"),
        ("opened", "VERB", "VBD", 0, "root"),
        ("the", "DET", "DT", 6, "det"),
        ("old", "ADJ", "JJ", 6, "amod"),
        ("bridge", "NOUN", "NN", 3, "obj"),
        (".", "PUNCT", ".", 3, "punct"),
    )
)
BY_TEXT = {text_of(tree): tree for tree in TRAIN}


def is_tree(tree: Tree) -> bool:
    """True if there is one root and every word hangs on it."""
    for start in range(1, len(tree) + 1):
        seen = set()
        node = start
        while node and node not in seen:
            seen.add(node)
            node = tree[node - 1].head
        if node:
            return False
    return sum(word.head == 0 for word in tree) == 1


def test_at_least_three_hundred_sentences_are_our_own_and_a_third_is_held_out() -> None:
    """No sentence is in both halves, and every one is a tree with its names marked."""
    assert len(TRAIN) + len(TEST) >= 300
    assert 3 * len(TEST) >= len(TRAIN) + len(TEST)
    assert not {text_of(tree) for tree in TEST} & set(BY_TEXT)
    assert all(is_tree(tree) and all(word.name for word in tree) for tree in (*TRAIN, *TEST))


def test_a_root_is_called_root_and_nothing_else_is() -> None:
    """In the hand-made trees."""
    for tree in (*TRAIN, *TEST):
        assert all((word.head == 0) == (word.deprel == "root") for word in tree), text_of(tree)


def test_conllu_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Every field of every word, by way of a file."""
    path = tmp_path / "again.conllu"
    path.write_text(write_conllu((f"s{n}", tree) for n, tree in enumerate(TEST)), encoding="utf-8")
    [again] = read_conllu(path)

    assert TEST == again


@pytest.mark.parametrize(
    ("line", "words"),
    [("1\tYes\tyes\n\n", "columns"), ("1\tYes\tyes\tINTJ\tUH\t_\t7\troot\t_\t_\n\n", "outside its sentence")],
)
def test_a_broken_file_is_refused_with_its_line(line: str, words: str, tmp_path: Path) -> None:
    """Too few columns, or a head that is not there."""
    path = tmp_path / "broken.conllu"
    path.write_text(line, encoding="utf-8")

    with pytest.raises(ValueError, match=rf"broken.conllu:[12]: .*{words}"):
        list(read_conllu(path))


def test_a_document_has_the_trees_it_was_made_of() -> None:
    """Words, heads, labels, sentence ends and names survive the way into spaCy."""
    doc = doc_of(spacy.blank("en").vocab, TEST[:5])

    assert [text_of(tree) for tree in TEST[:5]] == [words.text for words in doc.sents]
    for tree, words in zip(TEST[:5], doc.sents, strict=True):
        roots = [word.form for word in tree if word.head == 0]
        assert roots == [words.root.text]
        assert [w.xpos for w in tree] == [t.tag_ for t in words]
        assert sum(w.name.startswith("B") for w in tree) == len(words.ents)


@pytest.mark.parametrize(("rewrite", "_"), REWRITES, ids=lambda item: getattr(item, "__name__", ""))
def test_each_rewrite_makes_trees_of_our_own_sentences(rewrite: Rewrite, _: int) -> None:
    """At least one; each a tree, each another sentence, words still in one piece."""
    extra = borrowed(TRAIN)
    made = []
    for tree in (SHORT, *TRAIN):
        nodes = nodes_of(tree)
        if rewrite(nodes, Random(1), extra):
            made.append((tree, tree_of(nodes)))

    assert made
    for before, after in made:
        assert is_tree(after), text_of(after)
        assert text_of(before) != text_of(after)
        assert "  " not in text_of(after)


def test_rewrites_are_the_same_for_the_same_seed_and_others_for_another() -> None:
    """Chance comes from the seed alone."""
    once, again, other = (list(rewritten(TRAIN, 60, seed=seed)) for seed in (3, 3, 4))

    assert once == again
    assert once != other


def test_rewrites_leave_sentences_alone_that_they_do_not_fit() -> None:
    """A noun phrase has no verb to date, and no speech to turn."""
    rows = (
        ("Winner", "NOUN", "NN", 0, "root"),
        ("of", "ADP", "IN", 4, "case"),
        ("the", "DET", "DT", 4, "det"),
        ("cup", "NOUN", "NN", 1, "nmod"),
    )
    phrase = tuple(Word(form, form, upos, xpos, "", head, deprel) for form, upos, xpos, head, deprel in rows)

    fitting = [r.__name__ for r, _ in REWRITES if r(nodes_of(phrase), Random(1), borrowed(TRAIN))]
    assert ["date_before_noun"] == fitting


def test_no_rewrite_changes_the_order_of_heads_inside_a_name() -> None:
    """Flat names stay next to each other."""
    for _, tree in rewritten(TRAIN, 200, seed=1):
        flat = [n for n, word in enumerate(tree, 1) if word.deprel == "flat"]
        for left, right in pairwise(flat):
            if tree[left - 1].head == tree[right - 1].head:
                between = tree[left : right - 1]
                assert all(w.deprel in {"flat", "punct", "conj", "cc"} or w.head > left for w in between)


def test_marks_become_names_and_frames(tmp_path: Path) -> None:
    """Brackets are names as BIO tags, braces predicates with subject and objects; neither is in the text."""
    path = tmp_path / "marks.txt"
    path.write_text("[P Lena Hofer]'s flat in [L Tallinn], says the [O Post].\n", encoding="utf-8")
    [named] = read_names(path, BLANK)
    path.write_text("On Monday Hofer{s1} gave{v1} her{i1} a medal{o1}.\n", encoding="utf-8")
    [framed] = read_frames(path, BLANK)

    tags = "B-PERSON I-PERSON O O O B-LOC O O O B-ORG O"
    assert ("Lena Hofer 's flat in Tallinn , says the Post .", tags) == (
        " ".join(named.words),
        " ".join(named.tags),
    )
    assert " ".join(framed.words) == "On Monday Hofer gave her a medal ."
    assert framed.frames == (Frame(predicate=3, subject=2, objects=(6,), indirect=4),)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[P Ann met [O Post].", "marks no name"),
        ("[Q Ann] left.", "marks no name"),
        ("[P Ann]ie left.", "does not end where words end"),
    ],
)
def test_a_name_marked_wrongly_is_refused_with_its_line(line: str, words: str, tmp_path: Path) -> None:
    """An open bracket, a type that is none, half a word."""
    path = tmp_path / "names.txt"
    path.write_text(f"[P Ann] left.\n{line}\n", encoding="utf-8")

    with pytest.raises(ValueError, match=rf"names.txt:2: .*{words}"):
        list(read_names(path, BLANK))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Ann{s1} left{w1}.", "marks nothing"),
        ("Ann{s1} left.", "one predicate"),
        ("Ann{s1} le{v1}ft.", "a mark inside"),
        ("Ann{s2} left{v2}.", "number 1"),
        ("Ann{s1} and Bob{s1} left{v1}.", "one subject"),
    ],
)
def test_a_frame_marked_wrongly_is_refused_with_its_line(line: str, words: str, tmp_path: Path) -> None:
    """A role that is none, no predicate, half a word, no main clause, two subjects."""
    path = tmp_path / "frames.txt"
    path.write_text(f"Ann{{s1}} left{{v1}}.\n{line}\n", encoding="utf-8")

    with pytest.raises(ValueError, match=rf"frames.txt:2: .*{words}"):
        list(read_frames(path, BLANK))


def test_our_own_marked_sentences_are_many_and_told_once() -> None:
    """Thousands with names of each type, thousands with frames, none of them twice."""
    types = {tag for row in NAMES for tag in row.tags}
    texts = [row.words for row in (*NAMES, *FRAMES)]

    assert len(NAMES) > 8000
    assert len(FRAMES) > 4000
    assert types == {"O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-LOC", "I-LOC"}
    assert len(texts) == len(set(texts))


def test_nothing_held_out_is_learned_from() -> None:
    """No eight words in a row of our held-out sentences stand in those that are learned from."""

    def runs(words: tuple[str, ...]) -> set[tuple[str, ...]]:
        return {words[n : n + 8] for n in range(len(words) - 7)}

    more = (TREEBANK / "news-more.txt").read_text(encoding="utf-8").splitlines()
    learned = [row.words for row in (*NAMES, *FRAMES)]
    learned += [tuple(word.form for word in tree) for tree in TRAIN]
    learned += [tuple(token.text for token in BLANK.make_doc(line)) for line in more]
    held = {run for tree in TEST for run in runs(tuple(word.form for word in tree))}

    assert [] == [" ".join(words) for words in learned if runs(words) & held]


def test_a_tree_keeps_to_the_frames_of_its_sentence() -> None:
    """Whatever the scores: for our hand-made trees, frames taken from them, and scores by chance."""
    chance = np.random.default_rng(5)
    for tree in TRAIN[:60]:
        [root] = [n for n, word in enumerate(tree) if word.head == 0]
        below = {
            label: [n for n, w in enumerate(tree) if w.head == root + 1 and w.deprel == label]
            for label in CORE
        }
        subject = next(iter(below["nsubj"]), None)
        limits = bound([Frame(root, subject, tuple(below["obj"]), None)], tree)
        scores = chance.random((len(tree), len(tree) + 1))
        for word, (head, _) in limits.arcs.items():
            scores[word] = -1e4
            scores[word, head] = 0
        heads = best_tree(scores)

        assert heads[root] == 0
        assert all(heads[n] == root + 1 for n in (*below["obj"], *([] if subject is None else [subject])))
        assert root + 1 in limits.closed
