"""What the pages of threads accept."""

import re
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Regexp

from academy.discussion.models import REACTIONS
from academy.discussion.service.summarising import LONGEST_SUMMARY
from academy.discussion.service.writing import LONGEST_POST
from academy.lib.choices import options
from academy.lib.prose import is_too_deep

_EMPTY = _("Write something first.")
_TOO_LONG = _("This is longer than %(max)d characters. Nothing of it is lost: shorten it here.")
#: Languages in which people write here: the countries of the academy, and its bridge languages.
WRITTEN = {
    "en": "English", "id": "Bahasa Indonesia", "ms": "Bahasa Melayu", "fil": "Filipino",
    "th": "ไทย", "km": "ខ្មែរ", "lo": "ລາວ", "my": "မြန်မာ", "vi": "Tiếng Việt", "ta": "தமிழ்",
    "si": "සිංහල", "hi": "हिन्दी", "bn": "বাংলা", "ne": "नेपाली", "ur": "اردو", "zh": "中文",
    "ja": "日本語", "ko": "한국어", "ar": "العربية", "es": "Español", "fr": "Français",
    "pt": "Português", "sw": "Kiswahili", "de": "Deutsch",
}  # fmt: skip


def _no_control_signs(_form: FlaskForm, field: Any) -> None:
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", field.data or ""):
        raise ValidationError(_("This holds a sign that cannot be shown."))


def not_too_deep(_form: FlaskForm, field: Any) -> None:
    """Ask for fewer steps where quotes of quotes could not be shown any more."""
    words = _written(field)
    if len(words) <= LONGEST_POST and is_too_deep(words):
        raise ValidationError(
            _("Quotes or lists stand too deep in one another here. Nothing of it is lost: take "
              "some steps out.")
        )  # fmt: skip


#: Nobody sees them, and feeds and mails may not hold them.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _written(field: Any) -> str:
    return _UNSEEN.sub("", field.data or "").replace("\r\n", "\n").strip()


_REACTION = "^({})?$".format("|".join(REACTIONS))


class _WrittenForm(FlaskForm):
    """Words, the language they are in, and a key by which sending twice is sending once."""

    body = TextAreaField(
        _("Your words"),
        [InputRequired(_EMPTY), Length(max=LONGEST_POST, message=_TOO_LONG), not_too_deep],
        description=_("*emphasis*, **strong**, lists, > quotes; @ and a name calls somebody."),
    )  # fmt: skip
    language = SelectField(_("Language"), choices=options(WRITTEN))
    request_key = HiddenField(validators=[Regexp(r"^[0-9a-f]{0,40}$")])

    def words(self) -> str:
        """Return what was written, with plain line ends."""
        return _written(self.body)


class PostForm(_WrittenForm):
    """One's words, and the number of the post that they answer."""

    answers = HiddenField(validators=[Regexp(r"^\d{0,9}$")])

    def answered(self) -> int | None:
        """Return the number of the post that this answers."""
        return int(self.answers.data) if self.answers.data else None


class ThreadForm(_WrittenForm):
    """A question or a thought, and the first words about it."""

    title = StringField(
        _("What is it about?"), [InputRequired(_EMPTY), Length(max=200), _no_control_signs],
        description=_("One line, so that others find it."),
    )  # fmt: skip


class EditForm(FlaskForm):
    """Other words for a post, and the version that they were made from."""

    body = TextAreaField(
        _("Your words"),
        [InputRequired(_EMPTY), Length(max=LONGEST_POST, message=_TOO_LONG), not_too_deep],
    )
    version = HiddenField(validators=[Regexp(r"^\d{1,9}$")])

    def words(self) -> str:
        """Return what was written, with plain line ends."""
        return _written(self.body)


class SummaryForm(FlaskForm):
    """The summary of a thread, how far it goes, and the version that it was made from."""

    body = TextAreaField(
        _("In short"),
        [InputRequired(_EMPTY), Length(max=LONGEST_SUMMARY, message=_TOO_LONG), not_too_deep],
        description=_(
            "What was asked, what helped, what is open. *emphasis*, **strong**, lists and links."
        ),
    )  # fmt: skip
    covers = IntegerField(
        _("It covers the posts up to number"), [InputRequired(_("Write a number.")),
        NumberRange(1, message=_("Posts are counted from 1."))],
        description=_("Readers see how many are newer."),
    )  # fmt: skip
    version = HiddenField(validators=[Regexp(r"^\d{1,9}$")])

    def words(self) -> str:
        """Return what was written, with plain line ends."""
        return _written(self.body)


class PutBackForm(FlaskForm):
    """Which version of a summary shall stand again, and which one stood as the page was made."""

    wanted = HiddenField(validators=[Regexp(r"^\d{0,9}$")])
    seen = HiddenField(validators=[Regexp(r"^\d{1,9}$")])


class RecommendForm(FlaskForm):
    """Whether a post is worth reading."""

    best = HiddenField(validators=[Regexp("^(1|)$")])


class ReactionForm(FlaskForm):
    """One tap: the reaction that is given, or the one that is taken back."""

    kind = HiddenField(validators=[Regexp(_REACTION)])
    back = HiddenField(validators=[Regexp(_REACTION)])


class WishForm(FlaskForm):
    """Follow, mute, or neither."""

    wish = HiddenField(validators=[Regexp("^(follow|mute|)$")])


class EmptyForm(FlaskForm):
    """Nothing but the token: the page asks, the button answers."""
