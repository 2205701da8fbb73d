"""What the desk pages of the programme accept."""

from datetime import datetime
from typing import cast

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateTimeLocalField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from academy.lib.choices import options
from academy.people.choices import language_choices, zone_choices
from academy.programme.service import LiveSessionFacts, SeriesFacts


class SeriesWordsForm(FlaskForm):
    """What may be changed of a series at any time."""

    title = StringField(_("Title"), [InputRequired(_("Give a title.")), Length(max=200)])
    summary = StringField(
        _("In one sentence"), [Length(max=500)],
        description=_("Stands under the title, and where the page is shared."),
    )  # fmt: skip
    description = TextAreaField(
        _("About this series"), [Length(max=20_000)],
        description=_("Markdown: **bold**, - lists, [words](https://address)."),
    )  # fmt: skip
    language = SelectField(_("Language of the live sessions"), choices=options(language_choices()))
    capacity = IntegerField(
        _("Places in each live session"), [Optional()],
        description=_("Who comes later waits. Leave it empty for no limit."),
    )  # fmt: skip
    closes = DateTimeLocalField(
        _("Registration closes"), [Optional()],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        description=_("On the organiser's clock. Leave it empty: with the last live session."),
    )  # fmt: skip
    illustrative = StringField(
        _("What is invented in it"), [Length(max=500)],
        description=_("For demonstrations only: shown on every page of the series."),
    )  # fmt: skip

    def facts(self) -> SeriesFacts:
        """Return the words for the service."""
        return SeriesFacts(
            title=self.title.data, summary=self.summary.data or "",
            description=self.description.data or "", language=self.language.data,
            illustrative=self.illustrative.data or "",
        )  # fmt: skip


class SeriesPlanForm(SeriesWordsForm):
    """A new series with its weeks."""

    slug = StringField(
        _("Address"), [InputRequired(_("Give an address.")), Length(max=80)],
        description=_("Small letters, digits and hyphens, such as sse-academy-2020. It stays."),
    )  # fmt: skip
    zone = SelectField(
        _("Time zone"), choices=options(zone_choices()),
        description=_("The hour on the clock of this city stays the same every week."),
    )  # fmt: skip
    starts = DateTimeLocalField(
        _("First live session"), [InputRequired(_("Give the day and the hour."))],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )  # fmt: skip
    minutes = IntegerField(_("Minutes"), [InputRequired(_("Give the length."))], default=150)
    weeks = IntegerField(
        _("How many weeks"), [InputRequired(_("Give the number of weeks."))], default=5
    )


class WeeksForm(FlaskForm):
    """More weeks for a series."""

    weeks = IntegerField(
        _("How many more weeks"), [InputRequired(_("Give the number of weeks."))], default=1
    )


class LiveSessionForm(FlaskForm):
    """What an organiser may change of one live session."""

    title = StringField(_("Title"), [InputRequired(_("Give a title.")), Length(max=200)])
    summary = StringField(_("In one sentence"), [Length(max=500)])
    starts = DateTimeLocalField(
        _("Start"), [InputRequired(_("Give the day and the hour."))],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        description=_("Whoever has a place is told when it changes."),
    )  # fmt: skip
    minutes = IntegerField(_("Minutes"), [InputRequired(_("Give the length."))])
    capacity = IntegerField(
        _("Places"), [Optional()],
        description=_("More places let those in who wait. Leave it empty for no limit."),
    )  # fmt: skip
    hosts = TextAreaField(
        _("Hosts"), [Length(max=5000)],
        description=_("One name or address a line. They are never counted as attendees."),
    )  # fmt: skip
    room_url = StringField(
        _("Room"), [Length(max=500)],
        description=_("The address of that day's meeting, such as Zoom. Nobody sees it, but "
                      "everybody's personal link leads there once the door is open. You may change "
                      "it until the last minute."),
    )  # fmt: skip
    recording_url = StringField(
        _("Recording"), [Length(max=500)],
        description=_("Its address, once there is one. The page of the live session shows it."),
    )  # fmt: skip
    recording_megabytes = IntegerField(
        _("Size of the recording in megabytes"), [Optional()],
        description=_("People on prepaid data read it before they watch."),
    )  # fmt: skip

    def facts(self) -> LiveSessionFacts:
        """Return what was typed for the service."""
        return LiveSessionFacts(
            title=self.title.data or "", summary=self.summary.data or "",
            start=cast("datetime", self.starts.data), minutes=cast("int", self.minutes.data),
            capacity=self.capacity.data,
            hosts=tuple((self.hosts.data or "").splitlines()),
            room_url=self.room_url.data or "", recording_url=self.recording_url.data or "",
            recording_megabytes=self.recording_megabytes.data,
        )  # fmt: skip


class SeriesFilterForm(FlaskForm):
    """Looking for a series on the desk; it stays in the address."""

    class Meta:
        """Nothing is changed by looking."""

        csrf = False

    q = StringField(_("Title or address"))
    status = SelectField(
        _("State"),
        choices=options({"": _("All"), "draft": _("Drafts"), "published": _("Published"),
                 "cancelled": _("Called off")}),
        default="",
    )  # fmt: skip


class RegistrantsFilterForm(FlaskForm):
    """Looking for registrants on the desk; it stays in the address."""

    class Meta:
        """Nothing is changed by looking."""

        csrf = False

    q = StringField(_("Name, organisation or address"))
    country = SelectField(_("Country"), default="")
    order = SelectField(
        _("Order"),
        choices=options({"newest": _("Newest first"), "oldest": _("Oldest first"),
                 "name": _("By name"), "country": _("By country")}),
        default="newest",
    )  # fmt: skip


class RetentionForm(FlaskForm):
    """How long the people of a series are kept."""

    months = IntegerField(
        _("Months after the last live session"), [Optional()],
        description=_("From 1 to 120. Leave it empty to keep people without an end."),
    )  # fmt: skip
