"""The code of a room: five figures that change each minute, read in whatever digits one writes."""

import hashlib
import hmac
import unicodedata
from datetime import UTC, datetime, timedelta

from academy.programme.models import LiveSession

FIGURES = 5
STEP = timedelta(minutes=1)
#: What people write between figures, and marks that a keyboard adds unseen.
_BETWEEN = frozenset({"Zs", "Pd", "Cf", "Mn"})

#: Other figures than the Latin ones: where the nought of each stands in Unicode.
_NOUGHTS = {
    "arabic": 0x0660, "persian": 0x06F0, "devanagari": 0x0966, "bengali": 0x09E6, "thai": 0x0E50,
    "khmer": 0x17E0, "lao": 0x0ED0, "burmese": 0x1040, "tibetan": 0x0F20,
}  # fmt: skip
#: Countries whose readers meet other figures than the Latin ones every day.
_FIGURES_OF = {
    "arabic": "AE BH DJ EG IQ JO KW LB OM PS QA SA SD SY YE",
    "persian": "AF IR",
    "devanagari": "NP",
    "bengali": "BD",
    "thai": "TH",
    "khmer": "KH",
    "lao": "LA",
    "burmese": "MM",
    "tibetan": "BT",
}


def is_open(live_session: LiveSession, at: datetime) -> bool:
    """Whether codes are given and taken: from the opening of the door until the end."""
    is_on = live_session.status != "cancelled"
    return is_on and door_opens_at(live_session) <= at < live_session.ends_at


def door_opens_at(live_session: LiveSession) -> datetime:
    """Return when the door of the live session opens, as its series says."""
    return live_session.starts_at - timedelta(minutes=live_session.series.door_minutes)


def code_at(secret: str, live_session_id: int, at: datetime) -> str:
    """Return the code of the minute in which `at` lies.

    No figure follows itself, so that nobody has to say or hear "double four": 10 × 9⁴ = 65,610
    codes. The key is of this purpose alone: what it signs opens nothing else.
    """
    purpose = hmac.digest(secret.encode(), b"academy room code", hashlib.sha256)
    minute = int(at.timestamp() // STEP.total_seconds())
    signed = hmac.digest(purpose, f"{live_session_id}:{minute}".encode(), hashlib.sha256)
    return _figures(int.from_bytes(signed, "big"))


def _figures(number: int) -> str:
    number, figure = divmod(number, 10)
    found = [figure]
    for _ in range(FIGURES - 1):
        number, step = divmod(number, 9)
        found.append((found[-1] + 1 + step) % 10)
    return "".join(map(str, found))


def fits(secret: str, live_session_id: int, typed: str, at: datetime) -> bool:
    """Whether `typed` is the code of this minute or of the one before; in constant time."""
    given = read_figures(typed).encode()
    valid = [code_at(secret, live_session_id, moment) for moment in (at, at - STEP)]
    return any([hmac.compare_digest(given, code.encode()) for code in valid])  # noqa: C419 (both are compared, always)


def read_figures(typed: str) -> str:
    """Return what was typed in Latin figures, whatever script's digits it was written in.

    Spaces, hyphens and invisible marks between them do not count; anything else stays, so that
    it fits nothing.
    """
    return "".join(_figure(char) for char in typed if unicodedata.category(char) not in _BETWEEN)


def _figure(char: str) -> str:
    # Chinese figures are numbers to Unicode, no digits; "½" and "十" (ten) are neither here.
    value = unicodedata.numeric(char, -1)
    return str(int(value)) if value in range(10) else char


def seconds_left(at: datetime) -> int:
    """Return for how many seconds the code of `at` is still shown, from 60 to 1."""
    return int(STEP.total_seconds()) - int(at.astimezone(UTC).timestamp()) % 60


def in_other_figures(code: str, countries: set[str]) -> list[str]:
    """Return the code in the figures that readers of these countries know, each once."""
    return [
        "".join(chr(_NOUGHTS[script] + int(figure)) for figure in code)
        for script, whose in _FIGURES_OF.items()
        if countries & set(whose.split())
    ]
