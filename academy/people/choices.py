"""What a person can choose from: languages and time zones."""

from functools import cache
from zoneinfo import available_timezones

#: Spoken where the academy's people live, each with its own name; the pages speak those that are
#: translated. Written out, because asking CLDR costs every process 25 MB and a quarter of a second.
LANGUAGES = {
    "en": "English", "ar": "العربية", "bn": "বাংলা", "my": "မြန်မာ", "zh": "中文",
    "dz": "རྫོང་ཁ", "fil": "Filipino", "fr": "Français", "hi": "हिन्दी", "id": "Indonesia",
    "ja": "日本語", "km": "ខ្មែរ", "ko": "한국어", "lo": "ລາວ", "ms": "Melayu", "mn": "Монгол",
    "ne": "नेपाली", "pt": "Português", "ru": "Русский", "si": "සිංහල", "es": "Español",
    "ta": "தமிழ்", "te": "తెలుగు", "th": "ไทย", "tet": "Tetun", "ur": "اردو",
    "vi": "Tiếng việt",
}  # fmt: skip

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


def language_choices() -> dict[str, str]:
    """Return the languages' own names by their codes, English first."""
    return dict(LANGUAGES)


def today_zone(name: str) -> str:
    """Return the name that the zone has today: Asia/Calcutta is Asia/Kolkata."""
    return RENAMED_ZONES.get(name, name)


@cache
def zone_choices() -> dict[str, str]:
    """Return the zones of cities in words by their IANA names, Asia first."""
    names = (name for name in available_timezones() if name not in RENAMED_ZONES)
    cities = (name for name in names if name.split("/")[0] in _CONTINENTS and "/" in name)
    ordered = sorted(cities, key=lambda name: (_CONTINENTS.index(name.split("/")[0]), name))
    return {name: _in_words(name) for name in ordered}


def _in_words(name: str) -> str:
    continent, city = name.split("/", 1)
    return f"{city.replace('_', ' ').replace('/', ', ')} ({continent})"
