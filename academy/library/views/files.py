"""A case as Markdown and JSON, and the library's feed."""

from flask import Response, jsonify, render_template, url_for

from academy.db import now
from academy.library import wording
from academy.library.queries import find_newest
from academy.library.record import CaseRecord
from academy.library.showing import picture_facts, shown_pictures
from academy.library.views.blueprint import load_told_case, pages, reader
from academy.security.wall import public


@pages.get("/cases/<slug>/case.json")
@public
def case_json(slug: str) -> Response:
    """Give the record as it stands in its file, with its address and version."""
    found = load_told_case(slug)
    address = url_for("library.case", slug=slug, _external=True)
    facts = {"address": address, "version": found.version, **found.record}
    return jsonify(facts | {"pictures": picture_facts(found)})


@pages.get("/cases/<slug>/case.md")
@public
def case_markdown(slug: str) -> Response:
    """Give the case as Markdown, to be read or carried on anywhere."""
    found = load_told_case(slug)
    record = CaseRecord.model_validate(found.record)
    text = render_template(
        "library/case.md", case=found, record=record, wording=wording,
        pictures=shown_pictures(found, record, external=True),
    )  # fmt: skip
    return Response(text, mimetype="text/markdown")


@pages.get("/cases/feed.atom")
@public
def case_feed() -> Response:
    """Give the newest cases as an Atom feed (RFC 4287)."""
    newest = find_newest(reader())
    updated = newest[0].changed_at if newest else now()
    feed = render_template("library/feed.atom", cases=newest, updated=updated)
    return Response(feed, mimetype="application/atom+xml")
