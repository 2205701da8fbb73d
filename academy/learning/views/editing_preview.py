"""A lesson of drafts as its readers would see it; its quiz can be tried, and nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from academy.db import session
from academy.learning.content import CourseFiles, LessonFiles, LessonText
from academy.learning.course_paths import place_of
from academy.learning.directives import as_json, count_words
from academy.learning.draft_queries import Shelf, read_shelf
from academy.learning.editing_forms import PressForm
from academy.learning.figures import KINDS, facts_of_figures
from academy.learning.rendering import anchor_of, render
from academy.learning.service import check_shelf
from academy.learning.views.blueprint import pages, reader
from academy.learning.views.editing import load_course, load_place
from academy.learning.views.files import POLICY
from academy.learning.views.quizzes import Shown, choices_of, given_to
from academy.library.models import CaseStudy
from academy.library.policy import visible_cases
from academy.security.wall import staff_only


@dataclass(frozen=True, slots=True)
class Look:
    """A lesson of drafts in one language."""

    course: CourseFiles
    lesson: LessonFiles
    text: LessonText
    language: str
    contents: Mapping[str, bytes]


@pages.route("/desk/courses/<course>/preview/<module>/<lesson>/", methods=["GET", "POST"])
@staff_only("organiser")
def preview_lesson(course: str, module: str, lesson: str) -> ResponseReturnValue:
    """Show a lesson with the drafts of its course; a POST tries its quiz and stores nothing."""
    shelf = read_shelf(load_course(course))
    reading = check_shelf(shelf)
    found = next((one for one in (*reading.courses, *reading.parts)), None)
    files = [one for one in found.lessons if one.address == f"{module}/{lesson}"] if found else []
    if found and not files:
        abort(404)
    tags = found.plan.languages if found else []
    language = request.args.get("language", "")
    language = language if language in tags else next(iter(tags), "")
    path = f"{module}/{lesson}.{language}.md"
    text = files[0].texts.get(language) if files else None
    look = Look(found, files[0], text, language, shelf.contents) if found and text else None
    is_tried = request.method == "POST" and PressForm().validate_on_submit()
    return render_template(
        "learning/desk_preview.html", course=shelf.course, faults=reading.faults, tags=tags,
        path=path, module=module, lesson=lesson, language=language, is_tried=is_tried,
        shown=_questions(look, is_tried=is_tried) if look else (),
        **(_facts(look, shelf) if look else {"text": None}),
    )  # fmt: skip


def _facts(look: Look, shelf: Shelf) -> dict[str, Any]:
    figures = facts_of_figures(look.contents)
    parts = [as_json(piece, figures) for piece in look.text.pieces]
    glossary = look.course.glossaries.get(look.language)
    terms = {
        key: {"term": one.term, "html": render(one.meaning)}
        for key, one in (glossary.terms.items() if glossary else ())
        if any(f'href="#term-{key}"' in part["html"] for part in parts)
    }
    page = SimpleNamespace(line=look.lesson.plan, terms=terms, lesson=SimpleNamespace(id=0))
    text = SimpleNamespace(
        language=look.language, head=look.text.head, parts=parts, quiz=look.text.quiz,
        words=count_words(look.text.pieces),
    )  # fmt: skip
    return {
        "text": text, "page": page, "is_words_only": False, "figure_at": ".draft_figure",
        "contents": SimpleNamespace(course=shelf.course),
        "ties": SimpleNamespace(cases=_cases(parts)),
    }  # fmt: skip


def _cases(parts: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    slugs = {part["options"]["slug"] for part in parts if part["name"] == "case"}
    chosen = visible_cases(reader()).where(CaseStudy.slug.in_(slugs))
    columns = chosen.with_only_columns(CaseStudy.slug, CaseStudy.title, CaseStudy.country)
    return {slug: (title, country) for slug, title, country in session.execute(columns)}


def _questions(look: Look, *, is_tried: bool) -> list[Shown]:
    """Return every question of the bank, with what was given to it and its points."""
    shown = []
    for question in look.text.quiz.questions if look.text.quiz else ():
        given = given_to(question) if is_tried else []
        shown.append(Shown(
            question, choices_of(question, look.lesson.address), given,
            question.score(given) if is_tried else None,
            anchor_of(question.again) if question.again else "",
        ))  # fmt: skip
    return shown


@pages.get("/desk/courses/<course>/draft-figures/<digest>/<name>")
@staff_only("organiser")
def draft_figure(course: str, digest: str, name: str) -> Response:
    """Give a figure as it is drafted; its address changes with it."""
    shelf, place = read_shelf(load_course(course)), load_place(f"figures/{name}")
    data, found = shelf.standing(place.path)
    if data is None or found[:16] != digest or place_of(place.path) is None:
        abort(404)
    answer = Response(data, mimetype=KINDS[f".{name.rpartition('.')[2]}"])
    answer.headers["Content-Security-Policy"] = POLICY
    return answer
