"""What people need from higher areas: somebody who sends their mail."""

import logging
from collections.abc import Mapping
from typing import Protocol

log = logging.getLogger(__name__)


class Postman(Protocol):
    """Takes one message for one person, inside the transaction that it belongs to."""

    def __call__(
        self, person_id: int, address: str, kind: str, occasion: str, values: Mapping[str, str]
    ) -> object:
        """Plan the message of `kind`; `occasion` makes it unique ("token:17")."""


class _Nobody:
    """Stands in for the postman where no area that carries mail was plugged in."""

    def __call__(
        self, person_id: int, address: str, kind: str, occasion: str, values: Mapping[str, str]
    ) -> object:
        """Say that the message was not planned."""
        log.warning("nobody carries mail here: a message of kind %s was not planned", kind)
        return None


_postman: list[Postman] = [_Nobody()]


def plug_postman(postman: Postman) -> None:
    """Let `postman` carry the mail of people (done by wiring.py)."""
    _postman[0] = postman


def post(person_id: int, address: str, kind: str, occasion: str, values: Mapping[str, str]) -> None:
    """Hand one message to whoever carries mail."""
    _postman[0](person_id, address, kind, occasion, values)
