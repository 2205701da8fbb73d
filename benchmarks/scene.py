"""What benchmarks stand on: the academy of May 2020 on a database and a broker of its own."""

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine

from academy import db
from academy.app import create_app
from academy.config import ROOT, Settings
from academy.learning.checking import read_courses
from academy.learning.service import load_courses
from academy.lib import jobs
from academy.lib.celery_app import make_celery, send
from academy.lib.migrations import upgrade
from academy.library.content import read_cases
from academy.library.service import load_cases
from academy.people.models import Person
from academy.people.queries import find_person_by_address
from academy.people.service import start_sign_in
from academy.site.demo.loading import load_demo
from academy.sockets import socketio
from tests.cast import sign_in_to
from tests.servers import postgresql_server, valkey_server


@dataclass(frozen=True)
class Scene:
    """The loaded academy in this process, and what another process needs to serve it."""

    app: Flask
    engine: Engine
    var: Path
    environment: dict[str, str]


@contextlib.contextmanager
def loaded_academy(kind: str) -> Iterator[Scene]:
    """Yield the academy on "sqlite" or "postgresql", joined to a real broker as in production."""
    with contextlib.ExitStack() as stack:
        var = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="academy-bench-")))
        url = f"sqlite:///{var / 'academy.sqlite3'}"
        if kind == "postgresql":
            url = stack.enter_context(postgresql_server())
        environment = {
            "ACADEMY_VAR": str(var),
            "ACADEMY_DATABASE_URL": url,
            "ACADEMY_REDIS_URL": stack.enter_context(valkey_server()),
        }
        yield _load(var, environment)
        db.session.remove()
        db.session().get_bind().engine.dispose()


def _load(var: Path, environment: dict[str, str]) -> Scene:
    settings = Settings.from_environment(environment)
    upgrade(db.connect(settings.database_url))
    app = create_app(settings)
    send_job = partial(send, make_celery(settings))
    jobs.plug(send_job, lambda event, room, facts: socketio.emit(event, facts, to=room))
    load_demo(var)
    cases = read_cases(ROOT / "courses").cases
    load_cases(cases)
    load_courses(read_courses(ROOT / "courses", {case.slug for case in cases}).courses)
    engine = db.session().get_bind().engine
    db.session.remove()
    return Scene(app, engine, var, environment)


def cookie_of(app: Flask, person: Person) -> str:
    """Return the cookie of a browser in which `person` is signed in and has seen a page."""
    client = app.test_client()
    token = start_sign_in(person)
    with client.session_transaction() as session:
        session.update({"_user_id": token, "_fresh": True})
        session.permanent = True
    client.get("/")
    kept = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert kept is not None
    return f"{kept.key}={kept.value}"


def staff_cookie(scene: Scene, role: str = "organiser") -> str:
    """Return the cookie of an organiser or a moderator who has confirmed the second factor."""
    person = find_person_by_address(f"{role}@sse-academy.example")
    assert person is not None
    client = sign_in_to(scene.app.test_client(), person)
    client.get("/")
    kept = client.get_cookie(scene.app.config["SESSION_COOKIE_NAME"])
    assert kept is not None
    db.session.remove()
    return f"{kept.key}={kept.value}"
