"""Invented names for the corpus, as they are formed where the academy's learners live."""

import random
from collections.abc import Callable, Iterator

from academy.lib.names import comparable

_MALAY_WOMEN = (
    "Siti Aminah", "Nur Aisyah", "Nurul Huda", "Noraini", "Farah Nabila", "Siti Zubaidah",
    "Puteri Balqis", "Nur Syafiqah", "Rohana", "Siti Khadijah", "Aida Suraya", "Nor Hayati",
)  # fmt: skip
_MALAY_MEN = (
    "Ahmad Faiz", "Mohd Hafiz", "Muhammad Amir", "Zulkifli", "Azman", "Md Ridzuan", "Hakim",
    "Khairul Anwar", "Syed Iskandar", "Mohamad Nizam", "Roslan", "Abd Rahim",
)  # fmt: skip
_MALAY_FATHERS = (
    "Yusof", "Abdullah", "Rahman", "Osman", "Ismail", "Kassim", "Daud", "Salleh", "Harun",
    "Mahmood", "Tahir", "Zainal",
)  # fmt: skip
_INDONESIAN = (
    "Budi", "Santoso", "Wati", "Kartika", "Dewi", "Hartono", "Sri", "Lestari", "Agus", "Wibowo",
    "Rahayu", "Putri", "Handayani", "Joko", "Pratama", "Yulianti", "Setiawan", "Ayu", "Nugroho",
    "Indah",
)  # fmt: skip
_TAMIL = ("Ravi", "Kumaran", "Selvi", "Anbarasan", "Meena", "Letchumi", "Murugan", "Thivya",
          "Saravanan", "Pushpa")  # fmt: skip
_INDIAN_FIRST = ("Ramesh", "Sunita", "Vijay", "Anjali", "Deepak", "Kavita", "Harish", "Lakshmi",
                 "Prakash", "Rekha", "Mohan", "Geeta")  # fmt: skip
_INDIAN_LAST = ("Patil", "Sharma", "Naik", "Verma", "Joshi", "Kamble", "Rao", "Deshmukh", "Iyer",
                "Chauhan")  # fmt: skip
_FILIPINO_FIRST = ("Maria Luisa", "José", "Angelica", "Ma. Theresa", "Ramón", "Jocelyn", "Rodel",
                   "Cristina", "Arnel", "Marites")  # fmt: skip
_FILIPINO_LAST = ("Dela Cruz", "Peña", "Bautista", "Villanueva", "Ocampo", "Magsaysay", "Salonga",
                  "Quiambao", "Reyes")  # fmt: skip
_BURMESE = ("Aung", "Thida", "Khin", "Myint", "Zaw", "Htay", "Win", "Su", "Nyein", "Thein", "Hla",
            "Moe", "Kyaw")  # fmt: skip
_CHINESE_LAST = ("Tan", "Lim", "Wong", "Chan", "Lee", "Ng", "Goh", "Ong")
_CHINESE_FIRST = ("Wei Ming", "Mei Ling", "Jia Hui", "Kok Leong", "Siew Lan", "Chee Keong",
                  "Xin Yi", "Boon Huat", "Pei Shan")  # fmt: skip

#: Words before a name that are no part of what somebody is called.
TITLES = frozenset(("U", "Daw", "Ma", "Ko", "Shri", "Smt", "Dato'", "Seri", "Haji", "Ma."))

