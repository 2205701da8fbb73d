"""Pages for whoever hosts a listening point: how many people are with them on one device."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from academy.attendance import service
from academy.attendance.forms import PointForm
from academy.attendance.listening.points import PointError, PointFacts
from academy.attendance.listening.queries import find_own_point
from academy.attendance.listening.wording import put_point_error
from academy.attendance.models import ListeningPoint
from academy.db import now
from academy.i18n.reader import read_as_holder_of_a_link
from academy.i18n.times import reader_time
from academy.people.models import Person
from academy.programme.link_queries import find_holder
from academy.programme.models import LiveSession
from academy.programme.personal_links import link_path, link_token, read_link
from academy.programme.queries import find_live_session, find_standing
from academy.security.headers import keep_to_the_reader
from academy.security.limits import limiter
from academy.security.network import network
from academy.security.wall import public

hosts = Blueprint("hosts", __name__)


@dataclass(frozen=True, slots=True)
class Host:
    """Who hosts a room of which live session, and where their pages are."""

    person: Person
    live_session: LiveSession
    here: str
    withdrawal: str
    back: str
    #: Whether they came by their personal link, signed in or not: then it is their only secret.
    by_link: bool = False

    @property
    def actor(self) -> service.Actor:
        """How the service knows them."""
        return service.Actor(self.person.id)

    def form(self, **options: Any) -> PointForm:
        """Return the form. The link in the address is the proof that a cookie is for the others."""
        return PointForm(meta={"csrf": False} if self.by_link else {}, **options)

    def find_point(self) -> ListeningPoint | None:
        """Return what they told so far."""
        return find_own_point(self.live_session.id, self.person.id)


def _who() -> str:
    """Limits count per person, for a village may share one address."""
    token = (request.view_args or {}).get("token")
    if token:
        named = read_link(token)  # however it was typed, it is one link
        return f"link:{named.id}" if named else f"wrong:{network()}"
    return f"person:{current_user.id}" if current_user.is_authenticated else "nobody"


@hosts.get("/listening-points/<slug>/")
def own_point(slug: str) -> str:
    """Show what the reader told of the people at their device, to be changed, or ask for it."""
    return _show(_signed_in(slug))


@hosts.post("/listening-points/<slug>/")
@limiter.limit("20 per minute", key_func=_who)  # type: ignore[untyped-decorator]
def tell_own_point(slug: str) -> ResponseReturnValue:
    """Store how many people are with the reader, or change it."""
    return _tell(_signed_in(slug))


@hosts.post("/listening-points/<slug>/withdrawal")
@limiter.limit("20 per minute", key_func=_who)  # type: ignore[untyped-decorator]
def withdraw_own_point(slug: str) -> ResponseReturnValue:
    """Take the listening point back."""
    return _withdraw(_signed_in(slug))


@hosts.post("/listening-points/<slug>/withdrawal/undo")
@limiter.limit("20 per minute", key_func=_who)  # type: ignore[untyped-decorator]
def return_own_point(slug: str) -> ResponseReturnValue:
    """Bring back the listening point that the reader took back."""
    return _return(_signed_in(slug))


def _signed_in(slug: str) -> Host:
    person: Person = current_user._get_current_object()  # noqa: SLF001  werkzeug's own name
    live_session = find_live_session(slug, person) or abort(404)
    if not find_standing(person, live_session.series_id).is_registered:
        abort(404)
    return Host(
        person, live_session, url_for(".own_point", slug=slug),
        url_for(".withdraw_own_point", slug=slug), url_for("programme.live_session", slug=slug),
    )  # fmt: skip


@hosts.after_request
def keep_links_secret(response: Response) -> Response:
    """Answer whoever comes by a token so that nothing passes its address on."""
    if "token" in (request.view_args or {}):
        keep_to_the_reader(response)
    return response


@hosts.get("/listening-points/link/<token>/<slug>/")
@public
def linked_point(token: str, slug: str) -> ResponseReturnValue:
    """Show the same to whoever comes by the personal link, signed in or not."""
    return _show(_by_link(token, slug))


@hosts.post("/listening-points/link/<token>/<slug>/")
@public
@limiter.limit("20 per minute", key_func=_who)  # type: ignore[untyped-decorator]
def tell_linked_point(token: str, slug: str) -> ResponseReturnValue:
    """Store it. The token is the secret: no other is asked (docs/decisions/personal-links.md)."""
    return _tell(_by_link(token, slug))


@hosts.post("/listening-points/link/<token>/<slug>/withdrawal")
@public
@limiter.limit("20 per minute", key_func=_who)  # type: ignore[untyped-decorator]
def withdraw_linked_point(token: str, slug: str) -> ResponseReturnValue:
    """Take the listening point back."""
    return _withdraw(_by_link(token, slug))


@hosts.post("/listening-points/link/<token>/<slug>/withdrawal/undo")
@public
@limiter.limit("20 per minute", key_func=_who)  # type: ignore[untyped-decorator]
def return_linked_point(token: str, slug: str) -> ResponseReturnValue:
    """Bring it back."""
    return _return(_by_link(token, slug))


#: Views whose address holds the secret: app.py takes them out of the protection of forms, which
#: protects a cookie that nobody needs here.
LINKED = (tell_linked_point, withdraw_linked_point, return_linked_point)


def _by_link(token: str, slug: str) -> Host:
    """Return whose link it is; what a door does not open, the page of the door explains."""
    named = read_link(token)
    registration = find_holder(named.id) if named else None
    if named is None or registration is None:
        abort(404)
    if named.link_version != registration.link_version or registration.cancelled_at is not None:
        abort(redirect(f"/j/{token}"))
    person = registration.person
    live_session = find_live_session(slug, person)
    if live_session is None or live_session.series_id != registration.series_id:
        abort(404)
    read_as_holder_of_a_link(person.zone)
    mine = link_token(registration)
    return Host(
        person, live_session, url_for(".linked_point", token=mine, slug=slug),
        url_for(".withdraw_linked_point", token=mine, slug=slug), link_path(registration),
        by_link=True,
    )  # fmt: skip


def _show(host: Host) -> str:
    point = host.find_point()
    return _page(host, point, host.form(formdata=None, data=_as_told(host, point)))


def _as_told(host: Host, point: ListeningPoint | None) -> dict[str, object]:
    return {"country": host.person.country, "version": 0} if point is None else as_written(point)


def as_written(point: ListeningPoint) -> dict[str, object]:
    """Return what a form shows of a point that stands."""
    return {
        "place": point.place, "country": point.country, "women": point.women, "men": point.men,
        "others": point.others, "names": "\n".join(one.typed for one in point.named),
        "from_minute": point.from_minute, "until_minute": point.until_minute,
        "version": point.version,
    }  # fmt: skip


def facts_of(point: ListeningPoint) -> PointFacts:
    """Return what stands of a point as its host would say it."""
    return PointFacts(
        point.place, point.country, point.women, point.men, point.others,
        tuple(one.typed for one in point.named), point.from_minute, point.until_minute,
    )  # fmt: skip


def _page(
    host: Host, point: ListeningPoint | None, form: PointForm, changed: ListeningPoint | None = None
) -> str:
    opens, closes = host.live_session.listening_points_open
    return render_template(
        "attendance/listening_point.html", host=host, live_session=host.live_session,
        point=point, form=form, changed=changed, opens=opens, opens_later=now() < opens,
        closes_words=_in_words(host, closes),
        is_theirs=point is None or point.withdrawn_by in {None, host.person.id},
    )  # fmt: skip


def _in_words(host: Host, moment: datetime) -> str:
    at = reader_time(moment, host.live_session.zone)
    return f"{at.weekday} {at.date}, {at.hour}"


def _tell(host: Host) -> ResponseReturnValue:
    point, form = host.find_point(), host.form()
    if not form.validate():
        return _page(host, point, form), 422
    try:
        stored = _store(host, point, form)
    except PointError as error:
        put_point_error(form, error)
        return _page(host, point, form), 422
    except service.PointChanged:
        return _show_changed(host, form)
    flash(_thanks(stored))
    return redirect(host.here)


def _store(host: Host, point: ListeningPoint | None, form: PointForm) -> ListeningPoint:
    if point is None:
        return service.open_point(host.live_session, form.facts(), host.person.id, host.actor)
    seen = form.version.data or 0
    service.change_point(point, form.facts(), host.person.id, seen=seen, actor=host.actor)
    return point


def _show_changed(host: Host, form: PointForm) -> ResponseReturnValue:
    """Tell what stands now and keep what was typed; sent once more, it holds."""
    point = host.find_point()
    if point is not None and point.withdrawn_at is None and facts_of(point) == form.facts():
        flash(_thanks(point))  # a button that was pressed twice
        return redirect(host.here)
    if point is not None:
        show_version(form, point)
    return _page(host, point, form, changed=point), 409


def show_version(form: PointForm, point: ListeningPoint) -> None:
    """Let the form say that its reader has now seen this version."""
    form.version.data, form.version.raw_data = point.version, None


def _thanks(point: ListeningPoint) -> str:
    words: str = ngettext(
        "Noted: one person at “%(place)s”. Thank you.",
        "Noted: %(num)s people at “%(place)s”, yourself among them. Thank you.",
        point.together, place=point.place,
    )  # fmt: skip
    return words


def _withdraw(host: Host) -> ResponseReturnValue:
    point = host.find_point() or abort(404)
    try:
        service.withdraw_point(point, host.actor)
        flash(_("Taken back. Nobody at this device is counted any more."))
    except service.PointsClosed:
        flash(_("It is too late to change this. Please write to the organisers."), "waiting")
    except service.PointChanged:
        flash(_("It was taken back already."), "waiting")
    return redirect(host.here)


def _return(host: Host) -> ResponseReturnValue:
    point = host.find_point() or abort(404)
    try:
        service.return_point(point, host.actor)
        flash(_thanks(point))
    except (service.PointsClosed, service.NotTheirs):
        flash(_("It is too late to change this. Please write to the organisers."), "waiting")
    except (service.PointChanged, service.HostHasPoint):
        flash(_("It stands already."), "waiting")
    return redirect(host.here)
