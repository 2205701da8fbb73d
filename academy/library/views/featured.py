"""Featured cases: the page on which librarians keep them, their feed, and what pages show."""

from datetime import date
from urllib.parse import urlsplit

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.db import now
from academy.i18n.reader import reader_language
from academy.lib.feeds import only_xml
from academy.library.desk_forms import FeatureForm, TokenForm
from academy.library.featured import Featured, find_feature, find_featured, list_features
from academy.library.models import FeaturedCase
from academy.library.policy import can_curate
from academy.library.queries import find_case
from academy.library.service.featuring import NotToFeature, feature, feature_no_more, move
from academy.library.views.blueprint import pages, reader
from academy.people.models import Person
from academy.security.wall import public, staff_only


@pages.app_template_global()
def featured_cases() -> list[Featured]:
    """Return the cases that are in front now."""
    return find_featured()


@pages.app_template_global()
def may_feature() -> bool:
    """Whether the reader keeps the list of featured cases."""
    return can_curate(reader())


@pages.get("/cases/featured.atom")
@public
def featured_feed() -> Response:
    """Give the featured cases as an Atom feed (RFC 4287): an entry each time one is chosen."""
    found = find_featured()
    updated = max((one.chosen_at for one in found), default=now())
    feed = render_template("library/featured.atom", cases=found, updated=updated)
    return Response(only_xml(feed), mimetype="application/atom+xml")


@pages.route("/desk/featured-cases/", methods=["GET", "POST"])
@staff_only("moderator", "organiser")
def desk_featured() -> ResponseReturnValue:
    """List what is in front, comes or is over, and put a case there or change its words."""
    form = FeatureForm(data=_standing(request.args.get("case", "")))
    if not form.validate_on_submit():
        return _show(form), 400 if form.errors else 200
    case = find_case(slug_in(form.case.data or ""), reader())
    if case is None:
        form.case.errors = [_("There is no such case. Paste the address of its page.")]
        return _show(form), 400
    try:
        feature(
            case, _librarian(), (form.why.data or "").strip(), language=form.language.data,
            from_on=form.from_on.data, until_on=form.until_on.data,
        )  # fmt: skip
    except NotToFeature:
        form.case.errors = [_("Only a published case can be put in front.")]
        return _show(form), 400
    flash(_("“%(title)s” is on the list.", title=case.title))
    return redirect(url_for(".desk_featured"))


def _standing(slug: str) -> dict[str, object]:
    """Return what the form holds first: what was chosen about the case before, if anything."""
    today = now().date()
    first: dict[str, object] = {"case": slug, "language": reader_language(), "from_on": today}
    chosen = find_feature(slug) if slug else None
    if chosen is None:
        return first
    is_over = chosen.until_on is not None and chosen.until_on < today
    return first | {
        "why": chosen.why, "language": chosen.language,
        "from_on": today if is_over else chosen.from_on,
        "until_on": None if is_over else chosen.until_on,
    }  # fmt: skip


def slug_in(text: str) -> str:
    """Return the address of a case in what somebody pasted: its page's whole address, or a part."""
    parts = [part for part in urlsplit(text.strip()).path.split("/") if part]
    if "cases" in parts[:-1]:
        return parts[parts.index("cases") + 1]
    return parts[-1] if parts else ""


def _show(form: FeatureForm) -> str:
    return render_template(
        "library/desk_featured.html", form=form, rows=list_features(), state_of=_state_of,
        is_known=bool(form.case.data),
    )  # fmt: skip


def _state_of(chosen: FeaturedCase, status: str) -> str:
    """Return "gone", "over", "coming" or "shown"."""
    today: date = now().date()
    if status != "published":
        return "gone"
    if chosen.until_on is not None and chosen.until_on < today:
        return "over"
    return "coming" if chosen.from_on > today else "shown"


def _librarian() -> Person:
    person = reader()
    assert person is not None  # noqa: S101  the wall lets nobody else reach these pages
    return person


def _load(slug: str) -> FeaturedCase:
    return find_feature(slug) or abort(404)


@pages.post("/desk/featured-cases/<slug>/removal")
@staff_only("moderator", "organiser")
def desk_feature_no_more(slug: str) -> ResponseReturnValue:
    """Take a case from the front; what was written of it stays for the way back."""
    chosen = _load(slug)
    if TokenForm().validate_on_submit():
        feature_no_more(chosen, _librarian())
        flash(_("It is in front no more. Its line under “Over” leads back."))
    return redirect(url_for(".desk_featured"))


@pages.post("/desk/featured-cases/<slug>/place")
@staff_only("moderator", "organiser")
def desk_move_feature(slug: str) -> ResponseReturnValue:
    """Let a case change places with its neighbour."""
    chosen = _load(slug)
    if TokenForm().validate_on_submit():
        move(chosen, _librarian(), -1 if request.form.get("step") == "up" else 1)
    return redirect(url_for(".desk_featured"))
