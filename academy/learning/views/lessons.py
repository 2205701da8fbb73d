"""One lesson: read, noted, left for the next one."""

from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.learning.books import Line
from academy.learning.forms import NoteForm, ReadForm
from academy.learning.queries import Page
from academy.learning.service import NoteTooLong, mark_of, mark_read, note_opened, write_note
from academy.learning.ties import find_ties
from academy.learning.views.blueprint import load_page, pages, reader, signed_in
from academy.learning.views.telling import tell
from academy.people.models import Person
from academy.security.wall import public


@pages.get("/courses/<course>/<module>/<lesson>/")
@public
def lesson(course: str, module: str, lesson: str) -> str:
    """Show a lesson: light, in one column, with the way on."""
    return _show(load_page(course, module, lesson), reader())


def _show(page: Page, person: Person | None, form: NoteForm | None = None) -> str:
    words = request.args.get("words")
    saves = request.headers.get("Save-Data") == "on"
    is_words_only = words == "only" or (saves and words != "all")
    return render_template(
        "learning/lesson.html", page=page, contents=page.contents, text=page.text,
        told=tell(page, is_words_only=is_words_only), is_words_only=is_words_only,
        ties=find_ties(page, person), form=form or _note_form(page), **_ways(page, is_words_only),
    )  # fmt: skip


def _note_form(page: Page) -> NoteForm | None:
    """Return the form of one's note: for readers who are signed in, and costly for all others."""
    if page.study is None:
        return None
    mine = page.study.note or ""
    return NoteForm(note=mine, known=mark_of(mine))


def _ways(page: Page, is_words_only: bool) -> dict[str, str]:  # noqa: FBT001 (as the page has it)
    """Return the addresses around a lesson: asked of the app each would cost as much as a row."""
    course, words = url_for(".course", course=page.contents.course.slug), request.args.get("words")
    here = f"{course}{page.line.module}/{page.line.slug}/"
    other = "all" if is_words_only else "only"
    return {
        "course_url": course, "here": here, "query": _query(words), "in_language": _query(None),
        "other_words": here + _query(other),
    }  # fmt: skip


def _query(words: str | None) -> str:
    asked = {"language": _chosen(), "words": words}
    told = urlencode({name: value for name, value in asked.items() if value})
    return f"?{told}" if told else ""


@pages.post("/courses/<course>/<module>/<lesson>/read")
def read_lesson(course: str, module: str, lesson: str) -> ResponseReturnValue:
    """Note that the lesson is read, and go on to the next one."""
    page = load_page(course, module, lesson)
    if not ReadForm().validate_on_submit():
        return redirect(_url_of(page, page.line), 303)
    if mark_read(page.lesson, signed_in()):
        flash(_("You have completed this course."))
    if page.after is None:
        return redirect(url_for(".course", course=course, language=_chosen()), 303)
    return redirect(_url_of(page, page.after), 303)


@pages.post("/courses/<course>/<module>/<lesson>/seen")
def see_lesson(course: str, module: str, lesson: str) -> ResponseReturnValue:
    """Remember that the lesson is open: here one resumes, on any device."""
    page = load_page(course, module, lesson)
    if ReadForm().validate_on_submit():
        note_opened(page.lesson, signed_in())
    return "", 204


@pages.post("/courses/<course>/<module>/<lesson>/note")
def note_lesson(course: str, module: str, lesson: str) -> ResponseReturnValue:
    """Keep one's own words beside the lesson."""
    page, form = load_page(course, module, lesson), NoteForm()
    if not form.validate_on_submit():
        return _show(page, signed_in(), form), 400
    try:
        wrote_both = write_note(
            page.lesson, signed_in(), form.note.data or "", form.known.data or ""
        )
    except NoteTooLong:
        form.note.errors = [
            _("You wrote here on another device, too, and both do not fit: shorten this one.")
        ]
        return _show(page, signed_in(), form), 409
    if wrote_both:
        flash(_("You wrote here on another device, too. Both stand here, one below the other."))
    else:
        flash(_("Your note is saved. Nobody else sees it."))
    return redirect(_url_of(page, page.line, "note"), 303)


def _url_of(page: Page, line: Line, anchor: str | None = None) -> str:
    return url_for(
        ".lesson", course=page.contents.course.slug, module=line.module, lesson=line.slug,
        language=_chosen(), words=request.args.get("words"), _anchor=anchor,
    )  # fmt: skip


def _chosen() -> str | None:
    return request.args.get("language")
