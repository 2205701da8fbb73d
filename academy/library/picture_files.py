"""Pictures of the academy's own cases: files beside the records, checked before anything loads."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from academy.lib.pictures import LARGEST_BYTES, SUFFIXES, NotDrawn, read_head
from academy.library.alternatives import weakness_of
from academy.library.record import Picture

#: Under the folder of the cases.
FOLDER = "pictures"
_TOO_LARGE = f"Make it smaller than {LARGEST_BYTES // 1024 // 1024} MB."
#: What to do about a file that cannot be drawn.
ADVICE: Mapping[str, str] = {
    "empty": "Put the picture there again.",
    "too_large": _TOO_LARGE,
    "heic": "Save it as JPEG.",
    "svg": "Save the drawing as PNG, 1200 pixels wide.",
    "other_kind": "Save it as JPEG, PNG or WebP.",
    "damaged": "Save it again from the original.",
    "too_small": "Take a larger one: 1200 pixels wide is good.",
    "too_many_pixels": "Make it smaller: 1200 pixels wide is good.",
    "too_heavy": "Make it smaller: 1200 pixels wide is good.",
}
_WEAK = {
    "file_name": "Say what is to be seen: who does what, and where.",
    "opening": "Leave these words out: whoever hears it knows that it is a picture.",
    "short": "Say what is to be seen: who does what, and where.",
}


def check_pictures(
    folder: Path, pictures: Sequence[Picture]
) -> Iterator[tuple[int, str, str, str]]:
    """Name each fault: (which picture, which of its fields, what is wrong, advice)."""
    for number, picture in enumerate(pictures):
        found = _fault_of(folder / FOLDER / picture.file)
        if found:
            yield number, "file", f"{picture.file} {found[0]}", found[1]
        if weakness := weakness_of(picture.alternative):
            yield number, "alternative", "it tells little", _WEAK[weakness]


def _fault_of(path: Path) -> tuple[str, str] | None:
    if not path.is_file():
        return "is not there", f"Put it into cases/{FOLDER}/, or take the entry out."
    if path.stat().st_size > LARGEST_BYTES:
        return "is too large", _TOO_LARGE
    try:
        head = read_head(path.read_bytes())
    except NotDrawn as refusal:
        return f"cannot be shown ({refusal.reason})", ADVICE[refusal.reason]
    if path.suffix.removeprefix(".") not in SUFFIXES[head.kind]:
        return f"is {head.kind.upper()} under another name", f"Call it .{SUFFIXES[head.kind][0]}."
    return None


def find_strays(folder: Path, named: set[str]) -> Iterator[Path]:
    """Give the files beside the records that no record names."""
    for path in sorted((folder / FOLDER).glob("*")):
        if path.is_file() and path.name not in named and not path.name.startswith("."):
            yield path
