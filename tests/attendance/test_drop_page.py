"""The drop zone of a live session and of a series: files given, looked at, answered, imported."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from academy.attendance.models import AttendanceImport, OfferedFile
from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.zoom_files import zoom_file
from tests.cast import Cast
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
HERE = "/desk/live-sessions/may-1/attendance/import"
SERIES = "/desk/series/may/attendance/import"
SITI = ("Siti Aminah", "siti@example.org", "14:00:00", "16:20:00")
BUDI = ("Budi Hartono", "", "14:05:00", "16:25:00")


@pytest.fixture
def desk(client_of: ClientOf, cast: Cast, live_session: LiveSession, siti: Person) -> FlaskClient:
    """Return the organiser's browser."""
    return client_of(cast.organiser)


def _drop(desk: FlaskClient, *contents: bytes, at: str = HERE) -> TestResponse:
    files = [(io.BytesIO(content), f"file-{n}.csv") for n, content in enumerate(contents)]
    return desk.post(at, data={"files": files}, follow_redirects=True)


def _offer() -> OfferedFile:
    return session.scalars(select(OfferedFile)).one()


def _answer(desk: FlaskClient, offered: OfferedFile, **said: str) -> TestResponse:
    fields = {f"file-{offered.id}-{name}": value for name, value in said.items()}
    address = f"/desk/offered-files/{offered.id}/answers"
    return desk.post(address, data=fields, follow_redirects=True)


@pytest.mark.parametrize("address", [HERE, SERIES])
def test_the_zone_takes_many_files_without_any_script(desk: FlaskClient, address: str) -> None:
    page = desk.get(address).text
    assert 'type="file" name="files" id="files" multiple' in page
    assert "Look at the files" in page


def test_the_page_says_what_it_recognised_before_anything_counts(desk: FlaskClient) -> None:
    page = _drop(desk, zoom_file([SITI, BUDI])).text
    assert "Zoom, participants of a meeting · English · 2 people in 2 rows" in page
    assert "UTF-8, commas" in page
    assert "Kuala Lumpur, as the live session" in page
    assert "Sat 2 May 2020, 14:00–16:25" in page.replace("\u2060", "")
    assert "Principles" in page
    assert session.scalars(select(AttendanceImport)).all() == []


def test_several_files_are_looked_at_at_once_and_imported_at_once(desk: FlaskClient) -> None:
    other = zoom_file([("Ana", "", "14:00:00", "16:00:00")])
    page = _drop(desk, zoom_file([SITI]), other, b"Dear all,\n", at=SERIES)
    assert "Import all 2 that are ready" in page.text
    assert "Refused" in page.text
    page = desk.post(SERIES + "/run", follow_redirects=True)
    assert "2 files are imported." in page.text
    assert [one.state for one in session.scalars(select(AttendanceImport))] == ["done", "done"]


def test_one_file_of_several_can_be_imported_alone(desk: FlaskClient) -> None:
    _drop(desk, zoom_file([SITI]), zoom_file([BUDI]))
    first = session.scalars(select(OfferedFile).order_by(OfferedFile.id)).first()
    assert first is not None
    page = desk.post(SERIES + "/run", data={"file": str(first.id)}, follow_redirects=True)
    assert "Undo this import" in page.text
    assert _offer().name == "file-1.csv"


def test_another_clock_is_asked_about_and_the_answer_is_taken(desk: FlaskClient) -> None:
    page = _drop(desk, zoom_file([(*SITI[:2], "08:00:00", "10:20:00")])).text
    assert "On whose clock was it exported?" in page
    assert "this one would go from 08:00 to 10:20" in page
    assert "Berlin: then it goes from 14:00 to 16:20 in Kuala Lumpur" in page
    page = _answer(
        desk, _offer(), asked_zone="Europe/Berlin", live_session=str(_offer().live_session_id)
    ).text
    assert "Berlin, as you said" in page
    assert "Import this file" in page


def test_a_clock_can_be_named_by_its_city(desk: FlaskClient) -> None:
    _drop(desk, zoom_file([(*SITI[:2], "08:00:00", "10:20:00")]))
    offered = _offer()
    where = str(offered.live_session_id)
    page = _answer(desk, offered, asked_zone="other", live_session=where)
    assert (page.status_code, "Name the clock." in page.text) == (422, True)
    page = _answer(desk, offered, asked_zone="other", zone="atlantis", live_session=where)
    assert "no city or time zone" in page.text
    _answer(desk, offered, asked_zone="other", zone="berlin", live_session=where)
    assert _offer().reading["zone"] == "Europe/Berlin"


def test_a_question_that_is_not_answered_stays_open(desk: FlaskClient) -> None:
    _drop(desk, zoom_file([(*SITI[:2], "08:00:00", "10:20:00")]))
    page = _answer(desk, _offer(), live_session=str(_offer().live_session_id))
    assert (page.status_code, "Choose a clock." in page.text) == (422, True)


def test_a_file_of_no_live_session_says_what_is_missing(desk: FlaskClient) -> None:
    data = zoom_file([SITI]).replace(b"05/02/2020", b"07/19/2020")
    page = _drop(desk, data, at=SERIES).text
    assert "It is not clear which live session this is." in page
    assert "Import this file" not in page


def test_the_same_file_again_is_told_whether_it_waits_or_was_imported(desk: FlaskClient) -> None:
    _drop(desk, zoom_file([SITI]))
    assert "waits here already" in _drop(desk, zoom_file([SITI])).text
    desk.post(SERIES + "/run")
    assert "This very file was imported before." in _drop(desk, zoom_file([SITI])).text


