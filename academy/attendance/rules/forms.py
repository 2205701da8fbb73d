"""What the page of a series' rules accepts."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, ValidationError

from academy.attendance.forms import NumberField
from academy.attendance.rules.rules import Break, ImpossibleRules, Rules, breaks_of
from academy.attendance.rules.wording import say_impossible, write_breaks

#: From and to, with any hyphen or dash or a word between: 60-75, 60 to 75.
_BREAK = re.compile(r"(\d{1,4})\s*(?:[-~\u2010-\u2015\u2212]|to)\s*(\d{1,4})")
_BETWEEN = re.compile(r"[,;\s]*")


class NotABreak(ValueError):
    """What was typed is no list of breaks."""


def read_breaks(text: str) -> tuple[Break, ...]:
    """Return the breaks that were typed, in order; raise NotABreak for anything else."""
    if _BETWEEN.sub("", _BREAK.sub("", text)):
        raise NotABreak(text)
    return breaks_of((int(first), int(last)) for first, last in _BREAK.findall(text))


def _minutes(label: str, description: str) -> NumberField:
    return NumberField(
        label, description=description, default=0,
        render_kw={"min": 0, "inputmode": "numeric", "autocomplete": "off"},
    )  # fmt: skip


class RulesForm(FlaskForm):
    """The rules of a series."""

    door_minutes = _minutes(
        lazy_gettext("The door opens, minutes before the start"),
        lazy_gettext("From then on the personal link leads into the room. It changes no figure."),
    )
    smallest_stay = _minutes(
        lazy_gettext("Smallest stay that counts, in minutes"),
        lazy_gettext(
            "Whoever was there for less did not come. Where nobody knows how long somebody stayed, "
            "they did. 0 counts every stay."
        ),
    )
    breaks = StringField(
        lazy_gettext("Breaks"),
        description=lazy_gettext(
            "Minutes after the start, from and to, such as 60-75. Several are separated by commas. "
            "Presence in a break is not counted."
        ),
        render_kw={"inputmode": "text", "autocomplete": "off", "dir": "ltr"},
    )
    door_counts = BooleanField(
        lazy_gettext("An opened door alone counts as having come"),
        description=lazy_gettext(
            "For rooms that give no report, such as a broadcast. Minutes stay unknown."
        ),
    )

    def validate_breaks(self, field: StringField) -> None:
        """Refuse what is no list of breaks."""
        try:
            read_breaks(field.data or "")
        except NotABreak as error:
            raise ValidationError(_("Write breaks such as 60-75 or 60-75, 120-130.")) from error

    def rules(self, in_force: Rules) -> Rules:
        """Return what was written; what is not in the address at all is as it is in force."""
        door, stay, breaks = self.door_minutes, self.smallest_stay, self.breaks
        return Rules(
            (door.data or 0) if door.raw_data else in_force.door_minutes,
            (stay.data or 0) if stay.raw_data else in_force.smallest_stay,
            read_breaks(breaks.data or "") if breaks.raw_data else in_force.breaks,
            self.door_counts.data,
        )

    def put_error(self, error: ImpossibleRules) -> None:
        """Show at its field why the rules cannot be."""
        self[error.field].errors = [say_impossible(error)]


def form_values(rules: Rules) -> dict[str, Any]:
    """Return rules as the fields of the form show them, and as its address has them."""
    values = {**rules.as_json(), "breaks": write_breaks(rules.breaks)}
    return {**values, "door_counts": "y" if rules.door_counts else ""}
