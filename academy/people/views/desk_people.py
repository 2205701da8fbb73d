"""The desk's people: finding them, one person's page, closing accounts and ending sign-ins."""

from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.people import policy
from academy.people.choices import language_choices
from academy.people.forms.desk import ROLE_WORDS, PeopleFilterForm
from academy.people.models import Person
from academy.people.queries import PeopleFilter, get_person, list_people, list_sign_ins
from academy.people.service.persons import disable_person, enable_person
from academy.people.service.second_factor import remove_second_factor
from academy.people.service.sign_ins import end_all_sign_ins
from academy.people.views.blueprint import me, pages
from academy.security.wall import staff_only


@pages.get("/desk/people/")
@staff_only("organiser", "focal_point")
def desk_people() -> str:
    """List the people whom this reader may see, by name, filtered by what the address says."""
    form = PeopleFilterForm(request.args)
    wanted = PeopleFilter(
        words=form.q.data or "", country=form.country.data or "", role=form.role.data or ""
    )
    found = list_people(me(), wanted, after=request.args.get("after", 0, type=int))
    return render_template(
        "people/desk_people.html", form=form, found=found, role_words=ROLE_WORDS,
        next_url=_next_url(found.next_after),
    )  # fmt: skip


def _next_url(after: int) -> str:
    """The same filters, further down."""
    query = urlencode({**request.args.to_dict(), "after": after})
    return f"{url_for('people.desk_people')}?{query}" if after else ""


@pages.get("/desk/people/<int:person_id>")
@staff_only("organiser", "focal_point")
def desk_people_person(person_id: int) -> str:
    """Show one person: facts, addresses, roles, and for administrators the sign-ins."""
    person = _visible(person_id)
    can_manage = policy.can_manage_account(me(), person)
    entries = list_sign_ins(person_id) if can_manage else []
    return render_template(
        "people/desk_person.html", person=person, entries=entries, can_manage=can_manage,
        role_words=ROLE_WORDS, language=language_choices().get(person.language, person.language),
    )  # fmt: skip


def _visible(person_id: int) -> Person:
    person = get_person(person_id)
    if person is None or not policy.can_see_person(me(), person):
        abort(404)
    return person


def _managed(person_id: int) -> Person:
    person = _visible(person_id)
    if not policy.can_manage_account(me(), person):
        abort(403)
    return person


@pages.post("/desk/people/<int:person_id>/disable")
@staff_only("organiser", "focal_point")
def disable(person_id: int) -> ResponseReturnValue:
    """Close the account."""
    disable_person(_managed(person_id).id, by=me().id)
    return _back(person_id, _("The account is closed and signed out everywhere."))


@pages.post("/desk/people/<int:person_id>/enable")
@staff_only("organiser", "focal_point")
def enable(person_id: int) -> ResponseReturnValue:
    """Open the account again."""
    enable_person(_managed(person_id).id, by=me().id)
    return _back(person_id, _("The account is open again."))


@pages.post("/desk/people/<int:person_id>/end-sign-ins")
@staff_only("organiser", "focal_point")
def end_sign_ins_of(person_id: int) -> ResponseReturnValue:
    """Sign the person out of all browsers."""
    end_all_sign_ins(_managed(person_id).id, by=me().id)
    return _back(person_id, _("Signed out of all browsers."))


@pages.post("/desk/people/<int:person_id>/second-factor-removal")
@staff_only("organiser", "focal_point")
def remove_second_factor_of(person_id: int) -> ResponseReturnValue:
    """Take away the second factor of somebody who lost phone and recovery codes."""
    remove_second_factor(_managed(person_id).id, by=me().id)
    return _back(person_id, _("The second factor is gone. It is set up anew at the next sign-in."))


def _back(person_id: int, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("people.desk_people_person", person_id=person_id), 303)
