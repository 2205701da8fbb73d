"""A second labelled corpus: names of registrants as only a human recognises them.

No rule of the ladder can be certain of any of these. What is measured is whether the person is
among the three who are suggested, by kind: beside words of address, by a first name or initials,
in another order, in one word, in another script, with a nickname beside the name. The registrants
bear names that are formed where the learners live, so that first names are borne by several.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from academy.attendance.matching.candidates import Candidate, Identity, Known
from academy.attendance.matching.ladder import match_all
from academy.attendance.matching.suggestions import likeness_to
from academy.lib.names import split_shown
from tests.attendance.corpus_names import TITLES, TWO_SCRIPTS, first_word, full_names

REGISTRANTS = 200
SEED = 2020
_MOST = 3

#: A word before the name, a word between it and another, or how it is introduced.
_ADDRESSED = (
    "Bu {}", "Ibu {}", "Pak {}", "Bpk. {}", "Kak {}", "Mbak {}", "Mas {}", "Bung {}", "Hj. {}",
    "Ma {}", "Ko {}", "U {}", "Daw {}", "Saya {}", "Sayama {}", "Dato' {}", "Tuan Haji {}",
    "Khun {}", "Ajarn {}", "Cô {}", "Chị {}", "Anh {}", "Kuya {}", "Ate {}", "Bong {}",
    "Didi {}", "{} Bhai", "{} Ji", "{}-san", "Auntie {}", "Mr. {}", "I am {}", "Saya {} dari KL",
)  # fmt: skip
_BETWEEN = frozenset(("bin", "binti", "a/l", "a/p"))
_NICKNAMES = ("Mia", "Didi", "Ucok", "Boy", "Nonoy", "Ning", "Bee", "Jojo", "Puteh", "Eng")
#: More names in two scripts than the first corpus has.
_SCRIPTS = (
    *TWO_SCRIPTS,
    ("Vichai Thongchai", "วิชัย ธงชัย"), ("Nittaya Phromma", "นิตยา พรหมมา"),
    ("Tan Mei Ling", "陈美玲"), ("Lim Chee Keong", "林志强"), ("Wong Siew Lan", "黄秀兰"),
    ("Ng Kok Wah", "吴国华"), ("Lakshmi Raman", "லட்சுமி ராமன்"), ("Murugan Selvam", "முருகன் செல்வம்"),
    ("Sunita Patil", "सुनीता पाटील"), ("Ramesh Kumar", "रमेश कुमार"), ("Rahim Uddin", "রহিম উদ্দিন"),
    ("Nimal Perera", "නිමල් පෙරේරා"), ("Aung Kyaw Min", "အောင်ကျော်မင်း"), ("Thida Soe", "သီတာစိုး"),
    ("Chan Dara", "ចាន់ ដារ៉ា"), ("Sok Pisey", "សុខ ពិសី"), ("Mahmoud Hassan", "محمود حسن"),
    ("Fatima Karim", "فاطمة كريم"), ("Somsak Vongsa", "ສົມສັກ ວົງສາ"), ("Park Jimin", "박지민"),
    ("Sato Hanako", "さとう はなこ"),
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """What a registrant showed, and in which way it differs from the name registered."""

    kind: str
    text: str
    person_id: int


@dataclass
class Shares:
    """By kind: how many there are, and how many have their person among three suggestions."""

    seen: Counter[str] = field(default_factory=Counter)
    before: Counter[str] = field(default_factory=Counter)
    now: Counter[str] = field(default_factory=Counter)

    @property
    def share_before(self) -> float:
        """The share by plain similarity alone."""
        return self.before.total() / self.seen.total()

    @property
    def share_now(self) -> float:
        """The share by what the desk suggests."""
        return self.now.total() / self.seen.total()


def make_shown(seed: int = SEED) -> tuple[list[Candidate], list[Shown]]:
    """Return registrants, and what some of them showed, the same for a seed each time."""
    rng = random.Random(seed)
    names = full_names(rng)
    registered = [next(names) for _number in range(REGISTRANTS)]
    registered += [latin for latin, _native in _SCRIPTS]
    candidates = [Candidate(number, name) for number, name in enumerate(registered, 1)]
    shown = [
        Shown(kind, text, person.person_id)
        for person in candidates[:REGISTRANTS]
        for kind, text in _ways(person.name, rng)
    ]
    shown += [
        Shown("another script", native, REGISTRANTS + number)
        for number, (_latin, native) in enumerate(_SCRIPTS, 1)
    ]
    return candidates, [one for one in shown if one.text != candidates[one.person_id - 1].name]


def _ways(name: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    words = [word for word in name.split() if word not in _BETWEEN and word not in TITLES]
    part = rng.choice((first_word(name), " ".join(words[-2:]), name))
    yield "word of address", rng.choice(_ADDRESSED).format(part)
    yield "nickname beside", f"{first_word(name)} ({rng.choice(_NICKNAMES)})"
    for kind, make in _FORMS.items():
        if len(words) > 1 and rng.random() < 0.5:
            yield kind, make(words, rng)


def _initials(words: list[str], rng: random.Random) -> str:
    kept = rng.randrange(len(words))
    return " ".join(word if place == kept else f"{word[0]}." for place, word in enumerate(words))


def _in_one_word(words: list[str], rng: random.Random) -> str:
    joined = "".join(words)
    return rng.choice((joined, joined.lower(), f"{joined.lower()}{rng.randrange(100)}"))


_FORMS: dict[str, Callable[[list[str], random.Random], str]] = {
    "first name alone": lambda words, _rng: words[0],
    "initials": _initials,
    "another order": lambda words, _rng: f"{words[-1]}, {' '.join(words[:-1])}",
    "in one word": _in_one_word,
    "an address": lambda words, _rng: f"{'.'.join(words).lower()}@mail.example",
}


def measure_shares(seed: int = SEED) -> Shares:
    """Count for whom the person is suggested, by what was plain similarity and by all that is."""
    candidates, shown = make_shown(seed)
    known, shares = Known(candidates), Shares()
    for one in shown:
        name = split_shown(one.text)
        original = (name.original,) if name.original else ()
        identity = Identity("one", (name.shown,), original)
        [outcome] = match_all([identity], known)
        if outcome.person_id is not None:
            continue  # the ladder was certain: nobody has to be suggested
        shares.seen[one.kind] += 1
        shares.before[one.kind] += one.person_id in _by_likeness(identity, known)
        shares.now[one.kind] += one.person_id in {each.person_id for each in outcome.suggestions}
    return shares


def _by_likeness(identity: Identity, known: Known) -> list[int]:
    """Suggest by plain similarity, as the academy did at first."""
    found: dict[int, float] = {}
    for name in (*identity.names, *identity.original_names):
        for person, score in likeness_to(name, known).items():
            found[person] = max(score, found.get(person, 0.0))
    return sorted(found, key=lambda person: -found[person])[:_MOST]
