"""Who in a meeting is no attendee: recording bots, telephones, and rows that stand for many."""

import re
import unicodedata

from academy.attendance.formats.report import Role
from academy.lib.names import is_phone

_SERVICES = (
    r"otter\s?\.\s?ai", r"otter\s?pilot", r"fireflies(?:\s?\.\s?ai)?", r"read\s?\.\s?ai",
    r"fathom(?:\.ai|\.video|\s(?:ai\s)?note\s?taker)", r"tl;dv", r"tldv(?:\.io)?", r"avoma",
    r"tactiq(?:\.io)?", r"meetgeek(?:\.ai)?", r"sembly(?:\s?ai|\.ai)", r"grain\srecorder",
    r"recall\.?ai", r"circleback", r"supernormal", r"krisp(?:\.ai|\sai)", r"notta(?:\s?bot|\.ai)",
    r"jamie\.ai", r"fellow\.(?:ai|app)", r"gong\.io", r"chorus\.ai", r"airgram",
    r"spinach\.?(?:ai|io)", r"plaud\.ai",
)  # fmt: skip
_WORDS = (
    r"note\s?-?takers?", r"meeting\s(?:notes|recorder|bot)", r"zoom\s(?:recorder|recording)",
    r"record(?:er|ing)\s?bot", r"recording\sservice", r"transcription\s?(?:bot|service)",
    r"livestream(?:ing)?\s?bot", r"ai\s(?:companion|assistant|notes)", r"cloud\srecording",
)  # fmt: skip
_BOT = re.compile(rf"(?<![\w@])(?:{'|'.join(_SERVICES + _WORDS)})(?!\w)", re.IGNORECASE)
_COLLECTIVE = frozenset(
    (
        "anonymous", "anonymous user", "anonymous users", "anonymous attendee", "anonyme",
        "anonymous attendees", "anonymous participant", "anonymous participants", "anonym",
        "usuario anónimo", "utente anonimo", "usuário anônimo", "utilisateur anonyme",
        "anónimo", "anónimos", "anonimo", "anonimi", "anônimo", "anonim", "аноним", "ẩn danh",
        "匿名", "익명", "total", "totals", "totales", "totale", "gesamt", "jumlah", "summe",
        "итого", "合計", "합계", "总计", "grand total", "total participants", "total attendees",
    )
)  # fmt: skip


def role_of(shown: str, original: str | None) -> Role:
    """Return what the name of a connection says of it; "attendee" where it says nothing."""
    name = unicodedata.normalize("NFKC", shown).strip()
    if name.casefold().rstrip(":") in _COLLECTIVE:
        role: Role = "collective"
    elif _BOT.search(name) or (original and _BOT.search(original)):
        role = "bot"
    elif is_phone(name):
        role = "phone"
    else:
        role = "attendee"
    return role
