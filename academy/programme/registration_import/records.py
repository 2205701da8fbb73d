"""Files that organisers gave: kept for a preview, imported at once or by a worker."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import cast

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from academy.db import now, session, transaction
from academy.lib.jobs import DESK, announce, ask_for
from academy.lib.tables import FileRefused, Progress
from academy.programme.formats.answered_at import ORDERS, DateOrder
from academy.programme.formats.entries import RegistrationFile
from academy.programme.formats.headings import ROLES, Role
from academy.programme.formats.rows import clean_text
from academy.programme.models import RegistrationImport, Series, UploadedFile
from academy.programme.registration_import.importing import import_registrations, read_file
from academy.programme.registration_import.refused import REFUSED_ARE_KEPT, rows_to_mend

#: More rows than these are left to a worker while the page shows how far it has come.
MOST_ROWS_AT_ONCE = 2_000
#: A file that nobody imports is thrown away after this time.
PREVIEWS_ARE_KEPT = timedelta(days=14)
#: Under this key the chosen columns hold the order of day and month, where somebody chose it.
DATES = "dates"
_OPEN = ("waiting", "working")
_CHOOSABLE = ("previewed", "asked")
_LONGEST_NAME = 255


def keep_upload(
    series: Series, name: str, data: bytes, file: RegistrationFile, actor_id: int | None
) -> RegistrationImport:
    """Keep a file that was read, for a preview; nothing of it is imported yet."""
    with transaction() as current:
        record = RegistrationImport(
            series_id=series.id,
            file=UploadedFile(
                name=_file_name(name),
                sha256=hashlib.sha256(data).hexdigest(),
                size=len(data),
                content=data,
                uploaded_by=actor_id,
            ),
            state=_state_of(file),
            rows_total=file.rows,
            created_by=actor_id,
        )
        current.add(record)
        current.flush()
    return record


def _file_name(name: str) -> str:
    """Return the last part of a path, without signs that hide or turn writing."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return clean_text(last)[-_LONGEST_NAME:] or "registrations"


def _state_of(file: RegistrationFile) -> str:
    return "asked" if file.columns.questions else "previewed"


def read_record(record: RegistrationImport, progress: Progress | None = None) -> RegistrationFile:
    """Read the kept file again, with the columns that somebody chose; may raise FileRefused."""
    return read_file(
        record.file.content,
        record.file.name,
        columns=chosen_columns(record),
        date_order=chosen_dates(record),
        progress=progress,
    )


def chosen_columns(record: RegistrationImport) -> dict[Role, int | None]:
    """Return the 0-based columns that somebody chose; None where there is no such column."""
    chosen = {role: record.columns[role] for role in ROLES if role in record.columns}
    return {role: None if number is None else number - 1 for role, number in chosen.items()}


def chosen_dates(record: RegistrationImport) -> DateOrder | None:
    """Return the order of day and month that somebody chose."""
    return cast("DateOrder | None", record.columns.get(DATES)) if DATES in record.columns else None


def choose_columns(
    record: RegistrationImport, columns: Mapping[Role, int | None], dates: str = ""
) -> None:
    """Keep which column (from 1; None for none) holds what, and read the file by that.

    Roles that are not named are recognised again. Raises FileRefused where that cannot be read.
    """
    with transaction():
        if record.state not in _CHOOSABLE:
            return
        chosen_order = {DATES: dates} if dates in ORDERS else {}
        record.columns = {str(role): number for role, number in columns.items()} | chosen_order
        file = read_record(record)
        record.state, record.rows_total = _state_of(file), file.rows


def discard(record: RegistrationImport) -> None:
    """Throw away a file that was never imported: nobody needs the addresses in it."""
    with transaction() as current:
        if record.state in _CHOOSABLE:
            current.delete(record)
            current.delete(record.file)


def start_import(record: RegistrationImport, actor_id: int | None) -> None:
    """Import the file: a small one before this returns, a large one by a worker.

    Pressing the button twice starts it once.
    """
    statement = update(RegistrationImport).where(
        RegistrationImport.id == record.id, RegistrationImport.state == "previewed"
    )
    with transaction() as current:
        current.execute(statement.values(state="waiting", rows_done=0, created_by=actor_id))
        is_large = record.rows_total > MOST_ROWS_AT_ONCE
        if is_large:
            ask_for("registration_import.run", record.id)
    if not is_large:
        run_import(record.id)
    session.expire(record)


