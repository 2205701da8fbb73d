"""Who calls the API: tokens in the Authorization header, their scopes and their persons' roles."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from flask import request

from academy.security.problems import refuse
from academy.security.tokens import hash_token

#: Whose tokens open the API; what each role may see and do there is the policy's say.
ROLES = ("organiser", "focal_point", "administrator")


class Caller(Protocol):
    """The person whose token calls."""

    @property
    def id(self) -> int:
        """The person's id."""

    @property
    def focal_countries(self) -> frozenset[str]:
        """The countries to which a focal point is limited."""

    def has_role(self, *names: str) -> bool:
        """Whether the person holds one of the roles."""


class Token(Protocol):
    """A token that is in force."""

    @property
    def scopes(self) -> Sequence[Any]:
        """What it may do."""

    @property
    def person(self) -> Any:
        """Whose it is."""


Finder = Callable[[str], Token | None]
_tokens: list[tuple[Finder, Callable[[Any], None]]] = []


def recognise_tokens(find: Finder, note_use: Callable[[Any], None]) -> None:
    """Look tokens up with `find` and report their use to `note_use` (done by app.py)."""
    _tokens[:] = [(find, note_use)]


def authenticate(scope: str, roles: tuple[str, ...] = ROLES) -> Any:
    """Return the token's person; a cookie opens nothing here, so no page can forge a call."""
    find, note_use = _tokens[0]
    sent = request.authorization
    token = find(sent.token or "") if sent is not None and sent.type == "bearer" else None
    if token is None:
        headers = {"WWW-Authenticate": 'Bearer realm="SSE Academy"'}
        detail = "Send a token that is in force: Authorization: Bearer sse_…"
        refuse(401, "no-token", "No valid token", detail, headers=headers)
    if scope not in token.scopes:
        refuse(403, "scope", "Not within the token's scopes", f"This needs the scope {scope}.")
    if not token.person.has_role(*roles):
        detail = "The token's person has no role that may do this: " + ", ".join(roles)
        refuse(403, "role", "Not allowed", detail)
    note_use(token)
    return token.person


def caller_key() -> str:
    """Return by what calls are counted: the token, as its hash, else the network address.

    The key is kept in Redis, which is no place for a secret.
    """
    token = request.authorization.token if request.authorization is not None else None
    return hash_token(token) if token else request.remote_addr or ""
