"""Reading files and records into articles: formats, encodings, names, bad input."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import os
import socket
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.errors import ArticleError, UsageError
from timeline.interval import Interval
from timeline.model import Article, Basis
from timeline.read import Limits, Reading, clean, from_records, read

STORY = "The ferry Grete hit the pier at Oldport on Monday. Nobody was hurt.\n"


def one(path: Path, **options: Any) -> Article:
    """The one article of a file that is read without a word."""
    reading = read([path], **options)
    assert () == reading.skipped
    (article,) = reading.articles
    return article


def reasons(reading: Reading) -> list[str]:
    return [error.reason for error in reading.skipped]


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# -- text as given ----------------------------------------------------------------------------


def test_a_text_file_is_its_whole_text(tmp_path: Path) -> None:
    """Newlines of every kind and the last one stay; the hash is of the bytes."""
    content = b"Ferry hits pier\r\n\r\nThe ferry\rhit the pier.\n"
    article = one(put(tmp_path, "ferry.txt", content))

    assert content.decode() == article.text
    assert hashlib.sha256(content).hexdigest() == article.sha256
    assert "ferry.txt" == article.path
    assert (0, len(content)) == article.body
    assert not article.derived


PLAIN = "Café naïve — “quoted” £5m. " + STORY

ENCODINGS = {
    "utf-8": (PLAIN.encode(), ""),
    "utf-8 with mark": (b"\xef\xbb\xbf" + PLAIN.encode(), ""),
    "utf-16-le with mark": (b"\xff\xfe" + PLAIN.encode("utf-16-le"), ""),
    "utf-16-be with mark": (b"\xfe\xff" + PLAIN.encode("utf-16-be"), ""),
    "utf-32-le with mark": (b"\xff\xfe\0\0" + PLAIN.encode("utf-32-le"), ""),
    "utf-16-le without mark": (PLAIN.encode("utf-16-le"), "no byte order mark"),
    "utf-16-be without mark": (PLAIN.encode("utf-16-be"), "no byte order mark"),
    "cp1252": (PLAIN.encode("cp1252"), "read as cp1252"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_an_encoding_gives_the_same_text(name: str, tmp_path: Path) -> None:
    """The text is the same whatever it was encoded in; what had to be guessed is said once."""
    data, warning = ENCODINGS[name]
    reading = read([put(tmp_path, "a.txt", data)])

    assert [PLAIN] == [article.text for article in reading.articles]
    assert (1 if warning else 0) == len(reading.warnings)
    assert warning in "".join(reading.warnings)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Signed in May. caf\xc3", "Signed in May. caf\ufffd"),
        (b"Signed \xc0\xaf in May.", "Signed \ufffd\ufffd in May."),
        ("Café. ".encode() + b"One bad \xff byte.", "Café. One bad \ufffd byte."),
    ],
    ids=["cut in a character", "overlong", "one bad byte"],
)
def test_damaged_utf8_is_read_with_replacement_characters(data: bytes, text: str, tmp_path: Path) -> None:
    """What is UTF-8 but for a scratch stays UTF-8, with a warning."""
    reading = read([put(tmp_path, "a.txt", data)])
    (article,) = reading.articles

    assert text == article.text
    assert ["replaced by U+FFFD" in warning for warning in reading.warnings] == [True]


PAGE = '<html><head><meta charset="{}"></head><body><p>{}</p></body></html>'


@pytest.mark.parametrize(
    ("declared", "encoded", "words"),
    [
        ("utf-8", "utf-8", "Café in May"),
        ("iso-8859-1", "cp1252", "“Café” in May"),
        ("windows-1251", "cp1251", "Паром ударил причал"),
        ("shift_jis", "shift_jis", "フェリーが桟橋に衝突した"),
        ("shift_jis", "utf-8", "Café — “in May”"),
        ("x-no-such", "utf-8", "Café in May"),
        ("punycode", "utf-8", "Café in May"),
        ("unicode_escape", "utf-8", "Café in May"),
        ("utf-16", "cp1252", "Café in a month of May."),
    ],
)
def test_a_page_is_read_in_the_charset_it_is_in(
    declared: str, encoded: str, words: str, tmp_path: Path
) -> None:
    """The declaration counts unless the bytes are UTF-8; a charset that is none of the web's is ignored."""
    article = one(put(tmp_path, "a.html", PAGE.format(declared, words).encode(encoded)))

    assert words == article.text


