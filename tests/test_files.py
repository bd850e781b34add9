"""Writing: whole files or none, whatever happens meanwhile; nobody else's file is ever lost."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from timeline import files
from timeline.errors import OutputError
from timeline.files import MANIFEST, ours, refuse_strangers, write_all

OLD = {"timeline.md": b"old report\n", "timeline.csv": b"old table\n"}
NEW = {"timeline.md": b"new report\n" * 5000, "timeline.csv": b"new table\n" * 5000, "timeline.json": b"{}\n"}

posix = pytest.mark.skipif(os.name != "posix", reason="needs signals and locks of POSIX")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# -- what is written ---------------------------------------------------------------------------


def test_folders_are_made_and_files_are_as_open_as_others(tmp_path: Path) -> None:
    """Nested folders appear, and the file has the rights the user's other files have."""
    (tmp_path / "usual").touch()
    [path] = write_all(tmp_path / "x/y", {"timeline.json": b"[1]"})

    assert (tmp_path / "usual").stat().st_mode == path.stat().st_mode
    assert b"[1]" == path.read_bytes()


def test_the_list_is_what_sha256sum_reads(tmp_path: Path) -> None:
    """Beside the outputs stands their digest, so that a reader can prove that nothing was changed."""
    write_all(tmp_path, OLD)
    done = subprocess.run(["sha256sum", "--strict", "--check", MANIFEST], cwd=tmp_path, capture_output=True)

    assert (0, 2) == (done.returncode, done.stdout.count(b": OK\n"))


def test_the_list_depends_on_what_stands_there_alone(tmp_path: Path) -> None:
    """Written at once or one after the other, the folders are the same, the list included."""
    write_all(tmp_path / "a", NEW)
    for name in reversed(NEW):
        write_all(tmp_path / "b", {name: b"first"})
        write_all(tmp_path / "b", {name: NEW[name]})

    assert names(tmp_path / "a") == names(tmp_path / "b")
    assert (tmp_path / "a" / MANIFEST).read_bytes() == (tmp_path / "b" / MANIFEST).read_bytes()


def test_what_was_taken_away_leaves_the_list(tmp_path: Path) -> None:
    """The list names no file that is gone."""
    write_all(tmp_path, OLD)
    (tmp_path / "timeline.csv").unlink()
    write_all(tmp_path, {"timeline.md": b"new\n"})

    assert {"timeline.md", MANIFEST} == ours(tmp_path)


# -- strangers ---------------------------------------------------------------------------------


def _stranger(folder: Path) -> None:
    (folder / "timeline.md").write_bytes(b"my own notes")


def _empty(folder: Path) -> None:
    (folder / "timeline.md").write_bytes(b"")


def _edited(folder: Path) -> None:
    write_all(folder, OLD)
    (folder / "timeline.md").write_bytes(b"old report, corrected by hand\n")


def _link(folder: Path) -> None:
    (folder / "notes.md").write_bytes(OLD["timeline.md"])
    (folder / "timeline.md").symlink_to("notes.md")


def _folder(folder: Path) -> None:
    (folder / "timeline.md").mkdir()


def _foreign_list(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b"not a list of ours\n")


STRANGERS: dict[str, Callable[[Path], None]] = {
    "never ours": _stranger,
    "never ours, and empty": _empty,
    "changed since": _edited,
    "a link": _link,
    "a folder": _folder,
    "a list that is none": _foreign_list,
}


@pytest.mark.parametrize("kind", STRANGERS)
def test_what_we_did_not_write_is_not_overwritten(tmp_path: Path, kind: str) -> None:
    """The error names the file, and nothing in the folder has changed."""
    STRANGERS[kind](tmp_path)
    before = {p.name: p.read_bytes() if p.is_file() else b"" for p in tmp_path.iterdir()}
    with pytest.raises(OutputError, match="--force") as refused:
        write_all(tmp_path, NEW)

    assert (
        str(tmp_path / (MANIFEST if kind == "a list that is none" else "timeline.md")) == refused.value.name
    )
    assert before == {p.name: p.read_bytes() if p.is_file() else b"" for p in tmp_path.iterdir()}
    with pytest.raises(OutputError):
        refuse_strangers(tmp_path, NEW)


