"""Addresses on the web that may be linked to, in a picture or in a report."""

from __future__ import annotations

from urllib.parse import quote, urlsplit


def web_link(url: str) -> str:
    """The address if it is plain http or https, else empty; nothing in it can end an attribute.

    >>> web_link("https://example.org/?q=a b")
    'https://example.org/?q=a%20b'
    >>> web_link("data:text/html,x")
    ''
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    return quote(url, safe="%/:?#@!$&*+,;=~()", errors="replace")
