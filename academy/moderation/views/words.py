"""The watched words: read, added, taken out."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.moderation.forms import EmptyForm, WordForm
from academy.moderation.queries import list_words
from academy.moderation.service import unwatch, watch
from academy.moderation.views.blueprint import pages, signed_in
from academy.security.wall import staff_only


@pages.route("/moderation/words", methods=["GET", "POST"])
@staff_only("moderator")
def words() -> ResponseReturnValue:
    """List the words whose posts wait for a moderator, and add one."""
    form = WordForm()
    if form.validate_on_submit():
        watch(form.word.data or "", signed_in())
        flash(_("Posts that hold it will wait."))
        return redirect(url_for(".words"))
    page = render_template("moderation/words.html", words=list_words(), form=form)
    return page, 400 if form.errors else 200


@pages.post("/moderation/words/<int:word_id>/removal")
@staff_only("moderator")
def remove_word(word_id: int) -> ResponseReturnValue:
    """Watch a word no more."""
    if EmptyForm().validate_on_submit():
        unwatch(word_id, signed_in())
        flash(_("It is watched no more."))
    return redirect(url_for(".words"))
