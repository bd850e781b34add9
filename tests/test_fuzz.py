"""What fuzzing brought to light stays mended; see `fuzz.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz import CORPUS, TARGETS

from timeline.errors import NothingUsable

SAVED = sorted(path for path in CORPUS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", SAVED, ids=[path.relative_to(CORPUS).as_posix() for path in SAVED])
def test_a_saved_input_does_no_harm(path: Path) -> None:
    """Each input goes to its target, as the fuzzer would send it."""
    try:
        TARGETS[path.parent.name](path.read_bytes())
    except NothingUsable:
        assert path.parent.name == "events"


def test_every_target_has_a_corpus() -> None:
    """The fuzzer starts from something."""
    assert set(TARGETS) == {path.parent.name for path in SAVED}
