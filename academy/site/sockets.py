"""The socket of the desk: who works there hears which job has moved, and fetches it again."""

from flask_login import current_user
from flask_socketio import join_room

from academy.lib.jobs import DESK
from academy.sockets import socketio

_WORKERS = ("organiser", "focal_point", "moderator", "administrator")


def open_desk_socket() -> None:
    """Let whoever connects and works on the desk hear its events; others hear none of them."""
    socketio.on_event("connect", _join_desk)


def _join_desk(_credentials: object) -> bool:
    """Refuse whoever is not signed in; let workers of the desk into its room."""
    if not current_user.is_authenticated:
        return False
    if current_user.has_role(*_WORKERS):
        join_room(DESK)
    return True