def test_a_file_is_taken_off_the_desk(desk: FlaskClient) -> None:
    _drop(desk, zoom_file([SITI]))
    page = desk.post(f"/desk/offered-files/{_offer().id}/discard", follow_redirects=True)
    assert "is off the desk" in page.text
    assert session.scalars(select(OfferedFile)).all() == []


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n" + bytes(64), b"Dear all, we met.\n", bytes(range(256)) * 9],
)
def test_what_is_no_report_is_refused_with_a_sentence(desk: FlaskClient, content: bytes) -> None:
    page = _drop(desk, content)
    assert (page.status_code, "Refused" in page.text) == (200, True)
    assert _offer().problem in page.get_data(as_text=True).replace("&#39;", "'")


def test_no_file_at_all_is_told_at_the_field(desk: FlaskClient) -> None:
    page = desk.post(HERE, data={})
    assert (page.status_code, "Choose one file or several." in page.text) == (422, True)


def test_a_script_that_sends_file_by_file_gets_a_short_answer(desk: FlaskClient) -> None:
    data = {"files": (io.BytesIO(zoom_file([SITI])), "zoom.csv")}
    answer = desk.post(HERE, data=data, headers={"X-Fragment": "yes"})
    assert (answer.status_code, answer.data) == (201, b"")


def test_refused_rows_stand_on_the_card_with_their_numbers(desk: FlaskClient) -> None:
    row = b"Budi,,05/02/2020 02:00:61 PM,05/02/2020 03:00:00 PM,60,Yes\n"
    page = _drop(desk, zoom_file([SITI]) + row).text
    assert "1 row cannot be read" in page
    assert "Row 3:" in page


def test_a_row_that_leaves_before_it_joins_says_nothing_of_where_the_file_belongs(
    desk: FlaskClient,
) -> None:
    damaged = ("Ana", "", "15:00:00", "14:00:00")
    page = _drop(desk, zoom_file([SITI, damaged]), at=SERIES).text
    assert "100 % of the time in the file lies within it." in page
    assert "The leaving time is before the joining time." in page


def test_one_person_in_one_row_is_told_in_the_singular(desk: FlaskClient) -> None:
    assert "1 person in 1 row<" in _drop(desk, zoom_file([SITI])).text


def test_of_several_meetings_the_one_that_is_read_is_named_in_full(desk: FlaskClient) -> None:
    meeting = "Meeting ID,Topic,Start Time\n8121111222{0},Week {0},0{1}/2020 13:50:00\n\n"
    one = meeting.format(2, "5/02") + zoom_file([SITI]).decode()
    other = meeting.format(9, "5/09") + zoom_file([BUDI]).decode().replace("05/02", "05/09")
    page = _drop(desk, (one + "\n" + other).encode()).text
    assert "This file holds 2 meetings; read is Week 2, 2020-05-02." in page


def test_while_the_order_of_dates_is_open_nothing_is_said_of_how_well_it_fits(
    desk: FlaskClient, live_session: LiveSession
) -> None:
    with transaction():
        one = session.get_one(LiveSession, live_session.id)
        one.starts_at = datetime(2020, 4, 5, 6, 0, tzinfo=UTC)
        other = LiveSession(
            slug="may-2", number=2, title="Two", minutes=150, zone="Asia/Kuala_Lumpur",
            starts_at=datetime(2020, 5, 4, 6, 0, tzinfo=UTC), status="published",
        )  # fmt: skip
        one.series.live_sessions.append(other)
    data = zoom_file([SITI]).replace(b"05/02/2020", b"04/05/2020")
    page = _drop(desk, data, at=SERIES).text
    assert "Sunday 5 April 2020" in page
    assert "Monday 4 May 2020" in page
    assert "The file has no times" not in page


def test_a_name_that_is_markup_is_shown_as_text(desk: FlaskClient) -> None:
    data = {"files": (io.BytesIO(b"x"), "<b>x</b>.csv")}
    page = desk.post(HERE, data=data, follow_redirects=True).text
    assert "<b>x</b>" not in page


def test_a_large_file_shows_its_progress_and_is_found_again(
    desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("academy.attendance.service.offering.LARGE_BYTES", 10)
    page = _drop(desk, zoom_file([SITI])).text
    assert "Reading the file" in page
    assert f'data-live-job="offer:{_offer().id}"' in page


def test_ten_waiting_files_cost_no_more_statements_than_two(
    desk: FlaskClient, engine: Engine
) -> None:
    def drop(first: int, last: int) -> int:
        _drop(
            desk, *(zoom_file([(f"P{n}", "", "14:00:00", "16:00:00")]) for n in range(first, last))
        )
        session.remove()
        with counted(engine) as statements:
            desk.get(SERIES)
        return len(statements)

    assert drop(0, 2) == drop(2, 10)


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, live_session: LiveSession) -> None:
    assert client.get(SERIES).headers["Location"].startswith("/sign-in")


def test_neither_a_learner_nor_a_focal_point_may_give_files(
    client_of: ClientOf, cast: Cast, live_session: LiveSession
) -> None:
    for person in (cast.learner, cast.focal_point):
        assert client_of(person).get(HERE).status_code == 403
        assert client_of(person).post(SERIES + "/run").status_code == 403


def test_what_does_not_exist_is_not_found(desk: FlaskClient) -> None:
    assert desk.get("/desk/series/none/attendance/import").status_code == 404
    assert desk.post("/desk/offered-files/99999/discard").status_code == 404


def test_nothing_is_imported_by_looking(desk: FlaskClient) -> None:
    assert desk.get(SERIES + "/run").status_code == 405
