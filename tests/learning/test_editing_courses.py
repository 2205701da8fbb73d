"""Editing courses in the browser: drafts, the check, publishing, versions; by the address."""

import io
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select
from werkzeug.test import TestResponse

from academy.db import session, transaction
from academy.learning.models import Course, CourseDraft, CourseFileVersion, Lesson, Study
from academy.learning.service import begin_attempt, hand_in, mark_read
from academy.library.content import CaseFile
from academy.library.service import load_cases
from academy.people.models import Person
from academy.people.service.erasing import erase_person
from academy.security.models import AuditEntry
from tests.cast import Cast
from tests.learning.writing import DRAWING, load_course
from tests.library.conftest import record
from tests.library.picture_files import phone_photo
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
DESK = "/desk/courses/weaving"
WEFT, QUIZ = "first/weft.en.md", "first/warp.quiz.en.yaml"


@pytest.fixture(autouse=True)
def _course(app: object) -> None:
    load_cases([CaseFile("forest", record())])
    load_course()


@pytest.fixture
def editor(cast: Cast, client_of: ClientOf) -> FlaskClient:
    """Return the browser of an organiser."""
    return client_of(cast.organiser)


def mark_of(browser: FlaskClient, path: str) -> str:
    """Return the mark with which the page gives a file out."""
    page = browser.get(f"{DESK}/files/{path}").text
    return page.split('name="marks" value="')[1].split('"')[0]


def text_of(browser: FlaskClient, path: str, desk: str = DESK) -> str:
    """Return the words in the box of a file's page."""
    page = browser.get(f"{desk}/files/{path}").text
    return unescape(page.split('name="body"')[1].split(">\n", 1)[1].split("</textarea>")[0])


def save(browser: FlaskClient, path: str, text: str, mark: str | None = None) -> TestResponse:
    """Save a file as its form does."""
    mark = mark_of(browser, path) if mark is None else mark
    return browser.post(f"{DESK}/files/{path}", data={"body": text, "marks": mark})


def change(browser: FlaskClient, path: str, old: str, new: str) -> None:
    """Change a word of a file."""
    text = text_of(browser, path)
    assert old in text
    save(browser, path, text.replace(old, new))


def publish(browser: FlaskClient, *paths: str, **more: str) -> TestResponse:
    """Publish the drafts of these files."""
    return browser.post(f"{DESK}/publication", data={"paths": list(paths), **more})


def lesson(key: str) -> tuple[str, int]:
    """Return slug and position of a lesson."""
    found = session.scalars(select(Lesson).where(Lesson.key == key)).one()
    return found.slug, found.position


def version() -> int:
    """Return which version of the course stands."""
    return session.scalars(select(Course.version)).one()


def test_a_change_is_seen_by_learners_once_it_is_published(
    editor: FlaskClient, client: FlaskClient
) -> None:
    before = version()
    change(editor, WEFT, "Across.", "Over and under.")
    address = "/courses/weaving/first/weft/"
    assert "Over and under." not in client.get(address).text
    assert "Over and under." in editor.get(f"{DESK}/preview/first/weft/").text
    tree = editor.get(f"{DESK}/files/").text
    assert "changed, not published" in tree
    assert "1 file waits to be published" in tree
    assert "No fault" in editor.get(f"{DESK}/check").text
    answer = publish(editor, WEFT, note="Clearer")
    assert answer.status_code == 303, answer.text
    assert "Over and under." in client.get(address).text
    assert version() == before + 1
    assert session.scalars(select(CourseDraft)).all() == []
    assert session.scalar(select(AuditEntry.action).where(AuditEntry.action == "course.publish"))
    versions = editor.get(f"{DESK}/versions/{WEFT}").text
    for words in ("Version 2", "Aisyah", "published here", "Clearer", "loaded from the files"):
        assert words in versions
    changed = editor.get(f"{DESK}/versions/{WEFT}?of=2").text
    assert "<del>" in changed
    assert "<ins>" in changed


def test_what_the_page_gives_out_and_takes_back_unchanged_is_no_draft(editor: FlaskClient) -> None:
    for path in ("course.yaml", WEFT, QUIZ, "glossary.en.yaml"):
        save(editor, path, text_of(editor, path).replace("\n", "\r\n"))
    assert session.scalars(select(CourseDraft.path)).all() == []


