"""What the pages of one's own account accept."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import InputRequired, Length

from academy.people.forms.fields import (
    Line,
    Secret,
    ZoneField,
    country_field,
    email_field,
    language_field,
    required,
)


class ProfileForm(FlaskForm):
    """What a person says of herself."""

    name = Line(
        lazy_gettext("Your name"),
        [*required(lazy_gettext("Write your name.")), Length(max=200)],
        description=lazy_gettext("As you write it, in your own script."),
        render_kw={"autocomplete": "name"},
    )
    called = Line(
        lazy_gettext("What we call you"), [Length(max=100)],
        description=lazy_gettext("In greetings. Empty: your name."),
        render_kw={"autocomplete": "nickname"},
    )  # fmt: skip
    latin_name = Line(
        lazy_gettext("Your name in Latin letters"), [Length(max=200)],
        description=lazy_gettext("For certificates that are read abroad."),
    )  # fmt: skip
    country = country_field(
        lazy_gettext("Country"), required(lazy_gettext("Choose the country where you live."))
    )
    organisation = Line(lazy_gettext("Organisation, cooperative or group"), [Length(max=200)])
    language = language_field()
    zone = ZoneField(lazy_gettext("Time zone"))


class AddressForm(FlaskForm):
    """One more address."""

    email = email_field(lazy_gettext("Another e-mail address"))


class ProofForm(FlaskForm):
    """The password once more, before something that matters."""

    password = Secret(
        lazy_gettext("Password"),
        [InputRequired(lazy_gettext("Write your password."))],
        render_kw={"autocomplete": "current-password"},
    )


class ConsentsForm(FlaskForm):
    """What else the academy may do."""

    mail_reminders = BooleanField(lazy_gettext("Remind me of live sessions by mail"))
    mail_news = BooleanField(lazy_gettext("Tell me by mail when a new series opens"))
    recording = BooleanField(lazy_gettext("I may be heard and seen in recordings of live sessions"))


class ErasureForm(FlaskForm):
    """The last question before a person is erased."""

    sure = BooleanField(
        lazy_gettext("Erase me. I know that nothing can bring it back."),
        [InputRequired(lazy_gettext("Tick this if you want to be erased."))],
    )
