"""What the user sees on standard error, and tables on standard output."""

from __future__ import annotations

import logging
import sys
import time
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

import click

#: Lines of errors and warnings before the rest is only counted. With the count and a last word that
#: makes twenty: more scrolls the first, most telling one away.
MOST_LINES = 18

#: Seconds between two redraws of the progress line.
REDRAW = 0.1


class Console:
    """One run's voice: errors, warnings and a progress line that only a terminal gets."""

    def __init__(self, *, alone: bool = False) -> None:
        self.alone = alone
        self.quiet = False
        self.verbose = False
        self._said = 0
        self._withheld = {"error": 0, "warning": 0}
        self._drawn = ""
        self._drawn_at = 0.0

    def hush(self) -> None:
        """What libraries say about themselves (a cache they cannot write) is for developers."""
        if self.alone and not self.verbose:
            warnings.simplefilter("ignore")
            logging.getLogger().addHandler(logging.NullHandler())

    def error(self, line: str) -> None:
        """Something was skipped or is wrong; the run goes on."""
        self._say("error", line)

    def warning(self, line: str) -> None:
        """Something the user should know. Nothing if quiet."""
        if not self.quiet:
            self._say("warning", line)

    def fail(self, line: str) -> None:
        """The last word of a run that failed; never withheld."""
        self.settle()
        click.echo(f"error: {visible(line)}", err=True)

    def progress(self, step: str, done: int, total: int) -> None:
        """How far a long run is."""
        if self.quiet or not sys.stderr.isatty():
            return
        line = f"{step} {done}/{total}" if total > 1 else step
        new_step = not self._drawn.startswith(step)
        if line == self._drawn or (not new_step and time.monotonic() - self._drawn_at < REDRAW):
            return
        self._wipe()
        click.echo(line, err=True, nl=False)
        self._drawn, self._drawn_at = line, time.monotonic()

    def summary(self, line: str) -> None:
        """A closing sentence for whoever watches; a script does not get it."""
        self._wipe()
        if not self.quiet and sys.stderr.isatty():
            click.echo(visible(line), err=True)

    def settle(self) -> None:
        """Clear the progress line and say how many lines were withheld."""
        self._wipe()
        rest = [f"{n} more {kind}{'s' if n > 1 else ''}" for kind, n in self._withheld.items() if n]
        if rest:
            click.echo(f"... and {', '.join(rest)}", err=True)
        self._withheld = dict.fromkeys(self._withheld, 0)

    def _say(self, kind: str, line: str) -> None:
        if self._said >= MOST_LINES:
            self._withheld[kind] += 1
            return
        self._said += 1
        self._wipe()
        click.echo(f"{kind}: {visible(line)}", err=True)

    def _wipe(self) -> None:
        if self._drawn:
            click.echo("\r" + " " * len(self._drawn) + "\r", err=True, nl=False)
            self._drawn = ""


def visible(text: str) -> str:
    r"""`text` on one line, with what a terminal would obey or not show written as an escape.

    Control characters, line separators, bidirectional overrides, lone surrogates: a file name or a
    headline must not colour, move or hide what the user reads.

    >>> visible("a\x1b[31mb\nc")
    'a\\x1b[31mb\\nc'
    """
    return "".join(c if _harmless(c) else c.encode("unicode_escape").decode("ascii") for c in text)


def _harmless(character: str) -> bool:
    return character == " " or unicodedata.category(character) not in _OBEYED


#: Unicode categories: control, format (bidirectional overrides), surrogate, private, unassigned, line
#: and paragraph separators.
_OBEYED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


#: A column that gives way keeps this many columns: less is no line to read.
NARROWEST = 24


def table(rows: Iterable[Sequence[str]], width: int | None = None, flexible: int = -1) -> str:
    """Rows with their columns aligned; column number `flexible` is wrapped if `width` would be passed.

    >>> print(table([("2 May", "a strike", "[1]"), ("11 May", "a vote", "[1, 2]")]))
    2 May   a strike  [1]
    11 May  a vote    [1, 2]
    """
    cells = [[visible(cell) for cell in row] for row in rows]
    widths = [max(map(_columns, column)) for column in zip(*cells, strict=True)]
    if width is not None:
        spare = width - sum(widths) - 2 * (len(widths) - 1)
        widths[flexible] = max(widths[flexible] + min(spare, 0), min(widths[flexible], NARROWEST))
    return "\n".join(line for row in cells for line in _lines(row, widths))


def _lines(row: list[str], widths: list[int]) -> Iterator[str]:
    """One row, on as many lines as its longest cell needs."""
    wrapped = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    for parts in zip_longest(*wrapped, fillvalue=""):
        padded = (part + " " * (width - _columns(part)) for part, width in zip(parts, widths, strict=True))
        yield "  ".join(padded).rstrip()


def _wrapped(cell: str, width: int) -> list[str]:
    """`cell` in lines of at most `width` columns, broken between words where that is possible."""
    lines, line = [], ""
    for word in cell.split(" "):
        joined = f"{line} {word}" if line else word
        if _columns(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *pieces, line = _pieces(word, width)
        lines.extend(pieces)
    return [*lines, line]


def _pieces(word: str, width: int) -> Iterator[str]:
    """`word` in pieces of at most `width` columns, a letter at least; marks stay with their letter."""
    start = used = 0
    for at, letter in enumerate(word):
        columns = _columns(letter)
        if columns and used + columns > width and at > start:
            yield word[start:at]
            start, used = at, 0
        used += columns
    yield word[start:]


def _columns(text: str) -> int:
    """Columns a terminal gives `text`: two for wide letters, none for combining marks."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )
