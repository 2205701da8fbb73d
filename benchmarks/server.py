"""Web servers as `academy up` starts them, and the CPU time that they use, read from /proc."""

import contextlib
import http.client
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from academy.lib.processes import find_free_port, is_listening, start_child, stop_children

OPTIONS = ("--worker-class", "gthread", "--workers", "1", "--threads", "64", "--no-control-socket",
           "--keep-alive", "5", "--log-level", "warning")  # fmt: skip


@dataclass(frozen=True)
class Server:
    """A running web server."""

    port: int
    process: int

    def cpu(self) -> float:
        """Return the CPU seconds that the server and its workers used so far."""
        return sum(_cpu_of(number) for number in family_of(self.process))

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection that stays open over many requests."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)


@contextlib.contextmanager
def serving(target: str, environment: dict[str, str], log: Path) -> Iterator[Server]:
    """Run `target` ("module:app") under gunicorn with one process of 64 threads."""
    port = find_free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *OPTIONS, target]
    child = start_child(command, environment={**os.environ, **environment}, log=log)
    try:
        while not is_listening(port):
            assert child.poll() is None, log.read_text()
        yield Server(port, child.pid)
    finally:
        stop_children([child], seconds=5)


def family_of(process: int) -> list[int]:
    """Return the process and everything that it started."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(folder.name)] = int(_facts(int(folder.name))[1])
    family = {process}
    while more := {number for number, parent in parents.items() if parent in family} - family:
        family |= more
    return sorted(family)


def _cpu_of(number: int) -> float:
    """Add up the threads, to the nanosecond; those of our servers live as long as they do."""
    nanoseconds = 0
    for thread in Path(f"/proc/{number}/task").glob("*"):
        with contextlib.suppress(OSError):
            nanoseconds += int((thread / "schedstat").read_text().split()[0])
    return nanoseconds / 1e9


def _facts(number: int) -> list[str]:
    """Return the fields of /proc/<number>/stat after the name: state, parent and so on."""
    return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()


def memory_of(process: int) -> float:
    """Return the memory of the family in MB: what processes share is counted once (PSS)."""
    total = 0
    for number in family_of(process):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1000
