"""The grammar, level by level; a row of a level is one rule, named in the words it matches.

Within a level the leftmost match wins, then the longest, then the earlier row. What a level folds is one
item for the levels after it.
"""

from __future__ import annotations

from collections.abc import Iterator

from timeline.timex.grammar import Level, Rule
from timeline.timex.rules import amounts, attached, clocks, dates, numbers, periods, ranges, references, sets

#: In the order they are applied.
LEVELS: tuple[Level, ...] = (
    (*numbers.YEARS, *numbers.NUMBERS),
    numbers.FRACTIONS,
    (*clocks.CLOCKS, *amounts.LENGTHS, *dates.FIGURES),
    amounts.SUMS,
    amounts.JOINED,
    (
        *references.TIMELESS,
        *sets.SETS,
        *dates.DATES,
        *periods.PERIODS,
        *amounts.SPANS,
        *references.REFERENCES,
    ),
    (*attached.AWAY, *attached.PARTS),
    attached.EDGES,
    attached.HOURS,
    attached.TIMES,
    ranges.RANGES,
)


def rules() -> Iterator[Rule]:
    """Every rule, in order."""
    for level in LEVELS:
        yield from level
