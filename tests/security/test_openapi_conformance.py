"""Every answer of the API is one that its OpenAPI document promises (SECURITY.md 3.28).

Schemathesis makes calls from the document, right ones and wrong ones, and sends them to the app
itself. The number is bounded; the calls are the same in every run.
"""

from collections.abc import Callable

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from academy.security.limits import limiter
from academy.site.api import AREAS
from tests.cast import Cast
from tests.programme.scenes import a_series
from tests.programs import Program

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OPERATIONS = [(each.path, each.method) for area in AREAS for each in area.operations]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=lambda part: part.strip("/"))
def test_every_answer_is_one_that_the_document_promises(
    app: Flask,
    cast: Cast,
    program_of: Callable[..., Program],
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    method: str,
    mode: GenerationMode,
) -> None:
    monkeypatch.setattr(limiter, "enabled", False)
    headers = {"Authorization": f"Bearer {program_of(cast.organiser).secret}"}
    a_series("weaving", weeks=2)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)

    @settings(
        max_examples=12, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    def call(case: Case) -> None:
        if "slug" in case.path_parameters:
            case.path_parameters["slug"] = _known(case.path)
        answer = case.call(base_url="http://127.0.0.1:8000/api/v1", headers=headers)
        case.validate_response(answer, checks=CHECKS)

    call()


def _known(path: str) -> str:
    return "weaving-1" if path.startswith("/live-sessions") else "weaving"
