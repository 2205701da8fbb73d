"""Which letters of the programme have nothing to tell any more, asked just before they leave."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, select

from academy.db import session, transaction
from academy.messaging.ports import Due
from academy.programme.models import LiveSession, Place, Registration

TAKEN_BACK = "the registration was taken back"
NO_PLACE = "there is no place any more"
CALLED_OFF = "the live session was called off"
MOVED_AGAIN = "the live session has moved again"


def find_outdated(due: Sequence[Due]) -> Mapping[int, str]:
    """Return which of these shall not be sent, and why; at most three statements for them all.

    Whoever leaves a series between the planning and the sending is not written to about it; a
    letter that says so ("cancelled", "series_cancelled") always leaves.
    """
    by_kind: dict[str, list[Due]] = {}
    for one in due:
        by_kind.setdefault(one.kind, []).append(one)
    with transaction():
        return {
            **_without_registration(
                [*by_kind.get("registered", []), *by_kind.get("link_renewed", [])]
            ),
            **_without_place(by_kind.get("promoted", [])),
            **_not_coming(by_kind.get("moved", [])),
        }


def _number(due: Due) -> int:
    """Return the id within an occasion: 5 of "registration:5:2"."""
    return int(due.occasion.split(":")[1])


def _without_registration(due: Sequence[Due]) -> dict[int, str]:
    standing = _ids(
        select(Registration.id).where(
            Registration.id.in_(map(_number, due)), Registration.cancelled_at.is_(None)
        ),
        due,
    )
    return {one.id: TAKEN_BACK for one in due if _number(one) not in standing}


def _without_place(due: Sequence[Due]) -> dict[int, str]:
    standing = _ids(
        select(Place.id)
        .join(Registration)
        .where(
            Place.id.in_(map(_number, due)),
            Place.state == "going",
            Registration.cancelled_at.is_(None),
        ),
        due,
    )
    return {one.id: NO_PLACE for one in due if _number(one) not in standing}


def _not_coming(due: Sequence[Due]) -> dict[int, str]:
    """A letter of a new time is for those who go or wait, while the live session takes place."""
    if not due:
        return {}
    statement = (
        select(
            Place.live_session_id,
            Registration.person_id,
            LiveSession.status,
            LiveSession.starts_at,
        )
        .join(Registration, Registration.id == Place.registration_id)
        .join(LiveSession, LiveSession.id == Place.live_session_id)
        .where(
            Place.live_session_id.in_(map(_number, due)),
            Registration.person_id.in_([one.person_id for one in due]),
            Place.state.in_(("going", "waiting")),
            Registration.cancelled_at.is_(None),
        )
    )
    coming = {(row[0], row[1]): (row[2], row[3]) for row in session.execute(statement)}
    verdicts = {one.id: _judge(one, coming.get((_number(one), one.person_id))) for one in due}
    return {number: why for number, why in verdicts.items() if why}


def _judge(due: Due, coming: tuple[str, datetime] | None) -> str:
    """Say why a letter of a new time has nothing to tell; "" while it has."""
    if coming is None:
        return TAKEN_BACK
    status, starts_at = coming
    if status == "cancelled":
        return CALLED_OFF
    return "" if due.occasion.endswith(f":{starts_at:%Y%m%dT%H%M}") else MOVED_AGAIN


def _ids(statement: Select[int], due: Sequence[Due]) -> set[int]:
    return set(session.scalars(statement)) if due else set()
