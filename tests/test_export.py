"""Every output holds what the articles say, and nothing the articles say can break it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from export_stories import article, cite, event, ferry, nasty, timelines
from hypothesis import given, settings
from markdown_it import MarkdownIt

from timeline.errors import UsageError
from timeline.export import FORMATS, escape, words, write
from timeline.export.csv import COLUMNS
from timeline.interval import Interval
from timeline.model import Article, Basis, Publication, Status, Timeline, When

quick = settings(max_examples=60, deadline=None, derandomize=True)


# -- the table of formats ----------------------------------------------------------------------


def test_formats() -> None:
    """Each format has a file of its own and says what it is in a line; the usual ones are these."""
    assert ["json", "html", "md", "csv", "graphml"] == [f.name for f in FORMATS.values() if f.usual]
    assert all(name == f.name for name, f in FORMATS.items())
    assert len(FORMATS) == len({f.file for f in FORMATS.values()})
    assert all(20 < len(f.description) < 80 for f in FORMATS.values())


@pytest.mark.parametrize("name", FORMATS)
def test_same_bytes(name: str) -> None:
    """Two writings give the same bytes; texts are UTF-8 with one newline at the end."""
    data = write(ferry(), name)

    assert data == write(ferry(), name)
    if name == "docx":
        return
    assert data.decode().endswith("\n")
    assert not data.endswith(b"\n\n")


@pytest.mark.parametrize("name", FORMATS)
def test_empty_timeline(name: str) -> None:
    """A timeline without articles or events is written too."""
    assert write(Timeline("Nothing yet"), name)


def test_unknown_format() -> None:
    """A format that is not there is refused with those that are."""
    with pytest.raises(UsageError, match="choose one of json, html"):
        write(ferry(), "pptx")


# -- Markdown ----------------------------------------------------------------------------------

REPORT = """\
# The Norhavn ferry

![Timeline: The Norhavn ferry. 3 of 4 events from 2 articles, 2 May 2024 to 6 May 2024. First: Ferry strikes \
pier at Norhavn (2024-05-02). Last: Master drinks (date unknown).](timeline.png)

3 of 4 events from 2 articles, 2 May 2024 to 6 May 2024.

## Events

- **2024-05-02:** Ferry strikes pier at Norhavn \\[1, 2\\][^1]
- **6 May 2024:** Port to reopen *(planned)* \\[1\\][^2]

### Date unknown

- Master drinks *(denied)* \\[2\\][^3]

## Where the sources disagree

| Event | On | Says | Source | Words |
| --- | --- | --- | --- | --- |
| Ferry strikes pier at Norhavn | killed | 3 | \\[1\\] | “killing three people” |
|  |  | at least 4 | \\[2\\] | “Four people died” |

## Sources

