"""What the pages of the registration import accept."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, ValidationError

from academy.programme.formats.headings import Role
from academy.programme.models import RegistrationImport
from academy.programme.registration_import.preview import Column, Preview
from academy.programme.registration_import.records import DATES

#: Values of a choice beside the numbers of columns.
AS_FOUND, NONE = "", "none"
_ROLES: tuple[Role, ...] = ("email", "name", "country")


class FileForm(FlaskForm):  # type: ignore[misc]
    """One file of registrations."""

    file = FileField(
        _("File of registrations"),
        description=_(
            "As the form or ticket shop gave it: CSV or .xlsx, up to 50 MB, in any language. "
            "You will see what it would change before anything is changed."
        ),
        validators=[FileRequired(_("Choose the file that holds the registrations."))],
    )


class ColumnsForm(FlaskForm):  # type: ignore[misc]
    """Which column holds what; only what a person can tell at a glance is asked."""

    #: What nobody could tell from the file; filled by `offer`.
    asked: tuple[Role, ...] = ()

    email = SelectField(_("Which column holds the e-mail address?"))
    name = SelectField(_("Which column holds the name?"))
    country = SelectField(_("Which column holds the country of the person?"))
    dates = SelectField(_("In which order does the file write day and month?"), default=AS_FOUND)

    def offer(self, preview: Preview) -> None:
        """Fill the choices with the columns of the file."""
        self.asked = preview.questions
        none = (NONE, gettext("The file has no country"))
        self.email.choices = [*_blank(preview, "email"), *_columns(preview, "email")]
        self.name.choices = [*_blank(preview, "name"), *_columns(preview, "name")]
        self.country.choices = [
            *_blank(preview, "country"),
            none,
            *_columns(preview, "country"),
        ]
        self.dates.choices = [
            (AS_FOUND, gettext("As the dates themselves show")),
            ("day-first", gettext("Day first: 25/4/2020")),
            ("month-first", gettext("Month first: 4/25/2020")),
        ]

    @staticmethod
    def values_of(preview: Preview, record: RegistrationImport) -> dict[str, Any]:
        """Return what to show as chosen: what was found or chosen before."""
        values: dict[str, Any] = {"dates": record.columns.get(DATES, AS_FOUND)}
        for role in _ROLES:
            values[role] = str(preview.number_of(role) or _none_of(record, role))
        return values

    def validate_email(self, field: SelectField) -> None:
        """What is asked has to be answered."""
        self._demand("email", field, gettext("Choose the column of the e-mail address."))

    def validate_country(self, field: SelectField) -> None:
        """What is asked has to be answered, if only with "no country"."""
        self._demand("country", field, gettext("Choose the column of the country, or none."))

    def validate_name(self, field: SelectField) -> None:
        """What is asked has to be answered; one column cannot be two things."""
        self._demand("name", field, gettext("Choose the column of the name."))
        if field.data and field.data == self.email.data:
            raise ValidationError(gettext("The name and the e-mail address are different columns."))

    def _demand(self, role: Role, field: SelectField, words: str) -> None:
        if role in self.asked and not field.data:
            raise ValidationError(words)

    def columns(self) -> dict[Role, int | None]:
        """Return the number of the column of each role that was chosen; None for no column."""
        chosen = ((role, self[role].data) for role in _ROLES)
        return {
            role: None if value == NONE else int(value)
            for role, value in chosen
            if value and value != AS_FOUND
        }


def _columns(preview: Preview, role: Role) -> list[tuple[str, str]]:
    return [(str(each.number), _say(each)) for each in preview.candidates_for(role)]


def _say(column: Column) -> str:
    """Name a column by its number, its heading and its first value."""
    words = {"number": column.number, "title": column.title, "example": column.example}
    if column.title and column.example:
        return str(gettext("%(number)s: %(title)s (%(example)s)", **words))
    return f"{column.number}: {column.title or column.example}"


def _blank(preview: Preview, role: Role) -> list[tuple[str, str]]:
    """The first choice where no column is known for the role."""
    if preview.number_of(role) is not None:
        return []
    if role == "name" and preview.has_halves and role not in preview.questions:
        return [(AS_FOUND, gettext("First and last name together"))]
    return [(AS_FOUND, gettext("Please choose") if role in preview.questions else "–")]


def _none_of(record: RegistrationImport, role: Role) -> str:
    return NONE if role in record.columns and record.columns[role] is None else AS_FOUND
