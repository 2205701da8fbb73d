"""The outbox for the desk: every message that the reader may know of, a page at a time.

Pages follow one another by the last row (keyset), so the thousandth costs as much as the first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Subquery,
    and_,
    case,
    func,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import defer

from academy.db import now, session
from academy.messaging.kinds import DIGEST, SECRET
from academy.messaging.models import Message
from academy.people.models import EmailAddress, Person
from academy.people.policy import SEES_ALL, visible_to

PAGE = 50
#: So many messages are counted of those that a search finds.
MOST_COUNTED = 50_000
#: The messages of so many people are looked up one person after the other.
MOST_PEOPLE = 1_000
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
    """Return a page of the messages that `viewer` may know of; three statements."""
    sought = _seek(wanted.whom)
    conditions = [*_fitting(viewer, wanted), *sought.conditions]
    rows = session.execute(_page(conditions, wanted)).all()
    shown = rows[:PAGE]
    last = shown[-1][0] if len(rows) > PAGE else None
    return OutboxPage(
        lines=[_line(row) for row in shown],
        counts={} if wanted.kind or sought.is_broad else _count(conditions),
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
    """Whether another try makes sense: what it tells still holds, and can be told again.

    What was sent may be sent once more on request (somebody lost the mail), but for news: they
    are told once.
    """
    if message.kind in AGES or (message.expires_at is not None and message.expires_at <= now()):
        return False
    if message.state == "sent":
        return message.kind != DIGEST
    did_not_arrive = message.state == "suppressed" and message.cause in MAY_BE_TRIED_AGAIN
    return did_not_arrive or message.state == "failed"


def _line(row: Row[Message, str]) -> Line:
    message, name = row
    return Line(message, name, can_stop(message), can_resend(message))


def _page(fitting: Sequence[ColumnElement[bool]], wanted: Wanted) -> Select[Message, str]:
    """Select the rows of the page by their ids, which stand in indexes: the rows are wide."""
    order = _order(wanted)
    conditions = [*fitting, *_after(wanted)]
    first = union_all(*(
        select(part.c.id) for part in _first_of_each(_parts(wanted.show), conditions, order)
    )).subquery()  # fmt: skip
    statement = _WITH_NAME.where(Message.id.in_(select(first.c.id))).options(defer(Message.text))
    return statement.order_by(*order).limit(PAGE + 1)


def _parts(show: str) -> Sequence[ColumnElement[bool]]:
    """What makes up a tab: an index holds each state in order, but not several together."""
    if show == "waiting":
        return [Message.state == state for state in WAITING]
    shown = SHOWS[show]
    return [true() if shown is None else shown]


def _first_of_each(
    parts: Sequence[ColumnElement[bool]],
    conditions: list[ColumnElement[bool]],
    order: Sequence[Any],
) -> Iterator[Subquery]:
    for part in parts:
        statement = select(Message.id).where(part, *conditions).order_by(*order)
        yield statement.limit(PAGE + 1).subquery()


def _order(wanted: Wanted) -> Sequence[Any]:
    if wanted.sort == "next":
        return (Message.due_at, Message.id)
    return (Message.id.desc(),)


def _after(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Say where the page begins."""
    if wanted.after is None:
        return []
    if wanted.sort == "next":
        return [tuple_(Message.due_at, Message.id) > tuple_(*reversed(wanted.after))]
    return [Message.id < wanted.after[0]]


def _count(conditions: Sequence[ColumnElement[bool]]) -> dict[str, int]:
    """Return how many there are of each state among those that fit; one statement.

    All messages of one kind may be a million rows that no index counts, so these are not counted;
    nor is a search that finds more than anybody would look through.
    """
    states = select(Message.state).where(*conditions)
    # All there are stand in one index.
    found = (states.limit(MOST_COUNTED + 1) if conditions else states).subquery()
    statement = select(found.c.state, func.count()).group_by(found.c.state)
    by_state = {row[0]: row[1] for row in session.execute(statement)}
    if conditions and sum(by_state.values()) > MOST_COUNTED:
        return {}
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


@dataclass(frozen=True, slots=True)
class _Sought:
    """Whose messages are looked for."""

    conditions: Sequence[ColumnElement[bool]] = ()
    #: So many people that their messages are found by walking through all.
    is_broad: bool = False


def _seek(whom: str) -> _Sought:
    """Find the people whose name or one of whose addresses holds the words; one statement at most.

    No database can tell beforehand how many these are, and the wrong guess costs seconds.
    """
    if not whom:
        return _Sought()
    is_called = _is_called(whom.casefold())
    who = select(Person.id).outerjoin(EmailAddress).where(is_called).distinct()
    people = session.scalars(who.limit(MOST_PEOPLE + 1)).all()
    if len(people) <= MOST_PEOPLE:
        return _Sought([Message.person_id.in_(people)])
    # A scalar is asked for row by row, in the order of the page, until the page is full.
    asked = select(func.max(case((is_called, 1), else_=0))).select_from(Person)
    here = asked.outerjoin(EmailAddress).where(Person.id == Message.person_id)
    return _Sought([here.correlate(Message).scalar_subquery() == 1], is_broad=True)


def _is_called(sought: str) -> ColumnElement[bool]:
    return or_(
        func.lower(Person.name).contains(sought, autoescape=True),
        func.lower(EmailAddress.address).contains(sought, autoescape=True),
    )
