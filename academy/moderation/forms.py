"""What the pages of moderation accept."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional, Regexp

from academy.db import now
from academy.discussion.forms import WRITTEN
from academy.discussion.service.selecting import LONGEST_WHY
from academy.i18n.reader import page_language, reader_zone
from academy.lib.choices import options
from academy.moderation import wording
from academy.moderation.queries import list_reasons
from academy.moderation.reasons import words_in
from academy.moderation.vocabulary import PERSON_ACTIONS, POST_ACTIONS, THREAD_ACTIONS

_CHOOSE = _("Choose one.")


class FlagForm(FlaskForm):
    """What is wrong with a post."""

    reason = RadioField(
        _("What is wrong with it?"), [InputRequired(_CHOOSE)], choices=options(wording.FLAGS)
    )
    words = StringField(_("In your words"), [Length(max=500)])


def reason_choices() -> dict[str, str]:
    """Return the reasons that are offered, in the reader's language; one statement."""
    return {one.key: words_in(one.words, page_language()) for one in list_reasons()}


class DecisionForm(FlaskForm):
    """What becomes of a post, a thread or a person, and why."""

    action = RadioField(
        _("What becomes of it?"), [InputRequired(_CHOOSE)], choices=options(wording.ACTIONS)
    )
    reason = SelectField(_("Why?"))
    note = TextAreaField(
        _("Note to the author"), [Length(max=2000)],
        description=_("The author reads it together with the reason."),
    )  # fmt: skip

    def __init__(self, *args: object, **values: object) -> None:
        super().__init__(*args, **values)
        self.reason.choices = options({"": _("Choose why"), **reason_choices()})

    def offer(self, *groups: tuple[str, ...]) -> None:
        """Offer the actions of these groups only."""
        names = [name for group in groups for name in group]
        self.action.choices = options({name: wording.ACTIONS[name] for name in names})

    def validate_reason(self, field: SelectField) -> None:
        """Ask for a reason; what is shown fits, unless another one was chosen."""
        # Forms of one action have no field for it.
        action = self.action.data if "action" in self else ""
        if not field.data and action == "approve":
            field.data = "fits"
        if not field.data:
            raise ValidationError(_("Choose why."))

    def validate_note(self, field: TextAreaField) -> None:
        """Ask for a note where the reason is another one."""
        if self.reason.data == "other" and not (field.data or "").strip():
            raise ValidationError(_("Say in the note why."))

    def words(self) -> str:
        """Return the note."""
        return (self.note.data or "").strip()


class _WithEndForm(DecisionForm):
    """A decision that may end by itself, on a day or after some time."""

    days = SelectField(
        _("For how long, where it ends"),
        choices=options({
            "1": _("a day"), "7": _("a week"), "30": _("a month"),
            "date": _("until the end of the day below"), "": _("no end"),
        }),
        default="7",
    )  # fmt: skip
    until_on = DateField(_("Last day"), [Optional()])

    def validate_days(self, field: SelectField) -> None:
        """Ask for a day to come where it ends on a day."""
        if field.data != "date":
            return
        end = self._end_of_day()
        if end is None or end <= now():
            raise ValidationError(_("Choose a day that is still to come."))

    def until(self) -> datetime | None:
        """Return when a silence or a suspension ends; None for what has no end."""
        if self.action.data not in {"silence", "suspend"} or not self.days.data:
            return None
        if self.days.data == "date":
            return self._end_of_day()
        return now() + timedelta(days=int(self.days.data))

    def _end_of_day(self) -> datetime | None:
        if self.until_on.data is None:
            return None
        midnight = datetime.combine(self.until_on.data, time(0), ZoneInfo(reader_zone()))
        return midnight + timedelta(days=1)


class PostDecisionForm(_WithEndForm):
    """What becomes of a post or of its author."""

    def __init__(self, *args: object, **values: object) -> None:
        super().__init__(*args, **values)
        self.offer(POST_ACTIONS, PERSON_ACTIONS)


