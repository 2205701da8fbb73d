"""The use case: read a file of registrations, say what it would change, or change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError

from academy.db import now, transaction
from academy.lib.tables import DEFAULT_LIMITS, FileRefused, Limits, Progress, read_table
from academy.programme.formats.answered_at import DateOrder
from academy.programme.formats.entries import RegistrationFile
from academy.programme.formats.headings import Role
from academy.programme.formats.reading import read_registrations
from academy.programme.models import Series
from academy.programme.ports import tell_registrants_changed
from academy.programme.registration_import.decisions import Case, decide
from academy.programme.registration_import.recognising import recognise
from academy.programme.registration_import.storing import store
from academy.programme.sentences import FROZEN
from academy.programme.service import lock_series
from academy.security import audit


@dataclass(frozen=True)
class Report:
    """What an import did, or would do: created, updated, unchanged and refused add up to rows."""

    format: str
    rows: int
    created: int
    updated: int
    unchanged: int
    #: (row, why)
    refused: tuple[tuple[int, str], ...]
    #: How many people were registered, or registered with other answers, by it.
    people: int = 0

    @property
    def accepted(self) -> int:
        """How many rows speak of somebody who is registered then."""
        return self.created + self.updated + self.unchanged

    def as_json(self) -> dict[str, Any]:
        """Return the object of the contract."""
        return {
            "format": self.format, "rows": self.rows, "created": self.created,
            "updated": self.updated, "unchanged": self.unchanged,
            "refused": [{"row": row, "why": why} for row, why in self.refused],
        }  # fmt: skip


def read_file(
    data: bytes, name: str = "", *, columns: Mapping[Role, int | None] | None = None,
    date_order: DateOrder | None = None, limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
) -> RegistrationFile:  # fmt: skip
    """Return what a file says, without a database; raise FileRefused with a sentence."""
    table = read_table(data, name, limits=limits, progress=progress)
    return read_registrations(table, columns, date_order)


def import_registrations(
    series: Series, file: RegistrationFile, *, dry_run: bool = False, actor_id: int | None = None
) -> Report:
    """Register everybody of the file for the series, and return what that changed.

    Everything happens in one transaction or nothing does; a dry run and a file that is known
    already write nothing at all. Nobody is written to. Raises FileRefused for a series whose people
    are forgotten.
    """
    check_open(series)
    cases = _decide_all(series, file)
    if dry_run or not any(case.changes for case in cases):
        return _report(file, cases)
    try:
        return _import_once(series, file, actor_id)
    except IntegrityError:
        # Somebody signed up with one of the addresses a moment ago: look again who is here.
        return _import_once(series, file, actor_id)


def check_open(series: Series) -> None:
    """Raise FileRefused for a series whose people are forgotten: no file adds to it."""
    if series.anonymised_at is not None:
        raise FileRefused(FROZEN)


def _import_once(series: Series, file: RegistrationFile, actor_id: int | None) -> Report:
    with transaction():
        lock_series(series.id)
        cases = _decide_all(series, file)
        store(series, cases, now())
        tell_registrants_changed(series.id)
        report = _report(file, cases)
        audit.note(
            "registrations.imported", f"series:{series.slug}", actor_id=actor_id,
            format=report.format, rows=report.rows, created=report.created, updated=report.updated,
            refused=len(report.refused),
        )  # fmt: skip
    return report


def _decide_all(series: Series, file: RegistrationFile) -> list[Case]:
    zone, latest = ZoneInfo(series.zone), now()
    cases = recognise(series, file.entries)
    for case in cases:
        decide(case, zone, latest)
    return cases


def _report(file: RegistrationFile, cases: Sequence[Case]) -> Report:
    outcomes = [outcome for case in cases for outcome in case.outcomes]
    return Report(
        format=file.format,
        rows=file.rows,
        created=outcomes.count("created"),
        updated=outcomes.count("updated"),
        unchanged=outcomes.count("unchanged"),
        refused=tuple((row.number, row.why) for row in file.refused),
        people=sum(case.changes for case in cases),
    )