def test_a_fault_is_named_with_its_line_and_nothing_is_published(editor: FlaskClient) -> None:
    change(editor, WEFT, "Across.", "Across.\n\n::: callout tip\nNever closed.")
    page = editor.get(f"{DESK}/files/{WEFT}").text
    assert 'data-go-to="9"' in page
    assert "is never closed" in page
    check = editor.get(f"{DESK}/check").text
    assert f"{WEFT}?line=9#text" in check
    answer = publish(editor, WEFT)
    assert (answer.status_code, "Nothing was published" in answer.text) == (409, True)
    assert session.scalars(select(CourseDraft.path)).all() == [WEFT]
    assert "cannot be shown until" in editor.get(f"{DESK}/preview/first/weft/").text


def test_who_saves_over_somebody_else_sees_both_and_nothing_is_lost(
    editor: FlaskClient, cast: Cast, client_of: ClientOf
) -> None:
    other, mark = client_of(cast.administrator), mark_of(editor, WEFT)
    save(other, WEFT, "Words of Tenzin", mark)
    answer = save(editor, WEFT, "Words of Aisyah", mark)
    assert answer.status_code == 409
    for words in ("Tenzin changed this file meanwhile", "Words of Tenzin", "Words of Aisyah"):
        assert words in answer.text
    assert session.scalars(select(CourseDraft.data)).one() == b"Words of Tenzin"
    again = answer.text.split('name="marks" value="')[1].split('"')[0]
    save(editor, WEFT, "Words of both", again)
    assert session.scalars(select(CourseDraft.data)).one() == b"Words of both"
    aside = select(CourseFileVersion).where(CourseFileVersion.whence == "aside")
    kept = session.scalars(aside).one()
    assert (kept.data, kept.author_id) == (b"Words of Tenzin", cast.administrator.id)


def test_a_draft_that_was_overtaken_is_published_only_after_a_look(editor: FlaskClient) -> None:
    change(editor, WEFT, "Across.", "Mine.")
    with transaction() as current:
        current.scalars(select(CourseDraft)).one().based_on = "0" * 64
    assert publish(editor, WEFT).status_code == 409
    assert "published anew since" in editor.get(f"{DESK}/files/{WEFT}").text
    editor.post(f"{DESK}/agreements/{WEFT}")
    assert publish(editor, WEFT).status_code == 303


def test_a_draft_that_is_given_up_and_a_version_of_old_come_back(editor: FlaskClient) -> None:
    change(editor, WEFT, "Across.", "A second thought.")
    editor.post(f"{DESK}/discards/{WEFT}")
    assert "Across." in text_of(editor, WEFT)
    editor.post(f"{DESK}/restorations/2/{WEFT}")
    assert "A second thought." in text_of(editor, WEFT)
    publish(editor, WEFT)
    editor.post(f"{DESK}/restorations/1/{WEFT}")
    assert "Across." in text_of(editor, WEFT)
    assert editor.post(f"{DESK}/restorations/9/{WEFT}").status_code == 404


def test_questions_that_change_under_results_ask_first(editor: FlaskClient, cast: Cast) -> None:
    lesson = session.scalars(select(Lesson).where(Lesson.key == "weaving-warp")).one()
    hand_in(begin_attempt(lesson, cast.learner), cast.learner, {"how-many": ["12.5"]}, "en")
    paths = [QUIZ, QUIZ.replace(".en.", ".id.")]
    for path in paths:
        change(editor, path, "value: 12.5", "value: 20")
    asked = publish(editor, *paths)
    assert (asked.status_code, "Questions change under results" in asked.text) == (409, True)
    assert len(session.scalars(select(CourseDraft)).all()) == 2
    assert publish(editor, *paths, confirmed="y").status_code == 303


def test_one_language_of_a_quiz_alone_does_not_make_a_good_course(editor: FlaskClient) -> None:
    change(editor, QUIZ, "value: 12.5", "value: 20")
    answer = publish(editor, QUIZ)
    assert answer.status_code == 409
    assert "its questions are others than those of" in answer.text


def test_a_quiz_of_a_draft_is_tried_and_nothing_is_kept(editor: FlaskClient) -> None:
    mine = '  - {key: mine, kind: reflection, text: "And you?"}\n'
    change(editor, QUIZ, "feedback: Yes.", "feedback: Quite so.")
    save(editor, QUIZ, text_of(editor, QUIZ) + mine)
    given = {"which": "warp", "how-many": "3", "mine": "I weave."}
    tried = editor.post(f"{DESK}/preview/first/warp/", data=given)
    for words in ("Quite so.", "Twelve.", "Not right", "Answered by people", "I weave."):
        assert words in tried.text
    assert "draft-figures/" in tried.text
    assert session.scalar(select(func.count()).select_from(Study)) == 0


