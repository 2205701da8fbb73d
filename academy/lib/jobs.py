"""The port through which services ask for a job or a broadcast by name, after the commit."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from academy.db import after_commit

log = logging.getLogger(__name__)

#: The room of everybody who works on the desk.
DESK = "desk"
#: Announced to the room of a person: every browser of theirs loses its line, in every process.
PUT_OUT = "person.out"

#: So long, in seconds, a look at the database may wait for others who ask for the same.
MOMENT = 0.25
_waiting: dict[str, threading.Timer] = {}
_waiting_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job; `error` is "" where it went well."""

    task: str
    arguments: tuple[int | str, ...]
    started_at: datetime
    ended_at: datetime
    error: str = ""


Runner = Callable[[str, tuple[int | str, ...]], object]
Announcer = Callable[[str, str, dict[str, int | str]], object]


def _leave_it_to_the_sweep(_job: str, _arguments: tuple[int | str, ...]) -> None:
    """Do nothing: truth is a row of the database, and beat looks for it every minute."""


def _tell_nobody(_event: str, _room: str, _facts: dict[str, int | str]) -> None:
    """Do nothing: without a bus the pages show the change at the next reload."""


_runner: list[Runner] = [_leave_it_to_the_sweep]
_announcer: list[Announcer] = [_tell_nobody]


def plug(runner: Runner, announcer: Announcer) -> None:
    """Connect the port to Celery and Socket.IO (done by app.py and worker.py).

    What waits for its moment is the sweep's: it was asked of whoever was connected before.
    """
    with _waiting_lock:
        for timer in _waiting.values():
            timer.cancel()
        _waiting.clear()
    _runner[0] = runner
    _announcer[0] = announcer


def unplug() -> None:
    """Go back to leaving jobs to the sweep (tests and short commands)."""
    plug(_leave_it_to_the_sweep, _tell_nobody)


def ask_for(job: str, *arguments: int | str) -> None:
    """Ask for `job` ("noun.verb") with ids once the current transaction is committed."""
    after_commit(lambda: _safely(job, lambda: _runner[0](job, arguments)))


def ask_soon(job: str) -> None:
    """Ask for `job`, which looks for what is due, a moment after the current transaction's commit.

    Whoever asks within that moment is served by the same look: handing a job to the queue costs
    a third of what a registration costs.
    """
    after_commit(lambda: _wait_for_others(job))


def _wait_for_others(job: str) -> None:
    with _waiting_lock:
        if job in _waiting:
            return
        _waiting[job] = timer = threading.Timer(MOMENT, _look, (job,))
    timer.daemon = True
    timer.start()


def _look(job: str) -> None:
    # Whoever commits from here on begins another moment, so nobody's row is overlooked.
    with _waiting_lock:
        _waiting.pop(job, None)
    _safely(job, lambda: _runner[0](job, ()))


def room_of_person(person_id: int) -> str:
    """Return the room of the browsers in which somebody is signed in."""
    return f"person-{person_id}"


def announce(event: str, room: str, **facts: int | str) -> None:
    """Tell the browsers in `room` about `event` after the commit; ids and public facts only."""
    after_commit(lambda: _safely(event, lambda: _announcer[0](event, room, facts)))


def _safely(what: str, step: Callable[[], object]) -> None:
    """A broker that is down costs nobody a page: the sweep finds the row within a minute."""
    try:
        step()
    except Exception:
        log.exception("could not hand over %s", what)