@pytest.mark.parametrize("kind", sorted(set(STRANGERS) - {"a folder"}))
def test_force_overwrites(tmp_path: Path, kind: str) -> None:
    """Asked to, it writes; what a link led to stays; and the next run needs no force."""
    STRANGERS[kind](tmp_path)
    write_all(tmp_path, NEW, force=True)

    assert NEW == {name: (tmp_path / name).read_bytes() for name in NEW}
    assert not (tmp_path / "timeline.md").is_symlink()
    assert kind != "a link" or OLD["timeline.md"] == (tmp_path / "notes.md").read_bytes()
    write_all(tmp_path, OLD)


def test_a_file_that_holds_the_same_already_is_no_stranger(tmp_path: Path) -> None:
    """A copy of the data from elsewhere may be written again as it is."""
    (tmp_path / "timeline.json").write_bytes(NEW["timeline.json"])

    assert 3 == len(write_all(tmp_path, NEW))


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * 200_000, b"0" * 64 + b"  ../x\n", b""])
def test_a_damaged_list_knows_nothing(tmp_path: Path, content: bytes) -> None:
    """Whatever stands in it, it is read without harm, and trusted for nothing."""
    (tmp_path / MANIFEST).write_bytes(content)

    assert frozenset() == ours(tmp_path)
    with pytest.raises(OutputError):
        write_all(tmp_path, OLD)


# -- faults ------------------------------------------------------------------------------------

