"""What tests of people stand on: a post box instead of the ledger of messages."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from academy.config import Settings
from academy.messaging.service import post
from academy.people.ports import plug_postman
from tests.people.post_box import PostBox


@pytest.fixture
def post_box(whole_app: Flask) -> Iterator[PostBox]:
    """Return what people were mailed in this test."""
    box = PostBox()
    plug_postman(box)
    yield box
    plug_postman(post)


@pytest.fixture
def production(settings: Settings) -> Settings:
    """Return the settings of a server that the public reaches."""
    return replace(settings, environment="production")
