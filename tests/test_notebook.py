"""The example notebook runs from top to bottom and shows what it promises."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from conftest import FIXTURES, ROOT

pytest.importorskip("nbclient", reason="no nbclient here")
pytest.importorskip("ipykernel", reason="no ipykernel here")

#: In a process of its own, for Jupyter leaves sockets to the garbage collector.
RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=600, resources={"metadata": {"path": sys.argv[2]}}).execute()
nbformat.write(notebook, sys.argv[3])
"""


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """The code cells after a run, in a kernel of this Python."""
    ran = tmp_path_factory.mktemp("notebook") / "ran.ipynb"
    paths = [FIXTURES / "notebook.ipynb", FIXTURES, ran]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUN, *paths], capture_output=True, text=True, env=environment
    )
    assert 0 == done.returncode, done.stderr[-2000:]
    return [cell for cell in json.loads(ran.read_bytes())["cells"] if cell["cell_type"] == "code"]


def test_a_timeline_shows_itself(cells: list[Any]) -> None:
    """The value of a cell is a picture, and a line of text where there are no pictures."""
    [output] = [o for o in cells[0]["outputs"] if o["output_type"] == "execute_result"]

    assert "<svg" in "".join(output["data"]["image/svg+xml"])
    assert "".join(output["data"]["text/plain"]).startswith("<Timeline")


def test_every_cell_says_something(cells: list[Any]) -> None:
    """No cell fails or writes to standard error, and each has an output."""
    for cell in cells:
        assert cell["outputs"], cell["source"]
        assert not [o for o in cell["outputs"] if o["output_type"] == "error" or o.get("name") == "stderr"]
    assert "sources.bib" in "".join(cells[-1]["outputs"][0]["text"])
