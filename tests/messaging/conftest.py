"""A post office for tests: it notes what it was given, or fails as it was told."""

from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest
from flask import Flask

from academy.messaging import post_office
from academy.messaging.post_office import PostOffice


class Pigeonhole:
    """A channel that keeps the mails, or raises what `trouble` holds."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.trouble: Exception | None = None
        #: What happens beside while a mail is being sent.
        self.then: Callable[[], None] = lambda: None

    def send(self, mail: EmailMessage) -> None:
        """Keep the mail."""
        if self.trouble is not None:
            raise self.trouble
        self.mails.append(mail)
        self.then()


@pytest.fixture
def pigeonhole(whole_app: Flask) -> Iterator[Pigeonhole]:
    """Return the channel through which this test's mails go."""
    before, channel = post_office.current(), Pigeonhole()
    post_office.use(
        PostOffice("SSE Academy <academy@example.org>", "https://academy.example.org", channel)
    )
    yield channel
    post_office.use(before)
