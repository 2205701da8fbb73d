"""The texts of the academy as organisers read and change them: with placeholders, by language."""

from functools import cache

from academy.messaging.letters import ENGLISH, FOLDER, Letter, fill_in, language_of
from academy.reminders.kinds import CONFIRMED, EVERY_KIND, HAPPENINGS, MOVED, PROMOTED

#: For every name and function of the academy's own texts, the placeholder that stands for it.
_STANDS_FOR = {
    "called": "{{ name }}",
    "series": "{{ series }}",
    "live_session": "{{ live_session }}",
    "minutes": "{{ minutes }}",
    "door_minutes": "{{ door_minutes }}",
    "summary": "{{ summary }}",
    "recording": "{{ recording }}",
    "recording_size": "{{ recording_size }}",
    "until_minute": "{{ until_minute }}",
    "path": "{{ link }}",
    "series_path": "{{ series_link }}",
    "attendance_path": "{{ attendance_link }}",
    "academy_url": "{{ academy }}",
    "choices_url": "{{ choices }}",
    "starts_at": "",
    "zone": "",
    "link": lambda placeholder: placeholder,
    "when": lambda *_moment: "{{ when }}",
    "clock": lambda *_moment: "{{ hour }}",
}
#: Where a kind has another page to lead to than the reader's own way in.
_HAPPENING = _STANDS_FOR | {"path": "{{ series_link }}"}
_LIVE_SESSION = _STANDS_FOR | {"path": "{{ live_session_link }}"}
_STANDS_FOR_IN = {
    **dict.fromkeys(HAPPENINGS, _HAPPENING), MOVED: _LIVE_SESSION, PROMOTED: _LIVE_SESSION,
    CONFIRMED: _HAPPENING | {
        "starts_at": "-", "way_in": "{{ link }}", "card": "{{ card }}", "waiting": "{{ waiting }}",
    },
}  # fmt: skip


@cache
def languages() -> tuple[str, ...]:
    """Return the languages in which there are texts of every kind, English first."""
    found = [
        folder.name
        for folder in sorted(FOLDER.iterdir())
        if folder.is_dir() and all((folder / f"{kind}.txt").is_file() for kind in EVERY_KIND)
    ]
    return (ENGLISH, *found)


def language_for(kind: str, wanted: str) -> str:
    """Return the language in which whoever reads `wanted` gets this kind."""
    return language_of(kind, wanted)


@cache
def built_in(kind: str, language: str) -> Letter:
    """Return the academy's own subject and text of a kind, with placeholders, without its end."""
    letter = fill_in(kind, language, _STANDS_FOR_IN.get(kind, _STANDS_FOR))
    return Letter(letter.subject, _cut(letter.text)[0] + "\n")


@cache
def end_of(kind: str, language: str) -> str:
    """Return the end that every mail has: who writes, and the way to no more of these."""
    return _cut(fill_in(kind, language, _STANDS_FOR_IN.get(kind, _STANDS_FOR)).text)[1]


def _cut(text: str) -> tuple[str, str]:
    """Cut before the paragraph that names the academy."""
    paragraphs = text.strip().split("\n\n")
    cut = next(place for place, one in enumerate(paragraphs) if "{{ academy }}" in one)
    return "\n\n".join(paragraphs[:cut]), "\n\n".join(paragraphs[cut:]) + "\n"
