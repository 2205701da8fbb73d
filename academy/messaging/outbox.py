"""The outbox for the desk: every message that the reader may know of, a page at a time.

Pages follow one another by the last row (keyset), so the thousandth costs as much as the first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import defer

from academy.db import now, session
from academy.messaging.kinds import SECRET
from academy.messaging.models import Message
from academy.people.models import EmailAddress, Person
from academy.people.policy import SEES_ALL, visible_to

PAGE = 50
WAITING = ("planned", "claimed", "failed")
#: What a tab of the page shows: which states, and what more is true.
SHOWS: dict[str, ColumnElement[bool] | None] = {
    "all": None,
    "waiting": Message.state.in_(WAITING),
    "failed": Message.state == "failed",
    # Nearly every message: in the order of time they are read faster than by an index of states.
    "sent": and_(Message.sent_at.is_not(None), Message.cause == ""),
    "not-sent": Message.state == "suppressed",
    "missed": and_(Message.state == "suppressed", Message.cause == "missed"),
}
SORTS = ("newest", "next")
#: Causes after which another try may help, as long as there is something to tell.
MAY_BE_TRIED_AGAIN = (
    "refused", "no_address", "given_up", "stopped", "missed", "bounced", "returned",
)  # fmt: skip
#: What somebody asked for a minute ago, with a link that ages: a new one is asked for instead.
AGES = frozenset({"sign_in_link", "verify_address", "reset_password"})


_WITH_NAME = select(Message, Person.name).join(Person, Person.id == Message.person_id)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages are asked for."""

    show: str = "all"
    kind: str = ""
    #: The number of a live session; 0 is every one.
    live_session: int = 0
    #: A part of a name or of an address.
    whom: str = ""
    sort: str = "newest"
    #: The last row of the page before: its id, and when it is due.
    after: tuple[int, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One message of the list."""

    message: Message
    name: str
    can_stop: bool
    can_resend: bool


@dataclass(frozen=True, slots=True)
class OutboxPage:
    """A page of messages, how many there are of each kind of state, and where the next begins."""

    lines: Sequence[Line]
    #: By the names in SHOWS.
    counts: Mapping[str, int]
    after: tuple[int, datetime] | None


def read_outbox(viewer: Person, wanted: Wanted) -> OutboxPage:
    """Return a page of the messages that `viewer` may know of; two statements."""
    rows = session.execute(_page(viewer, wanted)).all()
    shown = rows[:PAGE]
    last = shown[-1][0] if len(rows) > PAGE else None
    return OutboxPage(
        lines=[_line(row) for row in shown],
        counts=_count(viewer, wanted),
        after=(last.id, last.due_at) if last else None,
    )


def find_in_outbox(viewer: Person, message_id: int) -> Line | None:
    """Return one message that `viewer` may know of; one statement."""
    statement = _WITH_NAME.where(Message.id == message_id, *_visible(viewer))
    row = session.execute(statement.execution_options(populate_existing=True)).one_or_none()
    return _line(row) if row else None


def text_of(message: Message) -> str | None:
    """Return what it says; None where that is a secret of whom it is for."""
    return None if message.kind in SECRET else message.text


def can_stop(message: Message) -> bool:
    """Whether it has not left and waits to."""
    return message.state in {"planned", "failed"}


def can_resend(message: Message) -> bool:
    """Whether another try makes sense: it did not arrive, and what it tells still holds."""
    if message.kind in AGES or (message.expires_at is not None and message.expires_at <= now()):
        return False
    did_not_arrive = message.state == "suppressed" and message.cause in MAY_BE_TRIED_AGAIN
    return did_not_arrive or message.state == "failed"


def _line(row: Row[Message, str]) -> Line:
    message, name = row
    return Line(message, name, can_stop(message), can_resend(message))


def _page(viewer: Person, wanted: Wanted) -> Select[Message, str]:
    statement = _WITH_NAME.where(*_fitting(viewer, wanted)).options(defer(Message.text))
    shown = SHOWS[wanted.show]
    if shown is not None:
        statement = statement.where(shown)
    if wanted.sort == "next":
        if wanted.after:
            place = tuple_(Message.due_at, Message.id)
            statement = statement.where(place > tuple_(*reversed(wanted.after)))
        return statement.order_by(Message.due_at, Message.id).limit(PAGE + 1)
    if wanted.after:
        statement = statement.where(Message.id < wanted.after[0])
    return statement.order_by(Message.id.desc()).limit(PAGE + 1)


def _count(viewer: Person, wanted: Wanted) -> dict[str, int]:
    """Return how many there are of each state among those that fit; at most one statement.

    All messages of one kind may be a million rows that no index counts, so these are not counted.
    """
    if wanted.kind:
        return {}
    statement = select(Message.state, func.count()).where(*_fitting(viewer, wanted))
    by_state = {row[0]: row[1] for row in session.execute(statement.group_by(Message.state))}
    return {
        "all": sum(by_state.values()),
        "waiting": sum(by_state.get(state, 0) for state in WAITING),
        "failed": by_state.get("failed", 0),
        "sent": by_state.get("sent", 0),
        "not-sent": by_state.get("suppressed", 0),
    }


def _fitting(viewer: Person, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [*_visible(viewer)]
    if wanted.kind:
        conditions.append(Message.kind == wanted.kind)
    if wanted.live_session:
        conditions.append(_about_live_session(wanted.live_session))
    if wanted.whom:
        conditions.append(Message.person_id.in_(_called(wanted.whom)))
    return conditions


def _visible(viewer: Person) -> list[ColumnElement[bool]]:
    """Limit messages to those to people whom `viewer` may see."""
    if viewer.has_role(*SEES_ALL):
        return []
    return [Message.person_id.in_(select(Person.id).where(visible_to(viewer)))]


def _about_live_session(number: int) -> ColumnElement[bool]:
    """Whether the occasion is this live session, at any of its times: each in an index's order."""
    begins = f"live-session:{number}"
    if session.get_bind().dialect.name == "sqlite":
        longer = and_(Message.occasion > f"{begins}:", Message.occasion < f"{begins};")
    else:
        longer = Message.occasion.startswith(f"{begins}:")
    return or_(Message.occasion == begins, longer)


def _called(words: str) -> Select[int]:
    """Whose name or one of whose addresses holds the words."""
    sought = words.casefold()
    return (
        select(Person.id)
        .outerjoin(EmailAddress)
        .where(
            or_(
                func.lower(Person.name).contains(sought, autoescape=True),
                func.lower(EmailAddress.address).contains(sought, autoescape=True),
            )
        )
    )
