"""Looking at a file that was given to the desk: what it is, where it belongs, what it leaves open.

Nothing of it counts yet. A file of several weeks becomes one offer for each live session.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from academy.attendance.importing.answers import Answers
from academy.attendance.importing.placing import Placement, Search, Window, place_file
from academy.attendance.importing.recognition import describe_opened, describe_read
from academy.attendance.models import AttendanceImport, OfferedFile
from academy.attendance.reading.choosing import SeveralMeetings
from academy.attendance.reading.files import AttendanceFile, OpenedFile, open_attendance, understand
from academy.attendance.service.importing import find_same, read_for
from academy.attendance.service.questions import ask
from academy.db import let_go, session, transaction
from academy.lib.identifiers import without_identifiers
from academy.lib.jobs import DESK, announce
from academy.lib.tables import FileRefused
from academy.people.models import Person
from academy.programme.models import LiveSession, Series, UploadedFile
from academy.programme.sentences import FROZEN

log = logging.getLogger(__name__)

#: Clocks on which reports are exported, one for each that people of the academy live by.
CLOCKS = (
    "UTC", "Asia/Kuala_Lumpur", "Asia/Jakarta", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka",
    "Asia/Yangon", "Asia/Tokyo", "Asia/Karachi", "Asia/Kabul", "Asia/Tehran", "Asia/Dubai",
    "Europe/Berlin", "Europe/London", "Europe/Helsinki", "Africa/Lagos", "Africa/Nairobi",
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
    "America/Sao_Paulo", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip
_FAULT = "fault"


@dataclass(frozen=True)
class _Look:
    """What one look at a file found for one live session, or for none."""

    placement: Placement
    live_session: LiveSession | None
    facts: dict[str, Any]
    questions: dict[str, Any]
    problem: str


def recognise(offered_id: int) -> None:
    """Look at a file that was given, or again once somebody answered; harmless when repeated.

    A file that cannot be used is refused with the reason and not kept. An error of our own leaves
    the file where it is, and says so.
    """
    offered = session.get(OfferedFile, offered_id, populate_existing=True)
    if offered is None or offered.file is None:
        return
    if session.get_one(Series, offered.series_id).anonymised_at is not None:
        _refuse(offered, FROZEN)
        return
    content, rooms = offered.file.content, _live_sessions(offered.series_id)
    search = _search(offered, rooms)
    let_go()
    try:
        opened = open_attendance(content, offered.name, progress=_progress_of(offered_id))
        found = [_look(opened, each, rooms, search) for each in place_file(opened, search)]
        _note(offered, found)
    except FileRefused as error:
        _refuse(offered, str(error))
    except Exception:
        log.exception("could not recognise the offered file %s", offered_id)
        session.rollback()
        _give_up(offered_id)


def _progress_of(offered_id: int) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        statement = update(OfferedFile).where(OfferedFile.id == offered_id)
        with transaction() as current:
            current.execute(statement.values(rows_done=done, rows_total=total))
            announce("job.changed", DESK, id=f"offer:{offered_id}")

    return tell


def _live_sessions(series_id: int) -> dict[int, LiveSession]:
    statement = (
        select(LiveSession)
        .where(LiveSession.series_id == series_id, LiveSession.status != "cancelled")
        .order_by(LiveSession.starts_at)
    )
    return {one.id: one for one in session.scalars(statement)}


def _search(offered: OfferedFile, rooms: Mapping[int, LiveSession]) -> Search:
    windows = {
        one.id: Window(one.id, one.starts_at, one.ends_at, one.zone) for one in rooms.values()
    }
    return Search(
        list(windows.values()),
        answers_of(offered.answers),
        chosen=windows.get(offered.answers.get("live_session") or 0),
        dropped_at=windows.get(offered.dropped_at_id or 0),
        zones=_likely_zones(offered),
    )


def answers_of(said: Mapping[str, Any]) -> Answers:
    """Return the answers that a row keeps as a small document."""
    return Answers.of(said.get("zone", ""), said.get("date_order", ""), said.get("meeting", ""))


def _likely_zones(offered: OfferedFile) -> list[str]:
    """Whoever exported it is most likely the one who gives it, or somebody at the series' home."""
    giver = session.get(Person, offered.created_by) if offered.created_by else None
    home = session.get_one(Series, offered.series_id).zone
    return list(dict.fromkeys(filter(None, [giver.zone if giver else "", home, *CLOCKS])))


