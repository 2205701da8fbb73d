"""The desk's registrants of a series: found, sorted, and taken away as a file."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from academy.db import transaction
from academy.i18n.setup import country_in_words
from academy.lib.choices import options
from academy.lib.sheets import Cell, write_csv, write_xlsx
from academy.programme.desk_forms import RegistrantsFilterForm
from academy.programme.desk_queries import (
    Registrant,
    Search,
    all_registrants,
    find_registrants,
    list_countries,
    places_of,
)
from academy.programme.errors import NotRegisteredError
from academy.programme.listing import find_registration
from academy.programme.models import Series
from academy.programme.policy import can_run_series
from academy.programme.sentences import explain
from academy.programme.service import renew_link
from academy.programme.views.blueprint import pages
from academy.programme.views.reader import load_series, signed_in
from academy.security import audit
from academy.security.input import read_id
from academy.security.limits import limiter
from academy.security.wall import staff_only

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: How somebody came to be registered.
SOURCES = {
    "web": lazy_gettext("On the site"),
    "import": lazy_gettext("From a file"),
    "desk": lazy_gettext("By an organiser"),
    "api": lazy_gettext("By a programme"),
}


@pages.get("/desk/series/<slug>/registrants/")
@staff_only("organiser", "focal_point")
def desk_registrants(slug: str) -> str:
    """List who is registered, as far as the reader may see."""
    found = load_series(slug)
    form = _filter_form(found)
    page = read_id("page") or 1
    registrants = find_registrants(signed_in(), found.id, _search(form), page)
    return render_template(
        "programme/desk_registrants.html", series=found, form=form, found=registrants,
        previous_url=_same(slug, page=page - 1) if page > 1 else "",
        next_url=_same(slug, page=page + 1) if registrants.has_next else "",
        sources=SOURCES, may_import=can_run_series(signed_in()),
        csv_url=_same(slug, kind="csv"), xlsx_url=_same(slug, kind="xlsx"),
    )  # fmt: skip


def _filter_form(found: Series) -> RegistrantsFilterForm:
    form = RegistrantsFilterForm(request.args)
    codes = [code for code in list_countries(signed_in(), found.id) if code]
    known = sorted((country_in_words(code), code) for code in codes)
    words = {"": _("All"), **{code: country for country, code in known}, "unknown": _("Unknown")}
    form.country.choices = options(words)
    return form


def _search(form: RegistrantsFilterForm) -> Search:
    return Search((form.q.data or "").strip(), form.country.data or "", form.order.data or "newest")


def _same(slug: str, kind: str = "", page: int = 0) -> str:
    """The same filters on another page, or as a file."""
    kept = ("q", "country", "order")
    filters: dict[str, Any] = {name: request.args[name] for name in kept if name in request.args}
    if kind:
        return url_for(".desk_registrants_file", slug=slug, kind=kind, **filters)
    return url_for(".desk_registrants", slug=slug, page=page, **filters)


@pages.post("/desk/series/<slug>/registrants/<int:registration_id>/link")
@staff_only("organiser")
def desk_renew_link(slug: str, registration_id: int) -> ResponseReturnValue:
    """Make a new personal link for a registrant, who alone gets it, by mail."""
    registration = find_registration(signed_in(), load_series(slug).id, registration_id)
    if registration is None:
        abort(404)
    try:
        renew_link(registration, renewed_by=signed_in().id)
    except NotRegisteredError as error:
        flash(explain(error, _), "danger")
    else:
        name = registration.name_given or registration.person.name
        flash(_("%(name)s has a new link, sent by mail. The old one opens nothing any more.",
                name=name))  # fmt: skip
    return redirect(url_for(".desk_registrants", slug=slug))


@pages.get("/desk/series/<slug>/registrants.<kind>")
@staff_only("organiser", "focal_point")
@limiter.limit("30 per minute")  # type: ignore[untyped-decorator]
def desk_registrants_file(slug: str, kind: str) -> Response:
    """Give the registrants as a file; the log keeps who took how many."""
    if kind not in KINDS:
        abort(404)
    found = load_series(slug)
    people = all_registrants(signed_in(), found.id, _search(_filter_form(found)))
    questions = sorted({question for each in people for question in each.registration.answers})
    headings, rows = _headings(found, questions), _rows(found, people, questions)
    content = write_csv(headings, rows) if kind == "csv" else write_xlsx(found.slug, headings, rows)
    with transaction():
        audit.note(
            "registrations.export", f"series:{slug}", actor_id=signed_in().id, rows=len(people),
            kind=kind,
        )  # fmt: skip
    disposition = f'attachment; filename="{found.slug}-registrants.{kind}"'
    return Response(content, mimetype=KINDS[kind], headers={"Content-Disposition": disposition})


def _headings(found: Series, questions: list[str]) -> list[str]:
    return [
        "name", "address", "country", "country name", "organisation", "language", "time zone",
        "registered at (UTC)", "source", "agrees to recording", "wants reminders",
        *[each.slug for each in found.live_sessions], *questions,
    ]  # fmt: skip


def _rows(
    found: Series, people: Sequence[Registrant], questions: list[str]
) -> Iterator[list[Cell]]:
    places = places_of([each.registration.id for each in people])
    for each in people:
        one, person = each.registration, each.registration.person
        yield [
            one.name_given or person.name, each.address, person.country,
            country_in_words(person.country) if person.country else "", person.organisation,
            person.language, person.zone, f"{one.registered_at:%Y-%m-%d %H:%M:%S}", one.source,
            _yes_or_no(one.consents.get("recording")),
            _yes_or_no(one.consents.get("mail_reminders")),
            *[places.get((one.id, live.id), "") for live in found.live_sessions],
            *[str(one.answers.get(question, "")) for question in questions],
        ]  # fmt: skip


def _yes_or_no(consent: object) -> str:
    """A consent that nobody asked for is empty, which is neither yes nor no."""
    return "" if consent is None else ("yes" if consent else "no")
