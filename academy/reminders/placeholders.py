"""Words that organisers put into their texts: {{ name }}, {{ when }}, {{ link }}; and nothing else.

What they write is no template: only these words are looked for, and the rest stays as it stands.
So a text can reach nothing and run nothing, whatever is written in it.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from academy.messaging.letters import LONGEST_SUBJECT, Letter
from academy.reminders.kinds import (
    CALLED_OFF,
    CONFIRMED,
    FOLLOW_UPS,
    LEFT_EARLY,
    MOVED,
    PROMOTED,
    SERIES_CALLED_OFF,
)

_PLACEHOLDER = re.compile(r"\{\{\s*(.*?)\s*\}\}")
#: What begins or ends a placeholder, or a command of a template language.
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
#: Line breaks in any script: they would begin another header.
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST_TEXT = 5_000
_COMMON = (
    "name", "series", "live_session", "when", "hour", "minutes", "door_minutes", "link",
    "series_link",
)  # fmt: skip
_AFTERWARDS = ("summary", "recording", "recording_size", "attendance_link")
_ABOUT_ONE = ("name", "series", "live_session", "when", "hour", "minutes")
_HAPPENING = {
    CONFIRMED: (*_ABOUT_ONE, "waiting", "link", "card", "series_link"),
    PROMOTED: (*_ABOUT_ONE, "live_session_link"),
    MOVED: (*_ABOUT_ONE, "live_session_link"),
    CALLED_OFF: (*_ABOUT_ONE, "series_link"),
    SERIES_CALLED_OFF: ("name", "series", "series_link"),
}
#: The placeholder without which a text leads nowhere; that of all others is "link".
_NEEDED = {
    PROMOTED: "live_session_link", MOVED: "live_session_link", CALLED_OFF: "",
    SERIES_CALLED_OFF: "",
}  # fmt: skip
#: Placeholders that are secrets of the reader.
_SECRETS = frozenset({"link", "card"})
#: Those of the fixed end of every mail; nobody types them.
_OF_THE_END = ("academy", "choices")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text cannot be kept: in which field, a code, and the words it is about."""

    field: str
    code: str
    about: str = ""


class UnfitText(ValueError):
    """The text cannot be kept; `faults` says why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(", ".join(fault.code for fault in faults))
        self.faults = faults


class UnknownPlaceholder(LookupError):
    """The text names something that there is not."""


def names_for(kind: str) -> tuple[str, ...]:
    """Return the placeholders that a text of this kind may have."""
    if kind in _HAPPENING:
        return _HAPPENING[kind]
    if kind == LEFT_EARLY:
        return (*_COMMON, *_AFTERWARDS, "until_minute")
    return (*_COMMON, *_AFTERWARDS) if kind in FOLLOW_UPS else _COMMON


def check(kind: str, letter: Letter) -> Letter:
    """Return the text as it is kept, tidied; raise UnfitText with everything that is wrong."""
    return check_words(letter, names_for(kind), needs=_NEEDED.get(kind, "link"))


def check_words(letter: Letter, names: Collection[str], *, needs: str) -> Letter:
    """Do the same for a text that may have these placeholders, and has to have one ("": none)."""
    subject = letter.subject.strip()
    text = letter.text.replace("\r\n", "\n").replace("\r", "\n").strip()
    faults = [*_faults_of("subject", subject, names), *_faults_of("text", text, names)]
    if _BREAKS.search(subject):
        faults.append(Fault("subject", "line_break"))
    if _names_in(subject) & _SECRETS:
        faults.append(Fault("subject", "link_in_subject"))
    if needs and text and needs not in _names_in(text):
        faults.append(Fault("text", "no_link", needs))
    if faults:
        raise UnfitText(faults)
    return Letter(_tidy(subject), _tidy(text) + "\n")


def _faults_of(field: str, words: str, names: Collection[str]) -> list[Fault]:
    if not words:
        return [Fault(field, "empty")]
    most = LONGEST_SUBJECT if field == "subject" else LONGEST_TEXT
    faults = [Fault(field, "too_long", str(most))] if len(words) > most else []
    unknown = sorted(_names_in(words) - set(names))
    faults += [Fault(field, "unknown", name) for name in unknown]
    stray = _BRACES.search(_PLACEHOLDER.sub("", words))
    return [*faults, Fault(field, "stray", stray[0])] if stray else faults


def _names_in(words: str) -> set[str]:
    return set(_PLACEHOLDER.findall(words))


def _tidy(words: str) -> str:
    return _PLACEHOLDER.sub(lambda found: f"{{{{ {found[1]} }}}}", words)


def put_in(letter: Letter, words: Mapping[str, str]) -> Letter:
    """Return the letter with `words` in place of its placeholders.

    A paragraph with a placeholder for which there is nothing ("") is left out. Raises
    UnknownPlaceholder.
    """
    paragraphs = letter.text.strip().split("\n\n")
    said = [_say(one, words) for one in paragraphs if _has_something(one, words)]
    subject = _say(letter.subject, words)[:LONGEST_SUBJECT]
    return Letter(subject, "\n\n".join(said) + "\n")


def _has_something(paragraph: str, words: Mapping[str, str]) -> bool:
    return all(words.get(name, "-") for name in _names_in(paragraph))


def _say(part: str, words: Mapping[str, str]) -> str:
    def say(found: re.Match[str]) -> str:
        if found[1] not in words:
            raise UnknownPlaceholder(found[1])
        return " ".join(_BREAKS.sub(" ", words[found[1]]).split())

    return _PLACEHOLDER.sub(say, part)
