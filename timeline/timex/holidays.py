"""Holidays: on which days a feast falls in a year. Fixed, counted, from Easter, or by the moon.

The calendars are those of `dateutil` (Easter, west and east), `hijridate` (Umm al-Qura, the civil calendar
of Saudi Arabia; a sighting elsewhere may differ by a day) and `pyluach` (the Jewish one). Beyond the years
that Umm al-Qura is published for (1924 to 2077) the tabular Islamic calendar stands in. The feasts of China
and of India are computed from the new moon, the Persian new year from the equinox; an almanac may put
Diwali a day off.
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


# -- by the moon and by the sun -----------------------------------------------------------------


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


def _from_new_moon(first: tuple[int, int], last: tuple[int, int], zone: float, offset: float = 0) -> _Finder:
    """Counted from the new moon between two dates, the later one of two, by the clock of a zone.

    A fraction of the offset puts the end of the day elsewhere than at midnight.
    """

    def find(year: int) -> Days:
        if not 1900 <= year <= 2100:
            return ()
        begin, end = dt.date(year, *first).toordinal(), dt.date(year, *last).toordinal()
        k = round((year - 2000 + first[0] / 12) * 12.3685)
        for step in range(3, -4, -1):
            moment = _new_moon(k + step) + zone / 24 + 0.5 - _JULIAN_DAY_OF_0001
            if begin <= int(moment) <= end:
                return ((int(moment + offset), 1),)
        return ()

    return find


def _lunar_new_year(year: int) -> Days:
    """The second new moon after the day of the winter solstice in Beijing (Meeus, ch. 27); the third one if
    the second comes too early, as a month is put in between."""
    if not 1900 <= year <= 2100:
        return ()
    y = (year - 2001) / 1000
    solstice = 2451900.05952 + 365242.74049 * y - 0.06223 * y * y - 0.00823 * y**3
    k = round((year - 2000) * 12.3685)
    moments = (solstice, *(_new_moon(k + step) for step in range(-3, 5)))
    shortest, *moons = (int(moment + _BEIJING / 24 + 0.5) - _JULIAN_DAY_OF_0001 for moment in moments)
    later = [day for day in moons if day > shortest][1:]
    return ((next(day for day in later if day >= dt.date(year, 1, 21).toordinal()), 1),)


#: In China the day of the new moon begins the month: the first, or that of the solstice or the equinox.
_BEIJING: Final = 8.0
#: Diwali is the evening before the new moon, or that of the new moon itself if it comes after dusk.
_INDIA: Final = (5.5, -18.5 / 24)


def _nowruz(year: int) -> Days:
    """The day of the spring equinox in Tehran, or the next one if it comes after noon (Meeus, ch. 27)."""
    if not 1900 <= year <= 2100:
        return ()
    y = (year - 2000) / 1000
    moment = 2451623.80984 + 365242.37404 * y + 0.05169 * y * y - 0.00411 * y**3 + 3.5 / 24
    return ((int(moment + 0.5 + 0.5) - _JULIAN_DAY_OF_0001, 1),)


def _inauguration(year: int) -> Days:
    """20 January of the year after a presidential election."""
    return ((dt.date(year, 1, 20).toordinal(), 1),) if year % 4 == 1 and year > 1936 else ()


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
    "dragon boat festival": _from_new_moon((5, 23), (6, 21), _BEIJING, 4),
    "mid-autumn festival": _from_new_moon((8, 25), (9, 23), _BEIJING, 14),
    "diwali": _from_new_moon((10, 18), (11, 16), *_INDIA),
    "nowruz": _nowruz,
    "songkran": _fixed(4, 13, 3),
    "orthodox christmas": _fixed(1, 7),
    "orthodox good friday": _from_easter(-2, orthodox=True),
    "holy saturday": _from_easter(-1),
    "assumption": _fixed(8, 15),
    "immaculate conception": _fixed(12, 8),
    "all souls": _fixed(11, 2),
    "st. andrew's day": _fixed(11, 30),
    "st. george's day": _fixed(4, 23),
    "st. david's day": _fixed(3, 1),
    "st. nicholas": _fixed(12, 6),
    "burns night": _fixed(1, 25),
    "australia day": _fixed(1, 26),
    "waitangi day": _fixed(2, 6),
    "anzac day": _fixed(4, 25),
    "patriots' day": _counted(4, 0, 3),
    "flag day": _fixed(6, 14),
    "inauguration day": _inauguration,
    "tax day": _fixed(4, 15),
    "pearl harbor day": _fixed(12, 7),
    "remembrance sunday": _counted(11, 6, 2),
    "giving tuesday": _counted(11, 3, 4, offset=5),
    "holocaust remembrance day": _fixed(1, 27),
    "world aids day": _fixed(12, 1),
    "world press freedom day": _fixed(5, 3),
    "world environment day": _fixed(6, 5),
    "world refugee day": _fixed(6, 20),
    "world health day": _fixed(4, 7),
    "human rights day": _fixed(12, 10),
    "peace day": _fixed(9, 21),
    "day of arafah": _islamic(12, 9),
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
