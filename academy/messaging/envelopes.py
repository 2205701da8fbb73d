"""One mail to one recipient, given to a mail server step by step (RFC 5321, 3.3; RFC 2920)."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager

from academy.messaging.mails import Mail

#: RFC 5321, 4.5.3.2.6 wants ten minutes: who hangs up earlier sends again what the server may have
#: taken. With all that goes before it, ours is shorter than a job may take (queues.URGENT), and
#: than others leave to us what is under way (claims.HAND_OVER_LASTS).
SECONDS_TO_CONFIRM = 90
_COMPLETED = frozenset({250, 251})
_GO_ON = 354
#: The server hangs up (RFC 5321, 3.8): about the line, not about the mail.
_CLOSING = 421
_DOT_AT_BEGINNING = re.compile(rb"(?m)^\.")


class LineBroke(Exception):
    """The line broke before the mail was on its way: it has not left."""


class Unconfirmed(Exception):
    """The line broke when the mail was on its way: it may have arrived."""


class Envelope:
    """A mail and whom it is for, ready to be given to any server."""

    def __init__(self, mail: Mail) -> None:
        options = "" if (mail.sender + mail.recipient).isascii() else " SMTPUTF8"
        self._questions = [
            f"MAIL FROM:<{mail.sender}>{options}\r\n".encode(),
            f"RCPT TO:<{mail.recipient}>\r\n".encode(),
            b"DATA\r\n",
        ]
        # RFC 5321, 4.5.2: a line that begins with a dot gets another one, and one dot is the end.
        content = _DOT_AT_BEGINNING.sub(b"..", mail.content)
        self._content = content + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n"

    def hand_to(self, server: smtplib.SMTP) -> None:
        """Hand it over; what the server says against it comes as SMTPResponseException.

        Raises LineBroke and Unconfirmed.
        """
        try:
            self._ask(server)
        except smtplib.SMTPResponseException as error:
            if error.smtp_code == _CLOSING:
                raise LineBroke(str(error)) from error
            raise
        except (OSError, smtplib.SMTPException) as error:
            raise LineBroke(str(error)) from error
        try:
            answer = self._give(server)
        except (OSError, smtplib.SMTPException) as error:
            raise Unconfirmed(str(error)) from error
        _expect(answer, _COMPLETED)

    def _ask(self, server: smtplib.SMTP) -> None:
        """Ask whether the server takes it: at once where it can hear several questions."""
        wanted = (_COMPLETED, _COMPLETED, frozenset({_GO_ON}))
        if not server.has_extn("pipelining"):
            for question, fine in zip(self._questions, wanted, strict=True):
                server.send(question)
                _expect(server.getreply(), fine)
            return
        server.send(b"".join(self._questions))
        answers = [server.getreply() for _question in self._questions]
        if answers[2][0] == _GO_ON and any(code not in _COMPLETED for code, _ in answers[:2]):
            # RFC 2920, 3.1: it waits for a mail to nobody.
            server.send(b".\r\n")
            server.getreply()
        for answer, fine in zip(answers, wanted, strict=True):
            _expect(answer, fine)

    def _give(self, server: smtplib.SMTP) -> tuple[int, bytes]:
        with _patience(server):
            # In one piece: a second one would wait 40 ms for the receipt of the first.
            server.send(self._content)
            return server.getreply()


@contextmanager
def _patience(server: smtplib.SMTP) -> Iterator[None]:
    """Wait longer than for other answers: the server may be storing or examining the mail."""
    if server.sock is None:
        raise smtplib.SMTPServerDisconnected("the line is closed")
    line, before = server.sock, server.sock.gettimeout()
    line.settimeout(SECONDS_TO_CONFIRM)
    yield
    line.settimeout(before)


def _expect(answer: tuple[int, bytes], fine: frozenset[int]) -> None:
    code, words = answer
    if code not in fine:
        raise smtplib.SMTPResponseException(code, words)
