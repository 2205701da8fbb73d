"""`academy up`: one command starts all, mends what falls, and leaves nothing behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from academy.lib.processes import find_free_port, wait_until
from tests.operations.as_installed import as_installed
from tests.operations.processes import get

pytestmark = [
    pytest.mark.operations,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, which only Linux has"),
]


def processes() -> dict[int, tuple[int, str]]:
    """Every living process of this machine: its parent and its command line."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            words = (folder / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
            if state != "Z":
                found[int(folder.name)] = (int(parent), words)
    return found


class Embedded:
    """A running `academy up` and what a test asks about it."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = find_free_port()
        kept = {name: text for name, text in os.environ.items() if not name.startswith("ACADEMY_")}
        self.environment = {**kept, **as_installed(), "ACADEMY_VAR": str(var)}
        self.process = subprocess.Popen(
            self.command(), env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def command(self, *options: str) -> list[str]:
        port = str(self.port)
        return [sys.executable, "-m", "academy", "up", "--no-demo", "--port", port, *options]

    def again(self, *options: str, var: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run `academy up` a second time beside this one."""
        environment = self.environment | ({"ACADEMY_VAR": str(var)} if var else {})
        return subprocess.run(
            self.command(*options), env=environment, capture_output=True, text=True, check=False
        )

    def is_open(self) -> bool:
        with contextlib.suppress(OSError):
            return get(self.port, "/healthz")[0] == 200
        return False

    def family(self) -> dict[int, str]:
        """All processes below this one, with their command lines."""
        parents = {number: facts[0] for number, facts in processes().items()}
        below = {self.process.pid}
        while more := {number for number, parent in parents.items() if parent in below} - below:
            below |= more
        return {number: words for number, (_, words) in processes().items() if number in below}

    def members(self, word: str) -> set[int]:
        return {number for number, words in self.family().items() if word in words}


@contextlib.contextmanager
def running_in(var: Path) -> Iterator[Embedded]:
    """Run `academy up` until all of its parts are there, and end it afterwards."""
    running = Embedded(var)
    try:
        assert wait_until(running.is_open, seconds=60), running.process.communicate()
        assert wait_until(lambda: bool(running.members("academy.worker")), seconds=20)
        yield running
    finally:
        running.process.send_signal(signal.SIGTERM)
        running.process.communicate(timeout=10)


@pytest.fixture
def academy(tmp_path: Path) -> Iterator[Embedded]:
    """An academy that the test may kill."""
    with running_in(tmp_path / "var") as running:
        yield running


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    """An academy that several tests look at; what they kill comes back."""
    with running_in(tmp_path_factory.mktemp("shared") / "var") as running:
        yield running


def test_one_command_opens_the_academy_with_web_worker_and_broker(shared: Embedded) -> None:
    assert all(shared.members(word) for word in ("gunicorn", "academy.worker", "valkey"))
    assert wait_until(lambda: get(shared.port, "/readyz")[0] == 200, seconds=30)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_everything_within_three_seconds_and_all_starts_again(
    academy: Embedded, number: signal.Signals
) -> None:
    family = set(academy.family())
    started = time.monotonic()
    academy.process.send_signal(number)
    words, _nothing = academy.process.communicate(timeout=10)
    assert time.monotonic() - started < 4
    assert (academy.process.returncode, words[-26:]) == (0, b"\nThe academy has stopped.\n"[-26:])
    assert family & set(processes()) == set()
    with running_in(academy.var) as again:
        assert get(again.port, "/")[0] == 200


@pytest.mark.parametrize("word", ["gunicorn", "academy.worker", "valkey"])
def test_a_child_that_is_killed_comes_back(shared: Embedded, word: str) -> None:
    before = shared.members(word)
    for number in before:
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    assert wait_until(lambda: bool(shared.members(word) - before), seconds=20)
    assert wait_until(lambda: shared.is_open() and is_ready(shared), seconds=20)


def is_ready(academy: Embedded) -> bool:
    with contextlib.suppress(OSError):
        return get(academy.port, "/readyz")[0] == 200
    return False


def test_a_supervisor_that_is_killed_leaves_no_orphan(academy: Embedded) -> None:
    family = set(academy.family())
    academy.process.kill()
    academy.process.wait()
    assert wait_until(lambda: not family & set(processes()), seconds=10)


def test_a_second_start_on_the_same_data_says_where_the_first_one_runs(shared: Embedded) -> None:
    second = shared.again("--port", str(find_free_port()))
    assert second.returncode == 1
    assert f"is already running: http://127.0.0.1:{shared.port}" in second.stderr


def test_a_port_that_is_taken_is_said_in_words(shared: Embedded, tmp_path: Path) -> None:
    second = shared.again(var=tmp_path / "other")
    assert second.returncode == 1
    assert f"Port {shared.port} on 127.0.0.1 cannot be used" in second.stderr


def test_the_broker_listens_on_loopback_only_and_wants_a_password(shared: Embedded) -> None:
    url = (shared.var / "redis-url").read_text()
    port = int(url.rsplit(":", 1)[1].split("/")[0])
    with socket.create_connection(("127.0.0.1", port)) as stranger:
        stranger.sendall(b"PING\r\n")
        assert stranger.recv(100).startswith(b"-NOAUTH")
    assert (shared.var / "redis-url").stat().st_mode & 0o077 == 0


def memory_of(numbers: set[int]) -> int:
    """The memory of these processes in kB, shared pages counted once."""
    total = 0
    for number in numbers:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total


def test_all_processes_together_need_less_than_250_megabytes(shared: Embedded) -> None:
    measure: Callable[[], int] = lambda: memory_of(set(shared.family()))  # noqa: E731
    assert wait_until(lambda: get(shared.port, "/")[0] == 200, seconds=10)
    # What loads the courses ends by itself; on a busy machine it takes its time.
    assert wait_until(lambda: not shared.members("content"), seconds=90)
    time.sleep(2)
    assert measure() < 250_000
