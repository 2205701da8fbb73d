"""A small TCP balancer: hands each connection to the next server, as nginx does in production."""

import contextlib
import itertools
import socket
import threading
from collections import Counter
from collections.abc import Iterator, Sequence


class Balancer:
    """Listens on a port of its own and counts how many connections each server got."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.connections: Counter[int] = Counter()
        self._turns = itertools.cycle(ports)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def serve(self) -> None:
        """Accept until the listener is closed."""
        with contextlib.suppress(OSError):
            while True:
                visitor, _address = self._listener.accept()
                port = next(self._turns)
                self.connections[port] += 1
                server = socket.create_connection(("127.0.0.1", port))
                threading.Thread(target=_carry, args=(visitor, server), daemon=True).start()

    def close(self) -> None:
        """Accept nobody any more."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


def _carry(visitor: socket.socket, server: socket.socket) -> None:
    """Hand bytes in both directions until either side is done."""
    with visitor, server:
        back = threading.Thread(target=_pump, args=(server, visitor), daemon=True)
        back.start()
        _pump(visitor, server)
        back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def balancer_before(ports: Sequence[int]) -> Iterator[Balancer]:
    """Run a balancer before these ports."""
    balancer = Balancer(ports)
    thread = threading.Thread(target=balancer.serve, daemon=True)
    thread.start()
    yield balancer
    balancer.close()
    thread.join(timeout=2)
