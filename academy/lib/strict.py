"""Strict reading of what a program sends: unknown keys, wrong types and tricks are refused."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

#: PostgreSQL's largest integer: no id of ours is above it.
LARGEST_ID = 2**31 - 1
EARLIEST_YEAR, LATEST_YEAR = 2000, 2200


class Body(BaseModel):
    """What a caller sends: "5" is no number, and a key that we do not know is a mistake."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Query(BaseModel):
    """What stands behind the question mark: text, so numbers are read from it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Answer(BaseModel):
    """What we send: exactly the keys that the document names."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Unreadable(ValueError):
    """This is no JSON text that we accept; the message says why."""


def check_json(text: bytes) -> None:
    """Refuse what parsers read in different ways; raises Unreadable.

    A key that stands twice, NaN, a NUL in a text (no database keeps it) and half a surrogate pair.
    """
    try:
        value = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Unreadable(str(error) or "too deeply nested") from error
    if "\x00" in "".join(_texts_in(value)):
        raise Unreadable("a text holds the character NUL")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unreadable("a key stands twice")
    return found


def _no_constant(name: str) -> None:
    raise Unreadable(f"{name} is no number of JSON")


def _texts_in(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts_in(inner)


def make_cursor(last_id: int) -> str:
    """Return the mark behind which the next page begins; callers only hand it back."""
    return urlsafe_b64encode(str(last_id).encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> str:
    position_of(cursor)
    return cursor


def position_of(cursor: str) -> int:
    """Return the id behind which a page begins; raises ValueError for no cursor of ours."""
    padded = cursor + "=" * (-len(cursor) % 4)
    number = urlsafe_b64decode(padded).decode("latin-1") if padded.isascii() else ""
    is_number = number.isascii() and number.isdecimal() and len(number) <= len(str(LARGEST_ID))
    position = int(number) if is_number else 0
    if not 0 < position <= LARGEST_ID or make_cursor(position) != cursor:
        raise ValueError("this is no cursor of an earlier answer")
    return position


Cursor = Annotated[str, Field(max_length=40), AfterValidator(_read_cursor)]


class Paging(Query):
    """Which part of a list: up to `limit` rows behind `cursor`."""

    limit: int = Field(50, ge=1, le=200, description="How many rows at most.")
    cursor: Cursor | None = Field(None, description="The `next` of the answer before.")

    @property
    def after(self) -> int:
        """The id behind which the page begins; 0 for the first page."""
        return position_of(self.cursor) if self.cursor else 0


def _in_our_time(moment: datetime) -> datetime:
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        raise ValueError(f"a moment between {EARLIEST_YEAR} and {LATEST_YEAR} is needed")
    return moment


#: A moment with its offset, in years that every database and calendar can reckon with.
Instant = Annotated[AwareDatetime, AfterValidator(_in_our_time)]


def _on_a_clock(text: str) -> str:
    datetime.fromisoformat(text)
    return text


#: What a clock shows somewhere, without an offset: 2020-05-02T14:00.
ClockTime = Annotated[
    str,
    Field(pattern=r"^20\d{2}-\d{2}-\d{2}T\d{2}:\d{2}$", examples=["2020-05-02T14:00"]),
    AfterValidator(_on_a_clock),
]
