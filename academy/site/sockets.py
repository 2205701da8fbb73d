"""Who may open a socket at all, and the room of the desk."""

from flask_login import current_user
from flask_socketio import join_room

from academy.lib.jobs import DESK, room_of_person
from academy.people.ports import is_suspended
from academy.sockets import has_room_for_strangers, socketio

_WORKERS = ("organiser", "focal_point", "moderator", "administrator")


def open_desk_socket() -> None:
    """Let whoever connects and works on the desk hear its events; others hear none of them."""
    socketio.on_event("connect", _join_desk)


def _join_desk(_credentials: object) -> bool:
    """Let workers of the desk into its room; whoever is not signed in enters none by connecting.

    Public threads are read live by everybody but those who are suspended. Where each open page
    holds a thread of the server, strangers beyond a number are refused; their pages ask for what
    is new now and then.
    """
    if not current_user.is_authenticated:
        return has_room_for_strangers()
    if is_suspended(current_user):
        return False
    # By this room they lose their line when they are suspended, in whichever process it ends.
    join_room(room_of_person(current_user.id))
    if current_user.has_role(*_WORKERS):
        join_room(DESK)
    return True
