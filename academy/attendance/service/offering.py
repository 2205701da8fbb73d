"""Files that were given to the desk and wait there: kept, answered, imported or thrown away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath

from sqlalchemy import delete, select

from academy.attendance.models import AttendanceImport, OfferedFile
from academy.attendance.service.importing import (
    find_same,
    hash_of,
    keep_file,
    leave_to_a_worker,
    run_import,
)
from academy.attendance.service.recognising import answers_of, drop_file, recognise
from academy.db import now, session, transaction
from academy.lib.jobs import ask_for
from academy.programme.formats.rows import clean_text
from academy.programme.models import LiveSession, Series

#: A larger file is read and imported by a worker while the page shows how far it has come.
LARGE_BYTES = 1_000_000
#: A file that nobody imports is thrown away after this time: it is full of names.
KEPT = timedelta(days=14)
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Offer:
    """What became of a dropped file: it waits, and perhaps it waited already."""

    file: OfferedFile
    is_again: bool = False


def offer_file(
    series: Series,
    data: bytes,
    filename: str,
    *,
    dropped_at: LiveSession | None = None,
    actor_id: int | None = None,
) -> Offer:
    """Keep a dropped file and look at it: at once, or a large one by a worker.

    Nothing of it counts before it is imported. The same file, dropped while it waits, is found.
    """
    with transaction() as current:
        waiting = _find_waiting(series.id, hash_of(data))
        if waiting is not None:
            return Offer(waiting, is_again=True)
        _forget_refusals(series.id, hash_of(data))
        kept = keep_file(data, _file_name(filename), actor_id)
        offered = OfferedFile(
            series_id=series.id,
            file=kept,
            name=kept.name,
            sha256=kept.sha256,
            size=kept.size,
            dropped_at_id=dropped_at.id if dropped_at else None,
            created_by=actor_id,
        )
        current.add(offered)
        current.flush()
        if len(data) > LARGE_BYTES:
            ask_for("attendance_offer.recognise", offered.id)
    if len(data) <= LARGE_BYTES:
        recognise(offered.id)
    return Offer(offered)


def _find_waiting(series_id: int, sha256: str) -> OfferedFile | None:
    statement = select(OfferedFile).where(
        OfferedFile.series_id == series_id,
        OfferedFile.sha256 == sha256,
        OfferedFile.state != "refused",
    )
    return session.scalars(statement.order_by(OfferedFile.id).limit(1)).first()


def _file_name(name: str) -> str:
    """Return the last part of a path, without signs that hide or turn writing."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return clean_text(last)[-_LONGEST_NAME:] or "attendance"


def _forget_refusals(series_id: int, sha256: str) -> None:
    """A file that was refused and is dropped again stands on the desk once."""
    statement = select(OfferedFile).where(
        OfferedFile.series_id == series_id, OfferedFile.sha256 == sha256
    )
    for offered in session.scalars(statement).all():
        discard(offered)


def answer(offered: OfferedFile, said: Mapping[str, str | int | None]) -> None:
    """Keep what somebody says of the file and look at it again; a large one by a worker.

    `said` may hold "live_session" (an id), "zone", "date_order" and "meeting"; an empty value
    takes an earlier answer back, and what is not named stays.
    """
    with transaction():
        together = {**offered.answers, **said}
        offered.answers = {key: value for key, value in together.items() if value}
        is_large = offered.size > LARGE_BYTES
        if is_large:
            offered.state, offered.rows_done = "reading", 0
            ask_for("attendance_offer.recognise", offered.id)
    if not is_large:
        recognise(offered.id)


def import_offered(offered: Iterable[OfferedFile], actor_id: int | None) -> list[int]:
    """Import the files that are ready; return the ids of their imports.

    Small ones are imported when this returns, large ones by a worker. Pressing the button twice
    imports once, and what is not ready stays as it is.
    """
    return [import_id for one in list(offered) if (import_id := _import(one, actor_id))]


def _import(offered: OfferedFile, actor_id: int | None) -> int | None:
    is_large = offered.size > LARGE_BYTES
    with transaction() as current:
        claim = delete(OfferedFile).where(
            OfferedFile.id == offered.id, OfferedFile.state == "ready"
        )
        live_session, file = offered.live_session, offered.file
        if live_session is None or file is None:
            return None
        if current.execute(claim).rowcount == 0:  # type: ignore[attr-defined]
            return None
        record = leave_to_a_worker(live_session, file, answers_of(offered.reading), actor_id)
        if is_large:
            ask_for("attendance_import.run", record.id)
    if not is_large:
        run_import(record.id)
    return record.id


def discard(offered: OfferedFile) -> None:
    """Take the file off the desk; what was imported of it stays."""
    with transaction() as current:
        kept = offered.file_id
        current.delete(offered)
        current.flush()
        if kept is not None:
            drop_file(kept)


def find_standing_import(offered: OfferedFile) -> AttendanceImport | None:
    """Return the import that stands of this very file, read as it would be read now."""
    if offered.live_session is None:
        return None
    return find_same(offered.live_session, offered.sha256, answers_of(offered.reading))


def sweep_offers() -> None:
    """Look at files that no worker took; forget those that nobody came back for."""
    old = select(OfferedFile).where(OfferedFile.created_at < now() - KEPT)
    for offered in session.scalars(old).all():
        discard(offered)
    waiting = select(OfferedFile.id).where(OfferedFile.state == "reading")
    for offered_id in session.scalars(waiting).all():
        recognise(offered_id)
