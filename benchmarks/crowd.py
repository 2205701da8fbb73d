"""Many readers of one thread in one process: lean sockets that do what an open page does.

Run by benchmarks.readers with a Plan as JSON. It prints a line of JSON when all have joined, and
one for each new post: when each heard of it and had its words, on the machine's own clock.
"""

import asyncio
import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

#: So many connections to the pages stay open, as between nginx and the web processes.
LINES = 32
#: So long, in seconds, one round may take.
PATIENCE = 15
#: So many may be on their way in at once.
MOST_COMING = 100
#: Where the readers are.
ZONES = (
    "Asia/Manila", "Asia/Jakarta", "Asia/Kuala_Lumpur", "Asia/Kolkata", "Asia/Dhaka",
    "Asia/Phnom_Penh", "Asia/Bangkok", "Asia/Kathmandu", "Asia/Seoul", "Asia/Colombo",
    "Europe/Berlin", "America/Lima",
)  # fmt: skip
#: A frame of a client carries a mask; of zeros it changes nothing.
MASK = b"\x00\x00\x00\x00"


@dataclass(frozen=True)
class Plan:
    """Where the readers go, and what they do there."""

    #: Ports of the process that holds sockets, and of the one that gives pages.
    sockets: int
    pages: int
    thread: int
    readers: int
    #: Of what each fetches, with {number}, {at} and {zone}.
    path: str
    #: So long, in seconds, they wait for it at most: each as long as chance says.
    spread: float
    #: Those of readers who are signed in, who take turns; none for strangers.
    cookies: list[str]


@dataclass
class Crowd:
    """What all readers share."""

    plan: Plan
    joined: int = 0
    heard: dict[int, list[float]] = field(default_factory=dict)
    read: dict[int, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    fetches: asyncio.Queue[tuple[int, str]] = field(default_factory=asyncio.Queue)

    def hear(self, facts: dict[str, int]) -> None:
        """Note that one reader heard of a new post, who fetches it a little later."""
        number = facts["number"]
        self.heard.setdefault(number, []).append(time.monotonic())
        zone = random.choice(ZONES)
        path = self.plan.path.format(number=number, at=facts["at"], zone=zone)
        wait = random.random() * self.plan.spread
        asyncio.get_running_loop().call_later(wait, self.fetches.put_nowait, (number, path))


class Reader(asyncio.Protocol):
    """One open page: a websocket that speaks Socket.IO."""

    def __init__(self, crowd: Crowd, cookie: str) -> None:
        self.crowd, self.cookie, self.buffer, self.is_open = crowd, cookie, b"", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a websocket."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        transport.write(
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\n{cookie}"
            "Sec-WebSocket-Key: c29tZSBvbmUgcmVhZHMgaGVyZQ==\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """Take frames as they come."""
        self.buffer += data
        if not self.is_open:
            head, found, rest = self.buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                self.crowd.errors.append(head.decode(errors="replace")[:80])
                self.transport.close()
                return
            self.is_open, self.buffer = True, rest
            self.say("40")
        while frame := self.next_frame():
            self.take(frame)

    def next_frame(self) -> str:
        """Return the next whole frame of text, or nothing yet."""
        buffer = self.buffer
        if len(buffer) < 2:
            return ""
        length, start = buffer[1], 2
        if length == 126:
            length, start = int.from_bytes(buffer[2:4]), 4
        if len(buffer) < start + length:
            return ""
        self.buffer = buffer[start + length :]
        return buffer[start : start + length].decode() or " "

    def take(self, frame: str) -> None:
        """Answer pings, join once connected, note what is told."""
        if frame == "2":
            self.say("3")
        elif frame.startswith("40"):
            self.say(f'420["thread.join",{{"thread":{self.crowd.plan.thread}}}]')
        elif frame.startswith("430"):
            self.crowd.joined += 1
        elif frame.startswith('42["thread.post"'):
            self.crowd.hear(json.loads(frame[2:])[1])

    def say(self, text: str) -> None:
        """Send one frame of text."""
        body = text.encode()
        self.transport.write(bytes([0x81, 0x80 | len(body)]) + MASK + body)

    def connection_lost(self, error: Exception | None) -> None:
        """Note that the line was lost."""
        self.crowd.joined -= 1


async def main(plan: Plan) -> None:
    """Open the readers, then tell of each new post until the parent ends this process."""
    crowd, begin = Crowd(plan), time.monotonic()
    lines = [asyncio.create_task(_fetch(crowd)) for _line in range(LINES)]
    await _open_all(crowd)
    _print(joined=crowd.joined, seconds=time.monotonic() - begin, errors=crowd.errors[:3])
    told: set[int] = set()
    while lines:
        await _until(lambda: bool(crowd.heard.keys() - told), seconds=3600)
        number = max(crowd.heard)
        await _until(partial(_have_read, crowd, number))
        told.add(number)
        _print(heard=crowd.heard[number], read=crowd.read.get(number, []), errors=crowd.errors[:3])


async def _open_all(crowd: Crowd) -> None:
    loop, cookies = asyncio.get_running_loop(), crowd.plan.cookies or [""]
    for number in range(crowd.plan.readers):
        cookie = cookies[number % len(cookies)]
        await loop.create_connection(
            partial(Reader, crowd, cookie), "127.0.0.1", crowd.plan.sockets
        )
        await _until(lambda number=number: number - crowd.joined <= MOST_COMING)
    await _until(lambda: crowd.joined >= crowd.plan.readers)


def _have_read(crowd: Crowd, number: int) -> bool:
    return len(crowd.read.get(number, ())) >= crowd.plan.readers


async def _until(is_so: Callable[[], bool], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:  # noqa: ASYNC110 (many things can end it)
        await asyncio.sleep(0.01)


async def _fetch(crowd: Crowd) -> None:
    """Fetch posts one after the other over a connection that stays open."""
    reader, writer = await asyncio.open_connection("127.0.0.1", crowd.plan.pages)
    while True:
        number, path = await crowd.fetches.get()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
        body = await reader.readexactly(length)
        if b" 200 " in head.split(b"\r\n")[0] and b"data-post" in body:
            crowd.read.setdefault(number, []).append(time.monotonic())
        else:
            crowd.errors.append(head.decode()[:60])


def _print(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


if __name__ == "__main__":
    asyncio.run(main(Plan(**json.loads(sys.argv[1]))))
