"""The questions of a quiz: what their files say, and whether an answer is right (pure)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from academy.learning.record import FilledLine, Paragraph, Percent
from academy.library.record import Key, Line, Part, Word

#: What a learner gave: keys of options, or words.
Given = Sequence[str]


class Asked(Part):
    """What every question has."""

    key: Key
    text: Paragraph
    #: The heading of the lesson to read again, as it stands there.
    again: Line = ""


class Option(Part):
    """One thing to choose, and what choosing it teaches."""

    key: Key
    text: FilledLine
    right: bool = False
    feedback: Paragraph


class Choice(Asked):
    """One right option of several (`single`), or all right ones (`multiple`)."""

    kind: Literal["single", "multiple"]
    options: Annotated[list[Option], Field(min_length=2, max_length=10)]

    @model_validator(mode="after")
    def _has_a_right_one(self) -> Self:
        right = sum(option.right for option in self.options)
        if not right or (self.kind == "single" and right > 1):
            what = "{right} options are right: a {kind} question cannot be answered"
            said = {"right": right, "kind": self.kind}
            raise PydanticCustomError("none_right" if not right else "many_right", what, said)
        _refuse_twice([option.key for option in self.options])
        return self

    def score(self, given: Given) -> float:
        """Return 1.0 for exactly the right options, 0.0 otherwise."""
        return float(set(given) == {option.key for option in self.options if option.right})


class Item(Part):
    """One thing to bring into order, or one half of a pair."""

    key: Key
    text: FilledLine


class Ordering(Asked):
    """Things to bring into order; the file names them in the right one."""

    kind: Literal["ordering"]
    items: Annotated[list[Item], Field(min_length=3, max_length=10)]
    feedback: Paragraph

    @model_validator(mode="after")
    def _is_clear(self) -> Self:
        _refuse_twice([item.key for item in self.items])
        return self

    def score(self, given: Given) -> float:
        """Return the share of things that stand at their place."""
        right = [item.key for item in self.items]
        return sum(a == b for a, b in zip(given, right, strict=False)) / len(right)


class Pair(Part):
    """Two things that belong together."""

    key: Key
    left: FilledLine
    right: FilledLine


class Matching(Asked):
    """Things to match; the file names the pairs."""

    kind: Literal["matching"]
    pairs: Annotated[list[Pair], Field(min_length=2, max_length=10)]
    feedback: Paragraph

    @model_validator(mode="after")
    def _is_clear(self) -> Self:
        _refuse_twice([pair.key for pair in self.pairs])
        return self

    def score(self, given: Given) -> float:
        """Return the share of right pairs; `given` are the right halves' keys in their order."""
        right = [pair.key for pair in self.pairs]
        return sum(a == b for a, b in zip(given, right, strict=False)) / len(right)


class Number(Asked):
    """A number, right within a tolerance (in the same unit)."""

    kind: Literal["number"]
    value: float
    tolerance: Annotated[float, Field(ge=0)] = 0
    unit: Word = ""
    feedback: Paragraph

    def score(self, given: Given) -> float:
        """Return 1.0 within the tolerance; what is no number is wrong."""
        meant = readings(given[0]) if given else set()
        return float(any(abs(number - self.value) <= self.tolerance for number in meant))


class ShortText(Asked):
    """A few words; several forms of them may be right."""

    kind: Literal["short"]
    accepted: Annotated[
        list[Annotated[Line, Field(min_length=1)]], Field(min_length=1, max_length=30)
    ]
    feedback: Paragraph

    def score(self, given: Given) -> float:
        """Return 1.0 for one of the accepted forms; case and spaces do not matter."""
        said = folded(given[0]) if given else ""
        return float(said in {folded(one) for one in self.accepted})


class Reflection(Asked):
    """A thought to write down; people answer it, no machine."""

    kind: Literal["reflection"]
    #: What a good answer looks at.
    hints: Annotated[list[Line], Field(max_length=6)] = []

    def score(self, given: Given) -> float | None:
        """Return None: it has no points."""
        return None


Question = Annotated[
    Choice | Ordering | Matching | Number | ShortText | Reflection, Field(discriminator="kind")
]


class Quiz(Part):
    """`<lesson>.quiz.<language>.yaml`: a bank of questions, of which some or all are asked."""

    #: So many are drawn for each attempt; all of them where nothing is said.
    draw: Annotated[int, Field(ge=1, le=50)] | None = None
    #: From here on the lesson counts as understood; the course's rule decides on completion.
    passed_at: Percent = 60
    questions: Annotated[list[Question], Field(min_length=1, max_length=100)]

    @model_validator(mode="after")
    def _is_one_whole(self) -> Self:
        _refuse_twice([question.key for question in self.questions])
        if self.draw and self.draw > len(self.questions):
            what = "{draw} are drawn of {all} questions"
            said = {"draw": self.draw, "all": len(self.questions)}
            raise PydanticCustomError("many_drawn", what, said)
        thoughts = sum(one.kind == "reflection" for one in self.questions)
        if thoughts >= (self.draw or len(self.questions)):
            what = "an attempt may hold reflections alone, and nobody can pass it"
            raise PydanticCustomError("no_points", what)
        return self


def _refuse_twice(keys: Sequence[str]) -> None:
    if len(set(keys)) < len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise PydanticCustomError("key_twice", "two have the key {key}", {"key": twice})


def skeleton(question: Question) -> Mapping[str, object]:
    """Return what must be the same in every language of a question: all but its words."""
    facts: dict[str, object] = {"key": question.key, "kind": question.kind}
    if isinstance(question, Choice):
        facts["options"] = {option.key: option.right for option in question.options}
    elif isinstance(question, Ordering):
        facts["items"] = [item.key for item in question.items]
    elif isinstance(question, Matching):
        facts["pairs"] = sorted(pair.key for pair in question.pairs)
    elif isinstance(question, Number):
        facts["value"] = (question.value, question.tolerance)
    return facts


def folded(text: str) -> str:
    """Return `text` as short answers are compared."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


_GROUPED = re.compile(r"-?\d{1,3}(?:[.,]\d{3})+")


def readings(text: str) -> set[float]:
    """Return the numbers that somebody may have meant, in the digits of any script.

    1,234 is one and a bit in some countries and a thousand and more in others: both are taken.
    """
    plain = "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() else letter
        for letter in unicodedata.normalize("NFKC", text) if not letter.isspace()
    ).replace("\u2212", "-")  # fmt: skip
    whole, _mark, part = plain.replace(",", ".").rpartition(".")
    meant = {f"{whole.replace('.', '')}.{part}" if whole else part}
    if _GROUPED.fullmatch(plain):
        meant.add(re.sub("[.,]", "", plain))
    return {float(one) for one in meant if re.fullmatch(r"-?\d+(\.\d+)?", one)}
