"""The ways out of the house: a mail server, or a folder where a newcomer can read every mail."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

#: A mail server that does not answer within this is tried again later.
SECONDS_TO_WAIT = 15
PERMANENT = range(500, 600)
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class DeliveryFailed(Exception):
    """The message did not leave; it may be tried again."""


class DeliveryRefused(Exception):
    """The mail server will never take this message: trying again would only annoy it."""


class Channel(Protocol):
    """A way of carrying one message."""

    def send(self, mail: EmailMessage) -> None:
        """Hand `mail` over; raise DeliveryFailed or DeliveryRefused with the reason."""


class FolderChannel:
    """Keeps each mail as a file `<Message-ID>.eml`; trying twice leaves one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, mail: EmailMessage) -> None:
        """Write the file in one step, so that nobody reads half a mail."""
        name = mail["Message-ID"].strip("<>").partition("@")[0]
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            half = self.folder / f".{name}.half"
            half.write_bytes(mail.as_bytes())
            half.replace(self.folder / f"{name}.eml")
        except OSError as error:
            raise DeliveryFailed(f"the mail folder cannot be written: {error.strerror}") from error


class SmtpChannel:
    """Sends through `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.is_tls_from_the_start = parts.scheme == "smtps"
        self.host = parts.hostname or "127.0.0.1"
        self.port = parts.port or (465 if self.is_tls_from_the_start else 25)
        self.user = unquote(parts.username or "")
        self.password = unquote(parts.password or "")

    def send(self, mail: EmailMessage) -> None:
        """Send over TLS where the server offers it; a password never travels without."""
        try:
            with self._connection() as server:
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise _failure(code, words) from error
        except smtplib.SMTPResponseException as error:
            raise _failure(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise DeliveryFailed(f"the mail server is out of reach: {error}") from error

    def knock(self) -> None:
        """Reach the server and sign in without sending; raise DeliveryFailed where that fails."""
        try:
            with self._connection() as server:
                server.noop()
        except (OSError, smtplib.SMTPException) as error:
            raise DeliveryFailed(f"the mail server is out of reach: {error}") from error

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        context = ssl.create_default_context()
        if self.is_tls_from_the_start:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=SECONDS_TO_WAIT, context=context
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=SECONDS_TO_WAIT)
        with server:
            self._introduce(server, context)
            yield server

    def _introduce(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        server.ehlo_or_helo_if_needed()
        if not self.is_tls_from_the_start and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif self.user and not self.is_tls_from_the_start and self.host not in LOOPBACK:
            raise DeliveryFailed("the mail server offers no TLS, so the password was not sent")
        if self.user:
            server.login(self.user, self.password)


def _failure(code: int, words: bytes | str) -> Exception:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    kind = DeliveryRefused if code in PERMANENT else DeliveryFailed
    return kind(f"{code} {said}")