def test_a_long_head_of_ascii_says_nothing_of_the_encoding(tmp_path: Path) -> None:
    """What is beyond it decides, though it be the last few bytes of a long file."""
    words = "The ferry hit the pier. " * 4_000 + "Café “quoted”"
    (article,) = read([put(tmp_path, "a.txt", words.encode("cp1252"))]).articles

    assert words == article.text


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    """Two readings of one pile are equal in every field."""
    for name, (data, _) in ENCODINGS.items():
        put(tmp_path, f"{name}.txt", data + name.encode())
    put(tmp_path, "a.html", PAGE.format("utf-8", "Ferry"))

    assert read([tmp_path]) == read([tmp_path])


# -- cleaning ---------------------------------------------------------------------------------


@given(st.text(st.characters()) | st.text(st.characters(categories=["Cc", "Cs", "Cn", "Zl", "Zp"])))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_cleaning_replaces_one_for_one(text: str) -> None:
    """Length stays, a second cleaning changes nothing, and XML and UTF-8 take the result."""
    cleaned = clean(text)

    assert len(text) == len(cleaned)
    assert cleaned == clean(cleaned)
    assert cleaned == cleaned.encode().decode()
    escaped = cleaned.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "&#13;").replace(">", "&gt;")
    assert cleaned == (ElementTree.fromstring(f"<t>{escaped}</t>").text or "")


def test_cleaning_leaves_good_text_alone() -> None:
    """Tab, line feed, carriage return, accents, emoji and right-to-left text stay."""
    text = "a\tb\r\nc — “é” 👩‍👩‍👧 נמל ميناء"

    assert text == clean(text)


@given(
    data=st.binary(max_size=400), suffix=st.sampled_from(["txt", "md", "html", "json", "jsonl", "xml", "bin"])
)
@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_bytes_give_an_article_or_a_reason(data: bytes, suffix: str, tmp_path: Path) -> None:
    """No bytes make the reader fail: each file is an article or skipped with its name and a reason."""
    _check_any(put(tmp_path, f"any.{suffix}", data))


FRAGMENTS = st.sampled_from(
    """<p> </p> <!-- --> <script> </script> <title> <nav> </nav> <article> <h1> <a/href='x"> & &#x110000;
    &lt; &#99999999999; <? <! </ > --- title: date: { } [ ] , : "text": "date": 2024-03-26 March 26, 2024 By
    By - | ( ) -- <item> <rss> </rss> <description> Published Updated T00:00 . / \u2028 é 0 A""".split(" ")
)


@given(
    text=st.lists(FRAGMENTS, max_size=60).map(" ".join),
    suffix=st.sampled_from(["txt", "md", "html", "json", "jsonl", "xml"]),
)
@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_mix_of_markup_gives_an_article_or_a_reason(text: str, suffix: str, tmp_path: Path) -> None:
    """Nor does a mix of what the readers look for; what they cite stands in the text."""
    _check_any(put(tmp_path, f"any.{suffix}", text))


def _check_any(path: Path) -> None:
    reading = read([path])

    assert reading.articles or reading.skipped
    assert all(error.name == str(path) and "\n" not in error.line() for error in reading.skipped)
    for article in reading.articles:
        assert article.text == clean(article.text)
        assert 0 <= article.body[0] <= article.body[1] == len(article.text)
        if article.headline:
            assert article.title[:20] == " ".join(article.text[slice(*article.headline)].split())[:20]
        for evidence in article.published.evidence:
            if evidence.start is not None:
                assert evidence.text == article.text[evidence.start : evidence.end]


# -- titles, sources, front matter ------------------------------------------------------------

TITLES = [
    ("Ferry hits pier at Oldport\n\n" + STORY, "Ferry hits pier at Oldport"),
    ("XMPL\n0.0211\nFerry hits pier\n" + STORY, "Ferry hits pier"),
    ("Image Credit: Jane Roe / Example Press\n\nFerry hits pier\n\n" + STORY, "Ferry hits pier"),
    ("By Jane Roe\nMarch 26, 2024\nFerry hits pier\n" + STORY, "Ferry hits pier"),
    ("# Ferry hits pier #\n\n" + STORY, "Ferry hits pier"),
    ("**Ferry hits pier**\n\n" + STORY, "Ferry hits pier"),
    ("Is the ferry safe?\n\n" + STORY, ""),
    ("XMPL\n0.0211\n" + STORY + "Oldport waits\n", ""),
    (" date 2024-03-26 By Jane Roe\n\n" + STORY, ""),
    ("ab/cde/fg\n" + STORY, ""),
    ("Example Wire | Tuesday, March 26, 2024 | 18:40 GMT\nFerry hits pier\n\n" + STORY, "Ferry hits pier"),
    ("Source: Example Press\nTitle: Ferry hits pier\n\n" + STORY, "Ferry hits pier"),
    (STORY, ""),
    ("Ferry hits pier", ""),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_the_headline_is_the_first_line_that_looks_like_one(text: str, title: str, tmp_path: Path) -> None:
    """Desk codes, numbers, credits, bylines and dates are passed over; a sentence ends the search."""
    article = one(put(tmp_path, "a.txt", text))

    assert title == article.title
    assert title == (article.text[slice(*article.headline)] if article.headline else "")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (" date 2024-03-26 (Example Wire) -- The ferry hit the pier.", "Example Wire"),
        ("OLDPORT, Freedonia (EP) — The ferry hit the pier.", "EP"),
        ("Ferry hits pier\n\nOLDPORT, Feb. 13 (Example Press) -- The ferry hit the pier.", "Example Press"),
        ("Title: Ferry hits pier\nSource: Example Press\n\n" + STORY, "Example Press"),
        ("Example Wire | Tuesday, March 26, 2024 | 18:40 GMT\n\n" + STORY, "Example Wire"),
        ("Jane Roe | Tuesday, March 26, 2024\n\n" + STORY, ""),
        ("The ferry (built in 1960) hit the pier.", ""),
        ("The Grete (Example Line) was late.", ""),
    ],
)
def test_the_head_names_its_source(text: str, source: str, tmp_path: Path) -> None:
    """In a line of its own, or in parentheses after the date or place of a dateline."""
    assert source == one(put(tmp_path, "a.txt", text)).source


