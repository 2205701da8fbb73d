"""Turns a template and values into the subject and text of one message, and those into a mail.

Values are data: they are never parsed as templates, and each is put on one line, so that no name
can begin a header, a paragraph or a second recipient (SECURITY.md 3.6, 3.7).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from academy.config import ROOT
from academy.messaging.choosing import choices_path
from academy.messaging.moments import tell_hour, tell_moment

LONGEST_SUBJECT = 200
FOLDER = ROOT / "templates" / "messages"
#: What Unicode calls Cc: line breaks, tabs, escapes.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
#: One @, no white space, nothing that separates or quotes addresses; the rest is the server's say.
PLAIN_ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\"\\]{1,64}@[^\s@,;:<>()\[\]\"\\]{1,255}")


class NotAnAddress(ValueError):
    """Mail cannot be sent to this."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a person reads of one message."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Reader:
    """To whom a letter speaks: the greeting, the language (BCP 47) and the clock (IANA or "")."""

    called: str
    language: str
    zone: str
    #: Whose choices the letter leads to; None for a letter that leads to none.
    person_id: int | None = None


def write_letter(kind: str, reader: Reader, base_url: str, values: Mapping[str, object]) -> Letter:
    """Fill in templates/messages/<kind>.txt: first line the subject, after an empty one the text.

    templates/messages/<language>/<kind>.txt goes before it, where the reader's language has one.
    Beside the values a template has `called`, `academy_url`, `link(path)` and
    `when(moment, zone)`. Raises jinja2.UndefinedError for a value that is missing.
    """
    language = _language_of(kind, reader.language)
    whole = _environment.get_template(_file(kind, language)).render(
        {
            **values,
            "called": reader.called,
            "academy_url": base_url,
            "choices_url": base_url + choices_path(reader.person_id) if reader.person_id else "",
            "link": lambda path: base_url + path if path.startswith("/") else path,
            "when": lambda at, zone: tell_moment(_moment(at), reader.zone, zone, language),
            "clock": lambda at, zone: tell_hour(_moment(at), reader.zone, zone, language),
        }
    )
    subject, _blank, text = whole.partition("\n\n")
    return Letter(subject.removeprefix("Subject: ")[:LONGEST_SUBJECT], text.strip() + "\n")


#: The language of the texts that stand in no folder of their own.
ENGLISH = "en"


def _language_of(kind: str, wanted: str) -> str:
    """Return the language in which there is a text: as wanted, its base, else English.

    Subject, text and times are in one language, never in two.
    """
    for language in (wanted, wanted.partition("-")[0]):
        if language.isalnum() and (FOLDER / language / f"{kind}.txt").is_file():
            return language
    return ENGLISH


def _file(kind: str, language: str) -> str:
    return f"{kind}.txt" if language == ENGLISH else f"{language}/{kind}.txt"


def _moment(at: datetime | str) -> datetime:
    return datetime.fromisoformat(at) if isinstance(at, str) else at


def _on_one_line(value: object) -> object:
    if not isinstance(value, str):
        return value
    return " ".join(_CONTROL.sub(" ", value).split())


_environment = ImmutableSandboxedEnvironment(
    loader=FileSystemLoader(FOLDER),
    autoescape=False,  # plain text: an escaped ampersand would be read as it stands
    undefined=StrictUndefined,
    finalize=_on_one_line,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def make_mail(
    *, sender: str, address: str, subject: str, text: str, message_id: str, at: datetime,
    unsubscribe_url: str = "",
) -> EmailMessage:  # fmt: skip
    """Return the mail (RFC 5322; RFC 6532 where the address needs it); raises NotAnAddress.

    Auto-Submitted (RFC 3834) keeps holiday answers from coming back; `unsubscribe_url` is what a
    mail program asks with one click (RFC 8058).
    """
    recipient = _address(address)
    policy = SMTP if address.isascii() else SMTPUTF8
    mail = EmailMessage(policy=policy.clone(cte_type="7bit"))
    mail["From"] = _sender(sender)
    mail["To"] = recipient
    mail["Subject"] = str(_on_one_line(subject))
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    if unsubscribe_url:
        mail["List-Unsubscribe"] = f"<{unsubscribe_url}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(text)
    return mail


def _address(address: str) -> Address:
    if not PLAIN_ADDRESS.fullmatch(address) or not address.isprintable():
        raise NotAnAddress("not a mail address")
    local, _at, domain = address.rpartition("@")
    return Address(username=local, domain=domain)


def _sender(sender: str) -> Address:
    name, address = parseaddr(sender)
    local, _at, domain = address.rpartition("@")
    return Address(display_name=name, username=local, domain=domain)
