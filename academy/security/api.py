"""The edge of /api/v1: tokens instead of cookies, scopes, strict reading, problem details.

An area's api.py makes one `Calls` and decorates its functions. What a function takes is read from
its annotations, so the OpenAPI document says what the code does: `caller` is the token's person,
`body` a strict model of the JSON, `query` one of the query string, `file` an uploaded file.

An area whose API is open to everybody says so; its functions have no caller and need no token.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, TypedDict, Unpack, get_type_hints

from flask import Blueprint, Response, after_this_request, g
from pydantic import BaseModel

from academy.lib.openapi import Operation
from academy.security.api_reading import read_body, read_file, read_query
from academy.security.api_tokens import ROLES, authenticate, caller_key
from academy.security.limits import limiter
from academy.security.wall import own_authentication

ROOT = "/api/v1"
#: For each token; and for each network address as long as its tokens are none.
RATE, GUESSES = "1200 per minute", "120 per minute"
#: For each network address, where no token is needed.
OPEN_RATE = "300 per minute"
View = Callable[..., Any]


class Terms(TypedDict, total=False):
    """What a call promises beyond its address."""

    #: The answers when all went well; the first, unless `answer_with` chose another.
    statuses: tuple[int, ...]
    #: Refusals beyond those that every call knows.
    refuses: tuple[int, ...]
    #: Roles whose tokens may call it; what they see there is the policy's say.
    roles: tuple[str, ...]


class Calls:
    """The API functions of one area."""

    def __init__(self, area: str, *, is_open: bool = False) -> None:
        self.area = area
        self.is_open = is_open
        self.operations: list[Operation] = []
        self.blueprint = Blueprint(f"{area}_api", __name__, url_prefix=ROOT)
        if is_open:
            # By address: whoever sends another made-up token each time is still one caller.
            limiter.limit(OPEN_RATE)(self.blueprint)
            return
        limiter.limit(RATE, key_func=caller_key)(self.blueprint)
        limiter.limit(GUESSES, deduct_when=_is_guess)(self.blueprint)

    def get(self, rule: str, *, scope: str = "", **terms: Unpack[Terms]) -> Callable[[View], View]:
        """Answer GET at `rule` with 200."""
        return self._declare("get", rule, scope, {"statuses": (200,), **terms})

    def post(self, rule: str, *, scope: str, **terms: Unpack[Terms]) -> Callable[[View], View]:
        """Answer POST at `rule` with 201."""
        return self._declare("post", rule, scope, {"statuses": (201,), **terms})

    def patch(self, rule: str, *, scope: str, **terms: Unpack[Terms]) -> Callable[[View], View]:
        """Answer PATCH at `rule` with 200."""
        return self._declare("patch", rule, scope, {"statuses": (200,), **terms})

    def delete(self, rule: str, *, scope: str, **terms: Unpack[Terms]) -> Callable[[View], View]:
        """Answer DELETE at `rule` with 204."""
        return self._declare("delete", rule, scope, {"statuses": (204,), **terms})

    def _declare(self, method: str, rule: str, scope: str, terms: Terms) -> Callable[[View], View]:
        if bool(scope) == self.is_open:
            message = f"{rule} needs a scope, unless its area is open to everybody"
            raise TypeError(message)

        def declare(function: View) -> View:
            operation = _operation(function, self.area, method, rule, scope, terms)
            self.operations.append(operation)
            self.blueprint.add_url_rule(
                rule, function.__name__, _guarded(function, operation), methods=[method.upper()]
            )
            return function

        return declare


def _operation(  # noqa: PLR0917  all that a declaration says, handed on once
    function: View, area: str, method: str, rule: str, scope: str, terms: Terms
) -> Operation:
    hints = get_type_hints(function)
    answer = hints["return"]
    refusals = {400, 422, 429, *terms.get("refuses", ())}
    refusals |= {401, 403} if scope else set()
    refusals |= {404} if "<" in rule else set()
    refusals |= {413, 415} if {"body", "file"} & set(hints) else set()
    return Operation(
        name=function.__name__,
        area=area,
        method=method,
        rule=rule,
        scope=scope,
        roles=terms.get("roles", ROLES),
        summary=(function.__doc__ or "").strip().splitlines()[0],
        statuses=terms["statuses"],
        refusals=tuple(sorted(refusals)),
        body=hints.get("body"),
        query=hints.get("query"),
        answer=answer if isinstance(answer, type) and issubclass(answer, BaseModel) else None,
        takes_file="file" in hints,
    )


def _is_guess(answer: Response) -> bool:
    return answer.status_code == HTTPStatus.UNAUTHORIZED


def _guarded(function: View, operation: Operation) -> View:
    @own_authentication
    @wraps(function)
    def view(**parts: Any) -> Response:
        given: dict[str, Any] = {}
        if not operation.is_open:
            given["caller"] = authenticate(operation.scope, operation.roles)
        given["query"] = read_query(operation.query)
        if operation.body is not None:
            given["body"] = read_body(operation.body)
        if operation.takes_file:
            given["file"] = read_file()
        if operation.query is None:
            del given["query"]
        return _answer(function(**given, **parts), operation)

    return view


def answer_with(status: HTTPStatus) -> None:
    """Choose another of the declared statuses for this answer."""
    g.api_status = int(status)


def say_location(address: str) -> None:
    """Tell where what was created can be read."""

    @after_this_request
    def add(response: Response) -> Response:
        response.headers["Location"] = address
        return response


def _answer(result: BaseModel | None, operation: Operation) -> Response:
    status = g.pop("api_status", operation.statuses[0])
    body = result.model_dump_json() if result is not None else None
    answer = Response(body, status=status, mimetype="application/json")
    if result is None:
        del answer.headers["Content-Type"]
    answer.headers["Cache-Control"] = "no-store"
    return answer
