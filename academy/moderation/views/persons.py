"""A person as moderators see them, and what everybody may do here and why."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.db import session
from academy.discussion.policy import can_moderate
from academy.moderation import wording
from academy.moderation.forms import NoteForm, PersonDecisionForm
from academy.moderation.persons import (
    MOST_FOUND,
    find_people,
    list_kept,
    list_own_decisions,
    read_standing,
)
from academy.moderation.records import read_record
from academy.moderation.service import decide_on_person, write_note
from academy.moderation.service.appealing import APPEALABLE
from academy.moderation.trust import ALLOWED, LEVELS, level_of, next_level, steps_to
from academy.moderation.views.blueprint import pages, signed_in
from academy.people.models import Person
from academy.security.wall import staff_only

#: More letters than that are no name.
LONGEST_NAME = 100


def _load(person_id: int) -> Person:
    found = session.get(Person, person_id)
    if found is None or found.erased_at is not None:
        abort(404)
    return found


@pages.get("/moderation/persons/")
@staff_only("moderator")
def persons() -> str:
    """List whom decisions keep from writing now, and find people by their name."""
    name = " ".join(request.args.get("name", "").split())[:LONGEST_NAME]
    return render_template(
        "moderation/persons.html", kept=list_kept(), name=name, found=find_people(name),
        most=MOST_FOUND, wording=wording,
    )  # fmt: skip


@pages.route("/moderation/persons/<int:person_id>/", methods=["GET", "POST"])
@staff_only("moderator")
def person(person_id: int) -> ResponseReturnValue:
    """Show what somebody did here and what was decided about them, and decide about them."""
    found = _load(person_id)
    form = PersonDecisionForm()
    if form.validate_on_submit():
        if found.holds_staff_role:
            abort(409)
        decide_on_person(
            found, signed_in(), form.action.data, form.reason.data, note=form.words(),
            until=form.until(),
        )  # fmt: skip
        flash(_("Decided. They are told, and can appeal to another moderator."))
        return redirect(url_for(".person", person_id=person_id))
    return _show(found, form, NoteForm(formdata=None)), 400 if form.errors else 200


def _show(found: Person, form: PersonDecisionForm, note: NoteForm) -> str:
    standing = read_standing(found.id)
    level = level_of(standing.record)
    return render_template(
        "moderation/person.html", person=found, standing=standing, form=form, note=note,
        level=level, steps=steps_to(standing.record, next_level(standing.record)),
        above=next_level(standing.record), wording=wording,
    )  # fmt: skip


@pages.post("/moderation/persons/<int:person_id>/notes")
@staff_only("moderator")
def new_note(person_id: int) -> ResponseReturnValue:
    """Keep a note about somebody for one's colleagues."""
    found = _load(person_id)
    form = NoteForm()
    if not form.validate_on_submit():
        return _show(found, PersonDecisionForm(formdata=None), form), 400
    write_note(found, (form.words.data or "").strip(), signed_in())
    flash(_("Kept."))
    return redirect(url_for(".person", person_id=person_id))


@pages.get("/moderation/own")
def own() -> str:
    """Show the reader what they may do here, what is missing for more, and what was decided."""
    record = read_record(signed_in().id)
    above = next_level(record)
    return render_template(
        "moderation/own.html", record=record, level=level_of(record), levels=LEVELS,
        allowed=ALLOWED, above=above, steps=steps_to(record, above), wording=wording,
        decisions=list_own_decisions(signed_in().id), appealable=APPEALABLE,
        moderates=can_moderate(signed_in()),
    )  # fmt: skip
