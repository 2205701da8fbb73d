"""Puts what a service refused beside the question of a desk form that it is about."""

from flask_babel import gettext as _
from flask_wtf import FlaskForm

from academy.programme import errors
from academy.programme.errors import ProgrammeError
from academy.programme.sentences import explain

#: Where on a form an error belongs.
FIELD_OF: dict[type[ProgrammeError], str] = {
    errors.BadSlugError: "slug", errors.SlugTakenError: "slug", errors.BadTitleError: "title",
    errors.UnknownZoneError: "zone", errors.BadStartError: "starts",
    errors.StartMissingError: "starts", errors.BadLengthError: "minutes",
    errors.BadWeeksError: "weeks", errors.BadCapacityError: "capacity",
    errors.CapacityBelowTakenError: "capacity", errors.BadSizeError: "recording_megabytes",
    errors.BadRetentionError: "months",
}  # fmt: skip


def put_error(form: FlaskForm, error: ProgrammeError) -> None:
    """Say at its field, or above the form, what the service refused."""
    name = getattr(error, "field", "") or FIELD_OF.get(type(error), "")
    field = form._fields.get(name)
    if field is None:
        form.form_errors.append(explain(error, _))
    else:
        field.errors = [*field.errors, explain(error, _)]
