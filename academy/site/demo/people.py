"""The 212 invented people of the demonstration: who they are and what they answered."""

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import zip_longest

from academy.site.demo.facts import ASIAN_REGISTRANTS, FIRST_DAY, OTHER_REGISTRANTS, SEED
from academy.site.demo.pools import Customs, Style, read_customs, read_hopes, read_names

#: Registration is open from this hour, on the clock of the organiser.
OPENED = datetime(2020, 4, 20, 9, 0)  # noqa: DTZ001 (a clock time in a file, without a zone)
DAYS_UNTIL_MOST_CAME = 11
SHARE_OF_LATE = 0.07
SHARE_WITHOUT_RECORDING = 0.08
SHARE_WITHOUT_ANSWER = 0.22
#: Domains that can belong to nobody (RFC 2606).
SHARED_DOMAINS = ("example.org", "example.com", "example.net")
SHARE_WITH_OWN_DOMAIN = 0.3


@dataclass(frozen=True)
class Registrant:
    """One invented person with their answers to the registration form."""

    name: str
    #: The name in Latin letters, or what stands for it in an address.
    latin: str
    email: str
    country: str
    #: The country as the person typed it.
    country_typed: str
    organisation: str
    language: str
    zone: str
    registered_at: datetime
    may_be_recorded: bool
    hope: str


@cache
def registrants() -> tuple[Registrant, ...]:
    """Return the 212 people in the order in which they registered; the same ones every time."""
    rng = random.Random(f"{SEED}: people")
    customs = read_customs()
    people = [
        _answer(rng, name, latin, country, customs[country]) for name, latin, country in _named(rng)
    ]
    moments = _moments(rng, len(people))
    rng.shuffle(people)
    dated = (
        replace(person, registered_at=moment)
        for person, moment in zip(people, moments, strict=True)
    )
    return tuple(_with_distinct_addresses(dated))


def _named(rng: random.Random) -> Iterator[tuple[str, str, str]]:
    styles, split = read_names()
    pools = {style: _shuffled_names(rng, styles[style]) for style in sorted(styles)}
    for country, number in (ASIAN_REGISTRANTS | OTHER_REGISTRANTS).items():
        names = [name for style, count in split[country] for name in _take(pools[style], count)]
        if len(names) != number:
            raise ValueError(f"names.txt has {len(names)} people of {country}, not {number}")
        yield from ((name, latin, country) for name, latin in names)


def _take(pool: Iterator[tuple[str, str]], count: int) -> list[tuple[str, str]]:
    return [next(pool) for _ in range(count)]


def _shuffled_names(rng: random.Random, style: Style) -> Iterator[tuple[str, str]]:
    """Yield names in which no given name and no family name comes twice."""
    given, family = list(style.given), list(style.family)
    rng.shuffle(given)
    rng.shuffle(family)
    return iter([_compose(style.pattern, *pair) for pair in zip_longest(given, family)])


def _compose(pattern: str, given: str | None, family: str | None) -> tuple[str, str]:
    native, latin = _parts(given or "")
    family_native, family_latin = _parts(family or "")
    name = pattern.format(given=native, family=family_native)
    return name, " ".join(filter(None, (latin, family_latin)))


def _parts(entry: str) -> tuple[str, str]:
    native, _equals, latin = entry.partition("=")
    return native, latin or native


def _answer(
    rng: random.Random, name: str, latin: str, country: str, customs: Customs
) -> Registrant:
    organisation = _organisation(rng, customs)
    language = _language(rng, name, customs)
    return Registrant(
        name=name,
        latin=latin,
        email=_address(rng, latin, organisation),
        country=country,
        country_typed=_spelling(rng, language, customs.spellings),
        organisation=organisation,
        language=language,
        zone=customs.zone,
        registered_at=OPENED,
        may_be_recorded=rng.random() >= SHARE_WITHOUT_RECORDING,
        hope=_hope(rng, language),
    )


