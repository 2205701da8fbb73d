"""Pages of people: signing up and in, one's own account, and the desk's people."""

from academy.people.views import (
    account,
    account_addresses,
    account_data,
    account_second_factor,
    account_sign_ins,
    desk_people,
    desk_roles,
    desk_tokens,
    languages,
    mailed_links,
    sign_in,
    sign_up,
)
from academy.people.views.blueprint import pages

__all__ = [
    "account",
    "account_addresses",
    "account_data",
    "account_second_factor",
    "account_sign_ins",
    "desk_people",
    "desk_roles",
    "desk_tokens",
    "languages",
    "mailed_links",
    "pages",
    "sign_in",
    "sign_up",
]
