"""Use cases of people, one file for each noun; the only writers of people's tables."""

from academy.people.service.persons import (
    create_person,
    disable_person,
    enable_person,
    record_person,
)
from academy.people.service.roles import grant_role, revoke_role
from academy.people.service.sign_ins import end_sign_in, start_sign_in

__all__ = [
    "create_person",
    "disable_person",
    "enable_person",
    "end_sign_in",
    "grant_role",
    "record_person",
    "revoke_role",
    "start_sign_in",
]
