"""What the command says: progress on a terminal, what is odd about an event, what is too large to tag."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Command
from export_stories import ferry

from timeline import result
from timeline.cli import console as consoles
from timeline.cli.console import Console
from timeline.export.json import dumps
from timeline.model import Timeline


class Terminal(io.StringIO):
    """Standard error that a person watches."""

    def isatty(self) -> bool:
        return True


def watched(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """From now on the user sees this."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    return terminal


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A saved story with two readings of a toll and a relation that a text states."""
    path = tmp_path / "timeline.json"
    path.write_bytes(dumps(ferry()))
    return path


# -- progress ----------------------------------------------------------------------------------


def test_progress_is_one_line_that_is_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each state is drawn over the last, and what is said comes on a line of its own."""
    monkeypatch.setattr(consoles, "REDRAW", 0.0)
    terminal = watched(monkeypatch)
    console = Console()
    console.progress("reading", 0, 2)
    console.progress("reading", 1, 2)
    console.progress("reading", 1, 2)
    console.progress("drawing", 0, 1)
    console.warning("odd")
    console.summary("2 articles")

    said = terminal.getvalue()
    assert ["reading 0/2", "reading 1/2", "drawing", "warning: odd", "2 articles"] == [
        part.strip() for part in said.replace("\n", "\r").split("\r") if part.strip()
    ]
    assert 1 == said.count("reading 1/2")


def test_progress_is_not_redrawn_too_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand articles a second do not make the terminal flicker."""
    terminal = watched(monkeypatch)
    console = Console()
    for done in range(1000):
        console.progress("reading", done, 1000)

    assert 0 < terminal.getvalue().count("reading") < 50


def test_quiet_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither progress nor warnings nor a closing word; errors stay."""
    terminal = watched(monkeypatch)
    console = Console()
    console.quiet = True
    console.progress("reading", 0, 2)
    console.warning("odd")
    console.summary("2 articles")
    console.error("a.txt: empty file")

    assert "error: a.txt: empty file\n" == terminal.getvalue()


def test_a_script_sees_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is drawn where nobody watches."""
    console = Console()
    console.progress("reading", 0, 2)
    console.summary("2 articles")

    assert "" == capsys.readouterr().err


# -- show --------------------------------------------------------------------------------------


def test_show_tells_what_sources_differ_on_and_what_answers_what(command: Command, told: Path) -> None:
    """Both readings with their sources, and the words that state a relation."""
    out = command("show", told, "ev-0000000001").out

    assert "sources differ on: killed" in out
    assert "  at least 4 [2]: “Four people died”" in out
    assert "Port to reopen  responds to  Ferry strikes pier at Norhavn" in out
    assert "the harbour office" in out


def test_show_says_when_there_is_nothing_to_show(command: Command, tmp_path: Path) -> None:
    """No events found, or none of them shown, is said and is no failure."""
    none, hidden = tmp_path / "none.json", tmp_path / "hidden.json"
    none.write_bytes(dumps(Timeline("Nothing")))
    shown = ferry()
    hidden.write_bytes(dumps(replace(shown, events=tuple(replace(e, shown=False) for e in shown.events))))

    assert (0, "warning: no events found\n") == (command("show", none).status, command("show", none).err)
    assert "--all" in command("show", hidden).err


def test_an_event_of_no_day_says_so(command: Command, told: Path) -> None:
    """An undated quote dates nothing, and its article's date is unknown."""
    out = command("show", told, "ev-0000000003").out

    assert "publication date unknown" in out


def test_check_names_what_it_could_not_read(command: Command, told: Path, tmp_path: Path) -> None:
    """A missing article is an error of its own."""
    outcome = command("check", told, tmp_path / "missing.txt")

    assert 1 == outcome.status
    assert "missing.txt: no such file" in outcome.err


# -- timex -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "stdin", "reason"),
    [
        (["--limit", "chars=10"], b"They met on Monday.", "more than 10 characters"),
        (["--limit", "bytes=10"], b"They met on Monday.", "standard input: more than 10 bytes"),
        (["--limit", "pages=3"], b"", "no such limit; one of bytes, chars, times, events, seconds"),
        (["--limit", "chars=-1"], b"", "not a whole number above 0"),
        (["--limit", "chars"], b"", "not a whole number above 0"),
        ([], b'{"text": "On Monday.", "pub_date": "soon"}', "publication date 'soon'"),
        ([], b'{"id": 1}', 'line 1: not an object with "text"'),
        (["--limit", "chars=3"], b'{"text": "On Monday."}', "line 1: more than 3 characters"),
    ],
)
def test_what_cannot_be_tagged_is_one_line(
    command: Command, arguments: list[str], stdin: bytes, reason: str
) -> None:
    """With its reason, and a status that is not 0."""
    outcome = command("timex", "--no-parse", *arguments, stdin=stdin)

    assert reason in outcome.err
    assert 1 == len(outcome.errors)
    assert outcome.status in (1, 2)


def test_a_file_to_tag_is_read_as_articles_are(command: Command, tmp_path: Path) -> None:
    """In its encoding, with a warning if that was guessed; and only if it is a file."""
    path = tmp_path / "a.txt"
    path.write_bytes("Café closed on Monday — so they say.".encode("cp1252"))
    outcome = command("timex", "--no-parse", path, "--date", "2024-03-26")

    assert "15-21" in outcome.out
    assert f"warning: {path}: not UTF-8, read as cp1252\n" == outcome.err
    assert "no such file" in command("timex", tmp_path / "b.txt").err
    assert "cannot be read" in (err := command("timex", tmp_path).err) or "not a regular file" in err


def test_a_line_of_broken_json_is_text(command: Command) -> None:
    """What only looks like JSON is tagged as it stands."""
    assert "Monday" in command("timex", "--no-parse", stdin=b"{On Monday").out


@pytest.mark.parametrize("option", ["times", "events"])
def test_what_is_beyond_a_limit_is_left_out_and_named(command: Command, tmp_path: Path, option: str) -> None:
    """The first finds are used; a warning, which the data keeps, says how many there were."""
    path = tmp_path / "a.txt"
    path.write_text("A fire destroyed a mill on May 2, 2021. A flood ruined a farm on May 5, 2021.\n" * 3)
    out = tmp_path / "out"
    outcome = command("build", path, "-o", out, "--format", "json", "--limit", f"{option}=2")

    [warning] = json.loads((out / "timeline.json").read_bytes())["warnings"]
    assert f"warning: {warning}\n" == outcome.err
    assert 0 == outcome.status
    assert "and only the first 2 are used" in warning
    assert "cut" not in warning


def test_many_time_expressions_of_a_file_to_tag_are_named_too(command: Command) -> None:
    """The limit holds for `timex` as well."""
    text = b"On Monday, Tuesday, Wednesday and Thursday they met."
    outcome = command("timex", "--limit", "times=2", stdin=text)

    assert 2 == len(outcome.out.splitlines())
    assert "warning: text: 4 time expressions" in outcome.err


def test_an_error_of_the_system_that_nobody_foresaw_is_one_line(
    command: Command, told: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its kind, for a report."""

    def fail(*_: object) -> None:
        raise OSError(2, "No such file or directory")

    monkeypatch.setattr(result.Timeline, "load", fail)
    outcome = command("show", told)

    assert (1, 1) == (outcome.status, len(outcome.errors))
    assert "unexpected FileNotFoundError" in outcome.err
