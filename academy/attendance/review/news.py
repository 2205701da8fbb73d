"""News to organisers of names that a file brought and nobody knows yet, told while it is so."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from academy.attendance.models import Tally
from academy.attendance.policy import KEEPERS
from academy.attendance.service.naming_news import NAMES_TO_REVIEW
from academy.db import session
from academy.i18n.marks import marked as _
from academy.messaging.notices import NoticeKind, Said, Waiting
from academy.people.models import Person
from academy.programme.models import LiveSession, Series

#: In every language in which there are texts: one, or more than one; and what it is about.
_TITLES = {
    "en": ("1 name to look over: {title}", "{number} names to look over: {title}"),
    "id": ("1 nama untuk diperiksa: {title}", "{number} nama untuk diperiksa: {title}"),
}
_TEXTS = {
    "en": "An attendance file brought them, and nobody has said yet who they are. Until then "
    "nobody of this live session is told that they were missed.",
    "id": "Nama itu berasal dari berkas kehadiran, dan belum ada yang menyatakan siapa mereka. "
    "Sampai itu selesai, tidak ada yang diberi tahu bahwa ia tidak hadir di sesi langsung ini.",
}


def find_open(waiting: Sequence[Waiting]) -> set[int]:
    """Return what still waits for a decision; of one live session the newest only."""
    numbers = _read_unmatched(waiting)
    newest = {(one.person_id, one.facts["live_session"]): one.id for one in waiting}
    return {number for (_who, live_session), number in newest.items() if numbers.get(live_session)}


def write(waiting: Sequence[Waiting]) -> Mapping[int, Said]:
    """Say how many there are now."""
    numbers = _read_unmatched(waiting)
    titles = _read_titles(waiting)
    return {
        one.id: _say(one.language, numbers[there], titles[there])
        for one in waiting
        if (there := one.facts["live_session"]) in numbers
    }


def _say(language: str, number: int, title: str) -> Said:
    only, several = _TITLES[language]
    words = only if number == 1 else several
    return Said(words.format(number=number, title=title), _TEXTS[language])


def _read_unmatched(waiting: Sequence[Waiting]) -> dict[int, int]:
    """Return how many are unknown, by live session whose people are not forgotten."""
    statement = (
        select(Tally.live_session_id, Tally.unmatched)
        .join(LiveSession, LiveSession.id == Tally.live_session_id)
        .join(Series, Series.id == LiveSession.series_id)
        .where(
            Tally.live_session_id.in_({one.facts["live_session"] for one in waiting}),
            Series.anonymised_at.is_(None),
        )
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _read_titles(waiting: Sequence[Waiting]) -> dict[int, str]:
    numbers = {one.facts["live_session"] for one in waiting}
    statement = select(LiveSession.id, LiveSession.title).where(LiveSession.id.in_(numbers))
    return {row[0]: row[1] for row in session.execute(statement)}


def is_keeper(person: Person) -> bool:
    """Whether the person decides who somebody is."""
    return person.has_role(*KEEPERS)


KIND = NoticeKind(
    NAMES_TO_REVIEW,
    _("Names to look over"),
    _("When an attendance file brought people whom nobody knows yet."),
    find_open,
    is_keeper,
    writer=write,
)
