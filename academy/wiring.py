"""Plugs higher areas into the ports that lower ones declare; used by app, worker and commands."""


def plug_areas() -> None:
    """Connect every port; calling it twice changes nothing."""