def test_front_matter_is_metadata_and_lies_before_the_body(tmp_path: Path) -> None:
    """The text is the whole file, the body what follows the front matter."""
    front = (
        "---\ntitle: 'Ferry hits pier'\nsource: Echo\nurl: https://echo.example/ferry\nauthor: Jane Roe\n"
        "tags: [ferry, pier]\nnested:\n  - date\nid: echo-7\n---\n"
    )
    article = one(put(tmp_path, "a.md", front + STORY))

    assert ("Ferry hits pier", "Echo", "https://echo.example/ferry", "echo-7") == (
        article.title,
        article.source,
        article.url,
        article.id,
    )
    assert front + STORY == article.text
    assert STORY == article.text[slice(*article.body)]


def test_front_matter_makes_nothing(tmp_path: Path) -> None:
    """YAML's tags, anchors and blocks are no values."""
    front = "---\ntitle: !!python/object/apply:os.system ['true']\nsource: &a Echo\nid: |\n  x\n---\n"
    article = one(put(tmp_path, "a.md", front + STORY))

    assert ("", "") == (article.title, article.source)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://echo.example/a?b=c#d", True),
        ("HTTP://echo.example", True),
        ("javascript:alert(1)", False),
        ("https://echo.example/<script>", False),
        ("https://echo.example/a b", False),
        ("file:///etc/hosts", False),
        ("https://echo.example/" + "a" * 3000, False),
    ],
)
def test_only_web_addresses_are_kept(url: str, kept: bool) -> None:
    """http and https, without white space, quotes or angle brackets, of a bearable length."""
    (article,) = from_records([{"text": STORY, "url": url}]).articles

    assert (url if kept else "") == article.url


# -- web pages --------------------------------------------------------------------------------

NEWS_PAGE = """<!DOCTYPE html>
<html><head><title>Ferry hits pier | Echo</title>
<meta property="og:site_name" content="Echo"><link rel="canonical" href="https://echo.example/ferry">
<style>p { color: red }</style><script>var a = "<p>May 5, 2023</p>";</script></head>
<body>
<header><nav><a href="/">Home</a> <a href="/world">World</a></nav></header>
<main><article>
<header><h1>Ferry hits   pier &amp; stops</h1><p>By Jane Roe</p></header>
<figure><img src="x"><figcaption>The pier in May</figcaption></figure>
<p>The ferry <b>Grete</b> hit<br>the pier at <a href="/oldport">Oldport</a> on Monday.
<p>Nobody was hurt, and the pier&#8217;s owner said that it would open again within the week, before the
 summer timetable starts and the first of the excursion boats is expected in the harbour.</p>
<aside>Subscribe to our letter</aside>
<ul><li>Pilot: tired</li><li>Lights: out</li></ul>
<!-- <p>not this</p> --></article></main>
<footer>Copyright Echo</footer></body></html>"""


def test_a_page_gives_its_article(tmp_path: Path) -> None:
    """Heading, paragraphs and list items; no menus, captions, side columns, scripts or comments."""
    article = one(put(tmp_path, "a.html", NEWS_PAGE))

    assert (
        "Ferry hits pier & stops\n\n"
        "The ferry Grete hit the pier at Oldport on Monday.\n\n"
        "Nobody was hurt, and the pier’s owner said that it would open again within the week, before the "
        "summer timetable starts and the first of the excursion boats is expected in the harbour.\n\n"
        "Pilot: tired\n\nLights: out"
    ) == article.text
    assert ("Ferry hits pier & stops", "Echo", "https://echo.example/ferry", (0, 23), True) == (
        article.title,
        article.source,
        article.url,
        article.headline,
        article.derived,
    )


