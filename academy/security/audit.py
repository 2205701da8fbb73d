"""Writing the log of who did what: appended inside the transaction of the deed itself."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert

from academy.db import session
from academy.security.models import AuditEntry

Fact = str | int | bool | None


def note(action: str, subject: str = "", *, actor_id: int | None = None, **facts: Fact) -> None:
    """Append one line; call it inside the transaction that does what the line says.

    `action` is "noun.verb", `subject` "noun:id"; facts carry no address, secret or free text.
    """
    clean = {key: _one_line(value) for key, value in facts.items()}
    session.add(AuditEntry(actor_id=actor_id, action=action, subject=subject[:120], facts=clean))


def note_each(action: str, subjects: Iterable[str], *, actor_id: int | None = None) -> None:
    """Append a line for each of many subjects, in one statement."""
    rows: list[dict[str, Any]] = [
        {"actor_id": actor_id, "action": action, "subject": subject[:120], "facts": {}}
        for subject in subjects
    ]
    if rows:
        session.execute(insert(AuditEntry), rows)


def _one_line(value: Fact) -> Fact:
    # A line break in a value could forge a second line where the log is exported as text.
    return (
        value.replace("\r", "\\r").replace("\n", "\\n")[:200] if isinstance(value, str) else value
    )
