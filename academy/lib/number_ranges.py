"""Numbers as people write them, "3-5, 9", and back."""

import re
from collections.abc import Collection, Iterator

#: A range of more numbers than this was not meant.
LONGEST_RANGE = 10_000
_PART = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")
_DASH = re.compile(r"\s*[-–—]\s*")


def read_ranges(text: str) -> set[int]:
    """Return the numbers that "3-5, 9" names; raises ValueError where it is nothing like that."""
    found: set[int] = set()
    for part in re.split(r"[,;\s]+", _DASH.sub("-", text).strip(" ,;")):
        if not part:
            continue
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(part)
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first or last - first > LONGEST_RANGE:
            raise ValueError(part)
        found.update(range(first, last + 1))
    return found


def write_ranges(numbers: Collection[int], dash: str = "-") -> str:
    """Return numbers as short as they can be written: "3-5, 9"."""
    return ", ".join(
        str(first) if first == last else f"{first}{dash}{last}"
        for first, last in _ranges(sorted(numbers))
    )


def _ranges(numbers: list[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for number in numbers:
        if first is None or last is None:
            first = last = number
        elif number == last + 1:
            last = number
        else:
            yield first, last
            first = last = number
    if first is not None and last is not None:
        yield first, last
