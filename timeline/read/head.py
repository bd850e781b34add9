"""What the first lines of a text say about it: when it was published, by whom, under what headline.

A head line is judged by what stands before and after the date in it. Each row of HEAD_RULES is one
way in which publishers write; a date in running prose fits none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from timeline.read.days import find_days
from timeline.read.draft import Claim

#: How many non-empty lines a head has at most, and how much of each is looked at.
HEAD_LINES, LINE_CHARS = 6, 200

#: From its first visible character on; leading spaces in the pattern would cost a square of their number.
_LINE: Final = re.compile(r"\S[^\r\n]*")


@dataclass(frozen=True, slots=True)
class HeadRule:
    """One way to state a publication date in a head line."""

    name: str
    before: re.Pattern[str]
    """All of the line before the date."""
    after: re.Pattern[str]
    """All of the line after it."""
    where: str = "head line"


_HOLES: Final = {
    "<clock>": r"(?:<time><gap>{0,3}(?:<zone><gap>{0,3})?(?:on\s)?)?",
    "<label>": r"""(?:(?:first\s|originally\s)?(?:published|posted|issued|released|filed|created)
        |publication\sdate|pub(?:lish)?[\s_]?date|release\sdate
        |date(?:d|line|\spublished|\sposted|\sof\spublication)?
        |ver[öo]ffentlicht|erschienen|erstellt|datum|publi[ée]e?|paru|publicad[oa]|fecha(?:\sde\spublicaci[óo]n)?
        |pubblicat[oa]|data(?:\sdi\spubblicazione|\sde\spublica[çc][ãa]o|\spublikacji)?|gepubliceerd|geplaatst
        |opublikowan[oaey]|опубликован[оаы]|дата(?:\sпубликации)?|опубліковано|publicerad|publicerat|publisert
        |udgivet|julkaistu|yay[ıi]nlanma(?:\starihi)?|publicat|megjelent|δημοσιεύτηκε|تاريخ\sالنشر|نشر\sفي|פורסם
        |diterbitkan|发布时间|發布時間|公開日|掲載日|入力)""",
    "<joint>": r"""(?:\s?(?:on|at|the|am|den|vom|le|el|il|em|op|dnia|da|w\sdniu|den|ב))?\s*[:：\-–—|]*\s*""",
    "<time>": r"""(?:\d{1,2}\s?[:.h]\s?\d{2}(?::\d{2})?(?:\.\d+)?(?:\s?(?i:[ap]\.?m)\b\.?)?
        |\d{1,2}\s?(?i:[ap]\.?m)\b\.?)""",
    "<zone>": r"""(?:\(?(?:[A-Z]{1,5}|[A-Z][a-z]+\stime|local\stime|Uhr|hrs?|heures)
        (?:\s?[+-]\d{1,2}(?::?\d\d)?)?\)?|Z|[+-]\d\d:?\d\d)""",
    "<gap>": r"[\s,|•·/T@–—-]",
    "<name>": r"[^\s.|•·][^|•·\r\n]{1,80}?",
    "<place>": r"[A-ZÀ-Þ][\w.'’()-]*(?:[\s,/]{1,3}(?:[A-ZÀ-Þ(][\w.'’)-]*|de|of|la|el|al|and))*",
    "<dash>": r"(?:--+|[—–]|-(?=\s)|:(?=\s))",
}  # fmt: skip

#: What may follow a date that stands in a line of its own: a time, a zone, then little else.
_TAIL: Final = (
    r"<gap>{0,6}(?:at\s|um\s|à\s|a\slas\s|klo\s)?(?:<time>(?:<gap>{0,3}<zone>)?)?"
    r"(?:\s?[|•·(,;/–—-]{1,4}\s?[^\r\n]{0,80}(?<![.!?]))?[\s)]*"
)
_BYLINE: Final = r"(?i:by|von|par|por|di|door|av|af)\s+<name>"


def _compiled(pattern: str) -> re.Pattern[str]:
    for hole, meaning in _HOLES.items():
        pattern = pattern.replace(hole, re.sub(r"\s*\n\s*", "", meaning))
    return re.compile(pattern)


def _row(name: str, before: str, after: str, where: str = "head line") -> HeadRule:
    return HeadRule(name, _compiled(before), _compiled(after), where)


HEAD_RULES: Final = (
    _row("date <day>", r"\s*(?i:date):?\s+", r"(?:\W.*)?"),
    _row("published <day>",
         r"[\W_]*(?:[^\r\n]{0,120}[|•·;,(–—/]\s*|<name>\s)?(?i:<label>)(?i:<joint>)<clock>",
         _TAIL.replace("{0,80}", "{0,90}") + r"|\s(?i:by|in|at|von|par|por)\s[^\r\n]{1,60}(?<![.!?])"),
    _row("<day>", r"[\W_]*<clock>", _TAIL),
    _row("by <name>, <day>", r"\W*" + _BYLINE + r"[\s,|•·;–—/-]{1,5}", _TAIL),
    _row("<agency> | <day>", r"\W*<name>\s?[|•·]\s*", _TAIL),
    _row("<place>, <day> (<agency>) --", r"\s*(?:<place>,?\s+)?",
         r"\.?,?\s*(?:[(/][^()\r\n]{2,40}[)/]\s*)?<dash>.*|\s*\([^()\r\n]{2,40}\)\s.*", "dateline"),
)  # fmt: skip


def head_claims(text: str, start: int = 0) -> Iterator[Claim]:
    """The publication dates that head lines state, as claims with offsets, first line first.

    >>> [c.words for c in head_claims("Bridge shut\\nPublished: Tue 26 Mar 2024 14:05 GMT\\nThe bridge ...")]
    ['Tue 26 Mar 2024']
    >>> list(head_claims("The bridge was shut on 26 March 2024, the council said."))
    []
    """
    for line_start, line in head_lines(text, start):
        for day in find_days(line):
            rule = _rule_for(line[: day.start], line[day.end :])
            if rule:
                words = line[day.start : day.end]
                yield Claim(rule.where, words, line_start + day.start, line_start + day.end)
                break


def _rule_for(before: str, after: str) -> HeadRule | None:
    if _UPDATED.search(before):
        return None
    return next((r for r in HEAD_RULES if r.before.fullmatch(before) and r.after.fullmatch(after)), None)


def later_claims(text: str, start: int = 0) -> Iterator[Claim]:
    """The days of which head lines say that the article was there already: updated, or read, on that day.

    >>> [c.words for c in later_claims("Bridge shut\\nLast updated: 28 March 2024\\nThe bridge ...")]
    ['28 March 2024']
    """
    for line_start, line in head_lines(text, start):
        for day in find_days(line):
            match = _UPDATED.search(line[: day.start])
            if match is not None and len(day.days) == 1:
                where = "head line, read" if _READ.match(match[0]) else "head line, updated"
                words = line[day.start : day.end]
                yield Claim(where, words, line_start + day.start, line_start + day.end)


_READ: Final = re.compile(r"(?i)(?:accessed|retrieved|archived)")
_UPDATED: Final = re.compile(
    r"(?i)\b(?:updated?|modified|revised|corrected|edited|aktualisiert|stand|mis à jour|modifi[ée]e?"
    r"|actualizad[oa]|atualizad[oa]|aggiornat[oa]|bijgewerkt|обновлен[оа]|accessed|retrieved|archived)"
    r"(?:\s(?:on|at|am|le|el|il|em))?\s*[:–—-]?\s*(?:\d{1,2}[:.]\d\d\S*\s*,?\s*)?$"
)


def head_lines(text: str, start: int = 0) -> list[tuple[int, str]]:
    """The first non-empty lines, each with its offset and cut to LINE_CHARS."""
    lines = []
    for match in _LINE.finditer(text, start):
        lines.append((match.start(), match[0][:LINE_CHARS]))
        if len(lines) == HEAD_LINES:
            break
    return lines