PAGES = [
    ("<title>Ferry<body><p>The ferry hit the pier.<p>Nobody was hurt.", "Nobody was hurt."),
    ("<div>" * 5_000 + "<p>The ferry hit the pier.</p>", "The ferry hit the pier."),
    ("<b><i>" * 2_000 + "The ferry hit the pier.", "The ferry hit the pier."),
    ("<table><tr><td>Ferry<td>Grete</table>", "Ferry Grete"),
    ("<p>5 < 6 and a<b>c</b> &lt;script&gt;", "5 < 6 and ac <script>"),
    ("<p>One &#1234567890123456789; two", "One \ufffd two"),
    ("<p hidden>Not this</p><p style='display: none'>nor this</p><p>but this", "but this"),
    ("<p>One</p><script>never closed <p>two</p>", "One"),
    ("<p>One</p><!-- never closed <p>two</p>", "One"),
    ("<p>One</p><a href='never closed <p>two</p>", "two"),
    ("<p hidden>Not this<p>but this", "but this"),
    ("<ul><li hidden>Not this<li>but this</ul>", "but this"),
    ("<textarea>not this</textarea><p>One</p>", "One"),
    ('<p>One</p><svg class="i"/><p>Two</p>', "Two"),
    ("<p>One</p><svg><path d=''/></svg><p>Two</p>", "Two"),
    ("<p>One</p><a href=x/><p>Two</p>", "Two"),
    ('<p>One</p><script src="a.js"/><p>Two</p>', "One"),
    ('<?xml version="1.0"?><html><head><script src="a.js"/></head><body><p>One</p></body></html>', "One"),
    ('<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><video src="v"/><p>One</p>', "One"),
]


@pytest.mark.parametrize(("page", "ending"), PAGES)
def test_broken_pages_give_what_text_they_have(page: str, ending: str, tmp_path: Path) -> None:
    """Nothing needs to be closed, and no depth is too deep."""
    assert one(put(tmp_path, "a.html", page)).text.endswith(ending)


def test_a_page_without_a_main_part_gives_all_its_text(tmp_path: Path) -> None:
    """If all text stands beside the article, it is taken, and the reader is told."""
    reading = read([put(tmp_path, "a.html", "<header><p>The ferry hit the pier.</header>")])

    assert ["The ferry hit the pier."] == [article.text for article in reading.articles]
    assert "no main text found" in reading.warnings[0]


@pytest.mark.parametrize(
    "page",
    [
        "\xa0" * 500_000,
        " \t" * 300_000 + "x",
        "<!--" * 200_000,
        "<a b='" * 100_000,
        "<p" * 300_000,
        "<script>" * 100_000,
        "</p" * 300_000,
        "&#" * 400_000,
    ],
)
def test_hostile_markup_takes_linear_time(page: str, tmp_path: Path) -> None:
    """Unfinished constructs by the hundred thousand take well under a second, not the hours of a square."""
    reading = read([put(tmp_path, "a.html", "<p>One</p>" + page)])

    assert 1 == len(reading.articles)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "x\n" + " " * 500_000 + "y"),
        ("a.txt", "\xa0" * 500_000 + "y"),
        ("a.md", "---\n" + "a: '" * 200_000),
        ("a.md", "---\nb: " + "' " * 300_000),
        ("a", "{}" + "\n" * 500_000),
        ("a", "<!--" * 200_000),
        ("a.json", "[" * 900_000),
        ("a.txt", "A (B" * 200_000 + " 2024-03-26 " * 9),
    ],
)
def test_hostile_texts_take_linear_time(name: str, content: str, tmp_path: Path) -> None:
    """Runs of one thing cost what they are long."""
    reading = read([put(tmp_path, name, content)])

    assert 1 == len(reading.articles) + len(reading.skipped)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Bridge is shut - mayor says - Echo</title>", "Bridge is shut - mayor says"),
        ("<title>Bridge is shut | Echo-Post</title>", "Bridge is shut"),
        ("<title>Bridge is shut — Echo</title><meta name='publisher' content='echo'>", "Bridge is shut"),
        ("<title>Bridge is shut - A - B</title><meta name='publisher' content='A - B'>", "Bridge is shut"),
        (
            "<title>Bridge is shut - Echo</title><meta name='publisher' content='Post'>",
            "Bridge is shut - Echo",
        ),
    ],
)
def test_the_title_of_a_page_is_without_its_site(head: str, title: str, tmp_path: Path) -> None:
    """The last part goes, if it is the site or no site is named; a dash in the headline stays."""
    assert title == one(put(tmp_path, "a.html", f"{head}<p>{STORY}</p>")).title


