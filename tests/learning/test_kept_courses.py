"""What is kept of courses: it spares statements, changes with every load, and is nobody's own."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from academy.db import session
from academy.learning.checking import read_courses
from academy.learning.service import load_courses
from academy.learning.views import telling
from academy.lib.kept import Kept
from academy.library.content import CaseFile
from academy.library.service import load_cases
from academy.people.models import Person
from tests.cast import Cast
from tests.learning.writing import write_course
from tests.library.conftest import record
from tests.programme.scenes import a_series
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
COURSE = "/courses/weaving/"
WARP, WEFT = f"{COURSE}first/warp/", f"{COURSE}first/weft/"


@pytest.fixture(autouse=True)
def course(app: Flask, tmp_path: Path) -> Path:
    """Return the folder of a loaded course whose lesson has a case and a live session."""
    live_session = a_series().live_sessions[0].slug
    load_cases([CaseFile("forest", record())])
    folder = write_course(tmp_path)
    plan = folder / "course.yaml"
    shown = f"minutes: 10, presented: [{{live_session: {live_session}, minute: 5}}]"
    plan.write_text(plan.read_text().replace("minutes: 10", shown))
    _load(tmp_path)
    return folder


def _load(root: Path) -> None:
    reading = read_courses(root, {"forest"})
    assert reading.faults == []
    load_courses(reading.courses)
    session.expire_all()


def _rewrite(folder: Path, name: str, before: str, after: str) -> None:
    file = folder / name
    assert before in file.read_text()
    file.write_text(file.read_text().replace(before, after))
    _load(folder.parent)


def _statements(engine: Engine, client: FlaskClient, path: str) -> Sequence[str]:
    """Return what a page asks that was seen before; the sign-in asks in a statement of its own."""
    client.get(path)
    session.expire_all()
    with counted(engine) as statements:
        assert client.get(path).status_code == 200
    return [one for one in statements if not one.startswith("BEGIN")]


def test_a_lesson_with_a_case_and_a_live_session_is_four_statements_for_everybody(
    engine: Engine, client: FlaskClient, cast: Cast, client_of: ClientOf
) -> None:
    page = client.get(WARP).text
    assert 'href="/cases/forest/"' in page
    assert 'href="/live-sessions/' in page
    assert len(_statements(engine, client, WARP)) <= 4
    learner = client_of(cast.learner)
    learner.post(f"{WARP}read")
    assert len(_statements(engine, learner, WARP)) <= 1 + 4


def test_the_courses_and_one_course_cost_no_statement_per_lesson(
    engine: Engine, client: FlaskClient, cast: Cast, client_of: ClientOf
) -> None:
    learner = client_of(cast.learner)
    learner.post(f"{WARP}read")
    for path in ("/courses/", COURSE):
        assert len(_statements(engine, client, path)) == 1
        assert len(_statements(engine, learner, path)) <= 1 + 3


def test_what_was_changed_is_seen_at_once(client: FlaskClient, course: Path) -> None:
    assert "The warp" in client.get(WARP).text
    _rewrite(course, "first/warp.en.md", "Threads of the", "All threads of the")
    assert "All threads of the" in client.get(WARP).text
    _rewrite(course, "glossary.en.yaml", "that run along", "that are stretched")
    assert "that are stretched" in client.get(WARP).text
    _rewrite(course, "first/weft.en.md", "The weft", "The cross thread")
    assert "On: The cross thread" in client.get(WARP).text
    for tag in ("en", "id"):
        (course / f"first/weft.{tag}.md").rename(course / f"first/across.{tag}.md")
    _rewrite(course, "course.yaml", "slug: weft", "slug: across")
    assert client.get(WEFT).status_code == 307
    assert f'href="{COURSE}first/across/"' in client.get(WARP).text


def test_what_is_kept_is_nobodys_own(
    cast: Cast, client_of: ClientOf, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(most_bytes=1_000_000)
    monkeypatch.setattr(telling, "_kept", kept)
    learner = client_of(cast.learner)
    learner.post(f"{WARP}note", data={"note": "Call Siti"})
    mine = learner.get(WARP).text
    assert "Call Siti" in mine
    assert 0 < kept.size < len(mine)
    stranger = client.get(WARP).text
    for words in ("Call Siti", cast.learner.name, "csrf_token", "data-lesson-seen"):
        assert words not in stranger
        assert words not in str(kept._texts)  # noqa: SLF001


def test_each_reader_gets_the_lesson_in_their_own_language_and_with_or_without_figures(
    client: FlaskClient,
) -> None:
    assert "<img" in client.get(WARP).text
    assert "<img" not in client.get(f"{WARP}?words=only").text.partition("<article")[2]
    assert '<article class="lesson__text" lang="id"' in client.get(f"{WARP}?language=id").text
    assert "<img" in client.get(WARP).text
