"""The desk's registrants: found, limited to a focal point's country, taken away safely."""

import csv
import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from academy.db import session
from academy.people.models import Person
from academy.programme.service import register
from academy.security.models import AuditEntry
from tests.cast import Cast
from tests.programme.scenes import a_series, somebody

ClientOf = Callable[[Person], FlaskClient]
HERE = "/desk/series/weaving/registrants/"
FILES = ("/desk/series/weaving/registrants.csv", "/desk/series/weaving/registrants.xlsx")


@pytest.mark.parametrize("address", [HERE, *FILES])
def test_who_may_open_it(
    address: str, client: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    organiser = client_of(cast.organiser)
    assert organiser.get(address).status_code == 404
    a_series("weaving")
    assert organiser.get(address).status_code == 200
    assert "/sign-in" in client.get(address).location
    assert client_of(cast.learner).get(address).status_code == 403
    assert organiser.post(address).status_code == 405


def test_registrants_are_found_by_name_address_and_country(client_of: ClientOf, cast: Cast) -> None:
    series = a_series("weaving")
    register(cast.learner, series)
    register(cast.other_learner, series)
    organiser = client_of(cast.organiser)
    for query in ("?q=SUTRI", "?q=sutrisno@example.org", "?country=ID"):
        text = organiser.get(HERE + query).text
        assert (cast.other_learner.name in text, cast.learner.name in text) == (True, False)


def test_a_focal_point_sees_and_takes_the_people_of_the_own_country(
    client_of: ClientOf, cast: Cast
) -> None:
    series = a_series("weaving")
    register(somebody("Nepali", "NP"), series)
    register(somebody("Thai", "TH"), series)
    for address in (HERE, FILES[0]):
        text = client_of(cast.focal_point).get(address).text
        assert ("Nepali" in text, "Thai" in text) == (True, False)


def test_a_long_list_comes_in_pages(client_of: ClientOf, cast: Cast) -> None:
    series = a_series("weaving")
    for number in range(51):
        register(somebody(f"Learner {number:02}"), series)
    organiser = client_of(cast.organiser)
    assert "Learner 50" not in organiser.get(HERE + "?order=name").text
    assert "Learner 50" in organiser.get(HERE + "?order=name&page=2").text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\uff1d"])
def test_no_cell_of_a_file_acts_as_a_formula(start: str, client_of: ClientOf, cast: Cast) -> None:
    name = start + "HYPERLINK(1)"
    register(somebody(name), a_series("weaving"))
    organiser = client_of(cast.organiser)
    text = organiser.get(FILES[0]).data.decode("utf-8-sig")
    row = list(csv.reader(io.StringIO(text, newline="")))[1]
    assert row[0].startswith("'")
    sheet = load_workbook(io.BytesIO(organiser.get(FILES[1]).data)).active
    assert sheet is not None
    cell = sheet["A2"]
    assert (cell.data_type, str(cell.value)[0]) == ("s", "'")


def test_the_file_says_consents_answers_and_places(client_of: ClientOf, cast: Cast) -> None:
    series = a_series("weaving", capacity=1)
    register(cast.learner, series, consents={"recording": True}, answers={"Hope": "To weave"})
    register(cast.other_learner, series)
    answer = client_of(cast.organiser).get(FILES[0] + "?order=oldest")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"].endswith('filename="weaving-registrants.csv"')
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert [row["weaving-1"] for row in rows] == ["going", "waiting"]
    assert [row["agrees to recording"] for row in rows] == ["yes", ""]
    assert (rows[0]["Hope"], rows[0]["name"]) == ("To weave", cast.learner.name)


def test_the_log_keeps_who_took_how_many(client_of: ClientOf, cast: Cast) -> None:
    register(cast.learner, a_series("weaving"))
    client_of(cast.organiser).get(FILES[0])
    entry = session.query(AuditEntry).filter_by(action="registrations.export").one()
    assert (entry.actor_id, entry.facts["rows"]) == (cast.organiser.id, 1)


def test_an_unknown_kind_of_file_is_not_found(client_of: ClientOf, cast: Cast) -> None:
    a_series("weaving")
    address = "/desk/series/weaving/registrants.exe"
    assert client_of(cast.organiser).get(address).status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "9" * 30, "x"])
def test_a_page_that_cannot_be_is_no_error(page: str, client_of: ClientOf, cast: Cast) -> None:
    a_series("weaving")
    organiser = client_of(cast.organiser)
    assert organiser.get(f"{HERE}?page={page}").status_code == 200
    assert (
        organiser.get(f"/desk/live-sessions/weaving-1/attendance/?page={page}").status_code == 200
    )
    assert organiser.get(f"/desk/live-sessions/weaving-1/?page={page}").status_code == 200
