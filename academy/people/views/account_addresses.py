"""One's own e-mail addresses: adding, verifying, choosing the primary one, giving one up."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import NoResultFound

from academy.people.forms.account import AddressForm
from academy.people.queries import list_addresses
from academy.people.service.addresses import (
    NotVerified,
    PrimaryAddress,
    TooManyAddresses,
    add_address,
    mail_verification_again,
    make_primary,
    remove_address,
)
from academy.people.views.blueprint import fresh_only, me, pages


@pages.get("/account/addresses")
@fresh_only
def addresses() -> ResponseReturnValue:
    """Show the person's addresses."""
    return _show(AddressForm())


def _show(form: AddressForm, status: int = 200) -> ResponseReturnValue:
    own = list_addresses(me().id)
    return render_template("people/addresses.html", form=form, addresses=own), status


@pages.post("/account/addresses")
@fresh_only
def add_own_address() -> ResponseReturnValue:
    """Add an address and mail a link to it; the answer is the same where it is somebody's."""
    form = AddressForm()
    if not form.validate_on_submit():
        return _show(form, 422)
    try:
        add_address(me().id, form.email.data)
    except TooManyAddresses:
        form.email.errors = [_("You have ten addresses. Give one up first.")]
        return _show(form, 422)
    return _back(_("We sent a mail to this address. Open the link in it."))


@pages.post("/account/addresses/<int:address_id>/verification")
@fresh_only
def verify_own_address(address_id: int) -> ResponseReturnValue:
    """Mail the link once more."""
    try:
        mail_verification_again(me().id, address_id)
    except NoResultFound:
        abort(404)
    return _back(_("We sent the mail once more."))


@pages.post("/account/addresses/<int:address_id>/primary")
@fresh_only
def make_own_primary(address_id: int) -> ResponseReturnValue:
    """Write to this address from now on; the old and the new one are told."""
    try:
        make_primary(me().id, address_id)
    except NoResultFound:
        abort(404)
    except NotVerified:
        return _back(_("Open the link in the mail to this address first."), "danger")
    return _back(_("We write to this address from now on, and told the other one."))


@pages.post("/account/addresses/<int:address_id>/removal")
@fresh_only
def remove_own_address(address_id: int) -> ResponseReturnValue:
    """Give an address up."""
    try:
        remove_address(me().id, address_id)
    except NoResultFound:
        abort(404)
    except PrimaryAddress:
        return _back(_("Choose another address to write to first."), "danger")
    return _back(_("The address is no longer yours here."))


def _back(words: str, category: str = "done") -> ResponseReturnValue:
    flash(words, category)
    return redirect(url_for("people.addresses"), 303)
