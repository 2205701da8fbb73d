"""A mail server on loopback that records every mail and can be told to make trouble."""

import threading
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller


class MailSink:
    """Counts each Message-ID that it confirmed; `answer` may refuse instead."""

    def __init__(self, port: int) -> None:
        self.taken: Counter[str] = Counter()
        #: Given the number of mails so far; returns the server's answer.
        self.answer: Callable[[int], str] = lambda _number: "250 OK"
        self._asked = 0
        self._lock = threading.Lock()
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    def start(self) -> None:
        """Begin to listen."""
        self._controller.start()

    def stop(self) -> None:
        """Listen no longer."""
        self._controller.stop()

    @property
    def number(self) -> int:
        """How many mails were taken, doubles included."""
        with self._lock:
            return self.taken.total()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail, or refuse it as told."""
        with self._lock:
            self._asked += 1
            answer = self.answer(self._asked)
            if answer.startswith("250"):
                self.taken[message_from_bytes(envelope.content)["Message-ID"]] += 1
        return answer