def test_a_new_lesson_module_and_language_are_good_drafts_at_once(editor: FlaskClient) -> None:
    where = {"lesson-module": "first", "lesson-title": "The knot", "lesson-slug": "knot"}
    assert editor.post(f"{DESK}/lessons", data=where | {"lesson-has_quiz": "y"}).status_code == 303
    again = editor.post(f"{DESK}/lessons", data=where)
    assert (again.status_code, "take another slug" in again.text) == (409, True)
    module = {"module-title": "Then", "module-slug": "then"}
    assert editor.post(f"{DESK}/modules", data=module).status_code == 303
    assert editor.post(f"{DESK}/languages", data={"language": "th"}).status_code == 303
    tree = editor.get(f"{DESK}/files/").text
    assert "not translated yet" in tree
    assert "The check finds no fault." in tree
    everything = session.scalars(select(CourseDraft.path)).all()
    assert {"first/knot.th.md", "then/introduction.id.md"} <= set(everything)
    assert publish(editor, *everything).status_code == 303
    plan = session.scalars(select(Course.plan)).one()
    assert plan["languages"] == ["en", "id", "th"]


def test_a_lesson_moves_is_renamed_and_taken_out_and_nobody_loses_their_way(
    editor: FlaskClient, client: FlaskClient, cast: Cast
) -> None:
    weft = session.scalars(select(Lesson).where(Lesson.key == "weaving-weft")).one()
    mark_read(weft, cast.learner)
    change(editor, "first/warp.en.md", "Threads of", "[On](lesson:weaving/first/weft). Threads of")
    assert editor.post(f"{DESK}/lessons/weaving-weft/earlier").status_code == 303
    editor.post(f"{DESK}/lessons/weaving-weft/name", data={"slug": "woof"})
    drafts = session.scalars(select(CourseDraft.path)).all()
    assert publish(editor, *drafts).status_code == 303
    assert client.get("/courses/weaving/first/woof/").status_code == 200
    assert "/courses/weaving/first/woof/" in client.get("/courses/weaving/first/warp/").text
    assert lesson("weaving-weft") == ("woof", 1)
    assert session.scalars(select(Study.read_at)).one() is not None
    change(editor, "first/warp.en.md", "[On](lesson:weaving/first/woof). ", "")
    editor.post(f"{DESK}/lessons/weaving-weft/removal")
    publish(editor, *session.scalars(select(CourseDraft.path)).all())
    assert lesson("weaving-weft") == ("woof", 0)
    refused = editor.post(f"{DESK}/lessons/weaving-warp/removal", follow_redirects=True)
    assert "only lesson of its module" in refused.text


def test_a_removed_file_is_undone_and_the_plan_stays(editor: FlaskClient) -> None:
    editor.post(f"{DESK}/removals/figures/loom.svg")
    assert "the file is missing" in editor.get(f"{DESK}/check").text
    editor.post(f"{DESK}/discards/figures/loom.svg")
    assert "Nothing waits" in editor.get(f"{DESK}/check").text
    kept = editor.post(f"{DESK}/removals/course.yaml", follow_redirects=True).text
    assert "cannot be without its plan" in kept


def test_a_course_made_here_is_seen_by_nobody_until_it_is_published(
    editor: FlaskClient, client: FlaskClient
) -> None:
    data = {"title": "Living soil", "slug": "soil", "language": "en", "has_quiz": "y"}
    assert editor.post("/desk/courses/files/new", data=data).status_code == 303
    assert client.get("/courses/soil/").status_code == 404
    taken = editor.post("/desk/courses/files/new", data=data)
    assert (taken.status_code, "take another slug" in taken.text) == (409, True)
    known = editor.post(f"{DESK}/removal", follow_redirects=True)
    assert "withdraw it instead" in known.text
    editor.post("/desk/courses/soil/shelf")
    assert client.get("/courses/soil/first-steps/introduction/").status_code == 200
    editor.post("/desk/courses/soil/shelf")
    assert client.get("/courses/soil/").status_code == 404
    editor.post("/desk/courses/files/new", data=data | {"slug": "mist"})
    editor.post("/desk/courses/mist/removal")
    assert editor.get("/desk/courses/mist/files/").status_code == 404


