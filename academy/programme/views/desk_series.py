"""The desk's series: finding, creating with a look at the dates, changing, publishing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.i18n.reader import reader_zone
from academy.programme import service
from academy.programme.desk_forms import (
    SeriesFilterForm,
    SeriesPlanForm,
    SeriesWordsForm,
    WeeksForm,
)
from academy.programme.desk_queries import count_places, count_standing, list_desk_series
from academy.programme.door import without_room
from academy.programme.errors import ProgrammeError
from academy.programme.forms import LeavingForm
from academy.programme.policy import can_run_series
from academy.programme.ports import count_objections
from academy.programme.retention_dates import soon_forgotten_at
from academy.programme.service.live_sessions import following_starts
from academy.programme.views.blueprint import pages
from academy.programme.views.form_errors import put_error
from academy.programme.views.reader import load_series, signed_in
from academy.programme.weekly import to_local, to_moment, weekly_starts
from academy.security.wall import staff_only


@dataclass(frozen=True, slots=True)
class Planned:
    """One of the dates that a form would make."""

    number: int
    starts_at: datetime


def _number(starts: Sequence[datetime], first: int = 1) -> list[Planned]:
    return [Planned(number, at) for number, at in enumerate(starts, start=first)]


@pages.get("/desk/series/")
@staff_only("organiser", "focal_point")
def desk_series() -> str:
    """List all series, drafts too, filtered by what the address says."""
    form = SeriesFilterForm(request.args)
    found = list_desk_series(signed_in(), (form.q.data or "").strip(), form.status.data or "")
    return render_template(
        "programme/desk_series.html", form=form, found=found, may_create=can_run_series(signed_in())
    )


@pages.route("/desk/series/new", methods=["GET", "POST"])
@staff_only("organiser")
def desk_new_series() -> ResponseReturnValue:
    """Create a series; first its dates are shown, in the organiser's zone and in UTC."""
    form = SeriesPlanForm(zone=reader_zone(fallback="Asia/Kuala_Lumpur"))
    if not form.validate_on_submit():
        return _show_plan(form, [])
    try:
        if request.form.get("do") == "create":
            return _create(form)
        return _show_plan(form, _dates_of(form))
    except ProgrammeError as error:
        put_error(form, error)
        return _show_plan(form, [])


def _show_plan(form: SeriesPlanForm, dates: list[Planned]) -> ResponseReturnValue:
    page = render_template("programme/desk_new_series.html", form=form, dates=dates)
    return page, 400 if form.errors else 200


def _dates_of(form: SeriesPlanForm) -> list[Planned]:
    service.check_plan(
        form.slug.data or "", form.title.data or "", zone=form.zone.data,
        minutes=cast("int", form.minutes.data), weeks=cast("int", form.weeks.data),
        capacity=form.capacity.data,
    )  # fmt: skip
    first = cast("datetime", form.starts.data)
    return _number(weekly_starts(first, form.zone.data, cast("int", form.weeks.data)))


def _create(form: SeriesPlanForm) -> ResponseReturnValue:
    made = service.create_series(
        form.slug.data or "", form.title.data or "", zone=form.zone.data,
        first_start=cast("datetime", form.starts.data), minutes=cast("int", form.minutes.data),
        weeks=cast("int", form.weeks.data), capacity=form.capacity.data, published=False,
        facts=form.facts(), created_by=signed_in().id,
        registration_closes_at=_moment(form.closes.data, form.zone.data),
    )  # fmt: skip
    flash(_("The draft stands. Publish it when you are content with it."))
    return redirect(url_for(".desk_one_series", slug=made.slug))


def _moment(local: datetime | None, zone: str) -> datetime | None:
    return to_moment(local, zone) if local else None


def _local(moment: datetime | None, zone: str) -> datetime | None:
    return to_local(moment, zone) if moment else None


@pages.get("/desk/series/<slug>/")
@staff_only("organiser", "focal_point")
def desk_one_series(slug: str) -> str:
    """Show one series with its live sessions, who has a place, and what can be done."""
    found = load_series(slug)
    return render_template(
        "programme/desk_one_series.html", series=found, counts=count_places(found),
        registrants=count_standing(found), may_change=can_run_series(signed_in()),
        forgotten_at=soon_forgotten_at(found),
        without_room=without_room(found.live_sessions),
        objections=count_objections(found.id) if can_run_series(signed_in()) else 0,
    )  # fmt: skip


@pages.route("/desk/series/<slug>/edit", methods=["GET", "POST"])
@staff_only("organiser")
def desk_edit_series(slug: str) -> ResponseReturnValue:
    """Change words and capacity."""
    found = load_series(slug)
    form = SeriesWordsForm(obj=found, closes=_local(found.registration_closes_at, found.zone))
    if form.validate_on_submit():
        try:
            service.change_series(
                found, form.facts(), capacity=form.capacity.data,
                registration_closes_at=_moment(form.closes.data, found.zone),
                changed_by=signed_in().id,
            )  # fmt: skip
        except ProgrammeError as error:
            put_error(form, error)
        else:
            flash(_("Saved."))
            return redirect(url_for(".desk_one_series", slug=slug))
    page = render_template("programme/desk_edit_series.html", series=found, form=form)
    return page, 400 if form.errors else 200


@pages.post("/desk/series/<slug>/publication")
@staff_only("organiser")
def desk_publication(slug: str) -> ResponseReturnValue:
    """Publish a draft, or withdraw what is published."""
    found = load_series(slug)
    if request.form.get("do") == "withdraw":
        service.withdraw_series(found, withdrawn_by=signed_in().id)
        flash(_("The series is a draft again. Registrations stand; only organisers see it."))
    else:
        service.publish_series(found, published_by=signed_in().id)
        flash(_("The series is published."))
    return redirect(url_for(".desk_one_series", slug=slug))


@pages.route("/desk/series/<slug>/weeks", methods=["GET", "POST"])
@staff_only("organiser")
def desk_weeks(slug: str) -> ResponseReturnValue:
    """Add more weeks; first their dates are shown."""
    found = load_series(slug)
    form, dates = WeeksForm(), list[Planned]()
    if form.validate_on_submit():
        try:
            if request.form.get("do") == "create":
                service.add_live_sessions(
                    found, cast("int", form.weeks.data), added_by=signed_in().id
                )
                flash(_("The weeks were added. Everybody who is registered has a place in them."))
                return redirect(url_for(".desk_one_series", slug=slug))
            last = found.live_sessions[-1]
            starts = following_starts(last, cast("int", form.weeks.data))
            dates = _number(starts, first=last.number + 1)
        except ProgrammeError as error:
            put_error(form, error)
    page = render_template("programme/desk_weeks.html", series=found, form=form, dates=dates)
    return page, 400 if form.errors else 200


@pages.route("/desk/series/<slug>/cancel", methods=["GET", "POST"])
@staff_only("organiser")
def desk_cancel_series(slug: str) -> ResponseReturnValue:
    """Call off a series, after saying how many people will be told."""
    found = load_series(slug)
    form = LeavingForm()
    if not form.validate_on_submit():
        return render_template(
            "programme/desk_cancel_series.html", series=found, form=form,
            told=count_standing(found),
        )  # fmt: skip
    service.cancel_series(found, cancelled_by=signed_in().id)
    flash(_("The series is called off, and everybody registered is told."))
    return redirect(url_for(".desk_one_series", slug=slug))
