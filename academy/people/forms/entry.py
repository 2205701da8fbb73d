"""What the pages before the wall accept: signing up and in, links by mail."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import InputRequired, Length, Optional

from academy.people.forms.fields import (
    GoodPassword,
    Line,
    Secret,
    ZoneField,
    country_field,
    email_field,
    language_field,
    new_password_field,
    required,
)


class SignInForm(FlaskForm):
    """The way in with a password."""

    email = email_field()
    password = Secret(
        lazy_gettext("Password"),
        [InputRequired(lazy_gettext("Write your password, or have a link sent to you."))],
        render_kw={"autocomplete": "current-password"},
    )


class MailLinkForm(FlaskForm):
    """Asks where to send a link."""

    email = email_field()


class CodeForm(FlaskForm):
    """A code of the authenticator, or a recovery code."""

    code = Line(
        lazy_gettext("Code"), required(lazy_gettext("Write the code.")),
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "none", "maxlength": 40},
    )  # fmt: skip


class ConfirmForm(FlaskForm):
    """One button: what a mailed link does is done by it, not by opening the link."""


class SignUpForm(FlaskForm):
    """What somebody says who joins."""

    name = Line(
        lazy_gettext("Your name"),
        [*required(lazy_gettext("Write your name.")), Length(max=200)],
        description=lazy_gettext("As you write it, in your own script. One word is enough."),
        render_kw={"autocomplete": "name"},
    )
    email = email_field()
    country = country_field(
        lazy_gettext("Country"), required(lazy_gettext("Choose the country where you live.")),
        render_kw={"autocomplete": "country"},
    )  # fmt: skip
    organisation = Line(
        lazy_gettext("Organisation, cooperative or group"), [Length(max=200)],
        render_kw={"autocomplete": "organization"},
    )  # fmt: skip
    language = language_field()
    zone = ZoneField(
        lazy_gettext("Time zone"),
        description=lazy_gettext("So that all times are told on your clock."),
    )
    password = new_password_field(lazy_gettext("Password"), Optional(), GoodPassword())
    privacy = BooleanField(
        lazy_gettext("The academy may keep what I write here, as its privacy page says"),
        required(lazy_gettext("Without this the academy cannot keep an account for you.")),
    )
    mail_reminders = BooleanField(lazy_gettext("Remind me of live sessions by mail"))
    recording = BooleanField(lazy_gettext("I may be heard and seen in recordings of live sessions"))


class NewPasswordForm(FlaskForm):
    """A password that replaces whatever was there."""

    #: Words about the person, set by the view.
    context: tuple[str, ...] = ()
    password = new_password_field(
        lazy_gettext("New password"),
        InputRequired(lazy_gettext("Write a new password.")),
        GoodPassword(),
    )
