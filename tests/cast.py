"""One cast of people for all tests: each is made when a test first names them."""

from functools import cached_property

from flask.testing import FlaskClient

from academy.db import now, session, transaction
from academy.people.models import Person, SignIn
from academy.people.service import create_person, grant_role, start_sign_in
from academy.security.tokens import hash_token


class Cast:
    """The people that tests speak of; staff have confirmed their second factor."""

    @cached_property
    def learner(self) -> Person:
        """Sreymom of Phnom Penh: a learner who writes her name in Khmer."""
        return _person("ស្រីមុំ", "sreymom@example.org", "KH", "Asia/Phnom_Penh")

    @cached_property
    def other_learner(self) -> Person:
        """Sutrisno of Yogyakarta: one word is his whole name."""
        return _person("Sutrisno", "sutrisno@example.org", "ID", "Asia/Jakarta")

    @cached_property
    def organiser(self) -> Person:
        """Aisyah of Kuala Lumpur, who runs the series."""
        return _staff("Aisyah binti Omar", "aisyah@example.org", "MY", "organiser")

    @cached_property
    def focal_point(self) -> Person:
        """Bishnu of Kathmandu, focal point for Nepal."""
        return _staff("Bishnu Tamang", "bishnu@example.org", "NP", "focal_point", "NP")

    @cached_property
    def moderator(self) -> Person:
        """Nimali of Colombo, who moderates."""
        return _staff("Nimali Perera", "nimali@example.org", "LK", "moderator")

    @cached_property
    def administrator(self) -> Person:
        """Tenzin of Thimphu, the first administrator."""
        return _staff("Tenzin", "tenzin@example.org", "BT", "administrator")


def _person(name: str, address: str, country: str, zone: str = "") -> Person:
    with transaction():
        person = create_person(name, address, country=country, zone=zone)
        person.addresses[0].verified_at = now()
    return person


def _staff(name: str, address: str, country: str, role: str, of: str = "") -> Person:
    person = _person(name, address, country)
    grant_role(person, role, country=of)
    with transaction():
        person.totp_secret, person.totp_confirmed_at = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", now()
    return person


def sign_in_to(client: FlaskClient, person: Person) -> FlaskClient:
    """Sign `person` in to `client`, second factor included, without the sign-in page."""
    token = start_sign_in(person)
    with transaction():
        entry = session.query(SignIn).filter_by(token_hash=hash_token(token)).one()
        entry.second_factor_at = now()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return client
