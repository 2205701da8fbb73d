"""The processes of production on loopback, with the command lines of docker-compose.yml."""

import contextlib
import http.client
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from academy.config import ROOT
from academy.lib.processes import (
    find_free_port,
    is_listening,
    start_child,
    stop_children,
    wait_until,
)
from tests.operations.balancer import Balancer, balancer_before
from tests.operations.compose import command_of
from tests.servers import postgresql_server, valkey_server

SECRET = "a-key-that-only-this-test-has-8375629"


@dataclass
class Production:
    """What a test needs to talk to the running services."""

    environment: dict[str, str]
    balancer: Balancer
    web_ports: tuple[int, int]
    realtime_port: int
    logs: Path


def production_environment(database_url: str, redis_url: str, var: Path) -> dict[str, str]:
    """Return the settings of production, without those of this machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ACADEMY_")}
    return kept | {
        "ACADEMY_ENVIRONMENT": "production",
        "ACADEMY_BASE_URL": "https://academy.example.org",
        "ACADEMY_SECRET_KEY": SECRET,
        "ACADEMY_DATABASE_URL": database_url,
        "ACADEMY_REDIS_URL": redis_url,
        "ACADEMY_PROXIES": "1",
        "ACADEMY_VAR": str(var),
    }


@contextlib.contextmanager
def production(folder: Path) -> Iterator[Production]:
    """Run every service: the servers, the migration, then web twice, realtime, worker, beat."""
    with postgresql_server() as database_url, valkey_server() as redis_url:
        environment = production_environment(database_url, redis_url, folder)
        subprocess.run(command_of("migrate"), env=environment, cwd=ROOT, check=True)
        ports = (find_free_port(), find_free_port(), find_free_port())
        commands = {
            "web-1": command_of("web", ports[0]),
            "web-2": command_of("web", ports[1]),
            "realtime": command_of("realtime", ports[2]),
            "worker": command_of("worker"),
            "slow-worker": command_of("slow-worker"),
            "beat": command_of("beat"),
        }
        children = [
            start_child(command, environment=environment, folder=ROOT, log=folder / f"{name}.log")
            for name, command in commands.items()
        ]
        try:
            all_listen = wait_until(lambda: all(map(is_listening, ports)), seconds=60)
            assert all_listen, _words_of(folder)
            with balancer_before(ports[:2]) as balancer:
                yield Production(environment, balancer, ports[:2], ports[2], folder)
        finally:
            stop_children(children, seconds=10)


def _words_of(folder: Path) -> str:
    return "\n".join(path.read_text() for path in folder.glob("*.log"))


def get(port: int, path: str, **more: str) -> tuple[int, str]:
    """Ask for a page as nginx would; return the status and the body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Host": "academy.example.org", "X-Forwarded-Proto": "https"} | more
    with contextlib.closing(connection):
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def first_asset(page: str) -> str:
    """Return the address of the first style sheet of a page."""
    found = re.search(r'/static/dist/[^"]+\.css', page)
    assert found, page
    return found[0]
