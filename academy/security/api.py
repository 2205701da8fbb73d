"""The edge of /api/v1: tokens instead of cookies, scopes, strict reading, problem details.

An area's api.py makes one `Calls` and decorates its functions. What a function takes is read from
its annotations, so the OpenAPI document says what the code does: `caller` is the token's person,
`body` a strict model of the JSON, `query` one of the query string, `file` an uploaded file.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any, Protocol, get_type_hints

from flask import Blueprint, Response, after_this_request, g, request
from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import FileStorage

from academy.lib.openapi import Operation
from academy.lib.strict import Unreadable, check_json
from academy.security.limits import limiter
from academy.security.problems import refuse
from academy.security.wall import own_authentication

ROOT = "/api/v1"
LARGEST_JSON = 1_000_000
RATE = "1200 per minute"
#: Whose tokens open the API; what each role may see and do there is the policy's say.
ROLES = ("organiser", "focal_point", "administrator")

SCOPES = {
    "series:read": "read series and live sessions",
    "series:write": "create and change series",
    "registrations:read": "read registrations, with names and addresses",
    "registrations:write": "register people and take registrations back",
    "attendance:read": "read who attended a live session",
    "attendance:write": "import attendance files",
    "figures:read": "read the figures of a series",
}

View = Callable[..., Any]


class Caller(Protocol):
    """The person whose token calls."""

    @property
    def id(self) -> int:
        """The person's id."""

    @property
    def focal_countries(self) -> frozenset[str]:
        """The countries to which a focal point is limited."""

    def has_role(self, *names: str) -> bool:
        """Whether the person holds one of the roles."""


class Token(Protocol):
    """A token that is in force."""

    @property
    def scopes(self) -> Sequence[Any]:
        """What it may do."""

    @property
    def person(self) -> Any:
        """Whose it is."""


Finder = Callable[[str], Token | None]
_tokens: list[tuple[Finder, Callable[[Any], None]]] = []


def recognise_tokens(find: Finder, note_use: Callable[[Any], None]) -> None:
    """Look tokens up with `find` and report their use to `note_use` (done by app.py)."""
    _tokens[:] = [(find, note_use)]


class Calls:
    """The API functions of one area."""

    def __init__(self, area: str) -> None:
        self.area = area
        self.operations: list[Operation] = []
        self.blueprint = Blueprint(f"{area}_api", __name__, url_prefix=ROOT)
        limiter.limit(RATE, key_func=_by_token)(self.blueprint)

    def get(self, rule: str, *, scope: str) -> Callable[[View], View]:
        """Answer GET at `rule`."""
        return self._declare("get", rule, scope, (200,), ())

    def post(
        self, rule: str, *, scope: str, statuses: tuple[int, ...] = (201,),
        refuses: tuple[int, ...] = (),
    ) -> Callable[[View], View]:  # fmt: skip
        """Answer POST at `rule` with the first status, unless `answer_with` chose another."""
        return self._declare("post", rule, scope, statuses, refuses)

    def patch(
        self, rule: str, *, scope: str, refuses: tuple[int, ...] = ()
    ) -> Callable[[View], View]:
        """Answer PATCH at `rule`."""
        return self._declare("patch", rule, scope, (200,), refuses)

    def delete(self, rule: str, *, scope: str) -> Callable[[View], View]:
        """Answer DELETE at `rule` with 204."""
        return self._declare("delete", rule, scope, (204,), ())

    def _declare(
        self, method: str, rule: str, scope: str, statuses: tuple[int, ...],
        refuses: tuple[int, ...],
    ) -> Callable[[View], View]:  # fmt: skip
        def declare(function: View) -> View:
            operation = _operation(self.area, method, rule, scope, statuses, refuses, function)
            self.operations.append(operation)
            self.blueprint.add_url_rule(
                rule, function.__name__, _guarded(function, operation), methods=[method.upper()]
            )
            return function

        return declare


