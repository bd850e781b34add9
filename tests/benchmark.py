"""How long things take, as a user feels it and step by step.

    python tests/benchmark.py [ARTICLES...]           (default: fixtures/ceasefire)

Prints seconds; nothing here passes or fails. Fresh processes are timed three times, best one shown.
"""

from __future__ import annotations

import datetime as dt
import itertools
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TIMELINE = str(Path(sys.executable).with_name("timeline"))


def cold(*command: str, times: int = 3) -> float:
    """Best wall-clock seconds of a command in a fresh process."""
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - started)
    return best


def steps(articles: list[str]) -> None:
    """Seconds and words a second of each step, the language model loaded before."""
    from timeline import pipeline, steps
    from timeline.language.parse import model

    loading = time.perf_counter()
    model()
    print(f"{'load the model':<34}{time.perf_counter() - loading:8.3f} s")
    draft = steps.Draft(pipeline.read(articles, {}).articles)
    words = sum(len(a.text.split()) for a in draft.articles)
    whole = time.perf_counter()
    for step in steps.STEPS:
        started = time.perf_counter()
        draft = step.run(draft, lambda done: None)
        seconds = time.perf_counter() - started
        print(f"{step.name:<34}{seconds:8.3f} s{words / seconds:12,.0f} words/s")
    seconds = time.perf_counter() - whole
    print(f"{'all steps':<34}{seconds:8.3f} s{words / seconds:12,.0f} words/s")
    print(f"{len(draft.articles)} articles, {words} words, {len(draft.events)} events")


def language() -> None:
    """Size, load time and speed of the language model with everything on: processor time of one core, the
    1,300 sentences of our own in paragraphs of five, best of three."""
    import spacy  # noqa: F401 (not part of loading the model)
    from threadpoolctl import threadpool_limits

    import timeline.language
    from timeline.language.parse import model

    weights = Path(timeline.language.__file__).with_name("weights")
    size = sum(path.stat().st_size for path in weights.rglob("*") if path.is_file())
    model.cache_clear()
    started = time.process_time()
    nlp = model()
    loaded = time.process_time() - started
    lines = (ROOT / "fixtures/treebank/news-more.txt").read_text(encoding="utf-8").splitlines()
    texts = [" ".join(lines[n : n + 5]) for n in range(0, len(lines), 5)]
    words = sum(len(doc) for doc in nlp.tokenizer.pipe(texts))
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        with threadpool_limits(limits=1, user_api="blas"):
            list(nlp.pipe(texts, batch_size=64))
        best = min(best, time.process_time() - started)
    print(f"{'language model':<34}{size / 1e6:8.1f} MB, {loaded:.2f} s to load{words / best:12,.0f} words/s")


