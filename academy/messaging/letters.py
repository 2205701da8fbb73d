"""Turns a template and values into the subject and text of one message.

Values are data: they are never parsed as templates, and each is put on one line, so that no name
can begin a header, a paragraph or a second recipient (SECURITY.md 3.6, 3.7).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from academy.config import ROOT
from academy.messaging.choosing import choices_path
from academy.messaging.mails import on_one_line
from academy.messaging.moments import tell_hour, tell_moment

LONGEST_SUBJECT = 200
FOLDER = ROOT / "templates" / "messages"


@dataclass(frozen=True, slots=True)
class Letter:
    """What a person reads of one message."""

    subject: str
    text: str
    #: The language of both, where whoever wrote it knows better than `language_of`.
    language: str = ""


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
    language = language_of(kind, reader.language)
    return fill_in(
        kind,
        language,
        {
            **values,
            "called": reader.called,
            "academy_url": base_url,
            "choices_url": base_url + choices_path(reader.person_id) if reader.person_id else "",
            "link": lambda path: base_url + path if path.startswith("/") else path,
            "when": lambda at, zone: tell_moment(_moment(at), reader.zone, zone, language),
            "clock": lambda at, zone: tell_hour(_moment(at), reader.zone, zone, language),
        },
    )


def fill_in(kind: str, language: str, words: Mapping[str, object]) -> Letter:
    """Return the text of a kind in one of its languages, each name of it put in from `words`."""
    whole = _environment.get_template(_file(kind, language)).render(words)
    subject, _blank, text = whole.partition("\n\n")
    return Letter(subject.removeprefix("Subject: ")[:LONGEST_SUBJECT], text.strip() + "\n")


#: The language of the texts that stand in no folder of their own.
ENGLISH = "en"


@lru_cache(maxsize=1_000)
def language_of(kind: str, wanted: str) -> str:
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
    return on_one_line(value) if isinstance(value, str) else value


_environment = ImmutableSandboxedEnvironment(
    loader=FileSystemLoader(FOLDER),
    autoescape=False,  # plain text: an escaped ampersand would be read as it stands
    undefined=StrictUndefined,
    finalize=_on_one_line,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
