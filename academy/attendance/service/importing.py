"""Importing an attendance file: read, stored as it came, matched, computed; the same file once."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import or_, select, update

from academy.attendance.importing.answers import Answers
from academy.attendance.importing.door import let_in
from academy.attendance.models import AttendanceImport
from academy.attendance.reading.files import AttendanceFile, OpenedFile, open_attendance, understand
from academy.attendance.reading.moments import DateOrder
from academy.attendance.service.evidence import store_evidence
from academy.attendance.service.files import drop_read_files
from academy.attendance.service.matching import count_decisions, match_identities
from academy.attendance.service.naming_news import tell_of_names
from academy.attendance.service.presence import compute_attendance
from academy.attendance.service.versions import describe_difference, find_earlier_version, who_came
from academy.db import let_go, now, session, transaction
from academy.i18n.zones import zone_of
from academy.lib.collecting import collection_paused
from academy.lib.identifiers import without_identifiers
from academy.lib.jobs import DESK, announce, ask_for
from academy.lib.tables import FileRefused
from academy.programme.errors import SeriesAnonymisedError
from academy.programme.models import LiveSession, UploadedFile
from academy.programme.sentences import FROZEN
from academy.programme.service import lock_series
from academy.security import audit
from academy.security.digests import keyed_digest

log = logging.getLogger(__name__)

#: A worker that took an import and was not heard of again for so long is dead.
ABANDONED = timedelta(minutes=15)
#: Evidence this far outside the window is still the same meeting (a door opened early).
MARGIN = timedelta(hours=3)

Progress = Callable[[int, int], None]


class FileDoesNotFit(FileRefused):
    """The file is an attendance report, but of another day or read in the wrong zone."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: the contract's object (DESIGN 5)."""

    format: str
    zone: str
    live_session: str
    #: Data rows of the file, refused ones included.
    rows: int
    #: Rows kept as evidence.
    connections: int
    #: Who these rows are, before matching; matched + unmatched + excluded.
    identities: int
    matched: int
    #: Of the unmatched: those for whom there are candidates.
    suggested: int
    unmatched: int
    excluded: int
    refused: list[dict[str, Any]]
    unchanged: bool = False


def import_attendance(
    live_session: LiveSession,
    data: bytes,
    filename: str,
    *,
    zone: str | None = None,
    meeting: str | None = None,
    date_order: DateOrder | None = None,
    actor_id: int | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Read `data` into the ledger of `live_session` and return what happened.

    `zone` is the IANA zone of the file's clock (default: the live session's own), `meeting` the
    key of one of its meetings, `date_order` the order of day and month. The same file again
    changes nothing; a corrected one replaces its earlier version. Raises FileRefused with a
    sentence, and then nothing is stored. With `dry_run` the numbers are the same, nothing stays.
    """
    answers = Answers(zone or live_session.zone, date_order, meeting)
    if (earlier := find_same(live_session, hash_of(data), answers)) is not None:
        return ImportReport(**{**earlier.report, "unchanged": True})
    file = _read_in(live_session, data, filename, answers, progress)
    with transaction() as current:
        savepoint = current.begin_nested()
        lock_series(live_session.series_id)
        # Somebody may have been quicker.
        if (earlier := find_same(live_session, hash_of(data), answers)) is not None:
            savepoint.rollback()
            return ImportReport(**{**earlier.report, "unchanged": True})
        kept = keep_file(data, filename, actor_id)
        report = _take_up(_record(live_session, kept, answers, actor_id), file)
        if dry_run:
            savepoint.rollback()
        else:
            savepoint.commit()
    return report


def begin_import(
    live_session: LiveSession,
    data: bytes,
    filename: str,
    *,
    zone: str,
    meeting: str | None = None,
    date_order: DateOrder | None = None,
    actor_id: int | None = None,
) -> AttendanceImport:
    """Store a file for a worker to import and ask for it; the record shows its progress."""
    with transaction():
        answers = Answers(zone, date_order, meeting)
        record = _record(live_session, keep_file(data, filename, actor_id), answers, actor_id)
        ask_for("attendance_import.run", record.id)
    return record


def leave_to_a_worker(
    live_session: LiveSession, file: UploadedFile, answers: Answers, actor_id: int | None
) -> AttendanceImport:
    """Note, in the caller's transaction, that a stored file is to be imported by `run_import`."""
    return _record(live_session, file, answers, actor_id)


