"""The pages on which members write cases: their list, the beginning, the steps, the whole."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.library import questions, wording
from academy.library.draft_queries import (
    find_last_answer,
    find_waiting,
    find_withdrawal,
    find_writable,
    list_invitations,
    list_own,
    read_byline,
    read_contents,
    read_talks,
)
from academy.library.errors import (
    DecidedMeanwhile,
    Incomplete,
    KeptFromWriting,
    NothingChanged,
    NotPossible,
    TooMany,
)
from academy.library.fields import Filled, completeness, is_told
from academy.library.forms import EmptyForm, NewCaseForm, SubmitForm
from academy.library.models import CaseStudy
from academy.library.policy import can_lead, can_withdraw
from academy.library.record import CaseRecord
from academy.library.service import (
    begin_case,
    discard_draft,
    submit_case,
    take_back_submission,
)
from academy.library.showing import shown_pictures
from academy.library.steps import SECTIONS
from academy.library.views.blueprint import pages, signed_in
from academy.library.views.pictures import saves_data, wants_few_bytes
from academy.library.working_copy import Contents, Problem, assemble, gaps, progress_of
from academy.security.input import read_id
from academy.security.limits import limiter


@pages.get("/cases/write/")
def write_cases() -> str:
    """List the cases that the reader writes, and who asks them to write together."""
    return render_template(
        "library/write_cases.html", found=list_own(signed_in(), read_id("page") or 1),
        invitations=list_invitations(signed_in()), questions=questions, me=signed_in().id,
    )  # fmt: skip


@pages.route("/cases/write/new", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])  # type: ignore[untyped-decorator]
def write_new() -> ResponseReturnValue:
    """Begin a case with its title, its country and its language."""
    person = signed_in()
    form = NewCaseForm(country=person.country or "", language=person.language)
    if form.validate_on_submit():
        try:
            case = begin_case(person, form.title.data, form.country.data, form.language.data)
        except TooMany:
            form.title.errors = [_("You have many drafts. Submit or discard one of them first.")]
        else:
            return redirect(url_for(".write_step", case_id=case.id, step="about"))
    return render_template("library/write_new.html", form=form), 400 if form.errors else 200


def load_writable(case_id: int) -> CaseStudy:
    """Return the case if the reader may change its working copy; 404 otherwise."""
    found = find_writable(case_id, signed_in())
    if found is None:
        abort(404)
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the list of them: its words, its address, how much of it is told."""

    name: str
    title: Any
    url: str
    filled: Filled | None


def steps_of(case: CaseStudy, contents: Contents) -> list[Step]:
    """Return the steps of the form in their order; the last one looks it all over."""
    return [_step(case, name, title, contents) for name, title in questions.STEPS.items()]


def _step(case: CaseStudy, name: str, title: Any, contents: Contents) -> Step:
    if name not in SECTIONS:
        return Step(name, title, url_for(".write_check", case_id=case.id), None)
    url = url_for(".write_step", case_id=case.id, step=name)
    return Step(name, title, url, progress_of(contents, name))


@pages.get("/cases/write/<int:case_id>/")
def write_case(case_id: int) -> str:
    """Show how far a case has come: its steps, its writers, what librarians said."""
    case = load_writable(case_id)
    contents = read_contents(case.id)
    filled = [progress_of(contents, section) for section in SECTIONS]
    return render_template(
        "library/write_case.html", case=case, steps=steps_of(case, contents),
        told=sum(one.told for one in filled), all=sum(one.all for one in filled),
        byline=read_byline(case), waiting=find_waiting(case.id),
        answer=find_last_answer(case.id), withdrawal=find_withdrawal(case.id),
        talks=read_talks(case.id), questions=questions, may_lead=can_lead(signed_in(), case),
        may_withdraw=can_withdraw(signed_in(), case),
    )  # fmt: skip


@pages.get("/cases/write/<int:case_id>/check/")
def write_check(case_id: int) -> str:
    """Show what is missing, and the record as it will look."""
    case = load_writable(case_id)
    return show_check(case, SubmitForm(formdata=None))


def show_check(case: CaseStudy, form: SubmitForm) -> str:
    """Return the last step: each problem and each gap leads to its field."""
    contents = read_contents(case.id)
    assembled = assemble(contents)
    return render_template(
        "library/write_check.html", case=case, steps=steps_of(case, contents), form=form,
        problems=[(_address_of(case, one), one) for one in assembled.problems],
        gaps=[
            (url_for(".write_step", case_id=case.id, step=section, _anchor=field), field)
            for section, field in gaps(contents)
            if field not in {one.field for one in assembled.problems}
        ],
        waiting=find_waiting(case.id), questions=questions,
        **facts_of_record(case, assembled.record),
    )  # fmt: skip


def _address_of(case: CaseStudy, problem: Problem) -> str:
    return url_for(".write_step", case_id=case.id, step=problem.section, _anchor=problem.anchor)


def facts_of_record(
    case: CaseStudy, record: CaseRecord | None, only: Collection[str] | None = None
) -> Mapping[str, Any]:
    """Return what the templates of a record ask for; its questions are no links here.

    `only` names the pictures that the reader may see, where not all.
    """
    if record is None:
        return {"record": None}
    return {
        "pictures": shown_pictures(case, record, only=only), "few_bytes": wants_few_bytes(),
        "saves_data": saves_data(),
        "record": record, "filled": completeness(record), "wording": wording, "is_preview": True,
        "told": lambda field: is_told(record, field),
    }  # fmt: skip


@pages.post("/cases/write/<int:case_id>/submission")
@limiter.limit("30 per hour")  # type: ignore[untyped-decorator]
def write_submit(case_id: int) -> ResponseReturnValue:
    """Send the case to the librarians, or say what keeps it from being sent."""
    case = load_writable(case_id)
    form = SubmitForm()
    if not form.validate_on_submit():
        return show_check(case, form), 400
    try:
        submit_case(case, signed_in(), form.words.data or "")
    except Incomplete:
        return show_check(case, form), 422
    except NothingChanged:
        form.form_errors.append(_("Nothing has changed since it was published."))
        return show_check(case, form), 409
    except KeptFromWriting:
        form.form_errors.append(questions.KEPT_FROM_WRITING)
        return show_check(case, form), 409
    flash(_("Thank you. A librarian will look at it; you will hear from us."))
    return redirect(url_for(".write_case", case_id=case.id))


@pages.post("/cases/write/<int:case_id>/taking-back")
def write_take_back(case_id: int) -> ResponseReturnValue:
    """Take a submission back before anybody has decided."""
    case = load_writable(case_id)
    if EmptyForm().validate_on_submit():
        try:
            take_back_submission(case, signed_in())
            flash(_("Taken back. You can go on writing and submit it again."))
        except DecidedMeanwhile:
            flash(_("A librarian has decided already."), "danger")
    return redirect(url_for(".write_case", case_id=case.id))


@pages.route("/cases/write/<int:case_id>/removal", methods=["GET", "POST"])
def write_discard(case_id: int) -> ResponseReturnValue:
    """Throw a draft away, after saying that it cannot be brought back."""
    case = load_writable(case_id)
    if not can_lead(signed_in(), case):
        abort(403)
    form = EmptyForm()
    if not form.validate_on_submit():
        return render_template("library/write_discard.html", case=case, form=form)
    try:
        discard_draft(case, signed_in())
    except NotPossible:
        flash(_("It was published: withdraw it instead."), "danger")
        return redirect(url_for(".write_case", case_id=case.id))
    flash(_("The draft is gone."))
    return redirect(url_for(".write_cases"))
