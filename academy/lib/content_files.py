"""Content that people write as files: read strictly, and every fault named with line and advice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from academy.lib.marked_yaml import BrokenYaml, Marked, Path, read_yaml

Record = TypeVar("Record", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file, where, and what to do."""

    file: str
    line: int
    what: str
    advice: str = ""


class BadFile(Exception):
    """A file that cannot be taken; holds everything that is wrong with it."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(say_faults(faults))
        self.faults = faults


def read_text(data: bytes, name: str) -> str:
    """Return the text of a file; raises BadFile where it is no UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadFile(Fault(name, line, "this is not UTF-8", "Save the file as UTF-8.")) from None


def read_record(
    text: str, name: str, model: type[Record], *, above: int = 0
) -> tuple[Record, Marked]:
    """Return the record that a YAML text is, and its lines; raises BadFile with every fault.

    `above` lines of the file stand before the text.
    """
    try:
        marked = read_yaml(text)
    except BrokenYaml as error:
        raise BadFile(Fault(name, above + error.line, error.why, error.advice)) from error
    if not isinstance(marked.value, dict):
        first = next(iter(model.model_fields))
        what, advice = "the file is no list of fields", f"Begin with `{first}: …`."
        raise BadFile(Fault(name, above + 1, what, advice))
    try:
        return model.model_validate(marked.value), marked
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False)
        raise BadFile(*(_fault(detail, marked, name, above) for detail in details)) from error


def _fault(detail: ErrorDetails, marked: Marked, name: str, above: int) -> Fault:
    path: Path = tuple(step for step in detail["loc"] if step != "[key]")
    field = ".".join(str(step) for step in path) or "the record"
    why = detail["msg"].removeprefix("Value error, ")
    advice = _ADVICE.get(detail["type"], "The fields stand in courses/schema/.")
    return Fault(name, above + _line_of(path, marked), f"{field}: {why}", advice)


def _line_of(path: Path, marked: Marked) -> int:
    """Return the line of the part at `path`; the name of a kind on the way stands in no file."""
    known: Path = ()
    for step in path:
        if (*known, step) in marked.lines:
            known = (*known, step)
    return marked.line_of(known)


_ADVICE = {
    "missing": "Add the field.",
    "extra_forbidden": "Take it out, or look for a slip of the pen: the fields stand in "
    "courses/schema/.",
    "literal_error": "Take one of the words named there.",
    "string_too_long": "Shorten it.",
    "string_type": "Put the text in quotes.",
    "stray_key": "Add it to the sources, or name one that stands there.",
    "key_twice": "Call one of them otherwise.",
    "none_right": "Write `right: true` into the option that is right.",
    "many_right": "Leave one of them right, or make it `kind: multiple`.",
    "many_drawn": "Draw fewer, or write more questions.",
    "no_points": "Draw more, or add a question that has points.",
    "language_twice": "Take one of them out.",
    "not_said": "Write it in every language of the course.",
    "string_pattern_mismatch": "Write it as the schema shows.",
}


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a kind of file, for editors and for other programs."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return head | model.model_json_schema()


def say_faults(faults: Sequence[Fault]) -> str:
    """Return one line a fault: file:line: what. Advice."""
    return "\n".join(f"{one.file}:{one.line}: {one.what}. {one.advice}".rstrip() for one in faults)
