"""What the desk pages of a series' messages accept."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from academy.lib.choices import options
from academy.messaging.letters import LONGEST_SUBJECT, Letter
from academy.reminders.placeholders import LONGEST_TEXT, UnfitText
from academy.reminders.texts import languages
from academy.reminders.wording import name_language, say_fault


class TextForm(FlaskForm):
    """Subject and text of one kind in one language."""

    #: The version that the writer saw; 0 for the academy's own text.
    seen = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    subject = StringField(
        _("Subject"), render_kw={"maxlength": LONGEST_SUBJECT * 2, "autocomplete": "off"}
    )
    text = TextAreaField(
        _("Text"), render_kw={"rows": 16, "maxlength": LONGEST_TEXT * 2, "spellcheck": "true"},
        description=_("An empty line begins a new paragraph."),
    )  # fmt: skip

    def letter(self) -> Letter:
        """Return what was written."""
        return Letter(self.subject.data or "", self.text.data or "")

    def put_faults(self, error: UnfitText) -> None:
        """Say at each field what is wrong with it."""
        for name in ("subject", "text"):
            said = [say_fault(fault) for fault in error.faults if fault.field == name]
            self[name].errors = [" ".join(said)] if said else []


class PreviewForm(FlaskForm):
    """As whom, and in which language, a message is shown."""

    q = StringField(_("As a registrant"), render_kw={"type": "search", "autocomplete": "off"})
    language = SelectField(_("Language"), validate_choice=False)

    def offer_languages(self) -> None:
        """Let the reader's own language stand, or one of those in which there are texts."""
        words = {"": _("the reader's own")} | {one: name_language(one) for one in languages()}
        self.language.choices = options(words)
