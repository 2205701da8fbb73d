"""Flagging a post: for every reader who is signed in."""

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.discussion.errors import Suspended
from academy.discussion.queries import find_post_at
from academy.discussion.wording import REFUSED
from academy.moderation.forms import FlagForm
from academy.moderation.service import flag
from academy.moderation.views.blueprint import pages, signed_in
from academy.security.limits import at_most


@pages.route("/moderation/flags/<int:thread_id>/<int:number>", methods=["GET", "POST"])
@at_most("20 per hour;50 per day")
def flag_post(thread_id: int, number: int) -> ResponseReturnValue:
    """Tell moderators what is wrong with a post."""
    found = find_post_at(thread_id, number, signed_in())
    if found is None:
        abort(404)
    thread, post = found
    back = f"/threads/{thread.id}/posts/{post.number}/"
    form = FlagForm()
    if not form.validate_on_submit():
        page = render_template(
            "moderation/flag.html", form=form, post=post, thread=thread, back=back
        )
        return page, 400 if form.errors else 200
    try:
        is_new = flag(post, signed_in(), form.reason.data, (form.words.data or "").strip())
    except Suspended:
        form.reason.errors = [REFUSED["suspended"]]
        page = render_template(
            "moderation/flag.html", form=form, post=post, thread=thread, back=back
        )
        return page, 403
    if is_new:
        flash(_("Thank you. A moderator looks at it; nobody else learns that it was you."))
    else:
        flash(_("You flagged this post before, or wrote it. Nothing was changed."))
    return redirect(back)
