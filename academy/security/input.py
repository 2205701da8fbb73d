"""What no request may hold, and numbers of requests that no database could keep.

A NUL in a text and an integer beyond 31 bits are errors inside PostgreSQL; here they are the
visitor's: 400 for what cannot be read, 404 for an address that no row can have.
"""

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

from academy.lib.strict import LARGEST_ID

READING = frozenset({"GET", "HEAD", "OPTIONS"})
#: What a browser sends a form as; "" is a form without a field.
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", ""})


class IdConverter(IntegerConverter):
    """The <int:…> of addresses: at most what an id can be; beyond is no such address."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


def refuse_broken_input(app: Flask) -> None:
    """Look at every request before anything reads it."""
    app.url_map.converters["int"] = IdConverter
    app.before_request(_refuse_other_kinds)
    app.before_request(_refuse_nul)


def _refuse_other_kinds() -> None:
    """Let pages take forms only: JSON would put lists and objects where texts are expected."""
    is_page = not request.path.startswith(("/api/", "/hooks/"))
    if is_page and request.method not in READING and request.mimetype not in FORMS:
        abort(415)


def _refuse_nul() -> None:
    if "\x00" in request.path or "%00" in request.query_string.decode("latin-1"):
        abort(400)
    if request.mimetype == "application/x-www-form-urlencoded" and any(
        "\x00" in text for pair in request.form.items(multi=True) for text in pair
    ):
        abort(400)


def read_id(name: str) -> int | None:
    """Return the id that the query string gives under `name`; None for none or for nonsense."""
    value = request.args.get(name, type=int)
    return value if value is not None and 0 < value <= LARGEST_ID else None


#: Boxes in which people write; what stands in them is given back when a form cannot be taken.
TYPED = ("title", "body", "words", "note", "answer", "word")


def what_was_typed() -> dict[str, str]:
    """Return what this request's form holds of somebody's own words, by the names of its boxes."""
    if request.method in READING or request.mimetype not in FORMS:
        return {}
    return {name: request.form[name] for name in TYPED if request.form.get(name, "").strip()}
