"""What the fault tests stand on: one set of servers for all, made whole before each test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from academy import db
from academy.lib import jobs
from tests.faults import table
from tests.faults.post import Post, post_in


@pytest.fixture(scope="session")
def servers_with_lines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    """Return the servers and the lines to them, which stand until the last test is done."""
    with post_in(tmp_path_factory.mktemp("faults")) as running:
        yield running


@pytest.fixture
def post(servers_with_lines: Post) -> Post:
    """Return the servers, whole and empty."""
    servers_with_lines.begin()
    return servers_with_lines


@pytest.fixture
def academy(post: Post, whole_app: Flask, engine: Engine) -> Iterator[Post]:
    """Let the services of this process write into the database of the servers."""
    jobs.unplug()
    db.session.remove()
    db.session.configure(bind=post.engine)
    yield post
    db.session.remove()
    db.session.configure(bind=engine)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the table of the faults, and keep it where ACADEMY_FAULT_TABLE says."""
    if table.rows:
        terminalreporter.section("faults")
        for line in table.as_text():
            terminalreporter.write_line(line)
    if path := os.environ.get("ACADEMY_FAULT_TABLE"):
        table.keep(Path(path))
