"""How good the English pipeline is, as a table.

    python -m timeline.language.evaluate TREEBANK_FOLDER [--model DIR] [--own FOLDER]

TREEBANK_FOLDER holds the held-out trees and names in `spacy/` (`test_pud_news.spacy` ...), FOLDER sentences
of our own (`news-test.conllu`). Trees are scored by spaCy's scorer, per cent, sentences also as the program
splits them; names as spans, and with their type after `entities.set_types` and as the model leaves them; our
own sentences by their frames, see `frames`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from timeline.language.clauses import clauses
from timeline.language.entities import set_types
from timeline.language.parse import STRAIGHT, forbid_breaks, model, stretches, told_in_past
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
        figures["as read"] = split_as_read(nlp, gold)
        if title.startswith("PUD"):
            figures["sents"] = figures["as read"] = None  # each document is one sentence
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


def split_as_read(nlp: Language, gold: Sequence[Doc]) -> float:
    """F1 of sentences, line by line and with the program's own rules where a sentence may start."""
    found: list[set[tuple[int, int]]] = []
    for doc in gold:
        spans, start = set(), 0
        for line in doc.text.split("\n"):
            read = nlp.make_doc(line)
            forbid_breaks(read, whole=False)
            spans |= {(start + a, start + b) for a, b in _stripped(nlp(read))}
            start += len(line) + 1
        found.append(spans)
    return _f1(found, [_stripped(doc) for doc in gold])


def _stripped(doc: Doc) -> set[tuple[int, int]]:
    """Code points of each sentence, blanks around it left out."""
    texts = ((s.start_char, s.text) for s in doc.sents)
    edges = ((start + len(t) - len(t.lstrip()), t.strip()) for start, t in texts)
    return {(start, start + len(t)) for start, t in edges if t}


def frames(
    nlp: Language,
    path: Path,
    *,
    times: Callable[[str], Sequence[tuple[int, int]]] | None = None,
    past: Callable[[str], str | None] | None = None,
) -> dict[str, float]:
    """Shares of our own sentences, per cent, in which the clause view finds what the hand-made tree says.

    `main`: predicate, subject and objects of the main clause are all right. `clauses`: the same for every
    clause, finite or not, counted by clause. `LAS`: labelled attachment, punctuation left out.

    With `times` and `past` the sentences are read as `parse` reads an article: time expressions stepped over,
    quotes straight, headlines (what ends without a mark) told in the past.
    """
    right = sentences = hit = every = attached = words = 0
    for document in read_conllu(path):
        for tree in document:
            gold = doc_of(nlp.vocab, [tree])
            found, places = _read(nlp, gold, times, past)
            set_types([found])
            repair(found[:])
            want, got = _frames(gold), _frames(found, places)
            top = next(t.i for t in gold if t.dep_ == "ROOT")
            sentences += 1
            right += top in got and got[top] == want.get(top, got[top]) and _heads(found, places, top)
            every += len(want)
            hit += sum(got.get(head) == frame for head, frame in want.items())
            for other, n in zip(found, places, strict=True):
                if gold[n].dep_ != "punct":
                    words += 1
                    attached += gold[n].head.i == places[other.head.i] and gold[n].dep_ == other.dep_
    return {
        "sentences": float(sentences),
        "main": 100 * right / sentences,
        "clauses": 100 * hit / every,
        "LAS": 100 * attached / words,
    }


def _frames(doc: Doc, places: Sequence[int] = ()) -> dict[int, tuple[int | None, tuple[int, ...]]]:
    """Predicate -> subject and objects, as numbers of words; `places` are their numbers in the gold tree."""
    at = places or range(len(doc))
    return {
        at[c.head.i]: (
            at[c.subject.i] if c.subject is not None else None,
            tuple(at[o.i] for o in c.objects),
        )
        for c in clauses(doc[:])
    }


def _heads(doc: Doc, places: Sequence[int], top: int) -> bool:
    return any(t.dep_ == "ROOT" and places[t.i] == top for t in doc)


def _read(
    nlp: Language,
    gold: Doc,
    times: Callable[[str], Sequence[tuple[int, int]]] | None = None,
    past: Callable[[str], str | None] | None = None,
) -> tuple[Doc, list[int]]:
    """A sentence read again, and the number of each word in the gold tree."""
    from spacy.tokens import Doc

    spans = times(gold.text) if times else ()
    skip = [s for s in stretches(gold.text, spans, 0) if s.adverbial]
    kept = [t for t in gold if not any(s.start <= t.idx < s.end for s in skip)]
    kept = kept[1:] if kept[0].text == "," else kept
    texts = [t.text.translate(STRAIGHT) if times else t.text for t in kept]
    if past is not None and not gold[-1].is_punct:
        texts = told_in_past(texts, past)
    words = Doc(nlp.vocab, words=texts, spaces=[bool(t.whitespace_) for t in kept])
    for token in words[1:]:
        token.is_sent_start = False
    return nlp(words), [t.i for t in kept]


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
