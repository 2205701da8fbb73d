"""A mail server on loopback that records every mail and can be told to make trouble."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller

from academy.lib.processes import wait_until

OK = "250 OK"
#: Not an answer of SMTP: the mail is taken, and the line breaks before anybody hears of it.
RESET = "reset"


class MailSink:
    """Counts each Message-ID that it took; may refuse, wait or break the line instead."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._lock = threading.Lock()
        self._controller: Controller | None = None
        self.forget()

    def forget(self) -> None:
        """Begin anew, as a server that means well."""
        self.taken: Counter[str] = Counter()
        #: The newest content of each Message-ID, and when it came (on the clock of this machine).
        self.contents: dict[str, bytes] = {}
        self.taken_at: dict[str, float] = {}
        #: Given the number of the mail; returns the server's answer, or RESET.
        self.answer: Callable[[int], str] = lambda _number: OK
        #: Given the number of the mail; returns how many seconds the server thinks about it.
        self.wait: Callable[[int], float] = lambda _number: 0
        #: Called with the number of the mail when it was taken and before the answer leaves.
        self.before_answer: Callable[[int], object] = lambda _number: None
        self._asked = 0

    def start(self) -> None:
        """Listen, if it does not already."""
        if self._controller is None:
            self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
            self._controller.start()

    def stop(self) -> None:
        """Listen no longer."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    @property
    def number(self) -> int:
        """How many mails were taken, doubles included."""
        with self._lock:
            return self.taken.total()

    def wait_for(self, number: int, seconds: float = 60) -> bool:
        """Wait until so many were taken, to the millisecond."""
        return wait_until(lambda: self.number >= number, seconds, pause=0.001)

    @property
    def doubled(self) -> set[str]:
        """The Message-IDs that were taken more than once."""
        with self._lock:
            return {name for name, times in self.taken.items() if times > 1}

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail, or refuse it as told."""
        with self._lock:
            self._asked += 1
            number = self._asked
        await asyncio.sleep(self.wait(number))
        answer = self.answer(number)
        if answer in {OK, RESET}:
            self._take(envelope.content)
            self.before_answer(number)
        if answer == RESET:
            server.transport.abort()
        return answer

    def _take(self, content: bytes) -> None:
        name = str(message_from_bytes(content)["Message-ID"])
        with self._lock:
            self.taken[name] += 1
            self.contents[name] = content
            self.taken_at[name] = time.time()
