"""Reads for one cell of the matrix: what was seen of a person, and why it counts or does not."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased, contains_eager

from academy.attendance.matrix.cells import Column
from academy.attendance.matrix.statements import Loom
from academy.attendance.models import Attendance, AttendanceImport, Evidence, Identity, Match
from academy.attendance.standing import TOLD
from academy.db import now, session
from academy.people.models import Person
from academy.programme.models import UploadedFile

#: Devices that drop out every minute leave hundreds of rows; a page shows so many.
MOST_FACTS = 500


@dataclass(frozen=True, slots=True)
class Fact:
    """One piece of evidence with where it stood and who noted it."""

    evidence: Evidence
    record: AttendanceImport | None
    #: Who noted it and who withdrew it; empty where nobody did.
    recorded_by: str
    withdrawn_by: str
    #: Why it does not count, a key of NOT_COUNTED; empty where it does.
    not_counted: str

    @property
    def file_name(self) -> str:
        """The name of the file that it stood in."""
        return self.record.file.name if self.record else ""


@dataclass(slots=True)
class Sighting:
    """One identity that is, or once was, taken for the person, and what was seen under it."""

    identity: Identity
    match: Match
    decided_by: str
    undone_by: str
    facts: list[Fact] = field(default_factory=list)

    @property
    def stands(self) -> bool:
        """Whether the decision stands."""
        return self.match.undone_at is None


def read_sightings(loom: Loom, person_id: int, column: Column) -> Sequence[Sighting]:
    """Return what was seen of the person in the live session, what counts first; two statements.

    What was taken back belongs to somebody else, perhaps of another country: whoever sees all
    people sees it.
    """
    decider, undoer = aliased(Person), aliased(Person)
    statement = (
        select(Match, Identity, decider.name, undoer.name)
        .join(Identity, Identity.id == Match.identity_id)
        .outerjoin(decider, decider.id == Match.decided_by)
        .outerjoin(undoer, undoer.id == Match.undone_by)
        .where(Match.person_id == person_id, Identity.live_session_id == column.id)
        .order_by(Match.undone_at.is_not(None), Match.id.desc())
    )
    if not loom.sees_all:
        statement = statement.where(Match.undone_at.is_(None))
    found: dict[int, Sighting] = {}
    for match, identity, decided_by, undone_by in session.execute(statement):
        found.setdefault(identity.id, Sighting(identity, match, decided_by or "", undone_by or ""))
    facts = _read_facts(list(found), column, door_counts=loom.series.door_counts)
    for identity_id, rows in facts.items():
        sighting = found[identity_id]
        sighting.facts = [_judge(row, sighting) for row in rows]
    return list(found.values())


def _read_facts(
    identities: Sequence[int], column: Column, *, door_counts: bool
) -> dict[int, list[Fact]]:
    recorder, withdrawer = aliased(Person), aliased(Person)
    statement = (
        select(Evidence, AttendanceImport, recorder.name, withdrawer.name)
        .outerjoin(AttendanceImport, AttendanceImport.id == Evidence.import_id)
        .outerjoin(UploadedFile, UploadedFile.id == AttendanceImport.file_id)
        .outerjoin(recorder, recorder.id == Evidence.recorded_by)
        .outerjoin(withdrawer, withdrawer.id == Evidence.withdrawn_by)
        .options(contains_eager(AttendanceImport.file))
        .where(Evidence.identity_id.in_(identities))
        .order_by(Evidence.joined_at.nulls_last(), Evidence.id)
        .limit(MOST_FACTS)
    )
    found: dict[int, list[Fact]] = defaultdict(list)
    for evidence, record, recorded_by, withdrawn_by in session.execute(statement):
        why = _why_not(evidence, record, column, door_counts=door_counts)
        fact = Fact(evidence, record, recorded_by or "", withdrawn_by or "", why)
        found[evidence.identity_id].append(fact)
    return found


def _why_not(
    evidence: Evidence, record: AttendanceImport | None, column: Column, *, door_counts: bool
) -> str:
    reasons = (
        (evidence.withdrawn_at is not None, "withdrawn"),
        (record is not None and record.state == "replaced", "replaced"),
        (record is not None and record.state != "done", "undone"),
        (evidence.source == "link" and not door_counts, "door"),
        (_is_to_come(evidence), "to_come"),
        (_is_outside(evidence, column), "outside"),
    )
    return next((why for holds, why in reasons if holds), "")


def _is_to_come(evidence: Evidence) -> bool:
    """Whether the host of a listening point told beforehand of what has not begun."""
    return evidence.source == TOLD and evidence.joined_at is not None and evidence.joined_at > now()


def _is_outside(evidence: Evidence, column: Column) -> bool:
    joined, left = evidence.joined_at, evidence.left_at
    if joined is None or left is None:
        return False
    minute, start = timedelta(minutes=1), column.starts_at
    return all(
        left <= start + first * minute or joined >= start + last * minute
        for first, last in column.parts
    )


def _judge(fact: Fact, sighting: Sighting) -> Fact:
    if sighting.stands or fact.not_counted:
        return fact
    return Fact(fact.evidence, fact.record, fact.recorded_by, fact.withdrawn_by, "taken_back")


def read_intervals(loom: Loom, person_id: int) -> dict[int, list[Any]]:
    """Return when the person was there, by live session: seconds after its start; one statement."""
    statement = select(Attendance.live_session_id, Attendance.intervals).where(
        Attendance.person_id == person_id, Attendance.live_session_id.in_(loom.ids)
    )
    return {row[0]: row[1] for row in session.execute(statement)}
