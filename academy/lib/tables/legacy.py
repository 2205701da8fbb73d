"""Which old code page a file was saved in, by how plausible its letters are in each of them."""

import re
from collections.abc import Callable

_HIGH_RUNS = re.compile(rb"[\x80-\xff]+")
_ENOUGH = 0.9

#: A Thai vowel or tone mark above or below the line stands after a consonant or another mark.
_THAI_MISPLACED = re.compile("(?<![ก-ฮัิ-ฺๅ็-๎])[ัิ-ฺ็-๎]|[เ-ไ](?![ก-ฮ])")


def most_plausible_code_page(data: bytes) -> str:
    """Return the code page of bytes that are not UTF-8; western European when nothing speaks.

    Western letters stand alone between ASCII letters ("José"); the other scripts fill whole
    words, so long runs of high bytes ask for a closer look at what each code page makes of them.
    """
    runs = _HIGH_RUNS.findall(data)
    average = sum(map(len, runs)) / len(runs) if runs else 0
    if average <= 1.7:  # noqa: PLR2004 - "José Núñez" is 1.0, the shortest Korean name 2.0
        return "cp1252"
    for name, plausibility in _CODE_PAGES:
        text = _decoded(data, name)
        if text and plausibility(text) >= _ENOUGH:
            return name
    return "cp1252"


def _decoded(data: bytes, name: str) -> str:
    """The part of the text that is not ASCII, or nothing if the bytes are not of this code page.

    The sample may end in the middle of a letter, so one broken sign at its end is forgiven.
    """
    text = data.decode(name, errors="replace")
    if "�" in text[:-1]:
        return ""
    return "".join(sign for sign in text if ord(sign) > 127)  # noqa: PLR2004 - the end of ASCII


def _share(text: str, is_likely: Callable[[str], bool]) -> float:
    return sum(map(is_likely, text)) / len(text)


_BRACKETS = "\uff08\uff09"


def _japanese(text: str) -> float:
    """Kana and ideographs; half-width kana are what other code pages look like in this one."""
    has_kana = any("ぁ" <= sign <= "ヿ" for sign in text)
    likely = _share(
        text, lambda sign: "　" <= sign <= "ヿ" or "一" <= sign <= "龥" or sign in _BRACKETS
    )
    return likely if has_kana or likely == 1.0 else 0.0


def _is_han(sign: str) -> bool:
    return "一" <= sign <= "龥"


def _thai(text: str) -> float:
    letters = _share(text, lambda sign: "ก" <= sign <= "๛")
    misplaced = len(_THAI_MISPLACED.findall(text))
    return letters - 3 * misplaced / len(text)


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


_CODE_PAGES: tuple[tuple[str, Callable[[str], float]], ...] = (
    ("shift_jis", _japanese),
    ("cp874", _thai),
    ("cp949", _korean),
    ("cp1251", _russian),
    ("gb18030", _chinese),
)
