"""What the page of mail choices accepts."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField

from academy.lib.choices import options
from academy.messaging.notices import kinds_for
from academy.messaging.rhythms import AT_ONCE, DAILY, NEVER, WEEKLY
from academy.messaging.service.choices import Choices, read_choices, read_rhythms
from academy.people.models import Person

#: Every half hour of a day.
HOURS = options(
    {str(minute): f"{minute // 60:02}:{minute % 60:02}" for minute in range(0, 24 * 60, 30)}
)


RHYTHMS = options(
    {
        AT_ONCE: _("at once"),
        DAILY: _("every morning, in one mail"),
        WEEKLY: _("one morning a week, in one mail"),
        NEVER: _("not by mail"),
    }
)

DAYS = options(
    {
        "0": _("Monday"), "1": _("Tuesday"), "2": _("Wednesday"), "3": _("Thursday"),
        "4": _("Friday"), "5": _("Saturday"), "6": _("Sunday"),
    }
)  # fmt: skip


class ChoicesForm(FlaskForm):
    """Whether to be reminded, and the hours in which nobody writes."""

    reminders = BooleanField(_("Remind me of live sessions by mail"))
    announcements = BooleanField(
        _("Send me what organisers and facilitators write about series and courses")
    )
    quiet_begins = SelectField(_("No mail from"), coerce=int, choices=HOURS)
    quiet_ends = SelectField(_("until"), coerce=int, choices=HOURS)
    weekly_on = SelectField(_("Weekly mails come on"), coerce=int, choices=DAYS)

    def chosen(self) -> Choices:
        """Return what was chosen."""
        return Choices(
            bool(self.reminders.data), self.quiet_begins.data, self.quiet_ends.data,
            bool(self.announcements.data), self._wants_news(), self.weekly_on.data,
        )  # fmt: skip

    #: What stands where there is no kind of news to ask about.
    had_news = True

    def _wants_news(self) -> bool:
        if not self.news_fields:
            return self.had_news
        return any(field.data != NEVER for field in self.news_fields)

    @property
    def news_fields(self) -> list[SelectField]:
        """Return a question for each kind of news that there may be for the person."""
        return [field for field in self if field.name.startswith(_NEWS)]

    def rhythms(self) -> dict[str, str]:
        """Return how often to tell of each kind of news."""
        return {field.name.removeprefix(_NEWS): str(field.data) for field in self.news_fields}


_NEWS = "news_"


def form_for(person: Person, *, is_safe: bool = False) -> ChoicesForm:
    """Return the form of this person with what stands; `is_safe` asks for no other secret."""
    standing, rhythms = read_choices(person.id), read_rhythms(person)
    fields = {
        f"{_NEWS}{kind.name}": SelectField(
            gettext(kind.title), description=gettext(kind.about), choices=RHYTHMS
        )
        for kind in kinds_for(person)
    }
    form: ChoicesForm = type("ChoicesForm", (ChoicesForm,), fields)(
        obj=standing, meta={"csrf": False} if is_safe else {},
        data={f"{_NEWS}{name}": rhythm for name, rhythm in rhythms.items()},
    )  # fmt: skip
    form.had_news = standing.news
    return form
