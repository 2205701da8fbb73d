"""/desk/log: who did what, for administrators."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from academy.db import session, transaction
from academy.people.models import Person
from academy.security import audit
from academy.security.models import AuditEntry
from academy.site.log_queries import PAGE
from tests.cast import Cast

ClientOf = Callable[[Person], FlaskClient]


@pytest.fixture
def administrator(cast: Cast, client_of: ClientOf) -> FlaskClient:
    return client_of(cast.administrator)


def note(action: str, times: int = 1, actor: Person | None = None) -> None:
    with transaction():
        for number in range(times):
            audit.note(action, f"series:{number}", actor_id=actor.id if actor else None, weeks=5)


def test_deeds_are_listed_with_who_and_what(administrator: FlaskClient, cast: Cast) -> None:
    note("series.create", actor=cast.organiser)
    page = administrator.get("/desk/log").text
    assert "series.create" in page
    assert "Aisyah binti Omar" in page
    assert "weeks: 5" in page


def test_a_deed_of_a_command_says_so(administrator: FlaskClient) -> None:
    note("series.create")
    assert "not signed in, or a command" in administrator.get("/desk/log").text


def test_the_beginning_of_a_deed_and_a_part_of_a_name_filter(
    administrator: FlaskClient, cast: Cast
) -> None:
    note("series.create", actor=cast.organiser)
    note("series.cancel", actor=cast.moderator)
    page = administrator.get("/desk/log?action=series.&actor=AISYAH").text
    assert "series.create" in page
    assert "series.cancel" not in page


def test_a_filter_that_fits_nothing_says_what_to_do(administrator: FlaskClient) -> None:
    assert "Nothing fits" in administrator.get("/desk/log?action=%25").text


def test_older_deeds_are_a_page_away_and_the_filter_stays(administrator: FlaskClient) -> None:
    note("series.change", times=PAGE + 1)
    page = administrator.get("/desk/log?action=series.change").text
    before = session.query(AuditEntry).filter_by(action="series.change").order_by(
        AuditEntry.id
    ).offset(1).first()  # fmt: skip
    assert before is not None
    assert f"action=series.change&amp;before={before.id}" in page
    older = administrator.get(f"/desk/log?action=series.change&before={before.id}").text
    assert "series:0<" in older


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/desk/log").headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("role", ["learner", "organiser", "focal_point", "moderator"])
def test_other_roles_may_not_read_it(cast: Cast, client_of: ClientOf, role: str) -> None:
    assert client_of(getattr(cast, role)).get("/desk/log").status_code == 403


def test_nothing_can_be_written_to_it(administrator: FlaskClient) -> None:
    assert administrator.post("/desk/log").status_code == 405