def test_a_figure_that_is_none_is_refused_in_words(editor: FlaskClient) -> None:
    for name, data, words in (
        ("loom.svg", b"<svg><script>alert(1)</script></svg>", "may not act"),
        ("loom.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "may not act"),
        ("loom.svg", b"no drawing at all", "cannot be read"),
        ("loom.svg", b"<svg>" + b" " * 300_000, "300 kB are too heavy"),
        ("loom.png", b"GIF89a", "could not be read to its end"),
        ("loom.jpg", b"\xff\xd8\xff" + bytes(400_000), "could not be read to its end"),
        ("loom.jpg", b"", "is empty"),
        ("loom.exe", b"MZ", "is no picture that we know"),
    ):
        answer = editor.post(f"{DESK}/figures", data={"file": (io.BytesIO(data), name)})
        assert (answer.status_code, words in answer.text) == (422, True), words
    assert session.scalars(select(CourseDraft)).all() == []


def test_a_good_figure_is_a_draft_under_a_name_that_can_be_an_address(editor: FlaskClient) -> None:
    sent = (io.BytesIO(DRAWING.encode().replace(b"h9", b"h8")), "../My Löom (2).SVG")
    assert editor.post(f"{DESK}/figures", data={"file": sent}).status_code == 303
    assert session.scalars(select(CourseDraft.path)).all() == ["figures/my-loom-2.svg"]
    assert "no lesson shows this figure" in editor.get(f"{DESK}/check").text


def test_a_photo_becomes_light_and_tells_nothing_of_its_camera(editor: FlaskClient) -> None:
    sent = (io.BytesIO(phone_photo()), "IMG_2041.JPG")
    editor.post(f"{DESK}/figures", data={"file": sent, "name": "The loom"})
    draft = session.scalars(select(CourseDraft)).one()
    body = draft.data or b""
    assert (draft.path, body[:4], b"Exif" in body) == ("figures/the-loom.webp", b"RIFF", False)


def test_no_path_but_those_of_a_course_is_taken(editor: FlaskClient) -> None:
    for path in (
        "../course.yaml", "/etc/passwd", "first/../../x.en.md", "course.yml",
        "first/warp.en.md.bak", "figures/warp.en.md", "first/WARP.en.md", "a" * 300 + "/b.en.md",
    ):  # fmt: skip
        answer = editor.post(f"{DESK}/files/{path}", data={"body": "x", "marks": ""})
        assert answer.status_code in {404, 308}, path
    assert session.scalars(select(CourseDraft)).all() == []


def test_a_bomb_of_yaml_and_bytes_that_are_no_text_are_answered_in_words(
    editor: FlaskClient,
) -> None:
    bomb = "a: &a [x,x]\nb: &b [*a,*a]\n" + "c: [*b]\n" * 1000
    save(editor, "course.yaml", bomb)
    page = editor.get(f"{DESK}/check").text
    assert "an alias (*name) is not taken here" in page
    assert "cannot be read as it is drafted" in editor.get(f"{DESK}/files/").text
    long = editor.post(f"{DESK}/files/{WEFT}", data={"body": "x" * 400_001, "marks": ""})
    assert (long.status_code, "longer than 400,000" in long.text) == (422, True)


def test_a_person_who_leaves_takes_their_name_along(editor: FlaskClient, cast: Cast) -> None:
    change(editor, WEFT, "Across.", "Over.")
    publish(editor, WEFT)
    change(editor, WEFT, "Over.", "Under.")
    told = editor.get("/account/data/file").text
    assert WEFT in told
    erase_person(cast.organiser.id, None)
    assert session.scalars(select(CourseDraft.author_id)).all() == [None]
    versions = select(CourseFileVersion.author_id).where(CourseFileVersion.whence == "browser")
    assert session.scalars(versions).all() == [None]


def test_a_lesson_that_another_course_leads_to_is_not_renamed_behind_its_back(
    editor: FlaskClient,
) -> None:
    editor.post("/desk/courses/files/new", data={"title": "B", "slug": "baskets", "language": "en"})
    path, desk = "first-steps/introduction.en.md", "/desk/courses/baskets"
    text = text_of(editor, path, desk) + "\n[Weave](lesson:weaving/first/weft)\n"
    editor.post(f"{desk}/files/{path}", data={"body": text})
    assert editor.post(f"{desk}/publication", data={"paths": [path]}).status_code == 303
    editor.post(f"{desk}/shelf")
    editor.post(f"{DESK}/lessons/weaving-weft/name", data={"slug": "woof"})
    check = editor.get(f"{DESK}/check").text
    assert "baskets/first-steps/introduction.en.md, line" in check
    assert "it leads to weaving/first/weft, which would be gone" in check
    assert publish(editor, *session.scalars(select(CourseDraft.path)).all()).status_code == 409


def test_the_pages_cost_the_same_however_many_files_a_course_has(
    editor: FlaskClient, engine: Engine
) -> None:
    for path, most in (("files/", 12), (f"files/{WEFT}", 12), ("check", 12)):
        editor.get(f"{DESK}/{path}")
        with counted(engine) as statements:
            editor.get(f"{DESK}/{path}")
        assert len(statements) <= most, statements
