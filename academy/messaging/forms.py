"""What the page of mail choices accepts."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField

from academy.lib.choices import options
from academy.messaging.service.choices import Choices

#: Every half hour of a day.
HOURS = options(
    {str(minute): f"{minute // 60:02}:{minute % 60:02}" for minute in range(0, 24 * 60, 30)}
)


class ChoicesForm(FlaskForm):
    """Whether to be reminded, and the hours in which nobody writes."""

    reminders = BooleanField(_("Remind me of live sessions by mail"))
    announcements = BooleanField(_("Send me what organisers write about a series of mine"))
    quiet_begins = SelectField(_("No mail from"), coerce=int, choices=HOURS)
    quiet_ends = SelectField(_("until"), coerce=int, choices=HOURS)

    def chosen(self) -> Choices:
        """Return what was chosen."""
        return Choices(
            bool(self.reminders.data), self.quiet_begins.data, self.quiet_ends.data,
            bool(self.announcements.data),
        )  # fmt: skip
