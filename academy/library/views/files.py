"""A case as Markdown, as JSON and as a reference, and the library's feed."""

from flask import Response, jsonify, render_template

from academy.db import now
from academy.lib.feeds import only_xml
from academy.library.addresses import address_of, home
from academy.library.as_markdown import as_markdown
from academy.library.citing import as_bibtex, as_ris
from academy.library.queries import find_newest
from academy.library.record import CaseRecord
from academy.library.showing import picture_facts, shown_pictures
from academy.library.views.blueprint import load_case, pages, reader
from academy.library.views.case_page import reference_of
from academy.security.wall import public


@pages.get("/cases/<slug>/case.json")
@public
def case_json(slug: str) -> Response:
    """Give the record as it stands in its file, with its address and version."""
    found = load_case(slug)
    facts = {"address": address_of(slug), "version": found.version, **found.record}
    return jsonify(facts | {"pictures": picture_facts(found)})


@pages.get("/cases/<slug>/case.md")
@public
def case_markdown(slug: str) -> Response:
    """Give the case as Markdown, to be read or carried on anywhere."""
    found = load_case(slug)
    record = CaseRecord.model_validate(found.record)
    pictures = shown_pictures(found, record, external=True)
    text = as_markdown(record, pictures, address_of(slug), found.version)
    return Response(text, mimetype="text/markdown")


@pages.get("/cases/<slug>/case.bib")
@public
def case_bibtex(slug: str) -> Response:
    """Give the reference for LaTeX and for programs that read BibTeX."""
    return _as_file(as_bibtex(reference_of(load_case(slug))), "application/x-bibtex", f"{slug}.bib")


@pages.get("/cases/<slug>/case.ris")
@public
def case_ris(slug: str) -> Response:
    """Give the reference for Zotero, EndNote, Mendeley and others that read RIS."""
    reference = as_ris(reference_of(load_case(slug)))
    return _as_file(reference, "application/x-research-info-systems", f"{slug}.ris")


def _as_file(text: str, mimetype: str, name: str) -> Response:
    answer = Response(text, mimetype=mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@pages.get("/cases/feed.atom")
@public
def case_feed() -> Response:
    """Give the newest cases as an Atom feed (RFC 4287)."""
    newest = find_newest(reader())
    updated = newest[0].changed_at if newest else now()
    feed = render_template(
        "library/feed.atom", cases=newest, updated=updated, address_of=address_of, home=home()
    )
    return Response(only_xml(feed), mimetype="application/atom+xml")
