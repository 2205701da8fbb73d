"""A moderator's edit of somebody's post, with a note that everybody reads."""

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.discussion import wording as thread_wording
from academy.discussion.errors import EditedMeanwhile
from academy.discussion.models import Post, Thread
from academy.discussion.queries import find_post_at
from academy.moderation.errors import NotPossible
from academy.moderation.rearranging_forms import NotedEditForm
from academy.moderation.service import edit_with_note
from academy.moderation.views.blueprint import pages, signed_in
from academy.security.wall import staff_only


@pages.route("/moderation/threads/<int:thread_id>/posts/<int:number>/edit", methods=["GET", "POST"])
@staff_only("moderator")
def noted_edit(thread_id: int, number: int) -> ResponseReturnValue:
    """Change the words of somebody's post, and say below it what was changed."""
    found = find_post_at(thread_id, number, signed_in())
    if found is None or not found[1].body:
        abort(404)
    thread, post = found
    form = NotedEditForm(body=post.body, version=str(post.version))
    if not form.validate_on_submit():
        return _show(thread, post, form), 400 if form.errors else 200
    try:
        edit_with_note(
            post, signed_in(), form.written(), form.reason.data, (form.note.data or "").strip(),
            version=int(form.version.data or 0),
        )  # fmt: skip
    except EditedMeanwhile as meanwhile:
        form.version.data = str(meanwhile.version)
        form.body.errors = [thread_wording.EDITED_MEANWHILE]
        return _show(thread, post, form, meanwhile.body), 409
    except NotPossible:
        form.body.errors = [_("Nothing of it was changed.")]
        return _show(thread, post, form), 409
    flash(_("Changed. The author is told, and can appeal to another moderator."))
    return redirect(f"/threads/{thread.id}/posts/{post.number}/")


def _show(thread: Thread, post: Post, form: NotedEditForm, theirs: str = "") -> str:
    return render_template(
        "moderation/noted_edit.html", thread=thread, post=post, form=form, theirs=theirs,
        back=f"/threads/{thread.id}/posts/{post.number}/",
    )  # fmt: skip
