"""Paths -> regular files -> bytes, with the checks that come before anything is opened or decoded.

Nothing here waits for ever: pipes, devices and sockets are refused before `open`, sizes are looked at
before reading, folders are walked without following a link twice or out of the folder.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import IO, Final

from timeline.errors import ArticleError
from timeline.files import ours
from timeline.limits import Limits
from timeline.read.clean import shown_name
from timeline.read.decode import Decoded, decode, wide_without_mark

#: What may be an article inside a folder; a file named by itself may have any name.
ARTICLE_SUFFIXES: Final = frozenset(
    ".txt .text .md .markdown .html .htm .xhtml .json .jsonl .ndjson .xml .rss .atom".split()
)

#: Inside a folder these are named as skipped: they may hold an article that the user counts on.
UNREAD_SUFFIXES: Final = frozenset(
    """.pdf .doc .docx .odt .rtf .epub .pages .ppt .pptx .xls .xlsx .eml .msg .mht .mhtml .warc
    .zip .gz .tgz .bz2 .xz .zst .7z .rar .tar""".split()
)

#: Inside a folder these speak of the folder; they are no articles.
ABOUT_THE_FOLDER: Final = frozenset("readme license licence copying notice".split())

_SIGNATURES: Final = (
    (b"PK\x03\x04", "an archive or office document"),
    (b"PK\x05\x06", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"BZh", "an archive"),
    (b"\xfd7zXZ\x00", "an archive"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"Rar!\x1a\x07", "an archive"),
    (b"\x28\xb5\x2f\xfd", "an archive"),
    (b"%PDF-", "a PDF, not a text file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document, not a text file"),
    (b"{\\rtf", "a rich text document, not a text file"),
    (b"\x89PNG\r\n\x1a\n", "an image, not a text file"),
    (b"\xff\xd8\xff", "an image, not a text file"),
    (b"GIF8", "an image, not a text file"),
    (b"\x7fELF", "a program, not a text file"),
    (b"MZ\x90\x00", "a program, not a text file"),
    (b"SQLite format 3\x00", "a database, not a text file"),
)

#: Where `ustar` stands in a tar archive (POSIX.1-1988).
_TAR_MAGIC: Final = slice(257, 262)

_CONTROL_BYTES: Final = bytes({*range(0x20), 0x7F} - {*b"\t\n\x0b\x0c\r\x1b"})

#: Prose has no control bytes; a tenth of random bytes are. A stray one in 30 is forgiven.
_CONTROL_SHARE: Final = 1 / 30

_SAMPLE: Final = 65_536

#: So much is read at a time.
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read: where it lies, and how it is called in messages and citations."""

    location: str
    """What `open` takes."""
    name: str
    """As the user would name it: relative to the folder it was found under."""
    typed: str
    """As messages name it: with the folder the user typed."""


def find_files(paths: Sequence[str | os.PathLike[str]]) -> list[Found | ArticleError]:
    """Every file that may be an article, and an error for each path that cannot be one.

    Folders are walked in sorted order; hidden files, files of unknown kind, and what this program wrote
    there are passed over.
    A file reached twice is found once.
    """
    return _named_apart(list(_found(paths)))


def _found(paths: Sequence[str | os.PathLike[str]]) -> Iterator[Found | ArticleError]:
    seen: set[str] = set()
    for path in (os.fspath(p) for p in paths):
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            yield ArticleError(_reason(error), name=shown_name(path))
            continue
        itself = Found(path, _short(path), shown_name(path))
        found = _walk(path) if stat.S_ISDIR(mode) else iter([itself])
        some = False
        for file in found:
            some = True
            if isinstance(file, Found):
                real = os.path.realpath(file.location)
                if real in seen:
                    continue
                seen.add(real)
            yield file
        if not some:
            yield ArticleError("no articles in this folder", name=shown_name(path))


def _named_apart(found: list[Found | ArticleError]) -> list[Found | ArticleError]:
    """Files of one name, found under two folders, get as much of their folders as tells them apart."""
    typed: dict[str, list[str]] = {}
    for file in found:
        if isinstance(file, Found):
            typed.setdefault(file.name, []).append(file.typed)
    depths = {name: _depth(name, same) for name, same in typed.items() if len(same) > 1}
    return [
        replace(file, name=_end(file.typed, depths[file.name]))
        if isinstance(file, Found) and file.name in depths
        else file
        for file in found
    ]


def _depth(name: str, same: list[str]) -> int:
    """How many parts at their ends tell these paths apart."""
    deepest = max(len(PurePath(path).parts) for path in same)
    depths = range(len(PurePath(name).parts) + 1, deepest + 1)
    return next((d for d in depths if len({_end(path, d) for path in same}) == len(same)), deepest)


def _end(path: str, depth: int) -> str:
    return "/".join(PurePath(path).parts[-depth:]).replace("//", "/")


