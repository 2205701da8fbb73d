"""What a series and a live session can be: checks without a database."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from academy.i18n.zones import is_zone
from academy.programme.errors import (
    BadCapacityError,
    BadLengthError,
    BadRetentionError,
    BadSizeError,
    BadSlugError,
    BadStartError,
    BadTitleError,
    BadWebAddressError,
    BadWeeksError,
    UnknownZoneError,
)

LONGEST_SLUG = 80
LONGEST_TITLE = 200
LONGEST_MINUTES = 24 * 60
MOST_WEEKS = 60
#: Ten years: whoever needs people for longer keeps them without an end.
MOST_MONTHS = 120
#: What a column of four bytes holds, on every database.
LARGEST_CAPACITY = 1_000_000
EARLIEST_YEAR, LATEST_YEAR = 1990, 2200
LONGEST_ADDRESS = 500
LARGEST_MEGABYTES = 100_000
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: Control characters, and halves of characters that came out of broken UTF-8.
_NOT_TEXT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def check_slug(slug: str) -> None:
    """Raise BadSlugError unless `slug` can be part of an address."""
    if len(slug) > LONGEST_SLUG or not _SLUG.fullmatch(slug):
        raise BadSlugError(slug[:LONGEST_SLUG])


def check_title(title: str) -> None:
    """Raise BadTitleError unless there is a title that fits."""
    if not title.strip() or len(title) > LONGEST_TITLE or _NOT_TEXT.search(title):
        raise BadTitleError(title[:LONGEST_TITLE])


def check_zone(zone: str) -> None:
    """Raise UnknownZoneError unless the IANA database knows the zone."""
    if not is_zone(zone):
        raise UnknownZoneError(zone)


def check_start(start: datetime) -> None:
    """Raise BadStartError for a date that nobody can mean."""
    if not EARLIEST_YEAR <= start.year <= LATEST_YEAR:
        raise BadStartError(start.year)


def check_minutes(minutes: int) -> None:
    """Raise BadLengthError unless the length is from one minute to a day."""
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise BadLengthError(minutes)


def check_weeks(weeks: int) -> None:
    """Raise BadWeeksError unless there are 1 to 60 weeks."""
    if not 1 <= weeks <= MOST_WEEKS:
        raise BadWeeksError(weeks)


def check_capacity(capacity: int | None) -> None:
    """Raise BadCapacityError unless there is no limit, or at least one place."""
    if capacity is not None and not 1 <= capacity <= LARGEST_CAPACITY:
        raise BadCapacityError(capacity)


def check_retention(months: int | None) -> None:
    """Raise BadRetentionError unless people are kept for 1 to 120 months, or without an end."""
    if months is not None and not 1 <= months <= MOST_MONTHS:
        raise BadRetentionError(months)


def is_web_address(address: str) -> bool:
    """Whether it is a plain http or https address: a host, no name and password before it.

    Whoever follows it is sent there by a header, so no white space or control character either.
    """
    if len(address) > LONGEST_ADDRESS or not address.isprintable() or set(address) & set(' \\"<>'):
        return False
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return False
    is_plain = parts.username is None and parts.password is None
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and is_plain


def check_web_address(address: str, field: str) -> None:
    """Raise BadWebAddressError naming `field` unless it is empty or an address of the web."""
    if address and not is_web_address(address):
        raise BadWebAddressError(field)


def check_megabytes(megabytes: int | None) -> None:
    """Raise BadSizeError for a size that no recording has."""
    if megabytes is not None and not 1 <= megabytes <= LARGEST_MEGABYTES:
        raise BadSizeError(megabytes)
