"""How soon a new post reaches 2,000 open pages: that it is there, and its words.

Run: .venv/bin/python -m benchmarks.readers [how many]
Served as in production, on PostgreSQL and Redis: two granian processes for pages, one gevent
process that holds the sockets (docker-compose.yml), here without nginx between. The readers are
one process beside them on the same two cores. The clock starts when the author's form is sent.
Promise: at p95 under a second.
"""

import contextlib
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from typing import IO

from sqlalchemy import select

from academy import db
from academy.discussion import service
from academy.lib.processes import find_free_port, is_listening, start_child, stop_children
from academy.people.models import Person
from academy.people.queries import find_person_by_address
from benchmarks.crowd import Plan
from benchmarks.scene import Scene, cookie_of, loaded_academy, staff_cookie
from benchmarks.server import Server, memory_of

READERS, ROUNDS, SOON = 2_000, 5, 1.0
#: In seconds: until how long a browser waits before it fetches (static/js/thread_posts.js), and
#: how long nothing happens before each round.
SPREAD, QUIET = 0.4, 3
PAGES = (
    "granian", "--interface=wsgi", "--host=127.0.0.1", "--workers=2", "--blocking-threads=8",
    "--backpressure=64", "--no-ws", "--log-level=warning",
)  # fmt: skip
SOCKETS = (
    "gunicorn", "--worker-class=gevent", "--workers=1", "--worker-connections=12000",
    "--no-control-socket", "--log-level=warning",
)  # fmt: skip


def main() -> int:
    """Measure strangers, then people who are signed in; 1 where the promise is missed."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else READERS
    with loaded_academy("postgresql") as scene:
        cookies = _cookies(scene)
        well = [measure(scene, many, "strangers", []), measure(scene, many, "members", cookies)]
    return 0 if all(well) else 1


def measure(scene: Scene, many: int, looks: str, cookies: list[str]) -> bool:
    """Print how soon `many` hear of a post and how soon they have it; whether both are soon."""
    author = find_person_by_address("moderator@sse-academy.example")
    assert author is not None
    thread, _ = service.start_thread(author, f"For {looks}", "On *bamboo*, in the wind.")
    path = f"/threads/{thread.id}/"
    asked = f"{path}posts/{{number}}/shared?looks={looks}&zone={{zone}}&language=en&at={{at}}"
    with _served(scene) as (pages, sockets):
        before = memory_of(sockets.process)
        plan = Plan(sockets.port, pages.port, thread.id, many, asked, SPREAD, cookies)
        with _crowd(plan) as crowd:
            opened = json.loads(crowd.readline())
            each = (memory_of(sockets.process) - before) * 1000 / many
            print(f"{opened['joined']} {looks} in {opened['seconds']:.0f} s, {each:.0f} kB each")
            writer = Author(pages, path, staff_cookie(scene, "moderator"))
            rounds = [_round(writer, crowd, many, (pages, sockets)) for _each in range(ROUNDS)]
    heard, read = (statistics.median(part) for part in zip(*rounds, strict=True))
    print(f"  median: 95 of 100 heard of it in {heard:.2f} s and had its words in {read:.2f} s")
    return max(heard, read) <= SOON


def _cookies(scene: Scene) -> list[str]:
    people = db.session.scalars(select(Person).order_by(Person.id).limit(200)).all()
    cookies = [cookie_of(scene.app, person) for person in people]
    db.session.remove()
    return cookies


def _round(
    writer: "Author", crowd: IO[str], many: int, servers: tuple[Server, Server]
) -> tuple[float, float]:
    time.sleep(QUIET)
    before, begin = [server.cpu() for server in servers], time.monotonic()
    writer.write()
    told = json.loads(crowd.readline())
    assert len(told["heard"]) == len(told["read"]) == many, told["errors"]
    cpu = [server.cpu() - was for server, was in zip(servers, before, strict=True)]
    heard, read = ([one - begin for one in told[kind]] for kind in ("heard", "read"))
    print(
        f"  heard p50 {_percentile(heard, 50):.2f} p95 {_percentile(heard, 95):.2f} s,"
        f" words p50 {_percentile(read, 50):.2f} p95 {_percentile(read, 95):.2f} s;"
        f" CPU of pages {cpu[0]:.2f} s, of sockets {cpu[1]:.2f} s"
    )
    return _percentile(heard, 95), _percentile(read, 95)


def _percentile(values: list[float], share: int) -> float:
    return sorted(values)[len(values) * share // 100 - 1]


class Author:
    """Somebody who writes in the thread, by the page's own form."""

    def __init__(self, server: Server, path: str, cookie: str) -> None:
        self.server, self.path, self.cookie, self.posts = server, path, cookie, 0

    def write(self) -> None:
        """Send a new post."""
        self.posts += 1
        line = self.server.connect()
        head = {"Cookie": self.cookie, "X-Requested-With": "fetch"}
        line.request("GET", self.path, headers=head)
        page = line.getresponse().read().decode()
        token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[0]
        body = f"csrf_token={token}&language=en&body=Post+{self.posts}+of+{time.time_ns()}"
        head["Content-Type"] = "application/x-www-form-urlencoded"
        line.request("POST", self.path + "posts/", body, headers=head)
        answer = line.getresponse()
        answer.read()
        assert answer.status == 201, answer.status
        line.close()


@contextlib.contextmanager
def _served(scene: Scene) -> Iterator[tuple[Server, Server]]:
    """Run pages and sockets as production does."""
    ports = find_free_port(), find_free_port()
    environment = {
        **os.environ, **scene.environment, "ACADEMY_ENVIRONMENT": "production",
        "ACADEMY_SECRET_KEY": scene.app.config["SECRET_KEY"],
        "ACADEMY_BASE_URL": "http://127.0.0.1:8000",
    }  # fmt: skip
    commands = [
        [sys.executable, "-m", *PAGES, f"--port={ports[0]}", "academy.wsgi:app"],
        [sys.executable, "-m", *SOCKETS, f"--bind=127.0.0.1:{ports[1]}", "academy.wsgi:app"],
    ]
    children = [
        start_child(command, environment=environment, log=scene.var / f"{command[2]}.log")
        for command in commands
    ]
    try:
        while not all(is_listening(port) for port in ports):
            assert all(child.poll() is None for child in children), scene.var
            time.sleep(0.1)
        time.sleep(3)
        yield Server(ports[0], children[0].pid), Server(ports[1], children[1].pid)
    finally:
        stop_children(children, seconds=5)


@contextlib.contextmanager
def _crowd(plan: Plan) -> Iterator[IO[str]]:
    command = [sys.executable, "-m", "benchmarks.crowd", json.dumps(asdict(plan))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        try:
            yield child.stdout
        finally:
            child.kill()


if __name__ == "__main__":
    sys.exit(main())
