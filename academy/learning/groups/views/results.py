"""The desk's pages of quizzes: how a group stands at each, and what it answered to one."""

from flask import abort, render_template, request, url_for

from academy.learning.books import Line, text_of
from academy.learning.groups.page import title_of
from academy.learning.groups.results import QuestionResult, list_quizzes, read_results
from academy.learning.groups.statements import Group
from academy.learning.groups.views.blueprint import ONE, groups, load_group
from academy.learning.rendering import anchor_of
from academy.learning.views.blueprint import tongue


@groups.get(f"{ONE}/quizzes/")
def desk_quizzes(course: str) -> str:
    """List the quizzes of a course, with how the group stands at each."""
    group = load_group(course)
    lines = {line.id: line for line in group.lines}
    rows = [(lines[one.lesson_id], title_of(group, one.lesson_id), one)
            for one in list_quizzes(group)]  # fmt: skip
    return render_template("learning/groups/desk_quizzes.html", group=group, rows=rows)


@groups.get(f"{ONE}/quizzes/<module>/<lesson>/")
def desk_results(course: str, module: str, lesson: str) -> str:
    """Show what the group answered, and the question that most get wrong."""
    group = load_group(course)
    at = group.course.places.get((module, lesson))
    if at is None or not group.lines[at].has_quiz:
        abort(404)
    line, language = group.lines[at], tongue(group.plan.languages)
    every = request.args.get("attempts") == "all"
    return render_template(
        "learning/groups/desk_results.html", group=group, line=line, language=language,
        results=read_results(group, line.id, language, every=every), every=every,
        title=line.titles[language], places=_places(group, line, language),
    )  # fmt: skip


def _places(group: Group, line: Line, language: str) -> object:
    """Return a function that says where a question is taught: the address of the section."""
    parts = text_of(group.course, line, language).parts
    sections = {part["heading"]: part["section"] for part in parts if "section" in part}
    here = url_for(
        "learning.lesson", course=group.course.slug, module=line.module, lesson=line.slug
    )

    def place_of(result: QuestionResult) -> str:
        heading = result.question.again
        return f"{here}#{sections.get(heading) or anchor_of(heading)}" if heading else here

    return place_of
