"""What the desk's pages of people accept."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from academy.people.forms.fields import CountryField, Line, email_field, required
from academy.security.scopes import SCOPES


class PeopleFilterForm(FlaskForm):
    """Which persons the desk lists; stands in the address."""

    class Meta:
        """A search changes nothing: it needs no token."""

        csrf = False

    q = Line(lazy_gettext("Name, organisation or address"))
    country = CountryField(lazy_gettext("Country"), [Optional()])
    role = SelectField(lazy_gettext("Role"), [Optional()])


class RoleForm(FlaskForm):
    """A role for a person."""

    email = email_field(lazy_gettext("E-mail address of the person"))
    role = SelectField(lazy_gettext("Role"))
    country = CountryField(
        lazy_gettext("Country"), [Optional()],
        description=lazy_gettext("Only for a focal point: whose people she looks after."),
    )  # fmt: skip


class TokenForm(FlaskForm):
    """A token for the API."""

    name = Line(
        lazy_gettext("What is it for"),
        [*required(lazy_gettext("Say what the token is for.")), Length(max=100)],
        description=lazy_gettext("The program or the person that will use it."),
    )
    scopes = SelectMultipleField(
        lazy_gettext("What may it do"),
        required(lazy_gettext("Choose at least one thing.")),
        choices=[(scope, scope) for scope in SCOPES],
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip
    days = SelectField(lazy_gettext("How long is it good"), default="90")