def run_import(import_id: int) -> None:
    """Import what `begin_import` stored; only one worker gets it, and a dead one's is retaken."""
    if not _claim(import_id):
        return
    record = session.get_one(AttendanceImport, import_id)
    try:
        content, name, live_session = record.file.content, record.file.name, record.live_session
        let_go()
        answers = Answers.of(record.zone, record.date_order, record.meeting)
        file = _read_in(live_session, content, name, answers, _progress_of(import_id))
        del content
        session.expire(record.file, ["content"])
        with transaction():
            lock_series(record.live_session.series_id)
            session.refresh(record, ["state"])
            if record.state != "working":  # another worker retook it and was quicker
                return
            _take_up(record, file)
            announce("job.changed", DESK, id=f"import:{import_id}")
    except FileRefused as error:
        _refuse(import_id, str(error))
    except SeriesAnonymisedError:  # while the file was read
        _refuse(import_id, FROZEN)


def sweep_imports() -> None:
    """Run what no worker has taken, or what a worker took and never finished."""
    for import_id in session.scalars(select(AttendanceImport.id).where(_claimable())).all():
        try:
            run_import(import_id)
        except Exception:
            # The file stays and is tried again; the others behind it must not wait for that.
            log.exception("could not import the attendance file %s", import_id)
            session.rollback()


def _claimable() -> Any:
    abandoned = (AttendanceImport.state == "working") & (
        AttendanceImport.finished_at < now() - ABANDONED
    )
    return or_(AttendanceImport.state == "waiting", abandoned)


def _claim(import_id: int) -> bool:
    """Take the import; `finished_at` says meanwhile when it was taken."""
    statement = update(AttendanceImport).where(AttendanceImport.id == import_id, _claimable())
    with transaction() as current:
        claimed = current.execute(statement.values(state="working", finished_at=now()))
        return bool(claimed.rowcount)  # type: ignore[attr-defined]


def _progress_of(import_id: int) -> Progress:
    def tell(done: int, total: int) -> None:
        statement = update(AttendanceImport).where(AttendanceImport.id == import_id)
        with transaction() as current:
            current.execute(statement.values(rows_done=done, rows_total=total))
            announce("job.changed", DESK, id=f"import:{import_id}")

    return tell


def _refuse(import_id: int, why: str) -> None:
    statement = update(AttendanceImport).where(AttendanceImport.id == import_id)
    with transaction() as current:
        refused = {"refused": [{"row": None, "why": without_identifiers(why)}]}
        current.execute(statement.values(state="refused", report=refused, finished_at=now()))
        announce("job.changed", DESK, id=f"import:{import_id}")


def find_same(live_session: LiveSession, sha256: str, answers: Answers) -> AttendanceImport | None:
    """Return the standing import of this very file, read in this very way, or None."""
    statement = (
        select(AttendanceImport)
        .join(UploadedFile)
        .where(
            AttendanceImport.live_session_id == live_session.id,
            AttendanceImport.state == "done",
            AttendanceImport.zone == answers.zone,
            AttendanceImport.meeting == (answers.meeting or ""),
            AttendanceImport.date_order == (answers.date_order or ""),
            UploadedFile.sha256 == sha256,
        )
    )
    return session.scalars(statement).first()


def _read_in(
    live_session: LiveSession,
    data: bytes,
    filename: str,
    answers: Answers,
    progress: Progress | None,
) -> AttendanceFile:
    """Return what the ledger may know of the file.

    What it was read from goes before anything is stored: of a large file that is most memory.
    """
    with collection_paused():
        opened = open_attendance(data, filename, progress=progress)
        file = read_for(live_session, opened, answers, is_last=True)
        del opened
        return let_in(file, partial(keyed_digest, f"series:{live_session.series_id}"))


def read_for(
    live_session: LiveSession, opened: OpenedFile, answers: Answers, *, is_last: bool = False
) -> AttendanceFile:
    """Read the file with the day of the live session as its witness; refuse what does not fit."""
    if live_session.series.anonymised_at is not None:
        raise FileRefused(FROZEN)
    zone = answers.zone or live_session.zone
    day = live_session.starts_at.astimezone(zone_of(zone)).date()
    file = understand(
        opened, zone=zone, on=day, meeting=answers.meeting, date_order=answers.date_order,
        is_last=is_last,
    )  # fmt: skip
    _refuse_another_day(live_session, file, file.zone or zone)
    return file


