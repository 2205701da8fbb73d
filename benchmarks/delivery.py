"""Ten thousand due reminders through the ledger by two workers, beside bare Celery tasks.

Run: .venv/bin/python -m benchmarks.delivery [number of mails]
Ours are written in the readers' languages and in an organiser's own words, with a calendar entry,
and each hand-over is a commit on a PostgreSQL that writes to its disk (fsync). The controls write
nothing and promise nothing: one Celery task a mail, tasks of a hundred, and a bare loop of smtplib.
All have two processes (the loop one) and the same mail server on this machine; the rate is counted
there, between the first and the last mail. Promise: no slower than one task a mail.
"""

import contextlib
import os
import smtplib
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.orm import InstrumentedAttribute

from academy import db, wiring
from academy.config import ROOT, Settings
from academy.lib.celery_app import make_celery
from academy.lib.migrations import upgrade
from academy.lib.processes import start_child, stop_children, wait_until
from academy.messaging.models import MailChoices, Message
from academy.people.models import EmailAddress, Person
from academy.programme.models import Place, Registration, first_link_version
from academy.programme.service import create_series
from academy.queues import queue_of
from academy.reminders.models import OwnText
from academy.reminders.service import plan_reminders
from benchmarks import bare_mail
from benchmarks.sink import Sink, mail_sink
from tests.servers import postgresql_server, valkey_server

MAILS = 10_000
WORKERS = 2
BATCH = 100


def main() -> int:
    """Print the rates; return 1 where ours is too low."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else MAILS
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="academy-bench-")))
        sink = stack.enter_context(mail_sink())
        environment = {
            **os.environ, "ACADEMY_VAR": str(folder),
            "ACADEMY_DATABASE_URL": stack.enter_context(postgresql_server(is_durable=True)),
            "ACADEMY_REDIS_URL": stack.enter_context(valkey_server()),
            "ACADEMY_SMTP_URL": f"smtp://127.0.0.1:{sink.port}",
            "BENCH_SINK_PORT": str(sink.port),
        }  # fmt: skip
        loop = _bare_loop(sink, number)
        one = _bare_tasks(sink, environment, folder, number, 1)
        many = _bare_tasks(sink, environment, folder, number, BATCH)
        ours = _ours(sink, environment, folder, number)
    print(f"{number:,} mails, {WORKERS} worker processes; mails a second")
    print(f"bare smtplib loop, one process         {loop:8,.0f}")
    print(f"bare Celery, {BATCH} mails a task          {many:8,.0f}")
    print(f"bare Celery, one task a mail           {one:8,.0f}")
    print(f"ours: written, ledger, perhaps twice   {ours:8,.0f}   ({ours / one:.2f} x)")
    return int(ours < one)


def _bare_loop(sink: Sink, number: int) -> float:
    sink.forget()
    with smtplib.SMTP("127.0.0.1", sink.port) as server:
        for each in range(number):
            server.sendmail(bare_mail.SENDER, [f"reader{each}@example.org"], bare_mail.MAIL)
    return sink.wait_for(number)


def _bare_tasks(
    sink: Sink, environment: dict[str, str], folder: Path, number: int, at_once: int
) -> float:
    """Fill the queue, and only then let the workers begin."""
    sink.forget()
    app = bare_mail.app
    app.conf.broker_url = environment["ACADEMY_REDIS_URL"]
    people = [f"reader{each}@example.org" for each in range(number)]
    for start in range(0, number, at_once):
        if at_once == 1:
            app.send_task("bare.one", args=(people[start],))
        else:
            app.send_task("bare.many", args=(people[start : start + at_once],))
    words = [
        "-m", "celery", "--app=benchmarks.bare_mail", "worker", "--pool=prefork", "-Q", "bare",
        f"--concurrency={WORKERS}", "--without-gossip", "--without-mingle", "-l", "ERROR",
    ]  # fmt: skip
    with _running([sys.executable, *words], environment, folder / "bare.log"):
        return sink.wait_for(number)


def _ours(sink: Sink, environment: dict[str, str], folder: Path, number: int) -> float:
    settings = Settings.from_environment(environment)
    upgrade(db.connect(settings.database_url))
    db.configure(settings.database_url)
    wiring.plug_areas(settings)
    _register(number)
    assert plan_reminders() >= number
    celery = make_celery(settings)
    for _each in range(WORKERS):
        celery.send_task("message.sweep", queue=queue_of("message.sweep").name)
    sink.forget()
    command = [sys.executable, "-m", "academy", "worker", "--queues=urgent",
               f"--concurrency={WORKERS}"]  # fmt: skip
    with _running(command, environment, folder / "worker.log"):
        rate = sink.wait_for(number)
        # The last ones are noted after the mail server has them.
        assert wait_until(lambda: _count(Message.state == "sent") == number, seconds=10)
    assert not _count(Message.perhaps_twice)
    return rate


def _count(which: "ColumnElement[bool] | InstrumentedAttribute[bool]") -> int:
    with db.transaction() as current:
        return current.scalar(select(func.count(Message.id)).where(which)) or 0


def _register(number: int) -> None:
    """Let a third read English, a third Indonesian, and a third an organiser's own words."""
    starts = db.now() + timedelta(hours=20)
    first_start = starts.replace(tzinfo=None, microsecond=0)
    for place in range(3):
        series = create_series(
            f"measured-{place}", "Weaving together – what holds us", zone="UTC", minutes=150,
            first_start=first_start, weeks=1,
        )  # fmt: skip
        share = range(place, number, 3)
        with db.transaction() as current:
            people = current.scalars(
                insert(Person).returning(Person.id),
                [_person(each, ("en", "id", "en")[place]) for each in share],
            ).all()
            _give_places(people, list(share), series.id, series.live_sessions[0].id)
    with db.transaction() as current:
        current.add(_own_text(series.id, people[0]))


