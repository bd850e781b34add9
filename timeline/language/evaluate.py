"""How good the English pipeline is, as a table.

    python -m timeline.language.evaluate TREEBANK_FOLDER [--model DIR] [--own FOLDER]

TREEBANK_FOLDER holds the held-out trees and names in `spacy/` (`test_pud_news.spacy` ...), FOLDER sentences
of our own (`news-test.conllu`). Trees are scored by spaCy's scorer, per cent; names as spans, and with their
type after `entities.set_types` and as the model leaves them; our own sentences by their frames, see `frames`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from timeline.language.clauses import clauses
from timeline.language.entities import set_types
from timeline.language.parse import model
from timeline.language.repair import repair
from timeline.language.train.trees import doc_of, read_conllu

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Held-out sets of documents in `spacy/`, and what they are called in the table.
SETS: Final = {
    "PUD news": "test_pud_news",
    "GUM news": "test_gum_news",
    "GUM other": "test_gum_other",
    "EWT test": "test_ewt",
}
#: Columns: what they are called, and spaCy's name for the figure.
COLUMNS: Final = {
    "XPOS": "tag_acc",
    "UPOS": "pos_acc",
    "lemma": "lemma_acc",
    "UAS": "dep_uas",
    "LAS": "dep_las",
    "sents": "sents_f",
}


@dataclass(frozen=True)
class Row:
    """One held-out set and its figures, per cent; None where the set has nothing to say."""

    name: str
    figures: dict[str, float | None]


def trees(nlp: Language, folder: Path) -> Iterator[Row]:
    """Tags, lemmas, trees, sentences and names of each held-out set."""
    from spacy.training import Example

    for title, name in SETS.items():
        gold = _documents(nlp, folder / "spacy" / f"{name}.spacy")
        found = list(nlp.pipe([nlp.make_doc(doc.text) for doc in gold]))
        scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in gold])
        figures = {column: _percent(scores.get(key)) for column, key in COLUMNS.items()}
        if title.startswith("PUD"):
            figures["sents"] = None  # each document is one sentence
        if any(doc.ents for doc in gold):
            figures |= names(found, gold)
        yield Row(title, figures)


def names(found: Sequence[Doc], gold: Sequence[Doc]) -> dict[str, float | None]:
    """F1 of names by exact span: without the type, with it, and with the type after `set_types`."""
    plain = [_names(doc) for doc in found]
    for doc in found:
        set_types([doc])
    settled = [_names(doc) for doc in found]
    truth = [_names(doc) for doc in gold]
    bare = [{place[:2] for place in doc} for doc in settled]
    return {
        "names": _f1(bare, [{place[:2] for place in doc} for doc in truth]),
        "typed": _f1(settled, truth),
        "model's": _f1(plain, truth),
    }


def frames(nlp: Language, path: Path) -> dict[str, float]:
    """Shares of our own sentences, per cent, in which the clause view finds what the hand-made tree says.

    `main`: predicate, subject and objects of the main clause are all right. `clauses`: the same for every
    clause, finite or not, counted by clause. `LAS`: labelled attachment, punctuation left out.
    """
    right = sentences = hit = every = attached = words = 0
    for document in read_conllu(path):
        for tree in document:
            gold = doc_of(nlp.vocab, [tree])
            found = _read(nlp, gold)
            repair(found[:])
            want, got = _frames(gold), _frames(found)
            top = next(t.i for t in gold if t.dep_ == "ROOT")
            sentences += 1
            right += top in got and got[top] == want.get(top, got[top]) and found[top].dep_ == "ROOT"
            every += len(want)
            hit += sum(got.get(head) == frame for head, frame in want.items())
            for one, other in zip(gold, found, strict=True):
                if one.dep_ != "punct":
                    words += 1
                    attached += one.head.i == other.head.i and one.dep_ == other.dep_
    return {
        "sentences": float(sentences),
        "main": 100 * right / sentences,
        "clauses": 100 * hit / every,
        "LAS": 100 * attached / words,
    }


def _frames(doc: Doc) -> dict[int, tuple[int | None, tuple[int, ...]]]:
    """Predicate -> subject and objects, as numbers of words."""
    return {
        c.head.i: (c.subject.i if c.subject is not None else None, tuple(o.i for o in c.objects))
        for c in clauses(doc[:])
    }


def _read(nlp: Language, gold: Doc) -> Doc:
    from spacy.tokens import Doc

    words = Doc(nlp.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold])
    for token in words[1:]:
        token.is_sent_start = False
    return nlp(words)


def _documents(nlp: Language, path: Path) -> list[Doc]:
    from spacy.tokens import DocBin

    return list(DocBin().from_disk(path).get_docs(nlp.vocab))


def _names(doc: Doc) -> set[tuple[int, int, str]]:
    """Code points and type of each name."""
    return {(e.start_char, e.end_char, e.label_) for e in doc.ents}


def _f1(found: Sequence[Set[object]], truth: Sequence[Set[object]]) -> float:
    common = sum(len(a & b) for a, b in zip(found, truth, strict=True))
    total = sum(map(len, found)) + sum(map(len, truth))
    return 200 * common / total if total else 100.0


def _percent(value: object) -> float | None:
    return 100 * value if isinstance(value, float) else None


def table(rows: Sequence[Row]) -> str:
    """The rows as text, a column each figure."""
    columns = list(dict.fromkeys(column for row in rows for column in row.figures))
    lines = [f"{'':<12}" + "".join(f"{column:>9}" for column in columns)]
    for row in rows:
        cells = (row.figures.get(column) for column in columns)
        lines.append(
            f"{row.name:<12}" + "".join(f"{'' if c is None else format(c, '.1f'):>9}" for c in cells)
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    import spacy

    parser = argparse.ArgumentParser(description="How good the English pipeline is, as a table.")
    parser.add_argument("treebank", type=Path, help="folder with the held-out data")
    parser.add_argument("--model", type=Path, help="folder of another pipeline  [default: the shipped one]")
    parser.add_argument("--own", type=Path, help="folder with news-test.conllu")
    asked = parser.parse_args(arguments)
    nlp = spacy.load(asked.model) if asked.model else model()
    sys.stdout.write(table(list(trees(nlp, asked.treebank))) + "\n")
    if asked.own:
        row = Row("our own", dict(frames(nlp, asked.own / "news-test.conllu")))
        sys.stdout.write("\n" + table([row]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
