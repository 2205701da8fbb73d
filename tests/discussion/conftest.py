"""Threads without moderators: what the gate says is tried in tests/moderation."""

from collections.abc import Iterator

import pytest
from flask import Flask

from academy.discussion.ports import SHOW, plug_gatekeeper
from academy.moderation.gate import judge


@pytest.fixture(autouse=True)
def _open_gate(whole_app: Flask) -> Iterator[None]:
    """Let everything appear at once."""
    plug_gatekeeper(lambda _draft: SHOW)
    yield
    plug_gatekeeper(judge)
