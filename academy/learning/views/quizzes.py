"""The quiz of a lesson: begun, handed in once, looked at."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy.learning.forms import ReadForm
from academy.learning.models import Attempt, QuizQuestion
from academy.learning.queries import Page, find_attempt, list_questions
from academy.learning.questions import Question
from academy.learning.rendering import anchor_of
from academy.learning.service import NoQuiz, begin_attempt, hand_in, read_question
from academy.learning.views.blueprint import load_page, look_for_page, pages, signed_in

_PATH = "/courses/<course>/<module>/<lesson>/quiz"


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as a page shows it: its words, its shuffled choices, what was given."""

    question: Question
    choices: Sequence[Any]
    given: Sequence[str] = ()
    score: float | None = None
    anchor: str = ""
    #: It was taken out of the quiz after it was drawn, and counts for nobody.
    is_retired: bool = False

    def place_of(self, key: str) -> int:
        """Return the place, from 1, that was given to a thing; 0 for none."""
        return list(self.given).index(key) + 1 if key in self.given else 0

    def half_of(self, key: str) -> str:
        """Return the key of what was matched with this pair's left half."""
        keys: list[str] = [pair.key for pair in getattr(self.question, "pairs", ())]
        return dict(zip(keys, self.given, strict=False)).get(key, "")


@pages.post(_PATH)
def begin_quiz(course: str, module: str, lesson: str) -> ResponseReturnValue:
    """Draw the questions, or go on with those that are still open."""
    page = load_page(course, module, lesson)
    if not ReadForm().validate_on_submit():
        return redirect(_lesson_url(page), 303)
    try:
        attempt = begin_attempt(page.lesson, signed_in())
    except NoQuiz:
        flash(_("This lesson asks nothing any more."), "danger")
        return redirect(_lesson_url(page), 303)
    return redirect(_quiz_url(page, attempt), 303)


@pages.get(f"{_PATH}/<int:attempt_id>/")
def quiz(course: str, module: str, lesson: str, attempt_id: int) -> str:
    """Show the questions of an open attempt, or what became of one that was handed in."""
    page = load_page(course, module, lesson)
    attempt = _load_attempt(page, attempt_id)
    shown = _shown(page, attempt)
    if attempt.handed_in_at is None:
        return render_template(
            "learning/quiz.html",
            page=page,
            attempt=attempt,
            shown=shown,
            form=ReadForm(),
            lesson_url=_lesson_url(page),
        )
    return render_template(
        "learning/result.html", page=page, attempt=attempt, shown=shown,
        chosen=request.args.get("language"), lesson_url=_lesson_url(page),
    )  # fmt: skip


@pages.post(f"{_PATH}/<int:attempt_id>/")
def answer_quiz(course: str, module: str, lesson: str, attempt_id: int) -> ResponseReturnValue:
    """Mark the answers; handed in twice, the first time counts."""
    page, form = look_for_page(course, module, lesson), ReadForm()
    is_sent = form.validate_on_submit()
    # Whoever brings no token learns nothing, not even that the attempt is somebody else's.
    attempt = _load_attempt(page, attempt_id, else_say=404 if is_sent else 400)
    if page is None:
        return _keep_late(attempt) if is_sent else abort(400)
    shown = _shown(page, attempt)
    given = {one.question.key: given_to(one.question) for one in shown}
    if not is_sent:
        shown = [replace(one, given=given[one.question.key]) for one in shown]
        again = render_template(
            "learning/quiz.html",
            page=page,
            attempt=attempt,
            shown=shown,
            form=form,
            lesson_url=_lesson_url(page),
        )
        return again, 400
    if not hand_in(attempt, signed_in(), given, page.text.language):
        flash(_("This attempt was handed in before. What stands here is what counted then."))
    return redirect(_quiz_url(page, attempt), 303)


def _load_attempt(page: Page | None, attempt_id: int, else_say: int = 404) -> Attempt:
    attempt = find_attempt(attempt_id, signed_in())
    if attempt is None or (page and attempt.lesson_id != page.line.id):
        abort(else_say)
    return attempt


def _keep_late(attempt: Attempt) -> ResponseReturnValue:
    """Keep the answers to a lesson that was taken out while somebody answered."""
    language = request.args.get("language", "")
    rows = list_questions(attempt.lesson_id, attempt.drawn)
    questions = [_read(row, language) for row in rows]
    hand_in(attempt, signed_in(), {one.key: given_to(one) for one in questions}, language)
    flash(
        _(
            "This lesson was taken out while you answered. Your answers are kept, and count "
            "again if it comes back."
        )
    )
    return redirect(url_for(".courses"), 303)


def _read(row: QuizQuestion, language: str) -> Question:
    return read_question(row.words.get(language) or next(iter(row.words.values())))


def given_to(question: Question) -> list[str]:
    """Return what was given to one question, as it is marked.

    To order things, each has a place beside it; to match them, each has the other half's key.
    """
    form = request.form
    if question.kind == "ordering":
        keys = [item.key for item in question.items]
        at = {key: form.get(f"{question.key}.{key}", "") for key in keys}
        # Two things at one place are no order: neither counts, or leaving all as it is would win.
        found = [[key for key in keys if at[key] == str(n)] for n in range(1, len(keys) + 1)]
        return [one[0] if len(one) == 1 else "" for one in found]
    if question.kind == "matching":
        return [form.get(f"{question.key}.{pair.key}", "") for pair in question.pairs]
    return form.getlist(question.key)


def _shown(page: Page, attempt: Attempt) -> list[Shown]:
    rows = {row.key: row for row in list_questions(page.line.id, attempt.drawn)}
    sections = {part["heading"]: part["section"] for part in page.text.parts if "section" in part}
    shown = []
    for key in attempt.drawn:
        if row := rows.get(key):
            question = _read(row, page.text.language)
            answer = attempt.answers.get(key, {})
            shown.append(Shown(
                question, choices_of(question, str(attempt.id)), answer.get("given", ()),
                answer.get("score"), _anchor_of(question.again, sections),
                row.retired_at is not None,
            ))  # fmt: skip
    return shown


def _anchor_of(heading: str, sections: Mapping[str, str]) -> str:
    return sections.get(heading) or (anchor_of(heading) if heading else "")


def choices_of(question: Question, whose: str) -> list[Any]:
    """Return what there is to choose, in an order that stays the same for whom it is made."""
    found: Sequence[Any] = ()
    if question.kind == "single" or question.kind == "multiple":  # noqa: PLR1714 (narrows the type)
        found = question.options
    elif question.kind == "ordering":
        found = question.items
    elif question.kind == "matching":
        found = question.pairs
    chance = random.Random(f"{whose}.{question.key}")
    shuffled = chance.sample(list(found), len(found))
    # Things that are shown in their right order would ask nothing.
    if question.kind == "ordering" and shuffled == list(found):
        shuffled.reverse()
    return shuffled


def _lesson_url(page: Page) -> str:
    return url_for(
        ".lesson", course=page.contents.course.slug, module=page.line.module,
        lesson=page.line.slug, language=request.args.get("language"),
    )  # fmt: skip


def _quiz_url(page: Page, attempt: Attempt) -> str:
    return url_for(
        ".quiz", course=page.contents.course.slug, module=page.line.module, attempt_id=attempt.id,
        lesson=page.line.slug, language=request.args.get("language"),
    )  # fmt: skip
