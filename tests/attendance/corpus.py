"""A labelled corpus: who shows up under which name in 20 live sessions, and who it truly is.

Everything is invented and drawn from one seed. The members are the registrants of one series; each
has a habit of showing up, and now and then something else happens: a second device, a new name in
the middle, a borrowed telephone. Strangers are people whom the academy does not know.

What no file can tell is left out, for nobody could be right about it: a stranger who bears exactly
a registrant's whole name (or the whole name by which she is remembered), has no address, and has
never been there at the same time as she; and somebody unknown at a registrant's signed-in account.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from academy.attendance.matching.candidates import Candidate, Identity
from academy.attendance.reading.connections import usable_email
from academy.lib.names import split_shown
from tests.attendance.corpus_names import (
    DEVICES,
    NAMESAKES,
    NEW_NAMES,
    ONE_NAMES,
    TWINS,
    TWO_SCRIPTS,
    decorated,
    first_word,
    full_names,
    respelled,
)

SEED = 2020
WEEKS = 20
#: How likely a member comes in a week.
_COMES = 0.55
#: How often somebody who asks around finds out whose "iPhone" it was.
_FOUND_OUT = 0.5

#: A row's name cell as the file has it, and its address cell, which may be masked or empty.
_Shown = tuple[str, str]


@dataclass(frozen=True)
class Labelled:
    """One identity of one live session with the truth about it."""

    identity: Identity
    #: The registrant, or None for a stranger.
    truth: int | None
    confusion: str
    #: Whether somebody who asks around can find out.
    can_be_told: bool = True


@dataclass(frozen=True)
class Member:
    """A registrant with the habit of showing up."""

    person: Candidate
    confusion: str
    #: What the member shows in a week: one of these, drawn anew each week.
    habits: tuple[_Shown, ...]
    #: Weeks in which the member never comes: even (0) or odd (1).
    stays_away: int | None = None


@dataclass
class Corpus:
    """Everybody whom the academy knows, and the live sessions in their order."""

    candidates: list[Candidate] = field(default_factory=list)
    weeks: list[list[Labelled]] = field(default_factory=list)


def make_corpus(seed: int = SEED) -> Corpus:
    """Return the corpus of a seed, the same each time."""
    rng = random.Random(seed)
    cast = _Cast(rng)
    for build in _BUILDERS:
        build(cast)
    corpus = Corpus([member.person for member in cast.members] + cast.others)
    doubles: list[str] = []
    for number in range(WEEKS):
        corpus.weeks.append(_Week(rng, number, doubles).hold(cast.members))
    return corpus


class _Cast:
    """Makes people with addresses, and members of them."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.names = full_names(rng)
        self.members: list[Member] = []
        #: Known to the academy, registered elsewhere.
        self.others: list[Candidate] = []
        self._numbers = count(1)

    def person(self, name: str, email: str = "", *, registered: bool = True) -> Candidate:
        """Return a new person; five of six addresses are proved."""
        number = next(self._numbers)
        emails = frozenset({email or f"member{number}@mail.example"})
        proved = emails if email or self.rng.random() < 5 / 6 else frozenset[str]()
        return Candidate(number, name, proved, emails, is_registrant=registered)

    def add(
        self, confusion: str, name: str, *shown: str, cell: str | None = None, **more: int
    ) -> Candidate:
        """Add a member who shows up so; by habit signed in, masked or without an address."""
        person = self.person(name)
        address = next(iter(person.emails))
        account = self.rng.choices((address, f"{address[0]}***@mail.example", ""), (40, 10, 50))[0]
        habits = tuple((text, account if cell is None else cell) for text in shown or (name,))
        self.members.append(Member(person, confusion, habits, more.get("stays_away")))
        return person


def _plain(cast: _Cast) -> None:
    for _number in range(120):
        cast.add("as registered", next(cast.names))


def _decorated(cast: _Cast) -> None:
    for _number in range(48):
        name = next(cast.names)
        shown = [decorated(name, cast.rng) for _form in range(6)]
        cast.add("prefix, number, title, emoji", name, name, *shown)


def _spelled_otherwise(cast: _Cast) -> None:
    for _number in range(16):
        name = next(cast.names)
        cast.add("another spelling", name, respelled(name, cast.rng))


