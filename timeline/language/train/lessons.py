"""What the small pipeline learns from: treebanks, rewrites of them, and text that the teacher has read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from timeline.language.train.marks import Marked, read_frames, read_names, words_of
from timeline.language.train.rewrites import rewritten
from timeline.language.train.trees import Tree, doc_of, read_conllu

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, DocBin, Token
    from spacy.vocab import Vocab

    from timeline.language.train.teacher import Named, Teacher

TREES: Final = ("ewt_train", "gum_train")
#: Trees that no lesson may hold, because something is measured on them.
HELD_OUT: Final = ("ewt_dev", "ewt_test", "gum_dev", "gum_test", "gum_news_test", "pud_test")
#: The treebank's training documents and the texts with names, in `spacy/`.
DOCUMENTS: Final = "syntax_train"
NAMES: Final = "ner_train_all"
#: Words of a sentence at most that the teacher is asked to read.
LONGEST: Final = 80
REWRITES: Final = 6000
#: Below this mean chance of its heads, what the teacher makes of a sentence is not learned from.
SURE: Final = 0.8
#: Words in a row that tell a sentence from every other, however two files cut it.
TELLING: Final = 6
#: Rewrites that the teacher learns from; others than the small pipeline's.
TEACHER_REWRITES: Final = 3000
#: How often the teacher meets a sentence of our own in one round.
TEACHER_OWN_TIMES: Final = 2
#: How often the pipeline meets a sentence of our own in one round: one with a hand-made tree, one with its
#: frames, one without marks. All else it meets once.
OWN_TIMES: Final = 4
FRAMED_TIMES: Final = 2
SPOKEN_TIMES: Final = 2
#: How often names meet what people marked, beside what the teacher made of it.
MARKED_TIMES: Final = 2
_SEED: Final = 5


@dataclass(frozen=True)
class Sources:
    """Everything there is to learn from."""

    trees: list[Tree]
    """All treebank sentences."""
    documents: list[Doc]
    """The same as documents, with their line breaks; names are not marked."""
    named: list[Marked]
    """Sentences with names and without trees, held-out sentences left out."""
    marked: list[Doc]
    """All texts with names as people marked them."""
    long: list[Doc]
    """Those that the teacher is not asked to read."""
    own: list[Tree]
    """Our own sentences, trees made by hand."""
    raw: list[str]
    """Our own sentences without trees."""
    called: list[Marked]
    """Our own sentences with their names."""
    framed: list[Marked]
    """Our own sentences with their frames."""


def sources(treebank: Path, own: Path, nlp: Language) -> Sources:
    """Read the data files. `treebank` holds `*.conllu.xz` and `spacy/`; `own` holds `news-train.conllu`,
    `news-more.txt`, `news-names.txt` and `news-frames.txt`. Raises FileNotFoundError if one is missing."""
    trees = [t for name in TREES for d in read_conllu(treebank / f"{name}.conllu.xz") for t in d]
    known = [t for name in HELD_OUT for d in read_conllu(treebank / f"{name}.conllu.xz") for t in d]
    held = {run for tree in (*trees, *known) for run in _runs([word.form for word in tree])}
    named: list[Marked] = []
    marked: list[Doc] = []
    long: list[Doc] = []
    for doc in _stored(treebank / "spacy" / f"{NAMES}.spacy", nlp):
        sentences = list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]]
        fit = [s for s in sentences if 3 <= len(s) <= LONGEST and not held & _runs([t.text for t in s])]
        named += [Marked(*words_of(s), tuple(_tags(s)), ()) for s in fit]
        marked.append(_with_names_only(doc))
        if len(fit) < len(sentences):
            long.append(_with_names_only(doc))
    return Sources(
        trees=trees,
        documents=list(_stored(treebank / "spacy" / f"{DOCUMENTS}.spacy", nlp)),
        named=named,
        marked=marked,
        long=long,
        own=[tree for document in read_conllu(own / "news-train.conllu") for tree in document],
        raw=[line for line in (own / "news-more.txt").read_text(encoding="utf-8").splitlines() if line],
        called=list(read_names(own / "news-names.txt", nlp)),
        framed=list(read_frames(own / "news-frames.txt", nlp)),
    )


@dataclass(frozen=True)
class Lessons:
    """Documents to train on: with trees, and with names."""

    syntax: DocBin
    names: DocBin


def lessons(given: Sources, teacher: Teacher, nlp: Language) -> Iterator[tuple[float, Lessons | None]]:
    """The share done, and at the end what was made."""
    random = Random(_SEED)
    treebank = _grouped(_renamed(given.trees, teacher), random)
    yield 0.2, None
    made = [tree for _, tree in rewritten(given.trees, REWRITES, seed=3)]
    random.shuffle(made)
    documents = _grouped(_renamed(made, teacher), random)
    yield 0.3, None
    unsure: list[Doc] = []
    documents += _grouped(_named(given.named, teacher, unsure, nlp), random)
    yield 0.8, None
    spoken = _framed([Marked(*words_of(nlp.make_doc(line)), (), ()) for line in given.raw], teacher)
    framed = _framed(given.framed, teacher)
    called = _named(given.called, teacher, unsure, nlp)
    for trees, times in (
        (spoken, SPOKEN_TIMES),
        (framed, FRAMED_TIMES),
        (called, 1),
        (given.own, OWN_TIMES),
    ):
        for _ in range(times):
            documents += _grouped(random.sample(trees, len(trees)), random)
    shared = [doc_of(nlp.vocab, document) for document in documents]
    named = [
        *given.marked * MARKED_TIMES,
        *given.long,
        *unsure,
        *(
            _named_only(nlp.vocab, row.words, row.tags, row.spaces)
            for row in given.called * (MARKED_TIMES - 1)
        ),
        *(doc_of(nlp.vocab, document) for document in treebank),
    ]
    yield (
        1.0,
        Lessons(_mixed([*given.documents, *shared], random), _mixed([*named, *shared], random)),
    )


def _framed(rows: Sequence[Marked], teacher: Teacher) -> list[Tree]:
    """What the teacher makes of sentences, keeping to their frames, where it is sure."""
    read = teacher.read([row.words for row in rows], [row.frames for row in rows])
    return [_spaced(tree, row.spaces) for (tree, sure), row in zip(read, rows, strict=True) if sure > SURE]


def _named(rows: Sequence[Marked], teacher: Teacher, unsure: list[Doc], nlp: Language) -> list[Tree]:
    """What the teacher makes of sentences with names, where it is sure; of the others, the names alone go to
    `unsure`."""
    trees = []
    for (tree, sure), row in zip(teacher.read([row.words for row in rows]), rows, strict=True):
        if sure > SURE:
            trees.append(_spaced(tree, row.spaces, row.tags))
        else:
            unsure.append(_named_only(nlp.vocab, row.words, row.tags, row.spaces))
    return trees


def _mixed(docs: list[Doc], random: Random) -> DocBin:
    from spacy.tokens import DocBin

    random.shuffle(docs)
    attributes = "ORTH SPACY TAG POS MORPH LEMMA HEAD DEP ENT_IOB ENT_TYPE SENT_START".split()
    return DocBin(attrs=attributes, docs=docs)


def _stored(path: Path, nlp: Language) -> Iterator[Doc]:
    from spacy.tokens import DocBin

    yield from DocBin().from_disk(path).get_docs(nlp.vocab)


def _spaced(tree: Tree, spaces: Sequence[bool], tags: Sequence[str] = ()) -> Tree:
    """The tree with the spaces of its text, and with other names if some are given."""
    tags = tags or [word.name for word in tree]
    return tuple(
        replace(word, space=space, name=tag) for word, space, tag in zip(tree, spaces, tags, strict=True)
    )


def _tags(words: Iterable[Token]) -> list[str]:
    return [f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in words]


def _with_names_only(doc: Doc) -> Doc:
    """The same words; what is not known stays unset, sentence starts among it."""
    return _named_only(doc.vocab, [t.text for t in doc], _tags(doc), [bool(t.whitespace_) for t in doc])


def _named_only(
    vocab: Vocab, words: Sequence[str], tags: Sequence[str], spaces: Sequence[bool] | None = None
) -> Doc:
    from spacy.tokens import Doc

    return Doc(vocab, words=list(words), spaces=list(spaces) if spaces else None, ents=list(tags))


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


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    """All `TELLING` words in a row, or all words of a shorter sentence."""
    last = max(1, len(words) - TELLING + 1)
    return {tuple(words[start : start + TELLING]) for start in range(last)}


def shown_to_teacher(given: Sources) -> list[Tree]:
    """The trees that the teacher learns from: the treebanks, rewrites of them, and our own."""
    made = (tree for _, tree in rewritten(given.trees, TEACHER_REWRITES, seed=7))
    return [*given.trees, *made, *given.own * TEACHER_OWN_TIMES]


def named_to_teacher(given: Sources) -> list[Named]:
    """The sentences that the teacher learns names from: those without trees, and our own."""
    own = [([word.form for word in tree], [word.name for word in tree]) for tree in given.own]
    return [*((row.words, row.tags) for row in (*given.named, *given.called)), *own]