def _refuse_another_day(live_session: LiveSession, file: AttendanceFile, zone: str) -> None:
    moments = [row.joined for row in file.connections if row.joined and row.left]
    if not moments:
        _refuse_open_dates(live_session, file)
        return
    clock = zone_of(file.zone or zone)
    first, last = live_session.starts_at - MARGIN, live_session.ends_at + MARGIN
    if not any(first <= moment.replace(tzinfo=clock) <= last for moment in moments):
        start = live_session.starts_at.astimezone(clock)
        raise FileDoesNotFit(
            f"Nobody in this file was there at the time of the live session: the file begins at "
            f"{min(moments):%Y-%m-%d %H:%M}, the live session at {start:%Y-%m-%d %H:%M} "
            f"({clock.key}). Is it another meeting's file, or was it exported in another time zone?"
        )


def _refuse_open_dates(live_session: LiveSession, file: AttendanceFile) -> None:
    """Refuse dates that fit two orders when neither gives the day of the live session."""
    if any(row.span for row in file.connections):
        raise FileDoesNotFit(
            "The dates of this file can be read month first or day first, and neither way is any "
            f"of them the day of the live session, {live_session.starts_at:%Y-%m-%d}. Is it "
            "another meeting's file?"
        )


def keep_file(data: bytes, filename: str, actor_id: int | None) -> UploadedFile:
    """Return a row that keeps the file as it came, for the caller's transaction."""
    return UploadedFile(
        name=filename[-255:],
        sha256=hash_of(data),
        size=len(data),
        content=data,
        uploaded_by=actor_id,
    )


def hash_of(data: bytes) -> str:
    """Return the hex SHA-256 by which the same file is known again."""
    return hashlib.sha256(data).hexdigest()


def _record(
    live_session: LiveSession, file: UploadedFile, answers: Answers, actor_id: int | None
) -> AttendanceImport:
    record = AttendanceImport(
        live_session=live_session,
        file=file,
        zone=answers.zone or live_session.zone,
        meeting=answers.meeting or "",
        date_order=answers.date_order or "",
        created_by=actor_id,
    )
    session.add_all([file, record])
    session.flush()
    return record


def _take_up(record: AttendanceImport, file: AttendanceFile) -> ImportReport:
    """Put what was read into the ledger: one transaction, all of it or nothing."""
    live_session = record.live_session
    lock_series(live_session.series_id)
    with collection_paused():
        return _store(record, file)


def _store(record: AttendanceImport, file: AttendanceFile) -> ImportReport:
    live_session = record.live_session
    before = who_came(live_session.id)
    earlier = find_earlier_version(record, file)
    if earlier is not None:
        earlier.state, record.replaces_id = "replaced", earlier.id
    identity_ids = store_evidence(record, file)
    record.state, record.format, record.finished_at = "done", file.format, now()
    record.left_out = list(file.left_out)
    session.flush()
    outcomes = match_identities(live_session)
    compute_attendance(live_session)
    open_ones = identity_ids & outcomes.keys()
    hinted = sum(outcomes[number].has_suggestions for number in open_ones)
    report = _report(record, file, identity_ids, hinted)
    record.report, record.rows_done, record.rows_total = asdict(report), file.rows, file.rows
    if earlier is not None:
        record.difference = describe_difference(before, who_came(live_session.id))
    session.flush()
    drop_read_files([record.file_id])
    _note(record, report)
    tell_of_names(record)
    return report


def _report(
    record: AttendanceImport, file: AttendanceFile, identity_ids: set[int], hinted: int
) -> ImportReport:
    matched, unmatched, excluded = count_decisions(record.live_session_id, identity_ids)
    return ImportReport(
        format=file.format,
        zone=file.zone or record.zone,
        live_session=record.live_session.slug,
        rows=file.rows,
        connections=len(file.connections),
        identities=len(identity_ids),
        matched=matched,
        suggested=hinted,
        unmatched=unmatched,
        excluded=excluded,
        refused=[{"row": row.number, "why": row.why} for row in file.refused],
    )


def _note(record: AttendanceImport, report: ImportReport) -> None:
    audit.note(
        "attendance.imported",
        f"live-session:{report.live_session}",
        actor_id=record.created_by,
        import_id=record.id,
        rows=report.rows,
        matched=report.matched,
    )
