"""The step in which members give pictures: taken or refused with a sentence, nothing lost."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from academy.db import now, session, transaction
from academy.lib.pictures import Busy, Drawn, Head, NotDrawn
from academy.lib.pictures.output import Part
from academy.library.draft_queries import read_contents
from academy.library.errors import NotPossible
from academy.library.holding import HOLDER
from academy.library.models import CasePicture, CaseStudy
from academy.library.service import publish_case, save_section, submit_case
from academy.library.service.picturing import erase_picture, put_back_picture
from academy.library.sweeping import sweep_pictures
from academy.library.working_copy import assemble
from academy.moderation.service import decide_on_person
from academy.people.models import Person
from tests.cast import Cast
from tests.library.cases import a_draft, a_told_draft
from tests.library.picture_files import keep_picture, opened, phone_photo

ClientOf = Callable[[Person], FlaskClient]
DREW = "academy.library.service.pictures.draw"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every file for a picture without drawing it."""
    sizes = (Part(1200, 900, b"large"), Part(480, 360, b"small"), Part(640, 480, b"plain"))
    monkeypatch.setattr(DREW, lambda _data: Drawn(Head("jpeg", 4000, 3000), *sizes))


def _send(
    client: FlaskClient, case: CaseStudy, *files: tuple[str, bytes], **typed: Any
) -> TestResponse:
    given = [(io.BytesIO(data), name) for name, data in files]
    return client.post(f"/cases/write/{case.id}/pictures/", data={"files": given, **typed})


def _again(case: CaseStudy) -> CaseStudy:
    """Return the case anew: a request has let go of the one that the test held."""
    return session.get_one(CaseStudy, case.id)


def _rows(case: CaseStudy) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = read_contents(case.id)["pictures"].get("pictures", [])
    return rows


def _row(number: int, file: str, words: str = "") -> dict[str, str]:
    return {f"pictures-{number}-file": file, f"pictures-{number}-alternative": words}


def test_a_photo_becomes_a_picture_of_the_case_and_of_the_shelf(
    cast: Cast, client_of: ClientOf, client: FlaskClient
) -> None:
    case, writer = a_told_draft(cast.learner), client_of(cast.learner)
    assert _send(writer, case, ("a.jpg", phone_photo())).location.endswith("#pictures")
    [row] = _rows(case)
    address = f"/cases/{case.slug}/pictures/{row['file'].replace('.webp', '-480.webp')}"
    assert address in writer.get(f"/cases/write/{case.id}/pictures/").text
    drawn = writer.get(address)
    assert opened(drawn.data).size == (200, 300)
    assert drawn.headers["Cache-Control"] == "no-store"
    assert [client.get(address).status_code,
            client_of(cast.other_learner).get(address).status_code] == [404, 404]  # fmt: skip
    problems = assemble(read_contents(case.id)).problems
    assert [(one.anchor, one.why) for one in problems] == [("pictures-0-alternative", "unseen")]
    words = row | {"alternative": "Two women tie seaweed to a line.", "credit": "Ana"}
    case = _again(case)
    save_section(case, "pictures", cast.learner, {"pictures": [words]})
    assert address in writer.get(f"/cases/write/{case.id}/check/").text
    publish_case(submit_case(_again(case), cast.learner), cast.moderator)
    assert client.get(address).status_code == 200
    assert "Two women tie seaweed" in client.get(f"/cases/{case.slug}/").text


REASONS = {
    "heic": "Send the photo to yourself by mail", "svg": "Save it as PNG",
    "too_large": "larger than 12 MB", "damaged": "could not be read to its end",
    "too_small": "has only 1 × 2 pixels", "too_many_pixels": "more than we can open",
    "other_kind": "Save it as JPEG or PNG", "empty": "is empty", "too_heavy": "more memory",
}  # fmt: skip


