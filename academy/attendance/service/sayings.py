"""What each file said of an identity, so that a file taken back leaves nothing behind.

Most identities stand in one file, or are described alike by all that know them: then what they are
is all that was said, and nothing is kept here. Once a file says something else, what each of them
said is kept, and the identity is always made anew from the files that stand.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import insert, select

from academy.attendance.models import AttendanceImport, Evidence, Identity, Saying
from academy.attendance.reading.files import FilePerson
from academy.attendance.service.hosts import DECLARED
from academy.db import in_parts, session, table_of

#: Roles that are kept as evidence and never counted as attendees.
NO_ATTENDEES = frozenset({"host", "panelist", "bot", "waiting", "collective"})


class Words(NamedTuple):
    """What one file says of somebody, or all that stand together."""

    shown_name: str
    names: list[Any]
    original_names: list[Any]
    email: str
    external_id: str
    role: str

    @property
    def excluded_because(self) -> str:
        """Why this is no attendee; empty for those who count."""
        return self.role if self.role in NO_ATTENDEES else ""


def words_of(person: FilePerson) -> Words:
    """Return what the file says of one identity."""
    return Words(
        shown_name=(person.name or "")[:300],
        names=list(person.names),
        original_names=list(person.original_names),
        email=(person.email or "")[:254],
        external_id=next(iter(person.external_ids), "")[:120],
        role=person.role,
    )


def note_sayings(record: AttendanceImport, said: Mapping[int, Words]) -> None:
    """Note what the file says of identities known before, where files do not all say the same.

    Call it before the evidence of the file is stored: what is there is of the earlier ones.
    """
    if not said:
        return
    known = _read_known(record.live_session_id)
    noted = _read_noted(record.live_session_id)
    told = {number for number, words in said.items() if number in noted or words != known[number]}
    fresh = told - noted
    rows = [_row(record.id, number, said[number]) for number in sorted(told)]
    rows += [
        _row(import_id, number, known[number])
        for import_id, number in (_read_sources(record.live_session_id) if fresh else ())
        if number in fresh
    ]
    if rows:
        session.execute(insert(table_of(Saying)), rows)


def apply_sayings(live_session_id: int) -> None:
    """Make each identity of which files say different things what those that stand say."""
    changed = {
        number: words
        for number, (is_now, words) in _read_standing(live_session_id).items()
        if is_now != words
    }
    for part in in_parts(changed):
        for identity in session.scalars(select(Identity).where(Identity.id.in_(part))):
            _change(identity, changed[identity.id])
    if changed:
        session.flush()


def _change(identity: Identity, words: Words) -> None:
    for name in ("shown_name", "names", "original_names", "email", "external_id"):
        setattr(identity, name, getattr(words, name))
    if identity.excluded_because != DECLARED or words.excluded_because:
        identity.role, identity.excluded_because = words.role, words.excluded_because


def _together(said: Iterable[Words]) -> Words:
    """The first file says who it is; every name is borne, and one who is a host anywhere is one."""
    files = list(said)
    return files[0]._replace(
        names=list(dict.fromkeys(name for words in files for name in words.names)),
        original_names=list(
            dict.fromkeys(name for words in files for name in words.original_names)
        ),
        role=next((words.role for words in files if words.excluded_because), files[0].role),
    )


_OF_IDENTITY = tuple(getattr(Identity, name) for name in Words._fields)
_OF_SAYING = tuple(getattr(Saying, name) for name in Words._fields)


def _read_known(live_session_id: int) -> dict[int, Words]:
    """Return what each identity is; whom the organiser declared a host is none by any file."""
    statement = select(Identity.id, Identity.excluded_because, *_OF_IDENTITY)
    rows = session.execute(statement.where(Identity.live_session_id == live_session_id))
    return {row[0]: _undeclared(row[1], Words(*row[2:])) for row in rows}


def _undeclared(because: str, words: Words) -> Words:
    return words._replace(role="attendee") if because == DECLARED else words


def _read_noted(live_session_id: int) -> set[int]:
    statement = (
        select(Saying.identity_id)
        .join(AttendanceImport, AttendanceImport.id == Saying.import_id)
        .where(AttendanceImport.live_session_id == live_session_id)
    )
    return set(session.scalars(statement))


def _read_sources(live_session_id: int) -> Iterator[tuple[Any, int]]:
    """Yield each file with each identity that it gave evidence of."""
    statement = (
        select(Evidence.import_id, Evidence.identity_id)
        .where(Evidence.live_session_id == live_session_id, Evidence.import_id.is_not(None))
        .distinct()
    )
    return ((row[0], row[1]) for row in session.execute(statement))


def _read_standing(live_session_id: int) -> dict[int, tuple[Words, Words]]:
    """Return what each identity with sayings is, and what the files that stand say it is."""
    statement = (
        select(Identity.id, Identity.excluded_because, *_OF_IDENTITY, *_OF_SAYING)
        .join(Saying, Saying.identity_id == Identity.id)
        .join(AttendanceImport, AttendanceImport.id == Saying.import_id)
        .where(
            AttendanceImport.live_session_id == live_session_id, AttendanceImport.state == "done"
        )
        .order_by(Identity.id, Saying.import_id)
    )
    is_now: dict[int, Words] = {}
    said: dict[int, list[Words]] = defaultdict(list)
    width = len(Words._fields)
    for number, because, *columns in session.execute(statement):
        is_now[number] = _undeclared(because, Words(*columns[:width]))
        said[number].append(Words(*columns[width:]))
    return {number: (is_now[number], _together(files)) for number, files in said.items()}


def _row(import_id: int, identity_id: int, words: Words) -> dict[str, Any]:
    return {"import_id": import_id, "identity_id": identity_id, **words._asdict()}
