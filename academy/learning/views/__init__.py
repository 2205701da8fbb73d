"""The pages of courses: reading, quizzes, files."""

from academy.learning.views import courses, files, lessons, quizzes
from academy.learning.views.blueprint import pages

__all__ = ["courses", "files", "lessons", "pages", "quizzes"]
