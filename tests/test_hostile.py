"""Nothing an article says, and no name a file has, breaks an output, runs in it, or bends a quotation.

The strings are those of `corpus/hostile/strings.toml`. What each format's own escaper does is tested with
the format; here all outputs are read back as their readers would, whatever formats there are.
"""

from __future__ import annotations

import csv
import io
import json
import pkgutil
import re
import tomllib
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import pytest
from export_stories import timelines
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import timeline as package
from timeline import pipeline, result
from timeline.cli.console import visible
from timeline.errors import UsageError
from timeline.interval import FIRST_DAY, LAST_DAY, Interval
from timeline.model import Timeline as Plain
from timeline.proof import faults
from timeline.read import clean
from timeline.result import Timeline
from timeline.timex import tag

CORPUS = Path(__file__).parent / "corpus/hostile/strings.toml"
STRINGS = {
    f"{kind} {number}": string
    for kind, strings in tomllib.loads(CORPUS.read_text(encoding="utf-8")).items()
    for number, string in enumerate(strings)
}
STORY = (
    "A fire destroyed the old mill on May 2, 2021, police in Marlow said. The mayor plans to rebuild it.\n"
)

quick = settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


# -- reading back what was written -------------------------------------------------------------


class _Page(HTMLParser):
    """What a browser would run or fetch on a page, but for our own script and style."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        if tag in ("base", "iframe", "object", "embed", "link"):
            self.found.append(f"<{tag}>")
        for name, value in attributes:
            plain = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on"):
                self.found.append(f"{name}={value}")
            if name in ("href", "src", "action", "xlink:href", "poster", "data"):
                allowed = "https?:|#|timeline[.-]" if name == "href" else "#|data:image/|timeline[.-]"
                if not re.match(allowed, plain):
                    self.found.append(f"{name}={value}")


def broken(name: str, data: bytes) -> Iterator[str]:
    """What is wrong with a file that we wrote, as its reader would find it."""
    kind = name.rpartition(".")[2]
    if kind in ("png", "pdf", "docx"):
        yield from _broken_binary(kind, data)
        return
    text = data.decode("utf-8")
    if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", text) and kind != "json":
        yield "a control character"
    if kind in ("svg", "graphml", "gexf", "xml"):
        for element in ET.fromstring(data).iter():
            if str(element.tag).endswith(("script", "foreignObject")):
                yield str(element.tag)
            for key, value in element.attrib.items():
                local = key.rpartition("}")[2]
                if local.startswith("on") or (local == "href" and not re.match("https?:|#", value)):
                    yield f"{local}={value}"
    elif kind == "html":
        page = _Page()
        page.feed(text)
        yield from page.found
        if page.scripts > 1:
            yield f"{page.scripts} scripts"
    elif kind in ("json", "jsonld"):
        json.loads(text, parse_constant=lambda constant: pytest.fail(constant))
    elif kind == "csv":
        for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True):
            yield from (cell for cell in row if re.match(r"\s*[=+@\t\r]|\s*-(?!\d+$)", cell))
    elif kind == "ics":
        yield from (line[:60] for line in text.split("\r\n") if len(line.encode()) > 75)
        if text.count("BEGIN:VEVENT") != len(re.findall(r"^BEGIN:VEVENT\r$", text, re.M)):
            yield "an event inside a text"
    elif kind == "tex":
        yield from re.findall(r"\\(?:input|include|write|openout|read)\b(?!\{timeline)", text)
    elif kind == "md":
        for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
            for part in (token, *(token.children or ())):
                address = str(part.attrs.get("href", part.attrs.get("src", "")))
                if "html" in part.type or not re.match("https?://|timeline[.-]|#|$", address):
                    yield part.content or address


def _broken_binary(kind: str, data: bytes) -> Iterator[str]:
    if kind == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for part in parts.namelist():
                if part.endswith((".xml", ".rels")):
                    ET.fromstring(parts.read(part))
        return
    begin, end = {"png": (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"), "pdf": (b"%PDF-", b"%%EOF\n")}[kind]
    if not (data.startswith(begin) and data.endswith(end)):
        yield "not whole"


def wrong(timeline: Plain, *formats: str) -> list[str]:
    """What is wrong with a timeline's files."""
    try:
        files = Timeline.of(timeline).files(formats or None).content
    except UsageError as error:
        pytest.skip(error.line())
    return [f"{name}: {what}" for name, data in files.items() for what in broken(name, data)]


# -- the strings -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told() -> Timeline:
    """Each string as the title, the source, the address, the id and in the quotes of an article."""
    return pipeline.build(
        [
            {
                "id": f"{number} {string}",
                "title": string,
                "source": string,
                "url": string if string.startswith("http") else f"https://a.example/{string}",
                "pub_date": "2021-05-06",
                "text": f"{string}\n\n{string} said that a fire destroyed the {string} mill on May 2, 2021. "
                f"“{string}” struck {string} on Tuesday. The mayor plans to rebuild {string} in June.\n",
            }
            for number, string in enumerate(STRINGS.values())
        ],
        max_events=60,
    )


@pytest.mark.parametrize("format", [f for f in result.formats() if f != "png"])
def test_no_string_breaks_an_output(told: Timeline, format: str) -> None:
    """Titles, sources, addresses, ids and quotes: each file is what it says it is, and nothing in it runs."""
    assert [] == wrong(told, format)


