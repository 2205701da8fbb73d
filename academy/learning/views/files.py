"""The files of a course: its figures, and all of them as one ZIP."""

import io
import zipfile
from pathlib import PurePosixPath

from flask import Response, abort

from academy.learning.figures import KINDS
from academy.learning.queries import find_file, list_files
from academy.learning.views.blueprint import load_book, pages
from academy.security.wall import public

#: Opened on its own, a drawing fetches nothing, runs nothing and stands in nobody's frame.
POLICY = (
    "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


@pages.get("/courses/<course>/figures/<digest>/<name>")
@public
def figure(course: str, digest: str, name: str) -> Response:
    """Give a figure; its address changes with it, so it is kept for ever."""
    found = find_file(load_book(course).id, f"figures/{name}")
    kind = KINDS.get(PurePosixPath(name).suffix)
    if found is None or kind is None or found.digest[:16] != digest:
        abort(404)
    answer = Response(found.data, mimetype=kind)
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


@pages.get("/courses/<course>/course.zip")
@public
def course_zip(course: str) -> Response:
    """Give all files of a course, as they were written."""
    book = load_book(course)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in list_files(book.id):
            # One moment for all, so that the same files make the same ZIP.
            archive.writestr(zipfile.ZipInfo(f"{book.slug}/{path}"), data)
    answer = Response(packed.getvalue(), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{book.slug}.zip"'
    return answer
