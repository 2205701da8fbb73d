"""Subject and text of an announcement in one language: written, tried on, taken out."""

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.messaging.letters import Letter
from academy.reminders.announcements import service
from academy.reminders.announcements.forms import AnnouncementTextForm
from academy.reminders.announcements.models import Announcement, AnnouncementText
from academy.reminders.announcements.service import DraftChanged
from academy.reminders.announcements.views.blueprint import (
    ONE,
    ROLES,
    load_draft,
    pages,
    signed_in,
    url_of,
)
from academy.reminders.announcements.words import check_text, end_of, names_for, starter
from academy.reminders.announcements.writing import hide_choices, read_about, write_draft
from academy.reminders.placeholders import UnfitText
from academy.reminders.previewing import SECRET_LINK, Shown
from academy.reminders.texts import languages
from academy.reminders.wording import name_language
from academy.security.wall import staff_only

_TEXT = f"{ONE}/text/<language>"


def _load(slug: str, number: int, language: str) -> Announcement:
    if language not in languages():
        abort(404)
    return load_draft(slug, number)


def _written(draft: Announcement, language: str) -> AnnouncementText | None:
    return next((text for text in draft.texts if text.language == language), None)


@pages.get(_TEXT)
@staff_only(*ROLES)
def desk_text(slug: str, announcement_id: int, language: str) -> str:
    """Show subject and text in one language, to be written."""
    draft = _load(slug, announcement_id, language)
    written = _written(draft, language)
    letter = Letter(written.subject, written.text) if written else starter(language)
    seen = written.version if written else 0
    form = AnnouncementTextForm(None, seen=seen, subject=letter.subject, text=letter.text)
    return _show(draft, language, form)


def _show(
    draft: Announcement, language: str, form: AnnouncementTextForm, *,
    shown: Shown | None = None, theirs: AnnouncementText | None = None,
) -> str:  # fmt: skip
    return render_template(
        "reminders/announcements/desk_text.html", one=draft, series=draft.series, form=form,
        language=language, written=_written(draft, language), shown=shown, theirs=theirs,
        names=names_for(draft), end=end_of(language), url_of=url_of, tabs_of=_tabs(draft, language),
    )  # fmt: skip


def _tabs(draft: Announcement, language: str) -> list[dict[str, object]]:
    return [
        {
            "title": name_language(one),
            "url": url_of(draft, "desk_text", language=one),
            "active": one == language,
        }
        for one in languages()
    ]


@pages.post(_TEXT)
@staff_only(*ROLES)
def desk_keep_text(slug: str, announcement_id: int, language: str) -> ResponseReturnValue:
    """Keep the text, or show what it would look like."""
    draft, form = _load(slug, announcement_id, language), AnnouncementTextForm()
    if not form.validate():
        return _show(draft, language, form), 422
    try:
        if request.form.get("do") == "preview":
            return _show(draft, language, form, shown=_try_on(draft, language, form))
        service.save_text(
            draft.id, language, form.letter(), seen=form.seen.data or 0, actor_id=signed_in().id
        )
    except UnfitText as error:
        form.put_faults(error)
        return _show(draft, language, form), 422
    except DraftChanged:
        return _meet(slug, draft, language, form), 409
    flash(_("Kept."))
    return redirect(url_of(draft, "desk_text", language=language), 303)


def _try_on(draft: Announcement, language: str, form: AnnouncementTextForm) -> Shown:
    person, about = signed_in(), read_about({draft.id})[draft.id]
    letter = check_text(draft, form.letter())
    written = write_draft(about, person, SECRET_LINK, letter, language)
    zone = person.zone or draft.series.zone
    return Shown(hide_choices(written, person), language, zone, is_own=True)


def _meet(slug: str, draft: Announcement, language: str, form: AnnouncementTextForm) -> str:
    """Show both texts: theirs, which is kept, and the one that was not."""
    theirs = _written(load_draft(slug, draft.id), language)
    form.seen.raw_data, form.seen.data = None, theirs.version if theirs else 0
    return _show(draft, language, form, theirs=theirs)


@pages.post(f"{_TEXT}/removal")
@staff_only(*ROLES)
def desk_drop_text(slug: str, announcement_id: int, language: str) -> ResponseReturnValue:
    """Take the text of one language out: its readers get another one."""
    draft = _load(slug, announcement_id, language)
    service.drop_text(draft.id, language)
    flash(_("The text in %(language)s is taken out.", language=name_language(language)))
    return redirect(url_of(draft), 303)
