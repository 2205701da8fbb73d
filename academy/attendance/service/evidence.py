"""Storing what a file says as evidence: identities as they came, and every row with its cells."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select

from academy.attendance.models import AttendanceImport, Evidence, Identity
from academy.attendance.reading.connections import Connection
from academy.attendance.reading.files import AttendanceFile, FilePerson
from academy.attendance.service.sayings import note_sayings, words_of
from academy.bulk import insert_rows
from academy.db import now, session, table_of
from academy.i18n.zones import zone_of

_BATCH = 1_000
#: The columns of evidence that a file fills.
_COLUMNS = (
    "live_session_id", "source", "import_id", "identity_id", "row_number", "cells", "joined_at",
    "left_at", "stated_minutes", "recorded_at",
)  # fmt: skip


def store_evidence(record: AttendanceImport, file: AttendanceFile) -> set[int]:
    """Store identities and evidence of the import; return the ids of its identities.

    Registrants of a webinar report who did not come leave no evidence.
    """
    people = dict(_keyed(person for person in file.people if _was_seen(person)))
    ids = _upsert_identities(record, people)
    zone = zone_of(file.zone or record.zone)
    at = now()
    rows = (
        _evidence(record, ids[key], connection, zone, at)
        for key, person in people.items()
        for connection in person.connections
    )
    insert_rows(table_of(Evidence), _COLUMNS, rows)
    return set(ids.values())


def _was_seen(person: FilePerson) -> bool:
    return person.attended or person.role == "waiting"


def _keyed(people: Iterable[FilePerson]) -> Iterator[tuple[str, FilePerson]]:
    """Give each identity its key; namesakes that the file keeps apart are numbered."""
    seen: Counter[str] = Counter()
    for person in people:
        kind, value = person.connections[0].identity
        base = f"{kind}:{value}"[:290]
        if person.role == "waiting":  # who came in later, by another file, is not this one
            base = f"waiting:{base}"
        seen[base] += 1
        yield (base if seen[base] == 1 else f"{base}#{seen[base]}", person)


def _upsert_identities(record: AttendanceImport, people: dict[str, FilePerson]) -> dict[str, int]:
    live_session_id = record.live_session_id
    known = _read_ids(live_session_id)
    note_sayings(
        record, {known[key]: words_of(person) for key, person in people.items() if key in known}
    )
    new = [
        _identity(live_session_id, key, person)
        for key, person in people.items()
        if key not in known
    ]
    for batch in _in_batches(new):
        session.execute(insert(Identity), batch)
    known = _read_ids(live_session_id) if new else known
    return {key: known[key] for key in people}


def _read_ids(live_session_id: int) -> dict[str, int]:
    statement = select(Identity.key, Identity.id).where(Identity.live_session_id == live_session_id)
    return {key: number for key, number in session.execute(statement)}  # noqa: C416 (rows are no pairs to mypy)


def _identity(live_session_id: int, key: str, person: FilePerson) -> dict[str, Any]:
    words = words_of(person)
    return {
        "live_session_id": live_session_id,
        "key": key,
        **words._asdict(),
        "excluded_because": words.excluded_because,
    }


def _evidence(
    record: AttendanceImport,
    identity_id: int,
    connection: Connection,
    zone: ZoneInfo,
    at: datetime,
) -> tuple[Any, ...]:
    return (
        record.live_session_id,
        "file",
        record.id,
        identity_id,
        connection.row,
        connection.raw,
        _in_utc(connection.joined, zone),
        _in_utc(connection.left, zone),
        connection.stated_minutes,
        at,
    )


def _in_utc(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.replace(tzinfo=zone).astimezone(UTC) if moment else None


def _in_batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Cut into lists that one statement takes, so that memory stays bounded."""
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _BATCH:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
