"""The bus between the processes, through Redis: no Flask, for workers speak on it too."""

from typing import Any

from redis.backoff import NoBackoff
from redis.retry import Retry
from socketio import RedisManager

from academy.lib.jobs import PUT_OUT


class Bus(RedisManager):
    """A bus on which the browsers in a room can also lose their line, in every process.

    Closing a room is told to all processes but empties it only: here whoever was in it is put out.
    """

    def tell(self, event: str, room: str, facts: dict[str, int | str]) -> None:
        """Tell the browsers in a room of an event; PUT_OUT takes them their line instead."""
        if event == PUT_OUT:
            self.close_room(room)  # type: ignore[no-untyped-call]
        else:
            self.emit(event, facts, room=room)  # type: ignore[no-untyped-call]

    def _handle_close_room(self, message: dict[str, str]) -> None:
        if self.server is not None:  # a worker's bus has no browsers
            put_out(self, message["room"])


def put_out(manager: Any, room: str) -> None:
    """Close the lines of all browsers in a room that end in this process."""
    for browser, _line in list(manager.get_participants("/", room)):
        manager.server.disconnect(browser, namespace="/", ignore_queue=True)


def make_bus(redis_url: str, *, is_for_telling: bool = False) -> Bus:
    """Return the bus between the processes; `is_for_telling` makes one that hears nothing.

    A broker that is silent is given up after some seconds; listening waits for as long as it takes.
    """
    return Bus(  # type: ignore[no-untyped-call]
        redis_url, channel="academy-live", write_only=is_for_telling,
        redis_options={
            "socket_connect_timeout": 2, "socket_timeout": 2, "retry": Retry(NoBackoff(), 0),
        },
    )  # fmt: skip
