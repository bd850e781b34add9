"""One cleaning at the door: every text that enters passes `clean`, and nothing later needs to ask again.

Characters are replaced one for one, so an offset in the cleaned text is the same offset in the text
the user gave.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import Final

#: Stands for what cannot be shown: lone surrogates and the code points Unicode calls noncharacters.
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

#: Unicode's own line ends beside CR and LF: next line, line separator, paragraph separator.
_LINE_ENDS: Final = "\x85\u2028\u2029"

_CONTROLS: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"

_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)

#: One class and not an alternative of several: it is looked at for every character of every article.
_REPLACED: Final = re.compile(f"[{_LINE_ENDS}{_CONTROLS}\ud800-\udfff{_NONCHARACTERS}]")

#: Marks that turn the direction of text: harmless in an article, deceptive in the name of a file.
_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"

_UNFIT_IN_NAME: Final = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{_BIDI}{_NONCHARACTERS}]")


def clean(text: str) -> str:
    r"""The text in characters that XML 1.0, spaCy and a terminal all take, each replaced one for one.

    Tab, line feed and carriage return stay. Other control characters become a space, Unicode's rarer
    line ends a line feed, lone surrogates and noncharacters U+FFFD. Length and offsets stay.

    >>> clean("a\x00b\x85c\ud800d")
    'a b\nc�d'
    """
    return _REPLACED.sub(_stand_in, text)


def _stand_in(match: re.Match[str]) -> str:
    character = match[0]
    if character in _LINE_ENDS:
        return "\n"
    return " " if character < "\xa0" else REPLACEMENT


def shown_name(name: str) -> str:
    r"""A file's name on one line of visible characters, for messages and for `Article.path`.

    >>> shown_name("two\nlines\u202e.txt")
    'two\\nlines\\u202e.txt'
    """
    with suppress(UnicodeError):  # as UTF-8 whatever the machine's locale takes names for
        name = os.fsencode(name).decode("utf-8", "surrogateescape")
    return _UNFIT_IN_NAME.sub(lambda m: m[0].encode("unicode_escape").decode("ascii"), name)


def one_line(text: str, limit: int) -> str:
    """The text with white space collapsed, at most `limit` characters; what is cut ends in an ellipsis.

    >>> one_line("  A  long\\n title ", 8)
    'A long…'
    """
    # Bounded first: a field of 20 MB need not be split to make 300 characters of it.
    line = " ".join(clean(text[: 50 * limit]).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
