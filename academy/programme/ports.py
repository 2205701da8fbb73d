"""What the programme needs from higher areas: somebody who looks again who came."""

from collections.abc import Callable

#: Told the id of a series, inside the transaction in which its registrants or times changed.
Listener = Callable[[int], object]


def _nobody(_series_id: int) -> None:
    """Stands in where no area listens."""


_listener: list[Listener] = [_nobody]


def plug_listener(listener: Listener) -> None:
    """Let `listener` hear of changed registrants (done by wiring.py)."""
    _listener[0] = listener


def tell_registrants_changed(series_id: int) -> None:
    """Say that a file changed who is registered, or an organiser when a live session was.

    Somebody seen before may be known now, or be a declared host; presence is clipped to the time
    of a live session.
    """
    _listener[0](series_id)
