"""A post office for tests: it notes what it was given, or fails as it was told."""

from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from flask import Flask

from academy.messaging import post_office
from academy.messaging.mails import Mail
from academy.messaging.post_office import PostOffice


def read_mail(mail: Mail) -> EmailMessage:
    """Read a mail as a mail program does."""
    return message_from_bytes(mail.content, policy=default)


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    """Return what the mail says, as "plain" text or as "html"."""
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


class Pigeonhole:
    """A channel that keeps the mails, or raises what `trouble` holds."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.trouble: Exception | None = None
        #: What happens beside while a mail is being sent.
        self.then: Callable[[], None] = lambda: None

    def send(self, mail: Mail) -> None:
        """Keep the mail."""
        if self.trouble is not None:
            raise self.trouble
        self.mails.append(read_mail(mail))
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
