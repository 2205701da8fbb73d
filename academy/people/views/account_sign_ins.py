"""Where a person is signed in: the list of browsers, and ending them."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.people.login import get_sign_in
from academy.people.queries import list_sign_ins
from academy.people.service.sign_ins import end_all_sign_ins, end_one_sign_in
from academy.people.views.blueprint import me, pages


@pages.get("/account/sign-ins")
def sign_ins() -> str:
    """Show in which browsers the person is signed in."""
    entries = list_sign_ins(me().id)
    return render_template("people/sign_ins.html", entries=entries, here=get_sign_in().id)


@pages.post("/account/sign-ins/<int:sign_in_id>/end")
def end_own_sign_in(sign_in_id: int) -> ResponseReturnValue:
    """Sign one browser out."""
    if not end_one_sign_in(me().id, sign_in_id, by=me().id):
        abort(404)
    flash(_("That browser is signed out."))
    return redirect(url_for("people.sign_ins"), 303)


@pages.post("/account/sign-ins/end-others")
def end_other_sign_ins() -> ResponseReturnValue:
    """Sign all browsers out but this one."""
    end_all_sign_ins(me().id, but=get_sign_in().id, by=me().id)
    flash(_("All other browsers are signed out."))
    return redirect(url_for("people.sign_ins"), 303)