class PersonDecisionForm(_WithEndForm):
    """What becomes of a person."""

    def __init__(self, *args: object, **values: object) -> None:
        super().__init__(*args, **values)
        self.offer(PERSON_ACTIONS)


class BulkForm(DecisionForm):
    """One decision about many posts, for one reason; sent twice, the second time confirmed."""

    confirmed = HiddenField()

    def __init__(self, *args: object, **values: object) -> None:
        super().__init__(*args, **values)
        self.offer(POST_ACTIONS)


class ThreadDecisionForm(DecisionForm):
    """What becomes of a thread."""

    def __init__(self, *args: object, **values: object) -> None:
        super().__init__(*args, **values)
        self.offer(THREAD_ACTIONS)


class AppealForm(FlaskForm):
    """What somebody says against a decision about them."""

    words = TextAreaField(
        _("Why should it be looked at again?"),
        [InputRequired(_("Write why.")), Length(max=4000)],
    )


class AnswerForm(FlaskForm):
    """What another moderator answers to an appeal."""

    upheld = RadioField(
        _("What do you decide?"), [InputRequired(_CHOOSE)],
        choices=options({
            "yes": _("The appeal is right: the decision is undone where it can be"),
            "no": _("The decision stands"),
        }),
    )  # fmt: skip
    answer = TextAreaField(
        _("Your answer"), [InputRequired(_("Answer in a sentence.")), Length(max=2000)]
    )


class WordForm(FlaskForm):
    """A word or an address to watch for."""

    word = StringField(
        _("Word or address"), [InputRequired(_("Write a word.")), Length(min=2, max=100)]
    )


class EmptyForm(FlaskForm):
    """Nothing but the token: the page asks, the button answers."""


class WhyForm(FlaskForm):
    """Why something is worth reading, in a sentence: in one language of our mails at least."""

    why_en = StringField(_("Why, in English"), [Length(max=LONGEST_WHY)])
    why_id = StringField(
        _("Why, in Bahasa Indonesia"), [Length(max=LONGEST_WHY)],
        description=_("Whoever reads mail in it gets this one; without it the other."),
    )  # fmt: skip

    def words(self) -> dict[str, str]:
        """Return the sentences by language."""
        return {"en": (self.why_en.data or "").strip(), "id": (self.why_id.data or "").strip()}

    def validate_why_en(self, field: StringField) -> None:
        """Ask for one of the two."""
        if not any(self.words().values()):
            raise ValidationError(_("Say in a sentence why, in one language at least."))


class ChooseForm(WhyForm):
    """What to put on the week's list, and why."""

    address = StringField(
        _("Address of a thread, a post or a case"),
        [InputRequired(_("Paste an address.")), Length(max=300)],
        description=_("As it stands in your browser: …/threads/12/posts/4/"),
    )  # fmt: skip


class NoteForm(FlaskForm):
    """A note about somebody for one's colleagues."""

    words = TextAreaField(
        _("Note for your colleagues"),
        [InputRequired(_("Write something first.")), Length(max=2000)],
        description=_("It is never changed. The person reads it where they ask for their data."),
    )


class ReasonForm(FlaskForm):
    """A reason in words, in each language; English is read where there are no others."""

    version = HiddenField(validators=[Regexp(r"^\d{0,9}$")])
    is_active = BooleanField(_("Offered to moderators"), default=True)

    def words(self) -> dict[str, str]:
        """Return what was written, by language."""
        written = {tag: (self[f"words_{tag}"].data or "").strip() for tag in WRITTEN}
        return {tag: " ".join(words.split()) for tag, words in written.items() if words}

    @classmethod
    def of(cls, words: dict[str, str], **values: object) -> "ReasonForm":
        """Return a form that shows these words."""
        return cls(**{f"words_{tag}": text for tag, text in words.items()}, **values)


for _tag, _name in WRITTEN.items():
    _must = [InputRequired(_("Write it in English."))] if _tag == "en" else []
    setattr(ReasonForm, f"words_{_tag}", StringField(_name, [*_must, Length(max=200)]))