def test_no_string_bends_a_quotation(told: Timeline) -> None:
    """Every quote stands in its article, and most of these articles have one."""
    assert [] == [fault.line() for fault in faults(told, told.articles)]
    quoted = {c.article for e in told.events for c in e.citations}
    assert len(quoted) > 0.9 * len(told.articles) > 150


def test_the_data_keeps_every_string(told: Timeline) -> None:
    """What was read back is what was written."""
    from timeline.export.json import dumps, loads

    assert dumps(told) == dumps(loads(dumps(told)))


def test_strings_as_names_of_files(tmp_path: Path) -> None:
    """Each name that the system allows is read, cited on one line, and leads to no other file."""
    folder = tmp_path / "in"
    folder.mkdir()
    made = 0
    for number, string in enumerate(STRINGS.values()):
        name = f"{string}{number}.txt"
        if "/" in name or "\0" in name or name.startswith(".") or len(name.encode()) > 255:
            continue
        (folder / name).write_text(f"{number}\n\n{STORY}", encoding="utf-8")
        made += 1
    timeline = pipeline.build(folder)

    assert made == len(timeline.articles) > 150
    unfit = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]")
    assert [] == [article.path for article in timeline.articles if unfit.search(article.path)]
    assert [] == wrong(timeline, "md", "csv", "graphml", "html", "json")
    assert [] == [p.name for p in tmp_path.iterdir() if p.name != "in"]


@pytest.mark.parametrize("string", STRINGS.values(), ids=STRINGS)
def test_no_string_commands_the_terminal(string: str) -> None:
    """What is shown of it is one line of visible characters."""
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", visible(string))


# -- anything at all ---------------------------------------------------------------------------


@pytest.mark.parametrize("format", [f for f in result.formats() if f not in ("png", "pdf", "svg")])
@given(timeline=timelines())
@quick
def test_any_timeline_makes_whole_files(format: str, timeline: Plain) -> None:
    """Whatever stands in the records, every format takes it."""
    assert [] == wrong(timeline, format)


@given(timeline=timelines())
@settings(quick, max_examples=6)
def test_any_timeline_makes_whole_pictures(timeline: Plain) -> None:
    """Drawn in all three formats, well-formed and without a word of a library."""
    assert [] == wrong(timeline, "svg", "pdf", "png")


words = st.sampled_from(
    """on in the of last next this Monday Tuesday May June 2024 1999 5 31 30 29 Feb. February early late mid-
    week weeks month year years day ago later after before since until every first second 12:30 p.m. GMT
    Easter Ramadan quarter century BC 0 9999 10000 / - , . 's from to between and half a few""".split()
)
prose = st.lists(words | st.sampled_from(list(STRINGS.values())), max_size=25).map(" ".join)


@given(
    text=prose | st.text(max_size=80),
    day=st.integers(FIRST_DAY, LAST_DAY),
    width=st.sampled_from([1, 7, 400]),
)
@settings(quick, max_examples=300)
def test_any_words_from_any_day_are_dates_or_none(text: str, day: int, width: int) -> None:
    """No text at the edge of any calendar fails; what is found stands in it, in order, on days there are."""
    text = clean(text)
    found = tag(text, Interval(day, min(day + width, LAST_DAY + 1)))

    assert all(t.span.text == text[t.span.start : t.span.end] != "" for t in found)
    ends = [end for t in found for end in (t.span.start, t.span.end)]
    assert sorted(ends) == ends
    for timex in found:
        if timex.interval and timex.interval.first is not None and timex.interval.stop is not None:
            assert FIRST_DAY <= timex.interval.first < timex.interval.stop <= LAST_DAY + 1


#: What a repeated group must not match both once and twice in a row: it could be cut in countless ways.
_UNITS = [*"Aa1_ .,-'\"(é", "Aa", "A ", "a ", " A", " a", "1,", "a-"]


@pytest.mark.parametrize(
    "module", sorted(m.name for m in pkgutil.walk_packages(package.__path__, "timeline."))
)
def test_no_pattern_can_be_matched_in_countless_ways(module: str) -> None:
    """A group repeated often, "(word, maybe a space)+", hangs on a long word that does not fit the rest,
    unless nothing follows that could fail."""
    if ".train" in module or module.endswith("__main__"):
        return  # reads no articles
    for name, pattern in _patterns(vars(import_module(module)).items()):
        for group, rest in _repeated_groups(pattern.pattern):
            once = re.compile(group, pattern.flags)
            many = [unit for unit in _UNITS if once.fullmatch(unit) and once.fullmatch(unit * 2)]
            assert not many or not rest.strip(")"), f"{name}: {group} matches {many} once and twice"


def _patterns(values: Iterable[tuple[str, object]]) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, value in values:
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
            yield name, value
        elif isinstance(value, tuple | list):
            yield from _patterns((name, item) for item in value)
        elif isinstance(value, dict):
            yield from _patterns((name, item) for item in value.values())


def _repeated_groups(pattern: str) -> Iterator[tuple[str, str]]:
    """The groups that may be repeated more than four times, and what follows each."""
    opened: list[int] = []
    for sign in re.finditer(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]", pattern):
        if sign[0] == "(":
            opened.append(sign.start())
        elif sign[0] == ")":
            start = opened.pop()
            times = re.match(r"[*+]|\{\d*,(\d*)\}", pattern[sign.end() :])
            if times and (times[1] is None or times[1] == "" or int(times[1]) > 4):
                yield pattern[start : sign.end()], pattern[sign.end() + times.end() :]
