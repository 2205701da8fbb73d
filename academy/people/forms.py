"""What the pages of people accept, and the words for what they do not."""

from typing import Any

from flask_babel import get_locale, lazy_gettext
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, EmailInput, ListWidget

from academy.i18n.reader import is_zone
from academy.lib.countries import all_countries
from academy.people.addresses import is_address
from academy.people.choices import language_choices, today_zone, zone_choices
from academy.people.passwords import LONGEST, SHORTEST, UnusablePassword, check_password
from academy.people.service.api_tokens import SCOPES


def one_line(text: str | None) -> str:
    """Put what was typed on one line, without white space around it."""
    return " ".join((text or "").split())


class OneAddress:
    """Accepts exactly one e-mail address: two in one request are a trick, not a person."""

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        """Raise ValidationError unless it is one address."""
        if len(field.raw_data or []) > 1 or not is_address(field.data or ""):
            raise ValidationError(_("Write one e-mail address, like name@example.org."))


class GoodPassword:
    """Accepts a password that is long enough and not easily guessed."""

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Raise ValidationError with the reason."""
        try:
            check_password(field.data or "", _words_about(form))
        except UnusablePassword as refused:
            raise ValidationError(password_words(refused.reason)) from refused


def _words_about(form: FlaskForm) -> list[str]:
    context = list(getattr(form, "context", ()))
    return context + [form[name].data or "" for name in ("name", "email") if name in form]


def password_words(reason: str) -> str:
    """Say why a password is not accepted."""
    words = {
        "short": _("Use at least %(number)s characters.", number=SHORTEST),
        "long": _("Use at most %(number)s characters.", number=LONGEST),
    }
    return words.get(
        reason, _("This password is easy to guess. Try three or four words that you remember.")
    )


def _required(words: str) -> list[Any]:
    """White space alone is no answer."""
    return [DataRequired(words)]


def _email(label: str = "") -> StringField:
    return StringField(
        label or lazy_gettext("E-mail address"), [OneAddress()],
        filters=[one_line], widget=EmailInput(),
        render_kw={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"},
    )  # fmt: skip


def _new_password(label: str, *validators: Any) -> PasswordField:
    return PasswordField(label, list(validators), render_kw={"autocomplete": "new-password"})


class CountryField(SelectField):
    """A country by its name in the reader's language; empty where none was chosen."""

    def iter_choices(self) -> Any:
        """Yield the countries as the reader's language names them."""
        self.choices = [("", _("Choose a country")), *all_countries(str(get_locale() or "en"))]
        return super().iter_choices()

    def pre_validate(self, form: Any) -> None:
        """Accept the codes that the list holds."""
        self.choices = [("", ""), *all_countries("en")]
        super().pre_validate(form)


class ZoneField(SelectField):
    """A time zone by its city; what the browser said is among the choices."""

    def iter_choices(self) -> Any:
        """Yield the zones of the list, and the one that stands in the field."""
        listed = list(zone_choices())
        if self.data and self.data not in dict(listed) and is_zone(self.data):
            listed.insert(0, (self.data, self.data))
        self.choices = [("", _("As my browser says")), *listed]
        return super().iter_choices()

    def pre_validate(self, form: Any) -> None:
        """Accept every zone of the IANA database, under the name that it has today."""
        self.data = today_zone(self.data or "")
        if self.data and not is_zone(self.data):
            raise ValidationError(_("Choose a time zone from the list."))


def _language() -> SelectField:
    return SelectField(lazy_gettext("Language"), choices=list(language_choices()), default="en")


class SignInForm(FlaskForm):
    """The way in with a password."""

    email = _email()
    password = PasswordField(
        lazy_gettext("Password"),
        [InputRequired(lazy_gettext("Write your password, or have a link sent to you."))],
        render_kw={"autocomplete": "current-password"},
    )


class MailLinkForm(FlaskForm):
    """Asks where to send a link."""

    email = _email()


class CodeForm(FlaskForm):
    """A code of the authenticator, or a recovery code."""

    code = StringField(
        lazy_gettext("Code"), _required(lazy_gettext("Write the code.")), filters=[one_line],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "none", "maxlength": 40},
    )  # fmt: skip


class ConfirmForm(FlaskForm):
    """One button: what a mailed link does is done by it, not by opening the link."""


