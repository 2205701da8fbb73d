"""What the desk pages of announcements accept."""

from datetime import UTC, datetime

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateTimeLocalField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from academy.i18n.zones import zone_of
from academy.lib.choices import options
from academy.programme.models import Series
from academy.reminders.announcements.models import Announcement
from academy.reminders.announcements.queries import Offered
from academy.reminders.announcements.segments import Segment
from academy.reminders.announcements.wording import (
    WHO_LABELS,
    name_countries,
    name_readers,
)
from academy.reminders.forms import TextForm

_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
#: Stands for "" among countries, for an empty value looks like no choice.
_UNKNOWN = "unknown"


class BoxesField(SelectMultipleField):
    """Boxes to tick: none of them means that it does not matter."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SegmentForm(FlaskForm):
    """To whom it is written."""

    live_session = SelectField(
        _("About"), coerce=int, default=0,
        description=_("Of one live session, the text can tell its hour on each reader's clock."),
    )  # fmt: skip
    who = BoxesField(
        _("Who"), choices=options(WHO_LABELS),
        description=_("Whoever is any of these. None ticked: everybody who is registered."),
    )  # fmt: skip
    countries = BoxesField(_("From"), description=_("None ticked: from every country."))
    languages = BoxesField(_("Reading"), description=_("None ticked: every language."))

    def offer(self, series: Series, offered: Offered) -> None:
        """Let the live sessions, countries and languages be chosen that there are."""
        titles = {one.id: one.title for one in series.live_sessions if one.status != "cancelled"}
        self.live_session.choices = options({0: str(_("the whole series")), **titles})  # type: ignore[dict-item]
        countries = name_countries(offered.countries)
        self.countries.choices = options({code or _UNKNOWN: say for code, say in countries.items()})
        self.languages.choices = options(name_readers(offered.languages))

    def segment(self) -> Segment:
        """Return what was chosen."""
        countries = [code.replace(_UNKNOWN, "") for code in self.countries.data or ()]
        return Segment(
            self.live_session.data or 0, tuple(self.who.data or ()), tuple(countries),
            tuple(self.languages.data or ()),
        )  # fmt: skip

    @staticmethod
    def of(announcement: Announcement) -> "SegmentForm":
        """Return the form as it was filled in last."""
        return SegmentForm(
            None, live_session=announcement.live_session_id or 0, who=announcement.who,
            countries=[code or _UNKNOWN for code in announcement.countries],
            languages=announcement.languages,
        )  # fmt: skip


class AnnouncementTextForm(TextForm):
    """Subject and text in one language; a browser cuts nothing off that somebody pastes."""

    text = TextAreaField(
        _("Text"), render_kw={"rows": 16, "spellcheck": "true"},
        description=_("An empty line begins a new paragraph. An address alone on a line becomes a "
                      "link. The end of the mail is added."),
    )  # fmt: skip


class WhenForm(FlaskForm):
    """When it leaves."""

    when = RadioField(
        _("When does it leave?"),
        choices=options({
            "now": _("As soon as it is confirmed; for who sleeps, when their quiet hours end"),
            "local": _("At an hour on each reader's own clock"),
        }),
        default="now",
    )  # fmt: skip
    local_at = DateTimeLocalField(
        _("Day and hour, on each reader's own clock"), [Optional()], format=_FORMATS,
        description=_("09:00 is 09:00 in Kathmandu and 09:00 in New York. Whose hour falls into "
                      "their quiet hours, usually 21:00 to 07:00, gets it when those end."),
    )  # fmt: skip
    of_use_until = DateTimeLocalField(
        _("Of no use after"), [Optional()], format=_FORMATS,
        description=_("Whoever would get it later, for they sleep, is left out. Leave it empty "
                      "where it is of use whenever it comes."),
    )  # fmt: skip

    def chosen(self, zone: str) -> tuple[str, datetime | None]:
        """Return the hour ("" for at once), and the moment after which it is of no use."""
        local, until = self.local_at.data, self.of_use_until.data
        at = f"{local:%Y-%m-%dT%H:%M}" if local and self.when.data == "local" else ""
        return at, until.replace(tzinfo=zone_of(zone)).astimezone(UTC) if until else None

    @staticmethod
    def of(announcement: Announcement, zone: str) -> "WhenForm":
        """Return the form as it was filled in last."""
        until = announcement.of_use_until
        return WhenForm(
            None, when="local" if announcement.local_at else "now",
            local_at=datetime.fromisoformat(announcement.local_at)
            if announcement.local_at else None,
            of_use_until=until and until.astimezone(zone_of(zone)).replace(tzinfo=None),
        )  # fmt: skip


class FindForm(FlaskForm):
    """Finding one of the list; it stays in the address."""

    class Meta:
        """Nothing is changed by looking."""

        csrf = False

    q = StringField(_("Name or address"), render_kw={"type": "search", "autocomplete": "off"})
