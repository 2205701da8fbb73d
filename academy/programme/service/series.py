"""Series: made with their weekly live sessions, changed, published, withdrawn, cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from academy.db import session, transaction
from academy.programme import letters
from academy.programme.errors import SlugTakenError
from academy.programme.models import LiveSession, Series
from academy.programme.rules import (
    check_capacity,
    check_minutes,
    check_slug,
    check_title,
    check_weeks,
    check_zone,
)
from academy.programme.service.live_sessions import (
    change_capacity,
    make_live_sessions,
)
from academy.programme.service.locks import lock_series
from academy.programme.weekly import weekly_starts
from academy.security import audit


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFacts:
    """What an organiser may change of a series at any time; None leaves a thing as it is."""

    title: str | None = None
    summary: str | None = None
    description: str | None = None
    language: str | None = None
    illustrative: str | None = None
    citations: list[Any] | None = None


def create_series(
    slug: str, title: str, *, zone: str, first_start: datetime, minutes: int, weeks: int,
    capacity: int | None = None, published: bool = True, facts: SeriesFacts | None = None,
    registration_closes_at: datetime | None = None, created_by: int | None = None,
) -> Series:  # fmt: skip
    """Create a series with live sessions SLUG-1 … SLUG-n, one a week, and return it.

    `first_start` is naive: the hour on the clocks of `zone`, which stays the same every week.
    `capacity` holds for each live session; None is without limit.

    Raises BadSlugError, SlugTakenError, BadTitleError, UnknownZoneError, BadLengthError,
    BadWeeksError, BadCapacityError, StartMissingError.
    """
    check_plan(slug, title, zone=zone, minutes=minutes, weeks=weeks, capacity=capacity)
    starts = weekly_starts(first_start, zone, weeks)
    with transaction():
        series = Series(
            slug=slug, title=title.strip(), zone=zone, capacity=capacity, created_by=created_by,
            status="published" if published else "draft",
            registration_closes_at=registration_closes_at,
        )  # fmt: skip
        _apply(series, facts or SeriesFacts())
        _add(series)
        make_live_sessions(series, starts, minutes)
        audit.note("series.create", f"series:{slug}", actor_id=created_by, weeks=weeks)
    return series


def check_plan(
    slug: str, title: str, *, zone: str, minutes: int, weeks: int, capacity: int | None
) -> None:
    """Raise the error of the first thing that cannot be; a slug may still turn out to be taken."""
    check_slug(slug)
    check_title(title)
    check_zone(zone)
    check_minutes(minutes)
    check_weeks(weeks)
    check_capacity(capacity)


def _add(series: Series) -> None:
    if session.scalar(select(Series.id).where(Series.slug == series.slug)) is not None:
        raise SlugTakenError(series.slug)
    session.add(series)
    try:
        session.flush()
    except IntegrityError as error:  # another organiser was faster by milliseconds
        raise SlugTakenError(series.slug) from error


def _apply(series: Series, facts: SeriesFacts) -> None:
    for name in SeriesFacts.__slots__:
        value = getattr(facts, name)
        if value is not None:
            setattr(series, name, value.strip() if isinstance(value, str) else value)


def change_series(
    series: Series, facts: SeriesFacts, *, capacity: int | None,
    registration_closes_at: datetime | None, changed_by: int | None = None,
) -> None:  # fmt: skip
    """Change words, capacity and end of registration.

    The capacity goes to the live sessions that had the series' own; more of it lets people in who
    wait. Raises BadTitleError, BadCapacityError, CapacityBelowTakenError.
    """
    if facts.title is not None:
        check_title(facts.title)
    check_capacity(capacity)
    with transaction():
        version = lock_series(series.id, for_words=True)
        if facts.title is not None and facts.title.strip() != series.title:
            _move_calendar_entries(series.id)
        _apply(series, facts)
        series.registration_closes_at = registration_closes_at
        for each in _with_capacity(series, series.capacity):
            change_capacity(each, capacity, version)
        series.capacity = capacity
        audit.note("series.change", f"series:{series.slug}", actor_id=changed_by)


def _move_calendar_entries(series_id: int) -> None:
    """Let calendars take the entries anew: each is called by its series."""
    statement = update(LiveSession).where(LiveSession.series_id == series_id)
    session.execute(statement.values(sequence=LiveSession.sequence + 1))


def _with_capacity(series: Series, capacity: int | None) -> Sequence[LiveSession]:
    statement = (
        select(LiveSession)
        .where(LiveSession.series_id == series.id)
        .order_by(LiveSession.id)
        .execution_options(populate_existing=True)
    )
    return [each for each in session.scalars(statement) if each.capacity == capacity]


def publish_series(series: Series, *, published_by: int | None = None) -> None:
    """Show the series and its live sessions to everybody."""
    _set_status(series, "draft", "published", "series.publish", published_by)


def withdraw_series(series: Series, *, withdrawn_by: int | None = None) -> None:
    """Make the series a draft again: organisers only see it; registrations stand."""
    _set_status(series, "published", "draft", "series.withdraw", withdrawn_by)


def _set_status(series: Series, old: str, new: str, action: str, actor_id: int | None) -> None:
    with transaction():
        lock_series(series.id, for_words=True)
        session.refresh(series)
        if series.status != old:
            return
        series.status = new
        for each in series.live_sessions:
            if each.status == old:
                each.status = new
        audit.note(action, f"series:{series.slug}", actor_id=actor_id)


def cancel_series(series: Series, *, cancelled_by: int | None = None) -> None:
    """Call off all live sessions that have not ended, and tell everybody who is registered."""
    with transaction():
        lock_series(series.id, for_words=True)
        session.refresh(series)
        if series.status == "cancelled":
            return
        series.status = "cancelled"
        for each in series.live_sessions:
            if not each.is_over:
                each.status = "cancelled"
                each.sequence += 1
        letters.write_series_cancelled(series)
        audit.note("series.cancel", f"series:{series.slug}", actor_id=cancelled_by)
