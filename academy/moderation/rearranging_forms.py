"""What the pages accept that change where posts stand, or what they say."""

import re
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from academy.discussion.forms import not_too_deep
from academy.discussion.service.writing import LONGEST_POST
from academy.lib.choices import options
from academy.library.fields import SECTIONS
from academy.library.wording import QUESTIONS
from academy.moderation.forms import DecisionForm

_INTO = re.compile(r"(?:.*/threads/)?(\d{1,9})(?:[/?#].*)?")


class WhyForm(DecisionForm):
    """Why something is changed, and a note to those who wrote it."""

    action = days = None  # type: ignore[assignment]


class _IntoForm(WhyForm):
    """The thread to which posts go, by its address or its number."""

    into = StringField(
        _("Address or number of that thread"), [Length(max=200)],
        description=_("Copy it from the address of the thread: …/threads/12/"),
    )  # fmt: skip

    def into_id(self) -> int | None:
        """Return the number of the thread that was meant, if it is one."""
        match = _INTO.fullmatch((self.into.data or "").strip())
        return int(match[1]) if match else None


class MergeForm(_IntoForm):
    """Into which thread another one is merged."""

    def validate_into(self, _field: Any) -> None:
        """Ask for a thread."""
        if not self.into_id():
            raise ValidationError(_("Write the address or the number of a thread."))


class SplitForm(_IntoForm):
    """Whether chosen posts begin a thread of their own, or go to the end of another."""

    where = RadioField(
        _("Where do they go?"),
        choices=options({
            "new": _("They begin a thread of their own"),
            "into": _("To the end of another thread"),
        }),
        default="new",
    )  # fmt: skip
    title = StringField(_("Title of the new thread"), [Length(max=200)])

    def validate_title(self, field: Any) -> None:
        """Ask for a title where the posts begin a thread."""
        if self.where.data == "new" and not (field.data or "").strip():
            raise ValidationError(_("Give the new thread a title."))

    def validate_into(self, _field: Any) -> None:
        """Ask for a thread where the posts go to one."""
        if self.where.data == "into" and not self.into_id():
            raise ValidationError(_("Write the address or the number of a thread."))


class MoveForm(WhyForm):
    """What a thread is about from now on."""

    about = StringField(
        _("What is it about?"), [Length(max=300)],
        description=_(
            "The address of a case (…/cases/forest/) or of a live session; nothing for a topic."
        ),
    )  # fmt: skip
    part = SelectField(_("Which field of the case?"))

    def __init__(self, *args: object, **values: object) -> None:
        super().__init__(*args, **values)
        fields = [field for fields in SECTIONS.values() for field in fields if field in QUESTIONS]
        self.part.choices = options({"": _("the whole case")} | {f: QUESTIONS[f] for f in fields})


class NotedEditForm(WhyForm):
    """Other words for somebody's post, and a note that everybody reads below it."""

    body = TextAreaField(
        _("The words of the post"),
        [
            InputRequired(_("Hide or remove the post where nothing of it can stay.")),
            Length(max=LONGEST_POST),
            not_too_deep,
        ],
    )
    note = TextAreaField(
        _("What was changed, and why"),
        [InputRequired(_("Say what was changed.")), Length(max=500)],
        description=_("Everybody reads it below the post, its author in a mail."),
    )  # fmt: skip
    version = HiddenField(validators=[Regexp(r"^\d{1,9}$")])

    def written(self) -> str:
        """Return the words, with plain line ends."""
        return (self.body.data or "").replace("\r\n", "\n").strip()
