"""The command as a process among others: articles that hang or crash it, Ctrl-C, closed pipes, full disks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="work is guarded only where there is fork")

GOOD = "Mill burns\n\nMay 6, 2021\n\nA fire destroyed the old mill on Sunday, police in Marlow said.\n"

#: What happens to an article with the word "Poison" in it while its sentences are read.
FAULTS = {
    "hang in Python": "while True: pass",
    "hang in C": "sum(iter(int, 1))",  # a loop that no signal handler of Python gets into
    "crash": "os.kill(os.getpid(), signal.SIGSEGV)",
    "out of memory": "os.kill(os.getpid(), signal.SIGKILL)",
    "a fault of ours": "raise KeyError('x')",
}

#: The command, with a parser that has that fault.
PROGRAM = """
import os, signal, sys
import timeline.language as language
parse = language.parse
def poisoned(articles, **options):
    if "Poison" in articles[0].text:
        {fault}
    return parse(articles, **options)
language.parse = poisoned
from timeline.cli import main
main(sys.argv[1:])
"""


def start(fault: str, *arguments: object, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(fault=fault), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,  # type: ignore[call-overload]
    )


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Three articles, of which the second is poison."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "a.txt").write_text(GOOD, encoding="utf-8")
    (folder / "b.txt").write_text("Poison\n" + GOOD, encoding="utf-8")
    (folder / "c.txt").write_text(GOOD.replace("mill", "barn"), encoding="utf-8")
    return folder


@pytest.mark.parametrize("kind", FAULTS)
def test_an_article_that_hangs_or_crashes_is_skipped(tmp_path: Path, pile: Path, kind: str) -> None:
    """One line names it with its reason; the others are built; status 3."""
    out = tmp_path / "out"
    limit = ["--limit", "seconds=5"] if kind.startswith("hang") else []  # too few for the poison alone
    run = start(FAULTS[kind], "build", pile, "-o", out, "--format", "json", *limit)
    told, errors = run.communicate(timeout=600)

    assert (3, f"{out / 'timeline.json'}\n") == (run.returncode, told), errors
    [line] = errors.splitlines()
    assert line.startswith("error: b.txt: ")
    said = {"h": "processor time", "a": "unexpected KeyError: 'x'"}
    assert said.get(kind[0], "ended the process") in line
    data = json.loads((out / "timeline.json").read_bytes())
    assert [(1, "a.txt"), (2, "c.txt")] == [(a["number"], a["path"]) for a in data["articles"]]
    assert [line.replace("error", "skipped")] == data["warnings"]


def test_if_every_article_is_skipped_nothing_is_usable(tmp_path: Path, pile: Path) -> None:
    """Status 1, and no folder."""
    run = start(FAULTS["crash"], "build", pile / "b.txt", "-o", tmp_path / "out")
    _, errors = run.communicate(timeout=600)

    assert (1, 2) == (run.returncode, len(errors.splitlines())), errors
    assert not (tmp_path / "out").exists()


def test_a_crash_outside_of_any_article_is_one_line(tmp_path: Path, pile: Path) -> None:
    """Status 1: no article is to blame, so none is left out."""
    code = (
        "import os, signal, sys; import timeline.coref as coref\n"
        "coref.merge = lambda *_: os.kill(os.getpid(), signal.SIGSEGV)\n"
        "from timeline.cli import main; main(sys.argv[1:])"
    )
    line = [sys.executable, "-c", code, "build", pile, "-o", tmp_path / "out"]
    done = subprocess.run(line, capture_output=True, text=True)

    said = "error: what was found in the articles ended the process that worked on it (SIGSEGV)\n"
    assert (1, said) == (done.returncode, done.stderr)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("whole_group", [True, False], ids=["as from a terminal", "as from a script"])
@pytest.mark.parametrize("fault", ["hang in Python", "hang in C"])
def test_ctrl_c_ends_it_at_once(tmp_path: Path, pile: Path, fault: str, whole_group: bool) -> None:
    """Whatever it is busy with: status 130, one line, nothing written, no process left."""
    run = start(
        f"print('busy', os.getpid(), flush=True); {FAULTS[fault]}".replace("; while", "\n        while"),
        "build", pile, "-o", tmp_path / "out", start_new_session=True,
    )  # fmt: skip
    assert run.stdout is not None
    child = int(run.stdout.readline().split()[1])
    (os.killpg if whole_group else os.kill)(run.pid, signal.SIGINT)
    _, errors = run.communicate(timeout=300)

    assert (130, "error: interrupted") == (run.returncode, errors.strip())
    assert not (tmp_path / "out").exists()
    assert _is_gone(child)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_command(tmp_path: Path, pile: Path, number: signal.Signals) -> None:
    """Who ends the command ends its work: at once, or when the work turns to the next article."""
    fault = "print('busy', os.getpid(), flush=True)\n        import time; time.sleep(1)"
    run = start(fault, "build", pile, "-o", tmp_path / "out")
    assert run.stdout is not None
    child = int(run.stdout.readline().split()[1])
    run.send_signal(number)
    run.communicate(timeout=300)

    assert -number == run.returncode
    assert _is_gone(child)
    assert not (tmp_path / "out").exists()


def _is_gone(process: int) -> bool:
    for _ in range(200):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        try:
            if Path(f"/proc/{process}/stat").read_text().split()[2] == "Z":
                return True  # it has ended, and waits for somebody to ask how
        except OSError:
            pass
        time.sleep(0.05)
    return False


def test_a_reader_that_has_had_enough_is_no_error(saved: Path) -> None:
    """`timeline show | head` says nothing on standard error."""
    code = f"from timeline.cli import main; main(['show', {str(saved)!r}])"
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout is not None
    run.stdout.close()
    assert run.stderr is not None

    assert b"" == run.stderr.read()
    assert 1 == run.wait()
    run.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_output_that_cannot_be_written_is_one_line(saved: Path) -> None:
    """A full disk behind a redirection."""
    code = f"from timeline.cli import main; main(['show', {str(saved)!r}])"
    with open("/dev/full", "w") as full:
        done = subprocess.run([sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, text=True)

    assert (1, "error: the output cannot be written (no space left on device)\n") == (
        done.returncode,
        done.stderr,
    )
