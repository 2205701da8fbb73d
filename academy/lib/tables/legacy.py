"""Which old code page a file was saved in, by how plausible its letters are in each of them."""

import re
from collections.abc import Callable

from academy.lib.tables.latin import is_central_european

_HIGH_RUNS = re.compile(rb"[\x80-\xff]+")
#: An accented letter or two within an ASCII word ("José", "Conceição", "ÁLVARO").
_WITHIN_A_WORD = re.compile(
    rb"(?<=[A-Za-z])[\x91-\x97\xc0-\xff]{1,2}(?![\x80-\xff])|[\xc0-\xff](?=[a-z])"
    rb"|(?<![\x80-\xff])[\xc0-\xff](?=[A-Z])"
)
#: Lead bytes of Japanese; western text has only its quotation marks and dashes there.
_JAPANESE_LEADS = re.compile(rb"[\x81-\x84\x86-\x90\x98-\x9f]")
_ENOUGH = 0.9
_MOSTLY = 0.6
#: Names in ideographs alone stand below headers with some kana.
_SOME_KANA = 0.08
_ENOUGH_RUNS = 2

#: A Thai vowel or tone mark above or below the line stands after a consonant or another mark.
_THAI_MISPLACED = re.compile("(?<![ก-ฮัิ-ฺๅ็-๎])[ัิ-ฺ็-๎]|[เ-ไ](?![ก-ฮ])")
_THAI_VOWEL = re.compile("[ะ-ฺเ-๎]")
_THAI_VOWELS = 0.2


def most_plausible_code_page(data: bytes) -> str:
    """Return the code page of bytes that are not UTF-8; western European when nothing speaks.

    Western letters stand within ASCII words ("José"); the other scripts fill whole words, so
    their long runs of high bytes ask for a closer look at what each code page makes of them.
    """
    runs = _HIGH_RUNS.findall(data)
    if _JAPANESE_LEADS.search(data) and _japanese(_decoded(data, "shift_jis")) >= _ENOUGH:
        return "shift_jis"
    if is_central_european(data):
        return "cp1250"
    if not runs or len(_WITHIN_A_WORD.findall(data)) / len(runs) > _MOSTLY:
        return "cp1252"
    if _kana(_decoded(data, "euc_jp")) >= _SOME_KANA:
        return "euc_jp"
    in_pairs = len(runs) >= _ENOUGH_RUNS and all(len(run) % 2 == 0 for run in runs)
    for name, plausibility in _IN_PAIRS if in_pairs else _SINGLE:
        text = _decoded(data, name)
        if text and plausibility(text) >= _ENOUGH:
            return name
    return "cp950" if _traditional(_decoded(data, "cp950")) >= _ENOUGH else "cp1252"


def _decoded(data: bytes, name: str) -> str:
    """The part of the text that is not ASCII, or nothing if the bytes are not of this code page.

    The sample may end in the middle of a letter, so one broken sign at its end is forgiven.
    """
    text = data.decode(name, errors="replace")
    if "�" in text[:-1]:
        return ""
    return "".join(sign for sign in text.rstrip("�") if ord(sign) > 127)  # noqa: PLR2004 - ASCII


def _share(text: str, is_likely: Callable[[str], bool]) -> float:
    return sum(map(is_likely, text)) / len(text)


_BRACKETS = "\uff08\uff09"


def _japanese(text: str) -> float:
    """Kana and ideographs; half-width kana are what other code pages look like in this one."""
    if not text:
        return 0.0
    has_kana = any("ぁ" <= sign <= "ヿ" for sign in text)
    likely = _share(
        text, lambda sign: "　" <= sign <= "ヿ" or "一" <= sign <= "龥" or sign in _BRACKETS
    )
    return likely if has_kana or (likely == 1.0 and len(text) > 1) else 0.0


def _kana(text: str) -> float:
    """The share of kana among the letters of Japanese; no other language writes them."""
    return _share(text, lambda sign: "ぁ" <= sign <= "ゖ" or "ァ" <= sign <= "ヺ") if text else 0.0


def _is_han(sign: str) -> bool:
    return "一" <= sign <= "龥"


def _thai(text: str) -> float:
    letters = _share(text, lambda sign: "ก" <= sign <= "๛")
    misplaced = len(_THAI_MISPLACED.findall(text))
    has_vowels = len(_THAI_VOWEL.findall(text)) >= _THAI_VOWELS * len(text)
    return letters - 3 * misplaced / len(text) if has_vowels else 0.0


def _korean(text: str) -> float:
    return _share(text, lambda sign: "가" <= sign <= "힣" or "　" <= sign <= "】")


def _russian(text: str) -> float:
    return _share(text, lambda sign: "\u0410" <= sign <= "\u044f" or sign in "ёЁ№«»")


def _chinese(text: str) -> float:
    """The 3,755 signs of everyday writing are the first level of GB 2312."""

    def is_everyday(sign: str) -> bool:
        code = sign.encode("gb18030")
        return len(code) == 2 and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7)  # noqa: PLR2004

    return _share(text, is_everyday) + 0.05


def _traditional(text: str) -> float:
    """The everyday signs of Big5; most begin with bytes that are no letters in the west."""
    if not text:
        return 0.0
    leads = [sign.encode("cp950", errors="replace")[:1] for sign in text]
    eastern = sum(b"\xa4" <= lead <= b"\xbf" for lead in leads) / len(leads)
    everyday = sum(lead == b"\xa1" or b"\xa4" <= lead <= b"\xc6" for lead in leads) / len(leads)
    return everyday if eastern > _MOSTLY else 0.0


_Plausibility = Callable[[str], float]
_SINGLE: tuple[tuple[str, _Plausibility], ...] = (
    ("cp874", _thai),
    ("cp1251", _russian),
    ("cp949", _korean),
    ("gb18030", _chinese),
)
#: Where every run of high bytes is even, the scripts of two bytes a letter come first.
_IN_PAIRS: tuple[tuple[str, _Plausibility], ...] = (
    ("cp949", _korean),
    ("gb18030", _chinese),
    ("cp874", _thai),
    ("cp1251", _russian),
)
