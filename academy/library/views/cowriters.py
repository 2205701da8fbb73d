"""The page on which an author asks others to write with them, and what these answer."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.library import questions
from academy.library.draft_queries import find_cowriter, list_invitations, list_writers
from academy.library.errors import KeptFromWriting, TooMany
from academy.library.forms import EmptyForm, InviteForm
from academy.library.models import CaseStudy, CaseWriter
from academy.library.policy import can_lead
from academy.library.service import accept_invitation, invite_writer, remove_writer
from academy.library.views.blueprint import pages, signed_in
from academy.library.views.writing import load_writable
from academy.security.limits import limiter


@pages.route("/cases/write/<int:case_id>/people/", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])  # type: ignore[untyped-decorator]
def write_people(case_id: int) -> ResponseReturnValue:
    """Show who writes, and let the author ask somebody: the answer tells nothing of an address."""
    case = load_writable(case_id)
    form = InviteForm()
    if not form.validate_on_submit():
        return _show(case, form), 400 if form.errors else 200
    if not can_lead(signed_in(), case):
        abort(403)
    try:
        invite_writer(case, signed_in(), form.address.data)
    except TooMany:
        form.address.errors = [_("So many write this case already. Take one away first.")]
        return _show(case, form), 409
    except KeptFromWriting:
        form.address.errors = [questions.KEPT_FROM_WRITING]
        return _show(case, form), 409
    flash(_("If somebody is a member here with this address, they can say yes or no now."))
    return redirect(url_for(".write_people", case_id=case.id))


def _show(case: CaseStudy, form: InviteForm) -> str:
    return render_template(
        "library/write_people.html", case=case, form=form, writers=list_writers(case.id),
        may_lead=can_lead(signed_in(), case), me=signed_in().id,
    )  # fmt: skip


@pages.post("/cases/write/<int:case_id>/people/<int:writer_id>/removal")
def write_part(case_id: int, writer_id: int) -> ResponseReturnValue:
    """Take an invitation back, let a co-writer go, or leave."""
    case = load_writable(case_id)
    writer = find_cowriter(case.id, writer_id)
    if writer is None:
        abort(404)
    if not can_lead(signed_in(), case) and writer.person_id != signed_in().id:
        abort(403)
    if EmptyForm().validate_on_submit():
        remove_writer(writer, signed_in())
        flash(_("Done. What was written stays."))
    is_mine = writer.person_id == signed_in().id
    return redirect(
        url_for(".write_cases") if is_mine else url_for(".write_people", case_id=case_id)
    )


@pages.post("/cases/write/invitations/<int:writer_id>/acceptance")
def write_accept(writer_id: int) -> ResponseReturnValue:
    """Say yes to writing together."""
    writer = _load_invitation(writer_id)
    case_id = writer.case_id
    if EmptyForm().validate_on_submit():
        accept_invitation(writer, signed_in())
        flash(_("You write this case together now."))
    return redirect(url_for(".write_case", case_id=case_id))


@pages.post("/cases/write/invitations/<int:writer_id>/refusal")
def write_refuse(writer_id: int) -> ResponseReturnValue:
    """Say no to it."""
    writer = _load_invitation(writer_id)
    if EmptyForm().validate_on_submit():
        remove_writer(writer, signed_in())
        flash(_("You said no. Nobody is told."))
    return redirect(url_for(".write_cases"))


def _load_invitation(writer_id: int) -> CaseWriter:
    mine = (writer for writer, _case, _who in list_invitations(signed_in()))
    found = next((one for one in mine if one.id == writer_id), None)
    if found is None:
        abort(404)
    return found
