"""Which way a clause looks: the words beside an expression first, then the tense of its clause.

"Friday" is last Friday or next Friday. `CUES` says what decides, row by row; the first that holds wins. Each
is named in the words it goes by, so that an answer can say why.
"""

# ruff: noqa: E501  (a cue is one row of a table)
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Final

from timeline.model import Tense

TenseOf = Callable[[int, int], Tense | None]


class Way(Enum):
    """Where the day of an expression lies, seen from the publication date."""

    BACK = "back"
    AHEAD = "ahead"
    NEAREST = "nearest"
    """On either side, whichever is nearer."""
    OPEN = "open"
    """Nothing says so: news looks back, and a date without a year is the nearest."""


#: Words that may stand between a cue and the expression.
_BETWEEN: Final = r"(?: (?:on|in|at|for|the|late|early|this|mid|a|its))*[ -]*$"
#: Words right before an expression that point ahead of the publication date.
_AHEAD: Final = re.compile(
    r"\b(?:by|no later than|as early as|as soon as|as late as|starting|beginning|effective|due"
    r"|scheduled|planned|expected|slated|set(?= for\b)|postponed|delayed|upcoming|coming|next"
    r"|ahead of|approaching)" + _BETWEEN,
    re.IGNORECASE,
)
#: The same for the past. "Until" points back where a sentence begins with it, ahead everywhere else.
_BACK: Final = re.compile(r"(?:\bsince|\blast|\bpast|\bago|(?:^|[.!?”\"]\s+)Until)" + _BETWEEN, re.IGNORECASE)
#: Said of a season or a feast that is still to come: "with Ramadan approaching".
_COMES: Final = re.compile(r"\s+(?:(?:is|was) )?(?:approach(?:es|ing|ed)|near(?:s|ing)|loom(?:s|ing))\b")
_ENDED: Final = re.compile(r"\s+ended\b")
#: "Through Friday" looks ahead unless the verb is past.
_THROUGH: Final = re.compile(r"\bthrough" + _BETWEEN, re.IGNORECASE)
_UNTIL: Final = re.compile(r"\b(?:until|till)" + _BETWEEN, re.IGNORECASE)
#: A verb of the past that the expression follows at once: "the order issued Thursday".
_JUST_DONE: Final = re.compile(
    r"\b(?<!be )(?<!to )(?!scheduled|planned|expected|slated|need|postponed|delayed)[a-z]{2,}ed(?: on| in)? $"
)
#: Plans told in the past tense still lie ahead.
_PLANNED: Final = re.compile(
    r"\b(?:scheduled|planned|planning|slated|due|poised|ready|preparing|upcoming|to be (?:[a-z]+ed|held))\b",
    re.IGNORECASE,
)
#: Verbs of the timetable: in the present tense they tell what is to come ("the trial begins Monday").
_TIMETABLE: Final = re.compile(
    r"\b(?:begins?|starts?|opens|resumes?|expires?|lapses?|ends|arrives?|departs?|convenes?|meets?|votes?|speaks"
    r"|takes? (?:effect|place|office)|kicks? off|goes to trial|airs)\b[^.;,]{0,40}$"
)
_WILL: Final = re.compile(
    r"\b(?:will|won[’']t|shall|[a-z]+[’']ll"
    r"|(?:is|are) (?:expected|scheduled|due|set|planning|going|slated|to)\b"
    r"|plans? to|expects? to|hopes? to|intends? to|agreed to|to resume|to begin|would be)\b",
    re.IGNORECASE,
)
#: Cut short, "will" is no noun; a parse may not see that it is the verb.
_SHALL: Final = re.compile(r"\b[a-z]+[’']ll\b", re.IGNORECASE)
#: "is to resume trading Tuesday"; not "is to blame", which names no deed.
_DUE: Final = re.compile(r"\b(?:is|are) (?:expected |scheduled |due |set |slated )?to (?!blame\b)[a-z]+\b")
_DID: Final = re.compile(
    r"\b(?<!\bbe )(?:was|were|had|did|said|told|began|became|bought|broke|brought|came|fell|fled|fought|found|gave|got|held|hit"
    r"|kept|left|led|lost|made|met|ran|rose|sank|sat|saw|sent|shot|sold|spoke|stood|struck|took|went|won|wrote"
    r"|[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
#: A plan seen from later, which may be over or not: "had been due to expire Friday", "as originally planned
#: Saturday night". The nearest day is meant, on either side.
_WAS_PLANNED: Final = re.compile(
    r"\bhad been (?:\w+ly )?(?:due|scheduled|set|expected|supposed|slated|planned)\b"
    r"|\b(?:previously|originally|initially) (?:planned|scheduled|set|due|slated|expected)\b",
    re.IGNORECASE,
)
#: After a past verb: "an ultimatum that demanded they withdraw, starting at noon Saturday".
_STARTING: Final = re.compile(
    r"\b(?:starting|beginning)(?: (?:on|at|from|noon|midnight))*[ -]*$", re.IGNORECASE
)
#: "set Friday as the deadline"; "planned for Saturday was canceled".
_FIXED: Final = re.compile(r"\bset $", re.IGNORECASE)
_AS: Final = re.compile(r"\s+as\b")
_CALLED_OFF: Final = re.compile(
    r"\s+(?:was|were) (?:abruptly |suddenly )?(?:cancell?ed|called off|scrapped|dropped)\b"
)
#: "Could not be reached Monday" tells of a day that is over, unlike "could vote Monday".
_COULD_NOT: Final = re.compile(
    r"\b(?:could not|couldn[’']t|could (?:not )?be (?:found|located|reached)|could only)\b", re.IGNORECASE
)
#: "agreed on a plan to buy it in January": the infinitive may lie ahead of its past verb.
_TO_DO: Final = re.compile(r"\bto (?!the\b|a\b|an\b|his\b|her\b|its\b|their\b|about\b)[a-z]+\b(?! [A-Z])")
#: What is over once it has a day of its own; "Friday's election" may still lie ahead.
_DONE: Final = re.compile(
    r"[’']s? +(?:\w+ +){0,3}?(?:announcement|attacks?|blasts?|bombings?|clash(?:es)?|crash|decision|disaster"
    r"|earthquake|explosions?|fire|killings?|loss(?:es)?|massacre|order|raids?|report|resolution|ruling|shootings?|slayings?"
    r"|statement|strikes?|veto|victory)\b"
)
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?”\"’']\s+|\n\s*)(?:on|in|by|at|next)?\s*$", re.IGNORECASE)
#: "The first vote in two years" counts back, whatever the tense.
_RECORD: Final = re.compile(
    r"\b(?:first|second|third|only|\w+est)\b[^,.;]{0,60} in (?:about |nearly |almost |more than )?$"
)
_LENGTH: Final = re.compile(r"(?:[\w-]+\s+){1,3}(?:days?|weeks?|months?|years?|decades?)\b")
#: What follows is a clause of its own, so that the verb before is the one that counts.
_NEW_CLAUSE: Final = re.compile(r",? (?:as|when|while|after|before|because|although|though|unless) (?!of\b)")
_CLAUSE: Final = re.compile(
    r"[.;:!?\n“”\"]\s|\bbut\b|\bwhile\b|\bwho\b|\bwhich\b|, (?:and|as)\b|\bafter\b|\bsince\b"
)