def test_plain_text_named_html_is_plain_text(tmp_path: Path) -> None:
    """A page without a tag is a text."""
    article = one(put(tmp_path, "a.html", STORY))

    assert STORY == article.text
    assert not article.derived


# -- records ----------------------------------------------------------------------------------


def test_records_keep_their_own_words(tmp_path: Path) -> None:
    """Text as given with its spaces, id as given, the usual names, in the order of the file."""
    records: list[dict[str, Any]] = [
        {"id": "b", "title": "One", "text": " The ferry hit.\n", "pub_date": "2024-03-26", "source": "Echo"},
        {
            "guid": 7,
            "headline": "Two",
            "body": "A",
            "publisher": {"name": "Post"},
            "link": "https://p.example",
        },
        {"id": "a", "Title": "Three", "articleBody": "B"},
    ]
    lines = put(tmp_path, "pile.jsonl", "\n".join(map(json.dumps, records)) + "\n\n")
    expected = [
        ("b", "One", " The ferry hit.\n", "Echo", ""),
        ("7", "Two", "A", "Post", "https://p.example"),
        ("a", "Three", "B", "", ""),
    ]

    for path in (
        lines,
        put(tmp_path, "list.json", json.dumps(records, indent=1)),
        put(tmp_path, "object.json", json.dumps({"version": 1, "articles": records})),
        put(tmp_path, "lines.json", lines.read_bytes()),
        put(tmp_path, "list.jsonl", json.dumps(records)),
        put(tmp_path, "indented.jsonl", json.dumps(records, indent=1)),
        put(tmp_path, "pile", json.dumps(records)),
    ):
        articles = read([path]).articles
        assert expected == [(a.id, a.title, a.text, a.source, a.url) for a in articles]
        assert [1, 2, 3] == [a.number for a in articles]
        assert [f"{path.name}#{n}" for n in (1, 2, 3)] == [a.path for a in articles]
        assert hashlib.sha256(b"A").hexdigest() == articles[1].sha256
    assert expected == [(a.id, a.title, a.text, a.source, a.url) for a in from_records(records).articles]


def test_a_broken_line_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    """Each record that is none is reported by its line; the rest are articles."""
    path = put(
        tmp_path,
        "pile.jsonl",
        '{"text": "One"}\n{"text": "cut\n[1]\n{"text": 5}\n{"title": "no text"}\n{"text": " ", "body": ""}\n'
        '{"text": "Two"}',
    )
    reading = read([path])

    assert ["One", "Two"] == [article.text for article in reading.articles]
    assert ["pile.jsonl#1", "pile.jsonl#7"] == [article.path for article in reading.articles]
    assert [f"line {n}" for n in (2, 3, 4, 5, 6)] == [reason.split(":")[0] for reason in reasons(reading)]
    assert {str(path)} == {error.name for error in reading.skipped}


def test_a_blank_value_is_none() -> None:
    """The next of the usual names that says something counts."""
    (article,) = from_records([{"text": "", "body": "A", "title": " ", "headline": "One"}]).articles

    assert ("A", "One") == (article.text, article.title)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[" * 100_000 + "]" * 100_000, "not JSON that can be read"),
        ('{"a":' * 50_000, "not JSON that can be read"),
        ('[{"text": "One", "id": ' + "9" * 10_000 + "}]", "not JSON that can be read"),
        ('[{"text": "One"}', "not JSON ("),
        ('[{"text": "One"}] x', "not JSON ("),
        ('{"name": "package"}', "a record needs a text"),
        ("[]", "no article in this JSON"),
        ("5", "no article in this JSON"),
        ('{"articles": []}', "no article in this JSON"),
        ("cos\nsystem\n(S'true'\ntR.", "not JSON ("),
    ],
)
def test_json_that_holds_no_article_is_skipped(content: str, reason: str, tmp_path: Path) -> None:
    """Depth, length, cuts and other things are one plain reason each."""
    (said,) = reasons(read([put(tmp_path, "a.json", content)]))

    assert reason in said


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (
            "<rss version='2.0'><channel><title>Echo</title><item><title>Ferry</title>"
            "<link>https://echo.example/1</link><guid>g1</guid>"
            "<description><![CDATA[<p>It hit <b>the pier</b>.<script>x()</script>]]>"
            "</description></item></channel></rss>",
            ["Ferry\n\nIt hit the pier."],
        ),
        (
            "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Echo</title>"
            "<entry><id>g1</id><title>Ferry</title><link href='https://echo.example/1'/>"
            "<content type='html'>&lt;p&gt;It hit.</content></entry></feed>",
            ["Ferry\n\nIt hit."],
        ),
    ],
)
def test_a_feed_gives_its_items(content: str, texts: list[str], tmp_path: Path) -> None:
    """RSS and Atom: title and text without mark-up, source, link and id."""
    (article,) = read([put(tmp_path, "feed.xml", content)]).articles

    assert texts == [article.text]
    assert ("g1", "Ferry", "Echo", "https://echo.example/1", True) == (
        article.id,
        article.title,
        article.source,
        article.url,
        article.derived,
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss><item><title>&a;</title></item></rss>', "document type"),
        (
            '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss><item><title>A</title></item></rss>',
            "document type",
        ),
        ("<rss><item><title>A</item></rss>", "not well-formed"),
        ("<rss><item>&a;</item></rss>", "not well-formed"),
        ("<rss></rss>", "no feed"),
        ("<a>" * 100, "nested too deep"),
    ],
)
def test_xml_that_is_no_plain_feed_is_skipped(content: str, reason: str, tmp_path: Path) -> None:
    """No document type, no entity, nothing fetched, nothing expanded."""
    (said,) = reasons(read([put(tmp_path, "feed.xml", content)]))

    assert reason in said


