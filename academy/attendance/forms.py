"""What the pages of attendance accept."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from academy.attendance.points import (
    LONGEST_LINE,
    LONGEST_NAME,
    MOST_PEOPLE,
    PointFacts,
    lines_of,
)
from academy.i18n.zones import is_zone
from academy.people.forms.fields import country_field


def _on_one_line(text: str | None) -> str:
    return " ".join((text or "").split())


class NumberField(IntegerField):
    """A whole number, with our own words for what is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; an empty answer is None."""
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError:
            raise ValueError(_("Write a whole number, such as 12.")) from None


def _people_field(label: str) -> NumberField:
    """Ask for a number of people; an empty answer is none of them."""
    words = _("Write a number between 0 and %(most)s.", most=MOST_PEOPLE)
    return NumberField(
        label, [Optional(), NumberRange(0, MOST_PEOPLE, words)],
        render_kw={"min": 0, "max": MOST_PEOPLE, "inputmode": "numeric"},
    )  # fmt: skip


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


class PointForm(FlaskForm):
    """What the host of a listening point says of it."""

    place = StringField(
        _("Where are you?"),
        description=_("The name of the place, such as Balai Desa Sukamaju."),
        filters=[_on_one_line],
        validators=[
            DataRequired(_("Write the name of the place.")),
            Length(max=LONGEST_NAME, message=_("A shorter name, of at most 200 letters.")),
        ],
    )
    country = country_field(_("Country"), [], first=_("Not known"))
    women = _people_field(_("Women"))
    men = _people_field(_("Men"))
    others = _people_field(_("Others, or not known"))
    names = TextAreaField(
        _("Names, one on each line"),
        description=_(
            "Whoever wants to be known by name: the name, the e-mail address, or both. "
            "They are not among the numbers."
        ),
        validators=[Length(max=LONGEST_LINE * MOST_PEOPLE)],
    )
    from_minute = NumberField(_("You began so many minutes after the start"), [Optional()])
    until_minute = NumberField(
        _("You stopped so many minutes after the start"),
        [Optional()],
        description=_("Leave it empty if you stayed to the end."),
    )
    #: What the reader saw, so that nobody overwrites what they did not see.
    version = IntegerField(validators=[Optional()], widget=HiddenInput())

    def facts(self) -> PointFacts:
        """Return what was typed for the service."""
        return PointFacts(
            place=self.place.data or "",
            country=self.country.data or None,
            women=self.women.data or 0,
            men=self.men.data or 0,
            others=self.others.data or 0,
            names=lines_of(self.names.data or ""),
            from_minute=self.from_minute.data or 0,
            until_minute=self.until_minute.data,
        )


class DeskPointForm(PointForm):
    """The same on the desk, where somebody else may be the host."""

    host = StringField(
        _("E-mail address of the host"),
        description=_(
            "If the academy knows her: she is then counted by name. Leave it empty if she is not "
            "known, and enter her among the names."
        ),
        filters=[_on_one_line],
    )
