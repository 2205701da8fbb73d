"""Reads delivery reports out of a mailbox (RFC 3464): which of our mails came back, and why.

Only a report that names one of our Message-IDs counts, and nobody guesses these: whoever writes to
the mailbox cannot silence somebody else's address.
"""

import mailbox
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from pathlib import Path
from typing import Any

from academy.messaging.mails import on_one_line

_STATUS = re.compile(r"\s*([245])\.\d{1,3}\.\d{1,3}")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,190}>")
_LINE = re.compile(r"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
LONGEST_REASON = 250


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a report says of one of our mails."""

    message_id: str
    #: Whether the address will never take mail (5.x.x, failed); else it is only late (4.x.x).
    is_final: bool
    #: The status and the words of the server, on one line.
    reason: str


class NotAMailboxError(ValueError):
    """The file is no mailbox."""


def read_mailbox(path: Path) -> Iterator[Bounce | None]:
    """Yield what each mail of an mbox file (or a maildir) reports; None for one that is no report.

    Raises NotAMailboxError.
    """
    if path.is_file() and path.stat().st_size and not path.read_bytes()[:5] == b"From ":
        raise NotAMailboxError
    kept: mailbox.Mailbox[Any] = (
        mailbox.Maildir(path, create=False) if path.is_dir() else mailbox.mbox(path, create=False)
    )
    with closing(kept):
        for mail in kept:
            yield read_report(mail.as_bytes())


def read_report(content: bytes) -> Bounce | None:
    """Return what a delivery report says (RFC 3464); None where it is none, or of no mail."""
    mail = message_from_bytes(content, policy=default)
    parts = list(mail.walk())
    told = next((one for one in parts if one.get_content_type() == "message/delivery-status"), None)
    message_id = _returned(parts)
    if mail.get_content_type() != "multipart/report" or told is None or not message_id:
        return None
    return _judge(message_id, told.get_payload())


def _returned(parts: Iterable[EmailMessage]) -> str:
    """Return the Message-ID of the mail that came back, whole or its headers only."""
    for part in parts:
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers", "message/global"}:
            found = _MESSAGE_ID.search(_header(part))
            return found[0] if found else ""
    return ""


def _header(part: EmailMessage) -> str:
    inner = part.get_payload()
    whole = inner[0] if isinstance(inner, list) and inner else None
    if isinstance(whole, Message):
        return str(whole.get("Message-ID", ""))
    words = _LINE.search(str(part.get_content()))
    return words[1] if words else ""


def _judge(message_id: str, blocks: object) -> Bounce | None:
    """Read the fields of the recipient (2.3): one of ours has one recipient."""
    for block in blocks if isinstance(blocks, list) else ():
        status = _STATUS.match(str(block.get("Status", "")))
        if status is None:
            continue
        action = str(block.get("Action", "")).strip().casefold()
        said = str(block.get("Diagnostic-Code", "")).partition(";")[2] or str(block["Status"])
        return bounce_of(message_id, status[0].strip(), action, said)
    return None


def bounce_of(message_id: str, status: str, action: str, said: str) -> Bounce:
    """Return what a report says in the words of RFC 3464."""
    return Bounce(
        message_id,
        is_final=status.startswith("5") and action == "failed",
        reason=" ".join(on_one_line(f"{status} {said}").split())[:LONGEST_REASON],
    )