Fault = Callable[[], None]


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, at: int, fault: Fault) -> Iterator[list[str]]:
    """While writing, the call number `at` to the system has a fault; gives the names of all calls."""
    calls: list[str] = []

    def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def instead(*arguments: Any, **options: Any) -> Any:
            calls.append(name)
            if len(calls) == at:
                if name == "write":
                    call(arguments[0][: len(arguments[0]) // 2])  # a short write, and then the fault
                fault()
            return call(*arguments, **options)

        return instead

    def opened(handle: int, mode: str) -> Any:
        file = fdopen(handle, mode, buffering=0)
        return _Counted(file, counted("write", file.write))

    fdopen = os.fdopen
    with monkeypatch.context() as patch:
        for name in ("fsync", "replace", "chmod"):
            patch.setattr(files.os, name, counted(name, getattr(os, name)))
        patch.setattr(files.tempfile, "mkstemp", counted("mkstemp", tempfile.mkstemp))
        patch.setattr(files.os, "fdopen", opened)
        yield calls


class _Counted:
    """A file whose writes are counted."""

    def __init__(self, file: Any, write: Callable[[bytes], int]) -> None:
        self._file = file
        self.write = write

    def __enter__(self) -> _Counted:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _raising(fault: BaseException) -> Fault:
    def fail() -> None:
        raise fault

    return fail


FAULTS = {
    "ENOSPC": _raising(OSError(errno.ENOSPC, "No space left on device")),
    "EPERM": _raising(OSError(errno.EPERM, "Operation not permitted")),
    "EIO": _raising(OSError(errno.EIO, "Input/output error")),
    "Ctrl-C": _raising(KeyboardInterrupt()),
}


@pytest.fixture(scope="module")
def calls() -> int:
    """How many calls to the system one writing of NEW makes."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        write_all(Path(folder), OLD)
        with failing(patch, 0, lambda: None) as made:
            write_all(Path(folder), NEW)
    assert {"mkstemp", "write", "fsync", "chmod", "replace"} == set(made)
    return len(made)


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_at_any_call_leaves_old_files_or_new_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: int, kind: str
) -> None:
    """For each call there is: every file is whole, no temporary file is left, the next run needs no force."""
    for at in range(1, calls + 1):
        folder = tmp_path / str(at)
        write_all(folder, OLD)
        with failing(monkeypatch, at, FAULTS[kind]):
            try:
                write_all(folder, NEW)
            except (OutputError, KeyboardInterrupt):
                pass
            else:  # nothing but the last flush of a folder may fail without a word
                assert kind != "Ctrl-C"
        _check_whole(folder)
        assert names(folder) <= {*NEW, MANIFEST}
        write_all(folder, NEW)


@posix
def test_a_kill_at_any_call_leaves_old_files_or_new_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    """No clean-up runs after SIGKILL: what lies about is taken away by the next run, which needs no force."""
    for at in range(1, calls + 1):
        folder = tmp_path / str(at)
        write_all(folder, OLD)
        child = os.fork()
        if not child:
            with failing(monkeypatch, at, lambda: os.kill(os.getpid(), signal.SIGKILL)):
                write_all(folder, NEW)
            os._exit(0)
        assert signal.SIGKILL == os.WTERMSIG(os.waitpid(child, 0)[1])
        _check_whole(folder)
        write_all(folder, NEW)
        assert {*NEW, MANIFEST} == names(folder)


def _check_whole(folder: Path) -> None:
    for name in NEW:
        content = (folder / name).read_bytes() if (folder / name).exists() else None
        assert content in (OLD.get(name), NEW[name]), name


def test_a_failed_write_leaves_every_old_file(tmp_path: Path) -> None:
    """If one of several outputs cannot be written, its error names it, and no temporary file stays."""
    write_all(tmp_path, {"timeline.csv": b"old"})
    (tmp_path / "timeline.md").mkdir()

    with pytest.raises(OutputError) as refused:
        write_all(tmp_path, {"timeline.md": b"new", "timeline.csv": b"new"}, force=True)
    assert str(tmp_path / "timeline.md") == refused.value.name
    assert b"old" == (tmp_path / "timeline.csv").read_bytes()
    assert {"timeline.md", "timeline.csv", MANIFEST} == names(tmp_path)


@posix
def test_random_kills_leave_no_torn_file(tmp_path: Path) -> None:
    """A writer killed at any time; `tests/kill.py 1000` does the same for longer."""
    tool = Path(__file__).with_name("kill.py")
    done = subprocess.run([sys.executable, tool, "25", tmp_path], capture_output=True, text=True)

    assert (0, "25 kills, no torn file") == (done.returncode, done.stdout.strip().rpartition(": ")[2]), (
        done.stderr
    )


@posix
def test_a_disk_that_is_full_is_one_line(tmp_path: Path) -> None:
    """The kernel's own limit on the size of a file: the old file stays, with status 1."""
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "from pathlib import Path; from timeline.files import write_all;"
        f"write_all(Path({str(tmp_path)!r}), {{'timeline.md': b'x' * 5000}})"
    )
    write_all(tmp_path, OLD)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert "OutputError: cannot be written (file too large)" in done.stderr
    assert {*OLD, MANIFEST} == names(tmp_path)
    assert OLD == {name: (tmp_path / name).read_bytes() for name in OLD}


# -- two runs ----------------------------------------------------------------------------------


@posix
def test_a_run_waits_for_another_and_then_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one holds the folder the other writes nothing."""
    import fcntl

    monkeypatch.setattr(files, "LOCK_SECONDS", 0.1)
    write_all(tmp_path, OLD)
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(OutputError, match="another run"):
        write_all(tmp_path, NEW)
    os.close(handle)

    assert OLD == {name: (tmp_path / name).read_bytes() for name in OLD}
    write_all(tmp_path, NEW)


@posix
def test_two_runs_at_once_do_not_mix(tmp_path: Path) -> None:
    """Whoever is last, all files are of one run, and the list is theirs."""
    code = (
        "import sys; from pathlib import Path; from timeline.files import write_all\n"
        "for _ in range(30): write_all(Path(sys.argv[1]), "
        "{f'timeline.{n}': sys.argv[2].encode() * 9999 for n in ('md', 'csv', 'json')})"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, tmp_path, name]) for name in "abc"]

    assert [0, 0, 0] == [run.wait() for run in runs]
    assert 1 == len({(tmp_path / f"timeline.{n}").read_bytes() for n in ("md", "csv", "json")})
    assert 4 == len(names(tmp_path))
    refuse_strangers(tmp_path, names(tmp_path) - {MANIFEST})


@posix
def test_where_there_are_no_locks_it_writes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network file systems know none."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("timeline.files.fcntl.flock", refuse)
    write_all(tmp_path, OLD)

    assert {*OLD, MANIFEST} == names(tmp_path)
