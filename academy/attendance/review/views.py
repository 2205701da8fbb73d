"""Desk pages of the review: who is still open, who they may be, what was decided."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from academy.attendance import queries, service
from academy.attendance.forms import NewPersonForm
from academy.attendance.models import Identity, Match
from academy.attendance.objections import queries as objection_queries
from academy.attendance.review import queries as review_queries
from academy.attendance.review.proposals import Seen
from academy.attendance.review.queries import Reviewed, Word
from academy.attendance.wording import ANSWERS, CLUES, DISMISSALS, OBJECTIONS
from academy.i18n.setup import number
from academy.lib.strict import LARGEST_ID
from academy.security.input import read_id
from academy.security.wall import staff_only

review = Blueprint("review", __name__)


@review.get("/desk/live-sessions/<slug>/attendance/review/")
@staff_only("organiser")
def desk_review(slug: str) -> str:
    """Show who is open with those they may be, or what was decided."""
    reviewed, page = _reviewed(slug), read_id("page") or 1
    if request.args.get("show") == "decided":
        return _desk_decided(reviewed, page)
    if request.args.get("show") == "objections":
        return _desk_objections(reviewed, page)
    found = review_queries.read_review(
        reviewed.live_session, page, current_user, read_id("decided")
    )
    undoable = found.just_decided or found.last_own
    return render_template(
        "attendance/desk_review.html",
        **_head(reviewed, [one.seen.id for one in found.rows], undoable),
        review=found,
        clues=CLUES,
    )


def _reviewed(slug: str) -> Reviewed:
    return review_queries.find_reviewed(slug, current_user) or abort(404)


def _head(
    reviewed: Reviewed, on: Sequence[int] = (), undoable: Seen | None = None
) -> dict[str, object]:
    """Return the numbers on top; `on` are the identities that the page shows as open."""
    undo = undoable.match_id if undoable else None
    return {
        "live_session": reviewed.live_session,
        "tally": reviewed.tally,
        "objections": reviewed.objections,
        "decided_by_hand": reviewed.decided,
        "on": "-".join(map(str, on)) or None,
        "undo": undo,
        "state": _state(reviewed, [], is_undone=False),
    }


def _state(reviewed: Reviewed, words: Sequence[Word], *, is_undone: bool) -> dict[str, object]:
    """Return what a page that is being looked at takes over, in words that it can say."""
    is_open = reviewed.tally.unmatched if reviewed.tally else 0
    return {
        "counts": {
            "open": number(is_open),
            "decided": number(reviewed.decided),
            "objections": number(reviewed.objections),
        },
        "marks": {word.identity_id: _decided_meanwhile(word) for word in words},
        "is_undone": is_undone,
        "said": ngettext("%(num)s name is open.", "%(num)s names are open.", is_open),
    }


def _decided_meanwhile(word: Word) -> str:
    """Say what stands about somebody whom the page shows as open, and whose word it is."""
    what = word.person or word.note or str(DISMISSALS.get(word.reason, ""))
    if word.by is None:
        return str(_("Matched meanwhile: %(what)s", what=what))
    return str(_("%(by)s decided meanwhile: %(what)s", by=word.by, what=what))


def _desk_decided(reviewed: Reviewed, page: int) -> str:
    found = review_queries.list_decided(reviewed.live_session, page)
    return render_template(
        "attendance/desk_decided.html",
        **_head(reviewed),
        decided=found[: review_queries.PAGE],
        page=page,
        has_next=len(found) > review_queries.PAGE,
    )


def _desk_objections(reviewed: Reviewed, page: int) -> str:
    found = objection_queries.list_objections(current_user, "open", page, reviewed.live_session.id)
    return render_template(
        "attendance/desk_review_objections.html",
        **_head(reviewed),
        found=found,
        objection_kinds=OBJECTIONS,
        answers=ANSWERS,
    )


@review.get("/desk/live-sessions/<slug>/attendance/review/totals")
@staff_only("organiser")
def desk_review_totals(slug: str) -> str:
    """Show the numbers alone, and what was decided meanwhile about those on the page."""
    reviewed, on = _reviewed(slug), _read_ids(request.args.get("on", ""))
    undo = read_id("undo")
    words = review_queries.list_words_of(reviewed.live_session, on, undo)
    is_undone = undo is not None and undo not in {word.match_id for word in words}
    marks = [word for word in words if word.identity_id in on]
    head = _head(reviewed, on) | {"undo": undo}
    head["state"] = _state(reviewed, marks, is_undone=is_undone)
    return render_template("attendance/_review_totals.html", **head)


def _read_ids(text: str) -> list[int]:
    """Return the ids of a page, "12-14-15"; what is none is left out."""
    words = text.split("-")[: review_queries.PAGE]
    return [int(word) for word in words if word.isdecimal() and 0 < int(word) <= LARGEST_ID]


@review.get("/desk/identities/<int:identity_id>/decide")
@staff_only("organiser")
def desk_choose(identity_id: int) -> str:
    """Search for the person, or name somebody new."""
    identity = _identity(identity_id)
    return _choose(identity, NewPersonForm(name=identity.shown_name))


def _choose(identity: Identity, form: NewPersonForm) -> str:
    live_session = queries.get_live_session(identity)
    words = request.args.get("q", "")
    return render_template(
        "attendance/desk_choose.html",
        identity=identity,
        live_session=live_session,
        standing=service.find_standing(identity.id),
        people=review_queries.search_people(words, live_session.series_id),
        words=words,
        form=form,
    )


@review.post("/desk/identities/<int:identity_id>/decide")
@staff_only("organiser")
def desk_decide(identity_id: int) -> ResponseReturnValue:
    """Do what the pressed button says; tell what another human decided meanwhile."""
    identity = _identity(identity_id)
    form = NewPersonForm()
    if "new" in request.form and not form.validate():
        return _choose(identity, form), 422
    try:
        match = _decide(identity, form)
    except service.NotForHands:
        flash(_not_for_hands(), "danger")
        return redirect(_back(identity))
    except service.ChangedMeanwhile as changed:
        flash(_changed(identity.shown_name, changed.standing), "waiting")
        return redirect(_back(identity))
    except (service.UnknownPerson, service.UnknownReason):
        flash(_("Nothing was decided: choose a person or a reason."), "danger")
        return redirect(_back(identity))
    return redirect(_back(identity, match.id))


def _identity(identity_id: int) -> Identity:
    return queries.find_identity(identity_id) or abort(404)


def _decide(identity: Identity, form: NewPersonForm) -> Match:
    seen, actor = _number("seen"), current_user.id
    if "new" in request.form:
        name, country = (form.name.data or "").strip(), form.country.data or None
        return service.create_and_decide(identity, name, country, seen=seen, actor_id=actor)
    if "exclude" in request.form:
        reason, note = request.form["exclude"], request.form.get("note", "")
        return service.exclude(identity, reason, note=note, seen=seen, actor_id=actor)
    return service.decide(identity, _number("person_id") or 0, seen=seen, actor_id=actor)


def _number(name: str) -> int | None:
    """Return the id that the form gives; None for none or for nonsense."""
    value = request.form.get(name, type=int)
    return value if value is not None and 0 < value <= LARGEST_ID else None


def _not_for_hands() -> str:
    words: str = _(
        "This cannot be decided by hand: the way in said who it was, or they were erased since."
    )
    return words


def _changed(name: str, standing: service.Standing | None) -> str:
    """Say what stands now and whose word it is; nothing of it was overwritten."""
    words: str = _(
        "Somebody has taken the decision about “%(name)s” back meanwhile. "
        "Nothing of yours was kept.",
        name=name,
    )
    if standing is not None:
        by = standing.by or _("A match")
        what = standing.person or standing.note or str(DISMISSALS.get(standing.reason, ""))
        words = _(
            "%(by)s was quicker about “%(name)s”: %(what)s. Nothing of yours was kept.",
            by=by,
            name=name,
            what=what,
        )
    return words


def _back(identity: Identity, decided: int | None = None) -> str:
    """Return the way back to the desk, to the next of those who are open."""
    follows = _number("next")
    return url_for(
        ".desk_review",
        slug=queries.get_live_session(identity).slug,
        page=_number("page"),
        decided=decided,
        _anchor=f"identity-{follows}" if follows else None,
    )


@review.post("/desk/decisions/<int:match_id>/undo")
@staff_only("organiser")
def desk_undo_decision(match_id: int) -> ResponseReturnValue:
    """Take a decision back, however old it is."""
    match = review_queries.find_match(match_id) or abort(404)
    identity = _identity(match.identity_id)
    try:
        service.undo_decision(match, current_user.id)
        flash(_("Taken back: “%(name)s” is open again.", name=identity.shown_name))
    except service.NotForHands:
        flash(_not_for_hands(), "danger")
    except service.ChangedMeanwhile as changed:
        flash(_changed(identity.shown_name, changed.standing), "waiting")
    return redirect(_back(identity))
