"""Times that name no date: "now", "recently", "the future"."""

# ruff: noqa: E501  (a rule is one row of a table)
from __future__ import annotations

from typing import Final

from timeline.timex.grammar import Rule
from timeline.timex.meaning import DayPart, Reference, Relative, Same
from timeline.timex.units import Unit

#: Before the dates, for "today" is one of those everywhere else.
TIMELESS: Final = (
    Rule("today's <world>", "REF", "today << 's OTHER? GENERIC", lambda: Reference("PRESENT_REF")),
    Rule("the <world> of today", "REF", "(GENERIC of) >> today", lambda: Reference("PRESENT_REF")),
    Rule("the <people> of tomorrow", "REF", "(GENERIC of) >> tomorrow <<! ('s)", lambda: Reference("FUTURE_REF")),
)  # fmt: skip

REFERENCES: Final = (
    Rule("now", "REF", "from !>> value:SMALLNOW <<! (-|as)", Reference),
    Rule("Now", "REF", "(NAME|from) !>> value:CAPNOW <<! (-|as|,)", Reference),
    Rule("at the moment", "REF", "value:PRESENT", Reference),
    Rule("the future", "REF", "the future <<! (of|OTHER|NAME)", lambda: Reference("FUTURE_REF")),
    Rule("soon", "REF", "soon <<! (as|after|be|OTHER)", lambda: Reference("FUTURE_REF")),
    Rule("the past", "REF", "(in|of|from) >> the past << (,|.|PARAGRAPH|and|but|by|when|as|because)", lambda: Reference("PAST_REF")),
    Rule("future <units>", "REF", "(the)? future unit:UNITS", lambda unit: Reference("FUTURE_REF")),
    Rule("tonight", "TIME", "steps:TONIGHT", lambda steps: DayPart("NI", Relative(Unit.DAY, steps))),
    Rule("last night", "TIME", "last part:PART", lambda part: DayPart(part, Relative(Unit.DAY, -1))),
    Rule("this morning", "TIME", "this part:PART", lambda part: DayPart(part, Relative(Unit.DAY, 0))),
    Rule("the next morning", "TIME", "(the)? (next|following) part:PART", lambda part: DayPart(part, Same(Unit.DAY, 1))),
    Rule("the previous <night>", "TIME", "(the)? (previous|preceding|prior) part:PART", lambda part: DayPart(part, Same(Unit.DAY, -1))),
    Rule("the <night> before", "TIME", "the part:PART before << (,|.|PARAGRAPH)", lambda part: DayPart(part, Same(Unit.DAY, -1))),
    Rule("that night", "TIME", "(that|the same|that same) part:PART", lambda part: DayPart(part, Same(Unit.DAY, 0, now=True))),
    Rule("overnight", "TIME", "overnight <<! (on)? (WEEKDAY|MONTH|TODAY)", lambda: DayPart("NI", Relative(Unit.DAY, 0))),
)  # fmt: skip
