"""Which reminders have nothing to tell any more, asked just before they leave."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select

from academy.attendance.models import Evidence, Identity
from academy.attendance.standing import FIRST_HAND
from academy.db import now, session, transaction
from academy.messaging.models import MailChoices, Message
from academy.messaging.ports import Due
from academy.people.models import Consent
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.reminders import outcomes
from academy.reminders.kinds import CONSENT, FOLLOW_UPS, GROUP, PLANS, REMINDERS, STARTED
from academy.reminders.models import SwitchedOff, SwitchedOn
from academy.reminders.occasions import holds, read_occasion

NO_PLACE = "there is no place, or the person does not come"
CALLED_OFF = "the live session does not take place"
MOVED = "the live session has moved"
SWITCHED_OFF = "the organisers switched these reminders off"
REFUSED = "the person does not want reminders"
CAME_IN = "the person has opened the door"
A_LATER_ONE = "a later reminder leaves at the same time"
NO_LONGER_REGISTERED = "the registration was taken back"
CHANGED_MEANWHILE = "what is known of their attendance has changed"


def find_outdated(due: Sequence[Due]) -> Mapping[int, str]:
    """Return which of them shall not leave, and why.

    Seven statements for them all; with follow-ups two more, and four for each live session.
    """
    ours = [one for one in due if one.kind in PLANS]
    if not ours:
        return {}
    with transaction():
        leaving_now = [*ours, *_read_beside(ours)]
        judge = _Judge(leaving_now)
        verdicts = {one.id: judge.say(one) for one in leaving_now}
    last: dict[tuple[int, str], int] = {}
    for one in leaving_now:
        if not verdicts[one.id]:
            key = (one.person_id, one.occasion)
            last[key] = max(last.get(key, 0), PLANS.index(one.kind))
    later = {
        one.id: A_LATER_ONE
        for one in ours
        if last.get((one.person_id, one.occasion), 0) > PLANS.index(one.kind)
    }
    return {one.id: why for one in ours if (why := verdicts[one.id] or later.get(one.id, ""))}


def _read_beside(due: Sequence[Due]) -> list[Due]:
    """Return what else of the ledger leaves now to the same people on the same occasions."""
    at, ours = now(), {one.id for one in due}
    statement = select(Message.id, Message.person_id, Message.kind, Message.occasion).where(
        Message.person_id.in_({one.person_id for one in due}),
        Message.occasion.in_({one.occasion for one in due}),
        Message.kind.in_(REMINDERS),
        Message.state.in_(("planned", "claimed", "failed")),
        Message.due_at <= at,
        Message.expires_at > at,
    )
    found = session.execute(statement)
    return [Due(row[0], row[1], row[2], row[3]) for row in found if row[0] not in ours]


#: Of a live session or series and a person: whether they asked for mail (None: not asked).
Answers = Mapping[tuple[int, int], bool | None]


class _Judge:
    """Everything that is to be known about one batch."""

    def __init__(self, due: Sequence[Due]) -> None:
        numbers = {read_occasion(one.occasion)[0] for one in due}
        people = {one.person_id for one in due}
        self.live_sessions = {one.id: one for one in session.scalars(_live_sessions(numbers))}
        self.going = _read_going(numbers, people)
        series = {one.series_id for one in self.live_sessions.values()}
        self.off = _pairs(_switched_off(series))
        self.refused = _refusing(people)
        self.withdrew = people_without_consent(people)
        self.inside = _pairs(_inside(numbers, people))
        ended = {read_occasion(one.occasion)[0] for one in due if one.kind in FOLLOW_UPS}
        self.on = _pairs(_switched_on(series)) if ended else set()
        self.registered = _read_registered(series, people) if ended else {}
        self.happened = self._read_outcomes(ended, people)

    def _read_outcomes(self, numbers: set[int], people: set[int]) -> dict[tuple[int, int], str]:
        found = (self.live_sessions[one] for one in numbers if one in self.live_sessions)
        return {
            (live_session.id, person_id): outcome.kind
            for live_session in found
            if outcomes.is_known(live_session)
            for person_id, outcome in outcomes.read(live_session, people).items()
        }

    def say(self, due: Due) -> str:
        """Return why the reminder shall not leave; "" where it shall."""
        number, stamp = read_occasion(due.occasion)
        live_session = self.live_sessions.get(number)
        if live_session is None:
            return CALLED_OFF
        if not holds(live_session, stamp):
            return MOVED
        if due.kind in FOLLOW_UPS:
            return self._say_afterwards(due, live_session)
        reasons = (
            ((number, due.person_id) not in self.going, NO_PLACE),
            ((live_session.series_id, due.kind) in self.off, SWITCHED_OFF),
            (self._refuses(due, self.going, number), REFUSED),
            (self._came_in(due, number), CAME_IN),
        )
        return next((why for is_so, why in reasons if is_so), "")

    def _say_afterwards(self, due: Due, live_session: LiveSession) -> str:
        """Return why a follow-up shall not leave; "" where it shall."""
        here = (live_session.series_id, due.person_id)
        happened = self.happened.get((live_session.id, due.person_id))
        reasons = (
            (here not in self.registered, NO_LONGER_REGISTERED),
            ((live_session.series_id, due.kind) not in self.on, SWITCHED_OFF),
            (self._refuses(due, self.registered, live_session.series_id), REFUSED),
            (happened != due.kind, CHANGED_MEANWHILE),
        )
        return next((why for is_so, why in reasons if is_so), "")

    def _refuses(self, due: Due, answers: Answers, of: int) -> bool:
        answer = answers.get((of, due.person_id))
        return due.person_id in self.refused or says_no(due.person_id, self.withdrew, answer=answer)

    def _came_in(self, due: Due, number: int) -> bool:
        return due.kind == STARTED and (number, f"{FIRST_HAND}{due.person_id}") in self.inside


def _pairs(statement: Select[int, str]) -> set[tuple[int, Any]]:
    return {(row[0], row[1]) for row in session.execute(statement)}


def _live_sessions(numbers: set[int]) -> Select[LiveSession]:
    return (
        select(LiveSession)
        .join(Series)
        .where(
            LiveSession.id.in_(numbers),
            LiveSession.status == "published",
            Series.status == "published",
        )
    )


def _read_going(numbers: set[int], people: set[int]) -> dict[tuple[int, int], bool | None]:
    """Return who comes, and whether the registration asks for reminders (None: not asked)."""
    statement = (
        select(Place.live_session_id, Registration.person_id, Registration.consents)
        .join(Registration)
        .where(
            Place.live_session_id.in_(numbers),
            Registration.person_id.in_(people),
            Place.state == "going",
            Registration.cancelled_at.is_(None),
        )
    )
    return {(row[0], row[1]): row[2].get(CONSENT) for row in session.execute(statement)}


def _read_registered(series: set[int], people: set[int]) -> dict[tuple[int, int], bool | None]:
    """Return whose registration stands, and whether it asks for mail (None: not asked)."""
    statement = select(Registration.series_id, Registration.person_id, Registration.consents).where(
        Registration.series_id.in_(series),
        Registration.person_id.in_(people),
        Registration.cancelled_at.is_(None),
    )
    return {(row[0], row[1]): row[2].get(CONSENT) for row in session.execute(statement)}


def says_no(person_id: int, withdrew: Container[int], *, answer: bool | None) -> bool:
    """The answer of a registration (None: not asked) counts before that of the account.

    Whoever refused all reminders is not asked here: that counts before both.
    """
    return person_id in withdrew if answer is None else not answer


def people_without_consent(people: set[int]) -> set[int]:
    """Return those who took back the consent of their account."""
    statement = select(Consent.person_id, Consent.withdrawn_at).where(
        Consent.person_id.in_(people), Consent.kind == CONSENT
    )
    asked: dict[int, bool] = {}
    for person_id, withdrawn_at in session.execute(statement):
        asked[person_id] = asked.get(person_id, False) or withdrawn_at is None
    return {person_id for person_id, is_given in asked.items() if not is_given}


def _switched_off(series: set[int]) -> Select[int, str]:
    return select(SwitchedOff.series_id, SwitchedOff.kind).where(SwitchedOff.series_id.in_(series))


def _switched_on(series: set[int]) -> Select[int, str]:
    return select(SwitchedOn.series_id, SwitchedOn.kind).where(SwitchedOn.series_id.in_(series))


def _refusing(people: set[int]) -> set[int]:
    statement = select(MailChoices.person_id, MailChoices.refused)
    found = session.execute(statement.where(MailChoices.person_id.in_(people)))
    return {person_id for person_id, refused in found if GROUP in refused}


def _inside(numbers: set[int], people: set[int]) -> Select[int, str]:
    """Those of whom anything first-hand is on record: an opened door, a code, a tick."""
    keys = [f"{FIRST_HAND}{person_id}" for person_id in people]
    return (
        select(Identity.live_session_id, Identity.key)
        .join(Evidence)
        .where(
            Identity.live_session_id.in_(numbers),
            Identity.key.in_(keys),
            Evidence.withdrawn_at.is_(None),
        )
    )
