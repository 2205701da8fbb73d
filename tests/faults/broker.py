"""A Valkey that keeps nothing on disk, and that a test may kill, fill and start again."""

import os
import signal
import subprocess
from pathlib import Path

import redis

from academy.lib.processes import find_free_port, is_listening, start_child, wait_until
from tests.servers import valkey_command


class Broker:
    """One server on one port; what it held is gone when it dies."""

    def __init__(self, folder: Path) -> None:
        self.port, self._folder = find_free_port(), folder
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Run it, empty, if it does not run."""
        if self._child is None:
            command = valkey_command(self.port, self._folder)
            self._child = start_child(command, log=self._folder / "valkey.log")
            assert wait_until(lambda: is_listening(self.port), seconds=10)

    def kill(self) -> None:
        """End it with -9."""
        if self._child is not None:
            os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()
            self._child = None

    def empty(self) -> None:
        """Throw away what is in it."""
        with self._talk() as client:
            client.flushall()

    def fill(self) -> None:
        """Let it refuse whatever needs memory, as a full server without eviction does."""
        with self._talk() as client:
            client.config_set("maxmemory-policy", "noeviction")
            client.config_set("maxmemory", "1")

    def relieve(self) -> None:
        """Give it memory again."""
        with self._talk() as client:
            client.config_set("maxmemory", "0")

    def _talk(self) -> "redis.Redis":
        return redis.Redis(port=self.port, socket_timeout=5)
