"""Bringing the database's tables to the form that this code expects (Alembic, called directly)."""

import logging
from collections.abc import Callable

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from academy.config import ROOT
from academy.lib.revisions import current_revision, head_revision

# Alembic greets at every question that /readyz asks; its warnings are enough.
logging.getLogger("alembic").setLevel(logging.WARNING)


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Apply all migrations up to `revision`, in one transaction where the database can."""
    _with_connection(engine, command.upgrade, revision)


def bring_up_to_date(engine: Engine) -> None:
    """Apply what is missing; one quick question to the database where nothing is."""
    with engine.connect() as connection:
        revision = current_revision(connection)
    if revision != head_revision():
        upgrade(engine)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Take migrations back down to `revision`."""
    _with_connection(engine, command.downgrade, revision)


def _with_connection(engine: Engine, step: Callable[[Config, str], None], revision: str) -> None:
    config = _config()
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        step(config, revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config
