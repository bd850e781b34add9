"""How much is read of one file and one article. Whatever goes beyond is named, never cut in silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from timeline.errors import UsageError


@dataclass(frozen=True, slots=True)
class Limits:
    """What one input may ask of this machine. An input that is larger is skipped; what an article holds
    beyond a number of finds is left out; a warning says so."""

    max_bytes: int = 20_000_000
    """Size of one file."""
    max_chars: int = 1_000_000
    """Length of one article's text, each run of white space counted once: spaCy takes no more at a time."""
    max_times: int = 5_000
    """Time expressions of one article. A newspaper has about five; a book-length report has some thousand."""
    max_events: int = 5_000
    """Event mentions of one article."""
    max_seconds: int = 120
    """Processor time for each step on one article, of which a megabyte of news needs about 30 s. Enforced
    where the command runs the steps in a process of their own; a call from Python is not interrupted."""

    @classmethod
    def asked(cls, pairs: Iterable[str]) -> Limits:
        """The usual limits but for those in `pairs`. UsageError for a name or number that is none.

        >>> Limits.asked(["chars=2000000"]).max_chars
        2000000
        """
        limits = cls()
        names = {field.name.removeprefix("max_"): field.name for field in fields(cls)}
        for pair in pairs:
            name, _, number = pair.partition("=")
            if name not in names:
                raise UsageError(f"no such limit; one of {', '.join(names)}", name=name)
            if not (number.isascii() and number.isdigit() and len(number) < 16 and int(number)):
                raise UsageError("not a whole number above 0", name=pair)
            limits = replace(limits, **{names[name]: int(number)})
        return limits
