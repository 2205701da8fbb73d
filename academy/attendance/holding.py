"""What the ledger of attendance holds of a person, and how it lets go without changing a figure."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, delete, select, union, update
from sqlalchemy.orm import joinedload, selectinload

from academy.attendance.models import (
    Attendance,
    AttendanceImport,
    Evidence,
    Identity,
    Match,
    Objection,
    PointEntry,
    Saying,
)
from academy.attendance.standing import ERASED, FIRST_HAND
from academy.db import in_parts, session
from academy.people.ports import Holder
from academy.programme.models import LiveSession, Registration
from academy.programme.service import lock_series

#: Stands where a name was typed: a host who changes her point keeps the line.
NOBODY = "…"


def _needed(person_ids: Collection[int], but_for: int | None) -> set[int]:
    """Whoever came, was taken for somebody who came, decided that, or objected, while it is kept.

    Of a match that nobody made or took back the ladder would think that it was its own.
    """
    return {
        *_found(_matches(Match.person_id), Match.person_id, person_ids, but_for),
        *_found(_matches(Match.decided_by), Match.decided_by, person_ids, but_for),
        *_found(_matches(Match.undone_by), Match.undone_by, person_ids, but_for),
        *_found(_of(Attendance), Attendance.person_id, person_ids, but_for),
        *_found(_of(Objection), Objection.person_id, person_ids, but_for),
    }


def _matches(who: Any) -> Select[Any]:
    return (
        select(who)
        .distinct()
        .join(Identity, Identity.id == Match.identity_id)
        .join(LiveSession, LiveSession.id == Identity.live_session_id)
    )


def _of(table: type[Attendance] | type[Objection]) -> Select[Any]:
    return select(table.person_id).join(LiveSession, LiveSession.id == table.live_session_id)


def _found(
    statement: Select[Any], person: Any, person_ids: Collection[int], but_for: int | None
) -> set[int]:
    elsewhere = statement.where(LiveSession.series_id != (but_for or 0))
    return {
        person_id
        for part in in_parts(person_ids)
        for person_id in session.scalars(elsewhere.where(person.in_(part)))
    }


def _told(person_id: int) -> dict[str, Any]:
    attendances = session.scalars(
        select(Attendance)
        .where(Attendance.person_id == person_id)
        .options(joinedload(Attendance.live_session))
        .order_by(Attendance.live_session_id)
    )
    return {
        "attendances": [_attendance(each) for each in attendances],
        "seen_as": [_identity(each) for each in _identities(person_id)],
        "objections": [_objection(each) for each in _objections(person_id)],
    }


def _objections(person_id: int) -> Sequence[Objection]:
    statement = select(Objection).where(Objection.person_id == person_id).order_by(Objection.id)
    return session.scalars(statement.options(joinedload(Objection.live_session))).all()


def _objection(objection: Objection) -> dict[str, Any]:
    return {
        "live_session": objection.live_session.slug,
        "kind": objection.kind,
        "how": objection.how,
        "words": objection.words,
        "state": objection.state,
        "made_at": objection.made_at.isoformat(),
        "reply": objection.reply,
    }


def _attendance(attendance: Attendance) -> dict[str, Any]:
    live_session = attendance.live_session
    return {
        "live_session": live_session.slug,
        "starts_at": live_session.starts_at.isoformat(),
        "minutes": attendance.minutes,
        "present": [
            [(live_session.starts_at + timedelta(seconds=at)).isoformat() for at in interval]
            for interval in attendance.intervals
        ],
    }


def _identities(person_id: int) -> Sequence[Identity]:
    """Return the identities that are taken to be the person, with their evidence."""
    statement = (
        select(Identity)
        .join(Match, Match.identity_id == Identity.id)
        .where(Match.person_id == person_id, Match.undone_at.is_(None))
        .order_by(Identity.live_session_id, Identity.id)
        .options(selectinload(Identity.evidence), selectinload(Identity.matches))
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).all()


def _identity(identity: Identity) -> dict[str, Any]:
    slug = session.get_one(LiveSession, identity.live_session_id).slug
    return {
        "live_session": slug,
        "names": identity.names,
        "original_names": identity.original_names,
        "email": identity.email,
        "matched_by": [match.rule for match in identity.matches if match.undone_at is None],
        "evidence": [_evidence(each) for each in identity.evidence],
    }


def _evidence(fact: Evidence) -> dict[str, Any]:
    return {
        "source": fact.source,
        "joined_at": fact.joined_at and fact.joined_at.isoformat(),
        "left_at": fact.left_at and fact.left_at.isoformat(),
        "minutes": fact.stated_minutes,
        "cells": fact.cells,
        "withdrawn": fact.withdrawn_at is not None,
    }


def _let_go(person_id: int) -> None:
    """Empty names, addresses and cells of whoever was taken to be the person.

    When they were there stays, and that it was one and the same: nobody's any more. The ladder
    never looks at these identities again, so counting anew comes to the same figures.
    """
    for series_id in sorted(_series_of(person_id)):
        lock_series(series_id)
    identities = _identities(person_id)
    for identity in identities:
        _empty(identity, person_id)
    session.flush()
    ids = [identity.id for identity in identities]
    _write(update(Evidence).where(Evidence.identity_id.in_(ids)).values(cells={}))
    _write(delete(Saying).where(Saying.identity_id.in_(ids)))
    _write(
        update(Match)
        .where(Match.person_id == person_id, Match.undone_at.is_(None))
        .values(rule=ERASED, reason="")
    )
    _write(delete(Match).where(Match.person_id == person_id, Match.undone_at.is_not(None)))
    _write(
        update(PointEntry)
        .where(PointEntry.evidence_id.in_(select(Evidence.id).where(Evidence.identity_id.in_(ids))))
        .values(typed=NOBODY)
    )
    _write(delete(Objection).where(Objection.person_id == person_id))
    where = {identity.live_session_id for identity in identities}
    _write(
        update(AttendanceImport)
        .where(AttendanceImport.live_session_id.in_(where))
        .values(difference={})
    )


def _series_of(person_id: int) -> set[int]:
    """Return every series that erasing the person touches, here and in the programme."""
    matched = (
        select(LiveSession.series_id)
        .join(Identity, Identity.live_session_id == LiveSession.id)
        .join(Match, Match.identity_id == Identity.id)
        .where(Match.person_id == person_id)
    )
    registered = select(Registration.series_id).where(Registration.person_id == person_id)
    return set(session.scalars(union(matched, registered)))


def _empty(identity: Identity, person_id: int) -> None:
    if not identity.key.startswith(FIRST_HAND):
        identity.key = f"{FIRST_HAND}{person_id}:{identity.id}"
    identity.shown_name = identity.email = identity.external_id = ""
    identity.names, identity.original_names = [], []


def _write(statement: Any) -> None:
    session.execute(statement.execution_options(synchronize_session=False))


HOLDER = Holder("attendance", _needed, _told, _let_go)
