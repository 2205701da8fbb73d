"""What a person can choose from: languages and time zones."""

from functools import cache
from zoneinfo import available_timezones

from babel import Locale

#: Spoken where the academy's people live; the pages speak those that are translated.
LANGUAGES = (
    "en", "ar", "bn", "my", "zh", "dz", "fil", "fr", "hi", "id", "ja", "km", "ko", "lo",
    "ms", "mn", "ne", "pt", "ru", "si", "es", "ta", "te", "th", "tet", "ur", "vi",
)  # fmt: skip

#: Names that browsers still send, and the names that the cities have today (IANA "backward").
RENAMED_ZONES = {
    "Asia/Calcutta": "Asia/Kolkata", "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon", "Asia/Saigon": "Asia/Ho_Chi_Minh", "Asia/Dacca": "Asia/Dhaka",
    "Asia/Thimbu": "Asia/Thimphu", "Asia/Macao": "Asia/Macau",
    "Asia/Ujung_Pandang": "Asia/Makassar", "Asia/Ulan_Bator": "Asia/Ulaanbaatar",
    "Asia/Chungking": "Asia/Chongqing", "Asia/Ashkhabad": "Asia/Ashgabat",
    "Asia/Tel_Aviv": "Asia/Jerusalem", "Europe/Kiev": "Europe/Kyiv",
    "Atlantic/Faeroe": "Atlantic/Faroe", "Africa/Asmera": "Africa/Asmara",
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires", "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk", "Pacific/Enderbury": "Pacific/Kanton",
}  # fmt: skip
_CONTINENTS = (
    "Asia", "Africa", "America", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip
#: tetun has no name in CLDR.
_OWN_NAMES = {"tet": "Tetun", "dz": "རྫོང་ཁ"}


@cache
def language_choices() -> tuple[tuple[str, str], ...]:
    """Return (code, the language's own name), English first."""
    return tuple((code, _name_of(code)) for code in LANGUAGES)


def _name_of(code: str) -> str:
    if code in _OWN_NAMES:
        return _OWN_NAMES[code]
    locale = Locale.parse(code)
    return (locale.get_display_name(locale) or code).capitalize()


def today_zone(name: str) -> str:
    """Return the name that the zone has today: Asia/Calcutta is Asia/Kolkata."""
    return RENAMED_ZONES.get(name, name)


@cache
def zone_choices() -> tuple[tuple[str, str], ...]:
    """Return (IANA name, name in words) of the zones of cities, Asia first."""
    names = (name for name in available_timezones() if name not in RENAMED_ZONES)
    cities = (name for name in names if name.split("/")[0] in _CONTINENTS and "/" in name)
    ordered = sorted(cities, key=lambda name: (_CONTINENTS.index(name.split("/")[0]), name))
    return tuple((name, _in_words(name)) for name in ordered)


def _in_words(name: str) -> str:
    continent, city = name.split("/", 1)
    return f"{city.replace('_', ' ').replace('/', ', ')} ({continent})"
