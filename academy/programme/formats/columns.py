"""Which column holds what: known by its heading, by its values, or asked; never guessed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from academy.lib.countries import recognise_country
from academy.lib.tables import Row
from academy.programme.formats.answered_at import ORDERS, read_moment
from academy.programme.formats.headings import Role, role_by_name, role_by_words
from academy.programme.formats.shape import Heading, Shape
from academy.programme.formats.typed_address import is_written_address

_SAMPLE = 1_000
_ENOUGH = 0.6
_NEARLY_ALL = 0.9
#: A country column known by its values alone has a short heading: a long one asks something else.
_LONGEST_HEADING = 40
_OTHER_PLACES = frozenset(
    ("city", "town", "province", "state", "region", "place", "address", "birthplace", "kota")
)
#: How sure a heading makes us.
_SURE, _BY_WORDS = 2, 1

Places = dict[Role, int]


@dataclass(frozen=True)
class Question:
    """One column that nobody can tell: for what, and the 0-based columns that could be it."""

    role: Role
    candidates: tuple[int, ...]


@dataclass(frozen=True)
class Columns:
    """What is in which 0-based column, and what has to be asked before a row is read."""

    places: Places
    questions: tuple[Question, ...]


def find_columns(
    heading: Heading, rows: Sequence[Row], shape: Shape, chosen: Mapping[Role, int | None]
) -> Columns:
    """Return the column of each role; `chosen` (None: there is no such column) comes first."""
    search = _Search(heading, rows[:_SAMPLE], shape, chosen)
    return search.run()


class _Search:
    """One search through the columns of one file."""

    def __init__(
        self,
        heading: Heading,
        rows: Sequence[Row],
        shape: Shape,
        chosen: Mapping[Role, int | None],
    ) -> None:
        self.heading, self.rows, self.shape = heading, rows, shape
        self.chosen = chosen
        self.width = max([len(heading.cells), *(len(row.cells) for row in rows)], default=0)
        self.sure = [self._role_of(place) for place in range(self.width)]
        self.places: Places = {role: at for role, at in chosen.items() if at is not None}
        self.questions: list[Question] = []

    def run(self) -> Columns:
        """Settle role after role; those that must be known come first."""
        self._settle("email", self._email_columns(), must=True)
        self._settle_all("first_name", "last_name")
        self._settle_name()
        self._settle("country", self._country_columns(), ask=True)
        self._settle("at", self._moment_columns(), first=True)
        self._settle_all("organisation", "language", "zone", "status", "attendee")
        return Columns(self.places, tuple(self.questions))

    def _settle_all(self, *roles: Role) -> None:
        for role in roles:
            self._settle(role, self._named(role))

    def _role_of(self, place: int) -> tuple[Role | None, int]:
        if place >= len(self.heading.cells):
            return None, 0
        cell, key = self.heading.cells[place], self.heading.keys[place]
        if key in self.shape.roles:
            return self.shape.roles[key], _SURE + 1
        if key in self.shape.dropped:
            return None, 0
        by_name = role_by_name(cell)
        return (by_name, _SURE) if by_name else (role_by_words(cell), _BY_WORDS)

    def _settle(
        self,
        role: Role,
        candidates: list[int],
        *,
        must: bool = False,
        ask: bool = False,
        first: bool = False,
    ) -> None:
        if role in self.chosen:
            return
        open_columns = [place for place in candidates if place not in self.places.values()]
        if len(open_columns) == 1 or (open_columns and (first or self._are_alike(open_columns))):
            self.places[role] = open_columns[0]
        elif must or (ask and open_columns):
            self.questions.append(Question(role, tuple(open_columns) or self._free()))

    def _settle_name(self) -> None:
        """A whole name, or its halves; a question's words count only where no half is known."""
        halves = {"first_name", "last_name"} & self.places.keys()
        named = [
            place for place in self._named("name") if not (halves and self.sure[place][1] < _SURE)
        ]
        is_asked = "first_name" not in halves or (len(halves) > 1 and len(named) > 1)
        named = [place for place in named if not self._holds(place, is_written_address, _ENOUGH)]
        self._settle("name", named, must=is_asked and not len(halves) > 1, ask=is_asked)

    def _named(self, role: Role) -> list[int]:
        """The columns whose heading says that role, of these the surest."""
        found = [(at, sure) for at, (named, sure) in enumerate(self.sure) if named == role]
        best = max((sure for _at, sure in found), default=0)
        return [at for at, sure in found if sure == best]

    def _email_columns(self) -> list[int]:
        holding = [at for at in range(self.width) if self._holds(at, is_written_address, _ENOUGH)]
        named = self._named("email")
        good = [at for at in named if at in holding]
        return good or (holding if holding and not self._are_open(named) else named)

    def _are_open(self, named: list[int]) -> bool:
        """A column called "email" with wrong values is still the one; its rows are refused."""
        return bool(named) and self.sure[named[0]][1] >= _SURE and len(named) == 1 and any(
            "@" in value for value in self._values(named[0])
        )  # fmt: skip

    def _country_columns(self) -> list[int]:
        named = self._named("country")
        if named:
            good = [at for at in named if self._holds(at, _is_country, _ENOUGH)]
            return good or named
        return [
            at
            for at in range(self.width)
            if self.sure[at][0] is None and self._may_be_a_country(at)
        ]

    def _may_be_a_country(self, place: int) -> bool:
        title = self.heading.cells[place] if place < len(self.heading.cells) else ""
        words = title.casefold().split()
        is_short = len(title) <= _LONGEST_HEADING and "?" not in title
        if not is_short or not _OTHER_PLACES.isdisjoint(words):
            return False
        return self._holds(place, _is_country, _ENOUGH)

    def _moment_columns(self) -> list[int]:
        named = self._named("at")
        if named or not self.sure or self.sure[0][0] is not None:
            return named
        return [0] if self._holds(0, _is_moment, _NEARLY_ALL) else []

    def _values(self, place: int) -> Iterator[str]:
        for row in self.rows:
            if place < len(row.cells) and row.cells[place].strip():
                yield row.cells[place]

    def _holds(self, place: int, test: Callable[[str], bool], share: float) -> bool:
        values = list(self._values(place))
        return bool(values) and sum(map(test, values)) >= share * len(values)

    def _are_alike(self, places: list[int]) -> bool:
        """Whether the columns say the same in every row: then it matters not which is read."""
        return all(
            len({row.cells[at].strip() for at in places if at < len(row.cells)}) <= 1
            for row in self.rows
        )

    def _free(self) -> tuple[int, ...]:
        taken = set(self.places.values())
        return tuple(at for at in range(self.width) if at not in taken)


def _is_country(text: str) -> bool:
    return recognise_country(text) is not None


@lru_cache(maxsize=20_000)
def _is_moment(text: str) -> bool:
    return any(read_moment(text, order) is not None for order in ORDERS)