def _shortened(cast: _Cast) -> None:
    for name in ("Nur Izzati binti Rahman", "Nur Izzati binti Osman"):
        stays_away = int(name.endswith("Osman"))
        cast.add("same short name, two people", name, "Nur Izzati", cell="", stays_away=stays_away)
    for name, shown in (
        ("Wan Salmah binti Ibrahim", "Wan Salmah"),
        ("Muhammad Danish bin Roslan", "Md Danish Roslan"),
        ("Arumugam a/l Perumal", "Arumugam Perumal"),
        ("Dato' Seri Haji Kamal bin Idris", "Kamal Idris"),
        ("U Tin Maung Shwe", "Tin Maung"),
        ("Juan Miguel Santos de Leon", "Juan de Leon"),
        ("Gurpreet Kaur d/o Balbir Singh", "Gurpreet Kaur"),
    ):
        cast.add("shorter name", name, shown)


def _in_two_scripts(cast: _Cast) -> None:
    for number, (latin, native) in enumerate(TWO_SCRIPTS):
        cast.add("two scripts", latin, native if number % 2 else f"{latin} {native}")


def _with_a_name_in_brackets(cast: _Cast) -> None:
    for device in ("iPhone", "Galaxy A12", "Mum", "Redmi Note 9", "iPad"):
        name = next(cast.names)
        cast.add("device, name in brackets", name, f"{device} ({name})", cell="")


def _without_a_name(cast: _Cast) -> None:
    for shown in ("OPPO A54", "Galaxy A12", "iPhone"):
        cast.add("device", next(cast.names), shown, cell="")
    for shown in ("+60 12-***-1234", "60123456789"):
        cast.add("telephone", next(cast.names), shown, cell="")
    for shown in ("S", "R."):
        cast.add("one letter", next(cast.names), shown, cell="")


def _by_a_first_name(cast: _Cast) -> None:
    for _number in range(5):
        name = next(cast.names)
        cast.add("first name", name, first_word(name))
    for name, shown, away in (
        ("Mariana Gonsalves", "Ria", 0), ("Astria Pangestu", "Ria", 1),
        ("Roosmiati Hadi", "Bunda Mia", None), ("Teoh Guat Eng", "Auntie Eng", None),
    ):  # fmt: skip
        more = {} if away is None else {"stays_away": away}
        cast.add("nickname", name, shown, cell="" if shown == "Ria" else None, **more)
    for name in ONE_NAMES:
        cast.add("one name", name)


def _in_one_office(cast: _Cast) -> None:
    for office in ("koperasi", "union", "ngo"):
        address = f"{office}@office.example"
        for _desk in range(3):
            name = next(cast.names)
            person = cast.person(name, address)
            shown = ((name, address),) * 3 + (("Office", address),)
            cast.members.append(Member(person, "address of an office", shown))


def _twins(cast: _Cast) -> None:
    for pair in TWINS:
        for name in pair:
            cast.add("twin", name)


def _namesakes(cast: _Cast) -> None:
    for name in NAMESAKES:
        cast.add("namesake registered too", name, stays_away=0)
        cast.add("namesake registered too", name, stays_away=1)
    for _number in range(3):
        name = next(cast.names)
        cast.add("namesake known", name)
        cast.others.append(cast.person(name, registered=False))


def _families(cast: _Cast) -> None:
    for father, daughter, shown in (
        ("Harith Fikri", "Dalilah Fikri", "Dalilah Fikri"),
        ("Tengku Ramli", "Zahrah Ramli", "Zahrah"),
        ("Suresh Pillai", "Nandini Pillai", "Nandhini Pillai"),
    ):
        parent = cast.add("father", father)
        account = next(iter(parent.emails))
        cast.add("daughter on her father's account", daughter, shown, cell=account, stays_away=0)
        members = cast.members
        members[-2] = Member(parent, "father", ((father, account),), stays_away=1)


_BUILDERS: tuple[Callable[[_Cast], None], ...] = (
    _plain, _decorated, _spelled_otherwise, _shortened, _in_two_scripts, _with_a_name_in_brackets,
    _without_a_name, _by_a_first_name, _in_one_office, _twins, _namesakes, _families,
)  # fmt: skip

#: Habits that leave nothing to recognise somebody by.
_UNTOLD = frozenset({"device", "telephone", "one letter"})


