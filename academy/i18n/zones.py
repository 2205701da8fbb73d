"""Time zones of the IANA database by name, for code that knows no reader."""

from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones


@cache
def zone_names() -> frozenset[str]:
    """Return every name that the database knows; read once, for it is a walk over 600 files."""
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Whether `name` is a zone of the IANA database."""
    return name in zone_names()


@lru_cache(maxsize=700)
def zone_of(name: str, fallback: str = "UTC") -> ZoneInfo:
    """Return the zone; `fallback` for a name that the database does not know.

    Kept, for the library holds eight and reads the others from the disk each time.
    """
    return ZoneInfo(name if is_zone(name) else fallback)


def city_of(zone: str) -> str:
    """Return the city in an IANA name: Asia/Kuala_Lumpur is "Kuala Lumpur"."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")
