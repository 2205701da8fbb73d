"""The desk's page on how long the people of a series are kept, and what goes then."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.programme.desk_forms import RetentionForm
from academy.programme.errors import ProgrammeError
from academy.programme.models import Series
from academy.programme.retention_dates import last_end
from academy.programme.service.retention import (
    preview_retention,
    put_off_retention,
    set_retention,
)
from academy.programme.views.blueprint import pages
from academy.programme.views.form_errors import put_error
from academy.programme.views.reader import load_series, signed_in
from academy.security.wall import staff_only


@pages.get("/desk/series/<slug>/retention")
@staff_only("organiser")
def desk_retention(slug: str) -> ResponseReturnValue:
    """Show how long people are kept, and what would go."""
    series = load_series(slug)
    return _show(series, RetentionForm(months=series.retention_months))


def _show(series: Series, form: RetentionForm) -> ResponseReturnValue:
    page = render_template(
        "programme/desk_retention.html", series=series, form=form, ends_at=last_end(series),
        preview=None if series.anonymised_at else preview_retention(series),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@pages.post("/desk/series/<slug>/retention")
@staff_only("organiser")
def desk_set_retention(slug: str) -> ResponseReturnValue:
    """Keep people for so many months after the last live session."""
    series, form = load_series(slug), RetentionForm()
    if not form.validate_on_submit():
        return _show(series, form)
    try:
        set_retention(series, form.months.data, changed_by=signed_in().id)
    except ProgrammeError as error:
        put_error(form, error)
        return _show(series, form)
    flash(_("Saved."))
    return redirect(url_for(".desk_retention", slug=slug), 303)


@pages.post("/desk/series/<slug>/retention/later")
@staff_only("organiser")
def desk_put_off_retention(slug: str) -> ResponseReturnValue:
    """Keep people three months longer."""
    put_off_retention(load_series(slug), changed_by=signed_in().id)
    flash(_("Put off by three months."))
    return redirect(url_for(".desk_retention", slug=slug), 303)
