"""What several tests share: the command in this process, a small timeline made by hand, the two stories."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from timeline.cli import run
from timeline.interval import Grain, Interval
from timeline.model import (
    Article,
    Basis,
    Citation,
    Event,
    Evidence,
    Publication,
    Relation,
    Status,
    Timex,
    When,
)
from timeline.pipeline import build
from timeline.result import Timeline

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"


@dataclass(frozen=True)
class Outcome:
    """What a run of the command left behind."""

    status: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


Command = Callable[..., Outcome]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """`command("build", "a.txt", stdin=b"...")` runs `timeline build a.txt` in this process."""

    def call(*arguments: object, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        status = run([str(a) for a in arguments])
        said = capsys.readouterr()
        return Outcome(status, said.out, said.err)

    return call


HARBOUR = (
    "Bridge fire shuts harbour\n\n"
    "A fire closed the Marlow bridge on May 2, 2021. The council plans to reopen it in June.\n"
)
BRIDGE = "Marlow bridge still shut\n\nThe bridge, closed by a fire on 2 May 2021, may never reopen.\n"


@pytest.fixture
def small() -> Timeline:
    """Two articles and three events, made by hand: a fire, a plan, and a doubt without a date."""
    first, second = _article("harbour", HARBOUR, 1), _article("bridge", BRIDGE, 2)
    day = When(Interval.on("2021-05-02"), Grain.DAY, rule="<month> <day>, <year>")
    june = When(Interval.of(2021, 6), Grain.MONTH, rule="in <month>")
    fire = Event(
        id="ev-0000000001",
        title="Fire closes the Marlow bridge",
        status=Status.OCCURRED,
        when=day,
        date_text="2 May 2021",
        kind="fire",
        participants=("Marlow bridge",),
        place="Marlow",
        salience=0.9,
        shown=True,
        citations=(
            _citation(first, "A fire closed the Marlow bridge on May 2, 2021.", "closed", "May 2, 2021", day),
            replace(
                _citation(
                    second,
                    "The bridge, closed by a fire on 2 May 2021, may never reopen.",
                    "closed",
                    "2 May 2021",
                    day,
                ),
                why="same day and same place",
            ),
        ),
    )
    plan = Event(
        id="ev-0000000002",
        title="Council plans to reopen the bridge",
        status=Status.PLANNED,
        when=june,
        date_text="June 2021",
        participants=("council",),
        salience=0.5,
        shown=True,
        citations=(
            _citation(
                first, "The council plans to reopen it in June.", "reopen", "June", june, Status.PLANNED
            ),
        ),
    )
    doubt = Event(
        id="ev-0000000003",
        title="Bridge may never reopen",
        status=Status.POSSIBLE,
        when=When(),
        date_text="date unknown",
        salience=0.4,
        citations=(_citation(second, "may never reopen", "reopen", "", When(), Status.POSSIBLE),),
    )
    return Timeline(
        title="The Marlow bridge",
        articles=(first, second),
        events=(fire, plan, doubt),
        relations=(Relation(fire.id, plan.id, "before", "dates", inferred=True),),
        warnings=("skipped: notes.txt: empty file",),
    )


@pytest.fixture
def saved(small: Timeline, tmp_path: Path) -> Path:
    """The small timeline as a `timeline.json`, its articles as files beside it."""
    small.save(tmp_path, formats=["json"])
    (tmp_path / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (tmp_path / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    return tmp_path / "timeline.json"


@pytest.fixture(scope="session")
def stories() -> dict[str, Timeline]:
    """The timelines of both stories in `fixtures/`, built once."""
    return {name: build(FIXTURES / name) for name in ("ceasefire", "ferry")}


def _article(id: str, text: str, number: int) -> Article:
    return Article(
        id=id,
        text=text,
        path=f"{id}.txt",
        title=text.partition("\n")[0],
        published=Publication(
            Interval.on("2021-05-04"), Basis.GIVEN, (Evidence("command line", "2021-05-04"),)
        ),
        body=(0, len(text)),
        number=number,
    )


def _citation(
    article: Article, quote: str, trigger: str, words: str, when: When, status: Status = Status.OCCURRED
) -> Citation:
    def find(part: str, start: int = 0) -> tuple[int, int]:
        at = article.text.index(part, start)
        return at, at + len(part)

    start, end = find(quote)
    timex = None
    if words:
        span = article.span(*find(words, start))
        value = when.edtf
        timex = Timex(
            span, "DATE", value, when.interval, when.grain, rule=when.rule, anchor="published 2021-05-04"
        )
    return Citation(
        article=article.id,
        quote=article.span(start, end),
        trigger=article.span(*find(trigger, start)),
        status=status,
        timex=timex,
        resolved=when,
        rule=when.rule,
    )
