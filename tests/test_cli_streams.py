"""The command and its streams: standard input of any encoding and size, closed ones, larger limits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Command

from timeline.cli.console import _columns, _wrapped

LATE = '{"id": "a", "text": "It shut late on Monday.'


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell of POSIX")
@pytest.mark.parametrize(
    "line", ["formats >&-", 'export "$1" --format md 2>&-', "timex --no-parse <&-"], ids=["out", "err", "in"]
)
def test_a_closed_stream_is_no_fault(line: str, saved: Path) -> None:
    """What nobody listens to is said to nobody, and the status is the usual one."""
    command = ["sh", "-c", f'"$0" -m timeline {line}', sys.executable, str(saved)]
    done = subprocess.run(command, capture_output=True)

    assert (0, b"") == (done.returncode, done.stderr)


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x0b"])
def test_no_odd_character_in_a_record_ends_its_line(command: Command, character: str) -> None:
    """U+2028 may stand in a string of JSON as it is, and others do: one line in, one line out."""
    outcome = command("timex", "--no-parse", stdin=f'{LATE}{character}Nobody was hurt."}}\n'.encode())

    assert (0, ["a"]) == (
        outcome.status,
        [row["id"] for row in map(json.loads, outcome.out.splitlines()) if "id" in row],
    )


def test_standard_input_is_decoded_as_a_file_is(command: Command) -> None:
    """With the warning that its encoding was guessed; offsets count in the text."""
    outcome = command("timex", "--no-parse", stdin="Café shut on Monday — so they say.".encode("cp1252"))

    assert "13-19" in outcome.out
    assert "warning: standard input: not UTF-8, read as cp1252\n" == outcome.err


@pytest.mark.parametrize("name", ["a.txt", "-"])
def test_a_limit_beyond_all_memory_costs_none(tmp_path: Path, name: str) -> None:
    """What is allowed is not taken before there is something to read."""
    (tmp_path / "a.txt").write_bytes(b"It shut on Monday.")
    file = name if name == "-" else str(tmp_path / name)
    command = [sys.executable, "-m", "timeline", "timex", "--no-parse", file]
    huge = [*command, "--limit", "bytes=999999999999999"]
    done = subprocess.run(huge, input=b"It shut on Monday.", capture_output=True)

    assert (0, b"") == (done.returncode, done.stderr)


@pytest.mark.parametrize("own", ["", ', "pub_date": null', ', "pub_date": ""', ', "publication_date": " "'])
def test_a_record_without_a_date_has_the_given_one(command: Command, own: str) -> None:
    """The day with its clock, as a text has it."""
    line = f'{{"id": "a", "text": "It shut two hours ago."{own}}}'.encode()
    text = command("timex", "--no-parse", "--date", "2024-03-26T14:05", stdin=b"It shut two hours ago.")
    record = command("timex", "--no-parse", "--date", "2024-03-26T14:05", stdin=line)
    [timex] = json.loads(record.out.splitlines()[0])["timexes"]

    assert "2024-03-26T12" in timex["value"]
    assert timex["value"] in text.out


def test_what_a_higher_limit_read_can_be_checked_and_exported(command: Command, tmp_path: Path) -> None:
    """`check` and `export` take `--limit` as `build` does."""
    path, out = tmp_path / "a.txt", tmp_path / "out"
    path.write_text("A fire destroyed the mill on May 2, 2021, police in Marlow said.\n" * 2)
    limit = ("--limit", "chars=200")
    command("build", path, "-o", out, "--format", "json", *limit)
    saved = out / "timeline.json"

    assert 1 == command("check", saved, path, "--limit", "chars=100").status
    assert 0 == command("check", saved, path, *limit).status
    assert "too long" in command("export", saved, path, "--format", "html", "--limit", "chars=100").err
    assert "" == command("export", saved, path, "--format", "html", *limit).err


def test_a_word_of_any_length_is_wrapped_at_once() -> None:
    """In linear time; a mark without a width of its own stays with its letter."""
    lines = _wrapped("e\u0301" * 100_000, 24)

    assert {24} == {_columns(line) for line in lines[:-1]}
    assert {"e"} == {line[0] for line in lines}
