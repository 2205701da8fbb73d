"""Answers to a Google form: a timestamp, perhaps an address, then the questions as typed.

The first column is called "Timestamp" in the language of the form's owner. A checkbox question
gives "a, b" in the sheet and "a;b" in the direct download; both are kept as they stand.
"""

from academy.programme.formats.headings import Role, level
from academy.programme.formats.shape import Heading, Shape

_NAMES = """timestamp|cap waktu|stempel waktu|dấu thời gian|horodateur|marca temporal
    |carimbo de data/hora|zeitstempel|informazioni cronologiche|tijdstempel|sygnatura czasowa
    |タイムスタンプ|타임스탬프|时间戳记|时间戳|時間戳記|ประทับเวลา|отметка времени|zaman damgası
    |طابع زمني"""
_TIMESTAMPS = frozenset(level(name) for name in _NAMES.split("|"))


def _recognises(heading: Heading) -> bool:
    return bool(heading.keys) and heading.keys[0] in _TIMESTAMPS


SHAPE = Shape(
    name="google-forms",
    recognises=_recognises,
    roles={
        "emailaddress": "email",
        "username": "email",
        **dict[str, Role].fromkeys(_TIMESTAMPS, "at"),
    },
)
