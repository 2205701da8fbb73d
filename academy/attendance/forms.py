"""What the pages of attendance accept."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from academy.attendance.listening.points import (
    LONGEST_LINE,
    LONGEST_NAME,
    MOST_PEOPLE,
    PointFacts,
    lines_of,
)
from academy.attendance.matrix.wording import ROLES, STATUSES
from academy.lib.choices import options
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


def _place_field(label: str) -> StringField:
    """Ask for the name of a place."""
    return StringField(
        label,
        description=_("The name of the place, such as Balai Desa Sukamaju."),
        filters=[_on_one_line],
        validators=[
            DataRequired(_("Write the name of the place.")),
            Length(max=LONGEST_NAME, message=_("A shorter name, of at most 200 letters.")),
        ],
    )


class PointForm(FlaskForm):
    """What the host of a listening point says of it."""

    place = _place_field(_("Where are you?"))
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

    place = _place_field(_("Where were they?"))
    from_minute = NumberField(_("They began so many minutes after the start"), [Optional()])
    until_minute = NumberField(
        _("They stopped so many minutes after the start"),
        [Optional()],
        description=_("Leave it empty if they stayed to the end."),
    )
    host = StringField(
        _("E-mail address of the host"),
        description=_(
            "A host whom the academy knows is counted by name. Leave it empty for any other, and "
            "enter the host among the names."
        ),
        filters=[_on_one_line],
    )


class RoomCodeForm(FlaskForm):
    """The code that is shown or spoken in the room."""

    code = StringField(
        _("Code"),
        description=_("Five figures, in the digits of any script. It changes each minute."),
    )
