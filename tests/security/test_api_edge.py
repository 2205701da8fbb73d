"""The edge of the API: tokens only, strict reading, problems that say what to mend."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from academy.db import now, session, transaction
from academy.people.models import ApiToken, Person
from academy.people.service import disable_person, revoke_role
from academy.people.service.api_tokens import create_api_token, revoke_api_token
from academy.security.scopes import SCOPES
from tests.cast import Cast
from tests.programs import Program

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def program(cast: Cast, program_of: Callable[..., Program]) -> Program:
    return program_of(cast.organiser)


def call(app: Flask, secret: str) -> int:
    return int(Program(app, secret)("GET", "/series").status_code)


def test_a_call_without_a_token_is_401_and_says_how(client: FlaskClient) -> None:
    answer = client.get("/api/v1/series")
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json is not None
    assert set(answer.json) == {"type", "title", "status", "detail"}


def test_a_cookie_opens_nothing(cast: Cast, client_of: Callable[[Person], FlaskClient]) -> None:
    client = client_of(cast.organiser)
    assert client.get("/api/v1/series").status_code == 401
    assert client.post("/api/v1/series", json={}).status_code == 401


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer x", "Basic YTpi", "bearer ស្រី", "sse_x"])
def test_what_is_no_token_opens_nothing(client: FlaskClient, sent: str) -> None:
    header = sent.encode().decode("latin-1")
    assert client.get("/api/v1/series", headers={"Authorization": header}).status_code == 401


def test_a_revoked_or_expired_token_opens_nothing(app: Flask, cast: Cast) -> None:
    token, secret = create_api_token(cast.organiser, "x", SCOPES)
    assert call(app, secret) == 200
    with transaction():
        session.get_one(ApiToken, token.id).expires_at = now() - timedelta(seconds=1)
    assert call(app, secret) == 401
    token, secret = create_api_token(cast.organiser, "y", SCOPES)
    revoke_api_token(token.id, cast.organiser.id)
    assert call(app, secret) == 401


def test_a_role_that_was_taken_closes_the_api_at_once(
    app: Flask, cast: Cast, program_of: Callable[..., Program]
) -> None:
    program = program_of(cast.organiser)
    revoke_role(cast.organiser.roles[0].id, cast.administrator.id)
    session.expire_all()
    assert program("GET", "/series").status_code == 403


def test_a_person_who_was_shut_out_has_no_token_any_more(
    app: Flask, cast: Cast, program_of: Callable[..., Program]
) -> None:
    program = program_of(cast.organiser)
    disable_person(cast.organiser.id, cast.administrator.id)
    session.expire_all()
    assert program("GET", "/series").status_code == 401


@pytest.mark.parametrize("role", ["learner", "moderator"])
def test_roles_that_run_no_series_have_no_use_of_a_token(
    cast: Cast, program_of: Callable[..., Program], role: str
) -> None:
    assert program_of(getattr(cast, role))("GET", "/series").status_code == 403


def test_a_secret_is_kept_only_as_its_hash(cast: Cast) -> None:
    token, secret = create_api_token(cast.organiser, "x", SCOPES)
    row = session.get_one(ApiToken, token.id)
    assert secret not in {str(value) for value in vars(row).values()}
    assert (len(row.token_hash), secret[-4:]) == (64, row.ending)


@pytest.mark.parametrize("mimetype", ["text/plain", "application/x-www-form-urlencoded", "", "a/b"])
def test_only_json_is_read(program: Program, mimetype: str) -> None:
    answer = program("POST", "/series", data=b"{}", headers={"Content-Type": mimetype})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"\xff\xfe", b'{"slug": "a", "slug": "b"}', b'{"minutes": NaN}',
        b'{"title": "\\u0000"}', b'{"title": "\\ud800"}', b"[" * 100_000, b'{"minutes": 1e999}',
    ],
)  # fmt: skip
def test_broken_json_is_400_or_422_and_never_500(program: Program, body: bytes) -> None:
    answer = program("POST", "/series", data=body, headers=JSON)
    assert answer.status_code in {400, 422}
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("body", [b"[]", b'"a"', b"null", b"5", b'{"slug": {"$ne": 1}}'])
def test_another_shape_is_422(program: Program, body: bytes) -> None:
    assert program("POST", "/series", data=body, headers=JSON).status_code == 422


def test_a_body_above_a_megabyte_is_413(program: Program) -> None:
    body = b'{"title": "' + b"a" * 1_000_001 + b'"}'
    assert program("POST", "/series", data=body, headers=JSON).status_code == 413


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=201", "limit=-1", "limit=many", "limit=1&limit=2", "limit[]=1",
        "unknown=1", "cursor=", "cursor=MQ==x", "cursor=OTk5OTk5OTk5OTk5",
        "limit=99999999999999999999999", "cursor=" + "A" * 100,
    ],
)  # fmt: skip
def test_a_query_that_is_wrong_unknown_or_double_is_422(program: Program, query: str) -> None:
    assert program("GET", f"/series?{query}").status_code == 422


def test_no_answer_of_the_api_is_kept_anywhere(program: Program, client: FlaskClient) -> None:
    for answer in (program("GET", "/series"), client.get("/api/v1/series")):
        assert answer.headers["Cache-Control"] == "no-store"


def test_no_answer_allows_another_site_to_read_it(program: Program) -> None:
    answer = program("GET", "/series", headers={"Origin": "https://evil.example"})
    assert not any(name.startswith("Access-Control") for name, _value in answer.headers)


def test_a_wrong_method_is_405_with_the_right_ones(program: Program) -> None:
    answer = program("PUT", "/series")
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


def test_a_refusal_never_repeats_what_was_sent(program: Program) -> None:
    answer = program("POST", "/series", json={"title": {"secret": "hunter2"}})
    assert "hunter2" not in answer.text


def test_the_use_of_a_token_is_noted(cast: Cast, program: Program) -> None:
    program("GET", "/series")
    session.expire_all()
    assert session.query(ApiToken).one().used_at is not None


def test_guessing_tokens_is_stopped_for_the_network_it_comes_from(
    app: Flask, client: FlaskClient
) -> None:
    from_here = {"REMOTE_ADDR": "192.0.2.44"}
    # A minute may turn while they are made, and then as many again are heard.
    for number in range(2 * 120 + 1):
        headers = {"Authorization": f"Bearer guess-{number}"}
        answer = client.get("/api/v1/series", headers=headers, environ_base=from_here)
        if answer.status_code == 429:
            break
    assert (answer.status_code, answer.content_type) == (429, "application/problem+json")
    assert int(answer.headers["Retry-After"]) > 0
    elsewhere = client.get("/api/v1/series", environ_base={"REMOTE_ADDR": "192.0.2.45"})
    assert elsewhere.status_code == 401
    forged = {"X-Forwarded-For": "192.0.2.46"}
    again = client.get("/api/v1/series", headers=forged, environ_base=from_here)
    assert again.status_code == 429
