"""The seam between the command line and the areas: light, for every command imports it."""

from collections.abc import Callable

from academy.config import Settings

#: What connects the areas' ports. cli.py says it, for commandline.py stands below all areas.
_join: list[Callable[[Settings], object]] = [lambda _settings: None]


def join_areas_by(step: Callable[[Settings], object]) -> None:
    """Let `step` connect the areas whenever a command opens the database."""
    _join[0] = step


def join_areas(settings: Settings) -> None:
    """Connect the areas' ports."""
    _join[0](settings)
