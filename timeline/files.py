"""Files written so that nobody ever meets half of one, and nobody's own file is lost.

Beside the outputs lies `timeline.sha256`, which names each file written into the folder with its digest, in
the form that `sha256sum --check` reads. It is how a later run knows its own files: what is not listed
there as it stands is somebody else's, or was changed by hand, and is only overwritten by force.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from timeline.errors import OutputError

try:
    import fcntl
except ImportError:  # Windows: there two runs into one folder are not kept apart
    fcntl = None  # type: ignore[assignment]

#: The list of what was written. A file of this name with anything else in it is not ours.
MANIFEST: Final = "timeline.sha256"

#: Seconds to wait for another run to finish its writing, which takes well under one.
LOCK_SECONDS: Final = 10.0

_ENTRY: Final = re.compile(r"([0-9a-f]{64})  ([a-z0-9][a-z0-9_.-]{0,100})")
_LARGEST_MANIFEST: Final = 100_000

#: What a run that was killed in mid-write leaves behind; the next one takes it away.
_ORPHAN: Final = re.compile(r"\.timeline[a-z0-9_.-]*\.[a-z0-9_]{8}\.tmp")

#: Name -> digests under which it may be ours: two while it is being replaced.
_Known = dict[str, set[str]]


def write_all(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> tuple[Path, ...]:
    """Write each of `files` (name -> content) into `folder`, which is made if missing.

    All contents go to temporary files beside their targets first and reach the disk; only then are
    they renamed. A full disk, a Ctrl-C or a kill leaves the old file or the new one, never a part.
    Two runs into one folder take turns. Raises OutputError with the path that could not be written, or
    that we did not write and so do not overwrite; `force` overwrites it.
    """
    _make(folder)
    with _locked(folder):
        known = _known(folder)
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        if not force:
            _refuse_strangers(folder, {name: {digest} for name, digest in digests.items()}, known)
        kept = {name: some for name, some in known.items() if os.path.lexists(folder / name)}
        both = {name: kept.get(name, set()) | {digests.get(name, "")} - {""} for name in {*kept, *digests}}
        after = {name: {digests[name]} if name in digests else both[name] for name in both}
        # Whenever this is cut off, the list knows whatever stands in the folder, old or new.
        _replace(folder, {MANIFEST: _listed(both)})
        written = _replace(folder, files)
        _replace(folder, {MANIFEST: _listed(after)})
    return written


def refuse_strangers(folder: Path, names: Iterable[str]) -> None:
    """OutputError if a file of one of these names in `folder` is not one that we wrote as it stands."""
    if folder.is_dir():
        _refuse_strangers(folder, {name: set() for name in names}, _known(folder))


def ours(folder: str | os.PathLike[str]) -> frozenset[str]:
    """Names of the files in `folder` that this program wrote there, the list itself included."""
    known = _known(Path(folder))
    return frozenset((*known, MANIFEST)) if known else frozenset()


def _refuse_strangers(folder: Path, files: _Known, known: _Known) -> None:
    """`files` names what is to be written, and under which digests it may already stand there."""
    strange = [
        name
        for name, digests in files.items()
        if not _is_one_of(folder / name, known.get(name, set()) | digests)
    ]
    if (folder / MANIFEST).exists() and not known:
        strange.append(MANIFEST)
    if strange:
        more = f" and {len(strange) - 1} more" if len(strange) > 1 else ""
        raise OutputError(
            f"not written by timeline, or changed since; --force overwrites it{more}",
            name=str(folder / strange[0]),
        )


def _is_one_of(path: Path, digests: set[str]) -> bool:
    """True if `path` is free, or a plain file with one of these digests."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return True  # not there; what else is wrong shows when it is written
    if not stat.S_ISREG(mode):
        return False
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() in digests
    except OSError:
        return False


def _known(folder: Path) -> _Known:
    """What the list in `folder` names; nothing if there is none or it is not ours."""
    path = folder / MANIFEST
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return {}
        with path.open("rb") as file:
            text = file.read(_LARGEST_MANIFEST).decode("ascii")
    except (OSError, UnicodeDecodeError):
        return {}
    known: _Known = {}
    for line in text.splitlines():
        entry = _ENTRY.fullmatch(line)
        if not entry:
            return {}
        known.setdefault(entry[2], set()).add(entry[1])
    return known


def _listed(known: _Known) -> bytes:
    return "".join(f"{digest}  {name}\n" for name in sorted(known) for digest in sorted(known[name])).encode()


def _replace(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write all of `files`, flushed to the disk, then rename them into place."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, content in files.items():
            waiting.append((_temporary(folder / name, content), folder / name))
        for temporary, path in waiting:
            try:
                os.replace(temporary, path)
            except OSError as error:
                raise _refused(path, error) from error
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
    _flush(folder)
    return tuple(path for _, path in waiting)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder while writing. The lock is on the folder itself: it leaves no file behind, and the
    system lets go of it when a run is killed."""
    handle = None if fcntl is None else _lock(folder)
    try:
        if handle is not None:
            for name in os.listdir(handle):
                if _ORPHAN.fullmatch(name):
                    (folder / name).unlink(missing_ok=True)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _lock(folder: Path) -> int | None:
    """The folder, opened and locked; None where the file system knows no locks."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    given_up = time.monotonic() + LOCK_SECONDS
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return handle
            except OSError as error:
                if error.errno not in (errno.EAGAIN, errno.EACCES):
                    break
            if time.monotonic() > given_up:
                raise OutputError("another run is writing into this folder", name=str(folder))
            time.sleep(0.05)
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise OutputError("not a folder", name=str(folder)) from error
    except (OSError, ValueError) as error:
        raise _refused(folder, error) from error


def _temporary(path: Path, content: bytes) -> Path:
    """A file beside `path` that holds `content`, flushed to the disk."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise _refused(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~_umask())  # mkstemp is private; a report is as open as any other file
    except BaseException as error:  # Ctrl-C too leaves nothing behind
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _refused(path, error) from error
        raise
    return Path(name)


def _umask() -> int:
    mask = os.umask(0o077)  # the only way to ask is to set
    os.umask(mask)
    return mask


def _flush(folder: Path) -> None:
    """Make the renames themselves durable; not every system can open a folder."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def _refused(path: Path, error: OSError | ValueError) -> OutputError:
    reason = getattr(error, "strerror", None) or str(error)
    return OutputError(f"cannot be written ({reason.lower()})", name=str(path))
