"""Reading JSON that may be anything: each access says what it expects, each error names the key.

A `Fields` is one JSON object and the way to it from the top, as a person would write it down:
`events[3].citations[0].trigger`.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, NoReturn, TypeVar

from timeline.errors import DataError
from timeline.interval import Interval
from timeline.model import Span

_Word = TypeVar("_Word", bound=Enum)
_Value = TypeVar("_Value")
_MISSING: Final = object()
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Fields:
    """One JSON object, asked key by key. Every question raises `DataError` where the answer is wrong."""

    value: dict[str, Any]
    path: str = ""

    @classmethod
    def parse(cls, data: bytes | str) -> Fields:
        """The top object of a JSON document.

        >>> Fields.parse('{"title": 3}').text("title")
        Traceback (most recent call last):
        timeline.errors.DataError: title is not a text
        """
        try:
            text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
            value = json.loads(text, parse_constant=_no_constant)
        except UnicodeDecodeError:
            raise DataError("the file is not UTF-8") from None
        except (ValueError, RecursionError) as error:
            where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
            raise DataError(f"the file is not JSON{where}") from None
        if not isinstance(value, dict):
            raise DataError("the file holds no JSON object")
        return cls(value)

    def wrong(self, key: str, what: str) -> DataError:
        """The error for a key: `events[3].status` and what is wrong with it."""
        return DataError(f"{self._name(key)} {what}")

    def has(self, key: str) -> bool:
        """True if the key is there and not null."""
        return self.value.get(key) is not None

    # -- one value ----------------------------------------------------------------------------

    def text(self, key: str, default: Any = _MISSING) -> str:
        """A text; `default` if the key is missing."""
        return self._typed(key, str, "a text", default)

    def flag(self, key: str, default: Any = _MISSING) -> bool:
        """True or false; `default` if the key is missing."""
        return self._typed(key, bool, "true or false", default)

    def integer(self, key: str) -> int:
        """A whole number."""
        return self._typed(key, int, "a whole number")

    def optional_integer(self, key: str) -> int | None:
        """A whole number, or None for null or a missing key."""
        return self.integer(key) if self.has(key) else None

    def number(self, key: str) -> float:
        """A number, whole or not."""
        value = self._get(key)
        try:
            return float(self.integer(key)) if isinstance(value, int) else self._typed(key, float, "a number")
        except OverflowError:
            raise self.wrong(key, "is not a finite number") from None

    def word(self, key: str, words: type[_Word]) -> _Word:
        """One of the words of an `Enum`."""
        text = self.text(key)
        for word in words:
            if word.value == text:
                return word
        raise self.wrong(key, f"is not one of: {', '.join(word.value for word in words)}")

    def optional_word(self, key: str, words: type[_Word]) -> _Word | None:
        """One of the words of an `Enum`, or None for null or a missing key."""
        return self.word(key, words) if self.has(key) else None

    # -- several ------------------------------------------------------------------------------

    def object(self, key: str) -> Fields:
        """The object under a key."""
        return Fields(self._typed(key, dict, "an object"), self._name(key))

    def optional_object(self, key: str) -> Fields | None:
        """The object under a key, or None for null or a missing key."""
        return self.object(key) if self.has(key) else None

    def objects(self, key: str, optional: bool = False) -> list[Fields]:
        """The objects in the list under a key; none if the key is missing and `optional`."""
        found = []
        for number, value in enumerate(self._typed(key, list, "a list", [] if optional else _MISSING)):
            name = f"{self._name(key)}[{number}]"
            if not isinstance(value, dict):
                raise DataError(f"{name} is not an object")
            found.append(Fields(value, name))
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts in the list under a key."""
        values = self._typed(key, list, "a list")
        for number, value in enumerate(values):
            if not isinstance(value, str):
                raise self.wrong(f"{key}[{number}]", "is not a text")
        return tuple(values)

    def pair(self, key: str) -> tuple[int, int] | None:
        """A list of two offsets, or None for null or a missing key."""
        if not self.has(key):
            return None
        value = self._typed(key, list, "a list")
        if len(value) != 2 or any(type(number) is not int for number in value):
            raise self.wrong(key, "is not a list of two whole numbers")
        return value[0], value[1]

    def span(self, key: str = "text") -> Span:
        """The span given by `key` (its text), `start` and `end`."""
        start, end = self.integer("start"), self.integer("end")
        if not 0 <= start <= end:
            raise self.wrong("start", "and end are not offsets in order")
        return Span(start, end, self.text(key))

    def interval(self) -> Interval | None:
        """The days given by `start` and `end`; None if both are null."""
        start, end = self._day("start"), self._day("end")
        if start is None and end is None:
            return None
        try:
            return Interval.between(start, end)
        except ValueError:
            raise self.wrong("end", "is before its start") from None

    # -- inside -------------------------------------------------------------------------------

    def _day(self, key: str) -> dt.date | None:
        if self._get(key) is None:
            return None
        text = self.text(key)
        try:
            if _DAY.fullmatch(text):
                return dt.date.fromisoformat(text)
        except ValueError:
            pass
        raise self.wrong(key, "is not a date like 2024-03-25")

    def _get(self, key: str, default: Any = _MISSING) -> Any:
        value = self.value.get(key, default)
        if value is _MISSING:
            raise DataError(f"the key {self._name(key)} is missing")
        return value

    def _typed(self, key: str, kind: type[_Value], what: str, default: Any = _MISSING) -> _Value:
        value = self._get(key, default)
        if type(value) is not kind:  # not isinstance: true is no whole number
            raise self.wrong(key, f"is not {what}")
        return value

    def _name(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
