"""One post: its lasting address, its fragment, edits, history, reactions, taking it away."""

from flask import Response, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.discussion import wording
from academy.discussion.errors import EditedMeanwhile, NotYours, Refused, Suspended
from academy.discussion.forms import EditForm, EmptyForm, ReactionForm
from academy.discussion.models import Post, Thread
from academy.discussion.places import Place, find_place
from academy.discussion.policy import can_edit
from academy.discussion.queries import (
    POSTS_ON_A_PAGE,
    find_standing,
    find_thread,
    list_versions,
    read_after,
    read_posts,
)
from academy.discussion.service import edit_post, react, remove_own, take_back
from academy.discussion.views.blueprint import (
    address_of,
    lead_to,
    load_open,
    load_post_at,
    load_thread,
    pages,
    quote_of,
    reader,
    signed_in,
)
from academy.discussion.views.drawing import draw_for_everybody, draw_posts, mark_of
from academy.i18n.reader import page_language, read_as_holder_of_a_link, read_in
from academy.i18n.zones import is_zone
from academy.security.input import read_id
from academy.security.limits import at_most
from academy.security.wall import public


@pages.get("/threads/<int:thread_id>/posts/<int:number>/")
@public
def post(thread_id: int, number: int) -> ResponseReturnValue:
    """Lead to where a post stands now, or the next one that can be seen."""
    place = find_place(thread_id, number) or Place(thread_id, number)
    found = load_thread(place.thread_id)
    return redirect(address_of(found, find_standing(found, place.number, reader())))


@pages.get("/threads/<int:thread_id>/posts/<int:number>/part")
@public
def post_part(thread_id: int, number: int) -> str:
    """Give one post as the page shows it: what a browser fetches when it hears of a change."""
    found = load_open(thread_id)
    shown = read_posts(found, reader(), number, number)
    if not shown:
        abort(404)
    return draw_posts(found, shown)


@pages.get("/threads/<int:thread_id>/posts/<int:number>/quote")
@public
def post_quote(thread_id: int, number: int) -> Response:
    """Give one post as a quote for the box: what the button "Quote" puts there."""
    _thread, shown = load_post_at(thread_id, number)
    return Response(quote_of(shown), mimetype="text/plain")


#: So long, in seconds, a shared part is given out again.
MOMENT = 2


@pages.get("/threads/<int:thread_id>/posts/<int:number>/shared")
@public
def shared_part(thread_id: int, number: int) -> Response:
    """Give a post that everybody sees as it looks to strangers, or to members whose it is not.

    Open pages ask so for what is new, without a cookie: two thousand get one answer, which is kept
    for a moment. `at` names the change of which they heard, so none gets what was drawn before it.
    """
    read_in(request.args.get("language"))
    found = find_thread(thread_id, None)
    shown = read_posts(found, None, number, number) if found else []
    is_other_language = request.args.get("language", page_language()) != page_language()
    if found is None or is_other_language or not any(one.may_read for one in shown):
        abort(404)
    if is_zone(zone := request.args.get("zone", "")):
        read_as_holder_of_a_link(zone)
    are_members = request.args.get("looks") == "members"
    answer = Response(draw_for_everybody(found, shown, are_members=are_members))
    answer.headers["Cache-Control"] = f"public, max-age={MOMENT}"
    answer.headers["X-By"] = mark_of(found.id, shown[0].post.author_id)
    return answer


@pages.get("/threads/<int:thread_id>/posts/")
@public
def posts_after(thread_id: int) -> Response:
    """Give the posts that follow a number, for a browser that lost its line: fifty at most.

    X-Until says how far they reach, X-Last how far the thread has come.
    """
    found = load_open(thread_id)
    after = read_id("after") or 0
    answer = Response(draw_posts(found, read_after(found, after, reader())))
    answer.headers["X-Until"] = str(min(after + POSTS_ON_A_PAGE, found.last_number))
    answer.headers["X-Last"] = str(found.last_number)
    return answer


def _load_own(thread_id: int, number: int) -> tuple[Thread, Post]:
    found, own = load_post_at(thread_id, number)
    if not can_edit(signed_in(), own, found):
        abort(403)
    return found, own


@pages.route("/threads/<int:thread_id>/posts/<int:number>/edit", methods=["GET", "POST"])
@at_most("30 per minute")
def edit(thread_id: int, number: int) -> ResponseReturnValue:
    """Change one's own words; another version saved meanwhile is shown beside them."""
    found, own = _load_own(thread_id, number)
    form = EditForm(body=own.body, version=str(own.version))
    if not form.validate_on_submit():
        return _show_edit(found, own, form), 400 if form.errors else 200
    try:
        written = edit_post(own, signed_in(), form.words(), version=int(form.version.data or 0))
    except EditedMeanwhile as meanwhile:
        form.version.data = str(meanwhile.version)
        form.body.errors = [wording.EDITED_MEANWHILE]
        return _show_edit(found, own, form, meanwhile.body), 409
    except NotYours:
        abort(403)
    except Refused as refusal:
        form.body.errors = wording.say_refused(refusal.verdict)
        return _show_edit(found, own, form), 409
    if written.is_held:
        flash(wording.HELD)
    return lead_to(found.id, own.number)


def _show_edit(found: Thread, own: Post, form: EditForm, theirs: str = "") -> str:
    return render_template(
        "discussion/edit_post.html", thread=found, post=own, form=form, theirs=theirs,
        back=address_of(found, own.number), wording=wording,
    )  # fmt: skip


@pages.route("/threads/<int:thread_id>/posts/<int:number>/removal", methods=["GET", "POST"])
@at_most("60 per minute")
def remove(thread_id: int, number: int) -> ResponseReturnValue:
    """Take one's own post away, after saying that it cannot be brought back."""
    found, own = _load_own(thread_id, number)
    form = EmptyForm()
    if not form.validate_on_submit():
        back = address_of(found, own.number)
        return render_template("discussion/remove_post.html", post=own, form=form, back=back)
    remove_own(own, signed_in())
    flash(_("Your post is gone."))
    return redirect(address_of(found, own.number))


@pages.get("/threads/<int:thread_id>/posts/<int:number>/history")
@public
def history(thread_id: int, number: int) -> str:
    """Show what a post said before each edit, to whoever may read it now."""
    found, shown = load_post_at(thread_id, number)
    return render_template(
        "discussion/history.html", thread=found, post=shown, versions=list_versions(shown),
        back=address_of(found, shown.number),
    )  # fmt: skip


@pages.post("/threads/<int:thread_id>/posts/<int:number>/reactions")
@at_most("60 per minute")
def react_to(thread_id: int, number: int) -> ResponseReturnValue:
    """Give a reaction, or take it back."""
    found, shown = load_post_at(thread_id, number)
    form = ReactionForm()
    if form.validate_on_submit():
        try:
            if form.back.data:
                take_back(found, shown, signed_in(), form.back.data)
            else:
                react(found, shown, signed_in(), form.kind.data or "")
        except Suspended:
            flash(wording.REFUSED["suspended"], "danger")
    return redirect(address_of(found, shown.number))
