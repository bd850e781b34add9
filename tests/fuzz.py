"""Fuzzing with atheris: `python tests/fuzz.py TARGET [-max_total_time=600] [-seed=1] [FOLDER]`.

Inputs that once brought something to light lie in `corpus/fuzz/TARGET`; `test_fuzz.py` runs them without
atheris. New ones go into FOLDER, or into a folder that is thrown away. A target fails by any exception but
those that the function promises.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from timeline.errors import ArticleError, DataError
from timeline.limits import Limits

CORPUS: Final = Path(__file__).parent / "corpus/fuzz"

#: By the first byte of the input: which reader a file goes to.
SUFFIXES: Final = (".txt", ".md", ".html", ".json", ".jsonl", ".xml", "")

_SCRATCH: Final = tempfile.TemporaryDirectory()


def read(data: bytes) -> None:
    """Any bytes under any name are an article or a reason; what is cited stands in the text."""
    from timeline.read import clean
    from timeline.read import read as read_files

    path = Path(_SCRATCH.name) / f"fuzz{SUFFIXES[data[0] % len(SUFFIXES)] if data else ''}"
    path.write_bytes(data[1:])
    reading = read_files([path], limits=Limits(max_bytes=100_000))
    assert reading.articles or reading.skipped
    for article in reading.articles:
        assert article.text == clean(article.text)
        assert article.body[0] <= article.body[1] == len(article.text)
        for evidence in article.published.evidence:
            assert evidence.start is None or evidence.text == article.text[evidence.start : evidence.end]


def times(data: bytes) -> None:
    """Any words, seen from any day, are times or none."""
    from timeline.interval import FIRST_DAY, LAST_DAY, Interval
    from timeline.read import clean
    from timeline.timex import tag

    day = FIRST_DAY + int.from_bytes(data[:3], "little") % (LAST_DAY - FIRST_DAY + 1)
    text = clean(data[3:].decode("utf-8", "replace"))
    end = 0
    for timex in tag(text, Interval(day, day + 1)):
        assert timex.span.text == text[timex.span.start : timex.span.end]
        assert end <= timex.span.start < timex.span.end
        end = timex.span.end


def saved(data: bytes) -> None:
    """Any bytes are a saved timeline, which is written in every text format, or a reason."""
    from timeline.export.json import dumps, loads
    from timeline.result import Timeline

    try:
        timeline = Timeline.of(loads(data))
    except DataError:
        return
    assert dumps(timeline) == dumps(loads(dumps(timeline)))
    timeline.files(["md", "csv", "graphml"])


def events(data: bytes) -> None:
    """Any text is a timeline: sentences, times, events and all."""
    from timeline.pipeline import build

    if text := data.decode("utf-8", "replace").strip():
        try:
            build([{"text": text, "pub_date": "2024-03-26"}])
        except ArticleError:
            return


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    target.__name__: target for target in (read, times, saved, events)
}


def main() -> None:
    import atheris

    from timeline.errors import NothingUsable

    name, arguments = sys.argv[1], sys.argv[2:]
    target = TARGETS[name]
    with atheris.instrument_imports(include=["timeline"]):  # what a target uses is imported by its first run
        for start in sorted((CORPUS / name).iterdir()):
            target(start.read_bytes())

    def one(data: bytes) -> None:
        try:
            target(data)
        except NothingUsable:
            return

    folders = [argument for argument in arguments if not argument.startswith("-")]
    with tempfile.TemporaryDirectory() as scratch:
        new = folders or [scratch]
        options = [argument for argument in arguments if argument.startswith("-")]
        options += (
            [f"-artifact_prefix={new[0]}/"] if folders else [f"-artifact_prefix={tempfile.gettempdir()}/"]
        )
        atheris.Setup([sys.argv[0], *options, "-max_len=16384", *new, str(CORPUS / name)], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
