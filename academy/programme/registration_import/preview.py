"""What an organiser looks at before and after an import: columns, rows as understood, reasons."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from academy.db import session, transaction
from academy.lib.tables import Row, Table, read_table
from academy.people.models import Person
from academy.programme.formats.entries import Entry, RegistrationFile
from academy.programme.formats.headings import Role
from academy.programme.formats.reading import read_registrations
from academy.programme.models import RegistrationImport, Series
from academy.programme.registration_import.decisions import in_order
from academy.programme.registration_import.importing import Report, import_registrations
from academy.programme.registration_import.records import chosen_columns, chosen_dates
from academy.programme.registration_import.refused import rows_to_mend
from academy.security import audit

_SAMPLE = 5
_LONGEST_TITLE = 60
_HALVES: tuple[Role, Role] = ("first_name", "last_name")


@dataclass(frozen=True)
class Column:
    """One column of the file: its number from 1, its heading, what it holds, its first value."""

    number: int
    title: str
    role: Role | None
    example: str


@dataclass(frozen=True)
class Repeated:
    """Somebody who answered more than once: the rows that are replaced, and the one that counts."""

    last: Entry
    replaced: tuple[int, ...]


@dataclass(frozen=True)
class Preview:
    """What would happen if the file were imported now."""

    file: RegistrationFile
    report: Report
    columns: tuple[Column, ...]
    #: Who answered more than once.
    repeated: tuple[Repeated, ...]

    @property
    def sample(self) -> tuple[Entry, ...]:
        """The first rows as they are understood."""
        return self.file.entries[:_SAMPLE]

    @property
    def questions(self) -> tuple[Role, ...]:
        """What nobody can tell: at most the e-mail address, the name and the country."""
        return tuple(question.role for question in self.file.columns.questions)

    def candidates_for(self, role: Role) -> tuple[Column, ...]:
        """Return the columns to choose from: all, or those in question."""
        for question in self.file.columns.questions:
            if question.role == role:
                return tuple(self.columns[place] for place in question.candidates)
        return self.columns

    @property
    def has_halves(self) -> bool:
        """Whether the name is put together from a first and a last name."""
        return any(role in self.file.columns.places for role in _HALVES)

    def number_of(self, role: Role) -> int | None:
        """Return the number from 1 of the column that holds `role`."""
        place = self.file.columns.places.get(role)
        return None if place is None else place + 1


def look_at(record: RegistrationImport) -> Preview:
    """Read the kept file and say what it would change; may raise FileRefused."""
    table = _table_of(record)
    file = read_registrations(table, chosen_columns(record), chosen_dates(record))
    report = import_registrations(record.series, file, dry_run=True)
    repeated = tuple(_repeated_in(file, ZoneInfo(record.series.zone)))
    return Preview(file, report, _columns_of(file, table), repeated)


def _table_of(record: RegistrationImport) -> Table:
    return read_table(record.file.content, record.file.name)


def _columns_of(file: RegistrationFile, table: Table) -> tuple[Column, ...]:
    roles = {place: role for role, place in file.columns.places.items()}
    first_rows = [row for row in table.rows if row.number >= file.first_row][:_SAMPLE]
    return tuple(
        Column(at + 1, _short(file.title_of(at)), roles.get(at), _example(first_rows, at))
        for at in range(file.width)
    )


def _example(rows: Sequence[Row], place: int) -> str:
    values = (row.cells[place].strip() for row in rows if place < len(row.cells))
    return _short(" ".join(next(filter(None, values), "").split()))


def _repeated_in(file: RegistrationFile, zone: ZoneInfo) -> Iterator[Repeated]:
    """Tickets are not answers: who bought several has not answered again."""
    answered: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in file.entries:
        if not entry.attendee:
            answered[entry.normal].append(entry)
    for entries in answered.values():
        if len(entries) > 1:
            *earlier, last = in_order(entries, zone)
            yield Repeated(last, tuple(entry.row for entry in earlier))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_TITLE else text[:_LONGEST_TITLE] + "…"


def write_refused(record: RegistrationImport, actor_id: int) -> bytes:
    """Return the refused rows as a file to mend; the log keeps who took them.

    Of a file that was imported they are all that is left, and after a week nothing is.
    """
    with transaction():
        audit.note("refused_rows.exported", f"registration_import:{record.id}", actor_id=actor_id)
    if record.state == "done":
        return record.file.content
    return rows_to_mend(
        record.file.content, record.file.name, chosen_columns(record), chosen_dates(record)
    )


def find_import(series: Series, import_id: int) -> RegistrationImport | None:
    """Return one import of a series with its file; one statement, without the content."""
    statement = (
        select(RegistrationImport)
        .where(RegistrationImport.id == import_id, RegistrationImport.series_id == series.id)
        .options(joinedload(RegistrationImport.file), joinedload(RegistrationImport.series))
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).one_or_none()


@dataclass(frozen=True)
class Earlier:
    """One import of the list: the record, and who gave the file."""

    record: RegistrationImport
    by: str


def list_imports(series: Series) -> list[Earlier]:
    """Return the imports of a series, the newest first, each with who gave it; one statement."""
    statement = (
        select(RegistrationImport, Person.name)
        .outerjoin(Person, Person.id == RegistrationImport.created_by)
        .where(RegistrationImport.series_id == series.id)
        .options(joinedload(RegistrationImport.file))
        .order_by(RegistrationImport.id.desc())
        .limit(50)
    )
    return [Earlier(record, name or "") for record, name in session.execute(statement)]
