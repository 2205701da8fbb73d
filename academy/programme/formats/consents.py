"""What people agreed to in a form, where question and answer say it beyond doubt."""

import re

#: Words of the question → the consent of people's tables that it asks for; the first fits.
_KINDS = (
    ("recording", r"record|photo|video|rekam|grabaci|enregistr"),
    ("mail_news", r"newsletter|news|updates|mailing list|boletín|buletin"),
    ("privacy", r"privacy|personal data|data protection|data policy|pdpa|gdpr|privasi|privacidad"),
)
_ASKING = re.compile(
    r"\b(consent|agree|permission|allow|accept|opt[- ]?in|subscribe|setuju|persetujuan|acepto"
    r"|autorizo|j['’]accepte)", re.IGNORECASE,
)  # fmt: skip
_YES = re.compile(
    r"(yes|y|true|1|ok|agree[d]?|i agree|i consent|i accept|i allow|accept(ed)?|opt(ed)?[- ]in"
    r"|s[ií]|oui|ya|setuju|saya setuju|acepto|có|ใช่|ยินยอม|是|同意|はい|同意する|예|네|동의|동의함"
    r"|हो|हाँ|✓|✔)\b.*", re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_NO = re.compile(
    r"(no|n|false|0|disagree|i do not|i don['’]t|decline[d]?|opt(ed)?[- ]out|non|tidak|không|否"
    r"|不同意|いいえ|아니요)\b.*", re.IGNORECASE | re.DOTALL,
)  # fmt: skip


def read_consent(question: str, answer: str) -> tuple[str, bool] | None:
    """Return (kind, agreed) where a question asks for a consent and is clearly answered."""
    if not _ASKING.search(question):
        return None
    kind = next((kind for kind, words in _KINDS if re.search(words, question, re.IGNORECASE)), None)
    said = answer.strip()
    if kind is None or not (_YES.fullmatch(said) or _NO.fullmatch(said)):
        return None
    return kind, _NO.fullmatch(said) is None
