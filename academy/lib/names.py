"""Names as people show them, made comparable; what is stored stays as it was written."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile

#: Zoom allows 64 signs; whatever is longer is no name and is not looked through.
_LONGEST = 300
_OPENING, _CLOSING = "(\uff08", ")\uff09"
_SPACES = re.compile(r"\s+")
_HASH_FOR_COMMA = re.compile(r"(?<=\w)#(?=\s|$|\D)")
_PRONOUNS = re.compile(
    r"\(?\b(?:she|he|they|ze|xe|ella|[eé]l|elle|il|lei|lui|dia|siya|any|all)"
    r"(?:\s*/\s*(?:her|hers|him|his|them|theirs|they|she|he|ze|zir|hir|xem|ella|[eé]l|elle|elles|"
    r"iel|lei|lui|suo|sua|dia|siya|any|pronouns))+\b\)?",
    re.IGNORECASE,
)
#: Host marks that newer portals put behind the name where the original name would stand.
_MARKS = {
    "host": "host", "co-host": "host", "cohost": "host", "host, me": "host", "me, host": "host",
    "anfitrion": "host", "coanfitrion": "host", "organizzatore": "host", "co-organizzatore": "host",
    "hote": "host", "co-hote": "host", "gastgeber": "host", "co-gastgeber": "host",
    "anfitriao": "host", "coanfitriao": "host", "tuan rumah": "host", "호스트": "host",
    "ホスト": "host", "主持人": "host", "me": "", "guest": "", "external": "",
    "unverified": "", "not verified": "", "gast": "", "extern": "", "invitado": "", "invitada": "",
    "externo": "", "externa": "", "invite": "", "externe": "", "convidado": "", "convidada": "",
    "ospite": "", "esterno": "", "vieras": "", "ulkoinen": "", "gosc": "", "zewnetrzny": "",
    "ケスト": "",  # the word for guest without its two strokes, as _plain leaves it
}  # fmt: skip

#: Titles say nothing of who it is, but "Mr Lee" is not "Mrs Lee": they are compared on their own.
#: Only words that are no names themselves: Ma, Ko, Sri, Tan and Haji are, so they stay in.
TITLES = frozenset(
    (
        "dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "madam", "engr", "smt", "shri",
        "datuk", "dato", "datin", "puan", "tuan", "encik", "cik", "pak", "bapak", "ibu", "khun",
        "daw", "ustaz", "ustazah", "tansri", "puansri", "datosri", "datukseri", "datoseri",
    )
)  # fmt: skip
_TITLES_OF_TWO = re.compile(r"^(\W*(?:prof|dr|hon)?\W*)(tan|puan|dato|datuk)\s+(sri|seri)\b")
#: Particles tell whose child somebody is: "Ali bin Ahmad" is not "Ahmad bin Ali".
PARTICLES = frozenset(("bin", "binti", "bt", "bte", "bn", "ibn", "ap", "al", "so", "do"))
_SLASHED_PARTICLES = re.compile(r"\b([asdwc])\s*/\s*([lpo])\b")
#: "Siti & Aminah" are two people at one device, not Siti Aminah.
_BETWEEN_PEOPLE = re.compile(r"(?<=\S)\s*[&+/]\s*(?=\S)")
#: The many spellings of one given name that is often left out or shortened.
_VARIANTS = {
    "mohd": "muhammad", "md": "muhammad", "muhd": "muhammad", "mohammad": "muhammad",
    "mohamad": "muhammad", "mohammed": "muhammad", "mohamed": "muhammad", "mhd": "muhammad",
    "muhamad": "muhammad", "abd": "abdul", "bte": "binti", "bt": "binti", "bn": "bin",
}  # fmt: skip

#: Signs in front of a name and behind it that are no part of it. What could be a part, as in
#: "Siti_Aminah", "LI-WEI CHEN" or "Budi Rahman88", stays: a shorter name might be somebody else's.
_AROUND_A_NAME = tuple(
    re.compile(pattern)
    for pattern in (
        r"^\s*[A-Z]{2,3}\s*[-–—|:]\s+(?=\S)",  # MY - Siti Aminah
        r"^\s*[\[(][A-Z]{2,3}[\])][\s\-–—_|:]*(?=\S)",  # [MY] Siti Aminah
        r"^\s*[A-Z]{2,10}\d*_(?=\S+[\s_]+\S)(?=.*[^\W\d_A-Z])",  # ASEC_Siti Aminah
        r"^\s*(?:#|[Nn]o\.?\s*)?\d[\d./-]*[-–—_.:)]*\s+(?=\D)",  # 12. Siti Aminah
        r"[\s_(#–—-]+\d[\d/-]+\)?\s*$",  # Siti Aminah 2045
    )
)
_NAME_AND_CODE = 2
#: A roll number has more digits than letters, and the letters are capitals: A123, 20BCE1234.
_CODE = re.compile(r"(?=(?:[A-Z/-]*\d){3})[A-Z\d/-]{3,14}")

_DEVICE = re.compile(
    r"\b(?:(?:desktop|laptop|win|android)-\w+|i\s?phone|i\s?pad|i\s?pod|mac\s?book(?:\s(?:air|pro))?|i\s?mac|apple\swatch|galaxy|samsung"
    r"|redmi|xiaomi|poco|oppo|vivo|realme|huawei|honor|nokia|infinix|tecno|itel|oneplus|moto\s?[eg]"
    r"|motorola|pixel|asus|acer|lenovo|dell|toshiba|hp|laptop|desktop|notebook|tablet|android|ipad"
    r"|windows|chromebook|web\sclient|user|smartphone|phone|pc|sm-?[a-z]\d{3}\w*|cph\d{4}|rmx\d{4}"
    r"|m\d{4}[a-z]\d*\w*|v\d{4})\b",
    re.IGNORECASE,
)
#: "Siti's iPhone", "iPhone de Siti": what is left is Siti.
_POSSESSED_DEVICE = re.compile(
    rf"['’]s\s+{_DEVICE.pattern}.*$|{_DEVICE.pattern}\s+(?:de|of|di|von|da|milik)\s", re.IGNORECASE
)
_DEVICE_ALONE = re.compile(
    r"(?:zoom(?:\s?user|\s?room)?|guest(?:\s?\d+)?|user\s?\d*|participant(?:\s?\d+)?|admin(?:istrator)?"
    r"|test|unknown|no\s?name|anonymous|student|host|invitado|invitada|ospite|convidado|tamu|peserta"
    r"|usuario|utente|me|you|caller|attendee)[\s\d#._-]*",
    re.IGNORECASE,
)
_BESIDE_A_DEVICE = frozenset(
    (
        "s", "de", "di", "do", "da", "von", "of", "the", "my", "a", "pro", "max", "plus", "mini",
        "air", "ultra", "note", "lite", "prime", "se", "xr", "xs", "x",
    )
)  # fmt: skip
_MODEL_NUMBER = re.compile(r"[a-z]{0,2}\d+\w{0,4}", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_PHONE = re.compile(
    r"^[+(]?[\d*#xX•][\d*#xX•\s()./-]{4,}$|^call[\s-]?in\s?user[\s_]?\d*$"
    r"|^phone ending \d{1,2} · \*?\d{8}$",  # what the ledger keeps of one (importing/door.py)
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ShownName:
    """A name as a meeting shows it: the name itself, the one in brackets behind it, and a mark."""

    shown: str
    original: str | None
    #: "host" where the brackets said so, else "".
    mark: str = ""


@dataclass(frozen=True)
class ComparableName:
    """A name for comparison only."""

    #: Everything but titles, in an order of its own unless a particle makes the order matter.
    key: tuple[str, ...]
    titles: frozenset[str]

    @cached_property
    def strong(self) -> tuple[str, ...]:
        """The words that tell people apart: neither titles nor particles."""
        return tuple(word for word in self.key if word not in PARTICLES)

    @cached_property
    def can_identify(self) -> bool:
        """Say whether the name could point to one person at all: more than a letter or a number."""
        return sum(len(word) for word in self.strong if not word.isdigit()) > 1


@lru_cache(maxsize=10_000)
def split_shown(text: str) -> ShownName:
    """Split `Shown (Original)` at the last balanced brackets; pronouns are no original name."""
    name = _SPACES.sub(" ", _HASH_FOR_COMMA.sub(",", text[:_LONGEST])).strip()
    shown, inner = _last_brackets(name)
    if inner is None:
        return ShownName(name, None)
    word = _plain(inner)
    if word in _MARKS or _PRONOUNS.fullmatch(inner) or not word:
        before = split_shown(shown) if shown else ShownName(name, None)
        return ShownName(before.shown, before.original, _MARKS.get(word) or before.mark)
    if not shown:
        return ShownName(inner, inner)
    return ShownName(_without_pronouns(shown), inner)


def _without_pronouns(shown: str) -> str:
    before, inner = _last_brackets(shown)
    return before if before and inner and _PRONOUNS.fullmatch(inner) else shown


def _last_brackets(name: str) -> tuple[str, str | None]:
    """Return what stands before the brackets at the end of the name, and what is in them."""
    depth = 0
    for place in range(len(name) - 1, -1, -1):
        depth += (name[place] in _CLOSING) - (name[place] in _OPENING)
        if depth == 0:
            break
    if not name or name[-1] not in _CLOSING or depth != 0:
        return name, None
    return name[:place].strip(), name[place + 1 : -1].strip()


def _plain(text: str) -> str:
    """Lower case without accents and without signs at the ends."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return unicodedata.normalize("NFKC", bare).casefold().strip(" .,-_")


