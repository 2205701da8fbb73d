"""What the pages of courses accept."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from academy.learning.service.studying import LONGEST_NOTE


class ReadForm(FlaskForm):
    """A press of a button."""


class NoteForm(FlaskForm):
    """One's own words beside a lesson."""

    note = TextAreaField(
        _("Your note"), [Length(max=LONGEST_NOTE)], description=_("Nobody else sees it.")
    )
    #: The mark of the note that is written over, so that no other device's words are lost.
    known = HiddenField()