class _Week:
    """One live session: who comes, what they show, and who else is there."""

    def __init__(self, rng: random.Random, number: int, doubles: list[str]) -> None:
        self.rng = rng
        self.number = number
        #: Names of strangers who were there at once with a registrant of that name before.
        self.doubles = doubles
        self.found: list[Labelled] = []

    def hold(self, members: list[Member]) -> list[Labelled]:
        """Return the identities of this week, in an order that says nothing."""
        for member in members:
            if member.stays_away != self.number % 2 and self.rng.random() < _COMES:
                self._come(member)
        present = {one.truth for one in self.found}
        absent = [member for member in members if member.person.person_id not in present]
        self._bring_strangers(absent)
        self._borrow(members, absent)
        self.rng.shuffle(self.found)
        return self.found

    def _come(self, member: Member) -> None:
        text, cell = self.rng.choice(member.habits)
        chance = self.rng.random()
        if chance < 0.01:
            self._add("another's device", member, self.rng.choice(DEVICES), "")
        elif chance < 0.035:
            self._rename(member, text, cell)
        else:
            self._add(member.confusion, member, text, cell)
        if 0.5 < chance < 0.52:
            owner = f"{first_word(member.person.name)}'s iPhone"
            second = self.rng.choice((self.rng.choice(DEVICES), text, owner))
            self._add("second device", member, second, "")

    def _rename(self, member: Member, text: str, cell: str) -> None:
        """An address holds both names together; without one they are two identities."""
        before = self.rng.choice((*DEVICES, first_word(member.person.name)))
        if usable_email(cell):
            self._add("renamed in the middle", member, before, cell, text)
        else:
            self._add("renamed in the middle", member, before, "")
            self._add(member.confusion, member, text, cell)

    def _add(self, confusion: str, member: Member, text: str, cell: str, *later: str) -> None:
        is_untold = member.confusion in _UNTOLD or (text in DEVICES and not usable_email(cell))
        can_be_told = not is_untold or self.rng.random() < _FOUND_OUT
        self._label(confusion, member.person.person_id, (text, *later), cell, told=can_be_told)

    def _label(
        self, confusion: str, truth: int | None, texts: tuple[str, ...], cell: str, *, told: bool
    ) -> None:
        names = [split_shown(text) for text in texts]
        identity = Identity(
            key=str(len(self.found)),
            names=tuple(dict.fromkeys(name.shown for name in names)),
            original_names=tuple(dict.fromkeys(name.original for name in names if name.original)),
            email=usable_email(cell),
        )
        self.found.append(Labelled(identity, truth, confusion, told))

    def _borrow(self, members: list[Member], absent: list[Member]) -> None:
        """Somebody comes by the account of another, who may be there as well."""
        owner, borrower = self.rng.choice(members).person, self.rng.choice(absent)
        name = borrower.person.name
        if borrower.confusion == "as registered" and owner != borrower.person:
            self._add("another's account", borrower, name, next(iter(owner.emails)))

    def _bring_strangers(self, absent: list[Member]) -> None:
        for confusion, text, cell in self._strangers(absent):
            self._label(f"stranger: {confusion}", None, (text,), cell, told=True)

    def _strangers(self, absent: list[Member]) -> Iterator[tuple[str, str, str]]:
        rng = self.rng
        yield "new", rng.choice(NEW_NAMES), ""
        yield "new", rng.choice(NEW_NAMES), f"new{self.number}@elsewhere.example"
        alike = [one.person.name for one in rng.sample(absent, 4) if " " in one.person.name]
        for name in alike[:2]:
            yield "like a registrant", respelled(respelled(name, rng), rng) + "h", ""
        yield "part of a name", alike[-1].split()[-1] + " Aulia", ""
        yield "first name", rng.choice(("Ria", "Siti", "Nur", "Budi", "Maria", "Tan")), ""
        yield "device", rng.choice(DEVICES), ""
        yield "same short name", "Bunda Mia", f"mia{self.number}@elsewhere.example"
        for name in sorted({*self.doubles} & {one.person.name for one in absent}):
            yield "same name as weeks before", name, ""
        if self.number % 5 == 0:
            there = [one for one in self.found if one.confusion == "as registered"]
            self.doubles.append(rng.choice(there).identity.names[0])
            yield "same name at once", self.doubles[-1], ""
