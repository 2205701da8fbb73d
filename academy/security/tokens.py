"""Secrets that are handed out: made with 256 bits, kept only as their SHA-256."""

import hashlib
import secrets


def make_token(prefix: str = "") -> str:
    """Return a new secret of 256 bits, readable in an address."""
    return prefix + secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return what is stored of a secret: a fast hash is enough for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
