"""Minutes within a first joining and a last leaving: as many as all files together allow.

A file that knows only these two moments states how many minutes lie between them. Two such files
of one meeting, one fetched early and one later, tell of the same minutes; two halves of a meeting
tell of others. What all of them allow is the most that fits: within a file's envelope no more than
it states, and nowhere more than the time itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

MINUTE = 60_000_000


class Envelope(NamedTuple):
    """One row of such a file: its moments in microseconds, the minutes it states, the file."""

    start: int
    end: int
    minutes: int
    file: int


class _Claim(NamedTuple):
    """What one file says of one stretch of time: so much of it at the most."""

    start: int
    end: int
    most: int


def most_minutes(envelopes: Iterable[Envelope], parts: Sequence[tuple[int, int]]) -> int:
    """Return the most minutes, rounded up, that lie in `parts` by all these files.

    Rows of one file that overlap are devices at once: their minutes are added up. A further file
    never takes minutes away: files of two rooms may contradict each other, and both be right.
    """
    by_file = [list(_claims(rows)) for rows in _by_file(envelopes)]
    together = [claim for claims in by_file for claim in claims]
    return max(_most(claims, parts) for claims in (together, *by_file))


def _most(claims: list[_Claim], parts: Sequence[tuple[int, int]]) -> int:
    left = [claim.most for claim in claims]
    total = 0
    # From left to right: whatever is filled here takes from claims that end here or later, and
    # these are nested, so that it never costs more elsewhere than it brings.
    for start, end in _pieces(claims, parts):
        over = [n for n, claim in enumerate(claims) if claim.start <= start and end <= claim.end]
        filled = min([end - start, *(left[n] for n in over)]) if over else 0
        for n in over:
            left[n] -= filled
        total += filled
    return -(-total // MINUTE)


def _by_file(envelopes: Iterable[Envelope]) -> Iterable[list[Envelope]]:
    files: dict[int, list[Envelope]] = {}
    for envelope in envelopes:
        files.setdefault(envelope.file, []).append(envelope)
    return files.values()


def _claims(rows: list[Envelope]) -> Iterator[_Claim]:
    """Join the rows of one file that overlap."""
    joined: list[_Claim] = []
    for row in sorted(rows):
        most = row.minutes * MINUTE
        if joined and row.start <= joined[-1].end:
            last = joined.pop()
            joined.append(_Claim(last.start, max(last.end, row.end), last.most + most))
        else:
            joined.append(_Claim(row.start, row.end, most))
    return iter(joined)


def _pieces(claims: list[_Claim], parts: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Cut the parts at every beginning and end of a claim."""
    edges = sorted({edge for claim in claims for edge in claim[:2]})
    for first, last in parts:
        within = [first, *(edge for edge in edges if first < edge < last), last]
        yield from pairwise(within)