def _person(number: int, language: str) -> dict[str, str]:
    zone = ("Asia/Kathmandu", "America/Sao_Paulo", "Asia/Jakarta")[number % 3]
    name = f"Siti Nurhaliza {number}"
    return {"name": name, "called": name, "language": language, "zone": zone}


def _give_places(people: Sequence[int], numbers: list[int], series: int, live_session: int) -> None:
    ago = db.now() - timedelta(days=2)
    pairs = list(zip(people, numbers, strict=True))
    db.session.execute(insert(EmailAddress), [
        {"person_id": one, "address": f"reader{number}@example.org",
         "normal": f"reader{number}@example.org", "is_primary": True, "verified_at": ago}
        for one, number in pairs
    ])  # fmt: skip
    db.session.execute(insert(MailChoices), [
        {"person_id": one, "quiet_begins": 0, "quiet_ends": 0, "refused": []} for one in people
    ])  # fmt: skip
    registrations = db.session.scalars(insert(Registration).returning(Registration.id), [
        {"series_id": series, "person_id": one, "source": "web", "registered_at": ago,
         "answers": {}, "consents": {}, "name_given": "", "link_version": first_link_version(),
         "sequence": 0} for one in people
    ]).all()  # fmt: skip
    db.session.execute(insert(Place), [
        {"live_session_id": live_session, "registration_id": one, "state": "going"}
        for one in registrations
    ])  # fmt: skip


def _own_text(series: int, author: int) -> OwnText:
    words = (
        "Sawasdee {{ name }},\n\nwe weave again: {{ live_session }}, {{ when }}, for {{ minutes }} "
        "minutes.\n\nThis is your own way in:\n\n{{ link }}\n\nThe doors open {{ door_minutes }} "
        "minutes before.\n"
    )
    return OwnText(
        series_id=series, kind="reminder_one_day", language="en", version=1,
        subject="{{ series }}: {{ hour }}", text=words, by=author,
    )  # fmt: skip


@contextlib.contextmanager
def _running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[None]:
    child: subprocess.Popen[bytes] = start_child(
        command, environment=environment, folder=ROOT, log=log
    )
    try:
        yield
    except TimeoutError:
        print(log.read_text()[-3_000:], file=sys.stderr)
        raise
    finally:
        stop_children([child], seconds=10)


if __name__ == "__main__":
    sys.exit(main())
