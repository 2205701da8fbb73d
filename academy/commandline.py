"""What every command that touches the database shares: settings, tables, JSON or words."""

import json
import os
from collections.abc import Mapping
from typing import Any

import click
from sqlalchemy import Engine, inspect

from academy import db
from academy.config import Settings
from academy.joining import join_areas
from academy.lib.migrations import head_revision, upgrade


def open_database() -> Settings:
    """Read the settings, connect, and bring an embedded database up to date."""
    settings = Settings.from_environment(os.environ)
    settings.var.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = db.configure(settings.database_url)
    if settings.is_embedded and settings.database_url.startswith("sqlite"):
        _bring_up_to_date(engine)
    join_areas(settings)
    return settings


def _bring_up_to_date(engine: Engine) -> None:
    if _revision_of(engine) != head_revision():
        upgrade(engine)


def _revision_of(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        statement = "SELECT version_num FROM alembic_version"
        return str(connection.exec_driver_sql(statement).scalar())


def tell(document: Mapping[str, Any], words: str, *, as_json: bool) -> None:
    """Print one JSON document and nothing else, or the sentence for a human."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2) if as_json else words)


def fail(sentence: str) -> click.ClickException:
    """Return what ends a command with `sentence` on standard error and exit code 1."""
    return click.ClickException(sentence)
