"""Train the English pipeline from its data files, in one go.

    python -m timeline.language.train TREEBANK_FOLDER -o DIR [--own FOLDER]

Five stages, each with a progress line: the teacher (see `teacher`), the lessons it helps to make (see
`lessons`), word vectors, and the two halves of the pipeline, with settings in `syntax.cfg` and `names.cfg`.
About an hour and a half on one core. What a stage made stays in DIR, and a stage whose result is there is not
run again: so a run that was stopped goes on, and once the first three are done, `--only syntax` and
`--only names` can run side by side.
Needs the extra `[train]`. Same data, same versions, same machine: the same weights; elsewhere the same scores
within noise.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from threadpoolctl import threadpool_limits

from timeline.language.precision import STORED, cast

if TYPE_CHECKING:
    from spacy.language import Language

SEED: Final = 0
#: Of the weights; goes into their `meta.json`.
VERSION: Final = "0.3.0"
#: Word vectors: how many, and how wide.
VECTORS: Final = 60_000
WIDTH: Final = 48
#: The halves of the pipeline, and what is watched while each is trained.
HALVES: Final = {"syntax": "syntax_dev", "names": "ner_dev_ents"}
HERE: Final = Path(__file__).parent
OWN: Final = HERE.parents[2] / "fixtures" / "treebank"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all stages."""
    asked = _arguments().parse_args(arguments)
    asked.output.mkdir(parents=True, exist_ok=True)
    try:
        import spacy
        import torch
        import wordfreq  # noqa: F401 (needed much later)

        from timeline.language.train.lessons import lessons, named_to_teacher, shown_to_teacher, sources
        from timeline.language.train.teacher import Labels, Teacher, weights, word_vectors

        weights()
    except ImportError as error:
        sys.stderr.write(f"error: {error.name} is missing: pip install '.[train]'\n")
        return 2
    torch.manual_seed(SEED)
    torch.set_num_threads(asked.threads)
    out, dev = asked.output, asked.treebank / "spacy"
    learned = [out / f"{half}.spacy" for half in HALVES]
    if not all(path.exists() for path in learned):
        nlp = spacy.blank("en")
        given = sources(asked.treebank, asked.own, nlp)
        trees = shown_to_teacher(given)
        teacher = Teacher(Labels.of(trees))
        if (out / "teacher.pt").exists():
            teacher.load(out / "teacher.pt")
        else:
            line = Line("teacher")
            for share in teacher.fit(trees, named_to_teacher(given), seed=SEED):
                line.show(share)
            kept(out / "teacher.pt", teacher.save)
        line = Line("lessons")
        for share, made in lessons(given, teacher, nlp):
            line.show(share)
            if made is not None:
                for path, docs in zip(learned, (made.syntax, made.names), strict=True):
                    kept(path, docs.to_disk)

    if not (out / "vectors").exists():
        line = Line("vectors")
        words = frequent(VECTORS)
        kept(out / "vectors", with_vectors(words, word_vectors(words, WIDTH)).to_disk)
        line.show(1.0)

    for half, watched in HALVES.items():
        if asked.only in (None, half) and not (out / half).exists():
            train(half, out, dev / f"{watched}.spacy")
    if asked.only is None:
        syntax, names = (spacy.load(out / half) for half in HALVES)
        syntax.add_pipe("ner", source=names)
        finished(syntax).to_disk(out / "pipeline")
        sys.stderr.write(f"done: {out / 'pipeline'}\n")
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Train the English pipeline from its data files.")
    parser.add_argument("treebank", type=Path, help="folder with *.conllu.xz and spacy/")
    parser.add_argument("-o", "--output", type=Path, required=True, help="where to write")
    parser.add_argument("--own", type=Path, default=OWN, help="folder with our own sentences")
    parser.add_argument("--threads", type=int, default=1, help="threads of the teacher  [default: 1]")
    parser.add_argument("--only", choices=HALVES, help="of the two halves, train this one and stop")
    return parser


def kept(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file or folder that bears its name only when it is whole."""
    part = path.with_name(f"{path.name}.part")
    write(part)
    part.rename(path)


class Line:
    """One line of progress on standard error."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._start = time.perf_counter()
        self._shown = -1

    def show(self, share: float) -> None:
        """Say how much is done; quiet while the per cent stay the same."""
        percent = int(100 * share)
        if percent != self._shown:
            self._shown = percent
            seconds = time.perf_counter() - self._start
            end = "\n" if share >= 1 else "\r"
            sys.stderr.write(f"{self._name}: {percent:3} % after {seconds:5.0f} s{end}")
            sys.stderr.flush()


def frequent(count: int) -> list[str]:
    """The most frequent words of English in lower case, those with a letter, by `wordfreq`'s lists."""
    import wordfreq

    ranked = wordfreq.top_n_list("en", 2 * count)
    return [word for word in ranked if any(c.isalpha() for c in word) and len(word) < 20][:count]


def with_vectors(words: Sequence[str], vectors: np.ndarray[Any, Any]) -> Language:
    """An empty pipeline that knows a vector for each word, found by its lower case."""
    import spacy
    from spacy.vectors import Vectors

    nlp = spacy.blank("en")
    keys = [nlp.vocab.strings.add(word) for word in words]
    nlp.vocab.vectors = Vectors(
        data=vectors, keys=keys, attr="LOWER", strings=nlp.vocab.strings, name="timeline"
    )
    return nlp


def train(name: str, folder: Path, dev: Path) -> None:
    """Train a pipeline as `NAME.cfg` says, on `NAME.spacy` and the vectors in `folder`, and leave it there as
    `NAME`; `dev` is only watched. What is saved are averages over the steps."""
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train as run
    from spacy.util import load_config, registry
    from thinc.api import use_ops

    paths = {"train": folder / f"{name}.spacy", "dev": dev, "vectors": folder / "vectors"}
    config = load_config(
        HERE / f"{name}.cfg", overrides={f"paths.{key}": str(path) for key, path in paths.items()}
    )
    line = Line(name)
    steps = config["training"]["max_steps"]

    def progress() -> Any:
        def setup(nlp: Language, stdout: Any, stderr: Any) -> Any:
            def log(info: dict[str, Any] | None) -> None:
                if info is not None:
                    line.show(info["step"] / steps)

            return log, lambda: line.show(1.0)

        return setup

    registry.loggers("timeline.ProgressLine.v1", func=progress)
    saved = folder / f"{name}-training"
    saved.mkdir(exist_ok=True)
    with use_ops("numpy", use_blis=False), threadpool_limits(limits=1, user_api="blas"):
        run(init_nlp(config), saved)
    (saved / "model-last").rename(folder / name)


def finished(nlp: Language) -> Language:
    """The pipeline as it is stored, with 16 bits a number: half the size, same scores."""
    nlp.meta.update(name="news_ud_sm", version=VERSION, license="CC BY-SA 4.0")
    nlp.meta.pop("performance", None)
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])  # they are of the machine that trained
    return cast(nlp, STORED)


if __name__ == "__main__":
    sys.exit(main())
