"""Signing in with a password and a second factor, proving it again, and signing out."""

from flask import Response, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from academy.people.forms.account import ProofForm
from academy.people.forms.entry import CodeForm, SignInForm
from academy.people.login import (
    current_sign_in,
    forget_in_browser,
    forget_in_cookie,
    get_sign_in,
    remember_in_cookie,
    sign_in_to_browser,
)
from academy.people.models import Person, SignIn
from academy.people.passwords import TooBusy
from academy.people.queries import find_address
from academy.people.service.passwords import (
    AddressUnverified,
    TooManyGuesses,
    WrongPassword,
    check_sign_in,
    prove_password,
)
from academy.people.service.second_factor import TooManyCodes, WrongCode, check_second_factor
from academy.people.service.sign_ins import accept_second_factor, end_sign_in, prove_again
from academy.people.service.sign_up import mail_verification
from academy.people.views.blueprint import me, next_path, pages
from academy.security.network import network
from academy.security.wall import public


@pages.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Show the ways to sign in; whoever is signed in goes on."""
    if current_user.is_authenticated:
        return redirect(next_path())
    if _pending_sign_in():
        return redirect(url_for("people.second_factor_code", next=next_path()))
    return _show_sign_in(SignInForm())


@pages.post("/sign-in")
@public
def enter() -> ResponseReturnValue:
    """Sign in with address and password."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _show_sign_in(form, 422)
    try:
        person = check_sign_in(form.email.data, form.password.data, network())
    except AddressUnverified:
        return _verify_first(form.email.data)
    except (WrongPassword, TooManyGuesses, TooBusy) as refused:
        words, status = _refusal(refused)
        form.password.errors = [words]
        return _show_sign_in(form, status)
    return enter_and_go_on(person)


def _show_sign_in(form: SignInForm, status: int = 200) -> ResponseReturnValue:
    return render_template("people/sign_in.html", form=form, next=next_path()), status


def _refusal(refused: Exception) -> tuple[str, int]:
    if isinstance(refused, TooManyGuesses):
        words = _("Too many wrong passwords. Wait a quarter of an hour, or have a link sent.")
        return words, 429
    if isinstance(refused, TooBusy):
        return _("Many people are signing in at once. Try again in a moment."), 503
    return _("Address and password do not fit together. Look again, or have a link sent."), 422


def _verify_first(address: str) -> ResponseReturnValue:
    """Say to look in the mail: whoever comes here knew the password, so nothing is given away."""
    known = find_address(address)
    if known is not None:
        session["signed_up"] = mail_verification(known.person, known)
    return redirect(url_for("people.mail_sent"), 303)


def enter_and_go_on(person: Person) -> ResponseReturnValue:
    """Sign the person in to this browser and send her where she wanted to go."""
    target = next_path()
    sign_in_to_browser(person)
    if person.has_second_factor:
        return redirect(url_for("people.second_factor_code", next=target), 303)
    if person.holds_staff_role:
        return redirect(url_for("people.second_factor", next=target), 303)
    return redirect(target, 303)


@pages.get("/sign-in/second-factor")
@public
def second_factor_code() -> ResponseReturnValue:
    """Ask for the code of the authenticator."""
    if _pending_sign_in() is None:
        return redirect(url_for("people.sign_in", next=next_path()))
    return _show_second_factor(CodeForm())


@pages.post("/sign-in/second-factor")
@public
def enter_second_factor() -> ResponseReturnValue:
    """Accept a code, which completes the sign-in."""
    pending, form = _pending_sign_in(), CodeForm()
    if pending is None:
        return redirect(url_for("people.sign_in", next=next_path()), 303)
    if not form.validate_on_submit():
        return _show_second_factor(form, 422)
    try:
        check_second_factor(pending.person_id, form.code.data)
    except WrongCode:
        form.code.errors = [_("This code does not fit, or was used before. Wait for the next one.")]
        return _show_second_factor(form, 422)
    except TooManyCodes:
        form.code.errors = [_("Too many codes. Wait a quarter of an hour, then try again.")]
        return _show_second_factor(form, 429)
    remember_in_cookie(accept_second_factor(pending.id))
    return redirect(next_path(), 303)


def _pending_sign_in() -> SignIn | None:
    found = current_sign_in()
    return found if found is not None and found.is_pending else None


def _show_second_factor(form: CodeForm, status: int = 200) -> ResponseReturnValue:
    return render_template("people/second_factor_code.html", form=form, next=next_path()), status


@pages.get("/account/proof")
def proof() -> ResponseReturnValue:
    """Ask for the password once more, or offer a link by mail."""
    return _show_proof(ProofForm())


@pages.post("/account/proof")
def give_proof() -> ResponseReturnValue:
    """Accept the password and go on to what needed it."""
    form = ProofForm()
    if not form.validate_on_submit():
        return _show_proof(form, 422)
    try:
        prove_password(me(), form.password.data)
    except (WrongPassword, TooManyGuesses, TooBusy) as refused:
        words, status = _refusal(refused)
        form.password.errors = [_("This is not your password.") if status == 422 else words]  # noqa: PLR2004
        return _show_proof(form, status)
    remember_in_cookie(prove_again(get_sign_in().id))
    return redirect(next_path(url_for("people.account")), 303)


def _show_proof(form: ProofForm, status: int = 200) -> ResponseReturnValue:
    target = next_path(url_for("people.account"))
    return render_template("people/proof.html", form=form, next=target), status


@pages.post("/sign-out")
@public
def sign_out() -> Response:
    """End the sign-in, and leave nothing on a phone that others use."""
    end_sign_in(forget_in_cookie())
    flash(_("You are signed out."))
    return forget_in_browser(redirect("/", 303))  # type: ignore[arg-type]