@pytest.mark.parametrize("reason", REASONS)
def test_a_refusal_says_what_to_do_and_keeps_what_was_typed(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, reason: Any
) -> None:
    def refuse(_data: bytes) -> Drawn:
        raise NotDrawn(reason, Head("png", 1, 2))

    monkeypatch.setattr(DREW, refuse)
    case, writer = a_draft(cast.learner), client_of(cast.learner)
    typed = _row(0, "a.webp", "Words that were typed") | {"marks": ""}
    answer = _send(writer, case, ("my <b>photo</b>", b"x"), **typed)
    page = writer.get(answer.location).text
    assert REASONS[reason] in page
    assert "my &lt;b&gt;photo" in page
    assert "Words that were typed" in page


@pytest.mark.usefixtures("quick")
def test_several_are_taken_in_their_order_each_once_and_twelve_at_most(
    cast: Cast, client_of: ClientOf
) -> None:
    case, writer = a_draft(cast.learner), client_of(cast.learner)
    _send(writer, case, ("a", b"1"), ("b", b"2"), ("again", b"1"))
    assert len(_rows(case)) == 2
    _send(writer, case, *((str(each), str(each).encode()) for each in range(3, 15)))
    assert len(_rows(case)) == 12
    full = _send(writer, case, ("one more", b"99"))
    assert "a case has 12 pictures at most" in writer.get(full.location).text


