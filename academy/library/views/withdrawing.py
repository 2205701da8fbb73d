"""Taking a published case from the shelf, with a reason, and putting it back."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.library.draft_queries import find_withdrawal
from academy.library.errors import NotPossible
from academy.library.forms import EmptyForm, ReasonForm
from academy.library.models import CaseStudy
from academy.library.policy import can_curate, can_withdraw
from academy.library.service import put_back_case, withdraw_case
from academy.library.views.blueprint import load_case, pages, reader, signed_in


def _load(slug: str) -> CaseStudy:
    case = load_case(slug)
    if not can_withdraw(signed_in(), case):
        abort(403)
    return case


@pages.route("/cases/<slug>/withdrawal", methods=["GET", "POST"])
def withdraw(slug: str) -> ResponseReturnValue:
    """Ask why, say what happens then, and take the case from the shelf."""
    case = _load(slug)
    form = ReasonForm()
    if not form.validate_on_submit():
        page = render_template("library/withdraw.html", case=case, form=form)
        return page, 400 if form.errors else 200
    try:
        withdraw_case(case, signed_in(), form.reason.data or "")
        flash(_("It stands in no list any more. You can put it back."))
    except NotPossible:
        flash(_("It was withdrawn already."), "danger")
    return redirect(url_for(".case", slug=slug))


@pages.post("/cases/<slug>/putting-back")
def put_back(slug: str) -> ResponseReturnValue:
    """Put a withdrawn case back on the shelf; what a librarian took only librarians put back."""
    case = _load(slug)
    if not may_put_back(case):
        abort(403)
    if EmptyForm().validate_on_submit():
        try:
            put_back_case(case, signed_in())
            flash(_("It is on the shelf again."))
        except NotPossible:
            flash(_("It is on the shelf already."), "danger")
    return redirect(url_for(".case", slug=slug))


def may_put_back(case: CaseStudy) -> bool:
    """Whether the reader may: librarians, and an author who withdrew it herself."""
    person, found = reader(), find_withdrawal(case.id)
    if person is None or found is None or not can_withdraw(person, case):
        return False
    return can_curate(person) or found[0].withdrawn_by == person.id
