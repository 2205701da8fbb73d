"""The desk's import of registrations: preview, question, import, report, rows to mend."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from academy.db import now, session
from academy.people.models import Person
from academy.programme.models import Registration, RegistrationImport, Series, UploadedFile
from academy.programme.registration_import import drop_old_files, records, sweep_imports
from tests.cast import Cast
from tests.programme.bad_files import BAD_FILES
from tests.programme.scenes import a_series

ClientOf = Callable[[Person], FlaskClient]
FORM = (
    "Timestamp,Email Address,Full name,Country,Why?\n"
    "4/25/2020 10:00:00,siti@example.org,Siti,Viet Nam,Rice\n"
    "4/26/2020 10:00:00,bo@example.org,Bo,Atlantis,=1+1\n"
)


@pytest.fixture
def series() -> Series:
    return a_series()


@pytest.fixture
def desk(cast: Cast, client_of: ClientOf) -> FlaskClient:
    return client_of(cast.organiser)


def _address(series: Series) -> str:
    return f"/desk/series/{series.slug}/registrations/import"


def give(desk: FlaskClient, series: Series, data: bytes | str, name: str = "f.csv") -> TestResponse:
    content = data.encode() if isinstance(data, str) else data
    # Written out here: the client's own writing leaves a temporary file open for large ones.
    head = f'--mark\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + b"\r\n--mark--\r\n"
    return desk.post(_address(series), data=body, content_type="multipart/form-data; boundary=mark")


def count(table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_file_is_shown_before_anything_is_imported(desk: FlaskClient, series: Series) -> None:
    answer = give(desk, series, FORM)
    page = desk.get(answer.location)
    assert "Import 1 registration" in page.text
    assert "Atlantis" in page.text
    assert "Viet Nam" in page.text or "Vietnam" in page.text
    assert count(Registration) == 0


def test_the_button_imports_and_the_report_says_what_changed(
    desk: FlaskClient, series: Series
) -> None:
    address = give(desk, series, FORM).location
    assert desk.post(f"{address}run").location == address
    page = desk.get(address)
    assert "The file is imported." in page.text
    assert count(Registration) == 1
    desk.post(f"{address}run")
    assert count(Registration) == 1


def test_the_refused_rows_come_as_a_file_to_mend(desk: FlaskClient, series: Series) -> None:
    address = give(desk, series, FORM).location
    desk.post(f"{address}run")
    answer = desk.get(f"{address}refused.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.text.splitlines()[0].endswith(",Why it was refused")
    assert "bo@example.org,Bo,Atlantis,'=1+1,The country" in answer.text
    again = give(desk, series, answer.text.replace("Atlantis", "Nepal"))
    desk.post(f"{again.location}run")
    answers = session.scalars(select(Registration.answers)).all()
    assert {"Why?": "=1+1"} in answers


def test_of_an_imported_file_the_refused_rows_are_kept_and_only_for_a_week(
    desk: FlaskClient, series: Series
) -> None:
    address = give(desk, series, FORM).location
    desk.post(f"{address}run")
    kept = session.scalars(select(UploadedFile.content)).one().decode()
    assert "Atlantis" in kept
    assert "Hanoi" not in kept
    drop_old_files(now() + timedelta(days=6))
    assert desk.get(f"{address}refused.csv").status_code == 200
    drop_old_files(now() + timedelta(days=8))
    assert desk.get(f"{address}refused.csv").status_code == 410
    page = desk.get(address).text
    assert "refused.csv" not in page
    assert "The file itself was dropped" in page


def test_a_file_of_which_every_row_was_used_is_dropped_at_once(
    desk: FlaskClient, series: Series
) -> None:
    address = give(desk, series, "Name,E-mail,Country\nSiti,s@x.org,Nepal\n").location
    desk.post(f"{address}run")
    assert session.scalars(select(UploadedFile.content)).one() == b""


def test_a_column_that_nobody_can_tell_is_asked(desk: FlaskClient, series: Series) -> None:
    address = give(desk, series, "Given,Mail,Land\nSiti,s@x.org,Nepal\n").location
    page = desk.get(address)
    assert "Which column holds the name?" in page.text
    assert "Import 1 registration" not in page.text
    nothing = {"name": "", "email": "2", "country": "3"}
    assert desk.post(f"{address}columns", data=nothing).status_code == 422
    desk.post(f"{address}columns", data={"name": "1", "email": "2", "country": "3"})
    assert "Import 1 registration" in desk.get(address).text


def test_a_column_can_be_corrected(desk: FlaskClient, series: Series) -> None:
    address = give(desk, series, "Name,Mail,Land,Born in\nSiti,s@x.org,Nepal,India\n").location
    desk.post(f"{address}columns", data={"name": "1", "email": "2", "country": "4"})
    desk.post(f"{address}run")
    assert session.scalars(select(Registration)).one().person.country == "IN"


def test_one_column_cannot_be_two_things(desk: FlaskClient, series: Series) -> None:
    address = give(desk, series, FORM).location
    answer = desk.post(f"{address}columns", data={"name": "2", "email": "2", "country": "4"})
    assert answer.status_code == 422


def test_a_file_can_be_thrown_away(desk: FlaskClient, series: Series) -> None:
    address = give(desk, series, FORM).location
    desk.post(f"{address}discard")
    assert (count(UploadedFile), count(RegistrationImport)) == (0, 0)
    assert desk.get(address).status_code == 404


def test_a_file_that_nobody_imports_is_forgotten(desk: FlaskClient, series: Series) -> None:
    give(desk, series, FORM)
    sweep_imports()
    assert count(UploadedFile) == 1
    session.scalars(select(RegistrationImport)).one().created_at -= records.PREVIEWS_ARE_KEPT
    session.flush()
    sweep_imports()
    assert count(UploadedFile) == 0


def test_who_answered_twice_is_shown_with_the_row_that_counts(
    desk: FlaskClient, series: Series
) -> None:
    text = FORM + "4/20/2020 9:00:00,Siti@example.org,Siti A,Nepal,Maize\n"
    page = desk.get(give(desk, series, text).location).text
    assert "Answered more than once" in page
    assert re.search(r'Counts">Row 2<.*Replaced">4<', page, re.DOTALL)


def test_a_large_file_waits_for_a_worker_that_shows_how_far_it_is(
    desk: FlaskClient, series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MOST_ROWS_AT_ONCE", 1)
    address = give(desk, series, FORM).location
    desk.post(f"{address}run")
    page = desk.get(address)
    assert 'http-equiv="refresh"' in page.text
    assert count(Registration) == 0
    sweep_imports()
    assert "The file is imported." in desk.get(address).text
    assert "<html" not in desk.get(address, headers={"X-Fragment": "1"}).text
    sweep_imports()
    assert count(Registration) == 1


def test_earlier_imports_are_listed_with_who_gave_them(
    desk: FlaskClient, series: Series, cast: Cast
) -> None:
    address = give(desk, series, FORM, "may.csv").location
    desk.post(f"{address}run")
    page = desk.get(_address(series))
    assert "may.csv" in page.text
    assert cast.organiser.name in page.text


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_used_is_refused_and_not_kept(
    desk: FlaskClient, series: Series, name: str
) -> None:
    before = count(Person)
    answer = give(desk, series, BAD_FILES[name]())
    assert answer.status_code in {413, 422}
    if answer.status_code == 422:
        assert re.search(r'class="field__error".*?\.', answer.text, re.DOTALL)
    assert (count(UploadedFile), count(Registration), count(Person)) == (0, 0, before)


def test_a_name_that_is_a_script_is_shown_as_text(desk: FlaskClient, series: Series) -> None:
    text = 'Name,Email,"<b>Q</b>"\n<script>alert(1)</script>,s@x.org,<img src=x>\n'
    address = give(desk, series, text, "<img src=x>.csv").location
    page = desk.get(address).text
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, series: Series) -> None:
    assert "/sign-in" in client.get(_address(series)).location


def test_the_wrong_role_gets_403(client_of: ClientOf, cast: Cast, series: Series) -> None:
    for person in (cast.learner, cast.focal_point, cast.moderator):
        assert client_of(person).get(_address(series)).status_code == 403
        assert give(client_of(person), series, FORM).status_code == 403


def test_an_import_of_another_series_is_not_found(desk: FlaskClient, series: Series) -> None:
    address = give(desk, series, FORM).location
    other = a_series()
    assert desk.get(address.replace(series.slug, other.slug)).status_code == 404


def test_the_wrong_method_is_405(desk: FlaskClient, series: Series) -> None:
    assert desk.delete(_address(series)).status_code == 405
