"""What of a file comes into the ledger: what presence and matching need, and nothing else.

A column that no reader gave a meaning to stays outside, and so does every telephone number,
address of a machine and identifier of another system. The same number is known again within a
series by a digest with the academy's key; the number is not kept (docs/decisions/privacy.md).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from academy.attendance.formats.report import Columns, Field
from academy.attendance.reading.connections import Connection, usable_email
from academy.attendance.reading.files import AttendanceFile, FilePerson
from academy.lib.identifiers import replace_identifiers, without_identifiers
from academy.lib.names import is_phone
from academy.lib.tables import RefusedRow

#: What a kept cell may mean. Where somebody was connected from, when they registered and by which
#: number others know them is no part of it.
KEPT: frozenset[Field] = frozenset(
    (
        "name", "first_name", "last_name", "email", "joined", "left", "minutes", "waiting",
        "attended", "guest", "moderator",
    )
)  # fmt: skip
#: Identifiers that the academy itself gave out for a registration; all others become digests.
_OURS = re.compile(r"reg-\d{1,18}")
_TIMES: frozenset[Field] = frozenset(("joined", "left"))
_LONGEST_CELL = 300
_LONGEST_TITLE = 60
_MOST_TITLES = 60
_FEWEST_DIGITS = 5
_MARK_DIGITS = 8
#: What a number that the file shows whole becomes.
_WHOLE_TELEPHONE = re.compile(r"phone ending \d\d · \d{8}")
_MASKS = frozenset("*#xX•")

#: Gives the same 64 hex digits for the same text, to nobody else.
Digest = Callable[[str], str]
#: The cells that are kept of one header: their places, titles and meanings.
_Plan = tuple[tuple[int, str, frozenset[Field]], ...]
#: What no row has left once it is in; one for all of them, for a file may have 100,000 rows.
_NO_COLUMNS: Columns = {}


def let_in(file: AttendanceFile, digest: Digest) -> AttendanceFile:
    """Return the file as the ledger may know it; what it says of presence is the same."""
    door = _Door(digest)
    changed = {id(each): door.connection(each) for each in file.connections}
    return replace(
        file,
        connections=tuple(changed[id(each)] for each in file.connections),
        people=tuple(_one_a_telephone(door.person(person, changed) for person in file.people)),
        refused=tuple(RefusedRow(row.number, without_identifiers(row.why)) for row in file.refused),
        left_out=tuple(_titles_left_out(file)),
    )


def _one_a_telephone(people: Iterable[FilePerson]) -> Iterable[FilePerson]:
    """Put together what came from one number, however it was written and however often at once.

    Numbers that the file itself shows masked may be those of several people: they stay apart.
    """
    found: dict[object, FilePerson] = {}
    for person in people:
        number = person.name if _WHOLE_TELEPHONE.fullmatch(person.name or "") else None
        known = found.get(number) if number and not person.email else None
        if known is None:
            found[number if number and not person.email else object()] = person
        else:
            found[number] = replace(
                known,
                attended=known.attended or person.attended,
                role=known.role if known.attended else person.role,
                original_names=tuple(
                    dict.fromkeys([*known.original_names, *person.original_names])
                ),
                connections=(*known.connections, *person.connections),
            )
    return found.values()


class _Door:
    """Lets the rows of one file in; names and headers repeat, so each is looked at once."""

    def __init__(self, digest: Digest) -> None:
        self._digest = digest
        self.shown = lru_cache(maxsize=50_000)(self._shown)
        self._plans: dict[tuple[int, int], tuple[_Plan, list[str]]] = {}

    def connection(self, row: Connection) -> Connection:
        """Return the connection with the kept cells only, and with names that hold no number."""
        plan, titles = self._plan(row)
        return replace(
            row,
            cells=[self._cell(row, place, meaning) for place, _title, meaning in plan],
            header=titles,
            columns=_NO_COLUMNS,
            shown_name=self.shown(row.shown_name),
            original_name=self.shown(row.original_name) if row.original_name else None,
            external_id=self._external_id(row.external_id),
            country=None,
        )

    def person(self, person: FilePerson, changed: Mapping[int, Connection]) -> FilePerson:
        """Return the identity with the names and rows that were let in."""
        return replace(
            person,
            name=self.shown(person.name) if person.name else person.name,
            names=tuple(dict.fromkeys(map(self.shown, person.names))),
            original_names=tuple(dict.fromkeys(map(self.shown, person.original_names))),
            connections=tuple(changed[id(each)] for each in person.connections),
        )

    def _plan(self, row: Connection) -> tuple[_Plan, list[str]]:
        # Rows of one section share the header and the columns, so their identities are the key.
        key = (id(row.header), id(row.columns))
        if key not in self._plans:
            plan = tuple(_kept_places(row))
            self._plans[key] = plan, [title for _place, title, _meaning in plan]
        return self._plans[key]

    def _cell(self, row: Connection, place: int, meaning: frozenset[Field]) -> str:
        cell = row.cells[place] if place < len(row.cells) else ""
        if meaning & _TIMES:
            return cell[:_LONGEST_CELL]
        if "email" in meaning:  # a masked address leads nowhere and still says whose it is
            return cell.strip() if usable_email(cell) else ""
        return self.shown(cell)[:_LONGEST_CELL]

    def _external_id(self, external_id: str | None) -> str | None:
        if external_id is None or _OURS.fullmatch(external_id):
            return external_id
        return self._digest(f"id:{external_id}")[:32]

    def _shown(self, text: str) -> str:
        """Return a name without the numbers in it; the same number leaves the same mark."""
        folded = unicodedata.normalize("NFKC", text)
        if is_phone(folded) and _count_digits(folded) >= _FEWEST_DIGITS:
            return self._telephone(folded)
        found = replace_identifiers(folded, lambda number: f"· {self._mark(number)}")
        return text if found == folded else found

    def _telephone(self, number: str) -> str:
        digits = "".join(sign for sign in number if sign.isdigit())
        star = "*" if set(number) & _MASKS else ""
        return f"phone ending {digits[-2:]} · {star}{self._mark(number)}"

    def _mark(self, number: str) -> str:
        """Return eight digits: writing a number with other spaces does not make another of it."""
        kept = "".join(sign for sign in number.casefold() if sign.isalnum() or sign in _MASKS)
        return f"{int(self._digest(f'number:{kept}')[:12], 16) % 10**_MARK_DIGITS:08}"


def _count_digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _kept_places(row: Connection) -> Iterator[tuple[int, str, frozenset[Field]]]:
    for place, title in enumerate(row.titles):
        meaning = frozenset(field for field, at in row.columns.items() if at == place)
        if meaning & KEPT:
            yield place, without_identifiers(title), meaning & KEPT


def _titles_left_out(file: AttendanceFile) -> Iterable[str]:
    """Name the columns that hold something and stay outside."""
    found = dict.fromkeys(file.left_out)
    waiting: dict[tuple[int, int], dict[int, str]] = {}
    for row in file.connections:
        key = (id(row.header), id(row.columns))
        if key not in waiting:
            kept = {place for place, _title, _meaning in _kept_places(row)}
            waiting[key] = {
                place: title for place, title in enumerate(row.titles) if place not in kept
            }
        for place in [at for at in waiting[key] if at < len(row.cells) and row.cells[at].strip()]:
            found[waiting[key].pop(place)] = None
    return [without_identifiers(title)[:_LONGEST_TITLE] for title in found][:_MOST_TITLES]