- \\[1\\] [Report 1](<https://wire.example/ferry?id=1&amp;x=2>), The Wire, published 3 May 2024 \
(stated: front matter), `a1.txt`
- \\[2\\] Report 2, publication date unknown, `a2.txt`

## Warnings

- Note: a3.txt: empty file

[^1]: Ferry strikes pier at Norhavn: occurred, 2024-05-02, Norhavn. With Norhavn Ferries, Harbour Office. \
\\[1\\] “A ferry struck the pier at Norhavn on May 2, killing three people.” (date: “May 2” by \
\\<month\\> \\<day\\>, from published 2024-05-03). \
\\[2\\] “Four people died when a ferry hit the pier”, said by the harbour office (date: publication date).

[^2]: Port to reopen: planned, 6 May 2024. \
\\[1\\] “The port will reopen on Monday.” (date: “Monday” by \\<month\\> \\<day\\>, from \
published 2024-05-03).

[^3]: Master drinks: denied, date unknown. \
\\[2\\] “Its master denied drinking.” (date: publication date).
"""


def test_report() -> None:
    """The report in full: events, quotes as notes, disagreement, sources, warnings."""
    assert REPORT == write(ferry(), "md").decode()


def test_report_without_picture() -> None:
    """Where there is no picture beside it, the report points to none."""
    assert "![" not in write(ferry(), "md", picture_file="").decode()


@quick
@given(timelines())
def test_report_is_only_ours(timeline: Timeline) -> None:
    """Whatever articles say, the report has our headings, one picture, links to the sources, no HTML."""
    report = write(timeline, "md").decode()
    plain = re.sub(r"^\[\^(\d+)\]: ", r"note \1: ", report, flags=re.MULTILINE)
    parsed = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(plain)
    inline = [token for block in parsed for token in block.children or ()]
    kinds = [token.type for token in (*parsed, *inline)]

    assert "html_block" not in kinds
    assert "html_inline" not in kinds
    assert "code_block" not in kinds
    assert "fence" not in kinds
    assert "s_open" not in kinds
    assert 1 == kinds.count("image")
    assert {"h1": 1} == {t.tag: 1 for t in parsed if t.type == "heading_open" and t.tag == "h1"}
    links = [str(token.attrGet("href")) for token in inline if token.type == "link_open"]
    assert len(links) <= len(timeline.articles)
    assert all(link.startswith(("http://", "https://")) for link in links)
    defined = re.findall(r"^\[\^(\d+)\]: ", report, re.MULTILINE)
    assert [str(n) for n in range(1, len(timeline.shown) + 1)] == defined


@quick
@given(nasty)
def test_markdown_escape(text: str) -> None:
    """Escaped text is one paragraph that reads as the text, wherever it begins."""
    shown = escape.one_line(text)
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

    for before in ("", "- ", "x "):
        tokens = parser.parse(before + escape.markdown(text))
        inline = [token for block in tokens for token in block.children or ()]
        assert all(token.type in ("text", "text_special") for token in inline)
        assert (before.strip("- ") + " " + shown).strip() == "".join(t.content for t in inline).strip()
        assert ("- " == before) is any(t.type == "bullet_list_open" for t in tokens)
        assert not any(t.type == "ordered_list_open" for t in tokens)


# -- CSV ---------------------------------------------------------------------------------------


def rows(timeline: Timeline, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows as a spreadsheet reads them."""
    text = write(timeline, "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_rows() -> None:
    """One row a quote, hidden events too, with the event's date and the quote's own."""
    found = rows(ferry())

    assert 5 == len(found)
    assert ["yes", "yes", "no", "yes", "yes"] == [row["shown"] for row in found]
    assert {
        "event": "ev-0000000001",
        "start": "2024-05-02",
        "status": "occurred",
        "title": "Ferry strikes pier at Norhavn",
        "participants": "Norhavn Ferries; Harbour Office",
        "source number": "1",
        "published from": "2024-05-03",
        "quote": "A ferry struck the pier at Norhavn on May 2, killing three people.",
        "quote start": "0",
        "trigger": "struck",
        "time expression": "May 2",
    }.items() <= found[0].items()
    assert ("", "unknown") == (found[1]["published from"], found[1]["published basis"])


@quick
@given(timelines())
def test_no_formula(timeline: Timeline) -> None:
    """No cell begins as a formula, under any separator a spreadsheet may take, and no row goes missing."""
    found = rows(timeline)

    assert sum(len(e.citations) for e in timeline.events) == len(found)
    assert all(len(COLUMNS) == len(row) and None not in row.values() for row in found)
    cells = [cell for row in found for cell in row.values()]
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠]", cell)]
    assert not [cell for cell in cells if re.search("[\x00-\x1f]", cell)]
    for separator in ";\t":
        text = write(timeline, "csv").decode("utf-8-sig")
        parts = [
            part for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for part in line
        ]
        assert not [part for part in parts if re.match(r"\s*[=+\-@]", part)]


@pytest.mark.parametrize(
    ("text", "cell"),
    [('x;"=1+1', "x;\"'=1+1"), ('" "-1', '" "\'-1'), ('x "=1', 'x "=1'), ("a;b", "a;b")],
)
def test_csv_cell(text: str, cell: str) -> None:
    """A quotation mark in front of a formula hides it from us, and not from a spreadsheet."""
    assert cell == escape.csv_cell(text)


# -- links and words ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://wire.example/a?b=1&c=%20d", "https://wire.example/a?b=1&c=%20d"),
        (" http://wire.example ", "http://wire.example"),
        ("https://wire.example/über", "https://wire.example/%C3%BCber"),
        ('https://wire.example/"><script>', "https://wire.example/%22%3E%3Cscript%3E"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)//http://x", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//wire.example/a", ""),
        ("wire.example", ""),
        ("https://", ""),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_web_link(url: str, link: str) -> None:
    """Only http and https are links, and no link can end what it stands in."""
    assert link == escape.web_link(url)


@pytest.mark.parametrize(
    ("quote", "fragment"),
    [
        ("two words", "two%20words"),
        ("one-two, three & four.", "one%2Dtwo%2C%20three%20%26%20four%2E"),
        ("a b c d e f g h i j", "a%20b%20c%20d,g%20h%20i%20j"),
        ("broken\n  over lines", "broken%20over%20lines"),
        ("Ä", "%C3%84"),
    ],
)
def test_quote_link(quote: str, fragment: str) -> None:
    """A quote is linked to by its words, long ones by both their ends."""
    assert f"https://w.example/a#:~:text={fragment}" == escape.quote_link("https://w.example/a", quote)


def test_quote_link_beside_a_fragment() -> None:
    """An address that names a place already keeps it."""
    assert "https://w.example/a#top:~:text=x" == escape.quote_link("https://w.example/a#top", "x")
    assert "" == escape.quote_link("ftp://w.example", "x")


@pytest.mark.parametrize(
    ("basis", "interval", "sentence"),
    [
        (Basis.STATED, Interval.on("2024-03-26"), "published 26 March 2024 (stated)"),
        (Basis.GIVEN, Interval.on("2024-03-26"), "published 26 March 2024 (given by the user)"),
        (
            Basis.INFERRED,
            Interval.between("2024-03-20", "2024-03-26"),
            "published 20 March 2024 to 26 March 2024 (inferred)",
        ),
        (Basis.INFERRED, Interval.between("2024-03-20", None), "published from 20 March 2024 (inferred)"),
        (Basis.UNKNOWN, None, "publication date unknown"),
    ],
)
def test_publication(basis: Basis, interval: Interval | None, sentence: str) -> None:
    """A publication date says how it is known, and an unknown one says so."""
    assert sentence == words.publication(Article("a", "", published=Publication(interval, basis)))


@pytest.mark.parametrize(
    ("rule", "timex", "reason"),
    [
        ("told as the news", "", "told as the news"),
        ("ended: “May 2” by <month> <day>", "May 2", "ended: “May 2” by <month> <day>"),
        ("", "May 2", "“May 2” by <month> <day>, from published 2024-05-03"),
        ("", "", ""),
    ],
)
def test_why(rule: str, timex: str, reason: str) -> None:
    """A date's reason is the quote's own rule, else what its time expression says, else nothing."""
    quote = cite(ferry().articles[0], "The port will reopen on Monday.", "reopen", timex, rule=rule)

    assert reason == words.why(quote)


@pytest.mark.parametrize(
    ("intervals", "extent"),
    [
        ([(None, "2024-04-01")], "until 1 April 2024"),
        ([("2024-04-01", None)], "from 1 April 2024"),
        ([(None, "2024-04-01"), ("2024-05-01", "2024-05-02")], "1 April 2024 to 2 May 2024"),
        ([], ""),
    ],
)
def test_extent(intervals: list[tuple[str | None, str | None]], extent: str) -> None:
    """A single open interval stays open; of several the known days are told."""
    events = [replace(ferry().events[0], when=When(Interval.between(start, end))) for start, end in intervals]

    assert extent == words.extent(events)


@pytest.mark.parametrize("name", ["html", "fragment", "md", "tex"])
def test_what_has_no_title_is_untitled(name: str) -> None:
    """In the list, where sources disagree, where another event leads to it, and in the alternative text."""
    bare, named = (
        replace(ferry(), events=tuple(replace(event, title=title) for event in ferry().events))
        for title in ("", "Untitled")
    )

    assert write(named, name) == write(bare, name)


def test_alt_is_short() -> None:
    """Alternative text is at most 250 characters, whatever the titles."""
    source = article(1, "It rained on Monday.", None)
    wet = event(1, "rain " * 100, None, cite(source, "It rained", "rained"), status=Status.OCCURRED)
    timeline = replace(ferry(), title="T" * 200, events=(wet,), articles=(source,))

    assert 250 == len(words.alt(timeline))
    assert words.alt(timeline).endswith("…")
