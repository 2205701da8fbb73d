"""What the desk pages accept on which courses are edited."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, Regexp

from academy.lib.choices import options
from academy.people.choices import LANGUAGES

#: Characters of one file; the checker's own limits of lessons and YAML are below.
LONGEST_TEXT = 400_000
_ADDRESS = Regexp(
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    message=_("Small letters, figures and hyphens, such as living-soil."),
)
_ADDRESS_HINT = _(
    "It becomes the address and the name of the file: small letters, figures, hyphens."
)


class PressForm(FlaskForm):
    """Nothing but the token of a button."""


class FileForm(FlaskForm):
    """The text of one file, with the mark of what it was given out as."""

    body = TextAreaField(_("Text"), [Length(max=LONGEST_TEXT)])
    marks = HiddenField()
    do = HiddenField()


class PublishForm(FlaskForm):
    """Which drafts shall be published, why, and whether questions may change under results."""

    paths = SelectMultipleField(_("Files"), validate_choice=False)
    note = StringField(
        _("What changed, in a few words"), [Length(max=300)],
        description=_("Stands beside the versions, for whoever edits after you."),
    )  # fmt: skip
    confirmed = BooleanField(_("Publish it although questions change under results"))


class CourseForm(FlaskForm):
    """A new course."""

    title = StringField(_("Title"), [InputRequired(_("Give it a title.")), Length(max=200)])
    slug = StringField(
        _("Address"), [InputRequired(_("Give it an address.")), Length(max=60), _ADDRESS],
        description=_ADDRESS_HINT,
    )  # fmt: skip
    language = SelectField(
        _("Language in which it is written"), choices=options(LANGUAGES),
        description=_("Further languages can be added later."),
    )  # fmt: skip
    has_quiz = BooleanField(_("Begin its first lesson with a quiz"))


class PartForm(FlaskForm):
    """A new module, or a new lesson in one of the modules."""

    module = SelectField(_("Where"), validate_choice=False)
    title = StringField(_("Title"), [InputRequired(_("Give it a title.")), Length(max=200)])
    slug = StringField(
        _("Address"), [InputRequired(_("Give it an address.")), Length(max=60), _ADDRESS],
        description=_ADDRESS_HINT,
    )  # fmt: skip
    has_quiz = BooleanField(_("With a quiz"))


class LanguageForm(FlaskForm):
    """One more language of a course."""

    language = SelectField(_("Language"), choices=options(LANGUAGES))


class RenameForm(FlaskForm):
    """Another address for a lesson."""

    slug = StringField(
        _("New address"), [InputRequired(_("Give it an address.")), Length(max=60), _ADDRESS]
    )


class FigureForm(FlaskForm):
    """A drawing or a picture for the lessons of a course."""

    file = FileField(
        _("Drawing or picture"), [FileRequired(_("Choose a file."))],
        description=_(
            "A drawing (SVG) of at most 200 kB, which holds no script and fetches nothing. Or a "
            "picture (JPEG, PNG, WebP) of at most 12 MB: it is drawn anew, light, without what "
            "cameras write into it."
        ),
    )  # fmt: skip
    name = StringField(
        _("Name"), [Optional(), Length(max=80)],
        description=_("Leave it empty to keep the file’s own name, in small letters."),
    )  # fmt: skip
