"""The same articles give the same bytes on any machine that has the same versions of the libraries."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FIXTURES, ROOT

#: A matplotlibrc that changes every picture drawn by its rules, and breaks those with a dollar in a title.
MATPLOTLIBRC = (
    "text.usetex: True\nfont.size: 30\nsvg.fonttype: none\nsavefig.dpi: 33\naxes.unicode_minus: False\n"
)

PLACES: dict[str, dict[str, str]] = {
    "here": {"PYTHONHASHSEED": "0"},
    "Kiritimati, in C": {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    "St John's, in Turkish": {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8"},
    "ASCII without a home": {
        "PYTHONHASHSEED": "3",
        "TZ": "UTC",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "HOME": "/nonexistent",
        "PYTHONOPTIMIZE": "1",
    },
}


def build(folder: Path, place: str, relative: bool) -> dict[str, bytes]:
    """What is made of the pile in `folder` at a place, by name."""
    out = folder / "out" / place
    current = folder / "pile" / ".." if relative else Path("/")
    inputs = "pile" if relative else str(folder / "pile")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "MPLCONFIGDIR": str(folder / "config"),
        **PLACES[place],
    }
    line = [sys.executable, "-m", "timeline", "build", inputs, "-o", str(out)]
    done = subprocess.run(line, cwd=current, env=environment, capture_output=True, text=True)
    assert (0, "") == (done.returncode, done.stderr)
    return {path.name: path.read_bytes() for path in out.iterdir()}


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles with names in several alphabets, and a user's own settings for matplotlib."""
    folder = tmp_path_factory.mktemp("anywhere")
    (folder / "pile").mkdir()
    (folder / "config").mkdir()
    (folder / "config/matplotlibrc").write_text(MATPLOTLIBRC)
    for number, article in enumerate(sorted((FIXTURES / "ceasefire").iterdir())[:3]):
        shutil.copy(article, folder / "pile" / f"{'İi-éß-λ'[number:]}{article.suffix}")
    return folder


@pytest.fixture(scope="module")
def here(pile: Path) -> dict[str, bytes]:
    return build(pile, "here", relative=False)


@pytest.mark.parametrize("place", [place for place in PLACES if place != "here"])
def test_the_same_bytes_anywhere(pile: Path, here: dict[str, bytes], place: str) -> None:
    """Time zone, locale, hash seed, home and current folder change nothing, in no format."""
    there = build(pile, place, relative=place != "Kiritimati, in C")

    assert set(here) == set(there)
    assert [] == [name for name in here if here[name] != there[name]]


def test_a_users_settings_for_matplotlib_change_nothing(
    pile: Path, here: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the settings the pictures are the same."""
    monkeypatch.setitem(PLACES, "plain", {"MPLCONFIGDIR": str(pile / "none")})

    assert here == build(pile, "plain", relative=False)
