"""Setting up the second factor: the picture to scan, the first code, the recovery codes."""

import pyotp
import segno
from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from academy.people.forms.entry import CodeForm, ConfirmForm
from academy.people.login import (
    get_sign_in,
    may_skip_second_factor,
    remember_in_cookie,
    skip_second_factor,
)
from academy.people.service.second_factor import (
    TooManyCodes,
    WrongCode,
    begin_second_factor,
    confirm_second_factor,
    remove_second_factor,
    renew_recovery_codes,
)
from academy.people.service.sign_ins import accept_second_factor
from academy.people.views.blueprint import fresh_only, me, next_path, pages


@pages.get("/account/second-factor")
@fresh_only
def second_factor() -> ResponseReturnValue:
    """Show the second factor, or the way to set one up."""
    return _show(CodeForm())


def _show(form: CodeForm, status: int = 200) -> ResponseReturnValue:
    person, way_on = me(), next_path(url_for("people.account"))
    page = render_template(
        "people/second_factor.html", form=form, person=person, picture=_picture(),
        groups=_in_groups(person.totp_secret or ""), next=way_on,
        # Whoever facilitates a series has no role, and is asked for it on the way to the desk.
        may_skip=may_skip_second_factor() and (person.roles_asleep or way_on.startswith("/desk/")),
    )  # fmt: skip
    return page, status


def _picture() -> Markup:
    """Return the QR code of a secret that waits for its first code, dark on light in any theme."""
    person = me()
    if person.has_second_factor or not person.totp_secret:
        return Markup()
    primary = person.primary_address
    name = primary.address if primary else person.name
    uri = pyotp.TOTP(person.totp_secret).provisioning_uri(name=name, issuer_name="SSE Academy")
    drawing = segno.make(uri, error="m").svg_inline(scale=5, dark="#000", light="#fff", border=3)
    return Markup(drawing)  # noqa: S704  drawn by segno, holds no text


def _in_groups(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


@pages.post("/account/second-factor")
@fresh_only
def begin_own_second_factor() -> ResponseReturnValue:
    """Make a secret and show it as a picture."""
    begin_second_factor(me().id)
    return redirect(url_for("people.second_factor", next=next_path(url_for("people.account"))), 303)


@pages.post("/account/second-factor/confirmation")
@fresh_only
def confirm_own_second_factor() -> ResponseReturnValue:
    """Put it in force by its first code and show the recovery codes, once."""
    form, sign_in_id = CodeForm(), get_sign_in().id
    if not form.validate_on_submit():
        return _show(form, 422)
    if me().has_second_factor:
        abort(409)
    try:
        codes = confirm_second_factor(me().id, form.code.data, sign_in_id=sign_in_id)
    except WrongCode:
        form.code.errors = [_("This code does not fit. Wait for the next one and try again.")]
        return _show(form, 422)
    except TooManyCodes:
        form.code.errors = [_("Too many codes. Wait a quarter of an hour, then try again.")]
        return _show(form, 429)
    remember_in_cookie(accept_second_factor(sign_in_id))
    return _show_codes(codes)


@pages.post("/account/second-factor/recovery-codes")
@fresh_only
def renew_own_recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes and show them, once."""
    if not me().has_second_factor:
        abort(409)
    return _show_codes(renew_recovery_codes(me().id))


def _show_codes(codes: list[str]) -> ResponseReturnValue:
    target = next_path(url_for("people.account"))
    return render_template("people/recovery_codes.html", codes=codes, next=target)


@pages.post("/account/second-factor/removal")
@fresh_only
def remove_own_second_factor() -> ResponseReturnValue:
    """Take it away; staff have to set up another one before the desk opens again."""
    remove_second_factor(me().id, by=me().id)
    flash(_("The second factor is gone."))
    return redirect(url_for("people.second_factor"), 303)


@pages.post("/account/second-factor/skip")
def skip_own_second_factor() -> ResponseReturnValue:
    """Go on without one until the next sign-in, where the academy runs on one's own machine."""
    if not may_skip_second_factor() or me().has_second_factor:
        abort(404)
    form = ConfirmForm()
    if form.validate_on_submit():
        skip_second_factor()
    return redirect(next_path(), 303)
