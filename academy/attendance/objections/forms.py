"""What somebody says of their own attendance, and what an organiser answers."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, TextAreaField, TimeField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from academy.attendance.wording import OBJECTIONS, WAYS
from academy.i18n.zones import is_zone, zone_of
from academy.lib.choices import options
from academy.programme.models import LiveSession

#: So much before the start and after the end somebody may still have been in the room.
_MARGIN = timedelta(hours=1)
_DAY = timedelta(days=1)


class _TimesForm(FlaskForm):
    """From when until when, on the clock that the page showed."""

    zone = HiddenField()
    from_time = TimeField(_("From"), [Optional()])
    until_time = TimeField(_("Until"), [Optional()])

    from_at: datetime | None = None
    until_at: datetime | None = None

    def read_times(self, live_session: LiveSession) -> bool:
        """Put the moments into from_at and until_at; say what is wrong with them, if anything."""
        for field, name in ((self.from_time, "from_at"), (self.until_time, "until_at")):
            if field.data is not None:
                moment = self._moment(live_session, field.data)
                setattr(self, name, moment)
                if moment is None:
                    field.errors = [_("This is outside the time of the live session.")]
        if self.from_at and self.until_at and self.until_at <= self.from_at:
            self.until_time.errors = [_("The end is not after the beginning.")]
        return not self.from_time.errors and not self.until_time.errors

    def _moment(self, live_session: LiveSession, clock: time) -> datetime | None:
        """Return the moment of a clock time near the live session, which may pass midnight."""
        named = str(self.zone.data or "")
        zone = zone_of(named if is_zone(named) else live_session.zone)
        day = live_session.starts_at.astimezone(zone).date()
        for shift in (-_DAY, timedelta(), _DAY):
            moment = datetime.combine(day + shift, clock, zone).astimezone(UTC)
            if live_session.starts_at - _MARGIN <= moment <= live_session.ends_at + _MARGIN:
                return moment
        return None


def clock_times(from_at: datetime | None, until_at: datetime | None, zone: str) -> dict[str, Any]:
    """Return what the form begins with, for moments on the clock of `zone`."""
    place = zone_of(zone)
    return {
        "zone": zone,
        "from_time": from_at.astimezone(place).time() if from_at else None,
        "until_time": until_at.astimezone(place).time() if until_at else None,
    }


class ObjectionForm(_TimesForm):
    """What is not right, when they were there and how."""

    kind = RadioField(
        _("What is not right?"),
        [InputRequired(_("Choose what is not right."))],
        choices=options(OBJECTIONS),
    )
    how = SelectField(
        _("How were you there?"),
        choices=options({"": _("I would rather not say"), **WAYS}),
        default="",
    )
    words = TextAreaField(
        _("What should the organiser know?"),
        [Length(max=1000, message=_("This is longer than 1,000 signs."))],
        description=_("For example: with whom you were there, or under which name."),
    )

    def validate_words(self, field: TextAreaField) -> None:
        """Something else has to be said in words."""
        if self.kind.data == "other" and not (field.data or "").strip():
            raise ValidationError(_("Say in a few words what is not right."))


class AnswerForm(_TimesForm):
    """The times to which an organiser agrees, and a word to whoever objected."""

    seen = HiddenField()
    reply = TextAreaField(
        _("Your words to them"),
        [Length(max=500, message=_("This is longer than 500 signs."))],
        description=_("They get them by mail and see them beside their attendance."),
    )


class WordsForm(FlaskForm):
    """An answer that is words alone: why it stays as it is, or what they should know.

    It has a field of its own, so that nobody agrees with the words of a refusal.
    """

    reply = TextAreaField(
        _("Why, in your words to them"),
        [
            InputRequired(_("Say why, for they only know what you write.")),
            Length(max=500, message=_("This is longer than 500 signs.")),
        ],
        description=_("They get them by mail and see them beside their attendance."),
    )

    def validate_reply(self, field: TextAreaField) -> None:
        """Spaces say nothing."""
        if not (field.data or "").strip():
            raise ValidationError(_("Say why, for they only know what you write."))
