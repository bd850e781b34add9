"""The family of errors: one plain sentence for the user each, carrying the object it is about.

Everything this package raises on purpose is a `TimelineError`, so one `except` at the edge is enough.
"""


class TimelineError(Exception):
    """Something the user can act on. `str(error)` is one sentence without the name of the thing."""

    def __init__(self, reason: str, *, name: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        #: What it is about: a file, an article, an event, an option. Empty if nothing in particular.
        self.name = name

    def line(self) -> str:
        """The error as the command prints it, after `error: `.

        >>> ArticleError("empty file", name="a.txt").line()
        'a.txt: empty file'
        """
        return f"{self.name}: {self.reason}" if self.name else self.reason


class UsageError(TimelineError):
    """The call itself is wrong: an unknown format, a date that is none. Exit code 2."""


class ArticleError(TimelineError):
    """One input cannot be read as an article. The others go on. Exit code 3, or 1 if none is left."""


class DataError(TimelineError):
    """A `timeline.json` that is not one: wrong schema, a missing key, a wrong type."""


class OutputError(TimelineError):
    """An output cannot be written: no permission, no space, a file where a folder should be."""


class NothingUsable(TimelineError):
    """Not one article could be read. Exit code 1."""
