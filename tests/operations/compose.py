"""What docker-compose.yml says, for tests that start the same processes without Docker."""

import re
import shutil
import sys
from pathlib import Path
from typing import Any

import yaml

from academy.config import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name for name, service in SERVICES.items() if service.get("image") == "sse-academy"}


def command_of(service: str, port: int = 8000) -> list[str | Path]:
    """Return the service's own command line, on loopback and on that port."""
    program, *words = [str(word) for word in SERVICES[service]["command"]]
    found = shutil.which(program, path=str(Path(sys.executable).parent))
    assert found, f"{program} is not installed in .venv"
    # `academy` itself is taken from the folder that is tested, wherever .venv was made.
    start = [sys.executable, "-m", "academy"] if program == "academy" else [found]
    return [*start, *(_on_loopback(word, port) for word in words)]


def _on_loopback(word: str, port: int) -> str:
    anywhere = ".".join("0000")
    return re.sub(r"(?<=[=:])8000$", str(port), word).replace(anywhere, "127.0.0.1")
