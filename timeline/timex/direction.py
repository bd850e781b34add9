"""Which way a clause looks: the words before an expression first, then the tense of its clause."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from timeline.model import Tense

TenseOf = Callable[[int, int], Tense | None]

#: Words that may stand between a cue and the expression.
_BETWEEN: Final = r"(?: (?:on|in|at|for|the|late|early|this|mid|a|its))*[ -]*$"
#: Words right before an expression that point ahead of the publication date.
_AHEAD: Final = re.compile(
    r"\b(?:by|no later than|as early as|as soon as|as late as|starting|beginning|effective|due"
    r"|scheduled|planned|expected|slated|set|postponed|delayed|upcoming|coming|next"
    r"|ahead of|approaching)" + _BETWEEN,
    re.IGNORECASE,
)
#: The same for the past. "Until" points back where a sentence begins with it, ahead everywhere else.
_BACK: Final = re.compile(r"(?:\bsince|\blast|\bpast|\bago|(?:^|[.!?”\"]\s+)Until)" + _BETWEEN, re.IGNORECASE)
#: Said of a season or a feast that is still to come: "with Ramadan approaching".
_COMES: Final = re.compile(r"\s+(?:(?:is|was) )?(?:approach(?:es|ing|ed)|near(?:s|ing)|loom(?:s|ing))\b")
_ENDED: Final = re.compile(r"\s+ended\b")
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
_DID: Final = re.compile(
    r"\b(?:was|were|had|did|said|told|began|became|bought|broke|brought|came|fell|fled|fought|found|gave|got|held|hit"
    r"|kept|left|led|lost|made|met|ran|rose|sank|sat|saw|sent|shot|sold|spoke|stood|struck|took|went|won|wrote"
    r"|[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    r"[.;:!?\n“”\"]\s|\bbut\b|\bwhile\b|\bwho\b|\bwhich\b|, (?:and|as)\b|\bafter\b|\bsince\b"
)

#: How far around an expression words can say which way its clause looks, in characters.
_REACH: Final = 120


def ahead(text: str, start: int, end: int, tense: TenseOf | None) -> int:
    """+1 if the words or the tense point ahead of the publication date, -1 if back, 0 if nothing says so."""
    before = " ".join(text[max(0, start - _REACH) : start].split()) + " "
    known = tense(start, end) if tense is not None else None
    if _BACK.search(before) or _ENDED.match(text, end):
        return -1
    if _UNTIL.search(before) or _COMES.match(text, end):
        return 1
    if _AHEAD.search(before):
        return 0 if known is Tense.PAST and not _PLANNED.search(before[-40:]) else 1
    if _JUST_DONE.search(before):
        return -1
    clause = _CLAUSE.split(before)[-1]
    if known is Tense.FUTURE or (_PLANNED.search(clause) and "said" not in clause):
        return 1
    if known is not Tense.PAST and _TIMETABLE.search(clause) and not _DID.search(clause):
        return 1
    if known is not None:
        return -1 if known is Tense.PAST else 0
    return _by_words(clause, text[end : end + _REACH])


def _by_words(clause: str, after: str) -> int:
    rest = _CLAUSE.split(after)[0]
    wills = [m.start() for m in _WILL.finditer(clause)]
    dids = [m.start() for m in _DID.finditer(clause)]
    if wills or dids:
        return 1 if max(wills, default=-1) > max(dids, default=-1) else -1
    will, did = _WILL.search(rest), _DID.search(rest)
    if will and (not did or will.start() < did.start()):
        return 1
    return -1 if did else 0
