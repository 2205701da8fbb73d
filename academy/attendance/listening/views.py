"""Desk pages of listening points: the list of a live session, adding, changing, the device."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from academy.attendance import queries, service
from academy.attendance.forms import DeskPointForm
from academy.attendance.listening.host_views import as_written, show_version
from academy.attendance.listening.points import PointError
from academy.attendance.listening.queries import find_point, list_points, search_devices
from academy.attendance.listening.wording import put_point_error
from academy.attendance.models import ListeningPoint
from academy.attendance.policy import can_import
from academy.lib.strict import LARGEST_ID
from academy.people.queries import find_person_by_address
from academy.programme.models import LiveSession
from academy.security.input import read_id
from academy.security.wall import staff_only

points = Blueprint("points", __name__)


def _actor() -> service.Actor:
    return service.Actor(current_user.id, at_desk=True)


@points.get("/desk/live-sessions/<slug>/listening-points/")
@staff_only("organiser", "focal_point")
def desk_points(slug: str) -> str:
    """List the listening points of a live session; a focal point sees those of her countries."""
    live_session = _live_session(slug)
    page = read_id("page") or 1
    rows, has_next = list_points(live_session, current_user, page)
    return render_template(
        "attendance/desk_points.html", live_session=live_session, rows=rows, page=page,
        has_next=has_next, may_change=can_import(current_user),
    )  # fmt: skip


def _live_session(slug: str) -> LiveSession:
    return queries.find_live_session(slug, current_user) or abort(404)


@points.route("/desk/live-sessions/<slug>/listening-points/new", methods=["GET", "POST"])
@staff_only("organiser")
def desk_new_point(slug: str) -> ResponseReturnValue:
    """Ask for a listening point that somebody told by telephone or on paper, and store it."""
    live_session, form = _live_session(slug), DeskPointForm()
    if form.validate_on_submit():
        try:
            host = _host_of(form)
            if not form.errors:
                service.open_point(live_session, form.facts(), host, _actor())
                flash(_("The listening point is stored and counted."))
                return redirect(url_for(".desk_points", slug=slug))
        except PointError as error:
            put_point_error(form, error)
    page = render_template(
        "attendance/desk_point.html", live_session=live_session, form=form, point=None
    )
    return page, 422 if form.errors else 200


def _host_of(form: DeskPointForm) -> int | None:
    """Return whom the address names; say at the field that it names nobody."""
    address = form.host.data or ""
    person = find_person_by_address(address) if address else None
    if address and person is None:
        form.host.errors = [_("The academy knows nobody with this address.")]
    return person.id if person else None


@points.route("/desk/listening-points/<int:point_id>/", methods=["GET", "POST"])
@staff_only("organiser")
def desk_point(point_id: int) -> ResponseReturnValue:
    """Show a listening point to be changed, and change it."""
    point = _point(point_id)
    form = DeskPointForm(data={**as_written(point), "host": _address_of(point)})
    is_changed = False
    if form.validate_on_submit():
        try:
            return _change(point, form)
        except PointError as error:
            put_point_error(form, error)
        except service.PointChanged:
            point, is_changed = _point(point_id), True
            show_version(form, point)
    status = 409 if is_changed else 422 if form.errors else 200
    return _desk_point(point, form, is_changed=is_changed), status


def _point(point_id: int) -> ListeningPoint:
    return find_point(point_id, current_user) or abort(404)


def _address_of(point: ListeningPoint) -> str:
    host = point.host.primary_address if point.host else None
    return host.address if host else ""


def _change(point: ListeningPoint, form: DeskPointForm) -> ResponseReturnValue:
    """Store what was typed; a host without an address stays unless another is named."""
    host, seen = _host_of(form), form.version.data or 0
    if form.errors:
        return _desk_point(point, form), 422
    if not form.host.data and point.host is not None and not _address_of(point):
        host = point.hosted_by
    service.change_point(point, form.facts(), host, seen=seen, actor=_actor())
    flash(_("Saved."))
    return redirect(url_for(".desk_points", slug=point.live_session.slug))


def _desk_point(point: ListeningPoint, form: DeskPointForm, *, is_changed: bool = False) -> str:
    return render_template(
        "attendance/desk_point.html", live_session=point.live_session, form=form, point=point,
        is_changed=is_changed,
    )  # fmt: skip


@points.post("/desk/listening-points/<int:point_id>/withdrawal")
@staff_only("organiser")
def desk_withdraw_point(point_id: int) -> ResponseReturnValue:
    """Take a listening point back; it stays in the list and can be brought back."""
    point = _point(point_id)
    try:
        service.withdraw_point(point, _actor())
        flash(_("“%(place)s” is taken back and counts no longer.", place=point.place))
    except service.PointChanged:
        flash(_("Somebody took it back meanwhile."), "waiting")
    return redirect(url_for(".desk_points", slug=point.live_session.slug))


@points.post("/desk/listening-points/<int:point_id>/withdrawal/undo")
@staff_only("organiser")
def desk_return_point(point_id: int) -> ResponseReturnValue:
    """Bring a listening point back."""
    point = _point(point_id)
    try:
        service.return_point(point, _actor())
        flash(_("“%(place)s” counts again.", place=point.place))
    except service.HostHasPoint:
        flash(_("Its host has told of another one meanwhile. Take that back first."), "danger")
    except (service.PointChanged, service.PointsClosed):
        flash(_("It stands already, or its live session was called off."), "waiting")
    return redirect(url_for(".desk_points", slug=point.live_session.slug))


@points.get("/desk/listening-points/<int:point_id>/device")
@staff_only("organiser")
def desk_point_device(point_id: int) -> str:
    """Ask which of those seen is the device of the point."""
    point, words = _point(point_id), request.args.get("q", "").strip()
    return render_template(
        "attendance/desk_point_device.html", point=point, live_session=point.live_session,
        found=search_devices(point, words), words=words,
    )  # fmt: skip


@points.post("/desk/listening-points/<int:point_id>/device")
@staff_only("organiser")
def desk_name_device(point_id: int) -> ResponseReturnValue:
    """Note the device, which then is not counted as a person; or that it is not known."""
    point, chosen = _point(point_id), _number("identity_id")
    identity = queries.find_identity(chosen) if chosen else None
    if chosen and (identity is None or identity.live_session_id != point.live_session_id):
        abort(404)
    try:
        service.name_device(point, identity, seen=_number("seen"), actor=_actor())
        flash(_("Saved."))
    except (service.ChangedMeanwhile, service.PointChanged):
        flash(_("Somebody decided about this meanwhile. Nothing of yours was kept."), "waiting")
    return redirect(url_for(".desk_points", slug=point.live_session.slug))


def _number(name: str) -> int | None:
    value = request.form.get(name, type=int)
    return value if value is not None and 0 < value <= LARGEST_ID else None
