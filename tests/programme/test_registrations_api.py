"""/api/v1/series/<slug>/registrations, for programs of organisers and focal points."""

from collections.abc import Callable

import pytest

from academy.db import session
from academy.messaging.models import Message
from academy.people.models import Person
from academy.programme import service
from academy.security.models import AuditEntry
from tests.cast import Cast
from tests.programme.scenes import a_series, somebody
from tests.programs import Program

SREYMOM = {"name": "ស្រីមុំ", "email": "sreymom@example.net", "country": "KH"}
HERE = "/series/weaving/registrations"


@pytest.fixture
def program(cast: Cast, program_of: Callable[..., Program]) -> Program:
    a_series("weaving", weeks=2)
    return program_of(cast.organiser)


def test_a_new_person_is_registered_with_a_place_in_every_live_session(program: Program) -> None:
    answer = program("POST", HERE, json=SREYMOM)
    assert (answer.status_code, answer.json["person"]["name"]) == (201, "ស្រីមុំ")
    assert answer.json["places"] == [
        {"live_session": "weaving-1", "state": "going"},
        {"live_session": "weaving-2", "state": "going"},
    ]


def test_the_person_gets_the_confirmation_by_mail_once(program: Program) -> None:
    program("POST", HERE, json=SREYMOM), program("POST", HERE, json=SREYMOM)
    mails = session.query(Message).filter_by(kind="registered").all()
    assert [mail.address for mail in mails] == ["sreymom@example.net"]


def test_answering_twice_counts_once(program: Program) -> None:
    first = program("POST", HERE, json=SREYMOM)
    second = program("POST", HERE, json=SREYMOM | {"answers": {"Why?": "To learn"}})
    assert (second.status_code, second.json["id"]) == (200, first.json["id"])
    assert second.json["answers"] == {"Why?": "To learn"}


def test_an_address_that_is_known_is_the_same_person(program: Program, cast: Cast) -> None:
    learner, known = cast.learner, SREYMOM | {"email": "SREYMOM@example.org"}
    assert program("POST", HERE, json=known).json["person"]["id"] == learner.id


@pytest.mark.parametrize(
    "change",
    [
        {"email": "a@b.org, c@d.org"}, {"email": ["a@b.org"]}, {"email": "nobody"},
        {"country": "Cambodia"}, {"country": "XX"}, {"name": ""}, {"role": "administrator"},
        {"person_id": 1}, {"answers": {"a": 1}}, {"name": "a\x00b"},
    ],
)  # fmt: skip
def test_what_is_wrong_or_unknown_registers_nobody(
    program: Program, change: dict[str, object]
) -> None:
    people = session.query(Person).count()
    assert program("POST", HERE, json=SREYMOM | change).status_code in {400, 422}
    assert session.query(Person).count() == people


def test_taking_a_registration_back_gives_its_places_to_others(program: Program) -> None:
    number = program("POST", HERE, json=SREYMOM).json["id"]
    answer = program("DELETE", f"{HERE}/{number}")
    assert (answer.status_code, answer.data) == (204, b"")
    listed = program("GET", HERE).json["items"][0]
    assert listed["cancelled_at"] is not None
    assert program("GET", "/live-sessions/weaving-1").json["places_taken"] == 0


def test_a_registration_of_another_series_is_not_found_here(program: Program) -> None:
    elsewhere = service.register(somebody(), a_series("other"), source="api")
    assert program("DELETE", f"{HERE}/{elsewhere.id}").status_code == 404


def test_who_did_it_stands_in_the_log(program: Program, cast: Cast) -> None:
    program("POST", HERE, json=SREYMOM)
    entry = session.query(AuditEntry).filter_by(action="registration.create").one()
    assert entry.actor_id == cast.organiser.id


def test_a_focal_point_sees_and_registers_only_people_of_its_country(
    program: Program, cast: Cast, program_of: Callable[..., Program]
) -> None:
    program("POST", HERE, json=SREYMOM)
    program("POST", HERE, json={"name": "Maya", "email": "maya@example.net", "country": "NP"})
    focal = program_of(cast.focal_point)
    listed = focal("GET", HERE).json["items"]
    assert [each["person"]["name"] for each in listed] == ["Maya"]
    other = program("GET", HERE).json["items"][0]["id"]
    assert focal("DELETE", f"{HERE}/{other}").status_code == 404
    assert focal("POST", HERE, json=SREYMOM | {"email": "new@example.net"}).status_code == 403


def test_a_series_that_was_cancelled_takes_nobody(program: Program) -> None:
    program("PATCH", "/series/weaving", json={"status": "cancelled"})
    assert program("POST", HERE, json=SREYMOM).status_code == 409
