"""What the librarians' page of featured cases accepts."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from academy.i18n.lengths import language_in_words
from academy.library.service.featuring import LONGEST_WHY

#: Languages in which librarians write their sentence.
_LANGUAGES = (
    "en", "id", "ms", "fil", "th", "km", "lo", "my", "vi", "ta", "si", "hi", "bn", "ne", "ur",
    "zh", "ja", "ko", "ar", "es", "fr", "pt",
)  # fmt: skip


class FeatureForm(FlaskForm):
    """Which case, why, in which language, from when until when."""

    case = StringField(
        _("Address of the case"), [InputRequired(_("Paste the address of its page.")),
        Length(max=300)],
        description=_("As it stands in your browser: …/cases/forest-of-the-village/"),
    )  # fmt: skip
    why = StringField(
        _("Why now?"), [InputRequired(_("Say in a sentence why.")), Length(max=LONGEST_WHY)],
        description=_("One sentence, which readers see below its title."),
    )  # fmt: skip
    language = SelectField(_("Language of the sentence"))
    from_on = DateField(_("From"), [InputRequired(_("Choose a day."))])
    until_on = DateField(_("Until"), [Optional()])

    def __init__(self, *args: object, **values: object) -> None:
        super().__init__(*args, **values)
        self.language.choices = [(tag, language_in_words(tag)) for tag in _LANGUAGES]

    def validate_why(self, field: StringField) -> None:
        """Ask for words, not for spaces."""
        if not (field.data or "").strip():
            raise ValidationError(_("Say in a sentence why."))

    def validate_until_on(self, field: DateField) -> None:
        """Refuse days that would show it never."""
        if field.data and self.from_on.data and field.data < self.from_on.data:
            raise ValidationError(_("This is before the first day."))


class TokenForm(FlaskForm):
    """Nothing but the token: the page asks, the button answers."""
