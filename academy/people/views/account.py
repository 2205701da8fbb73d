"""One's own account: what the academy knows of a person, her password, her consents."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.people.forms.account import ConsentsForm, ProfileForm
from academy.people.forms.entry import NewPasswordForm
from academy.people.login import get_sign_in, remember_in_cookie
from academy.people.passwords import TooBusy
from academy.people.queries import list_addresses, standing_consents
from academy.people.service.consents import choose_consents
from academy.people.service.passwords import change_password
from academy.people.service.persons import change_profile
from academy.people.service.sign_ins import prove_again
from academy.people.views.blueprint import fresh_only, me, pages
from academy.security.wall import public

OPTIONAL_CONSENTS = ("mail_reminders", "mail_news", "recording")


@pages.get("/account/")
def account() -> ResponseReturnValue:
    """Show what the person says of herself."""
    return render_template("people/account.html", form=ProfileForm(obj=me()))


@pages.post("/account/")
def change_account() -> ResponseReturnValue:
    """Keep what the person says of herself."""
    form = ProfileForm()
    if not form.validate_on_submit():
        return render_template("people/account.html", form=form), 422
    change_profile(
        me(), name=form.name.data, called=form.called.data or "",
        latin_name=form.latin_name.data or "", country=form.country.data,
        organisation=form.organisation.data or "", language=form.language.data,
        zone=form.zone.data or "",
    )  # fmt: skip
    flash(_("Saved."))
    return redirect(url_for("people.account"), 303)


@pages.get("/account/password")
@fresh_only
def password() -> ResponseReturnValue:
    """Ask for a new password."""
    return _show_password(NewPasswordForm())


@pages.post("/account/password")
@fresh_only
def change_own_password() -> ResponseReturnValue:
    """Set a new password; all other browsers are signed out."""
    form = NewPasswordForm()
    form.context = (me().name, *(one.address for one in list_addresses(me().id)))
    if not form.validate_on_submit():
        return _show_password(form, 422)
    sign_in_id = get_sign_in().id
    try:
        change_password(me().id, form.password.data, sign_in_id=sign_in_id)
    except TooBusy:
        form.password.errors = [_("Many people are signing in at once. Try again in a moment.")]
        return _show_password(form, 503)
    remember_in_cookie(prove_again(sign_in_id))
    flash(_("Your new password is set. Other browsers are signed out."))
    return redirect(url_for("people.account"), 303)


def _show_password(form: NewPasswordForm, status: int = 200) -> ResponseReturnValue:
    return render_template("people/password.html", form=form), status


@pages.get("/account/consents")
def consents() -> ResponseReturnValue:
    """Show what else the academy may do."""
    standing = standing_consents(me().id)
    form = ConsentsForm(data={kind: kind in standing for kind in OPTIONAL_CONSENTS})
    return render_template("people/consents.html", form=form)


@pages.post("/account/consents")
def choose_own_consents() -> ResponseReturnValue:
    """Give and take back consents."""
    form = ConsentsForm()
    if not form.validate_on_submit():
        return render_template("people/consents.html", form=form), 422
    choose_consents(me().id, [kind for kind in OPTIONAL_CONSENTS if form[kind].data])
    flash(_("Saved."))
    return redirect(url_for("people.consents"), 303)


@pages.get("/privacy")
@public
def privacy() -> str:
    """Say what the academy keeps of people, why and for how long."""
    return render_template("people/privacy.html")
