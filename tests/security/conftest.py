"""What tests of accounts stand on: a post box instead of the ledger of messages."""

from collections.abc import Iterator

import pytest
from flask import Flask

from academy.db import transaction
from academy.messaging.service import post
from academy.people.models import Person
from academy.people.passwords import hash_password
from academy.people.ports import plug_postman
from academy.people.service.mailed_links import store_password
from tests.cast import Cast
from tests.people.post_box import PostBox


@pytest.fixture
def post_box(whole_app: Flask) -> Iterator[PostBox]:
    """Return what people were mailed in this test."""
    box = PostBox()
    plug_postman(box)
    yield box
    plug_postman(post)


PASSWORD = "six woven baskets"


@pytest.fixture
def learner(cast: Cast, post_box: PostBox) -> Person:
    """Return the learner of the cast, with a password."""
    with transaction() as current:
        store_password(current.merge(cast.learner), hash_password(PASSWORD))
    return cast.learner
