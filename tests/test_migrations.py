"""Migrations: they lead to what the models say, go down again, and keep what they can."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, func, insert, inspect, select

from academy import db
from academy.lib.migrations import downgrade, upgrade
from academy.lib.revisions import head_revision
from academy.security.models import AuditEntry
from academy.tables import metadata


@pytest.fixture
def empty(own_url: str) -> Iterator[Engine]:
    """Return an engine of a database without tables."""
    engine = db.connect(own_url)
    yield engine
    engine.dispose()


def test_models_and_head_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        opts = {"compare_type": True, "include_name": _is_ours}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave the tables of words out: each database keeps them in its own way, beside the models."""
    return not (kind == "table" and (name or "").startswith("search_texts"))


def test_migrations_go_up_down_and_up_again(empty: Engine) -> None:
    upgrade(empty)
    downgrade(empty)
    assert inspect(empty).get_table_names() in ([], ["alembic_version"])
    upgrade(empty)
    with empty.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == head_revision()


def test_data_stays_when_the_newest_is_applied_twice(empty: Engine) -> None:
    upgrade(empty)
    with empty.begin() as connection:
        entry = {"action": "x.done", "subject": "", "facts": {}, "at": db.now()}
        connection.execute(insert(AuditEntry), [entry])
    upgrade(empty)
    with empty.connect() as connection:
        assert connection.scalar(select(func.count(AuditEntry.id))) == 1