def run_import(import_id: int) -> None:
    """Import a file that waits; harmless when it was imported or another worker is at it.

    What counts is one transaction that ends with the state "done": a worker that dies leaves the
    file waiting, and the sweep finds it.
    """
    record = session.get(RegistrationImport, import_id, populate_existing=True)
    if record is None or record.state not in _OPEN:
        return
    try:
        file = read_record(record, _progress_of(record))
        _take_up(import_id, file)
    except FileRefused as error:
        _refuse(import_id, str(error))


def _progress_of(record: RegistrationImport) -> Progress | None:
    if record.rows_total <= MOST_ROWS_AT_ONCE:
        return None
    import_id = record.id

    def tell(done: int, _total: int) -> None:
        statement = update(RegistrationImport).where(
            RegistrationImport.id == import_id, RegistrationImport.state.in_(_OPEN)
        )
        with transaction() as current:
            current.execute(statement.values(state="working", rows_done=done))
            _announce(import_id)

    return tell


def _take_up(import_id: int, file: RegistrationFile) -> None:
    if file.columns.questions:
        raise FileRefused("It is not known which column holds what.")
    left = _rows_to_mend(import_id) if file.refused else b""
    try:
        _import_claimed(import_id, file, left)
    except IntegrityError:
        # Somebody signed up with one of the addresses a moment ago: look again who is here.
        _import_claimed(import_id, file, left)


def _rows_to_mend(import_id: int) -> bytes:
    record = session.get_one(RegistrationImport, import_id)
    return rows_to_mend(
        record.file.content, record.file.name, chosen_columns(record), chosen_dates(record)
    )


def _import_claimed(import_id: int, file: RegistrationFile, left: bytes) -> None:
    """Import, and keep of the file the rows that stayed out: the others are registrations now."""
    statement = (
        select(RegistrationImport)
        .where(RegistrationImport.id == import_id, RegistrationImport.state.in_(_OPEN))
        .with_for_update(skip_locked=True, of=RegistrationImport)
        .execution_options(populate_existing=True)
    )
    with transaction() as current:
        record = current.scalars(statement).one_or_none()
        if record is None:
            return
        report = import_registrations(record.series, file, actor_id=record.created_by)
        record.state, record.report, record.finished_at = "done", report.as_json(), now()
        record.rows_done = record.rows_total = report.rows
        record.file.content, record.file.dropped_at = left, None if left else now()
        _announce(import_id)


def _refuse(import_id: int, why: str) -> None:
    statement = update(RegistrationImport).where(RegistrationImport.id == import_id)
    with transaction() as current:
        current.execute(statement.values(state="refused", report={"why": why}, finished_at=now()))
        _announce(import_id)


def _announce(import_id: int) -> None:
    announce("job.changed", DESK, id=f"registration_import:{import_id}")


def sweep_imports() -> None:
    """Import every file that waits, or whose worker died over it; forget old previews."""
    _forget_previews()
    drop_old_files()
    statement = select(RegistrationImport.id).where(RegistrationImport.state.in_(_OPEN))
    for import_id in session.scalars(statement).all():
        run_import(import_id)


def drop_old_files(at: datetime | None = None) -> int:
    """Empty files that were imported or refused a week ago; return how many.

    Name, size and SHA-256 stay.
    """
    over = select(RegistrationImport.file_id).where(
        RegistrationImport.state.in_(("done", "refused")),
        RegistrationImport.finished_at < (at or now()) - REFUSED_ARE_KEPT,
    )
    statement = (
        update(UploadedFile)
        .where(UploadedFile.dropped_at.is_(None), UploadedFile.id.in_(over))
        .values(content=b"", dropped_at=now())
        .returning(UploadedFile.id)
        .execution_options(synchronize_session=False)
    )
    with transaction() as current:
        return len(current.execute(statement).all())


def _forget_previews() -> None:
    """Nobody came back for these files, and they are full of addresses."""
    statement = select(RegistrationImport).where(
        RegistrationImport.state.in_(_CHOOSABLE),
        RegistrationImport.created_at < now() - PREVIEWS_ARE_KEPT,
    )
    for record in session.scalars(statement).all():
        discard(record)