def test_when_too_many_are_drawn_the_others_are_kept_and_this_one_is_sent_again(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wait(_data: bytes) -> Drawn:
        raise Busy

    monkeypatch.setattr(DREW, wait)
    case, writer = a_draft(cast.learner), client_of(cast.learner)
    answer = writer.post(
        f"/cases/write/{case.id}/pictures/", headers={"X-Requested-With": "fetch"},
        data={"files": [(io.BytesIO(b"x"), "a.jpg")]},
    )  # fmt: skip
    assert answer.status_code == 503
    assert answer.json is not None
    assert "Send it again in a minute" in answer.json["refused"][0]


def test_a_body_of_fifty_megabytes_is_refused_before_it_is_read(
    cast: Cast, client_of: ClientOf
) -> None:
    case, writer = a_draft(cast.learner), client_of(cast.learner)
    answer = writer.post(
        f"/cases/write/{case.id}/pictures/", input_stream=io.BytesIO(b""),
        environ_overrides={"CONTENT_LENGTH": str(51 * 1024 * 1024)},
        content_type="multipart/form-data; boundary=x",
    )  # fmt: skip
    assert answer.status_code == 413
    assert "Nothing was stored" in answer.text


@pytest.mark.usefixtures("quick")
def test_pictures_are_ordered_taken_out_and_put_back_without_a_script(
    cast: Cast, client_of: ClientOf
) -> None:
    case, writer = a_draft(cast.learner), client_of(cast.learner)
    _send(writer, case, ("a", b"1"), ("b", b"2"))
    first, second = (row["file"] for row in _rows(case))
    typed = _row(0, first, "The first of the two") | _row(1, second) | {"marks": ""}
    _send(writer, case, do="down 0", **typed)
    assert [row["file"] for row in _rows(case)] == [second, first]
    turned = _row(0, second) | _row(1, first, "The first of the two") | {"marks": ""}
    _send(writer, case, do="remove pictures 1", **turned)
    assert [row["file"] for row in _rows(case)] == [second]
    digest = first.removesuffix(".webp")
    page = writer.get(f"/cases/write/{case.id}/pictures/").text
    assert f'value="back {digest}"' in page
    _send(writer, case, do=f"back {digest}", **_row(0, second), marks="")
    assert [row["file"] for row in _rows(case)] == [second, first]
    _send(writer, case, do=f"back {'e' * 32}", **_row(0, second), marks="")
    for nonsense in ("up x", "down 99", "up -1", "up"):
        assert _send(writer, case, do=nonsense, **typed).status_code == 302


@pytest.mark.usefixtures("quick")
def test_a_co_writers_change_is_not_overwritten_by_a_picture(
    cast: Cast, client_of: ClientOf
) -> None:
    case, writer = a_draft(cast.learner), client_of(cast.learner)
    _send(writer, case, ("a", b"1"))
    [row] = _rows(case)
    theirs = [row | {"alternative": "Theirs"}]
    save_section(_again(case), "pictures", cast.learner, {"pictures": theirs})
    typed = _row(0, row["file"], "Mine") | {"marks": '{"pictures": "0123456789abcdef"}'}
    both = _send(writer, case, ("b", b"2"), **typed)
    assert both.status_code == 409
    assert "Mine" in both.text
    assert [one["alternative"] for one in _rows(case)] == ["Theirs"]


@pytest.mark.usefixtures("quick")
def test_who_may_not_write_gives_no_picture(cast: Cast, client_of: ClientOf) -> None:
    case, writer = a_draft(cast.learner), client_of(cast.learner)
    assert _send(client_of(cast.other_learner), case, ("a", b"1")).status_code == 404
    decide_on_person(cast.learner, cast.moderator, "silence", "spam")
    _send(writer, case, ("a", b"1"))
    assert session.scalar(select(func.count(CasePicture.id))) == 0


def test_what_is_deleted_for_good_leaves_the_working_copy(cast: Cast) -> None:
    case = a_draft(cast.learner)
    for digest in ("a" * 32, "b" * 32):
        keep_picture(case.id, digest)
    rows = [{"file": f"{letter * 32}.webp"} for letter in "ab"]
    save_section(case, "pictures", cast.learner, {"pictures": rows})
    erase_picture(case, cast.moderator, "a" * 32)
    assert _rows(case) == rows[1:]
    with pytest.raises(NotPossible):
        put_back_picture(case, cast.learner, "a" * 32)


def test_an_older_version_shows_what_was_taken_out_to_its_writers_alone(
    cast: Cast, client_of: ClientOf, client: FlaskClient
) -> None:
    case = a_told_draft(cast.learner)
    for digest in ("a" * 32, "b" * 32):
        keep_picture(case.id, digest)
        row = {"file": f"{digest}.webp", "alternative": f"What {digest[0]} shows"}
        save_section(case, "pictures", cast.learner, {"pictures": [row]})
        publish_case(submit_case(case, cast.learner), cast.moderator)
    old = f"/cases/{case.slug}/pictures/{'a' * 32}-480.webp"
    page = client.get(f"/cases/{case.slug}/versions/1/").text
    assert "What a shows" in page
    assert old not in page
    assert client.get(old).status_code == 404
    writer = client_of(cast.learner)
    assert old in writer.get(f"/cases/{case.slug}/versions/1/").text
    assert writer.get(old).status_code == 200


def _age(digest: str, days: int = 2) -> None:
    with transaction() as current:
        old = now() - timedelta(days=days)
        this = CasePicture.digest == digest
        current.execute(update(CasePicture).where(this).values(created_at=old))


def test_what_nothing_names_is_swept_after_a_day(cast: Cast) -> None:
    case = a_told_draft(cast.learner)
    drafted, published, older, unused, new = (letter * 32 for letter in "abcde")
    for digest in (drafted, published, older, unused, new):
        keep_picture(case.id, digest, person_id=cast.learner.id)
    for digest in (drafted, published, older, unused):
        _age(digest)
    for shown in ([older, published], [published], [published, drafted]):
        rows = [{"file": f"{each}.webp", "alternative": "What it shows"} for each in shown]
        save_section(case, "pictures", cast.learner, {"pictures": rows})
        if drafted not in shown:
            publish_case(submit_case(case, cast.learner), cast.moderator)
    assert sweep_pictures() == 1
    left = session.scalars(select(CasePicture.digest).order_by(CasePicture.digest)).all()
    assert left == [drafted, published, older, new]
    assert sweep_pictures() == 0


def test_whoever_leaves_reads_of_their_pictures_and_takes_those_of_drafts_along(
    cast: Cast,
) -> None:
    case = a_draft(cast.learner)
    other = a_draft(cast.other_learner)
    keep_picture(case.id, "a" * 32, person_id=cast.learner.id)
    keep_picture(other.id, "b" * 32, person_id=cast.learner.id)
    told = HOLDER.told(cast.learner.id)["pictures_given"]
    assert {one["address"].split("/")[2] for one in told} == {case.slug, other.slug}
    HOLDER.let_go(cast.learner.id)
    [left] = session.scalars(select(CasePicture)).all()
    session.refresh(left)
    assert (left.digest, left.created_by) == ("b" * 32, None)
