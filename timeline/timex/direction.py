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
#: "is to resume trading Tuesday"; not "is to blame", which names no deed.
_DUE: Final = re.compile(r"\b(?:is|are) (?:expected |scheduled |due |set |slated )?to (?!blame\b)[a-z]+\b")
_DID: Final = re.compile(
    r"\b(?:was|were|had|did|said|told|began|became|bought|broke|brought|came|fell|fled|fought|found|gave|got|held|hit"
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


def ahead(text: str, start: int, end: int, tense: TenseOf | None) -> int:
    """+1 if the words or the tense point ahead of the publication date, -1 if back, 0 if nothing says so."""
    before = _words_before(text, start)
    known = tense(start, end) if tense is not None else None
    if _BACK.search(before) or _ENDED.match(text, end):
        return -1
    if _RECORD.search(before) and _LENGTH.match(text, start):
        return 0
    if _UNTIL.search(before) or _COMES.match(text, end):
        return 1
    if _DONE.match(text, end):
        return -1
    if _AHEAD.search(before):
        return 0 if known is Tense.PAST and not _PLANNED.search(before[-40:]) else 1
    if _JUST_DONE.search(before):
        return -1
    clause, rest = _CLAUSE.split(before)[-1], _CLAUSE.split(text[end : end + _REACH])[0]
    if _THROUGH.search(before):
        return 0 if known is Tense.PAST or (known is None and _DID.search(clause)) else 1
    if _SENTENCE_START.search(text[max(0, start - _REACH) : start]) and _first(_WILL, _DID, rest):
        return 1
    if _NEW_CLAUSE.match(text, end) and not _last(_TO_DO, _DID, clause) and (way := _by_words(clause, "")):
        return way
    if known is Tense.FUTURE and _COULD_NOT.search(clause) and not _WILL.search(clause):
        return -1
    if known is Tense.FUTURE or (_PLANNED.search(clause) and "said" not in clause):
        return 1
    if known is not Tense.PAST and (
        (_TIMETABLE.search(clause) and not _DID.search(clause)) or _last(_DUE, _DID, clause)
    ):
        return 1
    if known is Tense.PAST and _last(_TO_DO, _DID, clause):
        return 0
    if known is not None:
        return -1 if known is Tense.PAST else 0
    return _by_words(clause, rest)


def near(text: str, start: int, end: int) -> bool:
    """True if a plan is told that may be over or not: the nearest day is meant, on either side."""
    before = _words_before(text, start)
    clause = _CLAUSE.split(before)[-1]
    if _STARTING.search(before) and _DID.search(before) and not _WILL.search(before):
        return True
    if _WAS_PLANNED.search(clause) or (_FIXED.search(before) and _AS.match(text, end)):
        return True
    return bool(_PLANNED.search(clause) and _CALLED_OFF.match(text, end))


def _words_before(text: str, start: int) -> str:
    return " ".join(text[max(0, start - _REACH) : start].split()) + " "


def _first(one: re.Pattern[str], other: re.Pattern[str], text: str) -> bool:
    """True if one pattern is found, and not the other before it."""
    found = one.search(text)
    rival = other.search(text) if found else None
    return found is not None and (rival is None or found.start() < rival.start())


def _last(one: re.Pattern[str], other: re.Pattern[str], text: str) -> bool:
    """True if one pattern is found after the last of the other."""
    ends = [max((m.start() for m in pattern.finditer(text)), default=-1) for pattern in (one, other)]
    return ends[0] > ends[1]


def _by_words(clause: str, rest: str) -> int:
    wills = [m.start() for m in _WILL.finditer(clause)]
    dids = [m.start() for m in _DID.finditer(clause)]
    if wills or dids:
        return 1 if max(wills, default=-1) > max(dids, default=-1) else -1
    if _first(_WILL, _DID, rest):
        return 1
    return -1 if _DID.search(rest) else 0
