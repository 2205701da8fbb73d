"""What `academy doctor` looks at: each part yields what is not as it should be, with the fix."""

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import redis
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from academy.config import ROOT, Settings
from academy.db import configure, session
from academy.lib import signs
from academy.lib.pictures.trial import can_draw
from academy.lib.sights import look
from academy.messaging.channels import DeliveryFailed, SmtpChannel
from academy.people.models import EmailAddress, Person, RoleGrant
from academy.people.queries import list_everybody
from academy.site.assets import MANIFEST
from academy.site.demo.accounts import STAFF, demo_learner
from academy.site.health import find_faults

TRANSLATIONS = ROOT / "academy" / "translations"
#: Clocks that differ by more let codes of a second factor fail.
MOST_SECONDS_APART = 20
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "0.0.0.0"})  # noqa: S104 (a question)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be; some may stay, such as what one machine can spare."""

    what: str
    fix: str
    must_be_mended: bool = True


FAULTS = {
    "database": Finding(
        "The database does not answer.", "Check ACADEMY_DATABASE_URL and that the server runs."
    ),
    "migrations": Finding("The tables are not those of this release.", "Run: academy db upgrade"),
    "broker": Finding(
        "Redis does not answer.",
        "Check ACADEMY_REDIS_URL and that the server runs.",
    ),
}


#: What does not happen while nobody serves a queue.
UNDONE = {"urgent": "no mail is sent", "slow": "no file is imported"}

AT_REST = Finding(
    "The academy is not running, or runs without a broker.",
    "Start it with `make run`; commands that import and report work without it.",
    must_be_mended=False,
)


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything that these settings name; nothing is changed."""
    configure(settings.database_url)
    faults = find_faults(settings)
    at_rest = settings.is_embedded and not settings.redis_url
    yield from (AT_REST if at_rest and fault == "broker" else FAULTS[fault] for fault in faults)
    yield from examine_files(settings)
    yield from _examine_zones()
    yield from examine_pictures()
    yield from examine_translations(TRANSLATIONS)
    if "broker" not in faults:
        yield from _examine_worker(settings.redis_url)
    if not {"database", "migrations"} & set(faults):
        yield from _examine_database(settings)
    yield from examine_mail(settings)
    if not settings.is_embedded:
        yield from examine_production(settings)


def examine_pictures() -> Iterator[Finding]:
    """Try whether the child that draws pictures works here."""
    if not can_draw():
        yield Finding(
            "Pictures cannot be drawn: members who send one are refused.",
            "Install the locked dependencies anew, and allow a process 512 MB of address space.",
        )


def examine_translations(folder: Path) -> Iterator[Finding]:
    """Look whether the catalogues are compiled: without that, pages speak English to everybody."""
    for file in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        made = file.with_suffix(".mo")
        if not made.is_file() or made.stat().st_mtime < file.stat().st_mtime:
            language = file.parts[-3]
            yield Finding(f"The texts of the language “{language}” are not compiled.",
                          "Run: make setup, and start the academy again.",
                          must_be_mended=False)  # fmt: skip


def examine_files(settings: Settings) -> Iterator[Finding]:
    """Look at what was built and at the data folder."""
    built = json.loads(MANIFEST.read_text()) if MANIFEST.is_file() else {}
    if not built or not all((MANIFEST.parent / name).is_file() for name in built.values()):
        yield Finding("The styles and scripts are not built.", "Run: make setup")
    if not os.access(settings.var, os.W_OK | os.X_OK):
        yield Finding(
            f"The data folder {settings.var} cannot be written to.",
            f"Run: mkdir -p {settings.var}, and give it to the account that runs the academy.",
        )
    key = settings.var / "secret-key"
    if key.is_file() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield Finding(f"Others can read {key}.", f"Run: chmod 600 {key}")


def _examine_zones() -> Iterator[Finding]:
    try:
        ZoneInfo("Asia/Kathmandu")
    except ZoneInfoNotFoundError:
        yield Finding("This Python knows no time zones.", "Run: make setup (it installs tzdata)")


def _examine_worker(redis_url: str) -> Iterator[Finding]:
    try:
        sight, is_fresh = look(redis_url), signs.is_fresh(redis_url, datetime.now(UTC))
    except redis.RedisError:
        return
    for queue in sight.idle:
        yield Finding(
            f"No worker serves the queue “{queue}”: {UNDONE[queue]}.",
            f"Start one: academy worker --queues {queue} (or `academy up` on one machine).",
        )
    if not sight.has_beat:
        yield Finding(
            "No beat is at work: nobody asks for what the timetable says.",
            "Start one: academy beat (or `academy up` on one machine).",
        )
    for stalled in filter(sight.is_stalled, sight.queues):
        yield Finding(
            f"{stalled.waiting} jobs wait in the queue “{stalled.name}”, the oldest since "
            f"{stalled.oldest_at:%H:%M} UTC.",
            "Look at /desk/jobs/ and at the worker's log; start another worker if all are busy.",
        )
    if sight.has_beat and not sight.idle and not is_fresh:
        yield Finding(
            "No worker ran a task within the last minutes, though all are there.",
            "Look at the logs of beat and of the worker; wait three minutes after a start.",
        )


def _examine_database(settings: Settings) -> Iterator[Finding]:
    try:
        yield from _examine_connection()
        yield from examine_people(settings)
    except SQLAlchemyError:
        yield FAULTS["database"]
    finally:
        session.remove()


def _examine_connection() -> Iterator[Finding]:
    if session.get_bind().dialect.name == "sqlite":
        if not session.scalar(text("PRAGMA foreign_keys")):
            yield Finding(
                "SQLite does not watch over references between rows.",
                "Install a SQLite that was built with foreign keys.",
            )
        return
    moment = session.scalar(select(func.now()))
    if moment and abs(datetime.now(UTC) - moment) > timedelta(seconds=MOST_SECONDS_APART):
        yield Finding(
            "The clocks of this machine and of the database differ.",
            "Let both keep time by NTP: timedatectl set-ntp true",
        )


def examine_people(settings: Settings) -> Iterator[Finding]:
    """Look at who holds roles, and whether the demonstration's accounts are open to the world."""
    if not list_everybody("administrator"):
        yield Finding(
            "Nobody is an administrator.",
            'Run: academy people create you@example.org --name "Your Name" --role administrator',
            must_be_mended=not settings.is_embedded,
        )
    unguarded = session.scalars(
        select(Person.name)
        .where(Person.totp_confirmed_at.is_(None), Person.disabled_at.is_(None))
        .where(Person.id.in_(select(RoleGrant.person_id)))
        .order_by(Person.name)
    ).all()
    if unguarded:
        yield Finding(
            f"{len(unguarded)} with a role have no second factor: {', '.join(unguarded[:5])}.",
            "Their roles sleep until they set one up at /account/second-factor; ask them to.",
            must_be_mended=False,
        )
    if not settings.is_embedded and _has_demonstration():
        yield Finding(
            "The accounts of the demonstration can sign in here.",
            "Disable them at /desk/people/, or begin with an empty database.",
        )


