"""The command. Data goes to standard output, everything said to the user to standard error.

Nothing heavy is imported up here: `timeline --help` has to feel instant, so each command imports what
it needs when it runs.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from types import FrameType

import click

from timeline.cli.console import Console
from timeline.cli.look import check, formats, show
from timeline.cli.make import build, export, render
from timeline.cli.tag import timex
from timeline.errors import TimelineError, UsageError

#: Seconds from Ctrl-C to the end, whatever is going on: an exception that is raised in a callback of a
#: library may be swallowed there.
PATIENCE = 1.7

#: Exit codes. 3, some inputs skipped, is returned by `build` and `timex`.
DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="event-timeline", message="timeline %(version)s")
def cli() -> None:
    """Turn a pile of news articles into a dated, cited event timeline.

    Everything runs on this machine, and the same articles always give the same bytes.

    \b
    timeline build articles/ -o output/       pictures, web page, report, graph and data
    timeline show output/timeline.json        the timeline in the terminal

    Exit status: 0 done, 1 nothing usable, 2 wrong usage, 3 some inputs skipped.
    """


for command in (build, render, export, show, check, timex, formats):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit."""
    signal.signal(signal.SIGINT, _interrupt)
    status = run(arguments, alone=True)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # what is left is the interpreter's own end
    sys.exit(status)


def _interrupt(*_: int | FrameType | None) -> None:
    """Ctrl-C: an exception at first, and the end a moment later even if nobody lets it through."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end = threading.Timer(PATIENCE, os._exit, (INTERRUPTED,))
    end.daemon = True
    end.start()
    raise KeyboardInterrupt


def run(arguments: Sequence[str] | None = None, *, alone: bool = False) -> int:
    """Run the command; returns the exit status. Every failure ends here as one line.

    `alone` says that this process is the command's own: then articles are worked on in a process beside it,
    and what libraries say about themselves is not shown.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started us (`>&-`)
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 (to the end)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a letter shows its number instead
            stream.reconfigure(errors="backslashreplace")
    console = Console(alone=alone)
    try:
        status = int(cli.main(arguments, "timeline", standalone_mode=False, obj=console) or DONE)
        sys.stdout.flush()
        return status
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return USAGE
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "timeline"
        return _failed(console, f"{error.format_message()} (see {where} --help)", USAGE)
    except click.ClickException as error:
        return _failed(console, error.format_message(), FAILED)
    except (click.Abort, KeyboardInterrupt):
        return _failed(console, "interrupted", INTERRUPTED)
    except TimelineError as error:
        return _failed(console, error.line(), USAGE if isinstance(error, UsageError) else FAILED)
    except BrokenPipeError:  # `timeline show | head`: whoever read has had enough
        _discard_output()
        return FAILED
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EBADF):
            return _unexpected(console, error)
        _discard_output()
        return _failed(console, f"the output cannot be written ({(error.strerror or '').lower()})", FAILED)
    except Exception as error:  # a fault of ours: still one line, and still an exit status
        return _unexpected(console, error)


def _unexpected(console: Console, error: Exception) -> int:
    line = f"unexpected {type(error).__name__}: {str(error)[:300]} (-v shows where; please report it)"
    return _failed(console, line, FAILED)


def _discard_output() -> None:
    """What is still buffered goes nowhere, so that Python's own end does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(console: Console, line: str, status: int) -> int:
    console.fail(line)
    if console.verbose and status != INTERRUPTED:
        traceback.print_exc()
    return status