def _operation(
    area: str, method: str, rule: str, scope: str, statuses: tuple[int, ...],
    refuses: tuple[int, ...], function: View,
) -> Operation:  # fmt: skip
    hints = get_type_hints(function)
    answer = hints["return"] if isinstance(hints["return"], type) else None
    refusals = {400, 401, 403, 422, 429, *refuses}
    refusals |= {404} if "<" in rule else set()
    refusals |= {413, 415} if {"body", "file"} & set(hints) else set()
    return Operation(
        name=function.__name__,
        area=area,
        method=method,
        rule=rule,
        scope=scope,
        summary=(function.__doc__ or "").strip().splitlines()[0],
        statuses=statuses,
        refusals=tuple(sorted(refusals)),
        body=hints.get("body"),
        query=hints.get("query"),
        answer=answer if answer is not None and issubclass(answer, BaseModel) else None,
        takes_file="file" in hints,
    )


def _guarded(function: View, operation: Operation) -> View:
    @own_authentication
    @wraps(function)
    def view(**parts: Any) -> Response:
        caller = _authenticate(operation.scope)
        given: dict[str, Any] = {"query": _read_query(operation.query)}
        if operation.body is not None:
            given["body"] = _read_body(operation.body)
        if operation.takes_file:
            given["file"] = _read_file()
        if operation.query is None:
            del given["query"]
        return _answer(function(caller=caller, **given, **parts), operation)

    return view


def _authenticate(scope: str) -> Any:
    """Return the token's person; a cookie opens nothing here, so no page can forge a call."""
    find, note_use = _tokens[0]
    sent = request.authorization
    token = find(sent.token or "") if sent is not None and sent.type == "bearer" else None
    if token is None:
        headers = {"WWW-Authenticate": 'Bearer realm="SSE Academy"'}
        detail = "Send a token that is in force: Authorization: Bearer sse_…"
        refuse(401, "no-token", "No valid token", detail, headers=headers)
    if scope not in token.scopes:
        refuse(403, "scope", "Not within the token's scopes", f"This needs the scope {scope}.")
    if not token.person.has_role(*ROLES):
        refuse(403, "role", "Not allowed", "The token's person has no role that opens the API.")
    note_use(token)
    return token.person


def _by_token() -> str:
    sent = request.authorization
    return (sent.token if sent is not None and sent.token else request.remote_addr) or ""


def _read_query(model: type[BaseModel] | None) -> BaseModel | None:
    sent = request.args.to_dict(flat=False)
    twice = [name for name, values in sent.items() if len(values) > 1]
    known = set(model.model_fields) if model is not None else set()
    faults = [(name, "stands twice") for name in twice]
    faults += [(name, "is unknown here") for name in sent if name not in known]
    if faults:
        _not_accepted([(f"?{name}", what) for name, what in faults])
    try:
        return model.model_validate(request.args.to_dict()) if model is not None else None
    except ValidationError as error:
        _not_accepted([("?" + _pointer(e["loc"])[2:], e["msg"]) for e in error.errors()])


def _read_body(model: type[BaseModel]) -> BaseModel:
    if request.mimetype != "application/json":
        detail = "Send JSON with Content-Type: application/json."
        refuse(415, "content-type", "Not JSON", detail)
    if (request.content_length or 0) > LARGEST_JSON:
        refuse(413, "too-large", "Too large", "A body of JSON may be 1 MB large.")
    text = request.get_data(cache=False)
    try:
        check_json(text)
        return model.model_validate_json(text)
    except Unreadable as error:
        refuse(400, "unreadable", "The body could not be read", str(error))
    except ValidationError as error:
        _not_accepted([(_pointer(e["loc"]), e["msg"]) for e in error.errors()])


def _read_file() -> FileStorage:
    if request.mimetype != "multipart/form-data":
        refuse(415, "content-type", "No file", "Send multipart/form-data with one part: file.")
    files = request.files.getlist("file")
    if len(files) != 1 or not files[0].filename:
        _not_accepted([("#/file", "exactly one file is needed")])
    unknown = [name for name in (*request.form, *request.files) if name != "file"]
    if unknown:
        _not_accepted([(f"#/{name}", "is unknown here") for name in unknown])
    return files[0]


def _pointer(location: tuple[int | str, ...]) -> str:
    return "#/" + "/".join(str(part) for part in location)


def _not_accepted(errors: list[tuple[str, str]]) -> Any:
    detail = "Nothing was changed. `errors` says what to mend."
    refuse(422, "not-accepted", "Not accepted", detail, errors=errors)


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
