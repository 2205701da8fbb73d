"""The matrix person by live session: what each cell says, and which people are looked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from academy.attendance.rules.rules import Break

#: In the order of the legend. Only "came" and "untimed" are attendances.
State = Literal[
    "came", "untimed", "seen", "door", "missed", "declined", "outside", "coming", "unknown"
]
CAME: frozenset[State] = frozenset({"came", "untimed"})

Status = Literal["", "once", "never", "all", "missed", "exactly"]
STATUSES: tuple[Status, ...] = ("", "once", "never", "all", "missed", "exactly")

#: How somebody stands to the series: registered, came without ever being it, or took it back.
Role = Literal["", "registered", "walk_in", "left"]
ROLES: tuple[Role, ...] = ("", "registered", "walk_in", "left")

#: Where each order begins; a minus before it turns it round.
ORDERS = ("name", "country", "times", "minutes", "last")
#: A mark of the cloth is so many threads thick when somebody stayed to the end.
THREADS = 8
LONGEST_SEARCH = 200
MOST_TIMES = 1000


@dataclass(frozen=True, slots=True)
class Column:
    """One live session of the matrix, and what the ledger counts in it."""

    id: int
    number: int
    slug: str
    title: str
    starts_at: datetime
    minutes: int
    zone: str
    #: The parts in which presence counts, in minutes after the start: all but the breaks.
    parts: Sequence[Break]
    #: Matched people and identities not matched yet; None while there is no evidence.
    matched: int | None = None
    unmatched: int | None = None
    excluded: int | None = None

    @property
    def ends_at(self) -> datetime:
        """The planned end."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def counted_minutes(self) -> int:
        """The longest that anybody can have been there."""
        return sum(last - first for first, last in self.parts)

    @property
    def is_known(self) -> bool:
        """Whether evidence says who came."""
        return self.matched is not None

    @property
    def attended(self) -> int | None:
        """How many came, as the report of attendance counts them."""
        return None if self.matched is None else self.matched + (self.unmatched or 0)


