"""`academy up` on a set-up checkout: seconds to the first page, and memory of all its processes.

Run: .venv/bin/python -m benchmarks.startup
The first start loads the demonstration and is not measured; the control is a bare Flask page
under the same gunicorn. Memory is PSS (what processes share is counted once), read when worker
and beat are at work and some pages were shown. Promises (issue "The academy stands"): under 5
seconds, under 250 MB.
"""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from academy.lib.processes import find_free_port
from benchmarks.pages import PAGES
from benchmarks.server import family_of, memory_of, serving

MOST_SECONDS, MOST_MEGABYTES = 5.0, 250.0


def main() -> int:
    """Print the figures; 1 where a promise is missed."""
    with tempfile.TemporaryDirectory(prefix="academy-bench-") as folder:
        var, port = Path(folder), find_free_port()
        first, _memory = _start_once(var, port)
        seconds, memory = min(_start_once(var, port) for _time in range(3))
        control, control_memory = _start_bare(var)
    print(f"{'bare Flask page under gunicorn':44}{control:6.2f} s {control_memory:6.0f} MB   1.0 x")
    print(
        f"{'academy up: web, worker, beat, broker':44}{seconds:6.2f} s {memory:6.0f} MB "
        f"{seconds / control:5.1f} x in time, {memory / control_memory:.1f} x in memory"
    )
    print(f"{'    its very first start, data loaded after':44}{first:6.2f} s")
    return 0 if seconds < MOST_SECONDS and memory < MOST_MEGABYTES else 1


def _start_once(var: Path, port: int) -> tuple[float, float]:
    """Start, wait for the first page, then for everything; return seconds and megabytes."""
    begin = time.perf_counter()
    with _academy(var, port) as process:
        while not _answers(port, "/"):
            assert process.poll() is None, process.returncode
            time.sleep(0.01)
        seconds = time.perf_counter() - begin
        _wait_for_everything(process, var, port)
        return seconds, memory_of(process.pid)


@contextlib.contextmanager
def _academy(var: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("ACADEMY_")}
    command = [sys.executable, "-m", "academy", "up", "--port", str(port)]
    process = subprocess.Popen(
        command, env={**kept, "ACADEMY_VAR": str(var)}, stdout=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def _wait_for_everything(process: subprocess.Popen[bytes], var: Path, port: int) -> None:
    """The demonstration is in, the worker runs, and the pages have been shown."""
    while not (var / "demo-accounts.json").exists() or not _has_worker(process.pid):
        assert process.poll() is None, process.returncode
        time.sleep(0.05)
    time.sleep(3)
    assert all(_answers(port, page) for page in PAGES)


def _has_worker(process: int) -> bool:
    words = (_words_of(number) for number in family_of(process))
    return any(b"academy.worker" in each for each in words)


def _words_of(number: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{number}/cmdline").read_bytes()
    return b""


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.suppress(OSError):
        connection.request("GET", path)
        return connection.getresponse().status == 200
    return False


def _start_bare(var: Path) -> tuple[float, float]:
    begin = time.perf_counter()
    environment = {"ACADEMY_DATABASE_URL": f"sqlite:///{var / 'academy.sqlite3'}"}
    with serving("benchmarks.bare:app", environment, var / "bare.log") as server:
        while not _answers(server.port, "/twenty"):
            time.sleep(0.01)
        return time.perf_counter() - begin, memory_of(server.process)


if __name__ == "__main__":
    sys.exit(main())
