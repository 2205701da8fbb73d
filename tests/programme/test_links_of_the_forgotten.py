"""Personal links and calendars of people who are forgotten lead nowhere, for anybody."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.db import session
from academy.programme.models import Registration
from academy.programme.personal_links import calendar_path, card_path, link_path
from academy.programme.service import register
from academy.programme.service.retention import run_retention
from tests.cast import Cast
from tests.programme.held_series import Held, hold_series, keep_for_six_months
from tests.programme.scenes import a_series, somebody


@pytest.fixture
def held(cast: Cast) -> Held:
    """Return a series whose people are kept for six months, which are long over."""
    found = hold_series(cast)
    keep_for_six_months(found.series)
    return found


def _paths() -> list[str]:
    registrations = session.scalars(select(Registration).order_by(Registration.id)).all()
    return [way(one) for one in registrations for way in (link_path, card_path, calendar_path)]


def test_a_link_of_somebody_forgotten_is_dead(held: Held, client: FlaskClient) -> None:
    paths = _paths()
    assert {client.get(path).status_code for path in paths} == {200}
    run_retention()
    assert {client.get(path).status_code for path in paths} <= {404, 410}


def test_no_old_link_opens_the_door_of_who_comes_later(held: Held, client: FlaskClient) -> None:
    paths = _paths()
    run_retention()
    series = a_series()
    for _each in range(len(paths)):
        register(somebody(), series, source="desk")
    assert {client.get(path).status_code for path in paths} <= {404, 410}
