"""Refusals of the API as problem details (RFC 9457)."""

from collections.abc import Iterable, Mapping
from typing import NoReturn

from flask import abort, jsonify

#: Where the kinds of problems are explained to whoever programs against us.
EXPLAINED_AT = "/api/v1/docs#problem-"


def refuse(
    status: int,
    kind: str,
    title: str,
    detail: str,
    *,
    errors: Iterable[tuple[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> NoReturn:
    """End the request with a problem; `errors` are (JSON pointer, what is wrong with it)."""
    document: dict[str, object] = {
        "type": EXPLAINED_AT + kind, "title": title, "status": status, "detail": detail,
    }  # fmt: skip
    if found := [{"pointer": where, "detail": what} for where, what in errors]:
        document["errors"] = found
    answer = jsonify(document)
    answer.status_code = status
    answer.content_type = "application/problem+json"
    answer.headers.update(dict(headers or {}))
    abort(answer)
