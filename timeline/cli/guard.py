"""Work on articles in a process of its own, so that no article can stop, outlast or crash the command.

Code in C hears neither a timer nor Ctrl-C, so the limit is the system's: the process tells which article
it works on, and the kernel ends it when that article has had its processor time. The work then starts
again without that article. Where there is no `fork` (Windows), the work is done here and not limited.
"""

from __future__ import annotations

import math
import mmap
import os
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from typing import Final, NoReturn

from timeline.errors import TimelineError

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

Watch = Callable[[int], None]

#: Seconds between Ctrl-C and the end, if the process cannot end by itself.
PATIENCE: Final = 0.8

#: Signals that somebody sends to end the whole run; an article cannot cause them.
_SENT: Final = frozenset(
    getattr(signal, name)
    for name in ("SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGPIPE")
    if hasattr(signal, name)
)


@dataclass(frozen=True)
class Fatal:
    """The process was ended while it worked on an article."""

    number: int
    """Of the article; 0 if it worked on none."""
    reason: str


def guarded(work: Callable[[Watch], int], seconds: int, *, verbose: bool = False) -> int | Fatal:
    """The exit status of `work`, done in a process of its own, or how that process was ended.

    `work` gets a function to call with the number of the article it turns to, 0 for none; each article
    then has `seconds` of processor time. An exception of ours that an article brings about ends the process
    as well; `verbose` shows where it arose. In the new process this returns as well, with the exit status:
    the caller goes on to the end of the program as if nothing had been in between.
    """
    if resource is None or not hasattr(os, "fork"):
        return work(lambda number: None)
    sys.stdout.flush()
    sys.stderr.flush()
    parent, shared = os.getpid(), mmap.mmap(-1, mmap.PAGESIZE)
    child = os.fork()
    if not child:
        try:
            return work(_watching(parent, shared, seconds))
        except TimelineError:
            raise
        except KeyboardInterrupt:  # for the command to tell, once
            os._exit(_INTERRUPTED)
        except Exception as error:
            if not _NUMBER.unpack_from(shared)[0]:
                raise
            if verbose:
                traceback.print_exc()
                sys.stderr.flush()
            reason = (
                f"unexpected {type(error).__name__}: {str(error)[:200]} (-v shows where; please report it)"
            )
            shared[_NUMBER.size :] = reason.encode("utf-8", "replace").ljust(
                len(shared) - _NUMBER.size, b"\0"
            )
            os._exit(_FAULT)
    with _Bound(child):
        try:
            _, status = os.waitpid(child, 0)
        except KeyboardInterrupt:
            _interrupted(child)
    [number] = _NUMBER.unpack_from(shared)
    if os.WIFEXITED(status):
        if os.WEXITSTATUS(status) == _FAULT:
            return Fatal(number, shared[_NUMBER.size :].rstrip(b"\0").decode("utf-8", "replace"))
        if os.WEXITSTATUS(status) == _INTERRUPTED:
            raise KeyboardInterrupt
        return os.WEXITSTATUS(status)
    ended_by = os.WTERMSIG(status)
    if ended_by in _SENT:
        return 128 + ended_by
    return Fatal(number, _reason(ended_by, seconds))


_NUMBER: Final = struct.Struct("q")

#: Exit status between the two processes alone: an exception, told in the shared memory.
_FAULT: Final = 99
_INTERRUPTED: Final = 128 + signal.SIGINT


def _watching(parent: int, shared: mmap.mmap, seconds: int) -> Watch:
    """Notes which article is worked on, and sets the kernel's limit for it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # the limit would leave a core file in the user's folder

    def watch(number: int) -> None:
        if os.getppid() != parent:  # the command was killed: nobody waits for this
            os._exit(1)
        _NUMBER.pack_into(shared, 0, number)
        until = math.ceil(time.process_time()) + seconds if number else soft
        bounds = [limit for limit in (until, soft, hard) if limit != resource.RLIM_INFINITY]
        resource.setrlimit(resource.RLIMIT_CPU, (min(bounds, default=resource.RLIM_INFINITY), hard))

    return watch


class _Bound:
    """While waiting: who ends the command ends its process too."""

    def __init__(self, child: int) -> None:
        self._child = child

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGTERM, self._terminate)

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGTERM, self._before)

    def _terminate(self, number: int, _: FrameType | None) -> None:
        os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTERM)


def _interrupted(child: int) -> NoReturn:
    """Ends the process after Ctrl-C, kindly at first, and passes the KeyboardInterrupt on."""
    with suppress(ProcessLookupError, ChildProcessError):  # it may have ended meanwhile
        os.kill(child, signal.SIGINT)  # the terminal has told it already, a script's `kill` has not
        given_up = time.monotonic() + PATIENCE
        while not os.waitpid(child, os.WNOHANG)[0]:
            if time.monotonic() > given_up:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                break
            time.sleep(0.02)
    raise KeyboardInterrupt


def _reason(ended_by: int, seconds: int) -> str:
    if ended_by == signal.SIGXCPU:
        return f"took more than {seconds} s of processor time (--limit seconds=N allows more)"
    try:
        name = signal.Signals(ended_by).name
    except ValueError:
        name = f"signal {ended_by}"
    memory = ", as when memory runs out" if ended_by == signal.SIGKILL else ""
    return f"ended the process that worked on it ({name}{memory})"
