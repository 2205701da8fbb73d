"""What is asked about a dropped file: where it belongs, and at most three questions."""

from collections.abc import Mapping
from typing import Any, Self

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import Field, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import DataRequired

from academy.attendance.models import OfferedFile
from academy.i18n.zones import city_of, is_zone, zone_names

#: The choice of a clock that is not among those offered.
OTHER = "other"


class DropForm(FlaskForm):
    """One file or many."""

    files = MultipleFileField(
        _("Attendance files"),
        validators=[DataRequired(_("Choose one file or several."))],
    )


class AnswersForm(FlaskForm):
    """Where one file belongs and how it is read; only what is open is asked as a question."""

    live_session = SelectField(_("Live session"), coerce=int)
    asked_zone = RadioField(
        _("On whose clock was it exported?"),
        validators=[DataRequired(_("Choose a clock."))],
    )
    date_order = RadioField(
        _("In which order are its dates?"),
        description=_("They can be read in two ways, and both meet a live session."),
        validators=[DataRequired(_("Choose an order."))],
    )
    meeting = RadioField(
        _("Which meeting is it?"),
        description=_("The file holds several at this time."),
        validators=[DataRequired(_("Choose a meeting."))],
    )
    zone = StringField(
        _("Clock of the file"),
        description=_("A city or a zone: Kathmandu, Asia/Kathmandu. Empty: the live session's."),
    )

    @classmethod
    def about(
        cls,
        offered: OfferedFile,
        choices: Mapping[str, list[tuple[str, str]]],
        why_zone: str,
    ) -> Self:
        """Return the form of one file: questions that are not open are not in it."""
        form = cls(prefix=f"file-{offered.id}-", data=_said(offered))
        form.live_session.choices = [("0", _("Choose …")), *choices["live_session"]]
        form.asked_zone.description = why_zone
        form.asked_zone.choices = [*choices["zone"], (OTHER, _("another clock, named below"))]
        form.date_order.choices = choices["date_order"]
        form.meeting.choices = choices["meeting"]
        for name, values in (("asked_zone", "zone"), ("date_order", "date_order"),
                             ("meeting", "meeting")):  # fmt: skip
            if not choices[values]:
                del form[name]
        if offered.facts.get("own_zone") or not offered.facts.get("first"):
            del form.zone
        return form

    def validate_zone(self, field: Field) -> None:
        """Understand a city or a zone; refuse what is neither instead of guessing."""
        if field.data and find_zone(field.data) is None:
            raise ValidationError(_("This is no city or time zone that is known here."))
        asked = self._fields.get("asked_zone")
        if asked is not None and asked.data == OTHER and not field.data:
            raise ValidationError(_("Name the clock."))

    def answers(self) -> dict[str, Any]:
        """Return what was said, as the service takes it."""
        said: dict[str, Any] = {"live_session": self.live_session.data}
        for name in ("date_order", "meeting"):
            if name in self._fields:
                said[name] = self._fields[name].data
        if "zone" in self._fields:
            said["zone"] = find_zone(self.zone.data or "") or ""
        asked = self._fields.get("asked_zone")
        if asked is not None and asked.data != OTHER:
            said["zone"] = asked.data
        return said


def _said(offered: OfferedFile) -> dict[str, Any]:
    return {
        "live_session": offered.live_session_id or 0,
        "zone": offered.answers.get("zone", ""),
        "date_order": offered.answers.get("date_order"),
        "meeting": offered.answers.get("meeting"),
    }


def find_zone(text: str) -> str | None:
    """Return the zone that a person names by its city or by its name in the IANA database."""
    wanted = " ".join(text.split())
    if is_zone(wanted):
        return wanted
    cities = [zone for zone in zone_names() if city_of(zone).casefold() == wanted.casefold()]
    return min(cities, key=len, default=None)
