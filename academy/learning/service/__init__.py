"""What changes courses and how far learners are: the only writers of learning."""

from academy.learning.completions import complete_all
from academy.learning.service.adding import (
    add_language,
    add_lesson,
    add_module,
    make_course,
    move_lesson,
    read_plan,
    rename_lesson,
    take_out_lesson,
)
from academy.learning.service.answering import (
    NoQuiz,
    begin_attempt,
    hand_in,
    reflections_of,
)
from academy.learning.service.editing import (
    NotToRemove,
    SavedMeanwhile,
    agree,
    bring_back,
    discard_draft,
    remove_file,
    save_text,
)
from academy.learning.service.exporting import WouldOverwrite, read_export, write_export
from academy.learning.service.figuring import take_figure
from academy.learning.service.loading import CourseReport, load_courses
from academy.learning.service.publishing import (
    NotGreen,
    NothingToPublish,
    Overtaken,
    Unconfirmed,
    WasPublished,
    check_shelf,
    forget_course,
    publish,
    put_on_shelf,
    take_from_shelf,
)
from academy.learning.service.quiz_loading import read_question
from academy.learning.service.studying import (
    NoteTooLong,
    mark_of,
    mark_read,
    note_opened,
    write_note,
)

__all__ = [
    "CourseReport", "NoQuiz", "NotGreen", "NotToRemove", "NoteTooLong", "NothingToPublish",
    "Overtaken", "SavedMeanwhile", "Unconfirmed", "WasPublished", "WouldOverwrite",
    "add_language", "add_lesson", "add_module", "agree", "begin_attempt", "bring_back",
    "check_shelf", "complete_all", "discard_draft", "forget_course", "hand_in", "load_courses",
    "make_course", "mark_of", "mark_read", "move_lesson", "note_opened", "publish",
    "put_on_shelf", "read_export", "read_plan", "read_question", "reflections_of",
    "remove_file", "rename_lesson", "save_text", "take_figure", "take_from_shelf",
    "take_out_lesson", "write_export", "write_note",
]  # fmt: skip
