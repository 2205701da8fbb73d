"""Claims on messages: who sends what, told apart from what was handed over and what was sent.

A worker claims many rows at once and hands over one after another. The mark "handed over" is
committed before the channel is used, so of a worker that died exactly one message may have left;
the others go to the next worker as if nothing had happened.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Update,
    and_,
    bindparam,
    case,
    false,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from academy.db import Moment, now, session, table_of, transaction
from academy.messaging.kinds import BULK
from academy.messaging.models import Message

#: What was handed over so long ago, without an outcome, belongs to a worker that died.
HAND_OVER_LASTS = timedelta(minutes=5)
#: What was claimed so long ago and not handed over may be taken by others; the worker that
#: claimed it, if it lives, finds out when it wants to hand it over.
CLAIM_LASTS = timedelta(minutes=1)
MOST_ATTEMPTS = 12
TOO_LATE = "it was too late to send it"
TOO_OFTEN = "it was tried too often; the last try may have arrived"
_MESSAGES = table_of(Message)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a worker took from the ledger, and the mark by which the row knows that it did."""

    id: int
    at: datetime
    person_id: int
    kind: str
    occasion: str
    address: str
    subject: str
    text: str
    message_id: str
    attempts: int
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a claim: the columns that change."""

    claim: Claim
    values: dict[str, Any]


def claim_due(limit: int, only: int | None = None) -> list[Claim]:
    """Take up to `limit` messages that are due, the oldest first; nobody else gets the same.

    What goes to many at once waits until nothing else is due: a sign-in link is not told after
    a hundred thousand announcements. PostgreSQL skips what others hold (FOR UPDATE SKIP LOCKED);
    SQLite has one writer at a time.
    """
    at = now()
    with transaction() as current:
        _let_go(current, at)
        if only is not None:
            rows = _claim(current, at, 1, Message.id == only)
        else:
            rows = _claim(current, at, limit, Message.kind.not_in(BULK))
            rows = rows or _claim(current, at, limit, Message.kind.in_(BULK))
    return [Claim(row[0], at, *row[2:]) for row in sorted(rows, key=lambda row: (row[1], row[0]))]


def _claim(current: Session, at: datetime, limit: int, which: ColumnElement[bool]) -> Sequence[Any]:
    due = select(Message.id).where(_is_due(at), which).order_by(Message.due_at, Message.id)
    # A common table expression, because PostgreSQL may run a bare subquery several times.
    taken = due.limit(limit).with_for_update(skip_locked=True).cte("due")
    return current.execute(_take(at).where(Message.id.in_(select(taken.c.id)))).all()


def _take(at: datetime) -> Any:
    was_cut_off = and_(
        Message.state == "claimed",
        or_(Message.handed_over_at.is_not(None), _may_be_forgotten()),
    )
    return (
        update(Message)
        .values(
            state="claimed",
            claimed_at=at,
            server_since=_server_started_at(),
            attempts=Message.attempts + 1,
            perhaps_twice=or_(Message.perhaps_twice, was_cut_off),
            handed_over_at=None,
        )
        .returning(
            Message.id, Message.due_at, Message.person_id, Message.kind, Message.occasion,
            Message.address, Message.subject, Message.text, Message.message_id, Message.attempts,
            Message.expires_at,
        )
    )  # fmt: skip


def _may_be_forgotten() -> ColumnElement[bool]:
    """Whether the database server died since the claim, perhaps with a hand-over not on disk."""
    started = _server_started_at()
    if started is None:
        return false()
    return and_(Message.server_since.is_not(None), Message.server_since != started)


def _server_started_at() -> Any:
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return func.pg_postmaster_start_time(type_=Moment) if is_postgresql else None


def _is_due(at: datetime) -> ColumnElement[bool]:
    return and_(Message.attempts < MOST_ATTEMPTS, _waits(at))


def _waits(at: datetime) -> ColumnElement[bool]:
    waiting = and_(Message.state.in_(("planned", "failed")), Message.due_at <= at)
    cut_off = Message.handed_over_at < at - HAND_OVER_LASTS
    not_reached = and_(Message.handed_over_at.is_(None), Message.claimed_at < at - CLAIM_LASTS)
    left_behind = and_(Message.state == "claimed", or_(cut_off, not_reached))
    return or_(waiting, left_behind)


def _let_go(current: Session, at: datetime) -> None:
    """Settle what is too late, and what was cut off at its last try: nobody claims it again."""
    is_late = Message.expires_at <= at
    current.execute(
        update(Message)
        .where(_waits(at), or_(is_late, Message.attempts >= MOST_ATTEMPTS))
        .values(
            state="suppressed",
            cause=case((is_late, "missed"), else_="given_up"),
            reason=case((is_late, TOO_LATE), else_=TOO_OFTEN),
        )
    )


@contextmanager
def line_to_ledger() -> Iterator[Connection | None]:
    """Yield a connection on which each statement is a commit, for the hand-overs of one batch.

    The commits do not wait for PostgreSQL's disk: they survive the death of any worker, not that of
    the database server within their first half second. What it then forgot, a worker that lives
    writes again, and whoever takes over from a dead one marks all of it (`_may_be_forgotten`).
    None where there is no such line: SQLite takes one statement for one change, and a caller's
    transaction holds all that belongs to it.
    """
    bind = session.get_bind()
    is_free = not session().info.get("in_transaction")
    if is_free and isinstance(bind, Engine) and bind.dialect.name == "postgresql":
        with bind.execution_options(isolation_level="AUTOCOMMIT").connect() as line:
            line.exec_driver_sql("SET synchronous_commit TO off")
            try:
                yield line
            finally:
                # A line that broke has nothing to reset, and is not used again.
                with suppress(DBAPIError):
                    line.exec_driver_sql("RESET synchronous_commit")
    else:
        yield None


def hand_over(claim: Claim, settled: Outcome | None = None, line: Connection | None = None) -> bool:
    """Write how the one before ended and that this one leaves now: one commit a message.

    Return False where the message was stopped, or taken over by somebody else, meanwhile.
    """
    leaves = {**_mark_of(claim), "new_handed_over_at": now()}
    if line is not None:
        before = _values_of(settled, "before_") if settled else {}
        statement = _hand_over_after(tuple(settled.values) if settled else ())
        return bool(line.execute(statement, leaves | before).rowcount)
    with transaction() as current:
        if settled is not None:
            _settle(current, settled)
        found = current.execute(_change(("handed_over_at",)), leaves)
        return bool(found.rowcount)  # type: ignore[attr-defined]


@lru_cache(maxsize=20)
def _hand_over_after(columns: tuple[str, ...]) -> Update:
    """Return one statement that settles these columns of one claim and hands another over.

    One way to the server and back instead of four: begin, settle, hand over, commit.
    """
    leaves = _change(("handed_over_at",))
    return leaves.add_cte(_change(columns, "before_").cte("settled")) if columns else leaves


def settle(outcome: Outcome) -> None:
    """Write the outcome, unless another worker has taken the claim over in the meantime."""
    with transaction() as current:
        _settle(current, outcome)


def _settle(current: Session, outcome: Outcome) -> None:
    current.execute(_change(tuple(outcome.values)), _values_of(outcome))


def _values_of(outcome: Outcome, prefix: str = "") -> dict[str, object]:
    values = {f"{prefix}new_{column}": value for column, value in outcome.values.items()}
    return {**_mark_of(outcome.claim, prefix), **values}


@lru_cache(maxsize=40)
def _change(columns: tuple[str, ...], prefix: str = "") -> Update:
    """Return the statement that changes these columns of a claim that is still ours.

    Built once: two of them for every mail took longer to build than to run.
    """
    ours = and_(
        _MESSAGES.c.id == bindparam(f"{prefix}claim"),
        _MESSAGES.c.state == "claimed",
        _MESSAGES.c.claimed_at == bindparam(f"{prefix}claimed"),
    )
    changes: dict[str, Any] = {column: bindparam(f"{prefix}new_{column}") for column in columns}
    return update(_MESSAGES).where(ours).values(changes)


def _mark_of(claim: Claim, prefix: str = "") -> dict[str, object]:
    return {f"{prefix}claim": claim.id, f"{prefix}claimed": claim.at}


def release(claims: Sequence[Claim]) -> None:
    """Give back what was claimed and not handed over, as if it had not been tried."""
    if claims:
        ids: Collection[int] = [claim.id for claim in claims]
        with transaction() as current:
            current.execute(
                update(Message)
                .where(
                    Message.id.in_(ids),
                    Message.state == "claimed",
                    Message.claimed_at == claims[0].at,
                    Message.handed_over_at.is_(None),
                )
                .values(state="planned", attempts=Message.attempts - 1)
            )
