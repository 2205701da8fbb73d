"""One mail as it travels: headers, plain text and its HTML twin, as bytes (RFC 5322, 2045-2049).

The bytes are put together here and not by email.message: its header objects cost more than the
sending itself (`benchmarks/mail.py`). What they kept out stays out: every value that somebody
typed is on one line, encoded words are made by email.header, addresses are checked.
"""

import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.utils import format_datetime, parseaddr
from functools import lru_cache

from academy.messaging.html_twin import write_html

#: What Unicode calls Cc: line breaks, tabs, escapes.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
#: One @, no white space, nothing that separates or quotes addresses; the rest is the server's say.
PLAIN_ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\"\\]{1,64}@[^\s@,;:<>()\[\]\"\\]{1,255}")
#: RFC 5322, 2.1.1 allows 998; some room for what servers add.
_LONGEST_LINE = 900
#: Where more than one letter in so many is not ASCII, base 64 is shorter than quoted-printable.
_MANY = 6


class NotAnAddress(ValueError):
    """Mail cannot be sent to this."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one recipient, ready to be handed over."""

    #: The addresses of the envelope (RFC 5321, 2.3.1).
    sender: str
    recipient: str
    #: With its angle brackets.
    message_id: str
    #: Lines end with CR LF.
    content: bytes


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A calendar object that goes with a mail (RFC 6047): its method, and its text."""

    #: "REQUEST", "CANCEL" or "PUBLISH" (RFC 5546).
    method: str
    content: str


def on_one_line(text: str) -> str:
    """Return the text without a line break, a tab or an escape, whatever somebody typed."""
    return " ".join(_CONTROL.sub(" ", text).split())


def make_mail(
    *, sender: str, address: str, subject: str, text: str, message_id: str, at: datetime,
    unsubscribe_url: str = "", language: str = "en", enclosures: Sequence[Enclosure] = (),
) -> Mail:  # fmt: skip
    """Return the mail (RFC 5322; RFC 6532 where the address needs it); raises NotAnAddress.

    Auto-Submitted (RFC 3834) keeps holiday answers from coming back; `unsubscribe_url` is what a
    mail program asks with one click (RFC 8058). `language` is that of subject and text. The first
    of the `enclosures` is one more way to show the mail, for programs that show calendars; it is
    attached for the others, unless more follow: then these are.
    """
    recipient = _checked(address)
    from_whom, sender_address = _sender(sender)
    subject = on_one_line(subject)
    headers = [
        f"From: {from_whom}",
        f"To: {recipient}",
        f"Subject: {_encoded(subject, 'Subject')}",
        f"Date: {format_datetime(at)}",
        f"Message-ID: {message_id}",
        "Auto-Submitted: auto-generated",
        *_ways_out(unsubscribe_url),
        f"Content-Language: {language}",
        "MIME-Version: 1.0",
    ]
    name = message_id.strip("<>").partition("@")[0]
    body = _body(name, text, write_html(subject, text, language), enclosures)
    return Mail(sender_address, recipient, message_id, "\r\n".join([*headers, ""]).encode() + body)


def _body(name: str, text: str, html: str, enclosures: Sequence[Enclosure]) -> bytes:
    """Return the head and the parts: two ways to show it, and what goes into a calendar."""
    parts = [_text_part("plain", text), _text_part("html", html)]
    if not enclosures:
        return _multipart("alternative", f"=_{name}", parts)
    shown = enclosures[0]
    parts.append(_text_part("calendar", shown.content, f"; method={shown.method}"))
    return _multipart("mixed", f"=_m{name}", [
        _multipart("alternative", f"=_{name}", parts),
        *map(_attachment, enclosures[1:] or enclosures),
    ])  # fmt: skip


def _attachment(enclosure: Enclosure) -> bytes:
    encoding, body = _transfer(enclosure.content)
    name = "cancelled.ics" if enclosure.method == "CANCEL" else "calendar.ics"
    head = (
        f'Content-Type: application/ics; name="{name}"\r\n'
        f'Content-Disposition: attachment; filename="{name}"\r\n'
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode() + body


def _checked(address: str) -> str:
    if not PLAIN_ADDRESS.fullmatch(address) or not address.isprintable():
        raise NotAnAddress("not a mail address")
    local, _at, domain = address.rpartition("@")
    return Address(username=local, domain=domain).addr_spec


@lru_cache(maxsize=8)
def _sender(sender: str) -> tuple[str, str]:
    """Return what stands after From:, and the address alone."""
    name, address = parseaddr(sender)
    checked = _checked(address)
    if name.isascii():
        return str(Address(name, addr_spec=checked)), checked
    return f"{_encoded(name, 'From')} <{checked}>", checked


@lru_cache(maxsize=1_000)
def _encoded(words: str, header: str) -> str:
    """Return the words as a header's value, folded, in encoded words (RFC 2047) where needed."""
    plain = words.isascii() and "=?" not in words
    charset = "us-ascii" if plain else "utf-8"
    return Header(words, charset, header_name=header).encode(linesep="\r\n")


def _ways_out(url: str) -> list[str]:
    if not url:
        return []
    return [f"List-Unsubscribe: <{url}>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"]


def _multipart(kind: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    """Return the parts as one; a boundary is the mail's own name, which nothing in it can hold."""
    head = f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n\r\n'.encode()
    rim = b"--" + boundary.encode()
    return head + b"".join([*(rim + b"\r\n" + part + b"\r\n" for part in parts), rim, b"--\r\n"])


def _text_part(subtype: str, text: str, more: str = "") -> bytes:
    charset = "us-ascii" if text.isascii() else "utf-8"
    encoding, body = _transfer(text)
    head = (
        f'Content-Type: text/{subtype}; charset="{charset}"{more}\r\n'
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode() + body


def _transfer(text: str) -> tuple[str, bytes]:
    """Return how the text is written in seven bits, and its bytes with lines ended by CR LF."""
    data = text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    strange = len(data.translate(None, _ASCII))
    if not strange and max(map(len, data.split(b"\r\n"))) <= _LONGEST_LINE:
        return "7bit", data
    if strange * _MANY > len(data):
        lines = [
            binascii.b2a_base64(data[start : start + _BASE64_LINE], newline=False)
            for start in range(0, len(data), _BASE64_LINE)
        ]
        return "base64", b"\r\n".join(lines) + b"\r\n"
    return "quoted-printable", binascii.b2a_qp(data)


#: 76 letters of base 64.
_BASE64_LINE = 57
_ASCII = bytes(range(128))
