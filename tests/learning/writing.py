"""Writes small courses into a folder, good ones, for tests to break."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from academy.db import session
from academy.learning.checking import read_courses
from academy.learning.models import Lesson
from academy.learning.service import begin_attempt, hand_in, load_courses
from academy.people.models import Person

PLAN = """\
title: {en: Weaving, id: Menenun}
summary: {en: How threads hold., id: Bagaimana benang menyatu.}
languages: [en, id]
licence: CC-BY-SA-4.0
completion: {lessons: 100, quizzes: 60}
modules:
  - slug: first
    title: {en: First steps, id: Langkah pertama}
    lessons:
      - {id: weaving-warp, slug: warp, minutes: 10}
      - {id: weaving-weft, slug: weft, minutes: 12}
"""
HEAD = """\
---
title: The warp
summary: What is stretched first.
objectives: [stretch a warp]
sources: [{key: book, title: A book}]
---
"""
BODY = """\
Threads of the [warp](term:warp) run along, as the [forest](case:forest) shows.

## What holds

::: callout tip Remember
Stretch it **well**.
:::

::: figure file=loom.svg alt="A loom."
A loom.
:::

::: discuss key=why
Why not the weft first?
:::

::: quiz
:::
"""
QUIZ = """\
questions:
  - key: which
    kind: single
    text: Which is stretched first?
    again: What holds
    options:
      - {key: warp, text: The warp, right: true, feedback: Yes.}
      - {key: weft, text: The weft, feedback: It comes later.}
  - {key: how-many, kind: number, text: "How many?", value: 12.5, tolerance: 0.5, feedback: Twelve.}
"""
REFLECTION = """\
  - {key: mine, kind: reflection, text: "What holds you?"}
"""
GLOSSARY = "terms:\n  warp: {term: warp, meaning: Threads that run along.}\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>\n'


def write_course(root: Path, slug: str = "weaving", more: str = "") -> Path:
    """Write a good course of two lessons in two languages; return its folder.

    Its quiz asks for `more`.
    """
    folder = root / slug
    (folder / "first").mkdir(parents=True)
    (folder / "figures").mkdir()
    (folder / "figures/loom.svg").write_text(DRAWING)
    (folder / "course.yaml").write_text(PLAN)
    for tag in ("en", "id"):
        (folder / f"glossary.{tag}.yaml").write_text(GLOSSARY)
        (folder / f"first/warp.{tag}.md").write_text(HEAD + BODY)
        (folder / f"first/warp.quiz.{tag}.yaml").write_text(QUIZ + more)
        (folder / f"first/weft.{tag}.md").write_text(HEAD.replace("warp", "weft") + "Across.\n")
    return folder


def load_course(slug: str = "weaving", more: str = "") -> None:
    """Load the good course; its case is one that the library need not have."""
    with TemporaryDirectory() as folder:
        write_course(Path(folder), slug, more)
        load_courses(read_courses(Path(folder), {"forest"}).courses)


def a_course(person: Person) -> dict[str, object]:
    """Load the good course and let somebody begin its quiz; return what its addresses name."""
    load_course(more=REFLECTION)
    lesson = session.scalars(select(Lesson).where(Lesson.key == "weaving-warp")).one()
    handed_in = begin_attempt(lesson, person)
    hand_in(handed_in, person, {"mine": ["My sister."]}, "en")
    return {
        "lesson_id": lesson.id, "question": "mine", "handed_in_id": handed_in.id,
        "field": "section.what-holds",
        "course": "weaving", "module": "first", "lesson": "warp",
        "name": "loom.svg", "digest": hashlib.sha256(DRAWING.encode()).hexdigest()[:16],
        "attempt_id": begin_attempt(lesson, person).id,
        # What the pages of editing name.
        "path": "first/weft.en.md", "key": "weaving-weft", "step": "earlier",
    }  # fmt: skip
