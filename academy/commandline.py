"""What every command that touches the database shares: settings, tables, JSON or words."""

import importlib
import json
import os
from collections.abc import Mapping
from typing import Any

import click
from sqlalchemy import Engine

from academy import db
from academy.config import Settings
from academy.joining import join_areas
from academy.lib.revisions import current_revision, head_revision


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
    with engine.connect() as connection:
        revision = current_revision(connection)
    if revision != head_revision():
        # Fetched when there is something to do: most commands never need Alembic.
        importlib.import_module("academy.lib.migrations").upgrade(engine)


def tell(document: Mapping[str, Any], words: str, *, as_json: bool) -> None:
    """Print one JSON document and nothing else, or the sentence for a human."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2) if as_json else words)


def fail(sentence: str) -> click.ClickException:
    """Return what ends a command with `sentence` on standard error and exit code 1."""
    return click.ClickException(sentence)
