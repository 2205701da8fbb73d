"""What to be told by mail, and when: from a mail without signing in, or in one's account."""

from datetime import timedelta

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from academy.i18n.zones import city_of
from academy.messaging.choosing import read_token
from academy.messaging.forms import ChoicesForm, form_for
from academy.messaging.kinds import GROUPS
from academy.messaging.service.bounced import find_returned
from academy.messaging.service.choices import (
    choose,
    find_person,
    refuse,
)
from academy.messaging.views.blueprint import pages
from academy.people.models import Person
from academy.security.headers import keep_to_the_reader
from academy.security.network import network
from academy.security.throttle import Allowance, count_attempt, is_spent
from academy.security.wall import public

WRONG_TOKENS = Allowance("wrong_mail_link:network", 30, timedelta(minutes=10))


@pages.after_request
def keep_choices_secret(response: Response) -> Response:
    """Answer whoever comes by a token so that nothing passes its address on."""
    if "token" in (request.view_args or {}):
        keep_to_the_reader(response)
    return response


@pages.get("/mail/")
def own_choices() -> str:
    """Show a signed-in person what stands."""
    return _show(current_user, form_for(current_user))


@pages.post("/mail/")
def choose_own() -> ResponseReturnValue:
    """Keep what a signed-in person chose."""
    return _keep(current_user, url_for("messaging.own_choices"))


@pages.get("/mail/<token>")
@public
def choices_by_link(token: str) -> str:
    """Show whoever came from a mail what stands."""
    person = _load(token)
    return _show(person, form_for(person), token)


@pages.post("/mail/<token>")
@public
def choose_by_link(token: str) -> ResponseReturnValue:
    """Keep what they chose; the token is the secret, so no other is asked."""
    return _keep(_load(token), url_for("messaging.choices_by_link", token=token), token)


@pages.get("/mail/<token>/no-<group>")
@public
def ask_about_group(token: str, group: str) -> str:
    """Show the page with the switch: looking changes nothing (RFC 8058, 5)."""
    if group not in GROUPS:
        abort(404)
    return choices_by_link(token)


@pages.post("/mail/<token>/no-<group>")
@public
def unsubscribe(token: str, group: str) -> ResponseReturnValue:
    """Switch a group of kinds off with the one click of a mail program (RFC 8058)."""
    person = _load(token)
    if group not in GROUPS:
        abort(404)
    refuse(person.id, group)
    return redirect(url_for("messaging.choices_by_link", token=token), 303)


def _load(token: str) -> Person:
    """Return whose token it is; guessing is slowed down."""
    person_id = read_token(token)
    person = find_person(person_id) if person_id is not None else None
    if person is None:
        count_attempt(WRONG_TOKENS, network())
        abort(429 if is_spent(WRONG_TOKENS, network()) else 404)
    return person


def _keep(person: Person, back: str, token: str = "") -> ResponseReturnValue:
    form = form_for(person, is_safe=bool(token))
    if not form.validate_on_submit():
        return _show(person, form, token), 422
    choose(person.id, form.chosen(), form.rhythms())
    flash(_("Saved."))
    return redirect(back, 303)


def _show(person: Person, form: ChoicesForm, token: str = "") -> str:
    city = city_of(person.zone) if person.zone else ""
    return render_template(
        "messaging/choices.html",
        form=form,
        person=person,
        token=token,
        city=city,
        came_back=find_returned(person),
    )
