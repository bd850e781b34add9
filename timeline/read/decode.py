"""Bytes -> text: which encoding a file is in, and how sure that is.

The order: byte order mark, valid UTF-8, the charset the file declares, detection, and at last UTF-8
with replacement characters. Valid UTF-8 goes before the declaration because a page that declares
another charset and still is valid multi-byte UTF-8 was re-encoded on its way: text of any other
charset is next to never valid UTF-8 by chance.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

#: Longest first: the mark of UTF-32-LE begins with the mark of UTF-16-LE.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DECLARED: Final = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,80}encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.I,
)

#: A declaration stands early; browsers look in the first 1,024 bytes, real pages are more careless.
_DECLARED_WITHIN: Final = 8_192

#: The charsets that the web knows (WHATWG Encoding Standard), by Python's names. Python knows more
#: codecs, and some of them (punycode, unicode_escape, utf-7) must never be chosen by a web page.
_WEB_CHARSETS: Final = frozenset(
    """utf-8 ascii cp866 iso8859-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8
    iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic cp874
    cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 gbk gb2312 gb18030 big5 big5hkscs
    euc_jp iso2022_jp shift_jis cp932 euc_kr cp949 utf-16 utf-16-le utf-16-be""".split()
)

#: What says ASCII or Latin-1 is Windows-1252 in practice; what says UTF-16 in bytes of ASCII is not
#: UTF-16 but most likely UTF-8 (WHATWG again).
_MEANT: Final = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be"), "utf-8"),
}

#: Detection needs no more than this, and its time grows with it.
_SAMPLE: Final = 65_536

#: Of the text before the first letter that is not ASCII so much is looked at.
_BEFORE: Final = 1_024

#: Below this share of non-ASCII bytes a text is Latin letters with a few accents, where detectors
#: guess among a dozen near-equal tables; Windows-1252 is by far the commonest.
_FEW: Final = 0.1


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and a warning if its encoding was not plain."""

    text: str
    warning: str = ""


def decode(data: bytes) -> Decoded:
    r"""The text of a file, without its byte order mark, newlines as they are. Never fails.

    >>> decode(b"\xef\xbb\xbfcaf\xc3\xa9\r\n")
    Decoded(text='café\r\n', warning='')
    >>> decode(b"caf\xe9, and so on")
    Decoded(text='café, and so on', warning='not UTF-8, read as cp1252')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _in(encoding, data[len(mark) :], "")
    if wide := wide_without_mark(data):
        return _in(wide, data, f"no byte order mark, read as {wide}")
    text = _strict(data, "utf-8")
    declared = _declared(data)
    if text is not None and (declared != "iso2022_jp" or not data.isascii()):
        return Decoded(text)
    if declared and (text := _strict(data, declared)) is not None:
        return Decoded(text)
    if _is_nearly_utf8(data):
        return _in("utf-8", data, "")
    guess = _detected(data)
    return _in(guess, data, f"not UTF-8, read as {guess}")


def wide_without_mark(data: bytes) -> str:
    r"""`utf-16-le` or `utf-16-be` if every other byte is nearly always NUL, as in Latin text; else empty.

    >>> wide_without_mark("Signed in May".encode("utf-16-le"))
    'utf-16-le'
    """
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 4:
        return ""
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.7 and even < 0.02:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.02 else ""


def _in(encoding: str, data: bytes, warning: str) -> Decoded:
    if (text := _strict(data, encoding)) is not None:
        return Decoded(text, warning)
    text = data.decode(encoding, "replace")
    bad = text.count("\ufffd")
    places = "1 place" if bad == 1 else f"{bad} places"
    return Decoded(text, f"not valid {encoding} in {places}, replaced by U+FFFD")


def _strict(data: bytes, encoding: str) -> str | None:
    if encoding == "cp1252":  # its five undefined bytes are control characters on the web
        return data.decode("cp1252", "replace") if not _UNDEFINED.intersection(data) else None
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


_UNDEFINED: Final = frozenset(b"\x81\x8d\x8f\x90\x9d")


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    if not match:
        return ""
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii")).name
    except (LookupError, UnicodeError):
        return ""
    return _MEANT.get(name, name) if name in _WEB_CHARSETS else ""


def _is_nearly_utf8(data: bytes) -> bool:
    """True if the bytes are UTF-8 with a scratch: cut in a character, or with a few bad sequences."""
    sample = _CUT_CHARACTER.sub(b"", _telling(data))
    high = len(sample) - len(sample.translate(None, _HIGH))
    framed = sum(map(len, _FRAMED.findall(sample)))
    return framed >= _MOSTLY * high


def _telling(data: bytes) -> bytes:
    """The part of the bytes that tells their encoding: an ASCII head of any length says nothing."""
    first = _NOT_ASCII.search(data)
    start = max(0, first.start() - _BEFORE) if first else 0
    return data[start : start + _SAMPLE]


_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]")

_HIGH: Final = bytes(range(0x80, 0x100))

#: Lead and continuation bytes as any encoder of UTF-8 writes them, even of surrogates and overlong.
_FRAMED: Final = re.compile(rb"[\xc0-\xff][\x80-\xbf]+")

#: The first bytes of an accented letter, a quote or a dash at the end of a file.
_CUT_CHARACTER: Final = re.compile(rb"(?:[\xc2\xc3]|\xe2[\x80-\xbf]?)\Z")

#: In the charsets that are not UTF-8 less than half of the high bytes look like its sequences.
_MOSTLY: Final = 0.6


def _detected(data: bytes) -> str:
    sample = _telling(data)
    high = sum(1 for byte in sample if byte > 0x7F)
    if high <= _FEW * len(sample):
        return "cp1252"
    from charset_normalizer import from_bytes  # here, as few piles need it

    best = from_bytes(sample).best()
    if best is None:
        return "cp1252"
    name = codecs.lookup(best.encoding).name
    return name if name in _WEB_CHARSETS else "cp1252"
