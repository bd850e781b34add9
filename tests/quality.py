"""Measure the installed command on benchmarks and compare with the floors in scores.toml.

    python tests/quality.py BENCHMARKS [--only NAME ...]

BENCHMARKS is a folder with `timex/`, `events/` and `render/`, each with its scorer. A figure under its
floor ends the run with 1. Floors are raised by hand when a change has earned it, and lowered only with
a reason in the changelog.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from timeline.interval import Interval

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "scores.toml"
TIMELINE = Path(sys.executable).with_name("timeline")

Report = dict[str, Any]


def timex(bench: Path, corpus: str, scratch: Path) -> Report:
    """Expressions found and read, TempEval-3 task A."""
    out = scratch / f"{corpus}.json"
    _python(bench / "timex/score.py", "--cmd", f"{TIMELINE} timex", "--corpus", corpus, "--json", out)
    return json.loads(out.read_text())[corpus]


def recognizers(bench: Path, corpus: str, scratch: Path) -> Report:
    """Single phrases and what they mean."""
    out = scratch / "recognizers.json"
    _python(bench / "timex/recog.py", "--cmd", f"{TIMELINE} timex", "--json", out)
    report = json.loads(out.read_text())
    return report | {"right_share": report["right"] / report["cases"]}


def events(bench: Path, corpus: str, scratch: Path) -> Report:
    """Events found, dated and merged."""
    docs = bench / f"../corpora/events/prepared/{corpus}/docs.jsonl"
    _call(TIMELINE, "build", docs, "-o", scratch / corpus, "--format", "json")
    data = scratch / corpus / "timeline.json"
    return json.loads(_python(bench / "events/score.py", corpus, data, "--split", "dev", "--json"))


def undated(bench: Path, corpus: str, scratch: Path) -> Report:
    """Publication dates inferred: the MEANTIME articles with no date, its line in the text blanked."""
    docs = bench / "../corpora/events/prepared/meantime/docs.jsonl"
    blank = scratch / "undated.jsonl"
    with blank.open("w", encoding="utf-8") as out:
        for line in docs.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            kept = {key: record[key] for key in ("id", "title", "url")}
            out.write(json.dumps(kept | {"text": record["text_nodate"]}) + "\n")
    _call(TIMELINE, "build", blank, "-o", scratch / corpus, "--format", "json")
    data = scratch / corpus / "timeline.json"
    return json.loads(_python(bench / "events/score.py", "meantime", data, "--split", "dev", "--json"))


#: Between which days the publication of an article lies, by the beginning of its file's name, and how many
#: days of doubt there may be.
PUBLISHED = {
    "000": ("2024-03-26", "2024-03-26", 1),
    "001": ("2023-12-06", "2023-12-06", 1),
    "002": ("2023-12-07", "2024-03-21", 105),
    "003": ("2024-03-02", "2024-04-11", 21),
    "004": ("2024-03-26", "2024-03-26", 1),
}


def articles(bench: Path, corpus: str, scratch: Path) -> Report:
    """Five articles of which three state no date: how many are dated as they must be, and hold the truth."""
    _call(TIMELINE, "build", bench / "../articles", "-o", scratch / corpus, "--format", "json")
    told = {
        a["id"][:3]: a["published"]
        for a in json.loads((scratch / corpus / "timeline.json").read_text())["articles"]
    }
    found = {name: Interval.between(told[name]["start"], told[name]["end"]) for name in PUBLISHED}
    dated = [
        found[name] in Interval.between(first, last) and (found[name].days or most + 1) <= most
        for name, (first, last, most) in PUBLISHED.items()
    ]
    truth = {"002": dt.date(2024, 2, 8), "003": dt.date(2024, 3, 22)}
    return {"dated": sum(dated), "holds": float(all(day in found[name] for name, day in truth.items()))}


def gallery(bench: Path, corpus: str, scratch: Path) -> Report:
    """Legibility of the picture in the README."""
    svg = HERE.parent / "output/timeline.svg"
    report = json.loads(_python(bench / "render/overlaps.py", svg, "--json"))
    return report | {"described": float(bool(report["alt"]["title"] and report["alt"]["desc"]))}


def language(bench: Path, corpus: str, scratch: Path) -> Report:
    """Tags, trees and names of the language model on held-out text, and frames of our own sentences."""
    from timeline.events.lexicon import lexicon
    from timeline.language.evaluate import frames, trees
    from timeline.language.parse import model
    from timeline.timex import tag

    def times(text: str) -> list[tuple[int, int]]:
        return [(timex.span.start, timex.span.end) for timex in tag(text, None)]

    own = HERE.parent / "fixtures/treebank/news-test.conllu"
    report: Report = {row.name: row.figures for row in trees(model(), bench / "../treebank")}
    report["our own"] = frames(model(), own)
    report["our own as read"] = frames(model(), own, times=times, past=lexicon().past_of_present)
    return report


RUNS: dict[str, Callable[[Path, str, Path], Report]] = {
    "language": language,
    "timebank": timex,
    "aquaint": timex,
    "recognizers": recognizers,
    "meantime": events,
    "undated": undated,
    "articles": articles,
    "ecbplus": events,
    "gallery": gallery,
}


def compare(name: str, report: Report, floors: dict[str, dict[str, float]]) -> Iterator[tuple[bool, str]]:
    """Each figure of one run: whether it holds, and the line that says so."""
    for bound, figures in floors.items():
        for path, limit in figures.items():
            value = _figure(report, path)
            holds = value >= limit if bound == "at_least" else value <= limit
            words = bound.replace("_", " ")
            yield holds, f"{'  ' if holds else '! '}{name:<12} {path:<22} {value:8.3f}   {words} {limit:g}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("--only", nargs="*", choices=list(RUNS), default=list(RUNS))
    arguments = parser.parse_args()
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        for name in arguments.only:
            started = time.perf_counter()
            report = RUNS[name](arguments.bench.resolve(), name, Path(scratch))
            for holds, line in compare(name, report, floors[name]):
                failed += not holds
                print(line)
            print(f"  {name:<12} {'seconds':<22} {time.perf_counter() - started:8.1f}")
    print(f"{failed} below the floor" if failed else "all floors hold")
    return min(failed, 1)


def _figure(report: Report, path: str) -> float:
    value: Any = report
    for key in path.split("."):
        value = value[key]
    return float(value)


def _python(script: Path, *arguments: object) -> str:
    return _call(sys.executable, script, *arguments)


def _call(*command: object) -> str:
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, text=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"failed with {done.returncode}: {' '.join(map(str, command))}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
