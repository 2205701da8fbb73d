"""Programs that call the API with somebody's token."""

from dataclasses import dataclass
from typing import Any

from flask import Flask

from academy.people.models import Person
from academy.people.service.api_tokens import create_api_token
from academy.security.scopes import SCOPES


@dataclass(frozen=True)
class Program:
    """Calls /api/v1 with one token."""

    app: Flask
    secret: str

    def __call__(self, method: str, path: str, **parts: Any) -> Any:
        """Send one request as Flask's test client does; return its answer.

        Its type is Any, for the JSON of an answer is what the tests look into.
        """
        headers = {"Authorization": f"Bearer {self.secret}", **parts.pop("headers", {})}
        client = self.app.test_client()
        return client.open(f"/api/v1{path}", method=method, headers=headers, **parts)


def program_with_token(app: Flask, person: Person, *scopes: str) -> Program:
    """Return a program with a new token of `person`: for these scopes, or for all."""
    return Program(app, create_api_token(person, "a test", scopes or tuple(SCOPES))[1])
