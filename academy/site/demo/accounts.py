"""Accounts to try the academy with: random passwords, kept in a private file of this copy."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from academy.db import transaction
from academy.lib.valkey import write_private
from academy.people.models import Person
from academy.people.passwords import hash_password
from academy.people.queries import find_person_by_address
from academy.people.service import create_person, grant_role
from academy.people.service.mailed_links import store_password
from academy.site.demo.facts import ZONE
from academy.site.demo.people import Registrant, registrants
from academy.site.demo.presence import casts

ACCOUNTS_FILE = "demo-accounts.json"
PASSWORD_BYTES = 12
#: What the demonstration's learner may have answered, as a code.
LANGUAGES = {"Bahasa Melayu": "ms", "English": "en"}


@dataclass(frozen=True)
class Account:
    """One line of the file: somebody to sign in as."""

    role: str
    email: str
    password: str
    name: str


@dataclass(frozen=True)
class _Planned:
    """Somebody who shall be there, before there is a password."""

    role: str
    email: str
    name: str
    organisation: str = ""
    language: str = "en"
    zone: str = ZONE
    country: str = "MY"


STAFF = (
    _Planned("organiser", "organiser@sse-academy.example", "Azura Jelutong"),
    _Planned(
        "moderator", "moderator@sse-academy.example", "Nimmi Galpotha",
        zone="Asia/Colombo", country="LK",
    ),
)  # fmt: skip


def demo_learner() -> Registrant:
    """Return the registrant whom a visitor can be: from Malaysia, in all five live sessions."""
    came_always = set.intersection(*(set(cast) for cast in casts().values()))
    return next(
        person
        for person in registrants()
        if person in came_always and person.country == "MY" and person.language in LANGUAGES
    )


def load_accounts(var: Path) -> tuple[list[Account], dict[str, Person]]:
    """Let the accounts exist; return them, and the persons by role.

    An account that is in the database and in the file of the last time stays as it is; where the
    file was lost the person gets a new password. The caller writes the file once all is committed.
    """
    known = {account.email: account for account in read_accounts(var)}
    accounts: list[Account] = []
    people: dict[str, Person] = {}
    with transaction():
        for planned in (_learner(), *STAFF):
            person = find_person_by_address(planned.email)
            account = known.get(planned.email) if person else None
            accounts.append(account or _new_account(planned))
            people[planned.role] = person or _create(planned, accounts[-1].password)
            if person is not None and account is None:
                store_password(person, hash_password(accounts[-1].password))
    return accounts, people


def _learner() -> _Planned:
    one = demo_learner()
    return _Planned(
        "learner", one.email, one.name, one.organisation, LANGUAGES[one.language], one.zone
    )


def _new_account(planned: _Planned) -> Account:
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    return Account(planned.role, planned.email, password, planned.name)


def _create(planned: _Planned, password: str) -> Person:
    person = create_person(
        planned.name, planned.email, country=planned.country, organisation=planned.organisation,
        language=planned.language, zone=planned.zone, source="command", password=password,
        is_verified=True,
    )  # fmt: skip
    if planned.role != "learner":
        grant_role(person, planned.role)
    return person


def read_accounts(var: Path) -> list[Account]:
    """Return the accounts of the file; none where it is missing."""
    path = var / ACCOUNTS_FILE
    if not path.exists():
        return []
    return [Account(**entry) for entry in json.loads(path.read_text())["accounts"]]


def write_accounts(var: Path, accounts: Iterable[Account]) -> None:
    """Write the file, readable for its owner only, unless it says so already."""
    told = list(accounts)
    if told != read_accounts(var):
        entries = {"accounts": [asdict(account) for account in told]}
        write_private(var / ACCOUNTS_FILE, json.dumps(entries, ensure_ascii=False, indent=2))