def read_bytes(file: Found, limits: Limits) -> bytes:
    """What the file holds. ArticleError if it is no regular file, too large, empty, or no text."""
    data = _contents(file, limits)
    if reason := why_not_text(data):
        raise ArticleError(reason, name=file.typed)
    return data


def read_text(path: str | os.PathLike[str], limits: Limits) -> Decoded:
    """The text of one file, of whatever format. ArticleError as from `read_bytes`."""
    location = os.fspath(path)
    return decode(read_bytes(Found(location, _short(location), shown_name(location)), limits))


def why_not_text(data: bytes) -> str:
    """Why these bytes are no text, in words; empty if they may be one.

    >>> why_not_text(b"PK\\x03\\x04...")
    'an archive or office document'
    >>> why_not_text(b"Two ships collided.")
    ''
    """
    if not data.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf"):
        return "empty file"
    for signature, reason in _SIGNATURES:
        if data.startswith(signature):
            return reason
    if data[_TAR_MAGIC] == b"ustar":
        return "an archive"
    sample = data[:_SAMPLE]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")) or wide_without_mark(sample):
        return ""
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    return "not a text file" if controls > _CONTROL_SHARE * len(sample) else ""


def _contents(file: Found, limits: Limits) -> bytes:
    # Looked at before opening: opening a pipe waits for its other end, and a device may act on it.
    try:
        _check(os.stat(file.location), file, limits)
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(file.location, flags), "rb") as stream:
            _check(os.fstat(stream.fileno()), file, limits)
            data = read_up_to(stream, limits.max_bytes)
    except (OSError, ValueError) as error:
        raise ArticleError(_reason(error), name=file.typed) from error
    if len(data) > limits.max_bytes:
        raise ArticleError(_too_large(len(data), limits), name=file.typed)
    return data


def read_up_to(stream: IO[bytes], most: int) -> bytes:
    """What the stream holds; more than `most` bytes if it holds more, though not all of them.

    In pieces: `stream.read(most)` would ask for the memory of `most` bytes, however few there are.
    """
    data = bytearray()
    while len(data) <= most and (piece := stream.read(_PIECE)):
        data += piece
    return bytes(data)


def _check(status: os.stat_result, file: Found, limits: Limits) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise ArticleError("not a regular file", name=file.typed)
    if status.st_size > limits.max_bytes:
        raise ArticleError(_too_large(status.st_size, limits), name=file.typed)


def _too_large(size: int, limits: Limits) -> str:
    return f"too large: {size:,} bytes, the limit is {limits.max_bytes:,}"


def _walk(top: str) -> Iterator[Found | ArticleError]:
    root = os.path.realpath(top)
    visited: set[str] = set()
    pending = [top]
    while pending:
        folder = pending.pop()
        real = os.path.realpath(folder)
        if real in visited:
            continue
        visited.add(real)
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield ArticleError(_reason(error), name=shown_name(folder))
            continue
        inner, written = [], ours(folder)
        for entry in listed:
            if entry.name.startswith(".") or entry.name in written:  # a report is no article
                continue
            inside = shown_name(os.path.relpath(entry.path, top).replace(os.sep, "/"))
            file = Found(entry.path, inside, shown_name(entry.path))
            try:
                if entry.is_symlink() and not _is_inside(entry.path, root):
                    if entry.is_dir() or _suffix(entry.name) in ARTICLE_SUFFIXES:
                        yield ArticleError("a link that leads out of its folder, or nowhere", name=file.typed)
                elif entry.is_dir():
                    inner.append(entry.path)
                else:
                    yield from _judged(file)
            except OSError as error:
                yield ArticleError(_reason(error), name=file.typed)
        pending += reversed(inner)


def _is_inside(path: str, root: str) -> bool:
    real = os.path.realpath(path)
    return os.path.exists(real) and (real == root or real.startswith(root.rstrip(os.sep) + os.sep))


def _judged(file: Found) -> Iterator[Found | ArticleError]:
    suffix, stem = _suffix(file.location), PurePath(file.location).stem.lower()
    if suffix in UNREAD_SUFFIXES:
        yield ArticleError(f"{suffix} files are not read", name=file.typed)
    elif suffix in ARTICLE_SUFFIXES and stem not in ABOUT_THE_FOLDER:
        yield file


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()


def _short(path: str) -> str:
    """The name a file is cited by: as typed, but without the folders of this machine."""
    pure = PurePath(path)
    return shown_name(pure.name if pure.is_absolute() or ".." in pure.parts else pure.as_posix())


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, OSError):
        return _ERRORS.get(error.errno or 0, "cannot be read")
    return "not a path"


#: In our words: those of the system follow the machine and its language.
_ERRORS: Final = {
    errno.ELOOP: "a link that leads in a circle",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ENOTDIR: "no such file or folder",
    errno.EIO: "the disk cannot read it",
}
