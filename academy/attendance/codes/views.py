"""Pages of the code of a room: shown large to everybody in it, and entered by each learner."""

from functools import lru_cache
from http import HTTPStatus

import segno
from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from academy.attendance import queries
from academy.attendance.codes.room_codes import (
    code_at,
    door_opens_at,
    in_other_figures,
    is_open,
    seconds_left,
)
from academy.attendance.forms import RoomCodeForm
from academy.attendance.roll.queries import list_roll_countries
from academy.attendance.service import entering
from academy.db import now
from academy.i18n.reader import read_as_holder_of_a_link
from academy.people.models import Person
from academy.programme.link_queries import find_holder
from academy.programme.models import LiveSession
from academy.programme.personal_links import link_path, read_link
from academy.programme.queries import find_live_session
from academy.security.headers import keep_to_the_reader
from academy.security.network import network
from academy.security.wall import public, staff_only

codes = Blueprint("codes", __name__)


@codes.get("/desk/live-sessions/<slug>/attendance/code/")
@staff_only("organiser", "focal_point")
def desk_code(slug: str) -> str:
    """Show the code of this minute to a whole room."""
    live_session = _on_the_desk(slug)
    address = _address(slug)
    return render_template(
        "attendance/desk_code.html", live_session=live_session,
        address=address.partition("://")[2], picture=_picture(address), **_now(live_session),
    )  # fmt: skip


def _on_the_desk(slug: str) -> LiveSession:
    return queries.find_live_session(slug, current_user) or abort(404)


def _address(slug: str) -> str:
    return f"{current_app.config['ACADEMY'].base_url}{url_for('.enter_code', slug=slug)}"


@lru_cache(maxsize=64)
def _picture(address: str) -> Markup:
    """Return the address as a QR code, dark on light in any theme."""
    drawing = segno.make(address, error="m").svg_inline(
        omitsize=True, dark="#000", light="#fff", border=2
    )
    return Markup(drawing)  # noqa: S704  drawn by segno, holds no text


def _now(live_session: LiveSession) -> dict[str, object]:
    moment = now()
    code = code_at(_secret(), live_session.id, moment)
    countries = set(list_roll_countries(live_session, current_user))
    return {
        "is_open": is_open(live_session, moment),
        "opens_at": door_opens_at(live_session),
        "code": code,
        "others": in_other_figures(code, countries),
        "left": seconds_left(moment),
        "entered": entering.count_entered(live_session),
    }


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


@codes.get("/desk/live-sessions/<slug>/attendance/code/now")
@staff_only("organiser", "focal_point")
def desk_code_now(slug: str) -> str:
    """Show the code alone, for a page that follows the minute."""
    live_session = _on_the_desk(slug)
    return render_template(
        "attendance/_code_now.html", live_session=live_session, **_now(live_session)
    )


@codes.get("/codes/<slug>")
def enter_code(slug: str) -> ResponseReturnValue:
    """Ask a learner in the room for the code, or say that they are noted."""
    return _ask(_live_session(slug), current_user, RoomCodeForm())


def _live_session(slug: str) -> LiveSession:
    return find_live_session(slug, current_user) or abort(404)


def _ask(
    live_session: LiveSession, person: Person, form: RoomCodeForm, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "attendance/enter_code.html", live_session=live_session, series=live_session.series,
        person=person, form=form, is_open=is_open(live_session, now()),
        opens_at=door_opens_at(live_session),
        is_registered=entering.is_registered(live_session, person.id),
        entered=entering.find_entered(live_session, person.id),
    )  # fmt: skip
    return page, status


@codes.post("/codes/<slug>")
def accept_code(slug: str) -> ResponseReturnValue:
    """Note that the learner was there, or say why not."""
    return _accept(_live_session(slug), current_user)


def _accept(live_session: LiveSession, person: Person) -> ResponseReturnValue:
    form, typed = RoomCodeForm(), request.form.get("code", "")[:100]
    try:
        entering.enter_code(live_session, person.id, typed, secret=_secret(), network=network())
    except entering.CodeRefused as refused:
        words, status = _refusal(refused)
        form.code.errors = [words]
        return _ask(live_session, person, form, status)
    return redirect(request.path, HTTPStatus.SEE_OTHER)


def _refusal(refused: entering.CodeRefused) -> tuple[str, int]:
    if isinstance(refused, entering.NotRegistered):
        return _("You are not registered for this series."), 403
    if isinstance(refused, entering.DoorClosed):
        return _("Codes are taken from the opening of the door until the end."), 422
    if isinstance(refused, entering.TooManyRoomCodes):
        words = _("Too many wrong codes. Wait five minutes, or ask the organiser to tick you.")
        return words, 429
    return _("This is not the code of this minute. Look again: it changes each minute."), 422


@codes.after_request
def keep_links_secret(response: Response) -> Response:
    """Answer whoever comes by a personal link so that nothing passes its address on."""
    if "token" in (request.view_args or {}):
        keep_to_the_reader(response)
    return response


@codes.get("/codes/<slug>/<token>")
@public
def enter_code_by_link(slug: str, token: str) -> ResponseReturnValue:
    """Ask the holder of a personal link for the code, signed in or not."""
    live_session, person = _of_link(slug, token)
    return _ask(live_session, person, RoomCodeForm())


@codes.post("/codes/<slug>/<token>")
@public
def accept_code_by_link(slug: str, token: str) -> ResponseReturnValue:
    """Note that the holder was there. The token is the secret, so no other is asked (app.py)."""
    return _accept(*_of_link(slug, token))


def _of_link(slug: str, token: str) -> tuple[LiveSession, Person]:
    """Return whose link it is; one that was replaced leads to the page that says so."""
    named = read_link(token)
    registration = find_holder(named.id) if named else None
    live_session = find_live_session(slug, None)
    if named is None or registration is None or live_session is None:
        abort(404)
    if live_session.series_id != registration.series_id:
        abort(404)
    if named.link_version != registration.link_version:
        abort(redirect(link_path(named)))
    read_as_holder_of_a_link(registration.person.zone)
    return live_session, registration.person
