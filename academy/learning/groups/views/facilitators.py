"""The desk's page of who facilitates a series: named by address, removed, named again."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.learning.groups.forms import ButtonForm, FacilitatorForm
from academy.learning.groups.models import Facilitator
from academy.learning.groups.queries import find_facilitator, find_series, list_facilitators
from academy.learning.groups.service import (
    AlreadyNamed,
    name_again,
    name_facilitator,
    remove_facilitator,
)
from academy.learning.groups.views.blueprint import groups, signed_in
from academy.people.models import Person
from academy.people.queries import find_person_by_address
from academy.programme.models import Series
from academy.security.input import read_id
from academy.security.wall import staff_only

_PATH = "/desk/series/<slug>/facilitators/"


@groups.get(_PATH)
@staff_only("organiser")
def desk_facilitators(slug: str) -> ResponseReturnValue:
    """Show who facilitates the series, and the form to name one."""
    return _show(_load(slug), FacilitatorForm())


def _load(slug: str) -> Series:
    return find_series(slug) or abort(404)


def _show(series: Series, form: FacilitatorForm, status: int = 200) -> ResponseReturnValue:
    number = read_id("removed")
    removed = find_facilitator(series.id, number) if number else None
    page = render_template(
        "learning/groups/desk_facilitators.html", series=series, form=form,
        named=list_facilitators(series.id),
        removed=removed if removed is not None and removed.removed_at else None,
    )  # fmt: skip
    return page, status


@groups.post(_PATH)
@staff_only("organiser")
def name_one(slug: str) -> ResponseReturnValue:
    """Name somebody by their address."""
    series, form = _load(slug), FacilitatorForm()
    if not form.validate_on_submit():
        return _show(series, form, 422)
    person = find_person_by_address(form.email.data or "")
    try:
        row = _name(series, person)
    except LookupError:
        form.email.errors = [_("Nobody has this address. The person signs up first.")]
        return _show(series, form, 422)
    except AlreadyNamed:
        form.email.errors = [_("This person facilitates the series already.")]
        return _show(series, form, 422)
    flash(_("%(name)s facilitates the series now.", name=row.person.name))
    return redirect(url_for(".desk_facilitators", slug=slug), 303)


def _name(series: Series, person: Person | None) -> Facilitator:
    if person is None or person.disabled_at is not None:
        raise LookupError
    return name_facilitator(series, person, signed_in().id)


@groups.post(f"{_PATH}<int:facilitator_id>/removal")
@staff_only("organiser")
def remove_one(slug: str, facilitator_id: int) -> ResponseReturnValue:
    """Let somebody facilitate the series no more; the next page offers to undo it."""
    row = _load_one(slug, facilitator_id)
    if ButtonForm().validate_on_submit():
        remove_facilitator(row, signed_in().id)
    return redirect(url_for(".desk_facilitators", slug=slug, removed=row.id), 303)


@groups.post(f"{_PATH}<int:facilitator_id>/return")
@staff_only("organiser")
def name_one_again(slug: str, facilitator_id: int) -> ResponseReturnValue:
    """Undo a removal."""
    row = _load_one(slug, facilitator_id)
    if ButtonForm().validate_on_submit():
        name_again(row, signed_in().id)
        flash(_("%(name)s facilitates the series now.", name=row.person.name))
    return redirect(url_for(".desk_facilitators", slug=slug), 303)


def _load_one(slug: str, facilitator_id: int) -> Facilitator:
    return find_facilitator(_load(slug).id, facilitator_id) or abort(404)
