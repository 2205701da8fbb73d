"""SECURITY.md, statements 37 to 41: passwords and mailed links, each named by its sentence."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import BoundedSemaphore, Lock

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from academy.db import now, session, transaction
from academy.people import passwords
from academy.people.models import OneTimeToken, Person
from academy.people.passwords import UnusablePassword, check_password, hash_password, is_password
from academy.people.queries import find_address, find_mailed_token
from academy.people.service.mailed_links import store_password
from academy.people.service.mailed_tokens import RESET, TokenSpent, issue_token, redeem_token
from academy.people.service.passwords import GUESSES_AT_ACCOUNT
from tests.people.post_box import PostBox

Browse = Callable[[Person], FlaskClient]
PASSWORD = "six woven baskets"


@pytest.fixture(autouse=True)
def _real_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash here as people's passwords are hashed: elsewhere in the suite it is made cheap."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher())
    passwords._dummy_hash.cache_clear()  # noqa: SLF001


def _enter(client: FlaskClient, password: str = PASSWORD, email: str = "") -> TestResponse:
    data = {"email": email or "sreymom@example.org", "password": password}
    return client.post("/sign-in", data=data)


# 37 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "password", ["four woven baskets " * 50, "ស្រីមុំ និងមិត្ត", "a b\tc\x00d e", "🧺🧵🪡🐘🌾🍚🛶🏝"]
)
def test_a_password_may_be_long_and_of_any_characters(password: str) -> None:
    check_password(password)
    assert is_password(password, hash_password(password))


def test_no_password_is_ever_cut_off() -> None:
    long = "woven " * 100
    hashed = hash_password(long + "a")
    assert is_password(long + "a", hashed)
    assert not is_password(long + "b", hashed)
    assert not is_password(long, hashed)


@pytest.mark.parametrize(
    "password",
    ["password", "PASSWORD", "12345678", "iloveyou", "aaaaaaaaaaaa", "abababababab", "Academy2024",
     "solidarity1", "sreymom99", "example1"],
)  # fmt: skip
def test_common_passwords_and_words_at_hand_are_refused(password: str) -> None:
    with pytest.raises(UnusablePassword):
        check_password(password, ("ស្រីមុំ", "sreymom@example.org"))


def test_the_list_holds_three_thousand_passwords_that_would_otherwise_pass() -> None:
    listed = passwords.COMMON_FILE.read_text().split()
    assert len(set(listed)) == 3000
    assert min(map(len, listed)) >= passwords.SHORTEST


def test_passwords_may_be_pasted(client: FlaskClient) -> None:
    page = client.get("/sign-in").text
    assert "onpaste" not in page
    assert 'autocomplete="current-password"' in page


# 38 ---------------------------------------------------------------------------------------------


def test_passwords_are_hashed_with_argon2id_and_anew_when_the_parameters_grow(
    client: FlaskClient, learner: Person
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with transaction() as current:
        current.get_one(Person, learner.id).password_hash = weak
    assert _enter(client).status_code == 303
    session.expire_all()
    renewed = session.get_one(Person, learner.id).password_hash or ""
    assert renewed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert is_password(PASSWORD, renewed)


# 39 ---------------------------------------------------------------------------------------------


def test_guessing_is_stopped_and_the_owner_still_gets_in_by_mail(
    app: Flask, client: FlaskClient, learner: Person, post_box: PostBox
) -> None:
    for _guess in range(GUESSES_AT_ACCOUNT.attempts):
        assert _enter(client, "wrong guess").status_code == 422
    assert _enter(client).status_code == 429
    owner = app.test_client()
    owner.post("/sign-in/link", data={"email": "sreymom@example.org"})
    owner.post(post_box.last.path)
    assert owner.get("/account/").status_code == 200


def test_guesses_are_counted_for_unknown_accounts_as_well(client: FlaskClient) -> None:
    answers = [_enter(client, "wrong", "nobody@example.org").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


@pytest.mark.usefixtures("_cheap_hashes")
def test_one_network_guesses_at_many_accounts_only_so_often(client: FlaskClient) -> None:
    mails = (f"nobody{number}@example.org" for number in range(101))
    environ = {"REMOTE_ADDR": "2001:db8::1"}
    answers = [
        client.post(
            "/sign-in", data={"email": mail, "password": "x"}, environ_overrides=environ
        ).status_code
        for mail in mails
    ]
    assert answers == [422] * 100 + [429]
    assert _enter(client, email="somebody@example.org").status_code == 422


@pytest.fixture
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred real hashes would take the better part of a minute."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", cheap)
    monkeypatch.setattr(passwords, "_dummy_hash", lambda: cheap.hash("nobody"))


def test_unknown_accounts_get_the_same_answer_in_the_same_time(
    client: FlaskClient, learner: Person
) -> None:
    def ask(email: str) -> tuple[float, int, str]:
        begun = time.perf_counter()
        answer = _enter(client, "wrong guess", email)
        body = answer.text.replace(email, "…")
        return time.perf_counter() - begun, answer.status_code, body

    ask("warm.up@example.org")
    known, unknown = ask("sreymom@example.org"), ask("nobody@example.org")
    assert known[1:] == unknown[1:]
    assert 0.3 < known[0] / unknown[0] < 3


# 40 ---------------------------------------------------------------------------------------------


def test_a_mailed_token_has_256_bits_and_only_its_hash_is_kept(learner: Person) -> None:
    _id, secret = issue_token(learner, RESET, "sreymom@example.org")
    assert len(secret) == 43
    row = session.query(OneTimeToken).one()
    assert secret not in repr(vars(row))
    assert row.expires_at - row.created_at <= timedelta(hours=1, seconds=1)


def test_a_mailed_token_dies_after_an_hour(learner: Person) -> None:
    _id, secret = issue_token(learner, RESET, "sreymom@example.org")
    with transaction() as current:
        current.query(OneTimeToken).one().expires_at = now() - timedelta(seconds=1)
    assert find_mailed_token(RESET, secret) is None
    with pytest.raises(TokenSpent):
        redeem_token(RESET, secret)


def test_a_token_for_one_purpose_is_none_for_another(learner: Person) -> None:
    _id, secret = issue_token(learner, RESET, "sreymom@example.org")
    with pytest.raises(TokenSpent):
        redeem_token("sign_in", secret)


def test_mailed_links_die_when_the_password_changes(
    client: FlaskClient, learner: Person, post_box: PostBox
) -> None:
    client.post("/reset-password", data={"email": "sreymom@example.org"})
    link = post_box.last.path
    with transaction() as current:
        store_password(current.get_one(Person, learner.id), hash_password("another password"))
    assert client.post(link, data={"password": "woven by a thief"}).status_code == 410


def test_mailed_links_die_when_the_primary_address_changes(
    client: FlaskClient, learner: Person, client_of: Browse, post_box: PostBox
) -> None:
    client.post("/reset-password", data={"email": "sreymom@example.org"})
    link = post_box.last.path
    browser = client_of(learner)
    browser.post("/account/addresses", data={"email": "second@example.org"})
    browser.post(post_box.last.path)
    added = find_address("second@example.org")
    assert added
    browser.post(f"/account/addresses/{added.id}/primary")
    assert client.get(link).status_code == 410


def test_a_link_goes_to_the_address_as_it_is_kept_never_as_it_was_typed(
    client: FlaskClient, learner: Person, post_box: PostBox
) -> None:
    client.post("/reset-password", data={"email": "ſREYMOM@example.org"})
    assert post_box.last.address == "sreymom@example.org"


def test_two_addresses_in_one_request_are_refused(
    client: FlaskClient, learner: Person, post_box: PostBox
) -> None:
    sent = len(post_box.letters)
    data = {"email": ["sreymom@example.org", "thief@example.org"]}
    assert client.post("/reset-password", data=data).status_code == 422
    assert len(post_box.letters) == sent


# 41 ---------------------------------------------------------------------------------------------


def test_a_forged_host_never_appears_in_a_mail(
    client: FlaskClient, learner: Person, post_box: PostBox
) -> None:
    forged = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    for page in ("/reset-password", "/sign-in/link"):
        client.post(page, data={"email": "sreymom@example.org"}, headers=forged)
        assert post_box.last.path.startswith(page + "/")
        assert "evil" not in repr(post_box.last)


def test_whoever_gets_no_turn_to_hash_is_asked_to_try_again(
    client: FlaskClient, learner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_turns", BoundedSemaphore(1))
    monkeypatch.setattr(passwords, "PATIENCE_SECONDS", 0)
    with passwords._turns:  # noqa: SLF001  somebody else is hashing at this moment
        assert _enter(client).status_code == 503
    assert _enter(client).status_code == 303


def test_at_most_two_passwords_are_hashed_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = Busy()
    monkeypatch.setattr(passwords, "_hasher", busy)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(hash_password, ["one", "two", "three", "four"] * 4))
    assert busy.most == 2


class Busy:
    """Stands in for the hasher and notes how many used it at once."""

    def __init__(self) -> None:
        self.now, self.most, self.lock = 0, 0, Lock()

    def hash(self, _password: str) -> str:
        """Take a little while."""
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.01)
        with self.lock:
            self.now -= 1
        return ""
