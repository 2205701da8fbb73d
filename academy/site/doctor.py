"""The command `academy doctor`: what is misconfigured, in words, with the fix."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import click
import redis
from sqlalchemy.exc import SQLAlchemyError

from academy.commandline import tell
from academy.config import Settings
from academy.db import configure
from academy.lib import signs
from academy.people.queries import list_everybody
from academy.site.assets import MANIFEST
from academy.site.health import find_faults


class Finding(NamedTuple):
    """One thing that is not as it should be."""

    what: str
    fix: str


FAULTS = {
    "database": Finding(
        "The database does not answer.", "Check ACADEMY_DATABASE_URL and that the server runs."
    ),
    "migrations": Finding("The tables are not those of this release.", "Run: academy db upgrade"),
    "broker": Finding(
        "Redis does not answer.",
        "Check ACADEMY_REDIS_URL; in the embedded way it runs only while `academy up` does.",
    ),
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def doctor(*, as_json: bool) -> None:
    """Look for what is misconfigured; exit 1 when there is something."""
    settings = Settings.from_environment(os.environ)
    configure(settings.database_url)
    findings = list(_examine(settings))
    words = "\n".join(f"{finding.what}\n    {finding.fix}" for finding in findings)
    document = {"findings": [finding._asdict() for finding in findings]}
    tell(document, words or "Everything is as it should be.", as_json=as_json)
    if findings:
        raise click.exceptions.Exit(1)


def _examine(settings: Settings) -> Iterator[Finding]:
    faults = find_faults(settings)
    yield from (FAULTS[fault] for fault in faults)
    if not MANIFEST.is_file():
        yield Finding("The styles and scripts are not built.", "Run: make setup")
    if "broker" not in faults:
        yield from _examine_worker(settings.redis_url)
    if not {"database", "migrations"} & set(faults):
        yield from _examine_people()
    if not settings.is_embedded:
        yield from _examine_production(settings)


def _examine_worker(redis_url: str) -> Iterator[Finding]:
    try:
        is_fresh = signs.is_fresh(redis_url, datetime.now(UTC))
    except redis.RedisError:
        return
    if not is_fresh:
        yield Finding(
            "No worker ran a task within the last minutes: no mail is sent.",
            "Start one worker and one beat, as docker-compose.yml does; look at their logs.",
        )


def _examine_people() -> Iterator[Finding]:
    try:
        is_led = bool(list_everybody("administrator"))
    except SQLAlchemyError:
        return
    if not is_led:
        yield Finding(
            "Nobody is an administrator.",
            'Run: academy people create you@example.org --name "Your Name" --role administrator',
        )


def _examine_production(settings: Settings) -> Iterator[Finding]:
    if not settings.is_https:
        yield Finding(
            "ACADEMY_BASE_URL does not begin with https://: passwords travel in the open.",
            "Put TLS in front of nginx and set the address that visitors see.",
        )
    if not settings.smtp_url:
        yield Finding(
            "ACADEMY_SMTP_URL is not set: no mail leaves this machine.",
            "Set it: smtps://user:password@mail.example.org:465",
        )
    if settings.database_url.startswith("sqlite"):
        yield Finding(
            "The database is a SQLite file, which several machines cannot share.",
            "Set ACADEMY_DATABASE_URL to a PostgreSQL.",
        )
    if settings.proxies == 0:
        yield Finding(
            "ACADEMY_PROXIES is 0: behind nginx all visitors share one address and one limit.",
            "Set it to the number of proxies in front, 1 for docker-compose.yml.",
        )
