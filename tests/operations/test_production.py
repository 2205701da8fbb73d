"""Production without Docker: each command line of the compose file works, together with all."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from simple_websocket.ws import Client

from academy.config import ROOT
from academy.lib import signs
from academy.lib.processes import find_free_port, start_child, stop_children, wait_until
from tests.operations.compose import command_of
from tests.operations.processes import (
    Production,
    first_asset,
    get,
    production,
    production_environment,
)
from tests.servers import valkey_command, valkey_server

pytestmark = pytest.mark.operations


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    with production(tmp_path_factory.mktemp("production")) as running:
        yield running


def test_pages_come_from_both_web_processes(services: Production) -> None:
    services.balancer.connections.clear()
    answers = [get(services.balancer.port, "/")[0] for _turn in range(6)]
    assert answers == [200] * 6
    assert services.balancer.connections == dict.fromkeys(services.web_ports, 3)


def test_a_style_sheet_may_be_kept_for_ever_and_comes_from_every_process(
    services: Production,
) -> None:
    address = first_asset(get(services.balancer.port, "/")[1])
    assert [get(port, address)[0] for port in services.web_ports] == [200, 200]


def test_every_web_process_says_that_it_is_ready(services: Production) -> None:
    assert [get(port, "/readyz")[0] for port in services.web_ports] == [200, 200]


def test_beat_asks_and_a_worker_runs_the_task(services: Production) -> None:
    url = services.environment["ACADEMY_REDIS_URL"]
    assert wait_until(lambda: signs.is_fresh(url, datetime.now(UTC)), seconds=30)


def test_the_health_check_of_the_worker_sees_the_sign(services: Production) -> None:
    url = services.environment["ACADEMY_REDIS_URL"]
    wait_until(lambda: signs.is_fresh(url, datetime.now(UTC)), seconds=30)
    command = [sys.executable, "-m", "academy.lib.signs"]
    assert subprocess.run(command, env=services.environment, check=False).returncode == 0


def test_the_health_check_of_the_worker_fails_without_a_sign(tmp_path: Path) -> None:
    with valkey_server() as url:
        environment = production_environment("postgresql://nobody@127.0.0.1/none", url, tmp_path)
        command = [sys.executable, "-m", "academy.lib.signs"]
        assert subprocess.run(command, env=environment, check=False).returncode == 1


def test_the_realtime_process_opens_a_websocket_for_our_own_pages(services: Production) -> None:
    assert _greeting(services.realtime_port, "https://academy.example.org").startswith("0{")


def test_the_realtime_process_refuses_a_page_of_another_site(services: Production) -> None:
    address = "/socket.io/?EIO=4&transport=polling"
    answers = [
        get(services.realtime_port, address, Origin=origin)[0]
        for origin in ("https://academy.example.org", "https://elsewhere.example.com")
    ]
    assert answers == [200, 400]


def _greeting(port: int, origin: str) -> str:
    """Open a websocket as a browser on a page of that origin does; return its first words."""
    address = f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket"
    visitor: Any = Client(address, headers={"Origin": origin})  # type: ignore[no-untyped-call]
    words = str(visitor.receive(timeout=30))
    visitor.close()
    return words


def test_a_web_process_turns_unready_when_the_broker_dies_and_still_shows_pages(
    services: Production, tmp_path: Path
) -> None:
    port, web_port = find_free_port(), find_free_port()
    broker = start_child(valkey_command(port, tmp_path), log=tmp_path / "broker.log")
    environment = services.environment | {"ACADEMY_REDIS_URL": f"redis://127.0.0.1:{port}/0"}
    web = start_child(
        command_of("web", web_port), environment=environment, folder=ROOT, log=tmp_path / "web.log"
    )
    try:
        assert wait_until(lambda: _status(web_port, "/readyz") == 200, seconds=30)
        os.kill(broker.pid, signal.SIGKILL)
        assert wait_until(lambda: _status(web_port, "/readyz") == 503, seconds=10)
        assert _status(web_port, "/") == 200
    finally:
        stop_children([web, broker], seconds=5)


def _status(port: int, path: str) -> int:
    try:
        return get(port, path)[0]
    except OSError:
        return 0


@pytest.mark.parametrize(("module", "key"), [("wsgi", "changeme"), ("worker", "")])
def test_production_does_not_start_with_a_default_secret(
    services: Production, module: str, key: str
) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", f"import academy.{module}"],
        env=services.environment | {"ACADEMY_SECRET_KEY": key},
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert finished.returncode != 0
    assert "ACADEMY_SECRET_KEY is missing, a default or too short" in finished.stderr