def _has_demonstration() -> bool:
    known = [demo_learner().email, *(one.email for one in STAFF)]
    statement = (
        select(func.count())
        .select_from(EmailAddress)
        .join(Person)
        .where(EmailAddress.normal.in_(known), Person.disabled_at.is_(None))
        .where(Person.password_hash.is_not(None))
    )
    return bool(session.scalar(statement))


def examine_mail(settings: Settings) -> Iterator[Finding]:
    """Knock at the mail server, where there is one."""
    if not settings.smtp_url:
        yield Finding(
            "ACADEMY_SMTP_URL is not set: no mail leaves this machine.",
            "Set it: smtps://user:password@mail.example.org:465",
            must_be_mended=not settings.is_embedded,
        )
        return
    try:
        SmtpChannel(settings.smtp_url).knock()
    except DeliveryFailed as error:
        yield Finding(f"No mail can be sent: {error}.", "Check ACADEMY_SMTP_URL.")
    if urlsplit(f"//{settings.mail_from.rpartition('@')[2].rstrip('>')}").hostname in LOOPBACK:
        yield Finding(
            f"Mail comes from {settings.mail_from}, which most servers refuse.",
            "Set ACADEMY_MAIL_FROM to an address of your own domain.",
        )


def examine_production(settings: Settings) -> Iterator[Finding]:
    """Look at what matters only where the public comes."""
    if not settings.is_https:
        yield Finding(
            "ACADEMY_BASE_URL does not begin with https://: passwords travel in the open.",
            "Put TLS in front of nginx and set the address that visitors see.",
        )
    if urlsplit(settings.base_url).hostname in LOOPBACK:
        yield Finding(
            "ACADEMY_BASE_URL names this machine: links in mails lead nowhere.",
            "Set the address that visitors see.",
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
