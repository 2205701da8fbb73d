"""The log of who did what is append-only for everybody, the database's own hands included."""

import pytest
from flask import Flask
from sqlalchemy import delete, text
from sqlalchemy.exc import DatabaseError

from academy.db import session, transaction
from academy.people.models import Person
from academy.security import audit
from academy.security.models import AuditEntry
from tests.cast import Cast


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE audit_entries SET action = 'nothing.happened'",
        "UPDATE audit_entries SET facts = '{}', subject = ''",
        "DELETE FROM audit_entries",
    ],
)
def test_a_line_is_neither_changed_nor_removed(app: Flask, deed: str) -> None:
    with transaction():
        audit.note("role.granted", "person:1")
    with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
        session.execute(text(deed))
    session.rollback()
    assert session.query(AuditEntry).one().action == "role.granted"


def test_a_person_who_is_erased_leaves_the_line_without_a_name(cast: Cast) -> None:
    person_id = cast.learner.id
    with transaction():
        audit.note("series.create", "series:x", actor_id=person_id)
    with transaction() as current:
        current.execute(delete(Person).where(Person.id == person_id))
    session.expire_all()
    assert session.query(AuditEntry).filter_by(action="series.create").one().actor_id is None