class SignUpForm(FlaskForm):
    """What somebody says who joins."""

    name = StringField(
        lazy_gettext("Your name"),
        [*_required(lazy_gettext("Write your name.")), Length(max=200)],
        filters=[one_line],
        description=lazy_gettext("As you write it, in your own script. One word is enough."),
        render_kw={"autocomplete": "name"},
    )
    email = _email()
    country = CountryField(
        lazy_gettext("Country"), _required(lazy_gettext("Choose the country where you live.")),
        render_kw={"autocomplete": "country"},
    )  # fmt: skip
    organisation = StringField(
        lazy_gettext("Organisation, cooperative or group"), [Length(max=200)], filters=[one_line],
        render_kw={"autocomplete": "organization"},
    )  # fmt: skip
    language = _language()
    zone = ZoneField(
        lazy_gettext("Time zone"),
        description=lazy_gettext("So that all times are told on your clock."),
    )
    password = _new_password(lazy_gettext("Password"), Optional(), GoodPassword())
    privacy = BooleanField(
        lazy_gettext("The academy may keep what I write here, as its privacy page says"),
        _required(lazy_gettext("Without this the academy cannot keep an account for you.")),
    )
    mail_reminders = BooleanField(lazy_gettext("Remind me of live sessions by mail"))
    recording = BooleanField(lazy_gettext("I may be heard and seen in recordings of live sessions"))


class ProfileForm(FlaskForm):
    """What a person says of herself."""

    name = StringField(
        lazy_gettext("Your name"),
        [*_required(lazy_gettext("Write your name.")), Length(max=200)],
        filters=[one_line],
        description=lazy_gettext("As you write it, in your own script."),
        render_kw={"autocomplete": "name"},
    )
    called = StringField(
        lazy_gettext("What we call you"), [Length(max=100)], filters=[one_line],
        description=lazy_gettext("In greetings. Empty: your name."),
        render_kw={"autocomplete": "nickname"},
    )  # fmt: skip
    latin_name = StringField(
        lazy_gettext("Your name in Latin letters"), [Length(max=200)], filters=[one_line],
        description=lazy_gettext("For certificates that are read abroad."),
    )  # fmt: skip
    country = CountryField(
        lazy_gettext("Country"), _required(lazy_gettext("Choose the country where you live."))
    )
    organisation = StringField(
        lazy_gettext("Organisation, cooperative or group"), [Length(max=200)], filters=[one_line]
    )
    language = _language()
    zone = ZoneField(lazy_gettext("Time zone"))


class AddressForm(FlaskForm):
    """One more address."""

    email = _email(lazy_gettext("Another e-mail address"))


class NewPasswordForm(FlaskForm):
    """A password that replaces whatever was there."""

    #: Words about the person, set by the view.
    context: tuple[str, ...] = ()
    password = _new_password(
        lazy_gettext("New password"),
        InputRequired(lazy_gettext("Write a new password.")),
        GoodPassword(),
    )


class ProofForm(FlaskForm):
    """The password once more, before something that matters."""

    password = PasswordField(
        lazy_gettext("Password"),
        [InputRequired(lazy_gettext("Write your password."))],
        render_kw={"autocomplete": "current-password"},
    )


class ConsentsForm(FlaskForm):
    """What else the academy may do."""

    mail_reminders = BooleanField(lazy_gettext("Remind me of live sessions by mail"))
    mail_news = BooleanField(lazy_gettext("Tell me by mail when a new series opens"))
    recording = BooleanField(lazy_gettext("I may be heard and seen in recordings of live sessions"))


class PeopleFilterForm(FlaskForm):
    """Which persons the desk lists; stands in the address."""

    class Meta:
        """A search changes nothing: it needs no token."""

        csrf = False

    q = StringField(lazy_gettext("Name, organisation or address"), filters=[one_line])
    country = CountryField(lazy_gettext("Country"), [Optional()])
    role = SelectField(lazy_gettext("Role"), [Optional()])


class RoleForm(FlaskForm):
    """A role for a person."""

    email = _email(lazy_gettext("E-mail address of the person"))
    role = SelectField(lazy_gettext("Role"))
    country = CountryField(
        lazy_gettext("Country"), [Optional()],
        description=lazy_gettext("Only for a focal point: whose people she looks after."),
    )  # fmt: skip


class TokenForm(FlaskForm):
    """A token for the API."""

    name = StringField(
        lazy_gettext("What is it for"),
        [*_required(lazy_gettext("Say what the token is for.")), Length(max=100)],
        filters=[one_line],
        description=lazy_gettext("The program or the person that will use it."),
    )
    scopes = SelectMultipleField(
        lazy_gettext("What may it do"),
        _required(lazy_gettext("Choose at least one thing.")),
        choices=[(scope, scope) for scope in SCOPES],
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip
    days = SelectField(lazy_gettext("How long is it good"), default="90")
