"""Timelines to draw: the ones that break careless layouts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

from timeline.interval import Grain, Interval
from timeline.model import (
    Article,
    Basis,
    Citation,
    Discrepancy,
    Event,
    Publication,
    Reading,
    Relation,
    Span,
    Status,
    Timeline,
    When,
)
from timeline.render.dates import Dates

QUOTE = Span(0, 5, "Words")
DAY = Interval.on


def article(number: int, **more: object) -> Article:
    """A numbered article; three in four have a publication date."""
    published = Publication(DAY("2024-04-02"), Basis.STATED) if number % 4 else Publication()
    values = {"title": f"Report number {number} from the harbour", "path": f"in/{number}.txt"}
    return Article(f"a{number}", "Words", number=number, published=published, **{**values, **more})  # type: ignore[arg-type]


def event(
    n: int,
    title: str,
    days: Interval | None,
    *cited: int,
    status: Status = Status.OCCURRED,
    fills: bool = False,
    shown: bool = True,
    who: tuple[str, ...] = (),
    kind: str = "",
) -> Event:
    """A shown event that the given articles tell of (the first, if none is named)."""
    citations = tuple(Citation(f"a{c}", QUOTE, QUOTE, status) for c in cited or (1,))
    text = "date unknown" if days is None else Dates().interval(days)
    when = When(days, Grain.DAY if days else None, fills)
    return Event(
        f"ev-{n:010x}", title, status, when, text, kind, who, citations=citations, shown=shown, salience=1 / n
    )


def timeline(title: str, *events: Event, articles: int = 5) -> Timeline:
    """Those events, the first of them disputed."""
    readings = (Reading("212", "a1", QUOTE), Reading("230", "a2", QUOTE))
    disputes = (Discrepancy(events[0].id, "killed", readings),) if events else ()
    return Timeline(title, tuple(article(n + 1) for n in range(articles)), events, discrepancies=disputes)


NAMES = ((), ("Harbour board",), ("Port workers’ union", "City"), ("City",))


def tied(tl: Timeline) -> Timeline:
    """The same, some events tied to earlier ones by words."""
    types = ("responds to", "because of", "despite", "after")
    ids = [e.id for e in tl.events]
    ties = [(n, n - 1 - n * 7 % 5, types[n % 4]) for n in range(2, min(len(ids), 40), 3)]
    relations = (Relation(ids[a], ids[max(b, 0)], type, "words") for a, b, type in ties)
    return replace(tl, relations=tuple(relations))


def spread_out(count: int) -> Timeline:
    """Many events over a year, most of them in one month; every status, intervals, open ends, no date."""
    statuses = list(Status)
    events = []
    for n in range(1, count + 1):
        first = 738_700 + (n * n * 7 % 365 if n % 3 else 250 + n % 23)
        days: Interval | None = Interval(first, first + 1)
        if n % 10 == 4:
            days = Interval(first, first + 30)
        if n % 17 == 5:
            days = Interval(first, None) if n % 2 else Interval(None, first)
        if n % 19 == 7:
            days = None
        events.append((first, event(n, f"Delegates reach article {n} of the harbour treaty after talks", days,
                                    *sorted({1 + n % 5, 1 + n * 3 % 5}),
                                    status=statuses[n % 7 if n % 2 else 0], fills=n % 4 == 0,
                                    who=NAMES[n % 4],
                                    kind=("vote", "strike", "talks")[n * n % 3])))  # fmt: skip
    return tied(timeline(f"{count} events", *(e for _, e in sorted(events, key=lambda pair: pair[0]))))


def hostile() -> Timeline:
    """Titles that break careless programs."""
    titles = [
        "A resolution nobody could read aloud in one breath " * 6,
        "x" * 80,
        "Costs $5 to $6_{0}^2 & <b>bold</b> \\frac{1}{2} %s {0} --> ]]> \x00\x1b[0m",
        "أعلنت الحكومة حالة الطوارئ في ثلاث محافظات بعد 14 يوما",
        "\u202eturned round\u202c \ud800",
        "",
        "ÅÇ Ýgjpqy " * 12,
    ]
    days = [DAY(f"2024-03-{n:02d}") for n in range(1, 8)]
    events = [event(n, t, d, 1, 2, 3) for n, (t, d) in enumerate(zip(titles, days, strict=True), 1)]
    return timeline("$\\alpha$ --> </title> & \x00 " + "Hostile " * 20, *events)


def scripts() -> Timeline:
    """Titles, names and sources from right to left, in letters without spaces, and in both directions."""
    titles = (
        "أعلنت الحكومة حالة الطوارئ في ثلاث محافظات بعد 14-0 في التصويت",
        "הנמל נפתח מחדש אחרי הסערה",
        "港口在风暴过后重新开放，委员会批准了新的条约。",
        "तूफ़ान के बाद बंदरगाह फिर से खुला",
        "Порт открылся после шторма",
        "The port (الميناء) reopens",
    )
    who = ("הנמל", "الحكومة")
    events = [
        event(n, title, DAY(f"2024-03-{4 * n:02d}"), 1, 2, who=(who[n % 2],))
        for n, title in enumerate(titles, 1)
    ]
    return timeline("المرفأ بعد العاصفة", *events)


def enclosed() -> Timeline:
    """Intervals around everything."""
    around = [
        event(n, f"Emergency {n}", Interval(738_600 + n, 738_900), fills=n % 2 == 0) for n in range(1, 6)
    ]
    inside = [event(n, f"Incident {n}", Interval(738_700 + n, 738_701 + n)) for n in range(6, 10)]
    ever = event(20, "Blockade", Interval(None, 738_800), fills=True)
    return timeline("Enclosed", ever, *around, *inside)


CASES: MappingProxyType[str, Callable[[], Timeline]] = MappingProxyType(
    {
        "nothing": lambda: timeline("Nothing"),
        "one": lambda: timeline("One", event(1, "The quay opens", DAY("2024-03-25"))),
        "undated": lambda: timeline(
            "No dates", event(1, "Officials deny a crack", None, status=Status.DENIED)
        ),
        "five": lambda: spread_out(5),
        "twelve": lambda: spread_out(12),
        "thirty": lambda: spread_out(30),
        "120": lambda: spread_out(120),
        "500": lambda: spread_out(500),
        "one day": lambda: timeline(
            "One day",
            *(event(n, f"Vote {n} on the harbour bill", DAY("2024-03-25"), 1, 2) for n in range(1, 21)),
        ),
        "a title of 300 letters": lambda: timeline(
            "The longest title anybody could write for a timeline of a harbour " * 5,
            *(event(n, ("The board of the harbour " * 12)[:300], DAY(f"2024-03-0{n}")) for n in (1, 2, 5)),
        ),
        "hostile": hostile,
        "any script": scripts,
        "a thousand years": lambda: timeline(
            "Apart",
            event(1, "Chapter founded", DAY("1023-05-04")),
            event(2, "Chapter closed", DAY("2023-05-04")),
        ),
        "enclosed": enclosed,
        "the calendar's ends": lambda: timeline(
            "Ends", event(1, "First", DAY("0001-01-01")), event(2, "Last", DAY("9999-12-31"))
        ),
    }
)
