"""What every command that touches the database shares: settings, tables, JSON or words."""

import importlib
import json
import os
from collections.abc import Mapping
from typing import Any

import click
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from academy import db
from academy.config import Settings
from academy.joining import join_areas
from academy.lib.revisions import current_revision, head_revision


def open_database() -> Settings:
    """Read the settings, connect, and bring an embedded database up to date."""
    settings = Settings.from_environment(os.environ)
    settings.var.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = db.configure(settings.database_url)
    try:
        _check_tables(engine, settings)
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise fail(f"The database is out of reach: {reason}") from error
    join_areas(settings)
    return settings


def _check_tables(engine: Engine, settings: Settings) -> None:
    with engine.connect() as connection:
        revision = current_revision(connection)
    if revision == head_revision():
        return
    if not settings.is_embedded:
        raise fail("The tables are not those of this version: run `academy db upgrade` first.")
    # Fetched when there is something to do: most commands never need Alembic.
    importlib.import_module("academy.lib.migrations").upgrade(engine)


def tell(document: Mapping[str, Any], words: str, *, as_json: bool) -> None:
    """Print one JSON document and nothing else, or the sentence for a human."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2) if as_json else words)


def fail(sentence: str) -> click.ClickException:
    """Return what ends a command with `sentence` on standard error and exit code 1."""
    return click.ClickException(sentence)
