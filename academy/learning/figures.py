"""The figures of a course: files beside it, checked before anybody sees them."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from academy.learning.content import FIGURES, CourseFiles
from academy.learning.still_drawings import NoDrawing, find_acts
from academy.lib.content_files import Fault
from academy.lib.pictures.head import NotDrawn, measure

KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}
#: Bytes: a lesson is read on prepaid data.
LARGEST = 200_000
_VIEW_BOX = re.compile(
    rb"<svg\b[^>]*?\bviewBox\s*=\s*[\"'][\d.-]+[\s,]+[\d.-]+[\s,]+([\d.]+)[\s,]+([\d.]+)"
)


def facts_of_figures(contents: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """Return by name what a page says of a figure before it is there: its digest and its size."""
    return {
        path.removeprefix(f"{FIGURES}/"): {
            "digest": hashlib.sha256(data).hexdigest()[:16], **_size_of(data),
        }
        for path, data in contents.items() if path.startswith(f"{FIGURES}/")
    }  # fmt: skip


def _size_of(data: bytes) -> dict[str, int]:
    if found := _VIEW_BOX.search(data):
        sides = [round(float(side)) for side in found.groups()]
        return dict(zip(("width", "height"), sides, strict=True))
    try:
        head = measure(data)
    except NotDrawn:
        return {}
    return {"width": head.width, "height": head.height}


def faults_of_figures(course: CourseFiles) -> Iterator[Fault]:
    """Name figures that are missing, too heavy or unknown, that act, or that nobody shows."""
    folder = course.folder / FIGURES
    shown: set[str] = set()
    for lesson in course.lessons:
        for text in (*lesson.texts.values(), *lesson.broken.values()):
            for piece in text.pieces:
                if piece.name == "figure":
                    name = piece.options["file"]
                    shown.add(name)
                    if why := _why_not(folder, name):
                        yield Fault(text.file, piece.line, f"figure {name}: {why[0]}", why[1])
    for file in sorted(folder.iterdir()) if folder.is_dir() and course.is_whole else ():
        if file.name not in shown:
            name = f"{course.slug}/{FIGURES}/{file.name}"
            yield Fault(name, 1, "no lesson shows this figure", "Show it, or take it away.")


def _why_not(folder: Path, name: str) -> tuple[str, str] | None:
    file = folder / name
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z]{2,3})?\.(svg|png|jpg|webp)", name):
        return "its name cannot be an address", f"One of {', '.join(KINDS)}, small letters."
    if not file.is_file():
        return "the file is missing", f"Put it into {FIGURES}/."
    if file.stat().st_size > LARGEST:
        size = file.stat().st_size // 1000
        return f"{size:,} kB are too heavy", f"{LARGEST // 1000} kB at most: draw it, or shrink it."
    return _why_no_drawing(file.read_bytes()) if file.suffix == ".svg" else None


def _why_no_drawing(data: bytes) -> tuple[str, str] | None:
    try:
        found = find_acts(data)
    except NoDrawing as error:
        return f"it is no drawing: {error}", "Save it as plain SVG, in UTF-8."
    advice = "A drawing may not act, nor fetch anything."
    return (f"the drawing holds {found!r}", advice) if found else None
