"""Looks words up: text -> items, each with the kinds that `lexicon.toml` and its figures give it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from timeline.timex.grammar import Alphabet, Item
from timeline.timex.units import Unit

#: Alternatives in order: the first that fits wins. None of them can fail after a long run and start
#: again one figure later, so a line of any length is read once.
TOKEN: Final = re.compile(
    r"""
      (?P<common>(?!BCE(?!\w)|[oO][cC]lock\b)[^\W\d_]{3,})  # four words of five, seen first
    | (?P<paragraph>\n[ \t\r]*\n)
    | (?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)
    | (?P<ymd>[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?![0-9]))
    | (?P<dmy>[0-9]{1,2}(?:(?P<join>[-/])[0-9]{1,2}(?P=join)(?:[0-9]{4}|[0-9]{2})
                         |\.[0-9]{1,2}\.[0-9]{4})(?![0-9]))
    | (?P<ym>[0-9]{4}-[0-9]{2}(?![-0-9]))
    | (?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9]))
    | (?P<slash>[0-9]{1,2}/[0-9]{1,2}(?![0-9/]))
    | (?P<grouped>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]))
    | (?P<decimal>[0-9]+\.[0-9]+)
    | (?P<decade>['’]?[0-9]{1,3}0['’]?s\b)
    | (?P<shortyear>['’][0-9]{2}(?![0-9A-Za-z]))
    | (?P<nth>[0-9]+(?:st|nd|rd|th|ST|ND|RD|TH)\b)
    | (?P<digits>[0-9]+)
    | (?P<code>[QqHh][1-4]\b)
    | (?P<fiscal>FY(?:[0-9]{4}|[0-9]{2})\b)
    | (?P<era>(?:B\.C\.(?:E\.)?|BCE?|A\.D\.)(?!\w))
    | (?P<ampm>[aApP](?:\.\s?[mM]\b\.?|[mM]\b)|(?<=[0-9a-z]\s)[ap]\sm\b(?![-\w'’]))
    | (?P<oclock>[oO]['’]?[cC]lock\b)
    | (?P<possessive>['’]s\b)
    | (?P<word>[^\W\d_]+)
    | (?P<dash>--|[–—](?!\s)|—)
    | (?P<spaced>(?<=\s)[-–](?=\s))
    | (?P<mark>\S)
    """,
    re.VERBOSE,
)

#: Words whose bare reading needs a capital letter, because without one they are ordinary words.
_NEED_CAPITAL: Final = {
    "CAPMONTH": frozenset({"march", "may"}),
    "FULLMONTH": frozenset({"august"}),
    "CAPNOW": frozenset({"now", "currently", "nowadays", "recently", "lately", "asap"}),
    "SUREMONTH": frozenset({"may", "march", "mar"}),
    "WEEKDAY": frozenset({"wed", "sat", "sun"}),
    "HOLIDAY": frozenset({"epiphany"}),
    "SOLEMONTH": frozenset({"march"}),
}
#: Words that need all of their letters in capitals for it: "MT" is a time zone, "Mt." a mountain.
_NEED_CAPITALS: Final = {"ZONE": frozenset({"est", "et", "ct", "mt", "pt", "ist"})}
#: Kinds a word has only if it is written small.
_NEED_SMALL: Final = frozenset({"SMALLNOW", "TWILIGHT"})
#: Kinds of nouns, which to rules that do not ask for them are words like any other.
_NOUNS: Final = frozenset({"COUNTED", "STREET", "DAYNAMER", "LASTING", "FALLING"})


def number_kinds(value: float, figures: str = "") -> dict[str, Any]:
    """The kinds of a number: any is a NUMBER, 1 to 31 may be a DAY, a figure of four digits a YEAR."""
    kinds: dict[str, Any] = {"NUMBER": value}
    if value != int(value):
        return kinds
    whole = int(value)
    if not figures:
        kinds["WORDED"] = whole
        if 1 <= whole <= 31:
            kinds["DAYWORD"] = whole
        if 1 <= whole <= 12:
            kinds["HOURWORD"] = whole
        if 1 <= whole <= 59:
            kinds["MINUTEWORD"] = whole
        return kinds
    kinds["FIGURES"] = whole
    if len(figures) <= 3:
        kinds["SHORTFIGURE"] = whole
    if len(figures) <= 2:
        if 1 <= whole <= 31:
            kinds["DAY"] = kinds["DATEDAY"] = whole
        if 1 <= whole <= 12:
            kinds["TWELVE"] = whole
        if 1 <= whole <= 53:
            kinds["WEEKNUMBER"] = whole
        if 0 <= whole <= 24:
            kinds["HOUR"] = whole
        if len(figures) == 2:
            kinds["TWODIGIT"] = whole
            if whole < 60:
                kinds["MINUTE"] = whole
    elif len(figures) == 4:
        if 1000 <= whole <= 2999:
            kinds["YEAR"] = whole
        if 1900 <= whole <= 2099:
            kinds["NEARYEAR"] = whole
        if whole % 100 < 60 and whole <= 2400:
            kinds["MILITARY"] = whole
    elif len(figures) == 8 and 1900 <= whole // 10000 <= 2100:
        kinds["COMPACT"] = whole
    return kinds


def ordinal_kinds(value: int, figures: bool) -> dict[str, Any]:
    """The kinds of an ordinal: "third" or "3rd"."""
    kinds: dict[str, Any] = {"ORDINAL": value, "NTH" if figures else "ORDINALWORDED": value}
    if 1 <= value <= 31:
        kinds["DAYNTH"] = kinds["DATEDAY"] = value
    return kinds


@cache
def load() -> tuple[Mapping[str, Mapping[str, Any]], Mapping[str, Mapping[str, Any]]]:
    """The words and phrases of `lexicon.toml`, by kind."""
    data = tomllib.loads(files("timeline.timex").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    words: dict[str, dict[str, Any]] = data["words"]
    for kind in (
        "UNIT",
        "UNIT1",
        "LONGUNIT",
        "MIDUNIT",
        "TICK",
        "UNITS",
        "UNITLETTER",
        "LONG",
        "SHORTUNIT",
        "PARTUNIT",
        "ROLLUNIT",
    ):
        words[kind] = {word: Unit[name] for word, name in words[kind].items()}
    return words, data["phrases"]


class Lexicon:
    """Every word the grammar knows, and the letters of their kinds."""

    def __init__(self, alphabet: Alphabet, literals: Iterable[str]):
        self._alphabet = alphabet
        words, listed = load()
        table: dict[str, dict[str, Any]] = {}
        for kind, entries in words.items():
            for word, value in entries.items():
                table.setdefault(word, {})[kind] = value
                if kind in ("ONES", "TEENS", "TENS"):
                    table[word].update(number_kinds(value))
                elif kind == "ORDINALWORD":
                    table[word].update(ordinal_kinds(value, False))
        for literal in literals:
            table.setdefault(literal, {"OTHER": ""} if literal.isalpha() else {})[literal] = literal
        table["-"]["HYPHEN"] = "-"
        self._capitals, self._capital, self._small = {}, {}, {}
        for word, kinds in table.items():
            kept = {k: v for k, v in kinds.items() if k not in _NEED_SMALL}
            if not _NOUNS.isdisjoint(kept):
                kept["NAME"] = ""
            self._capitals[word] = (kept, alphabet.letter(kept))
            kept = {k: v for k, v in kept.items() if word not in _NEED_CAPITALS.get(k, ())} or {"NAME": ""}
            self._capital[word] = (kept, alphabet.letter(kept))
            kept = {k: v for k, v in kinds.items() if word not in _NEED_CAPITAL.get(k, ())}
            kept = {k: v for k, v in kept.items() if word not in _NEED_CAPITALS.get(k, ())} or {"OTHER": ""}
            if not _NOUNS.isdisjoint(kept):
                kept["OTHER"] = ""
            self._small[word] = (kept, alphabet.letter(kept))
        self._name = ({"NAME": ""}, alphabet.letter({"NAME"}))
        self._plain = ({"OTHER": ""}, alphabet.letter({"OTHER"}))
        self._mark = ({"MARK": ""}, alphabet.letter({"MARK"}))
        self._hours = ({"SHORTUNIT": Unit.HOUR}, alphabet.letter({"SHORTUNIT"}))
        # With blanks around it, a hyphen joins two ends but no two words: "the 29th - a Friday".
        self._spaced = ({"-": "-"}, alphabet.letter({"-"}))
        self._paragraph = ({"PARAGRAPH": ""}, alphabet.letter({"PARAGRAPH"}))
        self._phrases: dict[str, list[tuple[tuple[str, ...], dict[str, Any]]]] = {}
        merged: dict[tuple[str, ...], dict[str, Any]] = {}
        for kind, table_of in listed.items():
            for phrase, value in table_of.items():
                key = tuple(m[0].lower().replace("’", "'") for m in TOKEN.finditer(phrase))
                merged.setdefault(key, {})[kind] = value
        for key, kinds in merged.items():
            if len(key) == 1:  # a phrase of one word keeps the word's other kinds
                kinds.update(table.get(key[0], {}))
            alphabet.letter(kinds)
            self._phrases.setdefault(key[0], []).append((key, kinds))
        for entries_of in self._phrases.values():
            entries_of.sort(key=lambda entry: -len(entry[0]))
        for figures in _figures():
            alphabet.letter(number_kinds(int(figures), figures))
        for value in (*range(101), 1.5, 1900, 2000):
            alphabet.letter(number_kinds(value))
            alphabet.letter(ordinal_kinds(int(value), False))
            alphabet.letter(ordinal_kinds(int(value), True))
        for kind in _SHAPED:
            alphabet.letter({kind})
        alphabet.letter({"NUMBER", "DOTTED"})
        alphabet.letter({"SLASH", "ZEROSLASH"})
        alphabet.letter({"DECADEFIGURES", "SHORTDECADE"})

    def read(self, text: str, start: int, end: int) -> list[Item]:
        """The items of a stretch of text, in order; nothing is left out but blanks."""
        out: list[Item] = []
        words = list(self._words(text, start, end))
        at = 0
        while at < len(words):
            lower, item = words[at]
            small = text[item.start].islower()
            for key, kinds in self._phrases.get(lower, ()):
                if small and lower in _NEED_CAPITAL["HOLIDAY"]:
                    continue
                if len(key) == 1 or tuple(w for w, _ in words[at : at + len(key)]) == key:
                    last = words[at + len(key) - 1][1]
                    item = Item(item.start, last.end, kinds, self._alphabet.known(kinds))
                    at += len(key) - 1
                    break
            out.append(item)
            at += 1
        return out

    def _words(self, text: str, start: int, end: int) -> Iterator[tuple[str, Item]]:
        taken = start
        for match in TOKEN.finditer(text, start, end):
            if match.start() < taken:  # the point of an abbreviation
                continue
            shape, word = match.lastgroup or "", match[0]
            lower = word.lower().replace("’", "'")
            kinds, letter = self._look_up(shape, word, lower)
            stop = match.end()
            if "ABBREVIATED" in kinds and text[stop : min(stop + 1, end)] == ".":
                stop = taken = stop + 1
            if "UNITLETTER" in kinds and not text[max(0, match.start() - 1) : match.start()].isdigit():
                kinds, letter = self._hours if word == "h" else self._plain
            if letter != self._plain[1] and out_of_place(text, match.start(), match.end()):
                kinds, letter = self._plain
            yield lower, Item(match.start(), stop, kinds, letter)

    def _look_up(self, shape: str, word: str, lower: str) -> tuple[Mapping[str, Any], str]:
        if shape in ("common", "word"):
            cased = self._capitals if word.isupper() else self._capital
            table = cased if word[0].isupper() else self._small
            if found := table.get(lower):
                return found
            return self._name if word[0].isupper() else self._plain
        if shape == "paragraph":
            return self._paragraph
        if shape == "spaced":
            return self._spaced
        if shape == "oclock":
            lower = "o'clock"
        if shape in ("mark", "dash", "possessive", "oclock"):
            return self._small.get("-" if word in "–" else lower, self._mark)
        kinds = _kinds_of_figures(shape, word)
        return (kinds, self._alphabet.known(kinds)) if kinds else self._plain


_SHAPED: Final = (
    "ISO",
    "YMD",
    "DMY",
    "YM",
    "CLOCKFIGURES",
    "SLASH",
    "DECADEFIGURES",
    "SHORTYEAR",
    "AMPM",
    "QUARTERCODE",
    "HALFCODE",
    "FISCALCODE",
    "ERA_BC",
    "ERA_AD",
)


def _figures() -> Iterator[str]:
    for value in range(100):
        yield str(value)
        yield f"{value:02d}"
    yield from ("100", "1234", "1299", "1999", "1950", "2049", "2099", "2200", "2300", "2399", "2999")
    yield from ("1900", "2500", "2599", "3000", "0000", "0099", "20200101", "30000101", "12345")


def _kinds_of_figures(shape: str, word: str) -> dict[str, Any] | None:
    if len(word) > 40:
        return None
    match shape:
        case "digits":
            return number_kinds(int(word), word) if len(word) <= 9 else None
        case "grouped":
            return number_kinds(int(word.replace(",", "")), "#" * 12)
        case "decimal":
            return {"NUMBER": float(word), "DOTTED": word}
        case "nth":
            value = int(word[:-2])
            return ordinal_kinds(min(value, 100), True) if value <= 100 else None
        case "iso":
            return {"ISO": word}
        case "dmy" if "." in word:  # with points the day comes first, in any country
            day, month, year = (int(part) for part in word.split("."))
            return {"DMY": (month, day, year)}
        case "ymd" | "dmy" | "ym":
            return {shape.upper(): tuple(int(part) for part in re.split(r"[-/.]", word))}
        case "clock":
            return {"CLOCKFIGURES": tuple(int(part) for part in word.split(":"))}
        case "slash":
            parts = tuple(int(part) for part in word.split("/"))
            # No fraction is written with a nought in front.
            kinds = ("SLASH", "ZEROSLASH") if word[0] == "0" or "/0" in word else ("SLASH",)
            return dict.fromkeys(kinds, parts)
        case "decade":
            kinds = ("DECADEFIGURES",) if word[0].isdigit() else ("DECADEFIGURES", "SHORTDECADE")
            return dict.fromkeys(kinds, int(re.sub(r"[^0-9]", "", word)))
        case "shortyear":
            return {"SHORTYEAR": int(word[1:])}
        case "code":
            if word[0] in "qQ":
                return {"QUARTERCODE": int(word[1])}
            return {"HALFCODE": int(word[1])} if word in ("H1", "H2") else None
        case "fiscal":
            return {"FISCALCODE": int(word[2:])}
        case "era":
            return {"ERA_AD" if word[0] == "A" else "ERA_BC": word}
        case _:
            return {"AMPM": "am" if word[0] in "aA" else "pm"}


def out_of_place(text: str, start: int, end: int) -> bool:
    """True for a piece of a longer token: a code, an address, an amount of money, a percentage."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if text[start].isdigit():
        if (
            before in "$£€¥#@_\\"
            or after in "%_@\\°"
            or (before == "." and start > 1 and text[start - 2].isdigit())
        ):
            return True
        return before == "," and start > 1 and text[start - 2].isdigit()
    return before in "_@#" or after in "_@"
