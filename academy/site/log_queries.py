"""Reads of the log of who did what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, func, select

from academy.db import session
from academy.people.models import Person
from academy.security.models import AuditEntry

PAGE = 100


@dataclass(frozen=True, slots=True)
class LogLine:
    """One deed: when, by whom (none: a command, or somebody not signed in), what, to what."""

    at: datetime
    actor_id: int | None
    actor: str
    action: str
    subject: str
    facts: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """The newest lines that fit, and the id before which the next page begins."""

    lines: Sequence[LogLine]
    next_before: int | None


def read_log(action: str = "", actor: str = "", before: int | None = None) -> LogPage:
    """Return a page of the log, newest first; one statement.

    `action` is the beginning of an action ("role." fits all about roles), `actor` a part of a name.
    """
    rows = session.execute(_wanted(action, actor, before).limit(PAGE + 1)).all()
    more = rows[PAGE - 1][0].id if len(rows) > PAGE else None
    return LogPage([_line(row) for row in rows[:PAGE]], more)


def _wanted(action: str, actor: str, before: int | None) -> Select[AuditEntry, str | None]:
    statement = (
        select(AuditEntry, Person.name)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .order_by(AuditEntry.id.desc())
    )
    if action:
        statement = statement.where(AuditEntry.action.startswith(action, autoescape=True))
    if actor:
        statement = statement.where(
            func.lower(Person.name).contains(actor.lower(), autoescape=True)
        )
    return statement if before is None else statement.where(AuditEntry.id < before)


def _line(row: Row[AuditEntry, str | None]) -> LogLine:
    entry, name = row
    facts = ", ".join(f"{key}: {value}" for key, value in entry.facts.items() if value != "")
    return LogLine(entry.at, entry.actor_id, name or "", entry.action, entry.subject, facts)
