"""What `make run` installs, seen from an environment in which the tests' packages lie too."""

import re
from collections.abc import Mapping
from importlib.metadata import packages_distributions
from pathlib import Path

HERE = Path(__file__).parent
LOCK = HERE.parents[2] / "requirements" / "run.txt"


def as_installed() -> Mapping[str, str]:
    """Return the variables with which a process sees only what the lock of `make run` names."""
    hidden = " ".join(_modules_of_tests())
    return {"PYTHONPATH": str(HERE), "MODULES_OF_TESTS": hidden}


def _modules_of_tests() -> list[str]:
    named = {
        _key(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", LOCK.read_text(), re.MULTILINE)
    }
    kept = named | {"sse-academy"}
    return sorted(
        module
        for module, owners in packages_distributions().items()
        if not kept & {_key(owner) for owner in owners}
    )


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
