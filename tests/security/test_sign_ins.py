"""SECURITY.md, statements 42 to 46: second factor and sign-ins, each named by its sentence."""

from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from academy.db import now, session, transaction
from academy.people.models import EmailAddress, Person, SignIn
from academy.people.queries import find_address, find_signed_in
from academy.people.service import grant_role, start_sign_in
from academy.people.service.second_factor import (
    WrongCode,
    check_second_factor,
    renew_recovery_codes,
)
from academy.security.models import AuditEntry
from tests.cast import Cast
from tests.people.post_box import PostBox
from tests.statements import counted

Browse = Callable[[Person], FlaskClient]
PASSWORD = "six woven baskets"


def _enter(client: FlaskClient, password: str = PASSWORD, email: str = "") -> TestResponse:
    data = {"email": email or "sreymom@example.org", "password": password}
    return client.post("/sign-in", data=data)


def _cookie(client: FlaskClient) -> str:
    with client.session_transaction() as cookie:
        return str(cookie.get("_user_id", ""))


# 42 ---------------------------------------------------------------------------------------------


def test_no_code_of_an_authenticator_is_accepted_twice(cast: Cast) -> None:
    code = pyotp.TOTP(cast.organiser.totp_secret or "").now()
    check_second_factor(cast.organiser.id, code)
    with pytest.raises(WrongCode):
        check_second_factor(cast.organiser.id, code)


def test_a_recovery_code_opens_one_sign_in(cast: Cast) -> None:
    code = renew_recovery_codes(cast.organiser.id)[3]
    check_second_factor(cast.organiser.id, code.upper().replace("-", " "))
    with pytest.raises(WrongCode):
        check_second_factor(cast.organiser.id, code)


def test_a_code_of_another_person_does_not_fit(cast: Cast) -> None:
    code = renew_recovery_codes(cast.organiser.id)[0]
    with pytest.raises(WrongCode):
        check_second_factor(cast.moderator.id, code)


def test_a_new_password_does_not_go_around_the_second_factor(
    client: FlaskClient, cast: Cast, post_box: PostBox
) -> None:
    assert cast.organiser
    client.post("/reset-password", data={"email": "aisyah@example.org"})
    answer = client.post(post_box.last.path, data={"password": "woven by nobody"})
    assert answer.location.startswith("/sign-in/second-factor")
    assert client.get("/desk/people/").status_code == 302


# 43 ---------------------------------------------------------------------------------------------


def test_there_are_no_default_accounts(app: Flask) -> None:
    assert session.query(Person).count() == 0


# 44 ---------------------------------------------------------------------------------------------


def test_changing_an_address_needs_a_fresh_proof_and_tells_both(
    learner: Person, client_of: Browse, post_box: PostBox
) -> None:
    browser = client_of(learner)
    with transaction() as current:
        current.query(SignIn).update({"proved_at": now() - timedelta(minutes=16)})
    asked = browser.post("/account/addresses", data={"email": "new@example.org"})
    assert asked.location == "/account/proof?next=/account/addresses"
    assert find_address("new@example.org") is None
    assert browser.post("/account/proof", data={"password": "wrong"}).status_code == 422
    proof = "/account/proof?next=/account/addresses"
    assert browser.post(proof, data={"password": PASSWORD}).location == "/account/addresses"
    browser.post("/account/addresses", data={"email": "new@example.org"})
    assert session.query(EmailAddress).filter_by(normal="new@example.org").count() == 1


@pytest.mark.parametrize(
    "page", ["/account/addresses", "/account/password", "/account/second-factor"]
)
def test_what_matters_asks_for_a_fresh_proof(learner: Person, client_of: Browse, page: str) -> None:
    browser = client_of(learner)
    with transaction() as current:
        current.query(SignIn).update({"proved_at": now() - timedelta(minutes=16)})
    assert browser.get(page).location == f"/account/proof?next={page}"


# 45 ---------------------------------------------------------------------------------------------


