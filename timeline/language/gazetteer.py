"""The lists of `gazetteer.toml`: names everybody in news knows, and words that tell what a name is of."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.tokens import Span as Words

PERSON: Final = "PERSON"
ORG: Final = "ORG"
LOC: Final = "LOC"


@dataclass(frozen=True)
class Gazetteer:
    """The lists of `gazetteer.toml`."""

    types: dict[str, str]
    """Whole names -> type."""
    body_words: frozenset[str]
    houses: frozenset[str]
    """Those words for bodies that are houses as well."""
    place_words: frozenset[str]
    lands: frozenset[str]
    """What stands before "of" and a place: `Republic`."""
    kinds_of_place: frozenset[str]
    """What stands before "of" and a place, lower case: `city`."""
    kinds_of_body: frozenset[str]
    """What stands right before a body's name, lower case: `company`."""
    kinds_of_person: frozenset[str]
    first_names: frozenset[str]
    titles: frozenset[str]
    nationalities: frozenset[str]
    calendar: frozenset[str]
    """Names of months and days."""


@cache
def gazetteer() -> Gazetteer:
    """The shipped lists, read once."""
    data = tomllib.loads((files("timeline.language") / "gazetteer.toml").read_text(encoding="utf-8"))

    def names(key: str) -> list[str]:
        return [name.strip() for line in data[key].splitlines() for name in line.split("|") if name.strip()]

    nationalities = frozenset(data["nationalities"].split())
    return Gazetteer(
        types=dict.fromkeys(names("bodies"), ORG) | dict.fromkeys(names("places"), LOC),
        body_words=frozenset(data["body_words"].split()),
        houses=frozenset(data["houses"].split()),
        place_words=frozenset(data["place_words"].split()),
        lands=frozenset(data["lands"].split()),
        kinds_of_place=frozenset(data["kinds_of_place"].split()),
        kinds_of_body=frozenset(data["kinds_of_body"].split()),
        kinds_of_person=frozenset(data["kinds_of_person"].split()),
        first_names=frozenset(data["first_names"].split()),
        titles=frozenset(data["titles"].split()),
        nationalities=nationalities | {name + "s" for name in nationalities},
        calendar=frozenset(data["calendar"].split()),
    )


def bare(name: Words) -> str:
    """The name without an article or a possessive."""
    words = name.text.removesuffix("'s").removesuffix("’s").strip()
    return words[4:] if words[:4] in {"the ", "The "} else words
