"""The ways out of the house: a mail server, or a folder where a newcomer can read every mail."""

import smtplib
import ssl
import threading
import time
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from academy.messaging.envelopes import Envelope, LineBroke, Unconfirmed
from academy.messaging.mails import Mail

#: A mail server that does not answer within this is tried again later. Only once it has the whole
#: mail it gets more time (envelopes.SECONDS_TO_CONFIRM).
SECONDS_TO_WAIT = 15
PERMANENT = range(500, 600)
COMPLETED = 250
#: A connection used so lately is used again without asking whether it still stands.
SECONDS_TO_TRUST = 5.0
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class DeliveryFailed(Exception):
    """The message did not leave; it may be tried again."""


class DeliveryUncertain(DeliveryFailed):
    """The line broke when the mail was on its way: it may have arrived, and is sent again."""


class DeliveryRefused(Exception):
    """The mail server will never take this message: trying again would only annoy it."""


class Channel(Protocol):
    """A way of carrying one message."""

    def send(self, mail: Mail) -> None:
        """Hand `mail` over; raise DeliveryFailed or DeliveryRefused with the reason."""


class FolderChannel:
    """Keeps each mail as a file `<Message-ID>.eml`; trying twice leaves one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, mail: Mail) -> None:
        """Write the file in one step, so that nobody reads half a mail."""
        file = self._file_of(mail.message_id)
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            half = file.with_name(f".{file.stem}.half")
            half.write_bytes(mail.content)
            half.replace(file)
        except OSError as error:
            raise DeliveryFailed(f"the mail folder cannot be written: {error.strerror}") from error

    def read(self, message_id: str) -> bytes:
        """Return the mail as it left; nothing where none did, or its file is gone."""
        try:
            return self._file_of(message_id).read_bytes()
        except OSError:
            return b""

    def _file_of(self, message_id: str) -> Path:
        return self.folder / f"{message_id.strip('<>').partition('@')[0]}.eml"


class SmtpChannel:
    """Sends through `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`.

    Each thread keeps its connection for the next mail: signing in costs more than sending.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.is_tls_from_the_start = parts.scheme == "smtps"
        self.host = parts.hostname or "127.0.0.1"
        self.port = parts.port or (465 if self.is_tls_from_the_start else 25)
        self.user = unquote(parts.username or "")
        self.password = unquote(parts.password or "")
        self._kept = _Kept()

    def send(self, mail: Mail) -> None:
        """Send over TLS where the server offers it; a password never travels without.

        Raises DeliveryUncertain where the line broke when the whole mail was on its way. A kept
        connection that turns out to be broken before is made anew, once.
        """
        envelope, was_kept = Envelope(mail), self._kept.server is not None
        try:
            self._hand_over(envelope)
        except LineBroke as error:
            if not was_kept:
                raise _out_of_reach(error) from error
            self._hand_over_anew(envelope)

    def _hand_over_anew(self, envelope: Envelope) -> None:
        try:
            self._hand_over(envelope)
        except LineBroke as error:
            raise _out_of_reach(error) from error

    def _hand_over(self, envelope: Envelope) -> None:
        server = self.reach()
        try:
            envelope.hand_to(server)
        except LineBroke:
            self._hang_up()
            raise
        except Unconfirmed as error:
            self._hang_up()
            raise DeliveryUncertain(
                f"the line broke before the server confirmed: {error}"
            ) from error
        except smtplib.SMTPResponseException as error:
            self._begin_again(server)
            raise _failure(error.smtp_code, error.smtp_error) from error

    def knock(self) -> None:
        """Reach the server and sign in without sending; raise DeliveryFailed where that fails."""
        self.close()
        try:
            self.reach().noop()
        except (OSError, smtplib.SMTPException) as error:
            raise _out_of_reach(error) from error
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the connection that this thread keeps, if any."""
        self._hang_up()

    def reach(self) -> smtplib.SMTP:
        """Return the connection of this thread if it still answers, else a new one."""
        if (kept := self._kept.server) is not None:
            if time.monotonic() - self._kept.used_at < SECONDS_TO_TRUST or _answers(kept):
                self._kept.used_at = time.monotonic()
                return kept
            self._hang_up()
        try:
            server = self._connect()
        except smtplib.SMTPResponseException as error:
            raise _failure(error.smtp_code, error.smtp_error, is_about_mail=False) from error
        except (OSError, smtplib.SMTPException) as error:
            raise _out_of_reach(error) from error
        self._kept.server, self._kept.used_at = server, time.monotonic()
        return server

    def _begin_again(self, server: smtplib.SMTP) -> None:
        """Clear the refused mail from the connection, or drop the connection."""
        try:
            server.rset()
        except (OSError, smtplib.SMTPException):
            self._hang_up()

    def _hang_up(self) -> None:
        server, self._kept.server = self._kept.server, None
        if server is not None:
            server.close()

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.is_tls_from_the_start:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=SECONDS_TO_WAIT, context=context
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=SECONDS_TO_WAIT)
        try:
            self._introduce(server, context)
        except BaseException:
            server.close()
            raise
        return server

    def _introduce(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        server.ehlo_or_helo_if_needed()
        if not self.is_tls_from_the_start and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif self.user and not self.is_tls_from_the_start and self.host not in LOOPBACK:
            raise DeliveryFailed("the mail server offers no TLS, so the password was not sent")
        if self.user:
            server.login(self.user, self.password)


class _Kept(threading.local):
    """The connection that this thread keeps, and when it was used last."""

    server: smtplib.SMTP | None = None
    used_at: float = 0.0


def _answers(server: smtplib.SMTP) -> bool:
    try:
        return bool(server.noop()[0] == COMPLETED)
    except (OSError, smtplib.SMTPException):
        return False


def _out_of_reach(error: Exception) -> DeliveryFailed:
    return DeliveryFailed(f"the mail server is out of reach: {error}")


def _failure(code: int, words: bytes | str, *, is_about_mail: bool = True) -> Exception:
    """A refusal of this mail is for good; one of our sign-in may be mended by the operator."""
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    kind = DeliveryRefused if is_about_mail and code in PERMANENT else DeliveryFailed
    return kind(f"{code} {said}")
