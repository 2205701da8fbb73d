"""The worker of production with real servers around it, and lines to them that can be broken."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from celery import Celery
from sqlalchemy import Engine, func, insert, select, text, update
from sqlalchemy.engine import make_url

from academy.config import ROOT
from academy.db import connect, now
from academy.lib.processes import (
    find_free_port,
    says_yes,
    start_child,
    stop_children,
    wait_until,
)
from academy.messaging.models import Message
from academy.people.models import Person
from academy.queues import queue_of
from tests.faults.broker import Broker
from tests.faults.forwarder import Forwarder
from tests.faults.mail_sink import MailSink
from tests.operations.compose import command_of
from tests.operations.processes import production_environment
from tests.servers import postgresql_server

#: Slots of one worker in docker-compose.yml.
SLOTS = 8
#: What leaves within this is not late: beat looks every minute.
IN_TIME = timedelta(minutes=2)


@dataclass
class Post:
    """What a fault test needs: the ledger, the sink, the lines, and programs that may be killed."""

    environment: dict[str, str]
    engine: Engine
    sink: MailSink
    broker: Broker
    to_redis: Forwarder
    to_mail: Forwarder
    to_database: Forwarder
    folder: Path
    _worker: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _web: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    def begin(self) -> None:
        """Make everything whole and empty, as a test finds it."""
        self.broker.start()
        self.broker.relieve()
        self.broker.empty()
        for line in (self.to_redis, self.to_mail, self.to_database):
            line.mend()
        self.sink.start()
        self.sink.forget()
        with self.engine.begin() as connection:
            # The log of who did what refuses to be emptied, as long as triggers run.
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text("TRUNCATE persons, series, attempts CASCADE"))

    def plan(
        self, number: int, *, in_seconds: float = 0, expires_after: float | None = None
    ) -> set[str]:
        """Plan so many messages and return their Message-IDs; they are due, or will be.

        `expires_after` is counted in seconds from the moment at which they are due.
        """
        due_at = now() + timedelta(seconds=in_seconds)
        expires_at = None if expires_after is None else due_at + timedelta(seconds=expires_after)
        ids = {f"<fault-{in_seconds}-{each}@example.org>" for each in range(number)}
        with self.engine.begin() as connection:
            person = {"name": "Siti", "called": "Siti"}
            statement = insert(Person).values(**person).returning(Person.id)
            person_id = connection.execute(statement).scalar_one()
            moments = {"due_at": due_at, "expires_at": expires_at}
            rows = [{**_message(person_id, each), **moments} for each in sorted(ids)]
            connection.execute(insert(Message), rows)
        return ids

    @contextlib.contextmanager
    def running(self, service: str, clock: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
        """Run a service of docker-compose.yml; what is left of it at the end is stopped.

        `clock` is a file that steps its clock (tests/faults/stepped.py).
        """
        if service == "worker":
            self.dismiss()
        child = self._start(service, clock)
        try:
            yield child
        finally:
            stop_children([child], seconds=10)

    def stand_by(self) -> None:
        """Let a worker run that the next tests may use as well."""
        if not self._worker or self._worker[0].poll() is not None:
            self._worker[:] = [self._start("worker")]

    def dismiss(self) -> None:
        """Stop the worker that stands by."""
        stop_children(self._worker, seconds=10)
        self._worker.clear()

    def serve(self, *, anew: bool = False) -> int:
        """Return the port of a web server that the next tests may use as well."""
        if anew or not self._web:
            self.close()
            port = find_free_port()
            self._web[port] = self._start("web", port=port)
            assert wait_until(lambda: says_yes(port), seconds=60)
        return next(iter(self._web))

    def close(self) -> None:
        """Stop the web server."""
        stop_children(self._web.values(), seconds=10)
        self._web.clear()

    def _start(
        self, service: str, clock: Path | None = None, port: int = 8000
    ) -> subprocess.Popen[bytes]:
        command = [str(word) for word in command_of(service, port)]
        if clock is not None:
            # Instead of "python -m academy …".
            command = [sys.executable, "-m", "tests.faults.stepped", str(clock), *command[2:]]
        return start_child(
            command, environment=self.environment, folder=ROOT, log=self.folder / f"{service}.log"
        )

    def look(self, times: int = 1, job: str = "message.sweep") -> None:
        """Ask for a look at what is due, as beat does every minute."""
        beat = Celery("beat", broker=self.environment["ACADEMY_REDIS_URL"], set_as_current=False)
        for _each in range(times):
            beat.send_task(job, queue=queue_of(job).name)
        beat.close()

    def look_until(self, is_so: Callable[[], bool], seconds: float = 60) -> bool:
        """Ask for a look every second, as beat does every minute, until it is so."""

        def is_so_now() -> bool:
            self.look()
            return wait_until(is_so, seconds=1, pause=0.05)

        return wait_until(is_so_now, seconds)

    def let_claims_age(self) -> None:
        """Turn the clock of the claims back: as if ten minutes had passed since the crash."""
        ago = now() - timedelta(minutes=10)
        with self.engine.begin() as connection:
            held = update(Message).where(Message.state == "claimed")
            connection.execute(held.values(claimed_at=ago))
            connection.execute(
                held.where(Message.handed_over_at.is_not(None)).values(handed_over_at=ago)
            )

    def let_come(self, kind: str, seconds: float) -> None:
        """Turn the clock of what waits on: it is due in so many seconds."""
        with self.engine.begin() as connection:
            waiting = update(Message).where(Message.state == "planned", Message.kind == kind)
            connection.execute(waiting.values(due_at=now() + timedelta(seconds=seconds)))

    def let_failed_be_due(self) -> None:
        """As if the minutes until the next try had passed."""
        with self.engine.begin() as connection:
            failed = update(Message).where(Message.state == "failed")
            connection.execute(failed.values(due_at=now()))

    def count(self, state: str, **more: str) -> int:
        """Return how many messages are in that state."""
        with self.engine.connect() as connection:
            statement = select(func.count(Message.id)).filter_by(state=state, **more)
            return connection.scalar(statement) or 0

    def tried(self) -> int:
        """Return how many have been tried at least once, and were not sent."""
        tried = (Message.attempts > 0, Message.sent_at.is_(None))
        with self.engine.connect() as connection:
            return connection.scalar(select(func.count(Message.id)).where(*tried)) or 0

    def doubted(self) -> set[str]:
        """Return the Message-IDs that the ledger shows as perhaps twice."""
        with self.engine.connect() as connection:
            return set(connection.scalars(select(Message.message_id).where(Message.perhaps_twice)))

    def late(self) -> int:
        """Return how many left later than they should have."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(Message.due_at, Message.sent_at))
            return sum(1 for due_at, sent_at in rows if sent_at and sent_at - due_at > IN_TIME)

    def wait_for_all(self, number: int, seconds: float = 60) -> bool:
        """Wait until so many are sent."""
        return wait_until(lambda: self.count("sent") == number, seconds, pause=0.1)

    def wait_until_settled(self, seconds: float = 60) -> bool:
        """Wait until none waits for its first try and none is being sent."""
        waiting = Message.state.in_(("planned", "claimed"))
        statement = select(func.count(Message.id)).where(waiting)

        def is_settled() -> bool:
            with self.engine.connect() as connection:
                return not connection.scalar(statement)

        return wait_until(is_settled, seconds, pause=0.1)


