"""Asking for a link by mail and following it: to sign in, or to choose a new password."""

from collections.abc import Callable

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.people.forms.entry import ConfirmForm, MailLinkForm, NewPasswordForm
from academy.people.login import may_skip_second_factor
from academy.people.passwords import TooBusy
from academy.people.queries import find_mailed_token
from academy.people.service.mailed_links import (
    TooManyLinks,
    ask_for_new_password,
    ask_for_sign_in_link,
    choose_new_password,
    follow_sign_in_link,
)
from academy.people.service.mailed_tokens import RESET, SIGN_IN, TokenSpent
from academy.people.views.blueprint import next_path, pages
from academy.people.views.sign_in import enter_and_go_on
from academy.security.network import network
from academy.security.wall import public

#: The pages whose address is a secret.
SECRET_PATHS = ("/sign-in/link/", "/reset-password/", "/verify-address/")


@pages.after_request
def keep_secret_addresses(response: Response) -> Response:
    """Let no other site learn the secret in the address of a mailed link."""
    if request.path.startswith(SECRET_PATHS):
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/sign-in/mail-sent")
@public
def mail_sent() -> str:
    """Say to look in the mail; the same for known and unknown addresses."""
    return render_template("people/mail_sent.html", kept_here=may_skip_second_factor())


@pages.get("/sign-in/link")
@public
def sign_in_link() -> str:
    """Ask where to send a link that signs in."""
    return render_template("people/sign_in_link.html", form=MailLinkForm(), next=next_path())


@pages.post("/sign-in/link")
@public
def send_sign_in_link() -> ResponseReturnValue:
    """Send it, if the address is known."""
    target = next_path()
    return _send_link(
        "people/sign_in_link.html", lambda address: ask_for_sign_in_link(address, network(), target)
    )


@pages.get("/reset-password")
@public
def reset_password() -> str:
    """Ask where to send a link to a new password."""
    return render_template("people/reset_password.html", form=MailLinkForm())


@pages.post("/reset-password")
@public
def send_reset_link() -> ResponseReturnValue:
    """Send it, if the address is known."""
    return _send_link(
        "people/reset_password.html", lambda address: ask_for_new_password(address, network())
    )


def _send_link(template: str, send: Callable[[str], None]) -> ResponseReturnValue:
    form = MailLinkForm()
    if not form.validate_on_submit():
        return render_template(template, form=form, next=next_path()), 422
    try:
        send(form.email.data)
    except TooManyLinks:
        form.email.errors = [_("Many links were sent to your network. Try again in an hour.")]
        return render_template(template, form=form, next=next_path()), 429
    return redirect(url_for("people.mail_sent"), 303)


@pages.get("/sign-in/link/<token>")
@public
def follow_link(token: str) -> ResponseReturnValue:
    """Show one button: scanners that open every link of a mail must not use it up."""
    if find_mailed_token(SIGN_IN, token) is None:
        return spent_link(url_for("people.sign_in_link"))
    return render_template("people/follow_link.html", form=ConfirmForm(), next=next_path())


@pages.post("/sign-in/link/<token>")
@public
def enter_by_link(token: str) -> ResponseReturnValue:
    """Sign in the person to whom the link was mailed."""
    try:
        person = follow_sign_in_link(token)
    except TokenSpent:
        return spent_link(url_for("people.sign_in_link"))
    return enter_and_go_on(person)


@pages.get("/reset-password/<token>")
@public
def new_password(token: str) -> ResponseReturnValue:
    """Ask for the new password."""
    if find_mailed_token(RESET, token) is None:
        return spent_link(url_for("people.reset_password"))
    return render_template("people/new_password.html", form=NewPasswordForm())


@pages.post("/reset-password/<token>")
@public
def set_new_password(token: str) -> ResponseReturnValue:
    """Set it, end all other sign-ins and go on to sign in with it."""
    form, known = NewPasswordForm(), find_mailed_token(RESET, token)
    if known is None:
        return spent_link(url_for("people.reset_password"))
    form.context = (known.address,)
    if not form.validate_on_submit():
        return render_template("people/new_password.html", form=form), 422
    try:
        person = choose_new_password(token, form.password.data)
    except TokenSpent:
        return spent_link(url_for("people.reset_password"))
    except TooBusy:
        form.password.errors = [_("Many people are signing in at once. Try again in a moment.")]
        return render_template("people/new_password.html", form=form), 503
    flash(_("Your new password is set. Other browsers are signed out."))
    return enter_and_go_on(person)


def spent_link(again_url: str) -> ResponseReturnValue:
    """Say that a mailed link no longer works, and offer another one."""
    return make_response(render_template("people/spent_link.html", again_url=again_url), 410)
