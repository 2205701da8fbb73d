"""The mail of news: which of what was gathered may still be told, and how it reads."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from academy.db import now, session, transaction
from academy.i18n.zones import is_zone, zone_of
from academy.messaging import post_office
from academy.messaging.choosing import choices_path
from academy.messaging.kinds import DIGEST
from academy.messaging.letters import ENGLISH, Letter, Reader, language_of, write_letter
from academy.messaging.models import MailChoices, Notice
from academy.messaging.notices import Part, Said, Waiting, kind_of, kinds
from academy.messaging.ports import Due
from academy.messaging.quiet import Quiet, end_of_quiet, is_deep
from academy.people.models import Person

NOTHING_LEFT = "there is nothing to tell any more"
#: So many bytes of news fit into a mail of 30 kB with its HTML twin, in any script.
MOST_BYTES = 7_000
#: Longer titles and texts are cut: the page has the whole.
LONGEST_TITLE, LONGEST_TEXT = 150, 400
#: Stands in a preview where the reader's own way to their choices would.
SECRET_CHOICES = "/mail/…"  # noqa: S105  it is none


def occasion_of(first: int) -> str:
    """Return the occasion of a mail, by the number of its first notice."""
    return f"{DIGEST}:{first}"


def find_outdated(due: Sequence[Due]) -> Mapping[int, str]:
    """Return which mails have no news left to tell; four statements, and those of the gates."""
    ours = [one for one in due if one.kind == DIGEST]
    if not ours:
        return {}
    with transaction():
        told = _Telling(ours)
    return {one.id: NOTHING_LEFT for one in ours if not told.news_of(one)}


def write_digests(due: Sequence[Due]) -> Mapping[int, Letter]:
    """Return the letters with what may be told now, in the order in which it happened."""
    told = _Telling(due)
    return {one.id: _write(told.people[one.person_id], told.news_of(one)) for one in due}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A notice with its words."""

    said: Said
    path: str
    happened_at: datetime
    #: How many of its parts had no room.
    left_out: int = 0

    @property
    def size(self) -> int:
        return _size(self.said.title, self.said.text, self.path) + sum(
            _size(part.title, part.text, part.path) for part in self.said.parts
        )

    def within(self, room: int) -> "_Piece":
        """Return it with as many of its parts as fit into so many bytes, one at least."""
        piece = self
        while piece.size > room and len(piece.said.parts) > 1:
            said = replace(piece.said, parts=piece.said.parts[:-1])
            piece = replace(piece, said=said, left_out=piece.left_out + 1)
        return piece


def _size(*words: str) -> int:
    # An address stands there twice, and its lines have marks of their own.
    return len("".join(words).encode()) + 120


class _Telling:
    """Everything that is to be known about one batch of mails."""

    def __init__(self, due: Sequence[Due]) -> None:
        self.people = _read_people({one.person_id for one in due})
        firsts = [int(one.occasion.partition(":")[2]) for one in due]
        statement = select(Notice).where(Notice.digest.in_(firsts), Notice.told_at.is_(None))
        self.notices = session.scalars(statement.order_by(Notice.happened_at, Notice.id)).all()
        self.said = self._ask()

    def _ask(self) -> dict[int, Said]:
        """Ask each kind once what may be told, and in which words."""
        said: dict[int, Said] = {}
        for name in {one.kind for one in self.notices} & {kind.name for kind in kinds()}:
            said.update(self._ask_one(name))
        return said

    def _ask_one(self, name: str) -> dict[int, Said]:
        kind = kind_of(name)
        ours = {
            one.id: one
            for one in self.notices
            if one.kind == name
            and one.person_id in self.people
            and kind.concerns(self.people[one.person_id])
        }
        open_ones = kind.gate([self._waiting(one) for one in ours.values()]) if ours else set()
        left = [one for one in ours.values() if one.id in open_ones]
        if kind.writer is not None:
            return dict(kind.writer([self._waiting(one) for one in left])) if left else {}
        return {one.id: _pick(one, self._language(one)) for one in left if one.words}

    def _waiting(self, one: Notice) -> Waiting:
        return Waiting(one.id, one.person_id, one.occasion, self._language(one), one.facts)

    def _language(self, one: Notice) -> str:
        return language_of(DIGEST, self.people[one.person_id].language)

    def news_of(self, due: Due) -> list[_Piece]:
        """Return what one mail has to tell."""
        first = int(due.occasion.partition(":")[2])
        return [
            _Piece(_short(self.said[one.id]), one.path, one.happened_at)
            for one in self.notices
            if one.digest == first and one.person_id == due.person_id and one.id in self.said
        ]


