"""Geometry alone: wrapping text, keeping things apart on a line, and leading lines that never cross.

Nothing here knows events or colours, and nothing draws. Lengths are points; widths of text come from
a function that is passed in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Final

#: `measure(text, size, bold)` -> width in points.
Measure = Callable[[str, float, bool], float]


def wrap(text: str, width: float, size: float, bold: bool, measure: Measure) -> list[str]:
    """`text` in lines no wider than `width`. A word wider than a line is broken wherever it must be.

    A no-break space does not part words, if there is another way.

    >>> wrap("the vote was put off", 60, 10, False, lambda text, size, bold: 5.0 * len(text))
    ['the vote was', 'put off']
    >>> wrap("abcdefgh", 20, 10, False, lambda text, size, bold: 5.0 * len(text))
    ['abcd', 'efgh']
    >>> wrap("港口重新开放，委员会", 30, 10, False, lambda text, size, bold: 5.0 * len(text))
    ['港口重新开', '放，委员会']
    """
    space = measure("n n", size, bold) - measure("nn", size, bold)
    lines: list[str] = []
    line, used = "", 0.0
    for glue, word in _words(text, width, size, bold, measure):
        length = measure(word, size, bold)
        gap = space if glue else 0.0
        if line and used + gap + length <= width:
            line, used = f"{line}{glue}{word}", used + gap + length
            continue
        if line:
            lines.append(line)
        *full, word = _broken(word, width, size, bold, measure) if length > width else [word]
        lines += full
        line, used = word, measure(word, size, bold)
    return [*lines, line] if line else lines


#: Chinese and Japanese are written without spaces and may be broken before any sign, but ...
_SIGNS: Final = "\u2e80-\u303f\u3040-\u30ff\u31f0-\u9fff\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff"
#: ... no line begins with one of these, nor ends with one of those (after JIS X 4051).
_NOT_FIRST: Final = "、。，．！？：；）」』】〉》〕］｝〟ー々％…ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_NOT_LAST: Final = "（「『【〈《〔［｛〝"
_UNIT: Final = re.compile(rf"[{_NOT_LAST}]*(?:[{_SIGNS}]|[^{_SIGNS}]+)[{_NOT_FIRST}]*|[{_NOT_LAST}]+")


def _words(text: str, width: float, size: float, bold: bool, measure: Measure) -> Iterator[tuple[str, str]]:
    """What a line may be made of, each with what stands between it and the one before: a space or nothing.

    No-break spaces hold words together only if a line can hold them.
    """
    for word in text.split(" "):
        parts = word.split("\u00a0") if measure(word, size, bold) > width else [word]
        for part in filter(None, parts):
            glue = " "
            for unit in _UNIT.findall(part) if max(part) >= "\u2e80" else [part]:
                yield glue, unit
                glue = ""


def _broken(word: str, width: float, size: float, bold: bool, measure: Measure) -> list[str]:
    """One long word in parts that fit; marks stay with the letter they sit on."""
    letters: list[str] = []
    for char in word:
        if letters and (unicodedata.category(char)[0] == "M" or char in "\u200c\u200d"):
            letters[-1] += char
        else:
            letters.append(char)
    parts, part, used = [], "", 0.0
    for letter in letters:
        length = measure(letter, size, bold)
        if part and used + length > width:
            parts.append(part)
            part, used = "", 0.0
        part, used = part + letter, used + length
    return [*parts, part]


def spread(
    wanted: Sequence[float], widths: Sequence[float], gap: float, left: float, right: float
) -> list[float] | None:
    """Left ends of things that stand side by side in the given order, as near as can be to `wanted`.

    The sum of squared shifts is the least possible: with the widths taken out, keeping order is
    isotonic regression, solved by pooling adjacent violators. None if they do not fit.

    >>> spread([10, 12, 80], [20, 20, 20], 2, 0, 100)
    [0.0, 22.0, 80.0]
    >>> spread([0, 0], [60, 60], 0, 0, 100) is None
    True
    """
    offsets, total = [], 0.0
    for width in widths:
        offsets.append(total)
        total += width + gap
    room = right - left - (total - gap)
    if wanted and room < -1e-9:
        return None
    pools: list[tuple[float, int]] = []  # mean of what its members want, how many
    for want, offset in zip(wanted, offsets, strict=True):
        mean, count = float(want) - offset, 1
        while pools and pools[-1][0] >= mean:
            before, n = pools.pop()
            mean, count = (before * n + mean * count) / (n + count), n + count
        pools.append((mean, count))
    flat = [min(max(mean, left), left + max(room, 0.0)) for mean, count in pools for _ in range(count)]
    return [base + offset for base, offset in zip(flat, offsets, strict=True)]


def lanes(spans: Sequence[tuple[float, float]], gap: float) -> list[int]:
    """For each bar the lane it lies in, so that no two in a lane come closer than `gap`.

    >>> lanes([(0, 10), (5, 20), (12, 30)], 1)
    [0, 1, 0]
    """
    ends: list[float] = []
    found = [0] * len(spans)
    for index in sorted(range(len(spans)), key=lambda i: (spans[i], i)):
        start, end = spans[index]
        lane = next((n for n, last in enumerate(ends) if last + gap <= start), len(ends))
        ends[lane : lane + 1] = [end]
        found[index] = lane
    return found


def tracks(sources: Sequence[float], targets: Sequence[float], clearance: float) -> list[int]:
    """Where lines turn that run straight, sideways, straight from `sources` to `targets`, uncrossed.

    Both must be in rising order. The answer is a track for each line's sideways part, 0 nearest the
    sources. A line going right must pass beyond the turn of each later one it reaches over, so it gets
    a further track; lines going left mirror that. Lines that go straight keep track 0.

    >>> tracks([10, 20, 30], [40, 50, 60], 2)
    [2, 1, 0]
    >>> tracks([10, 20, 30], [10, 20, 45], 2)
    [0, 0, 0]
    """
    track = [0] * len(sources)
    lines = list(zip(sources, targets, strict=True))
    for i, (source, target) in reversed(list(enumerate(lines))):
        for j in range(i + 1, len(lines)):
            if target <= source or lines[j][0] > target + clearance:
                break
            if lines[j][1] > lines[j][0]:
                track[i] = max(track[i], track[j] + 1)
    for i, (source, target) in enumerate(lines):
        for j in reversed(range(i)):
            if target >= source or lines[j][0] < target - clearance:
                break
            if lines[j][1] < lines[j][0]:
                track[i] = max(track[i], track[j] + 1)
    return track


def clusters(spots: Sequence[float], radius: float) -> list[tuple[int, int]]:
    """Runs of neighbours (first, past the last) whose marks of that radius would touch.

    >>> clusters([0, 5, 30], radius=4)
    [(0, 2), (2, 3)]
    """
    runs: list[tuple[int, int]] = []
    for index, spot in enumerate(spots):
        if runs and spot - spots[index - 1] < 2 * radius + 1:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def column_breaks(heights: Sequence[float], columns: int) -> list[int]:
    """Column of each thing, filled downwards in order so that the tallest column is as short as can be.

    >>> column_breaks([10, 10, 10, 10], 2)
    [0, 0, 1, 1]
    """

    def fill(limit: float) -> list[int]:
        column, used, answer = 0, 0.0, []
        for height in heights:
            if used and used + height > limit:
                column, used = column + 1, 0.0
            used += height
            answer.append(column)
        return answer

    if not heights:
        return []
    low, high = max(heights), sum(heights)
    for _ in range(24):  # halving: far below a point for any page
        middle = (low + high) / 2
        if fill(middle)[-1] < columns:
            high = middle
        else:
            low = middle
    return fill(high + 1e-6)
