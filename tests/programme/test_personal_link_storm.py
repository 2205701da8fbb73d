"""Many people behind one address open their personal links, and one link is hammered."""

from collections.abc import Iterator

import pytest
import time_machine
from flask.testing import FlaskClient

from academy.attendance.models import Evidence, Identity
from academy.db import session
from academy.people.service import create_person
from academy.programme.models import Registration, Series
from academy.programme.service import register
from academy.programme.service.links import NOTED
from tests.cast import Cast
from tests.programme.doors import ROOM, START, a_day_of_weaving, path_of

#: As many as join from one office or one mobile network within some minutes.
HOUSEHOLD = 40


@pytest.fixture
def place(app: object, cast: Cast) -> Iterator[tuple[Series, Registration]]:
    """Return the series and the learner's registration, while the door is open."""
    with time_machine.travel(START, tick=False):
        yield a_day_of_weaving(cast.learner)


@pytest.fixture
def links(place: tuple[Series, Registration]) -> list[str]:
    """Return the ways in of forty people of one series."""
    people = [create_person(f"G{number}", f"g{number}@example.org") for number in range(HOUSEHOLD)]
    return [path_of(register(person, place[0])) for person in people]


def _wrong(client: FlaskClient, path: str, times: int) -> list[int]:
    return [client.get(f"{path}x{number}").status_code for number in range(times)]


def _go_in(client: FlaskClient, path: str) -> tuple[int, str | None]:
    answer = client.post(path, data={"live_session": "weaving-1"})
    return answer.status_code, answer.location


def test_everybody_behind_one_address_comes_in_however_often_they_look(
    client: FlaskClient, links: list[str]
) -> None:
    looks = [client.get(path).status_code for _time in range(5) for path in links]
    assert looks == [200] * 5 * HOUSEHOLD
    assert {_go_in(client, path) for path in links} == {(303, ROOM)}
    assert session.query(Identity).count() == HOUSEHOLD


def test_who_guesses_at_that_address_keeps_nobody_beside_them_out(
    client: FlaskClient, links: list[str]
) -> None:
    assert _wrong(client, links[0], 40)[-1] == 429
    assert [client.get(path).status_code for path in links] == [200] * HOUSEHOLD
    assert {_go_in(client, path) for path in links} == {(303, ROOM)}
    assert _wrong(client, links[0], 3) == [429] * 3


def test_one_link_that_is_hammered_leads_in_and_is_noted_no_more_often_than_allowed(
    client: FlaskClient, place: tuple[Series, Registration], links: list[str]
) -> None:
    path = path_of(place[1])
    assert [client.get(path).status_code for _time in range(100)] == [200] * 100
    assert {_go_in(client, path) for _time in range(100)} == {(303, ROOM)}
    assert session.query(Identity).count() == 1
    assert session.query(Evidence).count() == NOTED.attempts
    # The others of that address are noted all the same: it is counted by the link.
    assert {_go_in(client, other) for other in links} == {(303, ROOM)}
    assert session.query(Identity).count() == 1 + HOUSEHOLD