def test_the_sign_in_is_another_one_after_signing_in_and_after_a_new_proof(
    client: FlaskClient, learner: Person
) -> None:
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "planted by somebody else"
    _enter(client)
    first = _cookie(client)
    client.post("/account/proof", data={"password": PASSWORD})
    second = _cookie(client)
    assert len({"planted by somebody else", first, second}) == 3
    with client.session_transaction() as cookie:
        cookie["_user_id"] = first
    assert client.get("/account/").status_code == 302


def test_the_sign_in_is_another_one_after_the_second_factor(
    client: FlaskClient, cast: Cast, post_box: PostBox
) -> None:
    assert cast.organiser
    client.post("/sign-in/link", data={"email": "aisyah@example.org"})
    client.post(post_box.last.path)
    before = _cookie(client)
    code = pyotp.TOTP(cast.organiser.totp_secret or "").now()
    client.post("/sign-in/second-factor", data={"code": code})
    assert _cookie(client) != before


def test_a_change_of_role_ends_all_sign_ins_of_the_person(
    learner: Person, client_of: Browse
) -> None:
    browser = client_of(learner)
    grant_role(learner, "moderator")
    assert browser.get("/account/").status_code == 302


def test_a_new_password_ends_all_other_sign_ins(learner: Person, client_of: Browse) -> None:
    here, there = client_of(learner), client_of(learner)
    here.post("/account/password", data={"password": "seven woven baskets"})
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_an_administrator_ends_somebodys_sign_ins(
    cast: Cast, learner: Person, client_of: Browse
) -> None:
    browser = client_of(learner)
    client_of(cast.administrator).post(f"/desk/people/{learner.id}/end-sign-ins")
    assert browser.get("/account/").status_code == 302


# 46 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "unused", "old", "is_open"),
    [
        ("learner", timedelta(days=29), timedelta(days=89), True),
        ("learner", timedelta(days=30), timedelta(days=30), False),
        ("learner", timedelta(0), timedelta(days=90), False),
        ("organiser", timedelta(hours=11), timedelta(days=6), True),
        ("organiser", timedelta(hours=12), timedelta(hours=12), False),
        ("organiser", timedelta(0), timedelta(days=7), False),
    ],
)
def test_a_sign_in_ends_when_unused_and_when_old(
    *, cast: Cast, client_of: Browse, role: str, unused: timedelta, old: timedelta, is_open: bool
) -> None:
    browser = client_of(getattr(cast, role))
    with transaction() as current:
        current.query(SignIn).update({"seen_at": now() - unused, "created_at": now() - old})
    assert (browser.get("/account/").status_code == 200) == is_open


def test_using_a_sign_in_is_noted_once_in_a_quarter_of_an_hour(
    cast: Cast, client_of: Browse
) -> None:
    browser = client_of(cast.learner)
    with transaction() as current:
        current.query(SignIn).update({"seen_at": now() - timedelta(minutes=16)})
    browser.get("/account/")
    session.expire_all()
    assert now() - session.query(SignIn).one().seen_at < timedelta(minutes=1)


# Log --------------------------------------------------------------------------------------------


def test_the_log_tells_of_sign_ins_and_failures_without_addresses_or_secrets(
    client: FlaskClient, learner: Person
) -> None:
    _enter(client, "wrong guess")
    _enter(client)
    entries = session.query(AuditEntry).order_by(AuditEntry.id).all()
    actions = [entry.action for entry in entries]
    assert actions[-2:] == ["sign_in.failed", "sign_in.succeeded"]
    told = repr([(entry.action, entry.subject, entry.facts) for entry in entries])
    assert "@" not in told
    assert PASSWORD not in told
    assert start_sign_in(learner) not in told


def test_recognising_a_sign_in_costs_one_statement(cast: Cast, engine: Engine) -> None:
    token = start_sign_in(cast.learner)
    with counted(engine) as statements:
        person = find_signed_in(token)
        assert person
        assert not person.is_staff
    assert len(statements) == 1


def test_a_sign_in_whose_second_factor_is_to_come_is_nobodys(cast: Cast) -> None:
    assert find_signed_in(start_sign_in(cast.organiser)) is None
