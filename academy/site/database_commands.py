"""The commands `academy db upgrade` and `academy db check`."""

import os

import click
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from academy import db as database
from academy.commandline import fail
from academy.config import Settings
from academy.lib.migrations import upgrade
from academy.lib.revisions import head_revision
from academy.tables import metadata


@click.group()
def db() -> None:
    """Bring the database up to date, or check it."""


@db.command("upgrade")
def upgrade_database() -> None:
    """Apply all migrations that are missing."""
    settings = Settings.from_environment(os.environ)
    settings.var.mkdir(parents=True, exist_ok=True)
    upgrade(database.configure(settings.database_url))
    click.echo(f"The database is at migration {head_revision()}.")


@db.command("check")
def check_database() -> None:
    """Compare the tables with the models; exit 1 and name each difference."""
    engine = database.configure(Settings.from_environment(os.environ).database_url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    if differences:
        raise fail("The tables differ from the models:\n" + "\n".join(map(str, differences)))
    click.echo("The tables are as the models say.")