def kill(child: subprocess.Popen[bytes]) -> None:
    """End a program and whatever it started with -9."""
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _message(person_id: int, message_id: str) -> dict[str, object]:
    return {
        "person_id": person_id, "occasion": message_id, "kind": "known_address", "channel": "mail",
        "address": "siti@example.org", "subject": "Hello", "text": "Hello\n",
        "message_id": message_id,
    }  # fmt: skip


@contextlib.contextmanager
def post_in(folder: Path) -> Iterator[Post]:
    """Run the servers and migrate the database; the workers are the tests' to start."""
    with postgresql_server() as database_url, contextlib.ExitStack() as stack:
        broker, sink = Broker(folder), MailSink(find_free_port())
        broker.start()
        stack.callback(broker.kill)
        sink.start()
        stack.callback(sink.stop)
        there = make_url(database_url)
        lines = [Forwarder(port) for port in (broker.port, sink.port, there.port or 0)]
        for line in lines:
            line.start()
            stack.callback(line.stop)
        to_redis, to_mail, to_database = lines
        through = there.set(port=to_database.port).render_as_string(hide_password=False)
        environment = production_environment(
            through, f"redis://127.0.0.1:{to_redis.port}/0", folder
        ) | {"ACADEMY_SMTP_URL": f"smtp://127.0.0.1:{to_mail.port}"}
        subprocess.run(command_of("migrate"), env=environment, cwd=ROOT, check=True)
        engine = connect(database_url)
        stack.callback(engine.dispose)
        post = Post(environment, engine, sink, broker, to_redis, to_mail, to_database, folder)
        stack.callback(post.dismiss)
        stack.callback(post.close)
        yield post