def _look(
    opened: OpenedFile, placement: Placement, rooms: Mapping[int, LiveSession], search: Search
) -> _Look:
    live_session = rooms[placement.window.id] if placement.window else None
    file, problem = _try(opened, placement, live_session)
    share = {} if placement.share is None else {"share": round(placement.share * 100)}
    questions = ask(opened, placement, file, problem, search)
    return _Look(
        placement,
        live_session,
        describe_opened(opened) | (describe_read(file) if file else {}) | share,
        questions,
        "" if questions or problem is None else str(problem),
    )


def _try(
    opened: OpenedFile, placement: Placement, live_session: LiveSession | None
) -> tuple[AttendanceFile | None, FileRefused | None]:
    """Read as an import would; where that is refused, as far as it goes, and the reason."""
    said, problem = placement.answers, None
    try:
        if live_session is not None and not placement.is_open:
            return read_for(live_session, opened, said), None
    except FileRefused as error:
        problem = error
    on = live_session.starts_at.date() if live_session and not said.date_order else None
    for day in (on, None):
        try:
            file = understand(opened, on=day, meeting=said.meeting, date_order=said.date_order)
        except SeveralMeetings as error:
            problem = problem or error
        except FileRefused as error:
            problem = problem or error
        else:
            return file, problem
    return None, problem


def _note(offered: OfferedFile, found: list[_Look]) -> None:
    """Write down what was found; further live sessions of the file become further offers."""
    with transaction() as current:
        current.refresh(offered, ["state", "answers"], with_for_update=True)
        is_first = offered.state == "reading" and not offered.answers
        first, *others = found
        if is_first and others:
            offered.answers = _chosen(first)
        _settle(offered, first)
        for look in others if is_first else ():
            other = _sibling(offered, look)
            current.add(other)
            _settle(other, look)
        announce("job.changed", DESK, id=f"offer:{offered.id}")


def _chosen(look: _Look) -> dict[str, Any]:
    return {"live_session": look.live_session.id if look.live_session else None}


def _sibling(offered: OfferedFile, look: _Look) -> OfferedFile:
    return OfferedFile(
        series_id=offered.series_id,
        file=offered.file,
        name=offered.name,
        sha256=offered.sha256,
        size=offered.size,
        dropped_at_id=offered.dropped_at_id,
        answers=_chosen(look),
        created_by=offered.created_by,
        created_at=offered.created_at,
    )


def _settle(offered: OfferedFile, look: _Look) -> None:
    said, live_session = look.placement.answers, look.live_session
    offered.live_session = live_session
    offered.reading = {
        "zone": said.zone or (live_session.zone if live_session else ""),
        "date_order": said.date_order or "",
        "meeting": said.meeting or "",
    }
    offered.facts, offered.questions, offered.problem = look.facts, look.questions, look.problem
    offered.state = _state_of(offered)
    offered.rows_done = offered.rows_total = offered.facts["rows"]
    session.flush()


def _state_of(offered: OfferedFile) -> str:
    live_session = offered.live_session
    if live_session is None or offered.questions or offered.problem:
        return "asked"
    same = find_same(live_session, offered.sha256, answers_of(offered.reading))
    return "ready" if same is None else "known"


def _refuse(offered: OfferedFile, why: str) -> None:
    """A file that is no report may be anything: nobody needs it kept."""
    with transaction() as current:
        kept = offered.file_id
        offered.file, offered.state, offered.questions = None, "refused", {}
        offered.problem = without_identifiers(why)
        current.flush()
        if kept is not None:
            drop_file(kept)
        announce("job.changed", DESK, id=f"offer:{offered.id}")


def drop_file(file_id: int) -> None:
    """Delete a stored file that no offer and no import refers to."""
    offers = select(OfferedFile.id).where(OfferedFile.file_id == file_id)
    imports = select(AttendanceImport.id).where(AttendanceImport.file_id == file_id)
    if session.scalar(offers.union_all(imports).limit(1)) is None:
        session.delete(session.get_one(UploadedFile, file_id))


def _give_up(offered_id: int) -> None:
    statement = update(OfferedFile).where(OfferedFile.id == offered_id)
    with transaction() as current:
        current.execute(statement.values(state="refused", problem=_FAULT))
