"""Passwords: which are accepted, and how they are hashed (argon2id, two at a time)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 8
#: Beyond this a request only wants to keep the processor busy; nothing is ever cut off.
LONGEST = 1000
FEWEST_DIFFERENT = 4
#: A word of this many letters counts as a word that others could guess.
SHORTEST_WORD = 4
OUR_WORDS = ("academy", "asec", "solidarity", "economy", "password", "sseacademy")

#: The 3,000 most used passwords of eight characters and more, from zxcvbn 4.5 (MIT licence).
COMMON_FILE = Path(__file__).with_name("common_passwords.txt")

#: argon2-cffi's defaults: RFC 9106, second recommendation, 64 MiB each.
_hasher = PasswordHasher()
#: Two hashes at once: 128 MiB at most, however many people sign in.
_turns = BoundedSemaphore(2)
PATIENCE_SECONDS = 10


class UnusablePassword(ValueError):
    """The password cannot be accepted; `reason` is "short", "long" or "guessable"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooBusy(RuntimeError):
    """So many people are signing in that this one did not get a turn; nothing is wrong."""


def check_password(password: str, context: Iterable[str] = ()) -> None:
    """Raise UnusablePassword unless `password` may be used (NIST SP 800-63B 3.1.1.2).

    `context` are words about the person (name, address) that anybody could guess.
    """
    if len(password) < SHORTEST:
        raise UnusablePassword("short")
    if len(password) > LONGEST:
        raise UnusablePassword("long")
    if is_guessable(password, context):
        raise UnusablePassword("guessable")


def is_guessable(password: str, context: Iterable[str] = ()) -> bool:
    """Whether it is common, made of very few characters, or hardly more than a word at hand."""
    folded = _composed(password).casefold()
    if folded in _common() or len(set(folded)) < FEWEST_DIFFERENT:
        return True
    rest = folded
    for word in sorted(_words(context), key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != folded and sum(map(str.isalpha, rest)) < SHORTEST_WORD


def _words(context: Iterable[str]) -> set[str]:
    pieces = (piece for text in context for piece in re.split(r"[\W_]+", text.casefold()))
    return {*OUR_WORDS, *(piece for piece in pieces if len(piece) >= SHORTEST_WORD)}


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON_FILE.read_text().casefold().split())


def _composed(password: str) -> str:
    """Two keyboards may send one letter in two ways (NIST SP 800-63B 3.1.1.2, RFC 8265)."""
    return unicodedata.normalize("NFKC", password)


def hash_password(password: str) -> str:
    """Return the argon2id hash in the PHC format; raises TooBusy."""
    with _turn():
        return _hasher.hash(_composed(password))


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether `password` fits; takes as long where there is no hash to compare with."""
    with _turn():
        try:
            matches = _hasher.verify(password_hash or _dummy_hash(), _composed(password))
        except (VerificationError, InvalidHashError):
            return False
    return matches and password_hash is not None


def needs_new_hash(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


@cache
def _dummy_hash() -> str:
    return _hasher.hash("nobody has this password")


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE_SECONDS):
        raise TooBusy
    try:
        yield
    finally:
        _turns.release()
