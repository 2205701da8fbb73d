"""The fields that the forms of people share, and the words for what they do not accept."""

from typing import Any

from flask_babel import get_locale, lazy_gettext
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, SelectField, StringField, ValidationError
from wtforms.validators import DataRequired
from wtforms.widgets import EmailInput

from academy.i18n.zones import is_zone
from academy.lib.countries import all_countries
from academy.people.addresses import is_address
from academy.people.choices import language_choices, today_zone, zone_choices
from academy.people.passwords import LONGEST, SHORTEST, UnusablePassword, check_password


def one_line(text: str | None) -> str:
    """Put what was typed on one line, without white space around it."""
    return " ".join((text or "").split())


class Line(StringField):
    """One line of text, never None: white space around it and line breaks are gone."""

    data: str

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        super().__init__(label, validators, filters=[one_line], **options)


class Secret(PasswordField):
    """A password as it was typed, never None."""

    data: str

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        super().__init__(label, validators, filters=[lambda text: text or ""], **options)


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
    words: dict[str, str] = {
        "short": _("Use at least %(number)s characters.", number=SHORTEST),
        "long": _("Use at most %(number)s characters.", number=LONGEST),
        "guessable": _("This password is easy to guess. Try three or four words together."),
    }
    return words[reason]


def required(words: str) -> list[Any]:
    """Demand an answer; white space alone is none."""
    return [DataRequired(words)]


def email_field(label: str = "") -> Line:
    """Ask for one e-mail address."""
    return Line(
        label or lazy_gettext("E-mail address"), [OneAddress()],
        widget=EmailInput(),
        render_kw={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"},
    )  # fmt: skip


def new_password_field(label: str, *validators: Any) -> Secret:
    """Ask for a password that a manager may make up and keep."""
    return Secret(label, list(validators), render_kw={"autocomplete": "new-password"})


class ZoneField(SelectField):
    """A time zone by its city; every name of the IANA database is accepted."""

    def __init__(self, label: Any = None, **options: Any) -> None:
        # The stubs do not know yet that a callable may take form and field (WTForms 3.3).
        super().__init__(label, choices=_zones, validate_choice=False, **options)  # type: ignore[arg-type]

    def pre_validate(self, form: Any) -> None:
        """Take the name that the zone has today; refuse what is no zone."""
        self.data = today_zone(self.data or "")
        if self.data and not is_zone(self.data):
            raise ValidationError(_("Choose a time zone from the list."))


def _zones(_form: Any, field: SelectField) -> dict[str, str]:
    """The zones of the list, and whatever other one the browser said."""
    own = field.data if field.data and is_zone(field.data) else ""
    return {"": _("As my browser says"), **({own: own} if own else {}), **zone_choices()}


def country_field(
    label: str, validators: list[Any], first: str = "", **options: Any
) -> SelectField:
    """Ask for a country by its name in the reader's language; `first` is the empty choice."""

    def countries() -> dict[str, str]:
        listed = dict(all_countries(str(get_locale() or "en")))
        return {"": str(first) or _("Choose a country"), **listed}

    return SelectField(label, validators, choices=countries, **options)


def language_field() -> SelectField:
    """Ask for a language, each under its own name."""
    return SelectField(lazy_gettext("Language"), choices=language_choices, default="en")
