"""The desk's roles: given and taken by administrators, never one's own."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from academy.db import session
from academy.people.models import Person, RoleGrant
from academy.people.service import grant_role, revoke_role
from academy.people.service.roles import LastAdministrator
from academy.security.models import AuditEntry
from tests.cast import Cast

Browse = Callable[[Person], FlaskClient]
PAGE = "/desk/roles/"


@pytest.fixture
def boss(cast: Cast, client_of: Browse) -> FlaskClient:
    return client_of(cast.administrator)


def _give(browser: FlaskClient, **said: str) -> int:
    data = {"email": "sreymom@example.org", "role": "organiser", "country": "", **said}
    return browser.post(PAGE, data=data).status_code


def _roles(person: Person) -> list[tuple[str, str]]:
    grants = session.query(RoleGrant).filter_by(person_id=person.id)
    return [(grant.role, grant.country) for grant in grants]


def test_the_page_lists_who_holds_which_role(cast: Cast, boss: FlaskClient) -> None:
    assert cast.focal_point
    page = boss.get(PAGE).text
    assert "Bishnu Tamang" in page
    assert "Nepal" in page
    assert page.count("<h1") == 1


def test_a_role_is_given_and_written_into_the_log(cast: Cast, boss: FlaskClient) -> None:
    assert cast.learner
    assert _give(boss) == 303
    assert _roles(cast.learner) == [("organiser", "")]
    granted = session.query(AuditEntry).filter_by(action="role.granted")
    entry = granted.filter_by(subject=f"person:{cast.learner.id}").one()
    assert (entry.actor_id, entry.facts["role"]) == (cast.administrator.id, "organiser")


def test_a_focal_point_has_a_country_and_nobody_else(cast: Cast, boss: FlaskClient) -> None:
    assert cast.learner
    assert _give(boss, role="focal_point") == 422
    assert _give(boss, country="KH") == 422
    assert _give(boss, role="focal_point", country="KH") == 303
    assert _roles(cast.learner) == [("focal_point", "KH")]


@pytest.mark.parametrize(
    "said", [{"role": "king"}, {"role": "learner"}, {"role": ""}, {"email": "nobody@example.org"}]
)
def test_what_cannot_be_given_gets_a_sentence(
    cast: Cast, boss: FlaskClient, said: dict[str, str]
) -> None:
    assert cast.learner
    assert _give(boss, **said) == 422
    assert _roles(cast.learner) == []


def test_a_role_is_not_given_twice(cast: Cast, boss: FlaskClient) -> None:
    assert cast.learner
    assert (_give(boss), _give(boss)) == (303, 422)
    assert len(_roles(cast.learner)) == 1


def test_a_role_is_taken_away(cast: Cast, boss: FlaskClient) -> None:
    grant_role(cast.learner, "moderator")
    grant = session.query(RoleGrant).filter_by(person_id=cast.learner.id).one()
    assert boss.post(f"{PAGE}{grant.id}/removal").status_code == 303
    assert _roles(cast.learner) == []
    assert boss.post(f"{PAGE}{grant.id}/removal").status_code == 404


def test_nobody_changes_her_own_roles(cast: Cast, boss: FlaskClient) -> None:
    assert _give(boss, email="tenzin@example.org") == 403
    grant = session.query(RoleGrant).filter_by(person_id=cast.administrator.id).one()
    assert boss.post(f"{PAGE}{grant.id}/removal").status_code == 403


def test_the_last_administrator_stays(cast: Cast) -> None:
    grant = cast.administrator.roles[0]
    with pytest.raises(LastAdministrator):
        revoke_role(grant.id, by=None)


def test_only_administrators_open_the_page(
    cast: Cast, client: FlaskClient, boss: FlaskClient, client_of: Browse
) -> None:
    assert client.get(PAGE).location == f"/sign-in?next={PAGE}"
    for person in (cast.learner, cast.moderator, cast.organiser, cast.focal_point):
        assert client_of(person).get(PAGE).status_code == 403
        assert _give(client_of(person)) == 403
    assert boss.delete(PAGE).status_code == 405
