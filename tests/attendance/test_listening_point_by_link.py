"""The listening point by the personal link: signed out, without a cookie, and for nobody else."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.attendance.models import Attendance, ListeningPoint
from academy.db import now, session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.personal_links import link_path, link_token
from academy.programme.service import cancel_registration, renew_link

HALL = {"place": "Balai Desa Sukamaju", "country": "ID", "version": "0", "women": "12"}


@pytest.fixture
def registration(live_session: LiveSession, siti: Person) -> Registration:
    """Return Siti's registration to a series whose live session goes on now."""
    with transaction() as current:
        live_session.starts_at = now() - timedelta(minutes=30)
        found = session.scalars(select(Registration)).one()
        live_session.places_taken = 1
        current.add(Place(registration=found, live_session=live_session, state="going"))
    return found


@pytest.fixture
def here(registration: Registration) -> str:
    """Return the address of Siti's listening point by her link."""
    return f"/listening-points/link/{link_token(registration)}/may-1/"


def test_the_door_leads_there(client: FlaskClient, registration: Registration, here: str) -> None:
    assert here in client.get(link_path(registration)).text


def test_it_is_told_changed_taken_back_and_brought_back_signed_out_and_without_a_cookie(
    app: Flask, here: str, siti: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    def send(path: str, **data: str) -> int:
        return app.test_client(use_cookies=False).post(path, data={**HALL, **data}).status_code

    assert send(here) == 302
    assert send(here, women="14", version="1") == 302
    assert session.scalars(select(ListeningPoint.women)).all() == [14]
    assert session.scalars(select(Attendance.person_id)).all() == [siti.id]
    assert (send(here + "withdrawal"), session.scalars(select(Attendance)).all()) == (302, [])
    assert send(here + "withdrawal/undo") == 302
    assert session.scalars(select(Attendance.person_id)).all() == [siti.id]


def test_what_cannot_be_is_said_there_too(client: FlaskClient, here: str) -> None:
    answer = client.post(here, data={**HALL, "women": "-3"})
    assert (answer.status_code, "between 0 and 500" in answer.text) == (422, True)


def test_the_address_is_passed_on_to_nobody(client: FlaskClient, here: str) -> None:
    answer = client.get(here)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_link_opens_the_live_sessions_of_its_own_series_only(
    client: FlaskClient, here: str
) -> None:
    with transaction() as current:
        other = Series(slug="june", title="June", zone="UTC", status="published")
        other.live_sessions.append(
            LiveSession(slug="june-1", number=1, title="J", starts_at=now(), minutes=60,
                        zone="UTC", status="published")
        )  # fmt: skip
        current.add(other)
    assert client.get(here.replace("may-1", "june-1")).status_code == 404
    assert client.get(here.replace("may-1", "none")).status_code == 404
    assert client.get("/listening-points/link/nobodys/may-1/").status_code == 404


def test_a_link_that_was_replaced_or_given_up_leads_to_the_door_which_says_why(
    client: FlaskClient, registration: Registration, here: str
) -> None:
    renew_link(registration)
    for path in (here, here + "withdrawal"):
        answer = client.open(path, method="GET" if path == here else "POST")
        assert answer.headers["Location"].startswith("/j/")
    assert client.get(here, follow_redirects=True).status_code == 410
    cancel_registration(session.get_one(Registration, registration.id))
    new = link_token(session.get_one(Registration, registration.id))
    answer = client.post(f"/listening-points/link/{new}/may-1/", data=HALL)
    assert answer.headers["Location"] == f"/j/{new}"
    assert session.scalars(select(ListeningPoint)).all() == []
