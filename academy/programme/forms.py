"""What the pages for learners accept."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, TextAreaField
from wtforms.validators import Length

HOPE = "What would you like to learn?"


class RegistrationForm(FlaskForm):
    """Two consents, each of them free to give, and one open question."""

    recording = BooleanField(
        _("I agree that live sessions in which I speak are recorded and shown to other learners.")
    )
    mail_reminders = BooleanField(_("Remind me by mail before each live session."))
    hope = TextAreaField(_("What would you like to learn?"), [Length(max=2000)])

    def consents(self) -> dict[str, bool]:
        """Return what was agreed to."""
        return {"recording": self.recording.data, "mail_reminders": self.mail_reminders.data}

    def answers(self) -> dict[str, str]:
        """Return what was answered, under the question as asked."""
        hope = (self.hope.data or "").strip()
        return {HOPE: hope} if hope else {}


class LeavingForm(FlaskForm):
    """Nothing but the token: the page asks, the button answers."""
