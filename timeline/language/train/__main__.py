"""Train the English pipeline from its data files, in one go.

    python -m timeline.language.train TREEBANK_FOLDER -o DIR [--own FOLDER]

Five stages, each with a progress line: the teacher (see `teacher`), the lessons it helps to make (see
`lessons`), word vectors, and the two halves of the pipeline, with settings in `syntax.cfg` and `names.cfg`.
About an hour and a half on one core. Needs the extra `[train]`. Same data, same versions, same machine: the
same weights; elsewhere the same scores within noise.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from threadpoolctl import threadpool_limits

from timeline.language.precision import STORED, cast

if TYPE_CHECKING:
    from spacy.language import Language

SEED: Final = 0
#: Of the weights; goes into their `meta.json`.
VERSION: Final = "0.2.0"
#: Word vectors: how many, and how wide.
VECTORS: Final = 20_000
WIDTH: Final = 48
HERE: Final = Path(__file__).parent
OWN: Final = HERE.parents[2] / "fixtures" / "treebank"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all stages."""
    asked = _arguments().parse_args(arguments)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    asked.output.mkdir(parents=True, exist_ok=True)
    try:
        import spacy
        import torch

        from timeline.language.train.lessons import lessons, sources
        from timeline.language.train.teacher import Labels, Teacher, word_vectors
    except ImportError as error:
        sys.stderr.write(f"error: {error.name} is missing: pip install 'event-timeline[train]'\n")
        return 2
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    nlp = spacy.blank("en")
    given = sources(asked.treebank, asked.own, nlp)

    line = Line("teacher")
    teacher = Teacher(Labels.of(given.trees))
    for share in teacher.fit(given.trees, given.named, seed=SEED):
        line.show(share)

    line = Line("lessons")
    for share, made in lessons(given, teacher, nlp):
        line.show(share)
        if made is not None:
            made.syntax.to_disk(asked.output / "syntax.spacy")
            made.names.to_disk(asked.output / "names.spacy")

    line = Line("vectors")
    words = frequent(VECTORS)
    with_vectors(words, word_vectors(words, WIDTH)).to_disk(asked.output / "vectors")
    line.show(1.0)

    dev = asked.treebank / "spacy"
    syntax = trained("syntax", asked.output, dev / "syntax_dev.spacy")
    names = trained("names", asked.output, dev / "ner_dev_ents.spacy")
    syntax.add_pipe("ner", source=names)
    finished(syntax).to_disk(asked.output / "pipeline")
    sys.stderr.write(f"done: {asked.output / 'pipeline'}\n")
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Train the English pipeline from its data files.")
    parser.add_argument("treebank", type=Path, help="folder with *.conllu.xz and spacy/")
    parser.add_argument("-o", "--output", type=Path, required=True, help="where to write")
    parser.add_argument("--own", type=Path, default=OWN, help="folder with our own sentences")
    return parser


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


def trained(name: str, folder: Path, dev: Path) -> Language:
    """A pipeline trained as `NAME.cfg` says, on `NAME.spacy` and the vectors in `folder`; `dev` is only
    watched. Its weights are the averages over the steps, which is why it is read back from where it was
    saved."""
    import spacy
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
    saved = folder / f"{name}-trained"
    saved.mkdir(exist_ok=True)
    with use_ops("numpy", use_blis=False), threadpool_limits(limits=1, user_api="blas"):
        run(init_nlp(config), saved)
    return spacy.load(saved / "model-last")


def finished(nlp: Language) -> Language:
    """The pipeline as it is stored, with 16 bits a number: half the size, same scores."""
    nlp.meta.update(name="news_ud_sm", version=VERSION, license="CC BY-SA 4.0")
    nlp.meta.pop("performance", None)
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])  # they are of the machine that trained
    return cast(nlp, STORED)


if __name__ == "__main__":
    sys.exit(main())