def _read_people(person_ids: set[int]) -> dict[int, Person]:
    statement = select(Person).options(selectinload(Person.roles)).where(Person.id.in_(person_ids))
    return {one.id: one for one in session.scalars(statement)}


def _pick(notice: Notice, language: str) -> Said:
    """Return the words of the language, else English, else what there is."""
    words = notice.words
    return Said(*(words.get(language) or words.get(ENGLISH) or next(iter(words.values()))))


def _short(said: Said) -> Said:
    parts = [
        Part(_cut(one.title, LONGEST_TITLE), _cut(one.text, LONGEST_TEXT), one.path)
        for one in said.parts
    ]
    return Said(_cut(said.title, LONGEST_TITLE), _cut(said.text, LONGEST_TEXT), parts)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def preview_digest(person: Person, language: str, said: Said, path: str, at: datetime) -> Letter:
    """Return the mail that a person of this language would read of one piece of news alone.

    Whoever looks at a preview is not its reader, so the way to the reader's choices is left out.
    """
    letter = _write(person, [_Piece(_short(said), path, at)], language)
    return replace(letter, text=letter.text.replace(choices_path(person.id), SECRET_CHOICES))


def _write(person: Person, news: Sequence[_Piece], language: str = "") -> Letter:
    zone = person.zone if is_zone(person.zone) else "UTC"
    shown = _fitting(news)
    pieces = [
        {"title": one.said.title, "text": one.said.text, "path": one.path, "at": one.happened_at,
         "parts": [asdict(part) for part in one.said.parts], "left_out": one.left_out}
        for one in shown
    ]  # fmt: skip
    reader = Reader(person.greeting, language or person.language, zone, person.id)
    values = {"news": pieces, "count": len(news), "more": len(news) - len(shown), "zone": zone}
    return write_letter(DIGEST, reader, post_office.current().base_url, values)


def _fitting(news: Sequence[_Piece]) -> list[_Piece]:
    """Return the first of them, as many as fit into one mail."""
    fitting: list[_Piece] = []
    room = MOST_BYTES
    for one in news:
        fitted = one.within(room)
        room -= fitted.size
        if room < 0:
            return fitting
        fitting.append(fitted)
    return fitting


def find_sleeping(due: Sequence[Due], at: datetime | None = None) -> Mapping[int, datetime]:
    """Return whose reader sleeps, and when the quiet hours end; one statement for them all.

    Mails of news are planned outside of them; a worker that stood still, or another try, may
    bring one there all the same.
    """
    at = at or now()
    ours = [one for one in due if one.kind == DIGEST]
    if not ours:
        return {}
    statement = (
        select(Person.id, Person.zone, MailChoices.quiet_begins, MailChoices.quiet_ends)
        .outerjoin(MailChoices, MailChoices.person_id == Person.id)
        .where(Person.id.in_({one.person_id for one in ours}))
    )
    with transaction():
        readers = {
            row[0]: (row[1], Quiet() if row[2] is None else Quiet(row[2], row[3]))
            for row in session.execute(statement)
        }
    found: dict[int, datetime] = {}
    for one in ours:
        name, quiet = readers.get(one.person_id, ("", Quiet()))
        if is_deep(at, zone_of(name), quiet):
            found[one.id] = end_of_quiet(at, zone_of(name), quiet)
    return found
