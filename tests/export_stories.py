"""Small timelines for the tests of the graph and of every output, and hypothesis strategies for wild ones."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from timeline.interval import Grain, Interval
from timeline.model import (
    Article,
    Basis,
    Citation,
    Discrepancy,
    Event,
    Evidence,
    Publication,
    Quantity,
    Reading,
    Relation,
    Span,
    Status,
    Timeline,
    Timex,
    When,
)


def span(text: str, words: str) -> Span:
    """Where `words` stand in `text`."""
    start = text.index(words)
    return Span(start, start + len(words), words)


def article(number: int, text: str, published: str | None, **more: object) -> Article:
    """An article with a stated publication date, or none."""
    known = Publication()
    if published:
        known = Publication(
            Interval.on(published), Basis.STATED, (Evidence("front matter", published, 6, 16),)
        )
    fields = {"id": f"a{number}", "path": f"a{number}.txt", "title": f"Report {number}", "source": "The Wire"}
    return Article(text=text, number=number, published=known, body=(0, len(text)), **{**fields, **more})  # type: ignore[arg-type]


def event(number: int, title: str, day: str | None, *citations: Citation, **more: object) -> Event:
    """An event on a day, or undated."""
    when = When(Interval.on(day), Grain.DAY, rule="<month> <day>") if day else When()
    fields = {"status": Status.OCCURRED, "date_text": day or "date unknown", "shown": True, "salience": 0.5}
    return Event(id=f"ev-{number:010x}", title=title, when=when, citations=citations, **{**fields, **more})  # type: ignore[arg-type]


def cite(of: Article, quote: str, trigger: str, timex: str = "", **more: object) -> Citation:
    """A citation of the words `quote`, dated by the words `timex`."""
    found, rule = None, "publication date"
    if timex:
        rule = f"“{timex}” by <month> <day>, from published 2024-05-03"
        found = Timex(
            span(of.text, timex), "DATE", "2024-05-02", Interval.on("2024-05-02"), Grain.DAY,
            rule="<month> <day>", anchor="published 2024-05-03",
        )  # fmt: skip
    fields = {"status": Status.OCCURRED, "rule": rule}
    return Citation(
        of.id, span(of.text, quote), span(of.text, trigger), timex=found,
        resolved=When(Interval.on("2024-05-02"), Grain.DAY, rule=rule), **{**fields, **more},  # type: ignore[arg-type]
    )  # fmt: skip


def ferry() -> Timeline:
    """A story with a bit of everything: two readings of a toll, a plan, a date nobody knows."""
    first = article(
        1,
        "A ferry struck the pier at Norhavn on May 2, killing three people. The port will reopen on Monday.",
        "2024-05-03",
        url="https://wire.example/ferry?id=1&x=2",
        headline=(0, 7),
    )
    second = article(
        2,
        "Four people died when a ferry hit the pier, the harbour office said.\nIts master denied drinking.",
        None,
        source="",
        derived=True,
    )
    struck = event(
        1, "Ferry strikes pier at Norhavn", "2024-05-02",
        cite(
            first, "A ferry struck the pier at Norhavn on May 2, killing three people.", "struck", "May 2",
            quantities=(Quantity("killed", 3, span=span(first.text, "three people")),),
        ),
        cite(
            second, "Four people died when a ferry hit the pier", "hit",
            attribution="the harbour office", why="same trigger family and day",
            quantities=(Quantity("killed", 4, approximate=True, bound="at least"),),
        ),
        kind="collision", participants=("Norhavn Ferries", "Harbour Office"), place="Norhavn", salience=0.9,
    )  # fmt: skip
    reopens = event(
        2, "Port to reopen", "2024-05-06",
        cite(first, "The port will reopen on Monday.", "reopen", "Monday", status=Status.PLANNED),
        status=Status.PLANNED, date_text="6 May 2024",
    )  # fmt: skip
    denial = event(
        3, "Master drinks", None,
        cite(second, "Its master denied drinking.", "drinking", status=Status.DENIED),
        status=Status.DENIED,
    )  # fmt: skip
    hidden = event(
        4, "Ferry leaves", "2024-05-02", cite(second, "a ferry hit", "ferry"), shown=False, salience=0.1
    )
    return Timeline(
        title="The Norhavn ferry",
        articles=(first, second),
        events=(struck, hidden, reopens, denial),
        relations=(
            Relation(struck.id, reopens.id, "before", "dates", inferred=True),
            Relation(
                reopens.id, struck.id, "responds to", "words", article="a1", quote=span(first.text, "reopen")
            ),
        ),
        discrepancies=(
            Discrepancy(
                struck.id,
                "killed",
                (
                    Reading("3", "a1", span(first.text, "killing three people")),
                    Reading("at least 4", "a2", span(second.text, "Four people died")),
                ),
            ),
        ),
        warnings=("a3.txt: empty file",),
    )


def without_texts(timeline: Timeline) -> Timeline:
    """What a file of data keeps: everything but the texts that the user has."""
    kept = tuple(a if a.derived else replace(a, text="") for a in timeline.articles)
    return replace(timeline, articles=kept)


# -- wild ones ---------------------------------------------------------------------------------

#: Text that means something to some format.
NASTY = (
    "",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "--><!--]]>",
    '" onmouseover="alert(1)',
    '=HYPERLINK("http://x.example")',
    "\t+1",
    "@SUM(A1)",
    "-1;=2",
    "a | b || c",
    "[x](javascript:alert(1))",
    "![i](http://x.example/p.png)",
    "# no heading",
    "```\n~~~",
    "- [ ] item\n1. one",
    "**b** _i_ `c` $x^2$ \\ ~s~",
    "{{ 7 * 7 }} {% raw %}",
    "&amp; &lt; &#x3c;",
    "\u202eabc\u2066",
    "\x00\x0b\x1b[31m\x85",
    "\ud800",
    "a\r\nb\rc\u2028d",
    "العربية 中文 हिन्दी",
    "👩‍👩‍👧",
    "www.x.example http://x.example a@x.example",
    "[^1] [^1]: note",
    "\\input{/etc/passwd} \\write18{id} \\end{document}",
    "50% of $x_1 & #2 ~ ^ {a} \"b\" -- --- '' `` ,,",
    "one; two, three: four\\n",
    "END:VEVENT\r\nBEGIN:VALARM",
    "title x : y",
    "section a : b",
    "<br/>%%{init: {}}%%",
)

#: Such text among text that means nothing.
nasty = st.one_of(st.text(max_size=30), st.sampled_from(NASTY))

_days = st.dates().map(str)
intervals = st.one_of(
    st.none(),
    _days.map(Interval.on),
    st.tuples(_days, _days).map(sorted).map(lambda pair: Interval.between(*pair)),
    _days.map(lambda day: Interval.between(day, None)),
    _days.map(lambda day: Interval.between(None, day)),
)
whens = st.builds(When, intervals, st.none() | st.sampled_from(Grain), st.booleans(), st.booleans(), nasty)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A span whose length is its text's."""
    text = draw(nasty)
    start = draw(st.integers(0, 10_000))
    return Span(start, start + len(text), text)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Any timeline of two articles and up to three events, all its texts nasty."""
    articles = tuple(
        Article(
            f"{number}{draw(nasty)}",
            text=draw(nasty),
            path=draw(nasty),
            title=draw(nasty),
            source=draw(nasty),
            url=draw(nasty),
            published=Publication(
                draw(intervals), draw(st.sampled_from(Basis)), (Evidence(draw(nasty), draw(nasty)),)
            ),
            derived=draw(st.booleans()),
            number=number,
        )
        for number in (1, 2)
    )
    ids = [a.id for a in articles]
    timexes = st.builds(
        Timex, spans(), nasty, nasty, intervals, st.none() | st.sampled_from(Grain), nasty, nasty, nasty
    )
    quantities = st.builds(Quantity, nasty, st.integers(0, 10**6), st.booleans(), nasty, st.none() | spans())
    citations = st.builds(
        Citation, st.sampled_from(ids), spans(), spans(), st.sampled_from(Status), st.none() | timexes, whens,
        nasty, nasty, st.lists(quantities, max_size=1).map(tuple), nasty,
    )  # fmt: skip
    events = tuple(
        Event(
            id=f"ev-{number:010x}",
            title=draw(nasty),
            status=draw(st.sampled_from(Status)),
            when=draw(whens),
            date_text=draw(nasty),
            kind=draw(nasty),
            participants=tuple(draw(st.lists(nasty, max_size=2))),
            place=draw(nasty),
            salience=draw(st.floats(0, 1)),
            shown=draw(st.booleans()),
            citations=tuple(draw(st.lists(citations, min_size=1, max_size=2))),
        )
        for number in range(draw(st.integers(0, 3)))
    )
    names = [e.id for e in events]
    relations, disputes = (), ()
    if names:
        readings = st.builds(Reading, nasty, st.sampled_from(ids), spans())
        relation = st.builds(
            Relation, st.sampled_from(names), st.sampled_from(names), nasty | st.just("before"),
            st.sampled_from(("dates", "words")), st.booleans(), st.sampled_from(("", *ids)),
            st.none() | spans(),
        )  # fmt: skip
        relations = tuple(draw(st.lists(relation, max_size=3)))
        disputes = tuple(
            draw(
                st.lists(
                    st.builds(
                        Discrepancy, st.sampled_from(names), nasty,
                        st.lists(readings, min_size=2, max_size=2).map(tuple),
                    ),
                    max_size=1,
                )
            )
        )  # fmt: skip
    warnings = tuple(draw(st.lists(nasty, max_size=2)))
    return Timeline(draw(nasty), articles, events, relations, disputes, warnings)
