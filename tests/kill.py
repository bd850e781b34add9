"""Kill a writer at random moments and look for torn files: `python tests/kill.py 1000 [FOLDER]`.

The writer puts sets of files of ever other sizes into one folder. Each file begins and ends with the number
of its set and says how long it is; one that does not is torn. Exit status 1 if any is.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from timeline.files import ours, refuse_strangers, write_all

NAMES = tuple(f"timeline.{suffix}" for suffix in ("csv", "json", "md", "png"))


def content(number: int, size: int) -> bytes:
    """A file that shows when a part of it is missing."""
    head = f"{number} {size} ".encode()
    return head + b"x" * size + f" {number}".encode()


def is_whole(data: bytes) -> bool:
    match = re.fullmatch(rb"(\d+) (\d+) (x*) (\d+)", data)
    return bool(match and match[1] == match[4] and len(match[3]) == int(match[2]))


def write_for_ever(folder: Path) -> None:
    chance, number = random.Random(os.getpid()), 0
    print("writing", flush=True)
    while True:
        number += 1
        write_all(folder, {name: content(number, chance.randrange(300_000)) for name in NAMES})


def kills(folder: Path, times: int, seed: int) -> int:
    """How many files were found torn."""
    chance, torn = random.Random(seed), 0
    for _ in range(times):
        command = [sys.executable, __file__, "--write", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.05))
            writer.send_signal(signal.SIGKILL)
        left = [name for name in NAMES if (folder / name).exists()]
        torn += sum(not is_whole((folder / name).read_bytes()) for name in left)
        refuse_strangers(folder, left)  # each is known as ours, whatever was cut off
    write_all(folder, {NAMES[0]: b"end"})
    assert {path.name for path in folder.iterdir()} == ours(folder), "something was left lying about"
    return torn


def main() -> int:
    if sys.argv[1] == "--write":
        write_for_ever(Path(sys.argv[2]))
    times, seed = int(sys.argv[1]), 7
    with tempfile.TemporaryDirectory() as scratch:
        torn = kills(Path(sys.argv[2] if len(sys.argv) > 2 else scratch), times, seed)
    print(f"seed {seed}: {times} kills, {torn or 'no'} torn file{'s' if torn > 1 else ''}")
    return 1 if torn else 0


if __name__ == "__main__":
    sys.exit(main())
