"""One's own data: all of it as a file, and the end of the account."""

import json

from flask import Response, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.db import transaction
from academy.people.forms.account import ErasureForm
from academy.people.login import forget_in_browser, forget_in_cookie
from academy.people.service.erasing import erase_person
from academy.people.service.roles import LastAdministrator
from academy.people.telling import tell_everything
from academy.people.views.blueprint import fresh_only, me, pages
from academy.security import audit


@pages.get("/account/data")
@fresh_only
def data() -> str:
    """Show what the academy holds of the person, in numbers, and what she can do with it."""
    return render_template("people/data.html", held=tell_everything(me().id))


@pages.get("/account/data/file")
@fresh_only
def data_file() -> Response:
    """Give everything that the academy holds of the person, as JSON."""
    document = tell_everything(me().id)
    with transaction():
        audit.note("person.exported", f"person:{me().id}", actor_id=me().id)
    answer = Response(
        json.dumps(document, ensure_ascii=False, indent=2), mimetype="application/json"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="my-academy-data.json"'
    return answer


@pages.get("/account/erasure")
@fresh_only
def erasure() -> ResponseReturnValue:
    """Say what goes and what stays, and ask once more."""
    return _show_erasure(ErasureForm())


def _show_erasure(form: ErasureForm, status: int = 200) -> ResponseReturnValue:
    held = tell_everything(me().id)
    return render_template("people/erasure.html", form=form, held=held), status


@pages.post("/account/erasure")
@fresh_only
def erase_own_account() -> ResponseReturnValue:
    """Erase the person who is signed in; nothing brings her back."""
    form = ErasureForm()
    if not form.validate_on_submit():
        return _show_erasure(form, 422)
    try:
        erase_person(me().id, by=me().id)
    except LastAdministrator:
        form.sure.errors = [_("You are the last administrator. Give the role to another first.")]
        return _show_erasure(form, 409)
    forget_in_cookie()
    flash(_("You are erased. Thank you for having been with us."))
    return forget_in_browser(redirect("/", 303))  # type: ignore[arg-type]
