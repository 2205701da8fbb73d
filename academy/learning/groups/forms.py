"""What the pages of groups accept."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField

from academy.learning.groups.wording import ORDERS, SHOWS
from academy.lib.choices import options
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


class ButtonForm(FlaskForm):
    """A press of a button."""
