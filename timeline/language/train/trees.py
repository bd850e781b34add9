"""Dependency trees as CoNLL-U files hold them, and as spaCy wants them.

A `Tree` is a tuple of `Word`s. Heads count from 1, and 0 is the root, as in the file, so that a tree can be
compared with what a linguist sees in an editor.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


@dataclass(frozen=True, slots=True)
class Word:
    """One line of CoNLL-U."""

    form: str
    lemma: str
    """Empty if not known."""
    upos: str
    xpos: str
    feats: str
    """`Number=Sing|Person=3`, or empty."""
    head: int
    """Number of the head, counted from 1; 0 for the root."""
    deprel: str
    space: bool = True
    """True if a space follows."""
    name: str = ""
    """`B-PERSON`, `I-ORG`, `O`; empty if names are not marked."""


Tree = tuple[Word, ...]


def read_conllu(path: Path) -> Iterator[list[Tree]]:
    """The documents of a file, each a list of sentences; `.xz` is unpacked on the way.

    Raises:
        ValueError: a line has no ten columns, or a head outside its sentence.
    """
    document: list[Tree] = []
    words: list[Word] = []
    with (
        lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as f
    ):
        for number, line in enumerate(f, 1):
            line = line.rstrip("\n")
            if line.startswith("# newdoc") and document:
                yield document
                document = []
            elif not line and words:
                document.append(_checked(words, path, number))
                words = []
            elif line and not line.startswith("#"):
                columns = line.split("\t")
                if len(columns) != 10:
                    raise ValueError(f"{path.name}:{number}: {len(columns)} columns, not 10")
                if columns[0].isdigit():  # neither a multiword token nor an empty node
                    words.append(_word(columns))
    if words:
        document.append(_checked(words, path, number))
    if document:
        yield document


def write_conllu(trees: Iterable[tuple[str, Tree]]) -> str:
    """Trees with their names as the text of a CoNLL-U file."""
    blocks = []
    for name, tree in trees:
        lines = [f"# sent_id = {name}", f"# text = {text_of(tree)}"]
        for n, word in enumerate(tree, 1):
            misc = [] if word.space or n == len(tree) else ["SpaceAfter=No"]
            if word.name:
                misc.insert(0, f"Name={word.name}")
            row = (word.form, word.lemma, word.upos, word.xpos, word.feats)
            lines.append(
                "\t".join(
                    [
                        str(n),
                        *(field or "_" for field in row),
                        str(word.head),
                        word.deprel,
                        "_",
                        "|".join(misc) or "_",
                    ]
                )
            )
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks) + "\n" if blocks else ""


def text_of(tree: Sequence[Word]) -> str:
    """The sentence as written.

    >>> text_of((Word("Yes", "", "", "", "", 0, "root", space=False), Word(".", "", "", "", "", 1, "punct")))
    'Yes.'
    """
    return "".join(word.form + " " * word.space for word in tree).rstrip()


def doc_of(vocab: Vocab, trees: Sequence[Tree]) -> Doc:
    """Several sentences as one document for training. Unknown lemmas and names stay unset."""
    from spacy.tokens import Doc

    words = [word for tree in trees for word in tree]
    starts = [sum(map(len, trees[:n])) for n in range(len(trees))]
    heads = [
        start + (word.head - 1 if word.head else n)
        for start, tree in zip(starts, trees, strict=True)
        for n, word in enumerate(tree)
    ]
    named = all(word.name for word in words)
    return Doc(
        vocab,
        words=[w.form for w in words],
        spaces=[w.space or n + 1 in starts for n, w in enumerate(words)],
        tags=[w.xpos for w in words],
        pos=[w.upos for w in words],
        morphs=[w.feats for w in words],
        lemmas=[w.lemma for w in words],
        heads=heads,
        deps=["ROOT" if w.head == 0 else w.deprel for w in words],
        ents=[w.name for w in words] if named else None,
    )


def _word(columns: Sequence[str]) -> Word:
    _, form, lemma, upos, xpos, feats, head, deprel, _, misc = columns
    extra = dict(item.split("=", 1) for item in misc.split("|") if "=" in item)
    return Word(
        form,
        "" if lemma == "_" and form != "_" else lemma,
        upos,
        xpos,
        "" if feats == "_" else feats,
        int(head),
        deprel,
        extra.get("SpaceAfter") != "No",
        extra.get("Name", ""),
    )


def _checked(words: list[Word], path: Path, number: int) -> Tree:
    if not all(0 <= word.head <= len(words) for word in words):
        raise ValueError(f"{path.name}:{number}: a head outside its sentence")
    return tuple(words)
