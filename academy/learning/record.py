"""A course as files say it: its plan, and the head of each lesson."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from academy.library.record import Key, Language, Line, Part, Source

FilledLine = Annotated[Line, Field(min_length=1)]
#: The same words in several languages: {"en": "Values", "id": "Nilai"}.
Words = Annotated[dict[Language, FilledLine], Field(min_length=1)]
Percent = Annotated[int, Field(ge=1, le=100)]
Paragraph = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)
]  # fmt: skip


class Shown(Part):
    """A live session in which a lesson was or will be presented; the minute where it is known."""

    live_session: Key
    #: From which minute on; 0 where nobody noted it, and then no page says one.
    minute: Annotated[int, Field(ge=0, le=600)] = 0


class LessonPlan(Part):
    """One lesson of a module: what is the same in every language."""

    #: Never changes: learners' progress hangs on it, whatever the lesson's address becomes.
    id: Key
    slug: Key
    minutes: Annotated[int, Field(ge=1, le=120)]
    presented: Annotated[list[Shown], Field(max_length=10)] = []


class ModulePlan(Part):
    """A few lessons that belong together."""

    slug: Key
    title: Words
    lessons: Annotated[list[LessonPlan], Field(min_length=1, max_length=40)]


class Completion(Part):
    """When a course is completed; what is not named is not asked for."""

    lessons: Percent = 100
    #: Of the questions of all quizzes, the best attempt of each counts.
    quizzes: Percent | None = None
    #: So many live sessions of the series attended.
    live_sessions: Annotated[int, Field(ge=1, le=50)] | None = None


class CoursePlan(Part):
    """`course.yaml`: what a course is, its languages, and the order of its lessons."""

    title: Words
    summary: Annotated[dict[Language, Paragraph], Field(min_length=1)]
    #: The first is the one it was written in; every lesson has a file in each of them.
    languages: Annotated[list[Language], Field(min_length=1, max_length=20)]
    #: SPDX, such as CC-BY-SA-4.0.
    licence: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.-]+$", max_length=40)]
    series: Key | None = None
    #: Courses that one should have done before.
    prerequisites: Annotated[list[Key], Field(max_length=10)] = []
    completion: Completion = Completion()
    modules: Annotated[list[ModulePlan], Field(min_length=1, max_length=30)]

    @model_validator(mode="after")
    def _is_one_whole(self) -> Self:
        if faults := [*self._languages_twice(), *self._lacking()]:
            raise ValidationError.from_exception_data(type(self).__name__, faults)
        return self

    def lessons(self) -> Iterator[tuple[ModulePlan, LessonPlan]]:
        """Go through the lessons in their order, each with its module."""
        return ((module, one) for module in self.modules for one in module.lessons)

    def _languages_twice(self) -> Iterator[InitErrorDetails]:
        for at, tag in enumerate(self.languages):
            if tag in self.languages[:at]:
                why = PydanticCustomError("language_twice", "{tag} stands here twice", {"tag": tag})
                yield InitErrorDetails(type=why, loc=("languages", at), input=tag)

    def _lacking(self) -> Iterator[InitErrorDetails]:
        for place, words in self._said():
            if lacking := [tag for tag in self.languages if tag not in words]:
                said = {"tags": ", ".join(lacking)}
                why = PydanticCustomError("not_said", "not said in this language: {tags}", said)
                yield InitErrorDetails(type=why, loc=place, input=words)

    def _said(self) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, str]]]:
        yield ("title",), self.title
        yield ("summary",), self.summary
        for at, module in enumerate(self.modules):
            yield ("modules", at, "title"), module.title


class LessonHead(Part):
    """What stands between the two lines of --- on top of a lesson's file."""

    title: FilledLine
    #: One sentence: what lists and search results show.
    summary: Paragraph
    #: What one can do afterwards.
    objectives: Annotated[
        list[Annotated[Line, Field(min_length=1)]], Field(min_length=1, max_length=6)
    ]
    sources: Annotated[list[Source], Field(min_length=1, max_length=20)]


class Term(Part):
    """One word of the glossary."""

    term: FilledLine
    meaning: Paragraph


class Glossary(Part):
    """`glossary.<language>.yaml`: the words that lessons explain on a tap."""

    terms: Annotated[dict[Key, Term], Field(min_length=1, max_length=300)]
