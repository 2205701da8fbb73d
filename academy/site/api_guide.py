"""The OpenAPI document as a reader wants it: each call with its fields, an example, its answers."""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

METHODS = ("get", "post", "patch", "delete")
ANSWERED_WELL = "2"


@dataclass(frozen=True, slots=True)
class Field:
    """One value that is sent or answered."""

    name: str
    kind: str
    is_needed: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One call."""

    id: str
    method: str
    path: str
    summary: str
    #: Empty where no token is needed.
    scope: str
    #: Whose tokens may call it: "organisers, administrators".
    whose: str
    sent: tuple[Field, ...]
    answered: tuple[Field, ...]
    statuses: tuple[str, ...]
    refusals: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The calls of one area."""

    name: str
    entries: tuple[Entry, ...]


def chapters_of(document: Mapping[str, Any]) -> list[Chapter]:
    """Return the calls of `document` by area, those of series first, then by address."""
    entries = [
        (operation["tags"][0], _entry(path, method, operation, document))
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    names = dict.fromkeys(name for name, _entry in entries)
    return [
        Chapter(name, tuple(sorted((each for of, each in entries if of == name), key=_place)))
        for name in names
    ]


def _place(entry: Entry) -> tuple[bool, str, int]:
    return not entry.path.startswith("/series"), entry.path, METHODS.index(entry.method.lower())


def _entry(
    path: str, method: str, operation: Mapping[str, Any], document: Mapping[str, Any]
) -> Entry:
    schemas = document["components"]["schemas"]
    answers = operation["responses"]
    well = tuple(status for status in answers if status.startswith(ANSWERED_WELL))
    return Entry(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        scope="".join(operation["description"].split("`")[1:2]),
        whose="" if _is_open(operation) else _whose(operation["description"]),
        sent=(*_parameters(operation), *_body_fields(operation, schemas)),
        answered=_fields(_content_of(answers[well[0]]), schemas),
        statuses=well,
        refusals=tuple(status for status in answers if status not in well),
        example=_example(document["servers"][0]["url"] + path, method, operation, schemas),
    )


def _is_open(operation: Mapping[str, Any]) -> bool:
    return operation.get("security") == []


def _whose(description: str) -> str:
    return description.rpartition("; for ")[2].rstrip(".")


def _parameters(operation: Mapping[str, Any]) -> Iterable[Field]:
    for each in operation["parameters"]:
        where = {"path": "in the address", "query": "in the query"}[each["in"]]
        kind = f"{_kind(each['schema'], {})}, {where}"
        yield Field(each["name"], kind, each["required"], each.get("description", ""))


def _body_fields(operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> tuple[Field, ...]:
    return _fields(_content_of(operation.get("requestBody", {})), schemas)


def _content_of(part: Mapping[str, Any]) -> Mapping[str, Any]:
    for content in part.get("content", {}).values():
        schema: Mapping[str, Any] = content["schema"]
        return schema
    return {}


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> tuple[Field, ...]:
    whole = schemas[schema["$ref"].rsplit("/", 1)[-1]] if "$ref" in schema else schema
    return tuple(
        Field(
            name,
            _kind(facts, schemas),
            name in whole.get("required", ()),
            facts.get("description", ""),
        )
        for name, facts in whole.get("properties", {}).items()
    )


def _kind(facts: Mapping[str, Any], schemas: Mapping[str, Any]) -> str:
    if "$ref" in facts:
        inner = schemas[str(facts["$ref"]).rsplit("/", 1)[-1]]
        return "{" + ", ".join(inner.get("properties", {})) + "}"
    if "anyOf" in facts:
        return " or ".join(_kind(each, schemas) for each in facts["anyOf"])
    if "enum" in facts:
        return " or ".join(f'"{each}"' for each in facts["enum"])
    if facts.get("type") == "array":
        return "list of " + _kind(facts.get("items", {}), schemas)
    return str(facts.get("format") or facts.get("type") or "any")


def _example(
    address: str, method: str, operation: Mapping[str, Any], schemas: Mapping[str, Any]
) -> str:
    lines = ["curl --request " + method.upper()]
    lines += [] if _is_open(operation) else ["--header 'Authorization: Bearer sse_…'"]
    kinds = operation.get("requestBody", {}).get("content", {})
    if "application/json" in kinds:
        body = _example_body(_content_of(operation["requestBody"]), schemas)
        lines += ["--header 'Content-Type: application/json'", f"--data {shlex.quote(body)}"]
    elif kinds:
        lines.append("--form file=@participants.csv")
    return " \\\n  ".join([*lines, _filled_in(address)])


def _filled_in(address: str) -> str:
    slugs = {"/live-sessions/": "academy-2020-1", "/cases/": "nepal-mahaguthi-craft"}
    slug = next((known for part, known in slugs.items() if part in address), "academy-2020")
    return address.format_map({"slug": slug, "registration_id": "17"})


def _example_body(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> str:
    whole = schemas[schema["$ref"].rsplit("/", 1)[-1]]
    wanted = whole.get("required") or list(whole["properties"])[:1]
    pairs = (f'"{name}": {_example_value(name, whole["properties"][name])}' for name in wanted)
    return "{" + ", ".join(pairs) + "}"


def _example_value(name: str, facts: Mapping[str, Any]) -> str:
    examples = {
        "slug": "weaving-2026", "title": "Weaving cooperatives", "name": "ស្រីមុំ",
        "email": "sreymom@example.org",
    }  # fmt: skip
    if facts.get("type") == "integer":
        return "150"
    example = examples.get(name) or str(next(iter(facts.get("examples", ["…"]))))
    return f'"{example}"'
