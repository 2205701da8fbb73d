"""What the pages of editing a course say: states, snippets to insert, what became of the saving."""

# ruff: noqa: E501  a table of sentences is read by its lines

from typing import Any

from flask_babel import lazy_gettext as _

STATES: dict[str, Any] = {
    "published": _("published"), "new": _("new, not published"),
    "changed": _("changed, not published"), "removed": _("to be removed"),
    "missing": _("missing"),
}  # fmt: skip
STATE_KINDS = {"new": "waiting", "changed": "waiting", "removed": "waiting", "missing": "live"}
COURSE_STATES: dict[str, Any] = {
    "published": _("Published"), "withdrawn": _("Withdrawn"), "draft": _("Not published yet"),
}  # fmt: skip
COURSE_KINDS = {"published": "done", "withdrawn": "plain", "draft": "waiting"}
KINDS: dict[str, Any] = {
    "plan": _("The plan of the course"), "glossary": _("Glossary"), "lesson": _("Lesson"),
    "quiz": _("Quiz"), "figure": _("Figure"),
}  # fmt: skip
WHENCE: dict[str, Any] = {
    "files": _("loaded from the files"), "browser": _("published here"),
    "aside": _("a draft that was set aside"),
}  # fmt: skip
SAVING: dict[str, Any] = {
    "resting": _("What you type is saved by itself as a draft."),
    "typed": _("Not saved yet …"),
    "saving": _("Saving …"),
    "saved": _("Saved as a draft at {time}."),
    "lost": _("Not saved: no connection. It is kept on this device, and sent when the line is back."),
    "busy": _("Not saved: this did not work just now. It is kept on this device, and tried again."),
    "signedOut": _("Not saved: you are signed out. It is kept on this device: sign in and come back."),
    "clash": _("Not saved: somebody else changed this file. Press “Save” to see both."),
    "refused": _("Not saved: it is too long. Press “Save” to see why."),
    "gone": _("Not saved: you cannot change this file any more. Your words are kept on this device."),
    "back": _("Bringing back what you had typed …"),
}  # fmt: skip

_LESSON = (
    (_("Callout"), _("A box beside the text. Kinds: tip, story, caution, figures."),
     "::: callout tip What to remember\nOne paragraph or a few.\n:::\n"),
    (_("Figure"), _("A drawing or picture of this course, with words for those who do not see it."),
     '::: figure file=NAME.svg alt="What it shows, in words."\nThe caption.\n:::\n'),
    (_("Video"), _("What it costs, and below in words what is said there. Also: audio."),
     "::: video address=https://… minutes=12 megabytes=80\nWhat is said there, in words.\n:::\n"),
    (_("Case"), _("A case of the library: the last part of its address."),
     "::: case slug=nepal-coffee\nWhy to read it.\n:::\n"),
    (_("Word of the glossary"), _("Explained on a tap; the word stands in the glossary of the language."),
     "[solidarity](term:solidarity)"),
    (_("Link to a lesson"), _("Course, module and lesson as their addresses say."),
     "[another lesson](lesson:course/module/lesson)"),
    (_("Question to discuss"), _("Gets a thread of its own; the key is the same in every language."),
     "::: discuss key=where-you-live\nWhat is this like where you live?\n:::\n"),
    (_("Quiz"), _("The place where the questions of the lesson’s quiz are asked."),
     "::: quiz\n:::\n"),
)  # fmt: skip
_QUIZ = (
    (_("One right answer"), _("Or `multiple`, where several are right."),
     ('  - key: who\n    kind: single\n    text: Who decides?\n    again: The idea\n    options:\n'
     '      - {key: members, text: The members, right: true, feedback: "Why this is right."}\n'
     '      - {key: investors, text: Whoever paid most, feedback: "Why this is not so."}\n')),
    (_("Ordering"), _("In the right order; learners see it shuffled."),
     ('  - {key: order, kind: ordering, text: "What comes first?", feedback: "Why so.", items: '
     '[{key: a, text: One}, {key: b, text: Two}, {key: c, text: Three}]}\n')),
    (_("Matching"), _("Each pair as it belongs together."),
     ('  - {key: pairs, kind: matching, text: "What belongs together?", feedback: "Why so.", pairs: '
     '[{key: a, left: One, right: Uno}, {key: b, left: Two, right: Dos}]}\n')),
    (_("Number"), _("Right within the tolerance."),
     ('  - {key: how-many, kind: number, text: "How many?", value: 195, tolerance: 5, '
     'unit: people, feedback: "Where it stands."}\n')),
    (_("Short text"), _("Each accepted form; case and spaces do not matter."),
     ('  - {key: word, kind: short, text: "What is it called?", accepted: [solidarity], '
     'feedback: "Where it stands."}\n')),
    (_("Reflection"), _("A thought to write down; people answer it, no machine."),
     '  - {key: mine, kind: reflection, text: "What would you do?", hints: ["What to look at."]}\n'),
)  # fmt: skip
_PLAN = (
    (_("A live session"), _("At the end of a lesson’s line: where it is presented, and from which minute."),
     ", presented: [{live_session: sse-academy-2020-1, minute: 15}]"),
    (_("When it is completed"), _("In percent; live_sessions asks for so many attended."),
     "completion: {lessons: 100, quizzes: 60}\n"),
    (_("The series it belongs to"), _("The last part of its address."), "series: sse-academy-2020\n"),
    (_("Courses to do before"), _("Their addresses."), "prerequisites: [principles]\n"),
)  # fmt: skip
_GLOSSARY = (
    (_("A word"), _("The key is what lessons name: [word](term:key)."),
     '  solidarity: {term: solidarity, meaning: "What it means, in a sentence."}\n'),
)  # fmt: skip
SNIPPETS: dict[str, Any] = {
    "lesson": _LESSON, "quiz": _QUIZ, "plan": _PLAN, "glossary": _GLOSSARY,
}  # fmt: skip
