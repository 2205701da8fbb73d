"""Written cases at their edges: leaving, mails, differences, markup, what pages cost."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from academy.db import now, session, transaction
from academy.library.differences import compare
from academy.library.draft_queries import list_invitations, read_contents, writer_ids
from academy.library.holding import HOLDER
from academy.library.models import CaseComment, CaseStudy, CaseWriter
from academy.library.news import still_told, write_news
from academy.library.service import (
    accept_invitation,
    ask_for_changes,
    comment,
    discard_draft,
    invite_writer,
    publish_case,
    save_section,
    take_back_submission,
)
from academy.library.steps import SECTION_OF, SECTIONS
from academy.library.working_copy import is_told, marks_of
from academy.messaging.models import Notice
from academy.messaging.notices import Waiting
from academy.people.models import Person
from academy.people.service.erasing import erase_person
from tests.cast import Cast
from tests.library.cases import a_draft, a_submission, a_told_draft
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def _waiting(person: Person, language: str = "en") -> list[Waiting]:
    mine = select(Notice).where(Notice.person_id == person.id, Notice.kind.startswith("case_"))
    return [
        Waiting(one.id, one.person_id, one.occasion, language, one.facts)
        for one in session.scalars(mine)
    ]


def test_whoever_leaves_takes_drafts_along_and_what_is_published_stays_nameless(
    cast: Cast,
) -> None:
    draft = a_draft(cast.learner, "Only mine")
    case, submission = a_submission(cast.learner)
    publish_case(submission, cast.moderator)
    said = comment(case, cast.learner, "", "Private words")
    told = json.dumps(HOLDER.told(cast.learner.id))
    assert "Only mine" in told
    assert "Private words" in told
    gone, kept = draft.id, case.id
    erase_person(cast.learner.id, by=None)
    session.expire_all()
    assert session.get(CaseStudy, gone) is None
    assert session.get_one(CaseStudy, kept).author_id is None
    assert session.get_one(CaseComment, said.id).words == "–"


def test_a_draft_of_two_stays_with_the_second(cast: Cast) -> None:
    case = a_draft(cast.learner)
    assert cast.other_learner.id
    invite_writer(case, cast.learner, "sutrisno@example.org")
    [(writer, _case, _who)] = list_invitations(cast.other_learner)
    accept_invitation(writer, cast.other_learner)
    erase_person(cast.learner.id, by=None)
    session.expire_all()
    assert writer_ids(session.get_one(CaseStudy, case.id)) == {cast.other_learner.id}
    assert session.scalar(select(CaseWriter.id)) is None


def test_an_invitation_that_nobody_answered_is_forgotten(cast: Cast) -> None:
    case = a_draft(cast.learner)
    invite_writer(case, cast.learner, "nobody@example.org")
    with transaction():
        session.query(CaseWriter).update({"invited_at": now() - timedelta(days=31)})
    invite_writer(case, cast.learner, "somebody@example.org")
    assert session.scalars(select(CaseWriter.address)).all() == ["somebody@example.org"]


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Please look at your case study again"), ("id", "Mohon periksa lagi studi kasus Anda")],
)
def test_a_mail_says_what_a_librarian_asks_for(cast: Cast, language: str, title: str) -> None:
    _case, submission = a_submission(cast.learner)
    ask_for_changes(submission, cast.moderator, "Which year was it?")
    waiting = _waiting(cast.learner, language)
    [said] = write_news(waiting).values()
    assert said.title == f"{title}: Seaweed by turns"
    assert "Which year was it?" in said.text
    assert still_told(waiting) == {one.id for one in waiting}


def test_no_mail_leaves_of_what_is_gone(cast: Cast) -> None:
    assert cast.moderator.id
    case, _submission = a_submission(cast.learner)
    comment(case, cast.moderator, "lessons", "Well said.")
    take_back_submission(case, cast.learner)
    assert still_told(_waiting(cast.moderator)) == set()
    discard_draft(case, cast.learner)
    assert still_told(_waiting(cast.learner)) == set()


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        ("Forty share", "Fifty share", ["Forty"], ["Fifty"]),
        ("", "All new", [], ["All new"]),
        ("ธนาคารหมู่บ้าน", "ธนาคารชุมชน", None, None),
        ("村的森林", "村的河流", ["森林"], ["河流"]),
    ],
)
def test_differences_are_words_or_signs(
    before: str, after: str, gone: list[str] | None, new: list[str] | None
) -> None:
    pieces = list(compare(before, after))
    assert "".join(one.text for one in pieces if one.kind != "new") == before
    assert "".join(one.text for one in pieces if one.kind != "gone") == after
    if gone is not None:
        assert [one.text.strip() for one in pieces if one.kind == "gone"] == gone
        assert [one.text.strip() for one in pieces if one.kind == "new"] == new
    assert any(one.kind == "same" for one in pieces) or not before


def test_a_very_long_text_counts_as_another_one_as_a_whole() -> None:
    pieces = list(compare("a b " * 5000, "b a " * 5000))
    assert [one.kind for one in pieces] == ["gone", "new"]


def test_ten_saves_at_once_lose_nothing(own_database: Flask) -> None:
    author = Cast().learner
    case_id, author_id = a_draft(author).id, author.id
    fields = SECTIONS["features"] + SECTIONS["dimensions"][:3]
    session.remove()

    def save(field: str) -> None:
        section = SECTION_OF[field]
        value = {"text": field} if section == "features" else field
        with transaction() as current:
            case, person = current.get_one(CaseStudy, case_id), current.get_one(Person, author_id)
            save_section(case, section, person, {field: value}, marks_of(section, {}))
        session.remove()

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(save, fields))
    contents = read_contents(case_id)
    assert [one for one in fields if not is_told(contents, one)] == []


def test_markup_that_somebody_typed_is_nowhere_markup(cast: Cast, client_of: ClientOf) -> None:
    about = {"title": f"Title {EVIL}", "language": "en", "kind": "peer", "summary": EVIL}
    lessons = {"lessons": [EVIL]}
    case = a_told_draft(cast.learner, about=about, lessons=lessons, sharing={
        "shared_within_country": EVIL})  # fmt: skip
    writer = client_of(cast.learner)
    writer.post(f"/cases/write/{case.id}/submission")
    comment(case, cast.moderator, "lessons", EVIL)
    step = f"/cases/write/{case.id}/lessons/"
    paths = ["/cases/write/", f"/cases/write/{case.id}/", step, f"/cases/write/{case.id}/check/",
             f"/cases/write/{case.id}/people/", f"/cases/review/{case.id}/"]  # fmt: skip
    pages = [writer.get(path).text for path in paths]
    marks = {"marks": '{"lessons": "0"}'}
    pages.append(writer.post(step, data={"lessons-0-text": f"Mine {EVIL}"} | marks).text)
    assert "Saved meanwhile" in pages[-1]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize(
    ("path", "most"),
    [("/cases/write/", 4), ("", 7), ("results/", 5), ("check/", 4), ("/cases/review/", 2)],
)
def test_pages_cost_few_statements_however_much_is_written(
    cast: Cast, client_of: ClientOf, engine: Engine, path: str, most: int
) -> None:
    for _each in range(3):
        case, _submission = a_submission(cast.learner)
        for _comment in range(4):
            comment(case, cast.moderator, "results", "And then?")
    save_section(case, "lessons", cast.learner, {"lessons": ["x"] * 15})
    reader = client_of(cast.moderator if "review" in path else cast.learner)
    address = path if path.startswith("/") else f"/cases/write/{case.id}/{path}"
    reader.get(address)
    with counted(engine) as statements:
        assert reader.get(address).status_code == 200
    about_cases = [one for one in statements if "case_" in one]
    assert len(about_cases) <= most
