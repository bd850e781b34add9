"""Sentences of our own with marks in their text: names in brackets, frames of clauses in braces.

    [P Lena Hofer] left [L Tallinn], the [O Baltic Post] said.
    On Thursday Hofer{s1} gave{v1} her{i1} a medal{o1}.

Names are persons, organisations or places. A frame is a predicate and its subject and objects, each mark
right behind its word; 1 is the main clause, 2 what is said in it. Such marks are quickly written and read,
and the teacher makes whole trees that keep to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

_NAME: Final = re.compile(r"\[([POL]) ([^\[\]]+)\]")
_TYPES: Final = {"P": "PERSON", "O": "ORG", "L": "LOC"}
_ROLE: Final = re.compile(r"\{([vsoi])([1-9])\}")


@dataclass(frozen=True)
class Frame:
    """A predicate with its subject and objects, as numbers of words counted from 0. Each is any word of the
    phrase's name or its head."""

    predicate: int
    subject: int | None
    objects: tuple[int, ...]
    indirect: int | None


@dataclass(frozen=True)
class Marked:
    """A sentence and what is marked in it."""

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    tags: tuple[str, ...]
    """Names as BIO tags; empty if names are not marked."""
    frames: tuple[Frame, ...]
    """The main clause first; empty if none is marked."""


def read_names(path: Path, nlp: Language) -> Iterator[Marked]:
    """A sentence for each line of a file with names in brackets.

    Raises:
        ValueError: a bracket without its fellow, or a name that starts or ends inside a word.
    """
    for where, line in _lines(path):
        plain, spans, end = "", [], 0
        for name in _NAME.finditer(line):
            plain += line[end : name.start()]
            spans.append((len(plain), len(plain) + len(name[2]), _TYPES[name[1]]))
            plain += name[2]
            end = name.end()
        plain += line[end:]
        if re.search(r"[\[\]]", plain):
            raise ValueError(f"{where}: a bracket that marks no name")
        doc = nlp.make_doc(plain)
        tags = ["O"] * len(doc)
        for start, stop, label in spans:
            words = doc.char_span(start, stop)
            if words is None:
                raise ValueError(f"{where}: {plain[start:stop]!r} does not end where words end")
            tags[words.start : words.end] = [f"B-{label}", *[f"I-{label}"] * (len(words) - 1)]
        yield Marked(*words_of(doc), tuple(tags), ())


def read_frames(path: Path, nlp: Language) -> Iterator[Marked]:
    """A sentence for each line of a file with frames in braces.

    Raises:
        ValueError: a mark that stands behind no word, a frame without predicate or with two subjects, or no
            main clause.
    """
    for where, line in _lines(path):
        plain, ends, end = "", [], 0
        for role in _ROLE.finditer(line):
            plain += line[end : role.start()]
            ends.append((len(plain), role[1], int(role[2])))
            end = role.end()
        plain += line[end:]
        if re.search(r"[{}]", plain):
            raise ValueError(f"{where}: a brace that marks nothing")
        doc = nlp.make_doc(plain)
        at = {token.idx + len(token): token.i for token in doc}
        if lost := [place for place, _, _ in ends if place not in at]:
            raise ValueError(f"{where}: a mark inside {plain[max(0, lost[0] - 9) : lost[0] + 9]!r}")
        numbers = sorted({number for _, _, number in ends})
        roles = [[(role, at[place]) for place, role, n in ends if n == number] for number in numbers]
        told = [[role for role, _ in frame] for frame in roles]
        if numbers[:1] != [1] or any(r.count("v") != 1 for r in told):
            raise ValueError(f"{where}: each frame needs one predicate, and the main clause is number 1")
        if any(r.count("s") > 1 or r.count("i") > 1 for r in told):
            raise ValueError(f"{where}: a frame has one subject and one indirect object at most")
        yield Marked(*words_of(doc), (), tuple(map(_frame, roles)))


def _frame(roles: list[tuple[str, int]]) -> Frame:
    def first(wanted: str) -> int | None:
        return next((word for role, word in roles if role == wanted), None)

    [predicate] = [word for role, word in roles if role == "v"]
    return Frame(predicate, first("s"), tuple(word for role, word in roles if role == "o"), first("i"))


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """Where each line stands, and the line; empty ones and comments are left out."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            yield f"{path.name}:{number}", line


def words_of(tokens: Iterable[Token]) -> tuple[tuple[str, ...], tuple[bool, ...]]:
    """The words, and whether a space follows each."""
    known = list(tokens)
    return tuple(t.text for t in known), tuple(bool(t.whitespace_) for t in known)
