"""Choosing posts of a thread by ticking them, page by page."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.discussion.models import Thread
from academy.discussion.places import find_merged
from academy.discussion.queries import POSTS_ON_A_PAGE, page_of_post, read_posts
from academy.lib.number_ranges import read_ranges, write_ranges
from academy.moderation import wording
from academy.moderation.views.blueprint import pages, signed_in
from academy.security.input import read_id
from academy.security.wall import staff_only


def load_standing(thread_id: int) -> Thread:
    """Return the thread, or what it was merged into; 404 where there is none."""
    found = find_merged(thread_id, signed_in())
    if found is None:
        abort(404)
    return found


@pages.get("/moderation/threads/<int:thread_id>/posts")
@staff_only("moderator")
def choose_posts(thread_id: int) -> ResponseReturnValue:
    """Choose posts of a thread, page by page; what was chosen before stays chosen."""
    found = load_standing(thread_id)
    page = min(read_id("page") or read_id("at") or 1, page_of_post(max(found.last_number, 1)))
    problem, chosen = read_chosen()
    if not problem and request.args.get("go"):
        if chosen:
            numbers = write_ranges(chosen)
            return redirect(url_for(".split", thread_id=found.id, posts=numbers))
        problem = str(wording.CANNOT_REARRANGE["none"])
    first = (page - 1) * POSTS_ON_A_PAGE + 1
    posts = read_posts(found, signed_in(), first, first + POSTS_ON_A_PAGE - 1)
    here = {shown.post.number for shown in posts}
    return render_template(
        "moderation/choose_posts.html", thread=found, posts=posts, chosen=chosen, page=page,
        pages=page_of_post(max(found.last_number, 1)), elsewhere=write_ranges(chosen - here),
        problem=problem, states=wording.STATES,
    )  # fmt: skip


def read_chosen() -> tuple[str, set[int]]:
    """Return what is wrong with the numbers, if anything, and those that are chosen."""
    ticked = ",".join(request.args.getlist("post"))
    try:
        return "", read_ranges(f"{ticked},{request.args.get('posts', '')}")
    except ValueError:
        return _("Write numbers like 3-5, 9."), set()
