"""The desk pages of attendance: who came, importing a file, undoing it, the evidence."""

import io
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from academy.attendance import service
from academy.attendance.listening.points import PointFacts
from academy.attendance.models import AttendanceImport, Identity
from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.conftest import register
from tests.attendance.zoom_files import zoom_file
from tests.cast import Cast

ClientOf = Callable[[Person], FlaskClient]
HERE = "/desk/live-sessions/may-1/attendance/"
SITI = ("Siti Aminah", "siti@example.org", "14:00:00", "15:00:00")
GUEST = ("Mr. Nobody", "", "14:10:00", "14:40:00")
BOT = ("Otter.ai", "", "14:00:00", "16:00:00")


@pytest.fixture
def desk(client_of: ClientOf, cast: Cast, live_session: LiveSession, siti: Person) -> FlaskClient:
    """Return the organiser's browser."""
    return client_of(cast.organiser)


def _upload(desk: FlaskClient, content: bytes) -> TestResponse:
    """Drop a file and say yes; return the page that tells what became of it."""
    data = {"files": (io.BytesIO(content), "zoom.csv")}
    desk.post(HERE + "import", data=data)
    return desk.post("/desk/series/may/attendance/import/run", follow_redirects=True)


def test_an_organiser_imports_a_file_and_reads_what_it_did(desk: FlaskClient) -> None:
    page = _upload(desk, zoom_file([SITI, GUEST, BOT]))
    assert page.status_code == 200
    assert "Matched to a person" in page.text
    assert "Undo this import" in page.text


def test_the_lists_tell_matched_unmatched_and_not_counted_apart(desk: FlaskClient) -> None:
    _upload(desk, zoom_file([SITI, GUEST, BOT]))
    assert "Siti Aminah" in desk.get(HERE).text
    assert "Mr. Nobody" in desk.get(HERE + "?show=unmatched").text
    assert "a recording bot" in desk.get(HERE + "?show=excluded").text


def test_a_list_is_searched_by_name(desk: FlaskClient) -> None:
    _upload(desk, zoom_file([SITI]))
    assert "Siti Aminah" in desk.get(HERE + "?q=siti").text
    assert "siti@" not in desk.get(HERE + "?q=100%").text
    assert "Siti Aminah</" not in desk.get(HERE + "?q=zzz").text


def test_before_any_file_the_page_offers_to_import_one(desk: FlaskClient) -> None:
    assert "Nobody knows yet who came" in desk.get(HERE).text


def test_an_import_is_undone(desk: FlaskClient) -> None:
    _upload(desk, zoom_file([SITI]))
    record = session.scalars(select(AttendanceImport)).one()
    page = desk.post(f"/desk/attendance-imports/{record.id}/undo", follow_redirects=True)
    assert "The import is undone" in page.text
    again = desk.post(f"/desk/attendance-imports/{record.id}/undo", follow_redirects=True)
    assert "Somebody has undone" in again.text


def test_the_evidence_of_an_identity_is_shown_as_it_came(desk: FlaskClient) -> None:
    _upload(desk, zoom_file([SITI]))
    identity = session.scalars(select(Identity)).one()
    page = desk.get(f"/desk/identities/{identity.id}/").text
    assert "05/02/2020 02:00:00 PM" in page
    assert "by a known address" in page


def test_matching_again_finds_who_registered_meanwhile(
    desk: FlaskClient, live_session: LiveSession
) -> None:
    _upload(desk, zoom_file([GUEST]))
    register(live_session.series, "Mr. Nobody", "nobody@example.org")
    page = desk.post(HERE + "match", follow_redirects=True)
    assert "1 more are known now" in page.text


def test_a_focal_point_sees_only_the_people_of_the_own_country(
    client_of: ClientOf, cast: Cast, desk: FlaskClient, live_session: LiveSession
) -> None:
    register(live_session.series, "Maya Gurung", "maya@example.org", "NP")
    _upload(desk, zoom_file([SITI, ("Maya Gurung", "maya@example.org", "14:00:00", "15:00:00")]))
    page = client_of(cast.focal_point).get(HERE).text
    assert "Maya Gurung" in page
    assert "Siti Aminah" not in page


