"""Writing the intervals of all groups as JSON, letter by letter, as Python's json module does."""

import numpy as np
from numpy.typing import NDArray

from academy.attendance.recomputing.stays import Numbers, Spans

Letters = NDArray[np.uint8]
Truths = NDArray[np.bool_]


def write_intervals(spans: Spans, count: int) -> list[bytes]:
    """Return for each of `count` groups `[[start, end], …]`; spans are in order of their group.

    Each span is written into a line of a table whose unused cells are then left out: a million
    spans take a tenth of a second this way, and ten times that one by one.
    """
    texts = [b"[]"] * count
    if not len(spans.group):
        return texts
    is_first = np.concatenate(([True], spans.group[1:] != spans.group[:-1]))
    is_last = np.concatenate((is_first[1:], [True]))
    lines = _letters(spans, is_first, is_last).tobytes().split(b"\n")
    for group, line in zip(spans.group[is_first].tolist(), lines, strict=False):
        texts[group] = line
    return texts


def _letters(spans: Spans, is_first: Truths, is_last: Truths) -> Letters:
    """Return the texts of the groups one after the other, each with a line break at its end."""
    count = len(spans.group)
    always, never = np.ones(count, np.bool_), ~is_first
    start, end = _digits(spans.start), _digits(spans.end)
    table = [
        _same(b"[", is_first), _same(b", ", never), _same(b"[", always), start,
        _same(b", ", always), end, _same(b"]", always), _same(b"]\n", is_last),
    ]  # fmt: skip
    letters = np.concatenate([part for part, _used in table], axis=1)
    used = np.concatenate([used for _part, used in table], axis=1)
    written: Letters = letters[used]
    return written


def _same(text: bytes, where: Truths) -> tuple[Letters, Truths]:
    shape = (len(where), len(text))
    letters = np.broadcast_to(np.frombuffer(text, np.uint8), shape)
    return letters, np.broadcast_to(where[:, np.newaxis], shape)


def _digits(numbers: Numbers) -> tuple[Letters, Truths]:
    """Return the digits of numbers that are not negative, and which are no leading zeros."""
    width = len(str(int(numbers.max())))
    rest = numbers.astype(np.uint32)
    letters = np.empty((len(numbers), width), np.uint8)
    used = np.empty((len(numbers), width), np.bool_)
    for place in range(width - 1, -1, -1):
        used[:, place] = rest > 0
        rest, digit = np.divmod(rest, np.uint32(10))
        letters[:, place] = digit + ord("0")
    used[:, width - 1] = True
    return letters, used
