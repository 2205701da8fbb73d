"""Signing up, and verifying the address."""

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from academy.i18n.reader import reader_language, reader_zone
from academy.people.choices import today_zone
from academy.people.forms.entry import ConfirmForm, SignUpForm
from academy.people.passwords import TooBusy
from academy.people.queries import find_mailed_token
from academy.people.service.mailed_links import TooManyLinks
from academy.people.service.mailed_tokens import VERIFY, TokenSpent
from academy.people.service.sign_up import Newcomer, is_same_browser, verify_address
from academy.people.service.sign_up import sign_up as sign_up_newcomer
from academy.people.views.blueprint import next_path, pages
from academy.people.views.mailed_links import spent_link
from academy.people.views.sign_in import enter_and_go_on
from academy.security.network import network
from academy.security.wall import public


@pages.get("/sign-up")
@public
def sign_up() -> ResponseReturnValue:
    """Ask who joins."""
    if current_user.is_authenticated:
        return redirect(next_path())
    form = SignUpForm(zone=today_zone(reader_zone(fallback="")), language=reader_language())
    return _show(form)


def _show(form: SignUpForm, status: int = 200) -> ResponseReturnValue:
    return render_template("people/sign_up.html", form=form, next=next_path()), status


@pages.post("/sign-up")
@public
def join() -> ResponseReturnValue:
    """Make the account, or tell the owner of a known address; the answer is the same."""
    form = SignUpForm()
    if not form.validate_on_submit():
        return _show(form, 422)
    try:
        session["signed_up"] = sign_up_newcomer(_newcomer(form), network())
    except TooManyLinks:
        form.email.errors = [_("Many people signed up from your network. Try again in an hour.")]
        return _show(form, 429)
    except TooBusy:
        form.password.errors = [_("Many people are signing up at once. Try again in a moment.")]
        return _show(form, 503)
    return redirect(url_for("people.mail_sent"), 303)


def _newcomer(form: SignUpForm) -> Newcomer:
    return Newcomer(
        name=form.name.data,
        address=form.email.data,
        country=form.country.data,
        organisation=form.organisation.data or "",
        language=form.language.data,
        zone=form.zone.data or "",
        password=form.password.data or "",
        next_path=next_path(),
        consents=tuple(
            kind for kind in ("privacy", "mail_reminders", "recording") if form[kind].data
        ),
    )


@pages.get("/verify-address/<token>")
@public
def verify(token: str) -> ResponseReturnValue:
    """Show one button: scanners that open every link of a mail must change nothing."""
    if find_mailed_token(VERIFY, token) is None:
        return spent_link(url_for("people.sign_in"))
    return render_template("people/verify_address.html", form=ConfirmForm(), next=next_path())


@pages.post("/verify-address/<token>")
@public
def confirm_address(token: str) -> ResponseReturnValue:
    """Take the address as verified and sign its owner in."""
    same_browser = is_same_browser(token, session.get("signed_up", ""))
    try:
        person = verify_address(token, keep_password=same_browser)
    except TokenSpent:
        return spent_link(url_for("people.sign_in"))
    flash(_("Thank you. This address is yours."))
    return enter_and_go_on(person)
