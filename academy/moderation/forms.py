"""What the pages of moderation accept."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from academy.discussion.service.selecting import LONGEST_WHY
from academy.lib.choices import options
from academy.moderation import wording
from academy.moderation.vocabulary import PERSON_ACTIONS, POST_ACTIONS, THREAD_ACTIONS

_CHOOSE = _("Choose one.")


class FlagForm(FlaskForm):
    """What is wrong with a post."""

    reason = RadioField(
        _("What is wrong with it?"), [InputRequired(_CHOOSE)], choices=options(wording.FLAGS)
    )
    words = StringField(_("In your words"), [Length(max=500)])


class DecisionForm(FlaskForm):
    """What becomes of a post, a thread or a person, and why."""

    action = RadioField(
        _("What becomes of it?"), [InputRequired(_CHOOSE)], choices=options(wording.ACTIONS)
    )
    reason = SelectField(_("Why?"), choices=options(wording.REASONS))
    note = TextAreaField(
        _("Note to the author"), [Length(max=2000)],
        description=_("The author reads it together with the reason."),
    )  # fmt: skip
    days = SelectField(
        _("For how long, where it ends"),
        choices=options({"1": _("a day"), "7": _("a week"), "30": _("a month"), "": _("no end")}),
        default="7",
    )

    def offer(self, *groups: tuple[str, ...]) -> None:
        """Offer the actions of these groups only."""
        names = [name for group in groups for name in group]
        self.action.choices = options({name: wording.ACTIONS[name] for name in names})

    def validate_note(self, field: TextAreaField) -> None:
        """Ask for a note where the reason is another one."""
        if self.reason.data == "other" and not (field.data or "").strip():
            raise ValidationError(_("Say in the note why."))


class PostDecisionForm(DecisionForm):
    """What becomes of a post or of its author."""

    def __init__(self, *args: object, **values: object) -> None:
        super().__init__(*args, **values)
        self.offer(POST_ACTIONS, PERSON_ACTIONS)


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
