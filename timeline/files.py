"""Files written so that nobody ever meets half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from timeline.errors import OutputError


def write_all(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write each of `files` (name -> content) into `folder`, which is made if missing.

    All contents go to temporary files beside their targets first and reach the disk; only then are
    they renamed. A full disk, a Ctrl-C or a kill leaves the old file or the new one, never a part.
    Raises OutputError with the path that could not be written.
    """
    _make(folder)
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


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise OutputError("not a folder", name=str(folder)) from error
    except OSError as error:
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


def _refused(path: Path, error: OSError) -> OutputError:
    return OutputError(f"cannot be written ({(error.strerror or str(error)).lower()})", name=str(path))
