"""Entering the code of a room: evidence that a registered person was there, or knew who was."""

from datetime import datetime, timedelta

from sqlalchemy import exists, func, select

from academy.attendance.codes.room_codes import fits, is_open
from academy.attendance.models import Evidence, Identity
from academy.attendance.service.first_hand import record_presence
from academy.attendance.standing import FIRST_HAND
from academy.db import now, session
from academy.lib.jobs import DESK, announce
from academy.programme.models import LiveSession, Registration
from academy.security.throttle import Allowance, count_attempt, forget_attempts, is_spent, take

#: Wrong codes of one person in one live session: at once, and in all (docs/decisions/room-code.md).
AT_ONCE = Allowance("room_code:at_once", 5, timedelta(minutes=5))
IN_ALL = Allowance("room_code:in_all", 20, timedelta(days=1))
#: Wrong codes from one network address: a whole room may share it.
OF_NETWORK = Allowance("room_code:network", 60, timedelta(minutes=10))


class CodeRefused(Exception):
    """The code does not count; the class says why."""


class DoorClosed(CodeRefused):
    """The door is not open yet, the live session is over, or it is called off."""


class NotRegistered(CodeRefused):
    """The person is not registered for the series."""


class WrongRoomCode(CodeRefused):
    """This is not the code of this minute or of the one before."""


class TooManyRoomCodes(CodeRefused):
    """So many wrong codes came that none is looked at for a while."""


def enter_code(
    live_session: LiveSession, person_id: int, typed: str, *, secret: str, network: str
) -> datetime:
    """Note that the person was there, and return since when that is noted.

    Whoever entered one before is noted already, whatever is typed now. Raises DoorClosed,
    NotRegistered, WrongRoomCode, TooManyRoomCodes.
    """
    if not is_registered(live_session, person_id):
        raise NotRegistered
    moment = now()
    if not is_open(live_session, moment):
        raise DoorClosed
    entered = find_entered(live_session, person_id)
    if entered is not None:
        return entered
    _check(live_session, person_id, typed, moment, secret, network)
    record_presence(live_session, person_id, "code", recorded_by=person_id)
    announce("job.changed", DESK, id=f"code:{live_session.id}")
    return moment


def _check(  # noqa: PLR0917  all that a guess is judged by
    live_session: LiveSession, person_id: int, typed: str, at: datetime, secret: str, network: str
) -> None:
    whose = f"{live_session.id}:{person_id}"
    if is_spent(OF_NETWORK, network):
        raise TooManyRoomCodes
    # Counted before it is looked at: a hundred guesses at once are a hundred.
    if not (take(AT_ONCE, whose) and take(IN_ALL, whose)):
        raise TooManyRoomCodes
    if not fits(secret, live_session.id, typed, at):
        count_attempt(OF_NETWORK, network)
        raise WrongRoomCode
    forget_attempts(AT_ONCE, whose)


def is_registered(live_session: LiveSession, person_id: int) -> bool:
    """Whether a registration of the person to the series stands; one statement."""
    stands = exists().where(
        Registration.series_id == live_session.series_id,
        Registration.person_id == person_id,
        Registration.cancelled_at.is_(None),
    )
    return bool(session.scalar(select(stands)))


def find_entered(live_session: LiveSession, person_id: int) -> datetime | None:
    """Return since when the person's code is noted; one statement."""
    statement = (
        select(func.min(Evidence.recorded_at))
        .join(Identity, Identity.id == Evidence.identity_id)
        .where(
            Identity.live_session_id == live_session.id,
            Identity.key == f"{FIRST_HAND}{person_id}",
            Evidence.source == "code",
            Evidence.withdrawn_at.is_(None),
        )
    )
    found: datetime | None = session.scalar(statement)
    return found


def count_entered(live_session: LiveSession) -> int:
    """Return how many people have entered a code; one statement."""
    statement = select(func.count(Evidence.identity_id.distinct())).where(
        Evidence.live_session_id == live_session.id,
        Evidence.source == "code",
        Evidence.withdrawn_at.is_(None),
    )
    return session.scalar(statement) or 0
