"""From scores to the best tree and the best names, and what frames leave of the choice; numpy alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from timeline.language.train.marks import Frame
from timeline.language.train.trees import Tree

NAME_TAGS: Final = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
#: Subjects and objects.
CORE: Final = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "obj", "iobj"})
#: What may not be.
_NEVER: Final = -1e9
#: What ties the words of one name together.
_INSIDE_NAMES: Final = frozenset({"flat", "compound", "nmod:desc"})


@dataclass(frozen=True)
class Bound:
    """What a tree must keep to."""

    arcs: Mapping[int, tuple[int, frozenset[str]]]
    """Word, counted from 0 -> its head, counted from 1 with 0 for the root, and the labels it may have."""
    closed: frozenset[int]
    """Heads, counted from 1, that have no other subjects and objects than those in `arcs`."""


def bound(frames: Sequence[Frame], tree: Tree) -> Bound:
    """What the frames of a sentence ask of its tree. `tree` is another reading of it, which tells the heads
    of names. What is said hangs on the verb of saying."""
    arcs: dict[int, tuple[int, frozenset[str]]] = {}
    heads = [_head_of_name(frame.predicate, tree) for frame in frames]
    for head, frame in zip(heads, frames, strict=True):
        said = head != heads[0]
        arcs[head] = (heads[0] + 1, frozenset({"ccomp"})) if said else (0, frozenset({"root"}))
        parts = [(frame.subject, {"nsubj", "nsubj:pass", "expl"}), (frame.indirect, {"iobj"})]
        for word, labels in [*parts, *((word, {"obj"}) for word in frame.objects)]:
            if word is not None and (top := _head_of_name(word, tree)) not in heads:
                arcs[top] = head + 1, frozenset(labels)
    return Bound(arcs, frozenset(head + 1 for head in heads))


def _head_of_name(word: int, tree: Tree) -> int:
    """The word that a name's words hang on; other words are their own heads.

    >>> from timeline.language.train.trees import Word
    >>> rows = ("Ana", 3, "nsubj"), ("Ruiz", 1, "flat"), ("left", 0, "root")
    >>> _head_of_name(1, tuple(Word(form, "", "PROPN", "", "", head, label) for form, head, label in rows))
    0
    """
    while tree[word].upos == "PROPN" and tree[word].deprel in _INSIDE_NAMES and tree[word].head:
        word = tree[word].head - 1
    return word


def best_tree(scores: np.ndarray[Any, Any]) -> list[int]:
    """The best tree with one root: for each word its head, counted from 1; row a word, column 0 the root.

    >>> best_tree(np.log(np.array([[0.1, 0.0001, 0.9], [0.6, 0.4, 0.0001]])))
    [2, 0]
    """
    free = _arborescence(_square(scores))
    roots = [n for n in range(1, len(free)) if free[n] == 0]
    if len(roots) == 1:
        return free[1:]
    best: tuple[float, list[int]] | None = None
    for root in roots:
        bound = _square(scores)
        kept = bound[root, 0]
        bound[1:, 0] = _NEVER
        bound[root, 0] = kept
        tree = _arborescence(bound)
        value = float(sum(bound[n, tree[n]] for n in range(1, len(tree))))
        if best is None or value > best[0]:
            best = value, tree
    return best[1][1:] if best else free[1:]


def best_names(scores: np.ndarray[Any, Any]) -> list[str]:
    """The best BIO sequence (Viterbi): no I- without its B-.

    >>> best_names(np.log(np.array([[.1, .8, .02, .02, .02, .02, .02], [.1, .1, .2, .1, .4, .05, .05]])))
    ['B-PERSON', 'I-PERSON']
    """
    allowed = np.array(
        [[not tag.startswith("I") or last[2:] == tag[2:] for tag in NAME_TAGS] for last in NAME_TAGS]
    )
    barred = np.where(allowed, 0.0, _NEVER)
    best = scores[0] + np.array([_NEVER if tag.startswith("I") else 0.0 for tag in NAME_TAGS])
    back = []
    for row in scores[1:]:
        ways = best[:, None] + barred
        back.append(ways.argmax(0))
        best = ways.max(0) + row
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return [NAME_TAGS[n] for n in reversed(path)]


def _square(scores: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    size = scores.shape[0] + 1
    square = np.full((size, size), _NEVER)
    square[1:] = scores
    np.fill_diagonal(square, _NEVER)
    return square


def _arborescence(scores: np.ndarray[Any, Any]) -> list[int]:
    """Chu-Liu-Edmonds: the best tree over nodes 0 (the root) to n; `scores[i, j]` is head j for i."""
    heads = [0, *(int(n) for n in scores[1:].argmax(1))]
    cycle = _cycle(heads)
    if not cycle:
        return heads
    rest = [n for n in range(len(heads)) if n not in cycle]
    size = len(rest) + 1
    smaller = np.full((size, size), _NEVER)
    inner = sum(scores[n, heads[n]] for n in cycle)
    leaves: dict[int, int] = {}
    enters: dict[int, int] = {}
    for a, i in enumerate(rest):
        for b, j in enumerate(rest):
            smaller[a, b] = scores[i, j]
        leaves[a] = max(cycle, key=lambda n: scores[i, n])
        smaller[a, -1] = scores[i, leaves[a]]
        enters[a] = max(cycle, key=lambda n: scores[n, i] - scores[n, heads[n]])
        smaller[-1, a] = scores[enters[a], i] - scores[enters[a], heads[enters[a]]] + inner
    np.fill_diagonal(smaller, _NEVER)
    tree = _arborescence(smaller)
    for a, i in enumerate(rest):
        if i:
            heads[i] = leaves[a] if tree[a] == size - 1 else rest[tree[a]]
    above = tree[-1]
    heads[enters[above]] = rest[above]
    return heads


def _cycle(heads: Sequence[int]) -> list[int]:
    seen: dict[int, int] = {0: -1}
    for start in range(1, len(heads)):
        path = []
        node = start
        while node not in seen:
            seen[node] = start
            path.append(node)
            node = heads[node]
        if seen[node] == start:
            return path[path.index(node) :]
    return []