#: The same name in Latin letters, as registered, and in the script that its bearer shows.
TWO_SCRIPTS = (
    ("Somchai Jaidee", "สมชาย ใจดี"),
    ("Malee Srisuk", "มาลี ศรีสุข"),
    ("Chen Weiliang", "陈伟良"),
    ("Kim Hana Seo", "서한나"),
    ("Priya Narayanan", "பிரியா நாராயணன்"),
    ("Ashok Shinde", "अशोक शिंदे"),
    ("Sokha Chann", "សុខា ចាន់"),
    ("Layla Haddad", "ليلى حداد"),
)
#: Pairs of different people whose names differ by a letter or two.
TWINS = (
    ("Nur Hasna binti Jamil", "Nur Hasnah binti Jamil"),
    ("Wong Jia Wen", "Wong Jia Wei"),
    ("Aung Kyaw Min", "Aung Kyaw Minn"),
    ("Rina Kusumawati", "Rini Kusumawati"),
)
NAMESAKES = ("Nguyen Thi Lan", "Fatimah Hassan", "Rahul Gaikwad")
ONE_NAMES = ("Suhartini", "Wagiman", "Sutarjo", "Ngatinah")
NEW_NAMES = (
    "Beatriz Fontana", "Oluwaseun Adeyemi", "Kenji Morikawa", "Ingrid Solheim", "Tomasz Zawadzki",
    "Amara Okonkwo", "Pilar Echeverría", "Tevita Fonua", "Batbayar Ganzorig", "Dilnoza Karimova",
)  # fmt: skip
DEVICES = ("iPhone", "Galaxy A12", "Redmi Note 9", "SM-A105F", "Zoom User", "OPPO A54", "iPad",
           "LAPTOP-7QK2M1", "vivo 1906")  # fmt: skip


def _malay_woman(rng: random.Random) -> str:
    return f"{rng.choice(_MALAY_WOMEN)} binti {rng.choice(_MALAY_FATHERS)}"


def _malay_man(rng: random.Random) -> str:
    return f"{rng.choice(_MALAY_MEN)} bin {rng.choice(_MALAY_FATHERS)}"


def _indonesian(rng: random.Random) -> str:
    return " ".join(rng.sample(_INDONESIAN, 2))


def _tamil(rng: random.Random) -> str:
    child, father = rng.sample(_TAMIL, 2)
    return f"{child} {rng.choice(('a/l', 'a/p'))} {father}"


def _indian(rng: random.Random) -> str:
    title = rng.choice(("", "", "Shri ", "Smt "))
    return f"{title}{rng.choice(_INDIAN_FIRST)} {rng.choice(_INDIAN_LAST)}"


def _filipino(rng: random.Random) -> str:
    return f"{rng.choice(_FILIPINO_FIRST)} {rng.choice(_FILIPINO_LAST)}"


def _burmese(rng: random.Random) -> str:
    return f"{rng.choice(('U', 'Daw', 'Ma', 'Ko'))} {' '.join(rng.sample(_BURMESE, 3))}"


def _chinese(rng: random.Random) -> str:
    return f"{rng.choice(_CHINESE_LAST)} {rng.choice(_CHINESE_FIRST)}"


_MAKERS: tuple[Callable[[random.Random], str], ...] = (
    _malay_woman, _malay_man, _indonesian, _tamil, _indian, _filipino, _burmese, _chinese,
)  # fmt: skip


def full_names(rng: random.Random) -> Iterator[str]:
    """Yield names for ever that are different people's, though often alike."""
    seen = {comparable(name).key for pair in TWINS for name in pair}
    while True:
        name = rng.choice(_MAKERS)(rng)
        if comparable(name).key not in seen:
            seen.add(comparable(name).key)
            yield name


def first_word(name: str) -> str:
    """Return how somebody is called who leaves out titles and the rest: "Ramesh"."""
    return next(word for word in name.split() if word not in TITLES)


def respelled(name: str, rng: random.Random) -> str:
    """Return the name as the same person writes it elsewhere: a letter more, fewer or another."""
    places = [place for place, sign in enumerate(name) if place and sign.isalpha()]
    place = rng.choice(places)
    swapped = {"i": "e", "o": "u", "y": "i", "k": "c", "u": "oo"}.get(name[place], name[place] * 2)
    return name[:place] + rng.choice((swapped, name[place] * 2)) + name[place + 1 :]


def decorated(name: str, rng: random.Random) -> str:
    """Return the name with what people put around it; it remains the whole name."""
    forms = (
        f"MY - {name}", f"[ID] {name}", f"ASEC_{name}", f"{name} 🌸", f"12. {name}",
        f"{name} (she/her)", name.upper(), name.lower(), f"Dr. {name}", f"Pak {name}",
        f"Dato' {name}", f"Khun {name}", f"{name} 20431", f"20BCE1187 {name}", f"  {name} ",
        f"{name.replace(' ', '_')}" if " " in name else name, f"✨{name}✨",
    )  # fmt: skip
    return rng.choice(forms)