@lru_cache(maxsize=10_000)
def same_name_key(text: str) -> str:
    """Return what two rows of one file share when they show the same name.

    Only writing is levelled (width, case, spaces, emoji, pronouns), so that two people whose
    names are merely alike stay two.
    """
    return " ".join(_letters(_PRONOUNS.sub(" ", text)).split())


def _letters(text: str) -> str:
    """Replace emoji and punctuation by spaces, in NFKC and case folded."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = _SLASHED_PARTICLES.sub(r"\1\2", folded).replace("’", "'").replace("'", "")
    folded = _BETWEEN_PEOPLE.sub(" and ", folded)
    return "".join(sign if _is_writing(sign) else " " for sign in folded)


def _is_writing(sign: str) -> bool:
    """Letters, digits, and the marks without which Thai, Khmer or Tamil are no words."""
    return unicodedata.category(sign)[0] in "LMN" or sign in "\u200c\u200d"


@lru_cache(maxsize=50_000)
def comparable(text: str) -> ComparableName:
    """Return the name for comparison: no emoji, pronouns, prefixes, roll numbers; free of order."""
    letters = _letters(_bare(_PRONOUNS.sub(" ", text)))
    words = _TITLES_OF_TWO.sub(r"\1\2\3", letters).split()
    titles = list(takewhile(TITLES.__contains__, words))
    rest = words[len(titles) :]
    if not rest:
        rest, titles = words, []
    has_particle = any(word in PARTICLES for word in rest)
    return ComparableName(tuple(rest if has_particle else sorted(rest)), frozenset(titles))


def _bare(text: str) -> str:
    """Drop `MY - `, `ASEC_`, `[ID]`, `12. ` and roll numbers, never the whole name."""
    for pattern in _AROUND_A_NAME:
        shorter = pattern.sub("", text)
        if sum(map(str.isalpha, shorter)) > 1:
            text = shorter
    words = text.replace("_", " ").split()
    for end in (0, -1):
        if len(words) > _NAME_AND_CODE and _is_code(words[end]):
            del words[end]
    return " ".join(words)


def _is_code(word: str) -> bool:
    letters = sum(map(str.isalpha, word))
    return bool(_CODE.fullmatch(word)) and letters < sum(map(str.isdigit, word))


@lru_cache(maxsize=50_000)
def loose_key(text: str) -> str:
    """Return a name for suggestions: variants levelled, accents dropped, particles left out."""
    person = _POSSESSED_DEVICE.sub(" ", text)
    words = [_VARIANTS.get(word, word) for word in comparable(person).key]
    return _plain(" ".join(sorted(word for word in words if word not in PARTICLES)))


def words_in_order(text: str) -> list[str]:
    """Return the words of a name as they stand, titles and particles too, without a device's."""
    bare = _bare(_PRONOUNS.sub(" ", _POSSESSED_DEVICE.sub(" ", text)))
    return _TITLES_OF_TWO.sub(r"\1\2\3", _letters(bare)).split()


