"""What the pages of groups accept."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp

from academy.learning.groups.letters import LONGEST_TEXT, tidy_text
from academy.learning.groups.wording import ORDERS, SHOWS
from academy.lib.choices import options
from academy.messaging.letters import LONGEST_SUBJECT
from academy.messaging.mails import on_one_line
from academy.people.forms.fields import email_field


class LearnersFilterForm(FlaskForm):
    """Looking for learners of a group; it stays in the address."""

    class Meta:
        """Nothing is changed by looking."""

        csrf = False

    q = StringField(_("Name or organisation"))
    country = SelectField(_("Country"), default="")
    show = SelectField(_("Who"), choices=options(SHOWS), default="")
    sort = SelectField(_("Order"), choices=options(ORDERS), default="name")


class FacilitatorForm(FlaskForm):
    """Somebody to facilitate a series."""

    email = email_field(_("E-mail address of the person"))


class LetterForm(FlaskForm):
    """What somebody writes to learners; the names are those of boxes that are given back."""

    title = StringField(
        _("Subject"),
        [DataRequired(_("Write a subject.")), Length(max=LONGEST_SUBJECT)],
        filters=[lambda words: on_one_line(words or "")],
    )
    body = TextAreaField(
        _("Your words"),
        [DataRequired(_("Write what they shall read.")), Length(max=LONGEST_TEXT)],
        filters=[tidy_text],
        description=_(
            "Below “Hello” and their name, above yours. Nobody can answer the mail itself: say how"
            " they reach you, such as a thread, the next live session or an address of yours."
        ),
    )  # fmt: skip


class ConfirmedForm(LetterForm):
    """The same, looked over: to the list that was seen, once."""

    key = HiddenField(validators=[Regexp("^[0-9a-f]{32}$")])
    seen = HiddenField(validators=[Regexp("^[0-9a-f]{32}$")])


class ButtonForm(FlaskForm):
    """A press of a button."""
