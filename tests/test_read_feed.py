"""Feeds as they come: other people's elements among an item's own, mark-up inside, a blank line before."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline.model import Article
from timeline.read import read

RSS = (
    "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/' "
    "xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:dc='http://purl.org/dc/elements/1.1/' "
    "xmlns:a='http://www.w3.org/2005/Atom'><channel><title>Echo</title><item>{}</item></channel></rss>"
)
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Harbour news</title><entry>{}</entry></feed>"


def item(content: str, folder: Path) -> Article:
    """The one article of a feed."""
    path = folder / "feed.xml"
    path.write_text(content, "utf-8")
    (article,) = read([path]).articles
    return article


@pytest.mark.parametrize(
    ("feed", "content", "text"),
    [
        (
            RSS,
            "<title>Ferry</title><media:title>A pier</media:title><itunes:title>Episode 7</itunes:title>"
            "<media:content><media:credit>Photo: Roe</media:credit></media:content>"
            "<description>It hit.</description>",
            "Ferry\n\nIt hit.",
        ),
        (RSS, "<dc:title>Ferry</dc:title><title>Ferry</title><description>It.</description>", "Ferry\n\nIt."),
        (
            RSS,
            "<description>Short.</description><content:encoded>&lt;p>Long.</content:encoded>",
            "Long.",
        ),
        (RSS, "<a:title>Ferry</a:title><a:summary>It hit.</a:summary>", "Ferry\n\nIt hit."),
        (
            ATOM,
            "<title>Ferry</title><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
            "<p>It <b>hit</b> 5 &lt; 6.</p><p>It sank.</p><script>x()</script></div></content>",
            "Ferry\n\nIt hit 5 < 6.\n\nIt sank.",
        ),
        (
            ATOM,
            "<title>Ferry</title><content type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'>"
            "<x:p>It hit.</x:p><x:p>It sank.</x:p></x:div></content>",
            "Ferry\n\nIt hit.\n\nIt sank.",
        ),
    ],
)
def test_the_text_of_an_item_is_its_own(feed: str, content: str, text: str, tmp_path: Path) -> None:
    """Elements of other kinds (pictures, sounds) say nothing; blocks inside are paragraphs."""
    assert text == item(feed.format(content), tmp_path).text


def test_an_entry_from_another_feed_names_that_one(tmp_path: Path) -> None:
    """Of Atom's `source`, which tells much, the title counts; its links are not the entry's."""
    article = item(
        ATOM.format(
            "<source><id>tag:1</id><link href='https://echo.example/'/><title>Echo</title>"
            "<updated>2024-03-26</updated></source><id>e1</id><link href='https://echo.example/1'/>"
            "<summary>It hit.</summary>"
        ),
        tmp_path,
    )

    assert ("e1", "Echo", "https://echo.example/1") == (article.id, article.source, article.url)


def test_a_blank_line_before_a_feed_is_nothing(tmp_path: Path) -> None:
    """XML wants its declaration first, but many servers send a line before it."""
    feed = "\r\n<?xml version='1.0' encoding='iso-8859-1'?>\n" + RSS.format("<title>Ferry</title>")

    assert "Ferry" == item(feed, tmp_path).text
