"""A mail server in a process of its own that says yes to everything and notes when."""

import contextlib
import multiprocessing
import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.sharedctypes import Synchronized
from typing import Any

_END = b"\r\n.\r\n"
_YES = b"250 yes\r\n"
_SAYS = {
    b"DATA": b"354 go on\r\n", b"EHLO": b"250-sink\r\n250 PIPELINING\r\n",
    b"QUIT": b"221 bye\r\n",
}  # fmt: skip


@dataclass
class Sink:
    """What came, since the last `forget`."""

    port: int
    taken: "Synchronized[int]"
    first_at: "Synchronized[float]"
    last_at: "Synchronized[float]"

    def forget(self) -> None:
        """Begin to count anew."""
        self.taken.value = 0

    def wait_for(self, number: int, seconds: float = 300) -> float:
        """Wait until so many mails came; return mails a second between the first and the last."""
        deadline = time.monotonic() + seconds
        while self.taken.value < number:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.taken.value} of {number} mails came")
            time.sleep(0.02)
        return (number - 1) / (self.last_at.value - self.first_at.value)


@contextlib.contextmanager
def mail_sink() -> Iterator[Sink]:
    """Run the server."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as listening:
        counts: tuple[Any, Any, Any] = (
            multiprocessing.Value("q", 0), multiprocessing.Value("d", 0.0),
            multiprocessing.Value("d", 0.0),
        )  # fmt: skip
        sink = Sink(listening.getsockname()[1], *counts)
        process = multiprocessing.Process(target=_serve, args=(listening, sink), daemon=True)
        process.start()
    try:
        yield sink
    finally:
        process.terminate()
        process.join()


@dataclass
class _Client:
    line: socket.socket
    heard: bytes = b""
    is_mail: bool = field(default=False)


def _serve(listening: socket.socket, sink: Sink) -> None:
    with selectors.DefaultSelector() as waiting:
        waiting.register(listening, selectors.EVENT_READ, None)
        while True:
            for key, _events in waiting.select():
                if key.data is None:
                    line, _address = listening.accept()
                    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    line.sendall(b"220 sink\r\n")
                    waiting.register(line, selectors.EVENT_READ, _Client(line))
                elif not _listen(key.data, sink):
                    waiting.unregister(key.data.line)
                    key.data.line.close()


def _listen(client: _Client, sink: Sink) -> bool:
    """Hear what came and answer it; False where the client has hung up."""
    try:
        heard = client.line.recv(262_144)
        client.heard += heard
        client.line.sendall(b"".join(_answers(client, sink)))
    except OSError:
        return False
    return bool(heard)


def _answers(client: _Client, sink: Sink) -> Iterator[bytes]:
    while True:
        if client.is_mail:
            _mail, end, rest = client.heard.partition(_END)
            if not end:
                return
            client.heard, client.is_mail = rest, False
            _count(sink)
            yield _YES
        else:
            words, end, rest = client.heard.partition(b"\r\n")
            if not end:
                return
            client.heard = rest
            command = words[:4].upper()
            client.is_mail = command == b"DATA"
            yield _SAYS.get(command, _YES)


def _count(sink: Sink) -> None:
    sink.last_at.value = time.monotonic()
    if sink.taken.value == 0:
        sink.first_at.value = sink.last_at.value
    sink.taken.value += 1
