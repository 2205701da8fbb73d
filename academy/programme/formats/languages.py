"""The languages that people name in forms, as BCP 47 codes; what is not known stays an answer."""

import re
from functools import cache

from babel import Locale

from academy.lib.countries import exact_key

#: Languages of Asia and of the world that registrants may prefer; each is known by its code, its
#: English name and its own name.
_CODES = (
    "en ar bn de es fa fil fr hi id it ja kk km ko ky lo mn ms my nb ne nl pa pl ps pt ru si sv ta"
    " te tg th tk tr uk ur uz vi zh"
)
_OTHER_NAMES = {
    "bahasa": None, "bahasaindonesia": "id", "bahasamelayu": "ms", "bahasamalaysia": "ms",
    "tagalog": "fil", "mandarin": "zh", "putonghua": "zh", "burmese": "my", "myanmar": "my",
    "cambodian": "km", "laotian": "lo", "sinhalese": "si", "farsi": "fa", "castellano": "es",
}  # fmt: skip
_TAG = re.compile(r"[a-z]{2,3}([-_][A-Za-z]{2,4})?")


def recognise_language(text: str) -> str | None:
    """Return the code of the one language that `text` names, else None."""
    stripped = text.strip()
    if _TAG.fullmatch(stripped) and stripped.split("-")[0].split("_")[0] in _CODES.split():
        return stripped.replace("_", "-")
    return _names().get(exact_key(stripped))


@cache
def _names() -> dict[str, str | None]:
    found: dict[str, str | None] = dict(_OTHER_NAMES)
    english = Locale("en")
    for code in _CODES.split():
        own = Locale.parse(code)
        for name in (english.languages[code], own.languages.get(code, "")):
            found.setdefault(exact_key(name), code)
    return found
