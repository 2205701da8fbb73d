"""Pictures that people send: looked at from outside, then drawn anew by a child process."""

from academy.lib.pictures.drawing import Busy, Drawn, draw, in_turn
from academy.lib.pictures.head import (
    LARGEST_BYTES,
    SUFFIXES,
    Head,
    NotDrawn,
    Reason,
    read_head,
)

__all__ = [
    "LARGEST_BYTES", "SUFFIXES", "Busy", "Drawn", "Head", "NotDrawn", "Reason", "draw",
    "in_turn", "read_head",
]  # fmt: skip
