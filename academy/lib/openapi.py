"""The OpenAPI 3.1 document of the API, made from the functions that answer it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

SCHEMAS = "#/components/schemas/"
PLACEHOLDER = re.compile(r"<(?:(\w+):)?(\w+)>")
SECURITY = "token"

#: What can go wrong everywhere, by status: name of the shared answer, and its words.
PROBLEMS = {
    400: ("Unreadable", "The request could not be read."),
    401: ("NoToken", "There is no token, or it is not in force."),
    403: ("NotAllowed", "The token has not the scope, or its person not the role."),
    404: ("NotFound", "There is no such thing, or it is not yours to see."),
    409: ("Conflict", "It cannot be done as things stand."),
    413: ("TooLarge", "More was sent than the academy accepts."),
    415: ("WrongType", "The content type is not the one that is asked for."),
    422: ("NotAccepted", "A value is missing, unknown or wrong; `errors` says which and why."),
    429: ("TooMany", "Too many requests; Retry-After says when to come back."),
}


class Fault(BaseModel):
    """One value that was not accepted."""

    pointer: str
    detail: str


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str | None = None
    errors: list[Fault] | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that the API does, as its function and its decorator say it; open without scope."""

    name: str
    area: str
    method: str
    rule: str
    scope: str
    roles: tuple[str, ...]
    summary: str
    statuses: tuple[int, ...]
    refusals: tuple[int, ...]
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    answer: type[BaseModel] | None = None
    takes_file: bool = False

    @property
    def is_open(self) -> bool:
        """Whether everybody may call it, without a token."""
        return not self.scope

    @property
    def path(self) -> str:
        """The address with {names} in place of Flask's <names>."""
        return PLACEHOLDER.sub(r"{\2}", self.rule)

    @property
    def placeholders(self) -> list[tuple[str, str]]:
        """The kind ("int" or "") and name of each part of the address that varies."""
        return PLACEHOLDER.findall(self.rule)


def describe(
    operations: Sequence[Operation], *, version: str, server: str, scopes: Mapping[str, str]
) -> dict[str, Any]:
    """Return the document; `scopes` tells in words what each scope allows."""
    schemas = _schemas(operations)
    paths: dict[str, dict[str, Any]] = {}
    for each in operations:
        paths.setdefault(each.path, {})[each.method] = _describe_one(each, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "SSE Academy",
            "version": version,
            "summary": "Series, live sessions, registrations, attendance, figures and cases.",
            "description": _explain(scopes),
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": server}],
        "security": [{SECURITY: []}],
        "tags": [{"name": area} for area in sorted({each.area for each in operations})],
        "paths": paths,
        "components": {
            "securitySchemes": {SECURITY: {"type": "http", "scheme": "bearer"}},
            "schemas": schemas,
            "responses": dict(_problems()),
        },
    }


def _explain(scopes: Mapping[str, str]) -> str:
    lines = "\n".join(f"- `{name}`: {words}" for name, words in scopes.items())
    return f"A token is made on the desk and shown once. It carries scopes:\n\n{lines}"


def _schemas(operations: Iterable[Operation]) -> dict[str, Any]:
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [(Problem, "serialization")]
    for each in operations:
        if each.body is not None:
            wanted.append((each.body, "validation"))
        if each.answer is not None:
            wanted.append((each.answer, "serialization"))
    _by_model, whole = models_json_schema(
        list(dict.fromkeys(wanted)), ref_template=SCHEMAS + "{model}"
    )
    return dict(whole["$defs"])


def _describe_one(each: Operation, schemas: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": each.name,
        "summary": each.summary,
        "description": _for_whom(each),
        "tags": [each.area],
        "parameters": [*_in_path(each), *_in_query(each)],
        "responses": _answers(each, schemas),
    }
    body = _request_body(each)
    found |= {"requestBody": body} if body else {}
    return found | ({"security": []} if each.is_open else {})


def _for_whom(each: Operation) -> str:
    if each.is_open:
        return "Open to everybody; no token is needed."
    return f"Needs the scope `{each.scope}`; for {_in_words(each.roles)}."


def _in_words(roles: Sequence[str]) -> str:
    return ", ".join(role.replace("_", " ") + "s" for role in roles)


def _in_path(each: Operation) -> list[dict[str, Any]]:
    kinds = {
        "int": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
        "": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 90},
    }
    return [
        {"name": name, "in": "path", "required": True, "schema": kinds[kind]}
        for kind, name in each.placeholders
    ]


def _in_query(each: Operation) -> list[dict[str, Any]]:
    if each.query is None:
        return []
    schema = each.query.model_json_schema()
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", []),
            "description": facts.get("description", ""),
            "schema": _without_null(facts),
        }
        for name, facts in schema["properties"].items()
    ]


def _without_null(facts: Mapping[str, Any]) -> dict[str, Any]:
    """An address cannot hold null: what may be left out is the inner kind."""
    kinds = [kind for kind in facts.get("anyOf", []) if kind.get("type") != "null"]
    plain = kinds[0] if kinds else facts
    return {k: v for k, v in plain.items() if k not in {"title", "description"}}


def _request_body(each: Operation) -> dict[str, Any] | None:
    if each.takes_file:
        file = {"type": "string", "format": "binary"}
        form = {"type": "object", "properties": {"file": file}, "required": ["file"]}
        return {"required": True, "content": {"multipart/form-data": {"schema": form}}}
    if each.body is None:
        return None
    schema = {"$ref": SCHEMAS + each.body.__name__}
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _answers(each: Operation, schemas: Mapping[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for status in each.statuses:
        answers[str(status)] = {"description": "It was done."}
        if each.answer is not None and each.answer.__name__ in schemas:
            schema = {"$ref": SCHEMAS + each.answer.__name__}
            answers[str(status)]["content"] = {"application/json": {"schema": schema}}
    for status in each.refusals:
        answers[str(status)] = {"$ref": f"#/components/responses/{PROBLEMS[status][0]}"}
    return answers


def _problems() -> Iterable[tuple[str, dict[str, Any]]]:
    schema = {"schema": {"$ref": SCHEMAS + "Problem"}}
    for name, words in PROBLEMS.values():
        yield name, {"description": words, "content": {"application/problem+json": schema}}