#: How far around an expression words can say which way its clause looks, in characters.
_REACH: Final = 120


@dataclass(frozen=True)
class _Beside:
    """An expression, what stands around it, and the tense of its clause."""

    text: str
    start: int
    end: int
    tense: Tense | None

    @cached_property
    def before(self) -> str:
        """The words before it, blanks made single, with one at the end."""
        return " ".join(self.text[max(0, self.start - _REACH) : self.start].split()) + " "

    @cached_property
    def clause(self) -> str:
        """Those of its own clause."""
        return _CLAUSE.split(self.before)[-1]

    @cached_property
    def rest(self) -> str:
        """The words after it, up to the end of its clause."""
        return _CLAUSE.split(self.text[self.end : self.end + _REACH])[0]

    def followed(self, pattern: re.Pattern[str]) -> bool:
        """True if the pattern follows at once."""
        return pattern.match(self.text, self.end) is not None

    @property
    def opens(self) -> bool:
        """True if it stands at the beginning of its sentence."""
        return _SENTENCE_START.search(self.text[max(0, self.start - _REACH) : self.start]) is not None


@dataclass(frozen=True, slots=True)
class Cue:
    """What can decide: its name, in the words it goes by, and when it holds."""

    name: str
    way: Way
    holds: Callable[[_Beside], object]


@dataclass(frozen=True, slots=True)
class Look:
    """Which way, and the cue that said so; "" if none did."""

    way: Way = Way.OPEN
    cue: str = ""


def _is_past(it: _Beside) -> bool:
    return it.tense is Tense.PAST


