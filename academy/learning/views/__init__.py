"""The pages of courses: reading, quizzes, files; and those on which courses are edited."""

from academy.learning.views import (
    courses,
    editing,
    editing_figures,
    editing_files,
    editing_parts,
    editing_preview,
    editing_publishing,
    editing_versions,
    files,
    lessons,
    quizzes,
)
from academy.learning.views.blueprint import pages

__all__ = [
    "courses", "editing", "editing_figures", "editing_files", "editing_parts", "editing_preview",
    "editing_publishing", "editing_versions", "files", "lessons", "pages", "quizzes",
]  # fmt: skip
