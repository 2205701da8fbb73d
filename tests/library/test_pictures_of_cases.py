"""Pictures of cases: loaded from files once, shown light, gone with what names them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from academy.db import session, transaction
from academy.learning.commands import content
from academy.library.content import read_cases
from academy.library.models import CasePicture, CaseStudy
from academy.library.service import load_cases
from academy.people.models import Person
from tests.cast import Cast
from tests.library.picture_files import encoded, halves, keep_picture, opened, phone_photo
from tests.library.test_content_commands import GOOD

NAMED = b"""pictures:
- file: drying.jpg
  alternative: Two women spread rice on mats to dry it.
  credit: Drawn for this test
"""


def _folder(root: Path, data: bytes = b"", more: bytes = NAMED) -> Path:
    pictures = root / "cases" / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    (root / "cases" / "nepal.yaml").write_bytes(GOOD + more)
    (pictures / "drying.jpg").write_bytes(data or phone_photo())
    return root


def _check(folder: Path) -> str:
    return CliRunner().invoke(content, ["check", str(folder)]).output


def test_faults_of_pictures_are_named_with_their_lines_and_advice(tmp_path: Path) -> None:
    line = (GOOD + NAMED).count(b"\n") - 2
    assert "1 cases and 0 courses, no fault" in _check(_folder(tmp_path))
    weak = NAMED.replace(b"Two women spread rice on mats to dry it.", b"IMG_2034.jpg")
    assert f"nepal.yaml:{line + 1}: pictures.0.alternative" in _check(_folder(tmp_path, more=weak))
    small = _check(_folder(tmp_path, encoded(halves(20, 20))))
    assert f"nepal.yaml:{line}: pictures.0.file: drying.jpg cannot be shown (too_small)" in small
    assert "is PNG under another name. Call it .png." in _check(
        _folder(tmp_path, encoded(halves(), "PNG"))
    )
    assert "cannot be drawn (damaged)" in _check(_folder(tmp_path, phone_photo()[:-900]))
    stray = _folder(tmp_path, more=b"")
    assert "pictures/drying.jpg:1: no case shows this picture" in _check(stray)
    (stray / "cases/pictures/drying.jpg").unlink()
    _folder(tmp_path)
    (stray / "cases/pictures/drying.jpg").unlink()
    assert "drying.jpg is not there" in _check(stray)


def test_a_load_draws_once_and_follows_the_file(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    folder = _folder(tmp_path)
    assert load_cases(read_cases(folder).cases).created == 1
    before = session.scalars(select(CasePicture)).one()
    assert load_cases(read_cases(folder).cases).unchanged == 1
    _folder(tmp_path, phone_photo(orientation=1))
    assert load_cases(read_cases(folder).cases).updated == 1
    assert session.scalar(select(func.count(CasePicture.id))) == 2
    told = client.get("/cases/nepal/case.json").json
    assert told is not None
    [picture] = told["pictures"]
    assert (picture["width"], picture["height"]) == (300, 200)
    assert before.digest not in picture["file"]
    answer = client.get(picture["address"])
    assert opened(answer.data).size == (300, 200)
    assert client.get(f"/cases/nepal/pictures/{before.digest}-480.webp").status_code == 404


@pytest.fixture
def shown(app: Flask, tmp_path: Path) -> CaseStudy:
    """Return a case on the shelf whose record names one picture."""
    load_cases(read_cases(_folder(tmp_path)).cases)
    return session.scalars(select(CaseStudy)).one()


def _addresses(case: CaseStudy) -> list[str]:
    digest = session.scalars(select(CasePicture.digest)).first()
    return [f"/cases/{case.slug}/pictures/{digest}-{size}"
            for size in ("1200.webp", "480.webp", "640.jpg")]  # fmt: skip


def test_a_picture_is_given_as_bytes_that_nothing_can_run(
    shown: CaseStudy, client: FlaskClient
) -> None:
    for address, form in zip(_addresses(shown), ("WEBP", "WEBP", "JPEG"), strict=True):
        answer = client.get(address)
        assert opened(answer.data).format == form
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; ")
        assert policy.endswith("; sandbox")
        assert answer.headers["Cache-Control"].startswith("private, max-age=")
        again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
    for other in ("x.webp", "../case.json", "0" * 32 + "-99.webp", "0" * 32 + "-480.webp"):
        assert client.get(f"/cases/{shown.slug}/pictures/{other}").status_code == 404


def test_with_its_case_the_picture_leaves_the_public_address(
    shown: CaseStudy, client: FlaskClient
) -> None:
    address = _addresses(shown)[0]
    assert client.get(address).status_code == 200
    with transaction():
        session.execute(update(CaseStudy).values(status="withdrawn"))
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_no_published_record_names_is_for_those_who_work_on_the_case(
    shown: CaseStudy, client: FlaskClient
) -> None:
    keep_picture(shown.id, "c" * 32)
    assert client.get(f"/cases/{shown.slug}/pictures/{'c' * 32}-480.webp").status_code == 404


def test_the_page_shows_it_small_with_its_words(shown: CaseStudy, client: FlaskClient) -> None:
    page = client.get(f"/cases/{shown.slug}/").text
    assert 'alt="Two women spread rice on mats to dry it."' in page
    assert 'width="200" height="300"' in page
    assert 'loading="lazy" decoding="async"' in page
    assert "Drawn for this test" in page
    assert (
        f"![Two women spread rice on mats to dry it.]({'http'}"
        in client.get(f"/cases/{shown.slug}/case.md").text
    )


def test_who_saves_data_reads_the_words_and_chooses(shown: CaseStudy, client: FlaskClient) -> None:
    saving = {"Save-Data": "on"}
    page = client.get(f"/cases/{shown.slug}/", headers=saving).text
    before, _template, _after = page.partition("<template>")
    assert "<img" not in before
    assert "Two women spread rice" in before
    assert "Show the picture (1" in page
    asked = client.get(f"/cases/{shown.slug}/?pictures=shown", headers=saving).text
    assert "<template>" not in asked
    assert "-1200.webp " not in asked  # small ones only; the large one is a link


def test_a_picture_that_a_librarian_deletes_leaves_its_words(
    shown: CaseStudy, client: FlaskClient, cast: Cast, client_of: Callable[[Person], FlaskClient]
) -> None:
    picture, librarian = _addresses(shown)[0], client_of(cast.moderator)
    address = picture.replace("-1200.webp", "/removal")
    assert address in librarian.get(f"/cases/{shown.slug}/").text
    assert address not in client.get(f"/cases/{shown.slug}/").text
    assert "nobody can bring it back" in librarian.get(address).text
    assert librarian.post(address).location == f"/cases/{shown.slug}/"
    assert [librarian.post(address).status_code, client.get(picture).status_code] == [404, 404]
    page = client.get(f"/cases/{shown.slug}/").text
    assert "Two women spread rice" in page
    assert "This picture was taken away." in page
