"""The page of one case: what is told of it, what the community is asked, what is like it."""

import json
from datetime import UTC

from flask import render_template
from markupsafe import Markup

from academy.db import now
from academy.i18n.reader import page_language
from academy.i18n.times import day_in_words
from academy.lib.kept import Kept
from academy.library import wording
from academy.library.addresses import address_of, home
from academy.library.citing import Reference
from academy.library.fields import SECTIONS, completeness, is_told
from academy.library.metadata import describe_case
from academy.library.models import CaseStudy
from academy.library.record import CaseRecord
from academy.library.related import Related, find_related
from academy.library.views.blueprint import load_case, pages
from academy.library.views.wishes import words_of
from academy.security.wall import public

#: What records say, rendered: the same for every reader of a language until the record changes.
_bodies = Kept(most_bytes=700_000)
_metadata = Kept(most_bytes=200_000)


@pages.get("/cases/<slug>/")
@public
def case(slug: str) -> str:
    """Show one case: its card, what is told of it, what the community is asked."""
    found = load_case(slug, with_record=False)
    return render_template(
        "library/case.html", case=found, body=_body(found), metadata=_data(found),
        reference=reference_of(found), related=find_related(found.id), reason=_reason,
        day_in_words=day_in_words, today=now().date(),
    )  # fmt: skip


def _body(case: CaseStudy) -> Markup:
    key = (case.id, case.version, case.digest, page_language())
    return Markup(_bodies.find(key, lambda: _render_body(case)))  # noqa: S704  our own template


def _render_body(case: CaseStudy) -> str:
    record = CaseRecord.model_validate(case.record)
    return render_template(
        "library/_body.html", case=case, record=record, filled=completeness(record),
        told=lambda field: is_told(record, field), sections=SECTIONS, wording=wording,
    )  # fmt: skip


def _data(case: CaseStudy) -> Markup:
    key = (case.id, case.version, case.digest, case.published_at, home())
    return Markup(_metadata.find(key, lambda: _describe(case)))  # noqa: S704  escaped below


def _describe(case: CaseStudy) -> str:
    record = CaseRecord.model_validate(case.record)
    facts = describe_case(record, reference_of(case), (case.published_at, case.changed_at), home())
    return _without_markup(json.dumps(facts, ensure_ascii=False))


def _without_markup(text: str) -> str:
    """Let nothing inside the JSON end its element or begin another (HTML, 4.12.1.3)."""
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def reference_of(case: CaseStudy) -> Reference:
    """Return how this version of the case is cited."""
    return Reference(
        case.slug, case.title, case.summary, case.language, case.version,
        case.changed_at.astimezone(UTC).date(), address_of(case.slug),
    )  # fmt: skip


#: So many things in common are named.
MOST_REASONS = 4


def _reason(one: Related) -> str:
    return ", ".join(words_of(facet, value) for facet, value in one.shared[:MOST_REASONS])
