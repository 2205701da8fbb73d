"""Every address of the academy, with the things of the scene filled in."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from werkzeug.test import TestResponse

from academy.db import session
from tests.security.scene import Scene

READING = frozenset({"GET", "HEAD"})


def addresses(scene: Scene, method: str) -> list[str]:
    """Return the address of every rule that answers `method`, the API's left out."""
    return sorted(
        scene.fill_in(rule.rule, "")
        for rule in scene.app.url_map.iter_rules()
        if method in (rule.methods or set()) and not rule.rule.startswith("/api/v1/")
    )


def words_of(answer: TestResponse) -> str:
    """Return what an answer says; of a packed file, whatever of it is text."""
    words: str = answer.data.decode(errors="replace")
    return words


@contextmanager
def forgotten() -> Iterator[None]:
    """Undo in the database whatever happens inside."""
    session.remove()
    connection = session.get_bind()
    assert isinstance(connection, Connection)
    savepoint = connection.begin_nested()
    yield
    session.remove()
    savepoint.rollback()