def test_a_focal_point_sees_neither_strangers_nor_imports(
    client_of: ClientOf, cast: Cast, desk: FlaskClient
) -> None:
    _upload(desk, zoom_file([GUEST]))
    focal = client_of(cast.focal_point)
    assert focal.get(HERE + "?show=unmatched").status_code == 404
    assert focal.get(HERE + "import").status_code == 403


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, live_session: LiveSession) -> None:
    assert client.get(HERE).headers["Location"].startswith("/sign-in")


def test_a_learner_is_not_allowed(
    client_of: ClientOf, cast: Cast, live_session: LiveSession
) -> None:
    assert client_of(cast.learner).get(HERE).status_code == 403


def test_what_does_not_exist_is_not_found(desk: FlaskClient) -> None:
    assert desk.get("/desk/live-sessions/none/attendance/").status_code == 404
    assert desk.get("/desk/attendance-imports/99999/").status_code == 404
    assert desk.get("/desk/identities/99999/").status_code == 404


def test_undoing_is_not_done_by_looking(desk: FlaskClient) -> None:
    assert desk.get("/desk/attendance-imports/1/undo").status_code == 405


@pytest.mark.parametrize(
    ("state", "done", "words"),
    [
        ("waiting", 0, "Waits for its turn"),
        ("working", 0, "Is being read"),
        ("working", 420, "Being read, 42%"),
        ("working", 1000, "Read, being counted"),
    ],
)
def test_how_far_an_import_is_stands_on_its_page_and_in_every_list(
    desk: FlaskClient, live_session: LiveSession, state: str, done: int, words: str
) -> None:
    record = service.begin_import(live_session, zoom_file([SITI]), "zoom.csv", zone="UTC")
    total = 1000 if done else 0
    with transaction():
        record.state, record.rows_done, record.rows_total = state, done, total
    own = desk.get(f"/desk/attendance-imports/{record.id}/").text
    assert (words in own) is (done != 1000)  # there it says more: that all are counted at once
    assert state == "waiting" or "Waits for its turn" not in own
    for address in (HERE, HERE + "import"):
        page = desk.get(address).text
        live = f'data-live-url="[^"]*import={record.id}" data-live-job="import:{record.id}"'
        assert re.search(live + rf'><span class="badge badge--\w+">{words}<', page)


def _open_hall(live_session: LiveSession, desk_person: Person, country: str = "ID") -> None:
    facts = PointFacts("Hall", country, women=4, men=2, others=1, names=("Budi",))
    service.open_point(live_session, facts, None, service.Actor(desk_person.id, at_desk=True))


def test_people_without_a_name_and_devices_stand_beside_those_who_came(
    desk: FlaskClient, live_session: LiveSession, cast: Cast
) -> None:
    _upload(desk, zoom_file([SITI, (*SITI[:2], "15:10:00", "15:20:00"), GUEST]))
    _open_hall(live_session, cast.organiser)
    numbers = _numbers(desk.get(HERE).text)
    assert numbers["Came"] == "3"
    assert numbers["At listening points, without a name"] == "7"
    assert numbers["People reached"] == "10"
    assert numbers["Connections of devices"] == "3"
    assert "4 women · 2 men · 1 other" in desk.get(HERE).text


def test_a_listening_point_shows_before_any_file_and_devices_stay_unknown(
    desk: FlaskClient, live_session: LiveSession, cast: Cast
) -> None:
    facts = PointFacts("Hall", women=5)
    service.open_point(live_session, facts, None, service.Actor(cast.organiser.id, at_desk=True))
    numbers = _numbers(desk.get(HERE).text)
    assert numbers["At listening points, without a name"] == "5"
    assert (numbers["People reached"], numbers["Connections of devices"]) == ("–", "–")


def test_a_focal_point_reads_of_the_listening_points_of_her_countries_only(
    client_of: ClientOf, live_session: LiveSession, cast: Cast
) -> None:
    [own] = cast.focal_point.focal_countries
    _open_hall(live_session, cast.organiser, own)
    _open_hall(live_session, cast.organiser, "FI")
    numbers = _numbers(client_of(cast.focal_point).get(HERE).text)
    assert numbers == {"At listening points, without a name": "7"}


def _numbers(page: str) -> dict[str, str]:
    """Return the numbers that a page shows, by their labels."""
    found = re.findall(
        r'number__label">(.*?)</p>\s*<p class="number__value">(.*?)</p>', page, re.DOTALL
    )
    return {re.sub(r"<.*?>", "", label).strip(): value.strip() for label, value in found}
