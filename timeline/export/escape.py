"""The one escaper of each output format. Everything an article says is hostile until it went through here.

A writer never builds its format from text by hand: it takes the function of its format from this table.

| format | inside text | elsewhere |
| --- | --- | --- |
| JSON | `json_text` | |
| GraphML | `xml_text` | `xml_attribute` |
| HTML | jinja2's autoescape, after `legal` | `web_link`, `quote_link` |
| Markdown | `markdown` | `markdown_link`, `markdown_code` |
| CSV | `csv_cell` | |
| LaTeX, BibTeX | `latex` | `latex_link`, `plain_key` |
| Word | `one_line` | `web_link`, `quote_link` |
| CSL-JSON | `csl` | |
| iCalendar | `icalendar` | |
| HTML inside JSON | `html_text` | `html_link` |
| Mermaid | `mermaid` | |
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final
from urllib.parse import quote

from timeline.address import web_link as web_link

#: What XML 1.0 and HTML forbid: control characters, lone surrogates, the two non-characters.
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: Characters that turn the reading direction of all that follows; news needs none of them.
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: Everything that is markup in CommonMark, GitHub's tables and strikethrough, or pandoc's maths,
#: citations, superscripts and footnotes, wherever it stands in a line. Runs of dots and hyphens are
#: what pandoc would make typographic.
_MARKDOWN: Final = re.compile(r"[\\`*_{}\[\]<>#|~^$&@!=]|(?<=\])\(|:(?=//)|(?<=\bwww)\.|(?<=-)-|(?<=\.)\.")
#: What would begin a list, a definition or a heading at the beginning of a block: `- x`, `12. x`, `(a) x`.
_MARKDOWN_START: Final = re.compile(r"^(?:(?=[-+:%]|\(\w{1,9}\))|\w{1,9}(?=[.)](?:\s|$)))")
#: Where a spreadsheet reads the beginning of a formula, in ASCII or full width: in front of a cell, and
#: after a `;`, which separates cells in half of Europe whatever the quotation marks say; one may follow it.
_FORMULA: Final = re.compile(r"((?:^|;)[\s\u200b\ufeff\"]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")


def legal(text: str) -> str:
    r"""The text with U+FFFD for each character that XML and HTML forbid; the length stays.

    >>> legal("a\x00b\tc")
    'a�b\tc'
    """
    return _ILLEGAL.sub("\ufffd", text)


def one_line(text: str) -> str:
    r"""`legal`, on one line, with no character that turns the reading direction.

    >>> one_line(" a \n b\u202e")
    'a b'
    """
    return " ".join(_TURNING.sub("", legal(text)).split())


def json_text(document: str) -> str:
    r"""A JSON document that can be encoded: lone surrogates as JSON's own escapes.

    >>> json_text('"\ud800"')
    '"\\ud800"'
    """
    return re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", document)


def xml_text(text: str) -> str:
    """Text between XML tags.

    >>> xml_text("a < b & c")
    'a &lt; b &amp; c'
    """
    text = legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def xml_attribute(text: str) -> str:
    """An XML attribute's value, quotes included; white space survives the parser.

    >>> xml_attribute('say "no"')
    '"say &quot;no&quot;"'
    """
    text = xml_text(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
    return f'"{text}"'


def markdown(text: str) -> str:
    r"""Text anywhere in Markdown: in a line, at the beginning of one, in a table's cell.

    >>> print(markdown("see [x](http://a.b) & <b>*now*</b> | $5"))
    see \[x\]\(http\://a.b) \& \<b\>\*now\*\</b\> \| \$5
    >>> print(markdown("1. no list"), markdown("- nor this"))
    1\. no list \- nor this
    """
    return _MARKDOWN_START.sub(r"\g<0>\\", _MARKDOWN.sub(r"\\\g<0>", one_line(text)))


def markdown_link(text: str, url: str) -> str:
    """A Markdown link, or the text alone if the address is not one to follow.

    >>> markdown_link("Daily News", "https://example.org/a(1)")
    '[Daily News](<https://example.org/a(1)>)'
    >>> markdown_link("Daily News", "javascript:alert(1)")
    'Daily News'
    """
    address = web_link(url).replace("&", "&amp;")
    return f"[{markdown(text)}](<{address}>)" if address else markdown(text)


def markdown_code(text: str) -> str:
    """A code span, where a backslash escapes nothing: a back quote becomes an apostrophe.

    >>> markdown_code("a_b.txt")
    '`a_b.txt`'
    """
    inner = one_line(text).replace("`", "'").replace("|", "¦")
    return f"`{inner}`" if inner else ""


def csv_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before one.

    >>> csv_cell("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    >>> csv_cell("one; -2")
    "one; '-2"
    """
    return _FORMULA.sub(r"\1'", one_line(text))


#: What TeX reads as a command, and the pairs that its fonts join into another character.
_LATEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # not \{, whose brace BibTeX counts
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"{\char34}",  # \textquotedbl needs fonts in T1, and German makes the bare one a command
    "*": "{*}",  # which after \\ would be part of it
    "`": r"\textasciigrave{}",
    "[": "{[}",
    "]": "{]}",
}
_LATEX_JOINED: Final = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=,)(?=,)")


