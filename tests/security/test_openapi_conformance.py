"""Every answer of the API is one that its OpenAPI document promises (SECURITY.md 3.28).

Schemathesis makes calls from the document, right ones and wrong ones, and sends them to the app
itself. The number is bounded; the calls are the same in every run.
"""

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import BaseSchema, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from academy.lib.openapi import Operation
from academy.library.content import CaseFile
from academy.library.service import load_cases
from academy.security.limits import limiter
from academy.site.api import AREAS
from tests.cast import Cast
from tests.library.conftest import record
from tests.programme.scenes import a_series
from tests.programs import Program

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OPERATIONS = [each for area in AREAS for each in area.operations]
BASE = "http://127.0.0.1:8000/api/v1"
RIGHT_BODIES: dict[str, dict[str, Any]] = {
    "/series": {
        "slug": "new", "title": "New", "zone": "Asia/Manila", "starts": "2027-05-02T14:00",
        "minutes": 90,
    },
    "/series/{slug}/registrations": {"name": "Sutrisno", "email": "s@example.net"},
}  # fmt: skip


@pytest.fixture
def headers(
    cast: Cast, program_of: Callable[..., Program], monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """Return an organiser's token; there is a series and a case, and no call is one too many."""
    monkeypatch.setattr(limiter, "enabled", False)
    a_series("weaving", weeks=2)
    load_cases([CaseFile("weaving", record(results=[{"what": "Looms", "source": "book"}]))])
    return {"Authorization": f"Bearer {program_of(cast.organiser).secret}"}


@pytest.fixture
def schema(app: Flask) -> BaseSchema:
    """Return the document, connected to the app itself."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_every_answer_is_one_that_the_document_promises(
    schema: BaseSchema, headers: dict[str, str], operation: Operation, mode: GenerationMode
) -> None:
    calls = schema[operation.path][operation.method].as_strategy(generation_mode=mode)

    @settings(
        max_examples=12, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=calls)
    def call(case: Case[Any]) -> None:
        if "slug" in case.path_parameters:
            case.path_parameters["slug"] = _known(case.path)
        case.validate_response(case.call(base_url=BASE, headers=headers), checks=CHECKS)

    call()


def _known(path: str) -> str:
    return "weaving-1" if path.startswith("/live-sessions") else "weaving"


@pytest.mark.parametrize("path", RIGHT_BODIES)
def test_what_is_created_is_answered_as_the_document_promises(
    schema: BaseSchema, headers: dict[str, str], path: str
) -> None:
    case = schema[path]["POST"].Case(
        path_parameters={"slug": "weaving"} if "{slug}" in path else {},
        body=RIGHT_BODIES[path],
        media_type="application/json",
    )
    answer = case.call(base_url=BASE, headers=headers)
    assert answer.status_code == 201
    case.validate_response(answer, checks=CHECKS)
