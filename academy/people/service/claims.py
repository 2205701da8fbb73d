"""Addresses that somebody added and never proved: claims, which give way to their owners."""

from collections.abc import Collection

from sqlalchemy import delete

from academy.db import transaction
from academy.people.models import EmailAddress
from academy.people.queries import is_claim


def drop_claims(normals: Collection[str]) -> None:
    """Delete what others claim of these addresses without proof.

    Otherwise anybody could keep an address of somebody who is still to come, and would be given
    that person's registrations, roles and mail.
    """
    with transaction() as current:
        current.execute(
            delete(EmailAddress)
            .where(EmailAddress.normal.in_(normals), is_claim())
            .execution_options(synchronize_session="fetch")
        )
