"""One thread: its posts, answering, following, and the answer that helped."""

from datetime import date, datetime, time
from http import HTTPStatus
from secrets import token_hex
from zoneinfo import ZoneInfo

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.discussion import wording
from academy.discussion.errors import NotYours, Refused, ThreadClosed
from academy.discussion.forms import EmptyForm, PostForm, WishForm
from academy.discussion.models import Post, Thread
from academy.discussion.places import find_first_from
from academy.discussion.queries import find_first_since, find_post_at, read_newest, read_page
from academy.discussion.service import (
    accept,
    follow,
    forget_wish,
    mark_read,
    mute,
    reply,
    take_acceptance_back,
)
from academy.discussion.views.blueprint import (
    address_of,
    is_asked_by_script,
    lead_to,
    load_open,
    load_post_at,
    load_thread,
    pages,
    quote_of,
    reader,
    signed_in,
)
from academy.discussion.views.drawing import draw_empty_box, draw_posts, facts_of
from academy.i18n.reader import reader_zone
from academy.lib.feeds import only_xml
from academy.security.input import read_id
from academy.security.limits import at_most
from academy.security.wall import public


@pages.get("/threads/<int:thread_id>/")
@public
def thread(thread_id: int) -> ResponseReturnValue:
    """Show one page of a thread, and the box to answer."""
    found = load_thread(thread_id)
    if found.id != thread_id:
        return redirect(_address_within(found, thread_id))
    return _show(found, _form_to_answer(found), read_id("page") or 1)


def _form_to_answer(found: Thread) -> PostForm | None:
    """Return the form where a post is answered or words come along; the empty one is kept."""
    answers = read_id("answers")
    if not answers and not read_id("merged"):
        return None
    return PostForm(
        formdata=None, language=found.language, request_key=token_hex(16),
        answers=str(answers or ""), body=_quoted(found, answers),
    )  # fmt: skip


def _quoted(found: Thread, number: int | None) -> str:
    """What the button "Quote" puts into the box where no script runs."""
    asked = number if request.args.get("quote") else None
    there = find_post_at(found.id, asked, reader()) if asked else None
    return quote_of(there[1]) if there else ""


def _address_within(found: Thread, merged_id: int) -> str:
    """Return where what was merged into a thread begins; merging may be undone, so not for ever."""
    number = find_first_from(merged_id, found.id) or 1
    return address_of(found, number, merged_from=merged_id)


def _show(found: Thread, form: PostForm | None, page: int) -> str:
    shown = read_page(found, reader(), page)
    facts = facts_of(found)
    is_empty = facts["may_write"] and form is None
    return render_template(
        "discussion/thread.html", page=shown, thread=found, form=form, merged=read_id("merged"),
        box=draw_empty_box(found) if is_empty else "",
        drawn=draw_posts(found, shown.posts, shown.read_number), **facts,
    )  # fmt: skip


@pages.get("/threads/<int:thread_id>/jump")
@public
def jump(thread_id: int) -> ResponseReturnValue:
    """Lead to the post of a number, or to the first one of a day; beyond the last, to the last."""
    found = load_thread(thread_id)
    number = read_id("number") or _first_of_day(found) or found.last_number
    return redirect(url_for(".post", thread_id=found.id, number=min(number, found.last_number)))


def _first_of_day(found: Thread) -> int | None:
    try:
        day = date.fromisoformat(request.args.get("day", ""))
        midnight = datetime.combine(day, time(0), ZoneInfo(reader_zone()))
        return find_first_since(found, midnight)
    except (ValueError, OverflowError):  # no day, or one that no calendar has
        return 1


@pages.post("/threads/<int:thread_id>/posts/")
@at_most("30 per minute")
def new_post(thread_id: int) -> ResponseReturnValue:
    """Add an answer; what cannot be taken stays in the box with the reason."""
    form = PostForm()
    if not form.validate_on_submit():
        return _show_again(thread_id, form), 400
    try:
        written = reply(
            thread_id, signed_in(), form.words(), language=form.language.data,
            answers=form.answered(), request_key=form.request_key.data or None,
        )  # fmt: skip
    except ThreadClosed:
        form.body.errors = [wording.CLOSED]
        return _show_again(thread_id, form), 409
    except Refused as refusal:
        form.body.errors = wording.say_refused(refusal.verdict)
        return _show_again(thread_id, form), 409
    # A script puts the post itself on the page, which says that it waits.
    if written.is_held and not is_asked_by_script():
        flash(wording.HELD)
    return lead_to(written.thread_id, written.number)


def _show_again(thread_id: int, form: PostForm) -> str:
    """Show the last page with what was typed; 404 where the reader may not know of the thread."""
    found = load_thread(thread_id)
    return _show(found, form, found.last_number)  # read_page stops at the last one


@pages.post("/threads/<int:thread_id>/reading")
@at_most("60 per minute")
def read_thread(thread_id: int) -> ResponseReturnValue:
    """Note how far the reader has come; a browser says it, and the button "All read"."""
    found = load_open(thread_id)
    mark_read(
        found.id, signed_in().id, min(read_id("number") or found.last_number, found.last_number)
    )
    if is_asked_by_script():
        return "", HTTPStatus.NO_CONTENT
    return redirect(address_of(found, found.last_number))


@pages.post("/threads/<int:thread_id>/wish")
@at_most("60 per minute")
def wish_for_thread(thread_id: int) -> ResponseReturnValue:
    """Follow or mute a thread, or neither."""
    found = load_thread(thread_id)
    form = WishForm()
    if form.validate_on_submit():
        steps = {"follow": follow, "mute": mute, "": forget_wish}
        steps[form.wish.data or ""](found.id, signed_in().id)
    return redirect(address_of(found, 1))


@pages.post("/threads/<int:thread_id>/posts/<int:number>/acceptance")
@at_most("60 per minute")
def accept_post(thread_id: int, number: int) -> ResponseReturnValue:
    """Mark the answer that helped, or take the mark back."""
    found, post = load_post_at(thread_id, number)
    if EmptyForm().validate_on_submit():
        try:
            _mark(found, post)
        except NotYours:
            flash(_("Only who asked, and moderators, mark the answer."), "danger")
    return redirect(address_of(found, post.number))


def _mark(found: Thread, post: Post) -> None:
    if found.accepted_number == post.number:
        take_acceptance_back(found, signed_in())
    else:
        accept(post, signed_in())


@pages.get("/threads/<int:thread_id>/feed.atom")
@public
def thread_feed(thread_id: int) -> Response:
    """Give the newest posts of a thread as an Atom feed (RFC 4287)."""
    found = load_thread(thread_id)
    feed = render_template(
        "discussion/feed.atom", thread=found, posts=read_newest(found), address_of=address_of
    )
    return Response(only_xml(feed), mimetype="application/atom+xml")
