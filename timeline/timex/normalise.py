"""Meaning x anchor -> TIMEX3 type, value and days: arithmetic alone, no text and no clock.

`Anchor` says when the article was published, which time was named last, and which way the clause looks.
What would fall outside the years 1 to 9999 is left unresolved, never clamped to a wrong date. Each module
named here teaches `resolve` the meanings it knows.
"""

from timeline.timex import counted, measured, named
from timeline.timex.resolved import Anchor, Resolved, resolve

__all__ = ["Anchor", "Resolved", "counted", "measured", "named", "resolve"]
