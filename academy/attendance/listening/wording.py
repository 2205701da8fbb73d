"""Puts what a service refused of a listening point into words, beside the question it is about."""

from flask_babel import gettext as _
from flask_wtf import FlaskForm

from academy.attendance.listening import points
from academy.attendance.listening.points import MOST_PEOPLE, BadName, NumberTyped, PointError
from academy.attendance.service import HostHasPoint, PointsClosed

_FIELD_OF: dict[type[PointError], str] = {
    points.BadPlace: "place", points.NobodyThere: "women", points.TooManyPeople: "women",
    points.NegativePeople: "women", points.BadTimes: "from_minute", points.BadName: "names",
    points.NumberTyped: "names",
    HostHasPoint: "host",
}  # fmt: skip


def put_point_error(form: FlaskForm, error: PointError) -> None:
    """Say at its field, or above the form, what cannot be so."""
    field = form._fields.get(_FIELD_OF.get(type(error), ""))
    words = explain_point(error)
    if field is None:
        form.form_errors.append(words)
    else:
        field.errors = [*field.errors, words]


def explain_point(error: PointError) -> str:
    """Return the sentence for an error."""
    if isinstance(error, NumberTyped):
        return str(
            _("Leave the telephone number out, nobody needs it: “%(line)s”", line=error.line[:80])
        )
    if isinstance(error, BadName):
        return str(
            _("“%(line)s” is no single person. Write one name, one address, or both on a line.",
              line=error.line[:80])
        )  # fmt: skip
    words = {
        points.BadPlace: _("Write the name of the place."),
        points.NobodyThere: _("Say how many people are with you, by number or by name."),
        points.TooManyPeople: _("At most %(most)s people fit one listening point.",
                                most=MOST_PEOPLE),
        points.NegativePeople: _("Write a number between 0 and %(most)s.", most=MOST_PEOPLE),
        points.BadTimes: _("These minutes do not lie within the live session."),
        HostHasPoint: _("This host has a listening point in this live session already."),
        PointsClosed: _("Nothing was stored: this can be told from the opening of the door "
                        "until two days after the end."),
    }  # fmt: skip
    return str(words[type(error)])
