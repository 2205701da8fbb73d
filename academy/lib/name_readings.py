"""How a name may be read generously, for suggestions that a human judges; never for matching.

A name shown may hold words that are none of it ("Bu Mintarsih"), be joined ("SitiAminah"), stand
in an address ("siti.aminah@…") or beside another in brackets. Each reading says what it left out.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from academy.lib.names import PARTICLES, level_word, plain_word, words_in_order
from academy.lib.scripts import is_latin

ADDRESS_WORDS_FILE = Path(__file__).with_name("address_words.txt")

_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_ADDRESS = re.compile(r"^([\w.+-]+)@\S+$")
#: What stands in brackets or quotation marks is a name of its own: Teoh Guat Eng "Eng".
_BESIDE = re.compile(r"[(\uff08\[\"“”„«]([^()\[\]\"“”«»\uff08\uff09]{2,})[)\uff09\]\"“”»]")
#: Two at one device: "Azman & isteri", "Siti dan Budi".
_BETWEEN_TWO = re.compile(r"\s*[&+]\s*|\s+(?:and|dan|at|y|و)\s+", re.IGNORECASE)
_NUMBER_BEHIND = re.compile(r"(?<=[^\W\d])\d+$")
_WORDS = re.compile(r"[^\W_]+", re.UNICODE)
_FROM_WHERE = re.compile(r"(?<=\S)\s+(?:dari|from|galing)\s.*$", re.IGNORECASE)
_GLUED_BEFORE = re.compile(
    r"^(?:คุณ|นางสาว|นาง|นาย|น\.ส\.|อาจารย์|อ\.|ดร\.|พี่|น้อง|ครู|ท่าน|ທ້າວ|ນາງ|លោកស្រី|លោក|ဦး|ဒေါ်|ဆရာမ|ဆရာ)\s*(?=\S{2})"
)
_GLUED_BEHIND = re.compile(r"(?<=\S{2})(?:先生|女士|小姐|老师|老師|さん|様|씨|님)$")
#: Letters that no decomposition takes apart.
_WITHOUT_STROKES = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "ß": "s"})
#: One given name as it is written in several countries.
_SPELLINGS = {
    "mg": "maung", "noor": "nur", "nor": "nur", "nurul": "nur", "st": "siti", "sitti": "siti",
    "cti": "siti", "ahmed": "ahmad", "achmad": "ahmad", "moh": "muhammad", "muh": "muhammad",
    "yusuf": "yusof", "yusup": "yusof", "hasan": "hassan", "husin": "hussein", "husein": "hussein",
    "abdull": "abdullah", "ng.": "nguyen", "ma.": "maria",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """A name as it may be read: its words in their order, and the words that were left out."""

    words: tuple[str, ...]
    without: tuple[str, ...] = ()
    #: Everything but particles, without spaces, words of address too.
    whole: str = ""

    @property
    def ordered(self) -> str:
        """The words in an order of their own, to be compared."""
        return " ".join(sorted(self.words))

    @property
    def joined(self) -> str:
        """The words without spaces between them, in the order in which they stand."""
        return "".join(self.words)

    @property
    def initials(self) -> frozenset[str]:
        """Words that are one letter only."""
        return frozenset(word for word in self.words if len(word) == 1 and word.isalpha())


@cache
def address_words() -> frozenset[str]:
    """Return the words with which people are addressed, as they are compared."""
    lines = ADDRESS_WORDS_FILE.read_text(encoding="utf-8").splitlines()
    found = (word for line in lines if not line.startswith("#") for word in line.split())
    return frozenset(_plain_word(word) for word in found)


@lru_cache(maxsize=50_000)
def readings(text: str) -> tuple[Reading, ...]:
    """Return how a name may be read: without words of address, and what stands in brackets."""
    found = [_read(part) for part in _parts(text)]
    return tuple(dict.fromkeys(one for one in found if one.words))


def _parts(text: str) -> Iterator[str]:
    beside = _BESIDE.findall(text)
    without = _BESIDE.sub(" ", text) if beside else text
    whole = without if any(map(str.isalpha, without)) else text
    yield whole
    couple = [part for part in _BETWEEN_TWO.split(whole) if part.strip()]
    yield from couple if len(couple) > 1 else ()
    yield from beside
    yield from _by_script(whole)


def _by_script(text: str) -> Iterator[str]:
    """Yield the words in Latin letters and the others, where one name is shown in both."""
    words = text.split()
    latin = [word for word in words if is_latin(word)]
    others = [word for word in words if not is_latin(word)]
    if any(map(_has_letters, latin)) and any(map(_has_letters, others)):
        yield from (" ".join(latin), " ".join(others))


def _has_letters(word: str) -> bool:
    return any(map(str.isalpha, word))


def _read(text: str) -> Reading:
    address = _ADDRESS.match(text.strip())
    plain = re.sub(r"[._+-]+", " ", address[1]) if address else _FROM_WHERE.sub("", text)
    apart = _JOINED.sub(" ", _without_glued_titles(plain))
    words = [_NUMBER_BEHIND.sub("", word) for word in words_in_order(apart)]
    plain_words = [_plain_word(word) for word in words if word not in PARTICLES]
    return _leave_out([word for word in plain_words if word], text)


def _leave_out(words: list[str], text: str) -> Reading:
    """Leave out the words of address; the first alone where all of them may be such."""
    whole = "".join(words)
    kept = [word for word in words if word not in address_words()]
    if not any(len(word) > 1 for word in kept):
        kept = words[1:] if words and words[0] in address_words() and len(words) > 1 else words
    left_out = [word for word in words if word not in kept]
    return Reading(
        tuple(_SPELLINGS.get(word, level_word(word)) for word in kept),
        tuple(_as_written(word, text) for word in left_out),
        whole,
    )


def _without_glued_titles(text: str) -> str:
    """Part titles from names in scripts that write no space between them."""
    return _GLUED_BEHIND.sub("", _GLUED_BEFORE.sub("", text)) or text


def _as_written(word: str, text: str) -> str:
    """Return the word of address as it stands in the name: "Chị" for chi."""
    found = (one for one in _WORDS.findall(text) if _plain_word(one.casefold()) == word)
    return next(found, word)


def _plain_word(word: str) -> str:
    return plain_word(unicodedata.normalize("NFKC", word).translate(_WITHOUT_STROKES))
