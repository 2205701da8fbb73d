"""A member's working copy: what stands in the form's fields, as a record, or why not yet."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from academy.library.fields import Filled
from academy.library.record import CaseRecord
from academy.library.steps import (
    DEMANDED,
    HIDDEN_PARTS,
    NO_GAP,
    SECTION_OF,
    SECTIONS,
    shape_of,
)

#: One section: {"title": "…", "partners": [{"name": "…"}], "features.inclusion": {"text": "…"}}.
Content = Mapping[str, Any]
#: All of them by their names.
Contents = Mapping[str, Content]
NOT_SHOWN = "not shown"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something cannot be submitted, and the place in the form where it is mended."""

    section: str
    field: str
    #: The id of the control: "title", "results-0-year".
    anchor: str
    #: What is wrong, a key of questions.PROBLEMS.
    why: str


def empty_value(field: str) -> Any:
    """Return what stands in a field where nobody has typed anything."""
    shape = shape_of(field)
    if shape in {"ticks", "rows", "texts"}:
        return []
    return {} if shape in {"row", "evidence"} else ""


def value_of(content: Content, field: str) -> Any:
    """Return what stands in a field."""
    return content.get(field, empty_value(field))


def mark_of(value: Any) -> str:
    """Return a short mark of a value: another value has another mark."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def marks_of(section: str, content: Content) -> dict[str, str]:
    """Return the marks of all fields of a section: what a form was made from."""
    return {field: mark_of(value_of(content, field)) for field in SECTIONS[section]}


def is_row_told(row: Mapping[str, Any]) -> bool:
    """Whether anybody has typed anything into a row."""
    return any(text for part, text in row.items() if part not in HIDDEN_PARTS or part == "file")


def is_told(contents: Contents, field: str) -> bool:
    """Whether the working copy tells anything of a field."""
    value = value_of(contents.get(SECTION_OF[field], {}), field)
    shape = shape_of(field)
    if shape == "rows":
        return any(is_row_told(row) for row in value)
    if shape in {"row", "evidence"}:
        return any(value.values())
    return any(value) if shape == "texts" else bool(value)


def progress_of(contents: Contents, section: str) -> Filled:
    """Count what a section tells; what not every practice has is counted where it is told."""
    fields = [one for one in SECTIONS[section] if one not in NO_GAP or is_told(contents, one)]
    return Filled(sum(is_told(contents, one) for one in fields), len(fields))


def gaps(contents: Contents) -> Iterator[tuple[str, str]]:
    """Name (section, field) of what nobody has told yet, in the order of the form."""
    for field, section in SECTION_OF.items():
        if field not in NO_GAP and not is_told(contents, field):
            yield section, field


@dataclass(frozen=True, slots=True)
class Assembled:
    """The record that a working copy makes, or what keeps it from being one."""

    record: CaseRecord | None
    problems: Sequence[Problem] = ()


def assemble(contents: Contents) -> Assembled:
    """Make a record of the sections; every problem leads to its place in the form."""
    document, places = _document_of(contents)
    problems = [_problem(field, field, "missing") for field in _missing(contents)]
    problems += _stray_sources(document, places)
    try:
        record = CaseRecord.model_validate(document)
    except ValidationError as error:
        missing = {problem.field for problem in problems if problem.anchor == problem.field}
        for detail in error.errors(include_url=False, include_context=False, include_input=False):
            problem = _problem_of(detail, places)
            if problem is not None and problem.anchor not in missing:
                problems.append(problem)
        order = list(SECTION_OF)
        return Assembled(None, sorted(problems, key=lambda one: order.index(one.field)))
    return Assembled(None if problems else record, problems)


def _missing(contents: Contents) -> Iterator[str]:
    return (one for one in SECTION_OF if one in DEMANDED and not is_told(contents, one))


#: Where each row of the document stands in the form: {"results": [0, 2]}.
_Places = dict[str, list[int]]


def _document_of(contents: Contents) -> tuple[dict[str, Any], _Places]:
    document: dict[str, Any] = {"dimensions": {}, "features": {}}
    places: _Places = {}
    for field, section in SECTION_OF.items():
        name, _, key = field.partition(".")
        value = value_of(contents.get(section, {}), field)
        if shape_of(field) in {"rows", "texts"}:
            rows = [(at, row) for at, row in enumerate(value) if _is_row(row)]
            places[field] = [at for at, _row in rows]
            document[field] = [_told_parts(row) for _at, row in rows]
        elif key:
            document[name][key] = _evidence(value)
        else:
            document[name] = _told_parts(value) or None if name == "organisation" else value
    # Only curators of files write these down; here they are carried along.
    document["disagreements"] = contents.get("sources", {}).get("disagreements", [])
    return document, places


def _is_row(row: Any) -> bool:
    return is_row_told(row) if isinstance(row, dict) else bool(row.strip())


def _told_parts(row: Any) -> Any:
    if not isinstance(row, dict):
        return row
    parts = {part: text for part, text in row.items() if text}
    if "value" in parts:  # 1 664 918 is a number, too
        parts["value"] = "".join(parts["value"].split())
    return parts


def _evidence(value: Any) -> str | None:
    if isinstance(value, str):
        return value or None
    return value.get("text") or (NOT_SHOWN if value.get("not_shown") else None)


def _stray_sources(document: dict[str, Any], places: _Places) -> list[Problem]:
    """Let each result name a source that there is; a choice that is gone is asked for again."""
    known = {source.get("key") for source in document["sources"]}
    strays = []
    for at, result in zip(places["results"], document["results"], strict=True):
        if result.get("source") not in known:
            strays.append(_problem("results", f"results-{at}-source", "source"))
            result["source"] = next(iter(known), None) or "1"
    return strays


def _problem(field: str, anchor: str, why: str) -> Problem:
    return Problem(SECTION_OF[field], field, anchor, why)


_WHY = {
    "missing": "missing", "string_too_short": "missing", "too_short": "missing",
    "string_too_long": "long", "too_long": "many", "literal_error": "choice",
    "float_parsing": "number", "float_type": "number", "finite_number": "number",
    "int_parsing": "year", "int_from_float": "year", "int_parsing_size": "year",
    "greater_than_equal": "year", "less_than_equal": "year",
}  # fmt: skip


def _problem_of(detail: ErrorDetails, places: _Places) -> Problem | None:
    loc = [str(step) for step in detail["loc"] if step != "[key]"]
    if not loc or loc[0] == "disagreements" or detail["type"] == "key_twice":
        # Two sources of one key, or a saying of a source that was taken out.
        return _problem("sources", "sources", "cited")
    field = ".".join(loc[:2]) if loc[0] in {"dimensions", "features"} else loc[0]
    if field not in SECTION_OF:
        return None
    why = _WHY.get(detail["type"], "address" if loc[-1] == "address" else "choice")
    if (loc[-1], why) == ("alternative", "missing"):
        why = "unseen"
    return _problem(field, _anchor(field, loc, places), why)


def _anchor(field: str, loc: Sequence[str], places: _Places) -> str:
    if field not in places or len(loc) == 1:
        return "-".join(loc) if field == "organisation" else field
    row = [field, str(places[field][int(loc[1])])]
    return "-".join([*row, *loc[2:]] if shape_of(field) == "rows" else row)


def take_apart(record: CaseRecord) -> dict[str, dict[str, Any]]:
    """Return the working copy of which `assemble` would make the same record."""
    document = record.model_dump(mode="json")
    contents: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
    for field, section in SECTION_OF.items():
        name, _, key = field.partition(".")
        contents[section][field] = _as_typed(
            field, document[name].get(key) if key else document[name]
        )
    contents["sources"]["disagreements"] = document["disagreements"]
    return contents


def _as_typed(field: str, value: Any) -> Any:
    shape = shape_of(field)
    if shape == "evidence":
        is_known = value == NOT_SHOWN
        return {"text": "" if is_known else value or "", "not_shown": is_known}
    if shape == "rows":
        return [_row_as_typed(row) for row in value]
    if shape == "row":
        return _row_as_typed(value or {})
    if shape == "ticks":
        return [str(each) for each in value]
    return value if shape == "texts" else value or ""


def _row_as_typed(row: Mapping[str, Any]) -> dict[str, str]:
    return {part: _figure(value) for part, value in row.items() if value not in (None, "")}


def _figure(value: Any) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole else str(value)
