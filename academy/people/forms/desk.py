"""What the desk's pages of people accept."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from academy.people.forms.fields import Line, country_field, email_field, required

#: The scopes of academy/security/scopes.py in words that can be translated.
SCOPE_WORDS = {
    "series:read": lazy_gettext("Read series and live sessions"),
    "series:write": lazy_gettext("Create and change series"),
    "registrations:read": lazy_gettext("Read registrations, with names and addresses"),
    "registrations:write": lazy_gettext("Register people and take registrations back"),
    "attendance:read": lazy_gettext("Read who attended a live session"),
    "attendance:write": lazy_gettext("Import attendance files"),
    "figures:read": lazy_gettext("Read the figures of a series"),
}
ROLE_WORDS = {
    "learner": lazy_gettext("Learner"),
    "organiser": lazy_gettext("Organiser"),
    "focal_point": lazy_gettext("Focal point"),
    "moderator": lazy_gettext("Moderator"),
    "administrator": lazy_gettext("Administrator"),
}
DAYS = (30, 90, 365)


def _scopes() -> dict[str, str]:
    return {scope: str(words) for scope, words in SCOPE_WORDS.items()}


def _any_role() -> dict[str, str]:
    return {"": _("Any role"), **_roles_to_give()}


def _one_role() -> dict[str, str]:
    return {"": _("Choose a role"), **_roles_to_give()}


def _roles_to_give() -> dict[str, str]:
    return {role: str(words) for role, words in ROLE_WORDS.items() if role != "learner"}


def _days() -> dict[str, str]:
    return {str(days): _("%(number)s days", number=days) for days in DAYS}


class PeopleFilterForm(FlaskForm):
    """Which persons the desk lists; stands in the address."""

    class Meta:
        """A search changes nothing: it needs no token."""

        csrf = False

    q = Line(lazy_gettext("Name, organisation or address"))
    country = country_field(
        lazy_gettext("Country"), [Optional()], first=lazy_gettext("Any country")
    )
    role = SelectField(lazy_gettext("Role"), [Optional()], choices=_any_role)


class RoleForm(FlaskForm):
    """A role for a person."""

    email = email_field(lazy_gettext("E-mail address of the person"))
    role = SelectField(
        lazy_gettext("Role"), required(lazy_gettext("Choose a role.")), choices=_one_role
    )
    country = country_field(
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
        choices=_scopes,
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip
    days = SelectField(lazy_gettext("How long is it good"), choices=_days, default="90")
