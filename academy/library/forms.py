"""What the pages of writing and reviewing accept."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, SelectField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, Optional, Regexp

from academy.lib.choices import options
from academy.library.steps import PARTS, SECTIONS, is_field, shape_of
from academy.library.working_copy import is_row_told
from academy.people.choices import LANGUAGES
from academy.people.forms.fields import Line, country_field, email_field, required

#: A working copy keeps more than a record takes: what is too long is shortened by its writer.
LONGEST_TEXT = 20_000
MOST_ROWS = 100
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])


def read_section(section: str, form: MultiDict[str, str]) -> dict[str, Any]:
    """Return what stands in the fields of a section, as it was typed."""
    return {field: _READERS[shape_of(field)](field, form) for field in SECTIONS[section]}


def _text(name: str, form: MultiDict[str, str]) -> str:
    return form.get(name, "").replace("\r\n", "\n").translate(_CONTROL).strip()


def _line(name: str, form: MultiDict[str, str]) -> str:
    return " ".join(_text(name, form).split())


def _ticks(name: str, form: MultiDict[str, str]) -> list[str]:
    return [one[:60] for one in form.getlist(name)[:MOST_ROWS]]


def _row(name: str, form: MultiDict[str, str], field: str = "") -> dict[str, str]:
    parts = {part: _line(f"{name}-{part}", form) for part in PARTS[field or name]}
    return {part: text for part, text in parts.items() if text}


def _rows(name: str, form: MultiDict[str, str]) -> list[dict[str, str]]:
    found = (_row(f"{name}-{number}", form, name) for number in _numbers(name, form))
    rows = [row for row in found if is_row_told(row)]
    return _with_keys(rows) if name == "sources" else rows


def _with_keys(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Give each source a key of its own, by which results name it; it never changes."""
    taken: set[str] = set()
    for row in rows:
        key = row.get("key", "")
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key[:60]) or key in taken:
            key = next_key([*({"key": one} for one in taken), *rows])
        taken.add(key)
        row["key"] = key
    return rows


def next_key(rows: Sequence[Mapping[str, str]]) -> str:
    """Return a number that is no source's key yet."""
    taken = [int(row["key"]) for row in rows if row.get("key", "").isdecimal()]
    return str(max(taken, default=0) + 1)


def _texts(name: str, form: MultiDict[str, str]) -> list[str]:
    texts = (_text(f"{name}-{number}-text", form) for number in _numbers(name, form))
    return [text for text in texts if text]


def _evidence(name: str, form: MultiDict[str, str]) -> dict[str, Any]:
    text, is_ticked = _text(name, form), f"{name}-not_shown" in form
    return {"text": text, "not_shown": is_ticked} if text or is_ticked else {}


def _numbers(name: str, form: MultiDict[str, str]) -> list[int]:
    """Return the numbers of the rows that were sent, in the order of the page."""
    found = (re.fullmatch(rf"{re.escape(name)}-(\d{{1,4}})-\w+", key) for key in form)
    return sorted({int(one[1]) for one in found if one})[: MOST_ROWS + 1]


_READERS: dict[str, Any] = {
    "line": _line, "choice": _line, "text": _text, "ticks": _ticks, "row": _row, "rows": _rows,
    "texts": _texts, "evidence": _evidence,
}  # fmt: skip


def find_excess(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Name (anchor, why) of what is more than a working copy keeps."""
    for field, value in content.items():
        if isinstance(value, list) and len(value) > MOST_ROWS:
            yield field, "rows"
        for anchor, text in _texts_in(field, value):
            if isinstance(text, str) and len(text) > LONGEST_TEXT:
                yield anchor, "longest"


def _texts_in(anchor: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _texts_in(f"{anchor}-{number}", each)
    elif isinstance(value, dict):
        for part, text in value.items():
            yield (anchor if part == "text" else f"{anchor}-{part}"), text
    else:
        yield anchor, value


class StepForm(FlaskForm):
    """What a step sends besides its fields: what it was made from, and which button was pressed."""

    marks = HiddenField()
    do = HiddenField()

    def bases(self) -> dict[str, str]:
        """Return the marks of what the form was made from; none where they make no sense."""
        try:
            found = json.loads((self.marks.data or "")[:4000])
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


class NewCaseForm(FlaskForm):
    """What it takes to begin."""

    title = Line(
        _("Title"), [*required(_("Give it a title; you can change it later.")), Length(max=300)],
        description=_("What is done, in a few words. You can change it later."),
    )  # fmt: skip
    country = country_field(_("Country"), required(_("Choose the country where it is done.")))
    language = SelectField(
        _("Language"), choices=options(LANGUAGES), description=_("In which you write this case.")
    )


class EmptyForm(FlaskForm):
    """Nothing but the token: the page asks, the button answers."""


def _plain(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").translate(_CONTROL).strip()


_NOTE = Length(max=4000, message=_("This is longer than %(max)d letters. Shorten it here."))


class SubmitForm(FlaskForm):
    """What changed, in a sentence; it stands beside the version for everybody."""

    words = TextAreaField(_("What you changed"), [Length(max=500)], filters=[_plain])


class InviteForm(FlaskForm):
    """The address of somebody to write with."""

    address = email_field(_("E-mail address"))


class ReviewForm(FlaskForm):
    """A librarian's decision about one submission."""

    submission = HiddenField(validators=[Regexp(r"^\d{1,9}$")])
    action = HiddenField(validators=[Regexp("^(publish|return)$")])
    note = TextAreaField(_("A word to its writers"), [_NOTE], filters=[_plain])

    def validate_note(self, field: Any) -> None:
        """Let nobody be sent back without a word."""
        if self.action.data == "return" and not field.data:
            raise ValidationError(_("Say what they should change."))


class CommentForm(FlaskForm):
    """Words about a field, or an answer to what somebody said of it."""

    words = TextAreaField(
        _("Your words"), [InputRequired(_("Write something first.")), _NOTE], filters=[_plain]
    )
    field = HiddenField()
    answers = HiddenField(validators=[Optional(), Regexp(r"^\d{1,9}$")])

    def validate_field(self, field: Any) -> None:
        """Let comments be on fields that there are."""
        if field.data and not is_field(field.data):
            raise ValidationError(_("There is no such field."))


class ReasonForm(FlaskForm):
    """Why a case is taken from the shelf."""

    reason = TextAreaField(
        _("Reason"), [InputRequired(_("Say why, in a sentence.")), _NOTE], filters=[_plain],
        description=_("Its writers and the librarians read it."),
    )  # fmt: skip
