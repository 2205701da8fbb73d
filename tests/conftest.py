"""What every test stands on: a database, an app, browsers (clients) for the cast of people."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from academy import db
from academy.app import create_app
from academy.config import Settings
from academy.lib import jobs
from academy.lib.migrations import upgrade
from academy.people import passwords
from academy.people.models import Person
from academy.security.limits import limiter
from scripts.translations import compile_all
from tests.cast import Cast, sign_in_to
from tests.programs import Program, program_with_token
from tests.servers import postgresql_server, valkey_server

BASE_URL = "http://127.0.0.1:8000"
KIND = os.environ.get("ACADEMY_TEST_DATABASE", "sqlite")

# The same examples each time, and no verdict by the clock of a machine that is busy.
hypothesis_settings.register_profile("suite", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("suite")

#: Fixtures that every test of the database asks for, itself or through others.
SEES_A_DATABASE = {"database_url", "redis_url"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a second run leave out what would only say the same again (scripts/check.py)."""
    words = "leave out tests that see no database: they are the same on every kind"
    parser.addoption("--database-only", action="store_true", help=words)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests that are wanted, and say how many were not."""
    if not config.getoption("--database-only"):
        return
    wanted = [item for item in items if _sees_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _sees_a_database(item)])
    items[:] = wanted


def _sees_a_database(item: pytest.Item) -> bool:
    return bool(SEES_A_DATABASE.intersection(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords cheaply: the real way takes a quarter of a second, and its own tests do it."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", cheap)
        yield


@pytest.fixture(scope="session")
def servers() -> Iterator[ExitStack]:
    """Keep the servers that tests started until the last test is done."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture(scope="session")
def redis_url(servers: ExitStack) -> str:
    """Return the address of a real Valkey that this suite started."""
    return servers.enter_context(valkey_server())


@pytest.fixture(scope="session")
def database_url(servers: ExitStack, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a database with all migrations: SQLite or PostgreSQL."""
    url = _new_database(servers, tmp_path_factory.mktemp("database"))
    engine = db.connect(url)
    upgrade(engine)
    engine.dispose()
    return url


def _new_database(servers: ExitStack, folder: Path) -> str:
    if KIND == "sqlite":
        return f"sqlite:///{folder / 'academy.sqlite3'}"
    admin = servers.enter_context(postgresql_server())
    _create(admin, "academy")
    return make_url(admin).set(database="academy").render_as_string(hide_password=False)


def _create(admin: str, name: str, template: str = "template1") -> None:
    engine = create_engine(admin, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    engine.dispose()


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return settings for tests: limits in the process, mail in a folder."""
    var = tmp_path_factory.mktemp("var")
    environ = {"ACADEMY_VAR": str(var), "ACADEMY_DATABASE_URL": database_url}
    return replace(Settings.from_environment(environ), redis_url="")


@pytest.fixture(scope="session")
def whole_app(settings: Settings) -> Flask:
    """Return the app, made once: making it costs more than most tests."""
    compile_all()  # a checkout that the tests alone were run in
    app = create_app(settings)
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    return app


@pytest.fixture(scope="session")
def engine(whole_app: Flask) -> Engine:
    """Return the engine that the app made for its sessions."""
    bind = db.session().get_bind()
    assert isinstance(bind, Engine)
    db.session.remove()
    return bind


@pytest.fixture
def database(engine: Engine) -> Iterator[None]:
    """Roll back whatever the test and its requests write, and forget how often they asked."""
    with engine.connect() as connection:
        outer = connection.begin()
        db.session.remove()
        db.session.configure(bind=connection, join_transaction_mode="create_savepoint")
        token = db.writing.set(True)
        yield
        db.session.remove()
        db.session.configure(bind=engine, join_transaction_mode="conditional_savepoint")
        db.writing.reset(token)
        outer.rollback()
    jobs.unplug()
    limiter.reset()


@pytest.fixture
def own_url(database_url: str, tmp_path: Path) -> str:
    """Return the address of a new database without any table, of the kind under test."""
    return _own_url(database_url, tmp_path)


@pytest.fixture(scope="session")
def migrated_url(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a database with all tables that is only copied, never opened."""
    url = _own_url(database_url, tmp_path_factory.mktemp("migrated"))
    engine = db.connect(url)
    upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture
def own_migrated_url(migrated_url: str, tmp_path: Path) -> str:
    """Return the address of a database of this test alone: a copy, for that takes no second."""
    template = make_url(migrated_url)
    if KIND == "sqlite":
        copied = shutil.copy(str(template.database), tmp_path / "own.sqlite3")
        return f"sqlite:///{copied}"
    return _own_url(migrated_url, tmp_path, template=str(template.database))


@pytest.fixture
def own_database(whole_app: Flask, engine: Engine, own_migrated_url: str) -> Iterator[Flask]:
    """Return the app on a database of this test alone, where commits are real.

    For what a rolled-back transaction cannot show: threads that write at the same time.
    """
    own = db.connect(own_migrated_url)
    db.session.remove()
    db.session.configure(bind=own)
    yield whole_app
    db.session.remove()
    db.session.configure(bind=engine)
    own.dispose()
    jobs.unplug()


def _own_url(url: str, folder: Path, template: str = "template1") -> str:
    if KIND == "sqlite":
        return f"sqlite:///{folder / 'own.sqlite3'}"
    name = f"own_{uuid4().hex}"
    server = make_url(url)
    admin = server.set(database="postgres").render_as_string(hide_password=False)
    _create(admin, name, template)
    return server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def app(whole_app: Flask, database: None) -> Flask:
    """Return the app on a database that forgets everything after the test."""
    return whole_app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return the browser of somebody who is not signed in."""
    return app.test_client()


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Return the people of the tests: cast.learner, cast.organiser and so on."""
    return Cast()


@pytest.fixture
def client_of(app: Flask) -> Callable[[Person], FlaskClient]:
    """Return a function that gives the browser of a signed-in person."""
    return lambda person: sign_in_to(app.test_client(), person)


@pytest.fixture
def program_of(app: Flask) -> Callable[..., Program]:
    """Return a function that gives a program with a token of a person, for some scopes or all."""
    return partial(program_with_token, app)
