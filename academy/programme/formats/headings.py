"""What the headings of columns mean: exact names in many languages, and words of questions."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, get_args

Role = Literal[
    "name", "first_name", "last_name", "email", "country", "organisation", "language", "zone",
    "at", "status", "attendee",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)
NAMES_FILE = Path(__file__).with_name("header_names.txt")

#: A heading longer than this is a question, whose words are looked at.
_LONGEST_NAME = 60
_ORGANISATION = (
    r"organi[sz]ation|compan(y|ies)|institut|universit|school|cooperative|co-operative|employer"
    r"|affiliat|association|enterprise|business|organizaci|empresa|organisme|entreprise"
    r"|organiza[cç]|instan[sz]i|lembaga|organisasi|koperasi|syarikat"
)
#: Somebody or something else whose name, address or country is asked for.
_OTHERS = (
    r"emergency|parent|father|mother|spouse|referr|refer(red)? you|recommend|colleague|friend"
    r"|supervisor|manager|event|ticket|live session|session|series|project|product|village|file"
    r"|nick ?name|preferred name|called|case stud|donor|partner|interest|visit|learn|second|other"
    r"|alternative|alternate|backup|secondary|zoom|facebook|line id|whats ?app|user ?name"
)
_EMAIL = r"e-?mail|correo|courriel|surel|emel|อีเมล|邮箱|メール|이메일|电子邮件|электронн"
_COUNTRY = (
    r"\bcountr(y|ies)\b|\bnationality\b|\bpa[ií]s\b|\bpays\b|\bnegara\b|ประเทศ|ប្រទេស|国家|국가"
    r"|quốc gia|\bwhere (are you|do you live|are you based)|\bland\b"
)
_NAME = (
    r"\bnames?\b|\bnombre\b|\bnom\b|\bnome\b|\bnama\b|\bnaam\b|\bpangalan\b|ชื่อ|ឈ្មោះ|姓名|名前"
    r"|氏名|이름|성함|họ và tên|नाम|নাম|பெயர்|නම|الاسم"
)
#: Words by which a question as somebody typed it shows what it asks for; the first that fits.
_QUESTIONS: tuple[tuple[Role, str], ...] = (
    ("email", _EMAIL),
    ("zone", r"time ?zone|zona horaria|fuseau horaire|zona waktu|fuso hor[aá]rio"),
    ("country", _COUNTRY),
    ("organisation", _ORGANISATION),
    ("first_name", r"\b(first|given) names?\b|\bforename\b|\bpr[eé]nom\b|\bvorname\b"),
    ("last_name", r"\b(last|family) names?\b|\bsurname\b|\bnachname\b|\bapellidos\b"),
    ("name", _NAME),
    ("language", r"preferred language|which language|what language|language do you"),
)


@lru_cache(maxsize=20_000)
def level(heading: str) -> str:
    """Return a heading without case, accents, spaces and punctuation.

    Vowel signs of Khmer, Thai or Tamil are letters and stay; the "#" of ticket shops stays, too.
    """
    decomposed = unicodedata.normalize("NFKD", heading).casefold()
    letters = (sign for sign in decomposed if _is_kept(sign))
    return unicodedata.normalize("NFKC", "".join(letters))


def _is_kept(sign: str) -> bool:
    is_latin_accent = "\u0300" <= sign <= "\u036f"
    return sign == "#" or (not is_latin_accent and unicodedata.category(sign)[0] in "LMN")


@cache
def _roles() -> dict[str, Role]:
    """Read the names file once: which levelled heading means which role."""
    found: dict[str, Role] = {}
    for line in NAMES_FILE.read_text(encoding="utf-8").splitlines():
        role, *names = (part.strip() for part in line.split("|"))
        known = next((each for each in ROLES if each == role), None)
        if known is not None:
            for name in names:
                found.setdefault(level(name), known)
    return found


def role_by_name(heading: str) -> Role | None:
    """Return the role whose known name the heading is, with or without a remark in brackets."""
    known = _roles()
    return known.get(level(heading)) or known.get(level(_without_remark(heading)))


def _without_remark(heading: str) -> str:
    first_line = heading.strip().split("\n", 1)[0]
    return re.sub(r"[(\[\uff08].*?[)\]\uff09]|[*:?]", " ", first_line)


def role_by_words(heading: str) -> Role | None:
    """Return the role that a question asks for by its words, where they say it clearly."""
    text = " ".join(unicodedata.normalize("NFKC", heading).casefold().split())
    plain = re.sub(r"[(\[].*?[)\]]", " ", text)
    if not plain.strip() or re.search(rf"\b({_OTHERS})", plain):
        return None
    if re.search(_ORGANISATION, plain) and not re.search(r"e-?mail", plain):
        return "organisation" if not re.search(r"\bcountr", plain) else None
    return next((role for role, words in _QUESTIONS if re.search(words, plain)), None)