@dataclass(frozen=True, slots=True)
class Someone:
    """One row of the matrix: a person, and how she stands to the series."""

    id: int
    name: str
    organisation: str
    country: str | None
    #: None for who was never registered.
    registered_at: datetime | None
    cancelled_at: datetime | None
    #: To how many live sessions she came, and for how many minutes where they are known.
    times: int = 0
    minutes: int | None = None
    #: How many of these times have known minutes.
    timed: int = 0
    last_seen: datetime | None = None

    @property
    def role(self) -> Role:
        """Registered, came without registering, or took the registration back."""
        if self.registered_at is None:
            return "walk_in"
        return "registered" if self.cancelled_at is None else "left"

    def was_registered_for(self, column: Column) -> bool:
        """Whether the registration stood at some moment up to the end of the live session."""
        if self.registered_at is None or self.registered_at > column.ends_at:
            return False
        return self.cancelled_at is None or self.cancelled_at > column.starts_at


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of one person in one live session."""

    state: State
    minutes: int | None = None


@dataclass(slots=True)
class Facts:
    """What the ledger says of people: by (person, live session)."""

    #: Minutes, None where nobody knows how many.
    came: dict[tuple[int, int], int | None] = field(default_factory=dict)
    #: Was seen, but at other times, in a break, or for less than the smallest stay.
    seen: set[tuple[int, int]] = field(default_factory=set)
    #: Opened the door by the personal link.
    doors: set[tuple[int, int]] = field(default_factory=set)
    #: Said that they would not come.
    declined: set[tuple[int, int]] = field(default_factory=set)


def cell_of(someone: Someone, column: Column, facts: Facts, at: datetime) -> Cell:
    """Return what one cell says at the moment `at`: what is certain goes before what is missing.

    Where no evidence has been read nobody is missing: nobody knows.
    """
    key = (someone.id, column.id)
    if key in facts.came:
        minutes = facts.came[key]
        return Cell("untimed" if minutes is None else "came", minutes)
    if key in facts.seen:
        return Cell("seen")
    if key in facts.doors:
        return Cell("door")
    return Cell(_absent(someone, column, is_declined=key in facts.declined, at=at))


def _absent(someone: Someone, column: Column, *, is_declined: bool, at: datetime) -> State:
    states: tuple[tuple[bool, State], ...] = (
        (not someone.was_registered_for(column), "outside"),
        (is_declined, "declined"),
        (not column.is_known and column.starts_at > at, "coming"),
        (not column.is_known, "unknown"),
    )
    return next((state for holds, state in states if holds), "missed")


def chances_of(someone: Someone, known: Sequence[Column], facts: Facts) -> int | None:
    """Return how many of the `known` live sessions she could be expected at: the "of" beside came.

    Those that took place while she was registered, and any others to which she came; None for who
    never registered, for nobody expected her.
    """
    if someone.registered_at is None:
        return None
    return sum(
        someone.was_registered_for(column) or (someone.id, column.id) in facts.came
        for column in known
    )


def threads_of(cell: Cell, column: Column) -> int:
    """Return how thick the mark is, 1 to 8: the share of the live session that she was there."""
    share = (cell.minutes or 0) / max(column.counted_minutes, 1)
    return max(1, min(THREADS, round(share * THREADS)))


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is looked for and in which order, as the address says it."""

    words: str = ""
    #: ISO 3166-1, "unknown" for none, "" for all.
    country: str = ""
    status: Status = ""
    #: For "exactly": how many times.
    times: int = 1
    role: Role = ""
    #: One of ORDERS, or "n3" for the live session of number 3.
    order: str = "name"
    is_reversed: bool = False
    page: int = 1

    @property
    def is_narrow(self) -> bool:
        """Whether some are left out."""
        return bool(self.words or self.country or self.status or self.role)

    @property
    def number(self) -> int | None:
        """The live session by whose minutes the rows are ordered, if it is one."""
        digits = self.order[1:]
        return int(digits) if self.order[:1] == "n" and digits.isdecimal() else None

    @property
    def sort(self) -> str:
        """The order as the address writes it."""
        return ("-" if self.is_reversed else "") + self.order

    def sorted_by(self, order: str) -> "Choice":
        """Return the same people by `order`, turned round where it is the order already."""
        again = order == self.order and not self.is_reversed
        return replace(self, order=order, is_reversed=again, page=1)

    def on_page(self, page: int) -> "Choice":
        """Return the same people on another page."""
        return replace(self, page=page)

    def to_address(self) -> dict[str, str]:
        """Return what stands behind the question mark; what is as usual is left out."""
        given = {
            "q": self.words, "country": self.country, "status": self.status,
            "times": str(self.times) if self.status == "exactly" else "", "role": self.role,
            "sort": "" if self.sort == "name" else self.sort,
            "page": "" if self.page == 1 else str(self.page),
        }  # fmt: skip
        return {name: value for name, value in given.items() if value}


def read_choice(given: Mapping[str, str], page: int = 1) -> Choice:
    """Return what the address asks for; what it cannot mean is left out."""
    sort = given.get("sort", "")
    order = sort.removeprefix("-")
    status, role = given.get("status"), given.get("role")
    is_number = order[:1] == "n" and order[1:].isascii() and order[1:].isdecimal()
    is_order = order in ORDERS or (is_number and len(order) <= len(str(MOST_TIMES)))
    return Choice(
        words=given.get("q", "").strip()[:LONGEST_SEARCH],
        country=given.get("country", "")[:7],
        status=next((one for one in STATUSES if one == status), ""),
        times=_times(given.get("times", "")),
        role=next((one for one in ROLES if one == role), ""),
        order=order if is_order else "name",
        is_reversed=is_order and sort.startswith("-"),
        page=page,
    )


def _times(text: str) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) < len(str(MOST_TIMES))
    return int(text) if is_number else 1