# -- files and folders ------------------------------------------------------------------------

BAD_FILES = [
    ("empty.txt", b"", "empty file"),
    ("blank.txt", b" \t\r\n" * 9, "empty file"),
    ("mark.txt", b"\xef\xbb\xbf", "empty file"),
    ("mark.html", b"<html></html>", "no text in this page"),
    ("zip.txt", b"PK\x03\x04" + bytes(99), "an archive or office document"),
    ("gz.txt", gzip.compress(b"The ferry"), "an archive"),
    ("tar.txt", b"name".ljust(257, b"\0") + b"ustar" + bytes(250), "an archive"),
    ("pdf.txt", b"%PDF-1.7\n" + bytes(range(256)), "a PDF, not a text file"),
    ("png.txt", b"\x89PNG\r\n\x1a\n" + bytes(99), "an image, not a text file"),
    ("nul.txt", bytes(9_999), "not a text file"),
    ("bits.html", bytes(range(256)) * 9, "not a text file"),
    ("nul-separated.txt", STORY.replace(" ", "\0").encode(), "not a text file"),
]


@pytest.mark.parametrize(("name", "data", "reason"), BAD_FILES)
def test_what_is_no_text_is_skipped_with_a_plain_reason(
    name: str, data: bytes, reason: str, tmp_path: Path
) -> None:
    """By signature or by the share of control bytes, whatever the file is called."""
    reading = read([put(tmp_path, name, data), put(tmp_path, "good.txt", STORY)])

    assert [f"{tmp_path / name}: {reason}"] == [error.line() for error in reading.skipped]
    assert [STORY] == [article.text for article in reading.articles]