def plain_word(word: str) -> str:
    """Return a word in lower case without accents and without signs at its ends."""
    return _plain(word)


def level_word(plain: str) -> str:
    """Return the spelling that stands for all those of a given name."""
    return _VARIANTS.get(plain, plain)


@lru_cache(maxsize=50_000)
def is_device(text: str) -> bool:
    """Say whether the name is that of a device or of nobody ("iPhone", "Galaxy A12", "Guest 3")."""
    name = unicodedata.normalize("NFKC", text).strip()
    if _DEVICE_ALONE.fullmatch(name):
        return True
    if not _DEVICE.search(name):
        return False
    rest = _WORD.findall(_DEVICE.sub(" ", name).casefold())
    return all(word in _BESIDE_A_DEVICE or _MODEL_NUMBER.fullmatch(word) for word in rest)


@lru_cache(maxsize=50_000)
def mentions_device(text: str) -> bool:
    """Say whether a device stands in the name, alone or beside a person ("Siti's iPhone")."""
    return is_device(text) or bool(_DEVICE.search(text))


@lru_cache(maxsize=10_000)
def is_phone(text: str) -> bool:
    """Say whether the name is a telephone number, plain or masked ("+60 12-***-1234")."""
    name = unicodedata.normalize("NFKC", text).strip()
    if not _PHONE.match(name):
        return False
    return name.lower().startswith("call") or sum(map(str.isdigit, name)) >= 3  # noqa: PLR2004
