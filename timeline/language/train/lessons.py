"""What the small pipeline learns from: treebanks, rewrites of them, and text that the teacher has read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from timeline.language.train.rewrites import rewritten
from timeline.language.train.trees import Tree, doc_of, read_conllu, text_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import DocBin

    from timeline.language.train.teacher import Named, Teacher

TREES: Final = ("ewt_train", "gum_train")
#: Trees that no lesson may hold, because something is measured on them.
HELD_OUT: Final = ("ewt_dev", "ewt_test", "gum_dev", "gum_test", "gum_news_test", "pud_test")
NAMES: Final = "ner_train_all"
REWRITES: Final = 6000
#: Below this mean chance of its heads, what the teacher makes of a sentence is left out.
SURE: Final = 0.8
#: How often the pipeline meets a sentence of our own with a hand-made tree in one round, others once.
OWN_TIMES: Final = 4
_SEED: Final = 5


@dataclass(frozen=True)
class Sources:
    """Everything there is to learn from."""

    documents: list[list[Tree]]
    """Treebank documents."""
    named: list[Named]
    """Sentences with names and without trees, held-out sentences left out."""
    own: list[Tree]
    """Our own sentences, trees made by hand."""
    raw: list[str]
    """Our own sentences without trees."""

    @property
    def trees(self) -> list[Tree]:
        """All treebank sentences."""
        return [tree for document in self.documents for tree in document]


def sources(treebank: Path, own: Path, nlp: Language) -> Sources:
    """Read the data files. `treebank` holds `*.conllu.xz` and `spacy/`; `own` holds `news-train.conllu` and
    `news-more.txt`. Raises FileNotFoundError if one is missing."""
    held = {
        _squeezed(text_of(tree))
        for name in (*TREES, *HELD_OUT)
        for document in read_conllu(treebank / f"{name}.conllu.xz")
        for tree in document
    }
    return Sources(
        documents=[d for name in TREES for d in read_conllu(treebank / f"{name}.conllu.xz")],
        named=list(_named(treebank / "spacy" / f"{NAMES}.spacy", nlp, held)),
        own=[tree for document in read_conllu(own / "news-train.conllu") for tree in document],
        raw=[line for line in (own / "news-more.txt").read_text(encoding="utf-8").splitlines() if line],
    )


def lessons(given: Sources, teacher: Teacher, nlp: Language) -> Iterator[tuple[float, DocBin | None]]:
    """The share done, and at the end all documents to train on."""
    from spacy.tokens import DocBin

    random = Random(_SEED)
    documents = [_renamed(document, teacher) for document in given.documents]
    yield 0.2, None
    made = [tree for _, tree in rewritten(given.trees, REWRITES, seed=3)]
    random.shuffle(made)
    documents += _grouped(_renamed(made, teacher), random)
    yield 0.3, None
    read = teacher.read([words for words, _ in given.named])
    documents += _grouped(
        [
            tuple(replace(word, name=tag) for word, tag in zip(tree, tags, strict=True))
            for (tree, sure), (_, tags) in zip(read, given.named, strict=True)
            if sure > SURE
        ],
        random,
    )
    yield 0.8, None
    docs = [nlp.make_doc(line) for line in given.raw]
    spoken = [
        tuple(replace(word, space=bool(token.whitespace_)) for word, token in zip(tree, doc, strict=True))
        for (tree, _), doc in zip(teacher.read([[t.text for t in doc] for doc in docs]), docs, strict=True)
    ]
    documents += _grouped(spoken, random) + _grouped(random.sample(spoken, len(spoken)), random)
    for _ in range(OWN_TIMES):
        documents += _grouped(random.sample(given.own, len(given.own)), random)
    random.shuffle(documents)
    attributes = "ORTH SPACY TAG POS MORPH LEMMA HEAD DEP ENT_IOB ENT_TYPE SENT_START".split()
    bin_ = DocBin(attrs=attributes)
    for document in documents:
        bin_.add(doc_of(nlp.vocab, document))
    yield 1.0, bin_


def _named(path: Path, nlp: Language, held: set[str]) -> Iterator[Named]:
    from spacy.tokens import DocBin

    for doc in DocBin().from_disk(path).get_docs(nlp.vocab):
        for words in doc.sents if doc.has_annotation("SENT_START") else [doc[:]]:
            if 3 <= len(words) <= 80 and _squeezed(words.text) not in held:
                tags = [f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in words]
                yield [t.text for t in words], tags


def _renamed(trees: Sequence[Tree], teacher: Teacher) -> list[Tree]:
    """The same trees with names as the teacher marks them."""
    tags = teacher.names([[word.form for word in tree] for tree in trees])
    return [
        tuple(replace(word, name=tag) for word, tag in zip(tree, row, strict=True))
        for tree, row in zip(trees, tags, strict=True)
    ]


def _grouped(trees: Iterable[Tree], random: Random) -> list[list[Tree]]:
    """Single sentences as documents of one to eight, so that ends of sentences are learned."""
    groups: list[list[Tree]] = []
    room = 0
    for tree in trees:
        if not room:
            groups.append([])
            room = random.randint(1, 8)
        groups[-1].append(tree)
        room -= 1
    return groups


def _squeezed(text: str) -> str:
    return "".join(text.split())
