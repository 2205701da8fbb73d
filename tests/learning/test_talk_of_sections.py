"""Sections of a lesson are talked about, and keep their threads in every language and wording."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from academy.db import session
from academy.discussion.models import Thread
from academy.discussion.ports import SHOW, plug_gatekeeper
from academy.discussion.service import reply, start_thread
from academy.learning.checking import read_courses
from academy.learning.directives import cut
from academy.learning.models import Lesson
from academy.learning.service import load_courses
from academy.learning.spots import keep_keys, parts_of, spots_of
from academy.moderation.gate import judge
from academy.people.models import Person
from tests.cast import Cast
from tests.learning.writing import BODY, HEAD, write_course
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
WARP = "/courses/weaving/first/warp/"
HOLDS = "section.what-holds"


@pytest.fixture(autouse=True)
def _open_gate(whole_app: Flask) -> Iterator[None]:
    plug_gatekeeper(lambda _draft: SHOW)
    yield
    plug_gatekeeper(judge)


@pytest.fixture(autouse=True)
def folder(app: object, tmp_path: Path) -> Path:
    """Return the folder of a loaded course, to write other words into it."""
    made = write_course(tmp_path)
    _load(tmp_path)
    return made


def _load(root: Path) -> None:
    reading = read_courses(root, {"forest"})
    assert reading.faults == []
    load_courses(reading.courses)
    session.expire_all()


def _rewrite(folder: Path, before: str, after: str) -> None:
    for file in [*folder.glob("first/warp.??.md"), *folder.glob("first/warp.quiz.??.yaml")]:
        file.write_text(file.read_text().replace(before, after))
    _load(folder.parent)


def _lesson_id() -> int:
    return session.scalars(select(Lesson.id).where(Lesson.key == "weaving-warp")).one()


def _begin(author: Person) -> Thread:
    return start_thread(
        author, "What holds", "Does it?", subject_kind="lesson", subject_id=_lesson_id(),
        field=HOLDS,
    )[0]  # fmt: skip


def test_a_section_leads_to_the_form_and_then_to_its_one_thread(
    cast: Cast, client_of: ClientOf, client: FlaskClient
) -> None:
    learner, link = client_of(cast.learner), f"/threads/lesson/{_lesson_id()}/{HOLDS}"
    assert f'href="{link}">Discuss this section</a></p>' in client.get(WARP).text
    form = learner.get(link, follow_redirects=True)
    assert 'value="What holds"' in form.text
    assert f'<a href="{WARP}#what-holds">What holds</a>' in form.text
    said = {"title": "What holds", "body": "The beam.", "language": "en"}
    begun = learner.post(form.request.url, data=said, follow_redirects=True).text
    assert "Weaving · The warp" in begun
    assert f'<a href="{WARP}#what-holds">What holds</a>' in begun
    # Whoever had the form open meanwhile writes into the same thread.
    other = client_of(cast.organiser).post(form.request.url, data=said | {"body": "The knots."})
    thread = session.scalars(select(Thread)).one()
    assert other.headers["Location"].endswith(f"/threads/{thread.id}/#post-2")
    assert client.get(link).headers["Location"] == f"/threads/{thread.id}/"
    assert f'href="{link}">Discuss this section</a> · 2 posts' in client.get(WARP).text
    # Another title is another thread.
    client_of(cast.organiser).post(form.request.url, data=said | {"title": "Knots", "body": "Ah."})
    assert "Discuss this section</a> · 3 posts" in client.get(WARP).text


def test_only_what_a_lesson_has_is_talked_about(cast: Cast, client_of: ClientOf) -> None:
    learner, number = client_of(cast.learner), _lesson_id()
    assert learner.get(f"/threads/lesson/{number}/section.none").status_code == 404
    assert learner.get(f"/threads/lesson/{number + 99}/{HOLDS}").status_code == 404
    form = f"/threads/new?lesson={number}&field=section.none"
    learner.post(form, data={"title": "T", "body": "B", "language": "en"})
    assert session.scalars(select(Thread.field)).one() == ""


def test_all_languages_talk_in_one_thread(
    cast: Cast, folder: Path, client: FlaskClient
) -> None:  # fmt: skip
    file = folder / "first/warp.id.md"
    file.write_text(file.read_text().replace("## What holds", "## Yang menahan"))
    quiz = folder / "first/warp.quiz.id.yaml"
    quiz.write_text(quiz.read_text().replace("What holds", "Yang menahan"))
    _load(folder.parent)
    thread = _begin(cast.learner)
    page = client.get(f"{WARP}?language=id").text
    assert '<h2 id="what-holds">Yang menahan</h2>' in page
    assert f'{HOLDS}">Diskusikan bagian ini</a> · 1 tulisan' in page
    cast.learner.language = "id"
    assert "Yang menahan" not in client.get(f"/threads/{thread.id}/").text


def test_a_renamed_section_keeps_its_thread_and_its_place(
    cast: Cast, folder: Path, client_of: ClientOf
) -> None:
    _begin(cast.learner)
    learner = client_of(cast.learner)
    _rewrite(folder, "What holds", "What carries")
    page = learner.get(WARP).text
    assert '<h2 id="what-holds">What carries</h2>' in page
    assert f'{HOLDS}">Discuss this section</a> · 1 post' in page
    at = learner.post(f"{WARP}quiz").headers["Location"]
    result = learner.post(at, data={"which": "weft"}, follow_redirects=True).text
    assert f'href="{WARP}#what-holds">Read again: What carries' in result


def test_a_thread_stays_to_be_found_when_its_section_is_gone(
    cast: Cast, folder: Path, client: FlaskClient
) -> None:
    thread = _begin(cast.learner)
    for file in folder.glob("first/warp.quiz.??.yaml"):
        file.write_text(file.read_text().replace("    again: What holds\n", ""))
    _rewrite(folder, "## What holds", "")
    page = client.get(WARP).text
    assert "Discuss this section" not in page
    earlier = page.partition("Earlier discussions")[2]
    assert f'href="/threads/{thread.id}/">What holds</a>' in earlier
    assert "a part of the lesson that it has no longer" in client.get(f"/threads/{thread.id}/").text
    _rewrite(folder, "::: callout tip", "## What holds\n\n::: callout tip")
    assert f'{HOLDS}">Discuss this section</a> · 1 post' in client.get(WARP).text


def test_what_is_said_of_a_lesson_costs_one_statement(
    cast: Cast, client: FlaskClient, engine: Engine
) -> None:
    thread = _begin(cast.learner)
    reply(thread.id, cast.organiser, "Yes.")
    client.get(WARP)
    session.expire_all()
    with counted(engine) as statements:
        client.get(WARP)
    assert len(statements) <= 4, statements


@pytest.mark.parametrize(
    ("before", "now", "keys"),
    [
        ("a b c", "a b c", "a b c"),
        ("a b c", "c a b", "c a b"),
        ("a b c", "a x c", "a b c"),
        ("a b c", "a x y c", "a x y c"),
        ("a b c", "a c", "a c"),
        ("a b", "x y", "x y"),
        ("a", "x", "a"),
        ("", "a a", "a a-2"),
        ("b a", "x a b", "x a b"),
    ],
)
def test_headings_keep_their_keys_as_far_as_one_can_tell(before: str, now: str, keys: str) -> None:
    known = [{"slug": one, "anchor": one, "field": f"section.{one}"} for one in before.split()]
    assert keep_keys(now.split(), known) == keys.split()


def test_a_renamed_heading_keeps_its_key_the_second_time_and_leaves_it_to_nobody() -> None:
    renamed = [
        {"slug": "a", "anchor": "a", "field": "section.a"},
        {"slug": "x", "anchor": "b", "field": "section.b"},
    ]
    assert keep_keys(["a", "x"], renamed) == ["a", "b"]
    assert keep_keys(["a", "x", "b"], renamed) == ["a", "b", "b-3"]


def test_a_part_ends_where_the_way_to_talk_stands() -> None:
    pieces = cut(BODY + "\nAfter.\n\n# Last\n\nWords.\n\n> ## Quoted\n", 1)[0]
    assert [(one.get("section"), one.get("talk")) for one in parts_of(pieces, {}, ["k", "l"])] == [
        (None, None), ("k", None), (None, None), (None, "k"), (None, None), (None, None),
        (None, None), ("l", "l"),
    ]  # fmt: skip
    assert [one["field"] for one in spots_of({"en": pieces}, ())] == [HOLDS, "why", "section.last"]


def test_a_translation_has_as_many_sections(folder: Path) -> None:
    (folder / "first/weft.id.md").write_text(HEAD.replace("warp", "weft") + "## One\n\nAcross.\n")
    fault = read_courses(folder.parent, {"forest"}).faults[0]
    assert (fault.file, fault.what) == (
        "weaving/first/weft.id.md", "it has 1 sections, weaving/first/weft.en.md has 0",
    )  # fmt: skip
