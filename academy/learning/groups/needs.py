"""How somebody of a group stands, who needs a hand and why, and who is looked for (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

#: Not begun: no lesson opened. Completed: it is written down. Underway: everything between.
State = Literal["not_begun", "underway", "completed"]
STATES: tuple[State, ...] = ("not_begun", "underway", "completed")

#: Why somebody who has not completed the course needs a hand:
#: away: opened a lesson, and none of the course in the last AWAY_AFTER;
#: stuck: handed in the quiz of one lesson FAILED_TIMES or more below what passes, and never passed;
#: only_live: came to a live session of the series, and never opened a lesson;
#: almost: has read what the course asks for, and exactly one thing else is missing.
Reason = Literal["away", "stuck", "only_live", "almost"]
REASONS: tuple[Reason, ...] = ("away", "stuck", "only_live", "almost")
AWAY_AFTER = timedelta(days=14)
FAILED_TIMES = 2

#: Who is shown: all, those of a state, those who need a hand at all, or for one reason.
SHOWS: tuple[str, ...] = ("", *STATES, "hand", *REASONS)
ORDERS = ("name", "country", "read", "quiz", "live", "seen")
#: These orders begin with the largest.
LARGEST_FIRST = frozenset({"read", "quiz", "live", "seen"})
LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Learner:
    """One of the group in numbers."""

    id: int
    name: str
    organisation: str
    country: str | None
    opened: int
    read: int
    #: Quizzes handed in, and passed; the sum of the best attempts in percent.
    tried: int
    passed: int
    best_sum: int
    #: Lessons at whose quiz they are stuck.
    stuck: int
    #: Live sessions of the series to which they came.
    live: int
    seen_at: datetime | None
    completed_at: datetime | None
    reasons: tuple[Reason, ...] = ()

    @property
    def state(self) -> State:
        """How far they are, in one word."""
        if self.completed_at is not None:
            return "completed"
        return "underway" if self.opened else "not_begun"

    @property
    def mean(self) -> int | None:
        """The mean of the best attempts at the quizzes that were tried, in percent."""
        return self.best_sum // self.tried if self.tried else None

    def percent(self, quizzes: int) -> int:
        """Return the mean as completion counts it: what was not tried counts 0."""
        return self.best_sum // quizzes if quizzes else 0


@dataclass(slots=True)
class Totals:
    """How many of a group there are, by how they stand and by country."""

    people: int = 0
    #: By the names in SHOWS.
    by_show: dict[str, int] | None = None
    countries: frozenset[str | None] = frozenset()

    @property
    def begun(self) -> int:
        """How many opened a lesson, or completed the course."""
        return self.people - self.of("not_begun")

    def of(self, show: str) -> int:
        """Return how many a filter shows."""
        return (self.by_show or {}).get(show, 0) if show else self.people


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is looked for and in which order, as the address says it."""

    words: str = ""
    #: ISO 3166-1, "unknown" for none, "" for all.
    country: str = ""
    #: One of SHOWS.
    show: str = ""
    order: str = "name"
    is_reversed: bool = False
    page: int = 1

    @property
    def is_narrow(self) -> bool:
        """Whether some are left out."""
        return bool(self.words or self.country or self.show)

    @property
    def sort(self) -> str:
        """The order as the address writes it."""
        return ("-" if self.is_reversed else "") + self.order

    def sorted_by(self, order: str) -> "Choice":
        """Return the same people by `order`, turned round where it is the order already."""
        again = order == self.order and not self.is_reversed
        return replace(self, order=order, is_reversed=again, page=1)

    def showing(self, show: str) -> "Choice":
        """Return the same search for others."""
        return replace(self, show=show, page=1)

    def on_page(self, page: int) -> "Choice":
        """Return the same people on another page."""
        return replace(self, page=page)

    def to_address(self) -> dict[str, str]:
        """Return what stands behind the question mark; what is as usual is left out."""
        given = {
            "q": self.words, "country": self.country, "show": self.show,
            "sort": "" if self.sort == "name" else self.sort,
            "page": "" if self.page == 1 else str(self.page),
        }  # fmt: skip
        return {name: value for name, value in given.items() if value}


def read_choice(given: Mapping[str, str], page: int = 1) -> Choice:
    """Return what the address asks for; what it cannot mean is left out."""
    sort, show = given.get("sort", ""), given.get("show")
    order = sort.removeprefix("-")
    return Choice(
        words=given.get("q", "").strip()[:LONGEST_SEARCH],
        country=given.get("country", "")[:7],
        show=next((one for one in SHOWS if one == show), ""),
        order=order if order in ORDERS else "name",
        is_reversed=order in ORDERS and sort.startswith("-"),
        page=page,
    )