def long_article(size: int = 1_000_000) -> None:
    """Seconds and most memory of one article of a million characters, from a cold start to all outputs."""
    lines = (ROOT / "fixtures/treebank/news-more.txt").read_text(encoding="utf-8").splitlines()
    paragraphs = [" ".join(lines[n : n + 5]) for n in range(0, len(lines), 5)]
    text = "Published: 2021-03-09\n\n" + "\n\n".join(
        itertools.islice(itertools.cycle(paragraphs), size // 400)
    )
    with tempfile.TemporaryDirectory() as scratch:
        article = Path(scratch, "long.txt")
        article.write_text(text[:size], encoding="utf-8")
        seconds = cold(TIMELINE, "build", str(article), "-o", f"{scratch}/out", times=1)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    print(f"{f'an article of {size:,} characters':<34}{seconds:8.3f} s{most:12,.0f} MB at most")


def drawing() -> None:
    """CPU seconds of PNG and SVG together, matplotlib loaded before."""
    from drawn import spread_out

    from timeline.render import pictures

    pictures(spread_out(1), ["png"])
    for count in (12, 30, 120, 500):
        timeline, best = spread_out(count), float("inf")
        for _ in range(3):
            started = time.process_time()
            pictures(timeline, ["png", "svg"])
            best = min(best, time.process_time() - started)
        print(f"{f'PNG and SVG of {count} events':<34}{best:8.3f} s")


def time_expressions(articles: list[str]) -> None:
    """Milliseconds of processor time per 1,000 words on top of the parse, and how they grow with one line."""
    from timeline import pipeline, steps
    from timeline.timex import tag

    draft = steps.Draft(pipeline.read(articles, {}).articles)
    draft = steps.run(draft, steps=steps.TAGGING[:1])
    words = sum(len(a.text.split()) for a in draft.articles)

    def all_of_them() -> None:
        for article, parsed in zip(draft.articles, draft.parsed, strict=True):
            tag(article.text, article.published.interval, body=article.body, tense=parsed.tense_at)

    print(f"{'time expressions, 1,000 words':<34}{1e6 * processor(all_of_them) / words:8.1f} ms")
    for piece in ("two days after May 7 ", "1,234 ", "9", "May ", "every "):
        line, longer = piece * 5_000, piece * 20_000
        growth = processor(lambda text=longer: tag(text, None)) / processor(lambda text=line: tag(text, None))
        print(f"{'four times ' + repr(piece):<34}{growth:8.1f} times as long")


def one_more_undated(sizes: Sequence[int] = (40, 80, 160)) -> None:
    """Processor time that one undated article adds to piles of dated ones: twice the pile, about twice as
    long. Each article tells an event of its own and one that it shares with a few others."""
    from timeline import steps
    from timeline.infer import infer
    from timeline.read import from_records

    before = [step.name for step in steps.STEPS].index("dating articles")
    for size in sizes:
        draft = steps.Draft(from_records(_pile(size)).articles)
        draft = steps.run(draft, steps=steps.STEPS[:before])
        whole = draft.articles, draft.parsed, draft.expressions, draft.timexes, draft.mentions
        without = tuple(column[:-1] for column in whole)
        assert infer(*whole).articles[-1].published.interval is not None
        seconds = processor(lambda whole=whole: infer(*whole))
        added = seconds - processor(lambda without=without: infer(*without))
        print(
            f"{f'an undated article beside {size}':<34}{added:8.3f} s{1e3 * added / size:12.2f} ms an article"
        )


_TOWNS = "Oldport Tarsk Velden Mirrow Askel Brunmoor Coldwick Danver Esker Fennhall".split()
_DEEDS = "closed the market,burned the granary,sold the ferry,opened a bridge,raised the toll".split(",")


def _pile(size: int) -> list[dict[str, str]]:
    """Dated articles, a week apart, and an undated one at the end."""
    records = []
    for number in range(size + 1):
        town, deed = _TOWNS[number % 10], _DEEDS[number // 10 % 5]
        day = dt.date(2020, 1, 7) + dt.timedelta(weeks=number if number < size else size // 2)
        text = (
            f"The council of {town} {deed} number {number} on Monday. Mayor {town[::-1].title()} Brock "
            f"said on Tuesday that {number * 7 + 11} people had come. The council will meet again next "
            f"week. A storm hit the harbour of {town} on {day:%B} {day.day}."
        )
        dated = {"pub_date": day.isoformat()} if number < size else {}
        records.append({"id": f"article {number}", "text": text, **dated})
    return records


def processor(work: Callable[[], object], times: int = 3) -> float:
    """Best seconds of processor time."""
    best = float("inf")
    for _ in range(times):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def main() -> None:
    articles = sys.argv[1:] or [str(ROOT / "fixtures/ceasefire")]
    with tempfile.TemporaryDirectory() as scratch:
        data = f"{scratch}/timeline.json"
        build = (TIMELINE, "build", *articles, "-o", scratch)
        for label, command in (
            ("timeline --help", (TIMELINE, "--help")),
            ("build, data only, cold", (*build, "--format", "json")),
            ("build, all outputs, cold", build),
            ("show", (TIMELINE, "show", data)),
            ("render, all pictures", (TIMELINE, "render", data)),
        ):
            print(f"{label:<34}{cold(*command):8.3f} s")
    steps(articles)
    language()
    long_article()
    drawing()

    time_expressions(articles)
    one_more_undated()


if __name__ == "__main__":
    main()