def latex(text: str) -> str:
    r"""Text anywhere in LaTeX or in the braces of a BibTeX field; braces stay in pairs.

    >>> print(latex("50% of $x_1 -- {a}"))
    50\% of \$x\_1 -{}- \textbraceleft{}a\textbraceright{}
    """
    text = one_line(text).replace("\ufffd", "?")  # which LuaTeX takes for broken UTF-8
    text = _LATEX_JOINED.sub("\0", text)
    return "".join("{}" if char == "\0" else _LATEX.get(char, char) for char in text)


def latex_link(text: str, url: str) -> str:
    r"""A link of the hyperref package, or the text alone if the address is not one to follow.

    >>> print(latex_link("Daily News", "https://example.org/a_b?c=1%20&d"))
    \href{https://example.org/a\_b?c=1\%20\&d}{Daily News}
    """
    address = web_link(url).replace("~", "%7E").replace("$", "%24")
    return rf"\href{{{re.sub('[%#&_]', _backslashed, address)}}}{{{latex(text)}}}" if address else latex(text)


def _backslashed(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def plain_key(text: str) -> str:
    """A name of ASCII letters, digits and hyphens, such as BibTeX's keys are; it may be empty.

    >>> plain_key("Le Monde, 2024: été")
    'le-monde-2024-ete'
    """
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", bare).strip("-")


def csl(text: str) -> str:
    """Text in CSL-JSON, where processors read a few HTML tags: none is left.

    >>> csl("a < b, <i>c</i>")
    'a < b, ‹i>c‹/i>'
    """
    return re.sub("<(?=[/!?a-zA-Z])", "‹", one_line(text))


def icalendar(text: str) -> str:
    r"""A TEXT value of iCalendar (RFC 5545, 3.3.11), on one line.

    >>> print(icalendar("one; two, three"))
    one\; two\, three
    """
    return re.sub(r"[\\;,]", _backslashed, one_line(text))


def html_text(text: str) -> str:
    """Text between HTML tags or in a quoted attribute.

    >>> html_text("<b> & 'c'")
    '&lt;b&gt; &amp; &#x27;c&#x27;'
    """
    return html.escape(one_line(text))


def html_link(text: str, url: str) -> str:
    """A link in HTML, or the text alone if the address is not one to follow.

    >>> html_link("here", "https://example.org/?a&b")
    '<a href="https://example.org/?a&amp;b">here</a>'
    """
    address = html.escape(web_link(url))
    return f'<a href="{address}">{html_text(text)}</a>' if address else html_text(text)


#: What ends a line, a text or a diagram in Mermaid's timelines, which have no way to escape it, and what
#: looks like it. Its text is HTML to some renderers.
_MERMAID: Final = str.maketrans(
    {":": "∶", ";": "；", "#": "＃", "%": "％", "<": "‹", ">": "›", "&": "＆", "`": "'"}
)


def mermaid(text: str) -> str:
    """Text in a Mermaid timeline: its own characters become others that look like them.

    >>> mermaid("at 10:30; <b>")
    'at 10∶30； ‹b›'
    """
    return one_line(text).translate(_MERMAID)


def quote_link(url: str, text: str) -> str:
    """A link that opens a page at the quote (a text fragment), or empty if the address is not one to follow.

    Long quotes are named by their first and last words, as the specification of text fragments advises;
    `-`, `,` and `&` have a meaning there, so all but ASCII letters and digits is percent-encoded.

    >>> quote_link("https://example.org/a", "signed, at last")
    'https://example.org/a#:~:text=signed%2C%20at%20last'
    """
    address = web_link(url)
    words = one_line(text).split()
    if not address or not words:
        return address
    edges = [words] if len(words) <= 8 else [words[:4], words[-4:]]
    fragment = ",".join(_percent(" ".join(edge)) for edge in edges)
    return f"{address}{'' if '#' in address else '#'}:~:text={fragment}"


def _percent(text: str) -> str:
    plain = quote(text, safe="")
    for mark in "-._~":
        plain = plain.replace(mark, f"%{ord(mark):02X}")
    return plain
