"""What changes courses and how far learners are: the only writers of learning."""

from academy.learning.service.answering import (
    NoQuiz,
    begin_attempt,
    hand_in,
    reflections_of,
)
from academy.learning.service.completing_all import complete_all
from academy.learning.service.loading import CourseReport, load_courses
from academy.learning.service.quiz_loading import read_question
from academy.learning.service.studying import (
    NoteTooLong,
    mark_of,
    mark_read,
    note_opened,
    write_note,
)

__all__ = [
    "CourseReport", "NoQuiz", "NoteTooLong", "begin_attempt", "complete_all", "hand_in",
    "load_courses", "mark_of", "mark_read", "note_opened", "read_question",
    "reflections_of", "write_note",
]  # fmt: skip
