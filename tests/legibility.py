"""Every kind of picture on every hard timeline, drawn and judged.

    python tests/legibility.py [--gate OVERLAPS.PY] [--only CASE ...] [--style STYLE ...] [--keep FOLDER]

Draws each case of `drawn.CASES` in every layout, size and style. Each picture is judged on the records it
is drawn from, as the tests do; with `--gate` also from its SVG, by a program that knows nothing of us.
Prints a line for each picture that fails, then how many there were. Exit status 1 if any failed.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from typing import Any

from drawn import CASES

from timeline.render import LOOK_CHOICES, Look, pictures

LAYOUTS = ("cards", "list", "lanes")
LIMITS = {
    "overlapping_pairs": 0,
    "outside_canvas": 0,
    "struck_by_line": 0,
    "hidden_by_shape": 0,
}


def gate(path: str) -> Any:
    """The judging program as a module."""
    spec = importlib.util.spec_from_file_location("overlaps", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["overlaps"] = module
    spec.loader.exec_module(module)
    return module


def faults(report: dict[str, Any]) -> list[str]:
    """What the judge found wrong."""
    found = [f"{name} {report[name]}" for name, most in LIMITS.items() if report[name] > most]
    if report["min_font_pt"] is not None and report["min_font_pt"] < 7:
        found.append(f"type {report['min_font_pt']}")
    if report["min_contrast"] is not None and report["min_contrast"] < 4.5:
        found.append(f"contrast {report['min_contrast']}")
    if not all(report["alt"].values()):
        found.append("no alternative text")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--gate", help="the judging program")
    parser.add_argument("--only", action="append", help="a case; may be repeated")
    parser.add_argument("--style", action="append", help="a style; may be repeated")
    parser.add_argument("--keep", help="a folder for the pictures")
    options = parser.parse_args()
    judge = gate(options.gate) if options.gate else None
    failed = drawn = 0
    slowest = (0.0, "")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(options.keep or scratch)
        folder.mkdir(exist_ok=True)
        for case, layout, size, style in product(
            options.only or CASES, LAYOUTS, LOOK_CHOICES["size"], options.style or LOOK_CHOICES["style"]
        ):
            name = f"{case}, {layout}, {size}, {style}"
            started = time.process_time()
            data = pictures(CASES[case](), ["svg"], Look(size, style, layout, links=True)).data["svg"]
            slowest = max(slowest, (time.process_time() - started, name))
            drawn += 1
            file = folder / f"{name.replace(', ', '_').replace(' ', '-')}.svg"
            file.write_bytes(data)
            if judge is not None and (found := faults(judge.svg_report(str(file)))):
                failed += 1
                print(f"{name}: {'; '.join(found)}")
            if not options.keep:
                file.unlink()
    print(f"{drawn} pictures, {failed} failed; slowest {slowest[0]:.1f} s ({slowest[1]})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