def test_a_path_that_is_missing_and_a_folder_without_articles_are_named(tmp_path: Path) -> None:
    """One line each."""
    put(tmp_path, "folder/picture.png", b"")
    put(tmp_path, "folder/README.md", "About these files.")
    put(tmp_path, "folder/.hidden.txt", STORY)
    reading = read([tmp_path / "missing.txt", tmp_path / "folder", tmp_path / "nul\0name"])

    assert ["no such file or folder", "no articles in this folder", "not a path"] == reasons(reading)
    assert () == reading.articles


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    """A pipe, a device and a socket are refused at once instead of waited for."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        here = os.getcwd()
        os.chdir(tmp_path)  # the path of a socket has about a hundred bytes at most
        try:
            server.bind("socket.txt")
        finally:
            os.chdir(here)
        names = ["pipe.txt", "device.txt", "socket.txt"]
        reading = read([tmp_path / name for name in names])
        walked = read([tmp_path])

    assert ["not a regular file"] * 3 == reasons(reading)
    assert 3 == len(walked.skipped)


def test_sizes_are_limited(tmp_path: Path) -> None:
    """By bytes before reading, by characters after; runs of white space count once."""
    sparse = put(tmp_path, "sparse.txt", b"")
    os.truncate(sparse, 1 << 33)
    long, gaps = (
        put(tmp_path, "long.txt", "ferry " * 100),
        put(tmp_path, "gaps.txt", "ferry" + "\n" * 999 + "pier"),
    )
    limits = Limits(max_bytes=10_000, max_chars=500)
    reading = read([sparse, long, gaps], limits=limits)

    assert [
        "too large: 8,589,934,592 bytes, the limit is 10,000",
        "too long: 600 characters, the limit is 500",
    ] == (reasons(reading))
    assert ["gaps.txt"] == [article.path for article in reading.articles]
    assert ["too long: 600 characters, the limit is 500"] == reasons(
        from_records([{"text": "ferry " * 100}], limits=limits)
    )


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_are_followed_inside_the_folder_only(tmp_path: Path) -> None:
    """A loop is walked once and in silence; a link out of the folder or to nowhere is named."""
    put(tmp_path, "pile/a.txt", STORY)
    put(tmp_path, "outside.txt", "Secret.")
    for name, target in (
        ("again", "."),
        ("b.txt", "a.txt"),
        ("out.txt", "../outside.txt"),
        ("up", ".."),
        ("gone.txt", "nowhere"),
    ):
        (tmp_path / "pile" / name).symlink_to(target)
    (tmp_path / "self").symlink_to("self")
    reading = read([tmp_path / "pile", tmp_path / "self"])

    assert ["a.txt"] == [article.path for article in reading.articles]
    assert ["gone.txt", "out.txt", "up", "self"] == [Path(error.name).name for error in reading.skipped]


def test_a_folder_is_read_in_order_and_names_are_relative_to_it(tmp_path: Path) -> None:
    """Sorted by path, numbered from 1; what is no article is passed over, what may be one is named."""
    for name in ("b.txt", "a/z.md", "a/c.html", "A.TXT", "notes.csv", "photo.jpg", "scan.pdf", "LICENSE.txt"):
        put(tmp_path, name, name)
    reading = read([tmp_path])

    assert [(1, "A.TXT"), (2, "a/c.html"), (3, "a/z.md"), (4, "b.txt")] == [
        (article.number, article.path) for article in reading.articles
    ]
    assert [".pdf files are not read"] == reasons(reading)


def test_the_order_of_the_arguments_does_not_matter(tmp_path: Path) -> None:
    """The articles come sorted, and a file reached twice is read once."""
    a, b = put(tmp_path, "a.txt", "One."), put(tmp_path, "b.txt", "Two.")

    assert read([a, b]).articles == read([tmp_path, b, a]).articles


def test_two_folders_with_like_names_are_told_apart(tmp_path: Path) -> None:
    """As much of the folders as is needed becomes part of the name."""
    put(tmp_path, "x/a.txt", "One.")
    put(tmp_path, "y/a.txt", "Two.")
    put(tmp_path, "y/b.txt", "Three.")

    assert ["b.txt", "x/a.txt", "y/a.txt"] == [
        article.path for article in read([tmp_path / "x", tmp_path / "y"]).articles
    ]


def test_copies_are_read_once(tmp_path: Path) -> None:
    """The first of equal files, by name, stays; the others are named in a warning."""
    for name in ("b.txt", "a.txt", "c/d.txt"):
        put(tmp_path, name, STORY)
    reading = read([tmp_path], given={"d.txt": dt.date(2024, 3, 26)})

    assert ["a.txt"] == [article.path for article in reading.articles]
    assert ["b.txt: same text as a.txt, read once", "c/d.txt: same text as a.txt, read once"] == (
        list(reading.warnings)
    )
    assert Basis.GIVEN is reading.articles[0].published.basis


def test_a_given_date_may_name_a_copy_by_its_path(tmp_path: Path) -> None:
    """As the call has it, which is more than the name it is cited by."""
    put(tmp_path, "a/x.txt", STORY)
    put(tmp_path, "b/two/y.txt", STORY)
    for name in ("a/x.txt", "b/two/y.txt", str(tmp_path / "a/x.txt")):
        (article,) = read([tmp_path / "a", tmp_path / "b"], given={name: dt.date(2024, 3, 26)}).articles
        assert Basis.GIVEN is article.published.basis


@pytest.mark.parametrize("name", ["new\nline.txt", "\u202etxt.evil.txt", "-rf.txt", "esc\x1b[31m.txt"])
@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_odd_names_are_shown_on_one_plain_line(name: str, tmp_path: Path) -> None:
    """Control characters and marks of direction are written out."""
    good = read([put(tmp_path, name, STORY)])
    bad = read([put(tmp_path, name, b"")])

    shown = [good.articles[0].path, bad.skipped[0].name]
    assert all(character.isprintable() for words in shown for character in words)


# -- ids and given dates ----------------------------------------------------------------------


def test_ids_are_stable_and_unique(tmp_path: Path) -> None:
    """From name and content without an own one; a second use of an id is told apart by the text."""
    article = one(put(tmp_path, "Ferry hits Pier!.txt", STORY))
    digest = hashlib.sha256(STORY.encode()).hexdigest()[:8]
    one_, two = {"id": "a", "text": "One"}, {"id": "a", "text": "Two"}
    reading = from_records([one_, two, {"text": "Three"}, one_])
    ids = [article.id for article in reading.articles]

    assert f"ferry-hits-pier-{digest}" == article.id
    assert 3 == len(set(ids))
    assert "a" == ids[0]
    assert ids[1].startswith("a-")
    assert ids[2].startswith("article-")
    assert 1 == len(reading.warnings)


@pytest.mark.parametrize("id", ["x" * 50_000, "a\x00b\nc", "../../etc", "<script>", "\ud800"])
def test_hostile_ids_become_one_short_line(id: str) -> None:
    """No control characters, no line ends, a bounded length."""
    (article,) = from_records([{"id": id, "text": STORY}]).articles

    assert article.id
    assert len(article.id) <= 130
    assert article.id == clean(article.id).replace("\n", " ")


def test_a_given_date_goes_before_all_others(tmp_path: Path) -> None:
    """By file name, end of the path, record, or id; the evidence is the command line."""
    put(tmp_path, "x/a.txt", "Published 26 March 2024\n\n" + STORY)
    put(tmp_path, "x/pile.jsonl", '{"id": "r1", "text": "One"}\n{"text": "Two"}\n')
    day = dt.date(2024, 2, 1)

    for name, dated in (
        ("a.txt", ["x/a.txt"]),
        ("x/a.txt", ["x/a.txt"]),
        ("r1", ["x/pile.jsonl#1"]),
        ("pile.jsonl#2", ["x/pile.jsonl#2"]),
        ("pile.jsonl", ["x/pile.jsonl#1", "x/pile.jsonl#2"]),
    ):
        articles = read([tmp_path], given={name: day}).articles
        given = [article for article in articles if article.published.basis is Basis.GIVEN]
        assert dated == [article.path for article in given]
        assert {(Interval.on(day), "command line", "2024-02-01")} == {
            (a.published.interval, a.published.evidence[0].where, a.published.evidence[0].text) for a in given
        }


@pytest.mark.parametrize("name", ["a-17", "pile.jsonl#1"])
def test_the_more_particular_name_of_a_given_date_wins(name: str, tmp_path: Path) -> None:
    """An id or one record over its whole file, whichever comes first."""
    pile = put(tmp_path, "pile.jsonl", '{"id": "a-17", "text": "One"}\n{"id": "b", "text": "Two"}\n')
    days = {name: dt.date(2024, 3, 26), "pile.jsonl": dt.date(2024, 2, 1)}

    for dates in (days, dict(reversed(days.items()))):
        articles = read([pile], given=dates).articles
        assert list(map(Interval.on, days.values())) == [a.published.interval for a in articles]


def test_a_given_date_may_use_the_path_of_the_call(tmp_path: Path) -> None:
    """A file named by its full path is cited by its name, but a date may be given by either."""
    path = put(tmp_path, "a.txt", STORY)

    for name in ("a.txt", str(path)):
        article = one(path, given={name: dt.date(2024, 2, 1)})
        assert ("a.txt", Basis.GIVEN) == (article.path, article.published.basis)


def test_a_given_date_must_fit_one_file(tmp_path: Path) -> None:
    """A name that fits nothing, or two files, is an error of the call."""
    put(tmp_path, "x/a.txt", "One.")
    put(tmp_path, "y/a.txt", "Two.")
    day = dt.date(2024, 2, 1)

    with pytest.raises(UsageError, match=r"b\.txt, but no article has that name"):
        read([tmp_path], given={"b.txt": day})
    with pytest.raises(UsageError, match=r"2 files have that name: x/a\.txt, y/a\.txt"):
        read([tmp_path], given={"a.txt": day})
    assert 2 == len(read([tmp_path], given={"x/a.txt": day}).articles)


def test_records_in_memory_take_dates_as_dates() -> None:
    """A date or a datetime of the standard library is a publication date; a zone changes nothing."""
    zone = dt.timezone(dt.timedelta(hours=-5))
    records = [
        {"text": "One", "pub_date": dt.date(2024, 3, 26)},
        {"text": "Two", "pub_date": dt.datetime(2024, 3, 26, 23, 30, tzinfo=zone)},
    ]

    assert [Interval.on("2024-03-26")] * 2 == [a.published.interval for a in from_records(records).articles]


def test_records_that_are_none_are_named_by_number() -> None:
    """Errors in memory are collected as those of files are."""
    reading = from_records([{"text": "One"}, {"title": "Two"}, {"text": 3}])

    assert ["record 2", "record 3"] == [error.name for error in reading.skipped]
    assert all(isinstance(error, ArticleError) for error in reading.skipped)


def test_dateparser_is_loaded_only_for_foreign_months(tmp_path: Path) -> None:
    """English dates and numbers need none of its start-up time."""
    put(tmp_path, "a.txt", "Published 26 March 2024\n\n" + STORY)
    code = (
        "import sys; from timeline.read import read; read(sys.argv[1:]); print('dateparser' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True)

    assert "False" == out.stdout.strip()
