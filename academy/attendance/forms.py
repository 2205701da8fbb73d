"""What the import page accepts."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectField, StringField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

from academy.attendance.matrix_wording import ROLES, STATUSES
from academy.i18n.zones import is_zone
from academy.lib.choices import options
from academy.people.forms.fields import country_field


class ImportForm(FlaskForm):
    """One attendance file and the clock that it was exported on."""

    file = FileField(
        _("Attendance file"),
        description=_(
            "The report as Zoom gave it, CSV or XLSX, up to 50 MB. Nothing in it needs mending."
        ),
        validators=[FileRequired(_("Choose the file that the provider of the room gave you."))],
    )
    zone = StringField(
        _("Time zone of the clock in the file"),
        description=_(
            "A report shows the clock of whoever exported it, and does not say which. Leave this "
            "as it is unless that person was in another time zone."
        ),
    )

    def validate_zone(self, field: StringField) -> None:
        """Refuse what is no zone, instead of reading the file on a wrong clock."""
        if field.data and not is_zone(field.data):
            raise ValidationError(_("This is no time zone, such as Asia/Kathmandu."))


class NewPersonForm(FlaskForm):
    """Somebody whom the academy does not know yet."""

    name = StringField(
        _("Name"),
        description=_("As the person writes it. An address can be added later."),
        validators=[DataRequired(_("Write the name.")), Length(max=200)],
    )
    country = country_field(_("Country"), [], first=_("Not known"))


class MatrixFilterForm(FlaskForm):
    """Looking for people in the matrix of a series; it stays in the address."""

    class Meta:
        """Nothing is changed by looking."""

        csrf = False

    q = StringField(_("Name or organisation"))
    country = SelectField(_("Country"), default="")
    status = SelectField(_("Who"), choices=options(STATUSES), default="")
    times = IntegerField(_("How many times"), [Optional()], default=1)
    role = SelectField(_("Registration"), choices=options(ROLES), default="")
    sort = SelectField(_("Order"), default="name")
