"""What the project says about itself is true: layers, README, licences, changelog."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Command

import timeline
from timeline import result

README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_imports_point_one_way() -> None:
    """The layer contract in pyproject.toml holds."""
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool], cwd=ROOT, capture_output=True, text=True)

    assert 0 == done.returncode, done.stdout


def test_the_readme_shows_the_help_as_it_is(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The block after `$ timeline --help` is what the command prints, 80 columns wide."""
    monkeypatch.setenv("COLUMNS", "80")
    [block] = re.findall(r"```text\n\$ timeline --help\n(.*?)```", README, re.S)

    assert block == command("--help").out


def test_the_readme_names_every_command(command: Command) -> None:
    """Each command is shown in use."""
    from timeline.cli import cli

    assert [] == [name for name in cli.commands if f"timeline {name}" not in README]


def test_the_two_commands_are_what_continuous_integration_runs() -> None:
    """`.ci/run` takes both lines from the README, each of which is there once."""
    steps = (ROOT / ".ci/run").read_text(encoding="utf-8")

    for wanted in ("bin/timeline build fixtures/ceasefire", "bin/pytest"):
        assert f'readme "{wanted}"' in steps
        assert 1 == sum(wanted in line for line in README.splitlines())


def test_the_readme_lists_the_layers_of_the_contract() -> None:
    """The data's way in the README is the one that is enforced, and every layer is explained."""
    [layers] = (c["layers"] for c in PROJECT["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    [way] = re.findall(r"^    (errors <- .*?)\n\n", README, re.S | re.M)
    drawn = [part.strip().replace(", ", " | ") for part in way.split("<-")]
    table = README.partition("| where | what |")[2].partition("\n\n")[0]

    enforced = ["|".join(sorted(re.split(r"\W+", layer))) for layer in reversed(layers)]
    assert enforced == ["|".join(sorted(re.split(r"\W+", layer))) for layer in drawn]
    assert [] == [name for layer in layers for name in re.findall(r"\w+", layer) if f"`{name}`" not in table]


def test_the_readme_names_every_file_that_is_written() -> None:
    """A user who looks into the output folder finds each file explained, and the gallery holds each."""
    from timeline.export import FORMATS

    names = {f: FORMATS[f].file if f in FORMATS else f"timeline.{f}" for f in result.formats()}

    assert [] == [name for name in names.values() if f"`{name}`" not in README]
    assert [] == [name for f in result.usual() if not (ROOT / "output" / (name := names[f])).is_file()]


def test_the_readme_describes_the_keys_that_are_there() -> None:
    """Every top-level key of `timeline.json` has its row, and the keys named in it exist."""
    data = json.loads((ROOT / "output/timeline.json").read_bytes())
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", README, re.M))
    records = {
        "articles": data["articles"][0],
        "events": data["events"][0],
        "citations": data["events"][0]["citations"][0],
    }

    assert set(data) - {"schema", "title"} <= set(rows)
    for key, record in records.items():
        told = set(re.findall(r"`(\w+)`", rows[key])) & _keys(data)
        assert told - _keys(record) <= {"stated", "given", "inferred", "unknown"}, key


def test_the_python_in_the_readme_uses_what_exists() -> None:
    """The example parses, and each name it takes from the package or a timeline is there."""
    [code] = re.findall(r"```python\n(.*?)```", README, re.S)
    used = [n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Attribute)]
    fields = set(dir(timeline.Timeline)) | set(timeline.Timeline.__dataclass_fields__)

    for node in used:
        if isinstance(node.value, ast.Name) and node.value.id in ("timeline", "tl"):
            assert node.attr in (timeline.__all__ if node.value.id == "timeline" else fields), node.attr


@pytest.mark.parametrize("path", sorted(re.findall(r"\]\((?!http)([^)#]+)\)", README)))
def test_links_in_the_readme_lead_somewhere(path: str) -> None:
    """Every relative link and picture is a file of the project."""
    assert (ROOT / path).exists()


def test_licences_are_whole() -> None:
    """Code: the Apache licence. Weights: their licence, and a credit for every source the README names."""
    code = (ROOT / "LICENSE").read_text(encoding="utf-8")
    weights = (ROOT / "timeline/language/weights/LICENCE.md").read_text(encoding="utf-8")
    table = README.partition("| source | by | licence |")[2].partition("\n\n")[0]
    people = re.findall(r"(\w+) et al\.|(Zeldes)", table)

    assert "Version 2.0, January 2004" in code
    assert "END OF TERMS AND CONDITIONS" in code
    assert "creativecommons.org/licenses/by-sa/4.0" in weights
    assert people
    assert [] == [name for pair in people for name in pair if name not in weights]
    assert PROJECT["project"]["license-files"] == [
        "LICENSE",
        "timeline/language/weights/LICENCE.md",
        "timeline/render/type/OFL.txt",
    ]


def test_the_changelog_tells_of_this_version() -> None:
    """Its first entry is the version in pyproject.toml."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    [first, *_] = re.findall(r"^## ([\d.]+)", changelog, re.M)

    assert PROJECT["project"]["version"] == first


def test_the_package_says_that_it_is_typed() -> None:
    """`py.typed` stands beside the code, so that users' type checkers look inside."""
    assert (ROOT / "timeline/py.typed").is_file()


def test_every_test_states_a_fact() -> None:
    """Each test has a docstring that says what is true."""
    silent = [
        f"{path.name}: {node.name}"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]

    assert [] == silent


def _keys(value: Any) -> set[str]:
    return set(_walk(value))


def _walk(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)


def test_the_readme_names_the_licence_of_everything_installed() -> None:
    """Each package that is installed with this one is in the table of licences."""
    table = README.partition("| package | licence |")[2].partition("\n\n")[0].lower()
    extras = PROJECT["project"]["optional-dependencies"]
    for_users = [need for name in extras if name not in ("test", "fuzz") for need in extras[name]]
    needed = [*PROJECT["project"]["dependencies"], *for_users]

    assert [] == [name for need in needed if (name := re.split(r"[^\w-]", need)[0].lower()) not in table]


def test_only_our_own_files_are_shipped() -> None:
    """What others made stands in a folder with its licence, which the wheel carries; the rest we wrote."""
    package = ROOT / "timeline"
    files = [p for p in package.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    ours = {".py", ".toml", ".cfg", ".css", ".js", ".html"}
    licences = [ROOT / name for name in PROJECT["project"]["license-files"]]
    theirs = {licence.parent for licence in licences} - {ROOT}
    strange = [
        p for p in files if p.suffix not in ours and p.name != "py.typed" and not theirs & set(p.parents)
    ]

    assert all(licence.exists() for licence in licences)
    assert [] == strange


def test_nothing_is_ever_unpickled() -> None:
    """No module of the package reads a format that runs code."""
    sources = [p.read_text(encoding="utf-8") for p in (ROOT / "timeline").rglob("*.py")]

    assert [] == re.findall(
        r"\b(?:import (?:pickle|marshal|shelve|dill)|yaml\.load|eval\(|exec\()", "\n".join(sources)
    )
