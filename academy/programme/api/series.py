"""GET and POST /api/v1/series, GET and PATCH /api/v1/series/<slug>."""

from datetime import datetime
from typing import Any

from flask import url_for

from academy.db import transaction
from academy.lib.strict import Paging, make_cursor
from academy.people.models import Person
from academy.programme import service
from academy.programme.api.calls import calls, get_series, in_words
from academy.programme.api.shapes import NewSeries, SeriesAnswer, SeriesChange, SeriesPage
from academy.programme.listing import page_of_series
from academy.programme.models import Series
from academy.programme.policy import RUNNERS
from academy.security.api import say_location
from academy.security.problems import refuse

FACTS = ("title", "summary", "description", "language")


@calls.get("/series", scope="series:read")
def list_series(caller: Person, query: Paging) -> SeriesPage:
    """List the series, in the order in which they were created."""
    found, more = page_of_series(caller, query.after, query.limit)
    return SeriesPage(
        items=[show(each) for each in found], next=make_cursor(found[-1].id) if more else None
    )


@calls.post("/series", scope="series:write", refuses=(409,), roles=RUNNERS)
def create_series(caller: Person, body: NewSeries) -> SeriesAnswer:
    """Create a series with its weekly live sessions."""
    with in_words():
        created = service.create_series(
            body.slug, body.title, zone=body.zone, minutes=body.minutes, weeks=body.weekly,
            first_start=datetime.fromisoformat(body.starts), capacity=body.capacity,
            published=body.published, created_by=caller.id,
            facts=service.SeriesFacts(
                summary=body.summary, description=body.description, language=body.language
            ),
        )  # fmt: skip
    say_location(url_for("programme_api.show_series", slug=created.slug))
    return show(created)


@calls.get("/series/<slug>", scope="series:read")
def show_series(caller: Person, slug: str) -> SeriesAnswer:
    """Show one series."""
    return show(get_series(slug, caller))


@calls.patch("/series/<slug>", scope="series:write", refuses=(409,), roles=RUNNERS)
def change_series(caller: Person, slug: str, body: SeriesChange) -> SeriesAnswer:
    """Change what is given of a series; cancelling cannot be taken back."""
    series = get_series(slug, caller)
    given = body.model_dump(exclude_unset=True)
    with in_words(), transaction():
        _change_facts(series, given, caller)
        _change_status(series, given.get("status"), caller)
    return show(series)


def _change_facts(series: Series, given: dict[str, Any], caller: Person) -> None:
    """Null for capacity and end of registration means "without"; for words it means nothing."""
    if not given.keys() - {"status"}:
        return
    service.change_series(
        series, service.SeriesFacts(**{name: given.get(name) for name in FACTS}),
        capacity=given.get("capacity", series.capacity),
        registration_closes_at=given.get("registration_closes_at", series.registration_closes_at),
        changed_by=caller.id,
    )  # fmt: skip


def _change_status(series: Series, status: str | None, caller: Person) -> None:
    if series.status == "cancelled" and status not in {None, "cancelled"}:
        refuse(409, "cancelled", "The series was cancelled", "It stays so; create another.")
    if status == "published":
        service.publish_series(series, published_by=caller.id)
    elif status == "draft":
        service.withdraw_series(series, withdrawn_by=caller.id)
    elif status == "cancelled":
        service.cancel_series(series, cancelled_by=caller.id)


def show(series: Series) -> SeriesAnswer:
    """Return the series as the API tells it."""
    return SeriesAnswer(
        slug=series.slug,
        title=series.title,
        summary=series.summary,
        description=series.description,
        zone=series.zone,
        language=series.language,
        status=series.status,
        capacity=series.capacity,
        registration_closes_at=series.registration_closes_at,
        created_at=series.created_at,
        illustrative=series.illustrative,
    )