CUES: Final = (
    Cue("had been due <date>", Way.NEAREST, lambda it: _WAS_PLANNED.search(it.clause)),
    Cue("set <date> as", Way.NEAREST, lambda it: _FIXED.search(it.before) and it.followed(_AS)),
    Cue("planned for <date> was canceled", Way.NEAREST, lambda it: _PLANNED.search(it.clause) and it.followed(_CALLED_OFF)),
    Cue("demanded ... starting <date>", Way.NEAREST, lambda it: _STARTING.search(it.before) and _DID.search(it.before) and not _WILL.search(it.before)),
    Cue("since <date>", Way.BACK, lambda it: _BACK.search(it.before)),
    Cue("<date> ended", Way.BACK, lambda it: it.followed(_ENDED)),
    Cue("the first in <length>", Way.OPEN, lambda it: _RECORD.search(it.before) and _LENGTH.match(it.text, it.start)),
    Cue("until <date>", Way.AHEAD, lambda it: _UNTIL.search(it.before)),
    Cue("<date> approaching", Way.AHEAD, lambda it: it.followed(_COMES)),
    Cue("<date>'s attack", Way.BACK, lambda it: it.followed(_DONE)),
    Cue("was wanted by <date>", Way.OPEN, lambda it: _AHEAD.search(it.before) and _is_past(it) and not _PLANNED.search(it.before[-40:])),
    Cue("by <date>", Way.AHEAD, lambda it: _AHEAD.search(it.before)),
    Cue("issued <date>", Way.BACK, lambda it: _JUST_DONE.search(it.before)),
    Cue("ran through <date>", Way.OPEN, lambda it: _THROUGH.search(it.before) and (_is_past(it) or (it.tense is None and _DID.search(it.clause)))),
    Cue("through <date>", Way.AHEAD, lambda it: _THROUGH.search(it.before)),
    Cue("on <date> they will", Way.AHEAD, lambda it: it.opens and _first(_WILL, _DID, it.rest)),
    Cue("did <date> as", Way.BACK, lambda it: it.followed(_NEW_CLAUSE) and _DID.search(it.clause) and not _last(_TO_DO, _DID, it.clause) and not _last(_WILL, _DID, it.clause)),
    Cue("could not <date>", Way.BACK, lambda it: it.tense is Tense.FUTURE and _COULD_NOT.search(it.clause) and not _WILL.search(it.clause)),
    Cue("future tense", Way.AHEAD, lambda it: it.tense is Tense.FUTURE),
    Cue("scheduled for <date>", Way.AHEAD, lambda it: _PLANNED.search(it.clause) and "said" not in it.clause),
    Cue("begins <date>", Way.AHEAD, lambda it: not _is_past(it) and _TIMETABLE.search(it.clause) and not _DID.search(it.clause)),
    Cue("is to do <date>", Way.AHEAD, lambda it: not _is_past(it) and _last(_DUE, _DID, it.clause)),
    Cue("agreed to do <date>", Way.OPEN, lambda it: _is_past(it) and _last(_TO_DO, _DID, it.clause)),
    Cue("past tense", Way.BACK, _is_past),
    Cue("they'll <date>", Way.AHEAD, lambda it: _last(_SHALL, _DID, it.clause)),
    Cue("present tense", Way.OPEN, lambda it: it.tense is not None),
    Cue("will <date>", Way.AHEAD, lambda it: _last(_WILL, _DID, it.clause)),
    Cue("did <date>", Way.BACK, lambda it: _DID.search(it.clause)),
    Cue("<date> they will", Way.AHEAD, lambda it: _first(_WILL, _DID, it.rest)),
    Cue("<date> they did", Way.BACK, lambda it: _DID.search(it.rest)),
)  # fmt: skip


def look(text: str, start: int, end: int, tense: TenseOf | None) -> Look:
    """Which way the clause around an expression looks, and why.

    >>> look("A verdict is expected by Friday.", 25, 31, None)
    Look(way=<Way.AHEAD: 'ahead'>, cue='by <date>')
    """
    it = _Beside(text, start, end, tense(start, end) if tense is not None else None)
    return next((Look(cue.way, cue.name) for cue in CUES if cue.holds(it)), Look())


def _first(one: re.Pattern[str], other: re.Pattern[str], text: str) -> bool:
    """True if one pattern is found, and not the other before it."""
    found = one.search(text)
    rival = other.search(text) if found else None
    return found is not None and (rival is None or found.start() < rival.start())


def _last(one: re.Pattern[str], other: re.Pattern[str], text: str) -> bool:
    """True if one pattern is found after the last of the other."""
    ends = [max((m.start() for m in pattern.finditer(text)), default=-1) for pattern in (one, other)]
    return ends[0] > ends[1]
