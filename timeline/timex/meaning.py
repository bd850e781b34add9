"""What an expression means before it is known when it was written: small records that nest.

"Late Friday, two weeks ago" is read once into these; `normalise` turns them into days for one anchor.
None of them knows a date of its own unless the text gives it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from timeline.timex.units import Unit


class Base(Enum):
    """What an expression is counted from."""

    NOW = "the publication date"
    THEN = "the time named last"


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date by its figures, as many as the text gives: "March 22", "1999", "Friday the 13th", "44 BC"."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """0 is Monday."""
    bc: bool = False


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, seen from the anchor: "Monday" (0 weeks), "next Monday", "Monday of last week"."""

    weekday: int
    which: int | None = None
    """-1 the last one, 0 this week's, +1 the next one, 2 the coming one, 3 and 4 a week or two after that;
    None if the text does not say."""
    week: Meaning | None = None
    """The week it lies in, if named: "Tuesday of next week"."""
    base: Base = Base.NOW


@dataclass(frozen=True, slots=True)
class YearPart:
    """A quarter, half or season by its number, in a year that may be named."""

    unit: Unit
    number: int
    year: Meaning | None = None
    which: int | None = None
    """As in `Weekday`: "last summer", "this fall"."""
    base: Base = Base.NOW


@dataclass(frozen=True, slots=True)
class MonthOf:
    """A month by its name, from the anchor or in a year told in words: "last May", "June of next year"."""

    month: int
    which: int | None = None
    year: Meaning | None = None
    day: int | None = None
    base: Base = Base.NOW


@dataclass(frozen=True, slots=True)
class Feast:
    """A holiday by its key in `holidays`."""

    key: str
    year: Meaning | None = None
    which: int | None = None


@dataclass(frozen=True, slots=True)
class FeastWeekend:
    """The weekend that a holiday makes: "Labor Day weekend"."""

    feast: Feast


@dataclass(frozen=True, slots=True)
class Fixed:
    """A period the text fixes for good: "the 1980s", "the 20th century", "week 12 of 2024"."""

    unit: Unit
    index: int


@dataclass(frozen=True, slots=True)
class Relative:
    """So many whole units from the one that holds the anchor: "last week", "today", "next year"."""

    unit: Unit
    steps: int
    base: Base = Base.NOW


@dataclass(frozen=True, slots=True)
class Length:
    """An amount of time; a number of None is "several"."""

    amounts: tuple[tuple[float | None, Unit], ...]
    mod: str = ""

    @property
    def unit(self) -> Unit:
        """The largest unit named."""
        return self.amounts[0][1]


@dataclass(frozen=True, slots=True)
class Away:
    """A length before or after an anchor: "two days ago", "three weeks from Tuesday", "a year earlier"."""

    length: Length
    sign: int
    base: Base | Meaning = Base.NOW
    weekday: int | None = None
    """The day of the week it falls on, if said: "Monday two weeks from now"."""


@dataclass(frozen=True, slots=True)
class Nth:
    """The nth unit of a period; -1 is the last: "the second week of May", "the last day of the year"."""

    number: int
    unit: Unit
    of: Meaning
    weekday: int | None = None
    """For "the third Thursday of November"."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A part of a period: "early December", "the end of 1990", "earlier this month"."""

    mod: str
    of: Meaning
    so_far: int = 0
    """-1: only up to the anchor ("earlier this month"); +1: only from it on ("later this year")."""
    half: bool = False
    """True for a half of it, not a third: "the second half of the 1990s"."""


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of a day: "Friday morning", "tonight"."""

    part: str
    """TIMEX3 letters: MO, MI, AF, EV, NI, DT."""
    day: Meaning | None = None
    mod: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, on a day that may be named."""

    hour: int
    minute: int | None = None
    second: int | None = None
    half: str = ""
    """`am` or `pm` if the text says so."""
    day: Meaning | None = None
    mod: str = ""


@dataclass(frozen=True, slots=True)
class After:
    """The far end of a range, which lies after its near end: "November" in "from September to November"."""

    near: Meaning
    far: Meaning


@dataclass(frozen=True, slots=True)
class Opening:
    """The near end of a range of months: it may have begun, as long as its last month is not over."""

    month: int
    last: int

    @property
    def first(self) -> MonthOf:
        """Its month by itself."""
        return MonthOf(self.month)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the start of one period to the end of another, told in one word: "2013-14"."""

    first: Meaning
    last: Meaning


@dataclass(frozen=True, slots=True)
class Hours:
    """From one time of day to another: "between 2 and 4:30 p.m."."""

    first: Clock
    last: Clock
    day: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A duration; `sign` -1 if it ends at the anchor ("the past three days"), +1 if it starts there."""

    length: Length
    sign: int = 0
    of: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Due(Span):
    """ "In five years": that far ahead where the clause looks ahead, else only how long it took."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A unit that ends with a day of its own: "the quarter ended July 31"."""

    unit: Unit
    end: Meaning


@dataclass(frozen=True, slots=True)
class Every:
    """A set: what repeats, as a TIMEX3 value."""

    value: str


@dataclass(frozen=True, slots=True)
class Reference:
    """`PRESENT_REF`, `PAST_REF` or `FUTURE_REF`."""

    value: str


@dataclass(frozen=True, slots=True)
class Same:
    """The time named last, at a unit: "that day", "the same week", "the year"."""

    unit: Unit
    steps: int = 0
    now: bool = False
    """True if the publication date comes first: "the year", where "that year" is the one named last."""
    year: int | None = None
    """For "the 1988 period": the like of the time named last, in that year."""
    loose: bool = False
    """True for "period", which may be longer than the quarter named: "the nine months ... that period"."""


Meaning = (
    Calendar | Weekday | YearPart | MonthOf | Feast | FeastWeekend | Fixed | Relative | Away | Nth | Edge
    | After | Opening | Stretch | Ended | Due | DayPart | Clock | Hours | Span | Every | Reference | Same
    | Length
)  # fmt: skip


def turns(meaning: Meaning | None) -> bool:
    """True if a meaning names another day when its clause looks the other way: "Friday", not "last Friday".

    >>> turns(Weekday(4)), turns(Weekday(4, -1)), turns(Edge("START", MonthOf(12)))
    (True, False, True)
    """
    match meaning:
        case Weekday(which=None, week=None, base=Base.NOW) | MonthOf(which=None, year=None):
            return True
        case YearPart(which=None, year=None) | Feast(which=None, year=None) | Due():
            return True
        case Calendar(year=None, bc=False):
            return True
        case (
            Edge(of=inner)
            | Opening(first=inner)
            | Nth(of=inner)
            | FeastWeekend(feast=inner)
            | After(near=inner)
            | Ended(end=inner)
        ):
            return turns(inner)
        case DayPart(day=inner) | Clock(day=inner) | Hours(day=inner):
            return turns(inner)
        case _:
            return False
