"""The words of `repairs.toml`, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files


@dataclass(frozen=True)
class Lexicon:
    """Words that decide whether a parse is mended; what each list is for stands in `repairs.toml`."""

    saying: frozenset[str]
    finding: frozenset[str]
    telling: frozenset[str]
    contents: frozenset[str]
    times: frozenset[str]
    ive: frozenset[str]
    strong: frozenset[str]
    either: frozenset[str]
    phrasal: frozenset[tuple[str, str]]

    @cached_property
    def speech(self) -> frozenset[str]:
        """All forms that may tell what somebody says."""
        return self.saying | self.finding | {"tells"}


@cache
def lexicon() -> Lexicon:
    """The shipped words."""
    data = tomllib.loads((files("timeline.language") / "repairs.toml").read_text(encoding="utf-8"))
    pairs = (pair.split() for line in data.pop("phrasal").splitlines() for pair in line.split("|"))
    return Lexicon(
        phrasal=frozenset((pair[0], pair[1]) for pair in pairs if pair),
        **{key: frozenset(text.split()) for key, text in data.items()},
    )
