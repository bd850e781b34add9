"""Holidays: on which days a feast falls in a year. Fixed, counted, from Easter, or by the moon.

The calendars are those of `dateutil` (Easter, west and east), `hijridate` (Umm al-Qura, the civil calendar
of Saudi Arabia; a sighting elsewhere may differ by a day) and `pyluach` (the Jewish one). Beyond the years
that Umm al-Qura is published for (1924 to 2077) the tabular Islamic calendar stands in. The Chinese new year
is computed from the new moon.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from hijridate import Hijri
from pyluach.dates import HebrewDate

Days = tuple[tuple[int, int], ...]
"""First day and number of days, each time the feast falls in the year; empty if it does not."""

_Finder = Callable[[int], Days]


def _fixed(month: int, day: int, length: int = 1) -> _Finder:
    return lambda year: ((dt.date(year, month, day).toordinal(), length),)


def _counted(month: int, weekday: int, number: int, offset: int = 0) -> _Finder:
    def find(year: int) -> Days:
        if number > 0:
            first = dt.date(year, month, 1).toordinal()
            day = first + (weekday - (first - 1)) % 7 + 7 * (number - 1)
        else:
            last = (dt.date(year + month // 12, month % 12 + 1, 1)).toordinal() - 1
            day = last - ((last - 1) - weekday) % 7
        return ((day + offset, 1),)

    return find


def _from_easter(offset: int, length: int = 1, orthodox: bool = False) -> _Finder:
    def find(year: int) -> Days:
        if not 1583 <= year <= 4099:  # as far as the tables of `dateutil` go
            return ()
        sunday = easter(year, EASTER_ORTHODOX) if orthodox else easter(year, EASTER_WESTERN)
        return ((sunday.toordinal() + offset, length),)

    return find


def _election(year: int) -> Days:
    """The Tuesday after the first Monday of November."""
    return _counted(11, 0, 1, offset=1)(year)


# -- the Islamic calendar ------------------------------------------------------------------------

#: 15 July 622 Julian, the astronomical epoch, and the 30 years of the tabular calendar.
_HIJRI_EPOCH: Final = 227014
_CYCLE: Final = (30, 10631)


def _hijri(year: int, month: int, day: int) -> int:
    """Number of a day of the Islamic calendar: Umm al-Qura where it is known, else tabular."""
    try:
        return Hijri(year, month, day).to_gregorian().toordinal()
    except (ValueError, OverflowError):
        return day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + _HIJRI_EPOCH - 1


def _islamic(month: int, day: int, *, whole: bool = False) -> _Finder:
    """A day of the Islamic year, or the `whole` month from there on: 29 or 30 days."""

    def find(year: int) -> Days:
        start = dt.date(year, 1, 1).toordinal()
        guess = (start - _HIJRI_EPOCH) * _CYCLE[0] // _CYCLE[1]
        found = []
        for hijri_year in range(guess, guess + 4):
            first = _hijri(hijri_year, month, day)
            if first > 0 and _year_of(first) == year:
                length = _hijri(hijri_year, month + 1, day) - first if whole else 1
                found.append((first, length))
        return tuple(found)

    return find


def _year_of(day: int) -> int:
    return dt.date.fromordinal(day).year if day <= dt.date.max.toordinal() else 10000


# -- the Jewish calendar ------------------------------------------------------------------------


def _hebrew_new_year(year: int) -> int:
    """Number of the day of 1 Tishri."""
    return int(HebrewDate(year, 7, 1).jd + 0.5) - _JULIAN_DAY_OF_0001


#: Julian day number, at noon, of the day before 0001-01-01.
_JULIAN_DAY_OF_0001: Final = 1721425


def _autumn(offset: int, length: int = 1) -> _Finder:
    """Counted from the Jewish new year, which falls in the same civil year."""

    def find(year: int) -> Days:
        return ((_hebrew_new_year(year + 3761) + offset, length),) if 100 < year < 9990 else ()

    return find


def _spring(offset: int, length: int = 1) -> _Finder:
    """Counted from Passover, which always stands 163 days before the next new year."""

    def find(year: int) -> Days:
        return ((_hebrew_new_year(year + 3761) - 163 + offset, length),) if 100 < year < 9990 else ()

    return find


def _hanukkah(year: int) -> Days:
    """25 Kislev: 83 days after the new year, one more if Heshvan is long."""
    if not 100 < year < 9990:
        return ()
    start = _hebrew_new_year(year + 3761)
    length = _hebrew_new_year(year + 3762) - start
    return ((start + (84 if length in (355, 385) else 83), 8),)


# -- the Chinese new year -----------------------------------------------------------------------


def _new_moon(k: int) -> float:
    """Moment of the kth new moon since 2000, to some minutes (Meeus, ch. 49), as a Julian day."""
    t = k / 1236.85
    rad = math.radians
    mean = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
    sun = rad(2.5534 + 29.10535670 * k)
    moon = rad(201.5643 + 385.81693528 * k + 0.0107582 * t * t)
    node = rad(160.7108 + 390.67050284 * k)
    return (
        mean - 0.40720 * math.sin(moon) + 0.17241 * math.sin(sun) + 0.01608 * math.sin(2 * moon)
        + 0.01039 * math.sin(2 * node) + 0.00739 * math.sin(moon - sun) - 0.00514 * math.sin(moon + sun)
        + 0.00208 * math.sin(2 * sun)
    )  # fmt: skip


def _lunar_new_year(year: int) -> Days:
    """The new moon, by Beijing time, that falls between 21 January and 20 February."""
    if not 1900 <= year <= 2100:
        return ()
    first = dt.date(year, 1, 21).toordinal()
    k = round((year - 2000) * 12.3685)
    for step in range(-2, 4):
        moment = _new_moon(k + step) + 8 / 24
        day = int(moment + 0.5) - _JULIAN_DAY_OF_0001
        if first <= day <= first + 30:
            return ((day, 1),)
    return ()


_FINDERS: Final[dict[str, _Finder]] = {
    "new year": _fixed(1, 1),
    "new year's eve": _fixed(12, 31),
    "epiphany": _fixed(1, 6),
    "martin luther king day": _counted(1, 0, 3),
    "groundhog day": _fixed(2, 2),
    "valentine": _fixed(2, 14),
    "presidents' day": _counted(2, 0, 3),
    "women's day": _fixed(3, 8),
    "st. patrick's day": _fixed(3, 17),
    "april fools": _fixed(4, 1),
    "earth day": _fixed(4, 22),
    "may day": _fixed(5, 1),
    "cinco de mayo": _fixed(5, 5),
    "victory day": _fixed(5, 9),
    "mother's day": _counted(5, 6, 2),
    "memorial day": _counted(5, 0, -1),
    "juneteenth": _fixed(6, 19),
    "father's day": _counted(6, 6, 3),
    "canada day": _fixed(7, 1),
    "independence day": _fixed(7, 4),
    "bastille day": _fixed(7, 14),
    "labor day": _counted(9, 0, 1),
    "columbus day": _counted(10, 0, 2),
    "halloween": _fixed(10, 31),
    "all saints": _fixed(11, 1),
    "guy fawkes": _fixed(11, 5),
    "veterans day": _fixed(11, 11),
    "election day": _election,
    "thanksgiving": _counted(11, 3, 4),
    "black friday": _counted(11, 3, 4, offset=1),
    "cyber monday": _counted(11, 3, 4, offset=4),
    "christmas eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
    "kwanzaa": _fixed(12, 26, 7),
    "mardi gras": _from_easter(-47),
    "ash wednesday": _from_easter(-46),
    "palm sunday": _from_easter(-7),
    "holy week": _from_easter(-7, 7),
    "maundy thursday": _from_easter(-3),
    "good friday": _from_easter(-2),
    "easter": _from_easter(0),
    "easter monday": _from_easter(1),
    "easter week": _from_easter(-6, 7),
    "orthodox easter": _from_easter(0, orthodox=True),
    "ascension day": _from_easter(39),
    "pentecost": _from_easter(49),
    "whit monday": _from_easter(50),
    "corpus christi": _from_easter(60),
    "ramadan": _islamic(9, 1, whole=True),
    "eid al-fitr": _islamic(10, 1),
    "eid al-adha": _islamic(12, 10),
    "ashura": _islamic(1, 10),
    "islamic new year": _islamic(1, 1),
    "mawlid": _islamic(3, 12),
    "rosh hashanah": _autumn(0, 2),
    "yom kippur": _autumn(9),
    "sukkot": _autumn(14, 7),
    "simchat torah": _autumn(22),
    "hanukkah": _hanukkah,
    "purim": _spring(-30),
    "passover": _spring(0, 8),
    "shavuot": _spring(50, 2),
    "lunar new year": _lunar_new_year,
}


@lru_cache(maxsize=4096)
def days_of(key: str, year: int) -> Days:
    """First day and length of a feast, each time it falls in the year.

    >>> [dt.date.fromordinal(first).isoformat() for first, length in days_of("easter", 2024)]
    ['2024-03-31']
    """
    if not 1 <= year <= 9998:
        return ()
    return _FINDERS[key](year)


def undated(key: str) -> str:
    """The TIMEX3 value of a feast in a year nobody knows: its month and day, if it keeps them."""
    seen = {
        dt.date.fromordinal(days_of(key, year)[0][0]).isoformat()[5:]
        for year in (2021, 2022, 2023)
        if days_of(key, year)
    }
    return f"XXXX-{seen.pop()}" if len(seen) == 1 else "XXXX-XX-XX"


def names() -> tuple[str, ...]:
    """Every feast that can be dated."""
    return tuple(_FINDERS)
