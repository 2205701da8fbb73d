"""How long the people of a series are kept: set, put off, shown beforehand, and carried out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from academy.db import now, overwrite_deleted, session, transaction
from academy.people.models import EmailAddress, Person, RoleGrant
from academy.people.service.erasing import forget_people, forgettable
from academy.programme.letters import write_retention_due
from academy.programme.models import Series
from academy.programme.policy import RUNNERS
from academy.programme.ports import freeze_figures, keepers
from academy.programme.retention_dates import WARNING, due_at
from academy.programme.rules import check_retention
from academy.programme.service.forgetting import (
    count_kept,
    count_places,
    count_registrants,
    forget_registrations,
    people_of,
)
from academy.programme.service.locks import lock_series
from academy.security import audit

#: So much longer people are kept when an organiser puts it off.
PUT_OFF = timedelta(days=90)
A_DAY = timedelta(days=1)

#: "due" and "waits" are what a dry run says of series of which nothing is done now.
Action = Literal["warned", "anonymised", "due", "waits"]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would go, and when."""

    due_at: datetime | None
    people: int
    #: Of these, those who are kept for something else: an account, a role, another series.
    kept: int
    #: What is deleted, in numbers by name.
    deleted: dict[str, int]

    @property
    def erased(self) -> int:
        """How many persons go altogether."""
        return self.people - self.kept


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done about one series; with a dry run, what would be."""

    series: str
    action: Action
    due_at: datetime
    people: int
    erased: int
    deleted: dict[str, int]


def set_retention(series: Series, months: int | None, *, changed_by: int | None = None) -> None:
    """Keep people for so many months after the last live session; None keeps them.

    However short the time, nobody is forgotten before 30 days have passed, in which organisers
    can see what is coming. Raises BadRetentionError, SeriesAnonymisedError.
    """
    check_retention(months)
    with transaction():
        lock_series(series.id)
        session.refresh(series)
        series.retention_months = months
        series.retention_not_before = None if months is None else now() + WARNING
        audit.note("series.retention", f"series:{series.slug}", actor_id=changed_by, months=months)


def put_off_retention(series: Series, *, changed_by: int | None = None) -> None:
    """Keep people for three months longer than they would be kept, and at least from today on."""
    with transaction():
        lock_series(series.id)
        session.refresh(series)
        due = due_at(series)
        if due is not None:
            series.retention_not_before = max(due, now()) + PUT_OFF
            audit.note("series.retention_put_off", f"series:{series.slug}", actor_id=changed_by)


def preview_retention(series: Series) -> Preview:
    """Count what would go if the people of the series were forgotten now; nothing changes."""
    people = _everybody_of(series.id)
    unneeded = forgettable(people, series.id)
    return Preview(due_at(series), len(people), len(people) - len(unneeded), _count(series.id))


def _everybody_of(series_id: int) -> set[int]:
    return people_of(series_id).union(*(keeper.people(series_id) for keeper in keepers()))


def _count(series_id: int) -> dict[str, int]:
    counted = count_kept(series_id)
    for keeper in keepers():
        counted |= keeper.count(series_id)
    return counted


def run_retention(at: datetime | None = None, *, dry_run: bool = False) -> list[Outcome]:
    """Warn of and forget whatever is due at that moment; each series is a transaction of its own.

    Running it twice, two at once, or again after it was killed comes to the same. Where one fails,
    the others are dealt with before the error is raised.
    """
    at = (at or now()).astimezone(UTC)
    outcomes: list[Outcome] = []
    faults: list[Exception] = []
    for series in _with_retention():
        try:
            outcome = _deal_with(series, at, dry_run=dry_run)
        except Exception as error:  # noqa: BLE001  one series must not keep the others waiting
            faults.append(error)
        else:
            outcomes += [outcome] if outcome else []
    if faults:
        raise faults[0]
    return outcomes


def drop_files(at: datetime | None = None) -> int:
    """Let higher areas empty files that nobody needs any more then; return how many."""
    at = (at or now()).astimezone(UTC)
    return sum(keeper.drop_files(at) for keeper in keepers())


def _with_retention() -> Sequence[Series]:
    statement = (
        select(Series)
        .where(Series.retention_months.is_not(None), Series.anonymised_at.is_(None))
        .order_by(Series.id)
        .options(selectinload(Series.live_sessions))
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).all()


def _deal_with(series: Series, at: datetime, *, dry_run: bool) -> Outcome | None:
    due = due_at(series)
    if due is None:
        return None
    if dry_run:
        return _foresee(series, due, "due" if at >= due else "waits")
    if at >= due and series.retention_warned_for == due:
        return _anonymise(series.id, at)
    return _warn(series, due, at) if at >= due - WARNING else None


def _foresee(series: Series, due: datetime, action: Action) -> Outcome:
    seen = preview_retention(series)
    return Outcome(series.slug, action, due, seen.people, seen.erased, seen.deleted)


def _warn(series: Series, due: datetime, at: datetime) -> Outcome | None:
    """Write to those who run series, once for each day on which it would happen.

    Nobody is forgotten less than 30 days after the warning: where it is late (nothing ran, or the
    last live session moved back), the day moves.
    """
    with transaction():
        is_first = series.retention_warned_for != due
        if is_first and due - at < WARNING - A_DAY:
            series.retention_not_before = due = at + WARNING
        series.retention_warned_for = due
        written = write_retention_due(series, due, _who_runs_series())
        session.flush()
    return Outcome(series.slug, "warned", due, 0, 0, {}) if written or is_first else None


def _who_runs_series() -> Sequence[tuple[int, str]]:
    statement = (
        select(Person.id, EmailAddress.address)
        .join(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role.in_(RUNNERS), Person.disabled_at.is_(None))
        .distinct()
        .order_by(Person.id)
    )
    return [(person_id, address) for person_id, address in session.execute(statement)]


def _anonymise(series_id: int, at: datetime) -> Outcome | None:
    """Freeze the figures, then forget whoever stands in the series: all of it or nothing."""
    with transaction():
        lock_series(series_id, for_words=True)
        overwrite_deleted()
        series = session.get_one(Series, series_id, populate_existing=True)
        due = due_at(series)
        is_warned = due is not None and series.retention_warned_for == due
        if series.anonymised_at is not None or due is None or at < due or not is_warned:
            return None  # somebody was quicker, or put it off meanwhile
        people, deleted = _everybody_of(series_id), _count(series_id)
        series.frozen = {
            "as_of": at.isoformat(),
            "registrants": count_registrants(series_id),
            "places": count_places(series_id),
            **freeze_figures(series_id, at),
        }
        series.anonymised_at = at
        for keeper in keepers():
            keeper.forget(series_id)
        forget_registrations(series_id)
        session.flush()
        session.expire_all()
        erased = forget_people(people)
        audit.note("series.anonymised", f"series:{series.slug}", people=len(people), erased=erased)
        return Outcome(series.slug, "anonymised", due, len(people), erased, deleted)
