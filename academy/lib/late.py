"""A library that few ever ask for, loaded by the first who does."""

from importlib import import_module
from typing import Any


class Late:
    """Stands for a module until one of its names is wanted.

    For what is heavy and rare: every process would pay for it at its start, and most never use it.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        """Return what the module calls so."""
        return getattr(import_module(self._name), name)