def _spelling(rng: random.Random, language: str, spellings: tuple[str, ...]) -> str:
    """Choose how a country is typed: in Latin letters, or in those of the person's language."""
    own = {_script(char) for char in language}
    fitting = [text for text in spellings if _script(text[0]) == "LATIN" or _script(text[0]) in own]
    return rng.choice(fitting)


def _organisation(rng: random.Random, customs: Customs) -> str:
    return f"{rng.choice(customs.places)} {rng.choice(_FORMS)}".strip()


_FORMS = (
    "Weavers’ Circle",
    "Farmers’ Cooperative",
    "Women’s Savings Group",
    "Community Enterprise",
    "Dairy Collectors",
    "Learning Centre",
    "Producers’ Network",
    "Home Tailors",
    "Village Tourism Group",
    "Credit Union",
    "Youth Kitchen",
    "Fair Market",
    "",
)


def _language(rng: random.Random, name: str, customs: Customs) -> str:
    """Choose the first language, or one of the others; who writes a script reads its language."""
    written = {_script(char) for char in name} & set(_LANGUAGE_OF_SCRIPT)
    for script in sorted(written):
        for language in customs.languages:
            if language in _LANGUAGE_OF_SCRIPT[script]:
                return language
    return rng.choice((customs.languages[0], *customs.languages[:2]))


_LANGUAGE_OF_SCRIPT = {
    "TAMIL": {"தமிழ்"},
    "CJK": {"中文", "日本語"},
    "SINHALA": {"සිංහල"},
    "DEVANAGARI": {"हिन्दी", "नेपाली"},
    "THAI": {"ไทย"},
    "KHMER": {"ខ្មែរ"},
    "BENGALI": {"বাংলা"},
    "MYANMAR": {"မြန်မာ"},
    "HANGUL": {"한국어"},
    "LAO": {"ລາວ"},
}


def _script(char: str) -> str:
    return unicodedata.name(char, "").split(" ")[0]


def _address(rng: random.Random, latin: str, organisation: str) -> str:
    words = re.findall(r"[a-z]+", _ascii(latin))
    names = [word for word in words if word not in {"bin", "binti", "anak", "a", "l", "p"}]
    local = rng.choice(
        (".".join(names[:2]), "".join(names[:2]), f"{names[0]}{rng.randrange(60, 99)}")
    )
    own = re.sub(r"[^a-z]+", "-", _ascii(organisation)).strip("-")
    has_own = rng.random() < SHARE_WITH_OWN_DOMAIN
    return f"{local}@{own}.example" if has_own else f"{local}@{rng.choice(SHARED_DOMAINS)}"


def _ascii(text: str) -> str:
    plain = text.replace("Đ", "D").replace("đ", "d").replace("’", "")
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower()


def _with_distinct_addresses(people: Iterator[Registrant]) -> Iterator[Registrant]:
    seen: Counter[str] = Counter()
    for person in people:
        seen[person.email] += 1
        if seen[person.email] == 1:
            yield person
        else:
            local, domain = person.email.split("@")
            yield replace(person, email=f"{local}.{seen[person.email]}@{domain}")


def _hope(rng: random.Random, language: str) -> str:
    hopes = read_hopes()
    if rng.random() < SHARE_WITHOUT_ANSWER:
        return ""
    return rng.choice(hopes.get(language, ()) + hopes["English"])


def _moments(rng: random.Random, number: int) -> list[datetime]:
    """Return when each answered: most before the first live session, some in the weeks after."""
    opened_for = timedelta(days=DAYS_UNTIL_MOST_CAME)
    late = round(number * SHARE_OF_LATE)
    early = (OPENED + opened_for * rng.betavariate(1.2, 0.9) for _ in range(number - late))
    first = datetime.combine(FIRST_DAY, OPENED.time())
    later = (first + timedelta(days=rng.uniform(1.2, 19)) for _ in range(late))
    return sorted(moment.replace(microsecond=0) for moment in (*early, *later))
