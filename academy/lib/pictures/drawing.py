"""Has pictures drawn anew by a child process with limits, one at a time."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from academy.lib.pictures.head import MOST_PIXELS, Head, NotDrawn, Reason, read_head
from academy.lib.pictures.output import Part, read_parts

_CHILD = Path(__file__).parent / "redraw.py"
#: At once in one process, and how long one more waits for its turn before it is told to come back.
AT_ONCE = 1
WAITING_SECONDS = 20
#: At most so many wait; everybody beyond is told at once, so that pages keep their threads.
MOST_WAITING = 6
#: The clock of the wall, for a child that does nothing and so uses up no time of its own.
SECONDS = 60
#: More than all pictures of one upload together.
MOST_OUTPUT = 400_000
#: What a Python needs to begin; no secret of the academy is told to it.
_PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "PATH")

_turns = threading.BoundedSemaphore(AT_ONCE)
_waiting = threading.BoundedSemaphore(AT_ONCE + MOST_WAITING)


class Busy(Exception):
    """Too many pictures are being drawn; this one may be sent again in a moment."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture drawn anew: nothing of the file is left but what is seen."""

    head: Head
    large: Part
    small: Part
    #: JPEG, for browsers that know no WebP.
    plain: Part


def draw(data: bytes) -> Drawn:
    """Return the picture in its sizes; raise NotDrawn with the reason.

    Whoever draws for visitors waits for a turn first (`in_turn`), before the file is even read.
    """
    head = read_head(data)
    said = _ask_child(data, head)
    line, _newline, bodies = said.partition(b"\n")
    told = _understood(line)
    if "parts" not in told:
        raise NotDrawn(_reason(told), head)
    parts = read_parts(told["parts"], bodies)
    if parts is None:
        raise NotDrawn("damaged", head)
    return Drawn(head, parts["large"], parts["small"], parts["plain"])


@contextmanager
def in_turn() -> Iterator[None]:
    """Let one after the other read and draw: memory holds one file and one child; raises Busy."""
    if not _waiting.acquire(blocking=False):
        raise Busy
    try:
        if not _turns.acquire(timeout=WAITING_SECONDS):
            raise Busy
        try:
            yield
        finally:
            _turns.release()
    finally:
        _waiting.release()


def _ask_child(data: bytes, head: Head) -> bytes:
    """Return what the child says, at most MOST_OUTPUT; a child that takes too long is ended."""
    child = subprocess.Popen(  # noqa: S603 (no word of a visitor is among its arguments)
        [sys.executable, "-I", str(_CHILD), head.kind.upper(), str(MOST_PIXELS[head.kind])],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        start_new_session=True,
    )  # fmt: skip
    watch = threading.Timer(SECONDS, child.kill)
    watch.daemon = True
    watch.start()
    try:
        return _converse(child, data)
    finally:
        watch.cancel()
        child.kill()
        child.wait()


def _converse(child: subprocess.Popen[bytes], data: bytes) -> bytes:
    given, told = _pipes(child)
    try:
        with given:
            given.write(data)
    except BrokenPipeError:
        pass  # it fell over its limits; what it said before counts
    with told:
        return told.read(MOST_OUTPUT)


def _pipes(child: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("the child was started without pipes")
    return child.stdin, child.stdout


def _understood(line: bytes) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _reason(told: dict[str, Any]) -> Reason:
    """A child that fell without a word fell over its memory or its time."""
    return "damaged" if told.get("refused") == "damaged" else "too_heavy"
