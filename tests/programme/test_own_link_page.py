"""One's own personal link: in the mail, on one's pages, made anew by oneself or an organiser."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from academy.db import session
from academy.messaging.models import Message
from academy.messaging.service import deliver
from academy.people.models import Person
from academy.programme.models import Registration
from academy.programme.personal_links import calendar_path, link_path
from academy.programme.service import cancel_registration, register
from academy.security.models import AuditEntry
from tests.cast import Cast
from tests.messaging.conftest import Pigeonhole, pigeonhole, text_of
from tests.programme.doors import path_of
from tests.programme.scenes import a_series

__all__ = ["pigeonhole"]  # a fixture of the messages' tests
ClientOf = Callable[[Person], FlaskClient]
HERE = "/series/weaving/link"


@pytest.fixture
def registration(cast: Cast) -> Registration:
    return register(cast.learner, a_series("weaving", weeks=2))


def test_the_mail_that_confirms_a_registration_holds_the_link_and_the_way_to_its_picture(
    registration: Registration,
) -> None:
    text = session.query(Message).filter_by(kind="registered").one().text
    assert f"\nhttp://127.0.0.1:8000{link_path(registration)}\n" in text
    assert f"\nhttp://127.0.0.1:8000{link_path(registration)}/card\n" in text


def test_the_link_is_on_the_pages_of_whose_it_is(
    client_of: ClientOf, cast: Cast, registration: Registration
) -> None:
    learner, path = client_of(cast.learner), link_path(registration)
    assert f'href="{path}"' in learner.get("/my/live-sessions/").text
    assert HERE in learner.get("/series/weaving/").text
    assert HERE in learner.get("/live-sessions/weaving-1/").text
    page = learner.get(HERE).text
    assert f'href="{path}"' in page
    assert "<svg" in page
    assert calendar_path(registration) in page


def test_a_new_link_makes_the_old_one_worthless_and_comes_by_mail(
    client_of: ClientOf, client: FlaskClient, cast: Cast, registration: Registration
) -> None:
    old, old_calendar = link_path(registration), calendar_path(registration)
    learner = client_of(cast.learner)
    answer = learner.post(HERE)
    assert (answer.status_code, answer.location) == (302, HERE)
    new = path_of(registration)
    assert new in learner.get(HERE).text
    assert [client.get(path).status_code for path in (old, old_calendar, new)] == [410, 410, 200]
    assert new in session.query(Message).filter_by(kind="link_renewed").one().text
    entry = session.query(AuditEntry).filter_by(action="link.renew").one()
    assert (entry.actor_id, entry.subject) == (cast.learner.id, f"registration:{registration.id}")
    assert new.split("/")[-1] not in str(entry.facts)


def test_an_organiser_makes_a_new_one_and_never_sees_it(
    client_of: ClientOf, cast: Cast, registration: Registration
) -> None:
    organiser, registrants = client_of(cast.organiser), "/desk/series/weaving/registrants/"
    assert "New link" in organiser.get(registrants).text
    answer = organiser.post(f"{registrants}{registration.id}/link", follow_redirects=True)
    assert "has a new link, sent by mail" in answer.text
    new = path_of(registration)
    assert new.split("/")[-1] not in answer.text
    assert new in session.query(Message).filter_by(kind="link_renewed").one().text


def test_a_focal_point_and_somebody_else_make_no_new_ones(
    client_of: ClientOf, cast: Cast, registration: Registration
) -> None:
    there = f"/desk/series/weaving/registrants/{registration.id}/link"
    assert client_of(cast.focal_point).post(there).status_code == 403
    assert client_of(cast.other_learner).get(HERE).status_code == 404
    assert client_of(cast.other_learner).post(HERE).status_code == 404
    assert client_of(cast.organiser).post(there.replace("weaving", "other")).status_code == 404


def test_who_left_has_no_link_to_renew(
    client_of: ClientOf, cast: Cast, registration: Registration
) -> None:
    cancel_registration(registration)
    assert client_of(cast.learner).post(HERE).status_code == 404
    there = f"/desk/series/weaving/registrants/{registration.id}/link"
    answer = client_of(cast.organiser).post(there, follow_redirects=True)
    assert "Nothing was changed" in answer.text


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, registration: Registration) -> None:
    assert "/sign-in" in client.get(HERE).location
    assert "/sign-in" in client.post(HERE).location


def test_the_link_stays_the_same_through_all_weeks_and_after_registering_again(
    cast: Cast, registration: Registration
) -> None:
    before = link_path(registration)
    cancel_registration(registration)
    again = register(cast.learner, registration.series)
    assert link_path(again) == before


def test_a_link_that_was_mailed_stands_no_longer_in_the_ledger(
    registration: Registration, pigeonhole: Pigeonhole
) -> None:
    message = session.query(Message).filter_by(kind="registered").one()
    assert deliver(message.id)
    session.refresh(message)
    assert link_path(registration) in text_of(pigeonhole.mails[0])
    assert message.text == ""
