"""What the pages of the review desk accept."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from academy.people.forms.fields import country_field


class NewPersonForm(FlaskForm):
    """Somebody whom the academy does not know yet."""

    name = StringField(
        _("Name"),
        description=_("As the person writes it. An address can be added later."),
        validators=[DataRequired(_("Write the name.")), Length(max=200)],
    )
    country = country_field(_("Country"), [], first=_("Not known"))
