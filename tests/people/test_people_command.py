"""The command `academy people`: the first administrator, roles, and sentences for what is wrong."""

import json

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from academy.people.commands import people
from academy.people.models import Person
from academy.people.queries import find_person_by_address
from tests.cast import Cast

BOSS = ("create", "first@example.org", "--name", "Tenzin", "--role", "administrator")
NEPAL = ("--role", "focal_point", "--focal-country", "Nepal")


@pytest.fixture(autouse=True)
def _same_database(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("academy.people.commands.open_database", lambda: None)


def _run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(people, words, input=typed)


def _person(address: str = "first@example.org") -> Person:
    found = find_person_by_address(address)
    assert found
    return found


def test_the_first_administrator_is_made_by_command() -> None:
    answer = _run(*BOSS, "--country", "Bhutan", "--password-stdin", typed="six woven baskets\n")
    assert answer.exit_code == 0
    assert answer.output == "Created Tenzin <first@example.org> as administrator.\n"
    assert (_person().country, _person().has_role("administrator")) == ("BT", True)
    assert _person().password_hash
    assert _person().addresses[0].verified_at


def test_the_answer_can_be_one_json_document() -> None:
    answer = _run("create", "bishnu@example.org", "--name", "Bishnu", *NEPAL, "--json")
    document = json.loads(answer.output)
    assert (document["email"], document["roles"]) == ("bishnu@example.org", ["focal_point:NP"])


def test_a_second_factor_can_be_handed_over() -> None:
    answer = _run(*BOSS, "--second-factor", "--json")
    assert json.loads(answer.output)["totp_secret"] == _person().totp_secret
    assert _person().has_second_factor


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("create", "first", "--name", "T"), "'first' is no e-mail address."),
        (("create", "a@b.org", "--name", " "), "A person has a name"),
        (("create", "a@b.org", "--name", "T", "--country", "Atlantis"), "is no country"),
        (("create", "a@b.org", "--name", "T", "--zone", "Mars/Base"), "is no time zone"),
        (("create", "a@b.org", "--name", "T", "--role", "focal_point"), "needs --focal-country"),
        (("create", "a@b.org", "--name", "T", "--focal-country", "NP"), "needs --focal-country"),
        (("create", "a@b.org", "--name", "T", "--password-stdin"), "The password is guessable"),
        (("grant", "nobody@b.org", "organiser"), "Nobody has the address nobody@b.org."),
        (("disable", "nobody@b.org"), "Nobody has the address nobody@b.org."),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_changes_nothing(
    words: tuple[str, ...], sentence: str
) -> None:
    answer = _run(*words, typed="password\n")
    assert (answer.exit_code, sentence in answer.output) == (1, True)
    assert find_person_by_address("a@b.org") is None


def test_who_cannot_be_given_the_role_is_not_created() -> None:
    nowhere = ("--role", "focal_point", "--focal-country", "Atlantis")
    answer = _run("create", "bishnu@example.org", "--name", "Bishnu", *nowhere)
    assert (answer.exit_code, find_person_by_address("bishnu@example.org")) == (1, None)


def test_an_address_belongs_to_one_person(cast: Cast) -> None:
    assert cast.learner
    answer = _run("create", "Sreymom@example.org", "--name", "T")
    assert (answer.exit_code, "already" in answer.output) == (1, True)


def test_roles_are_given_and_taken(cast: Cast) -> None:
    assert cast.learner
    assert _run("grant", "sreymom@example.org", "moderator").exit_code == 0
    assert "already" in _run("grant", "sreymom@example.org", "moderator").output
    assert "no longer moderator" in _run("revoke", "sreymom@example.org", "moderator").output
    assert _run("revoke", "sreymom@example.org", "moderator").exit_code == 1


def test_the_last_administrator_is_not_taken_away() -> None:
    _run(*BOSS)
    answer = _run("revoke", "first@example.org", "administrator")
    assert (answer.exit_code, "last administrator" in answer.output) == (1, True)


def test_everybody_is_listed_or_who_holds_a_role(cast: Cast) -> None:
    assert cast.learner
    assert cast.organiser
    assert _run("list").output.count("\n") == 2
    listed = json.loads(_run("list", "--role", "organiser", "--json").output)
    assert [one["name"] for one in listed["people"]] == ["Aisyah binti Omar"]


def test_an_account_is_closed_and_opened(cast: Cast) -> None:
    assert cast.learner
    assert "is closed" in _run("disable", "sreymom@example.org").output
    assert _person("sreymom@example.org").disabled_at
    assert "is open" in _run("disable", "sreymom@example.org", "--enable").output
    assert _person("sreymom@example.org").disabled_at is None
