"""News of open objections, handed over every hour to whoever answers them or keeps the country."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from academy.attendance.models import Objection
from academy.attendance.policy import KEEPERS
from academy.db import now, session
from academy.messaging.notices import News, Said, Waiting
from academy.messaging.service import hand_over_notices
from academy.people.models import Person, RoleGrant
from academy.programme.models import LiveSession

KIND = "objections"
#: What was said longer ago was told of; who looks for it finds it on the desk.
_RECENT = timedelta(days=2)
#: (language, whether it is one person): the title, then what to do about it.
_WORDS = {
    "en": (
        "{count} people say that their attendance of {title} is not right",
        "One person says that their attendance of {title} is not right",
        "Each waits for an answer.",
    ),
    "id": (
        "{count} orang mengatakan bahwa kehadiran mereka di {title} tidak benar",
        "Satu orang mengatakan bahwa kehadirannya di {title} tidak benar",
        "Masing-masing menunggu jawaban.",
    ),
}


class _Fresh(NamedTuple):
    """What is open of the people of one country about one live session."""

    live_session_id: int
    slug: str
    country: str | None
    last_id: int
    last_at: datetime


def tell_of_objections() -> int:
    """Hand over what is open since yesterday; return how much of it was news.

    Asked every hour, so that nobody hears of objections more often; what was handed over before is
    not handed over again until somebody says something new.
    """
    fresh = _read_fresh(now() - _RECENT)
    return hand_over_notices(_news_of(fresh)) if fresh else 0


def _read_fresh(since: datetime) -> Sequence[_Fresh]:
    statement = (
        select(
            LiveSession.id, LiveSession.slug, Person.country,
            func.max(Objection.id), func.max(Objection.changed_at),
        )
        .join(LiveSession, LiveSession.id == Objection.live_session_id)
        .join(Person, Person.id == Objection.person_id)
        .where(Objection.state == "open", Objection.changed_at > since)
        .group_by(LiveSession.id, LiveSession.slug, Person.country)
        .order_by(LiveSession.id, Person.country)
    )  # fmt: skip
    return [_Fresh(*row) for row in session.execute(statement)]


def _news_of(fresh: Sequence[_Fresh]) -> Iterable[News]:
    for person_id, countries in _read_readers().items():
        for slug, group in _by_live_session(fresh, countries).items():
            last = max(group, key=lambda one: one.last_at)
            yield News(
                person_id=person_id,
                kind=KIND,
                occasion=f"objections:{last.live_session_id}:{last.last_id}:{last.last_at:%Y%m%d%H%M%S}",
                path=_path(slug, countries),
                happened_at=last.last_at,
                facts={"live_session": last.live_session_id},
            )


def _by_live_session(
    fresh: Sequence[_Fresh], countries: Collection[str] | None
) -> Mapping[str, list[_Fresh]]:
    found: dict[str, list[_Fresh]] = {}
    for one in fresh:
        if countries is None or one.country in countries:
            found.setdefault(one.slug, []).append(one)
    return found


def _path(slug: str, countries: Collection[str] | None) -> str:
    """Lead who answers to the answers, and a focal point to who came."""
    attendance = f"/desk/live-sessions/{slug}/attendance/"
    return attendance if countries is not None else f"{attendance}review/?show=objections"


def _read_readers(
    person_ids: Collection[int] | None = None,
) -> dict[int, frozenset[str] | None]:
    """Return who is to know, with the countries that a focal point is limited to; one statement."""
    statement = (
        select(Person.id, RoleGrant.role, RoleGrant.country)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role.in_((*KEEPERS, "focal_point")), Person.disabled_at.is_(None))
        .order_by(Person.id)
    )
    if person_ids is not None:
        statement = statement.where(Person.id.in_(person_ids))
    readers: dict[int, frozenset[str] | None] = {}
    for person_id, role, country in session.execute(statement):
        before = readers.get(person_id, frozenset())
        limited = None if role in KEEPERS or before is None else before | {country or ""}
        readers[person_id] = limited
    return readers


def find_open(waiting: Sequence[Waiting]) -> set[int]:
    """Return which of these still wait for an answer that the reader may know of."""
    return {number for number, count in _count(waiting).items() if count}


def write_news(waiting: Sequence[Waiting]) -> Mapping[int, Said]:
    """Say how many wait as the mail leaves; names stand on the desk only."""
    counts, titles = _count(waiting), _read_titles(waiting)
    return {
        one.id: _say(one.language, counts[one.id], titles[one.facts["live_session"]])
        for one in waiting
        if counts.get(one.id)
    }


def _say(language: str, count: int, title: str) -> Said:
    many, single, text = _WORDS.get(language, _WORDS["en"])
    return Said((single if count == 1 else many).format(count=count, title=title), text)


def _count(waiting: Sequence[Waiting]) -> dict[int, int]:
    """Return by notice how many objections are open; two statements."""
    readers = _read_readers({one.person_id for one in waiting})
    statement = (
        select(Objection.live_session_id, Person.country, func.count())
        .join(Person, Person.id == Objection.person_id)
        .where(
            Objection.live_session_id.in_({one.facts["live_session"] for one in waiting}),
            Objection.state == "open",
        )
        .group_by(Objection.live_session_id, Person.country)
    )
    rows = session.execute(statement).all()
    return {
        one.id: sum(
            number
            for live_session_id, country, number in rows
            if live_session_id == one.facts["live_session"]
            and _may_know(readers.get(one.person_id, frozenset()), country)
        )
        for one in waiting
    }


def _may_know(countries: Collection[str] | None, country: str | None) -> bool:
    return countries is None or country in countries


def _read_titles(waiting: Sequence[Waiting]) -> dict[int, str]:
    ids = {one.facts["live_session"] for one in waiting}
    statement = select(LiveSession.id, LiveSession.title).where(LiveSession.id.in_(ids))
    return {row[0]: row[1] for row in session.execute(statement)}
