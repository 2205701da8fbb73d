"""The worker of production with real servers around it: PostgreSQL, Valkey and a mail sink."""

import contextlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from celery import Celery
from sqlalchemy import Engine, func, insert, select, update

from academy.config import ROOT
from academy.db import connect, now
from academy.lib.processes import find_free_port, start_child, stop_children, wait_until
from academy.messaging.models import Message
from academy.people.models import Person
from tests.faults.mail_sink import MailSink
from tests.operations.compose import command_of
from tests.operations.processes import production_environment
from tests.servers import postgresql_server, valkey_server

#: Slots of one worker in docker-compose.yml.
SLOTS = 8


@dataclass
class Post:
    """What a fault test needs: the ledger, the sink, and the worker that may be killed."""

    environment: dict[str, str]
    engine: Engine
    sink: MailSink
    folder: Path

    def plan(self, number: int) -> set[str]:
        """Plan so many messages and return their Message-IDs."""
        ids = {f"<fault-{each}@example.org>" for each in range(number)}
        with self.engine.begin() as connection:
            person = {"name": "Siti", "called": "Siti"}
            statement = insert(Person).values(**person).returning(Person.id)
            person_id = connection.execute(statement).scalar_one()
            connection.execute(insert(Message), [_message(person_id, each) for each in sorted(ids)])
        return ids

    @contextlib.contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """Run a worker of production; what is left of it at the end is stopped."""
        child = start_child(
            command_of("worker"), environment=self.environment, folder=ROOT,
            log=self.folder / "worker.log",
        )  # fmt: skip
        try:
            yield child
        finally:
            stop_children([child], seconds=10)

    def look(self, times: int = 1) -> None:
        """Ask for a look at what is due, as beat does every minute."""
        beat = Celery("beat", broker=self.environment["ACADEMY_REDIS_URL"], set_as_current=False)
        for _each in range(times):
            beat.send_task("message.sweep", queue="urgent")
        beat.close()

    def let_claims_age(self) -> None:
        """Turn the clock of the claims back: as if ten minutes had passed since the crash."""
        ago = now() - timedelta(minutes=10)
        with self.engine.begin() as connection:
            held = update(Message).where(Message.state == "claimed")
            connection.execute(held.values(claimed_at=ago))
            connection.execute(
                held.where(Message.handed_over_at.is_not(None)).values(handed_over_at=ago)
            )

    def count(self, state: str) -> int:
        """Return how many messages are in that state."""
        with self.engine.connect() as connection:
            statement = select(func.count()).where(Message.state == state)
            return connection.scalar(statement) or 0

    def doubted(self) -> set[str]:
        """Return the Message-IDs that the ledger shows as perhaps twice."""
        with self.engine.connect() as connection:
            return set(connection.scalars(select(Message.message_id).where(Message.perhaps_twice)))

    def wait_for_all(self, number: int, seconds: float = 60) -> bool:
        """Look again and again until all are sent."""
        return wait_until(lambda: self.count("sent") == number, seconds, pause=0.1)


def _message(person_id: int, message_id: str) -> dict[str, object]:
    return {
        "person_id": person_id, "occasion": message_id, "kind": "known_address", "channel": "mail",
        "address": "siti@example.org", "subject": "Hello", "text": "Hello\n",
        "message_id": message_id,
    }  # fmt: skip


@contextlib.contextmanager
def post_in(folder: Path) -> Iterator[Post]:
    """Run the servers and migrate the database; the workers are the test's to start."""
    with postgresql_server() as database_url, valkey_server() as redis_url:
        sink_port = find_free_port()
        environment = production_environment(database_url, redis_url, folder)
        environment["ACADEMY_SMTP_URL"] = f"smtp://127.0.0.1:{sink_port}"
        subprocess.run(command_of("migrate"), env=environment, cwd=ROOT, check=True)
        sink, engine = MailSink(sink_port), connect(database_url)
        sink.start()
        try:
            yield Post(environment, engine, sink, folder)
        finally:
            engine.dispose()
            sink.stop()
