"""What the programme needs from higher areas: somebody who notes and looks again who came."""

from collections.abc import Callable

from academy.programme.models import LiveSession

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


#: Told the live session, the id of the person and which of her links opened its door.
Doorkeeper = Callable[[LiveSession, int, int], object]


def _no_doorkeeper(_live_session: LiveSession, _person_id: int, _link_version: int) -> None:
    """Stands in where no area keeps the evidence."""


_doorkeeper: list[Doorkeeper] = [_no_doorkeeper]


def plug_doorkeeper(doorkeeper: Doorkeeper) -> None:
    """Let `doorkeeper` note every opened door (done by wiring.py)."""
    _doorkeeper[0] = doorkeeper


def tell_door_opened(live_session: LiveSession, person_id: int, link_version: int) -> None:
    """Say that the person went in by the personal link, inside the transaction of doing so."""
    _doorkeeper[0](live_session, person_id, link_version)
