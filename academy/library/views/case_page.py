"""The page of one case: what is told of it, what the community is asked, what is like it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from academy.db import now
from academy.i18n.reader import page_language
from academy.i18n.times import day_in_words
from academy.lib.kept import Kept
from academy.library import wording
from academy.library.addresses import address_of, home
from academy.library.citing import Reference
from academy.library.draft_queries import find_withdrawal, find_writable, read_byline
from academy.library.fields import completeness, is_told
from academy.library.metadata import describe_case
from academy.library.models import CaseStudy
from academy.library.policy import can_curate, can_withdraw
from academy.library.record import CaseRecord, Picture
from academy.library.related import Related, find_related
from academy.library.showing import Shown, show_pictures
from academy.library.views.blueprint import load_case, pages, reader
from academy.library.views.pictures import saves_data, wants_few_bytes
from academy.library.views.wishes import words_of
from academy.library.views.withdrawing import may_put_back
from academy.security.wall import public

#: What records say, rendered: the same for every reader of a language until the record changes.
_kept = Kept(most_bytes=700_000)


@dataclass(frozen=True, slots=True)
class Told:
    """What the page shows of a record: its card, the rest, and what search engines read."""

    card: Markup
    rest: Markup
    metadata: Markup
    pictures: Sequence[Shown]


@pages.get("/cases/<slug>/")
@public
def case(slug: str) -> ResponseReturnValue:
    """Show one case: its card, what is told of it, what the community is asked."""
    found = load_case(slug, with_record=False, is_told=False)
    if found.version == 0:  # never published: only writers and librarians come this far
        return redirect(url_for(".review_case", case_id=found.id))
    told = _told(found)
    return render_template(
        "library/case.html", case=found, told=told, pictures=told.pictures, reason=_reason,
        reference=reference_of(found), related=find_related(found.id), today=now().date(),
        day_in_words=day_in_words, few_bytes=wants_few_bytes(), saves_data=saves_data(),
        may_erase=can_curate(reader()), **_ways(found),
    )  # fmt: skip


def _ways(found: CaseStudy) -> dict[str, Any]:
    """Return who wrote a member's case and what the reader may do with it; files have neither."""
    if found.origin != "member":
        return {}
    person, is_gone = reader(), found.status == "withdrawn"
    return {
        "byline": read_byline(found), "may_withdraw": can_withdraw(person, found),
        "may_write": person is not None and find_writable(found.id, person) is not None,
        "withdrawal": find_withdrawal(found.id) if is_gone else None,
        "may_put_back": is_gone and may_put_back(found),
    }  # fmt: skip


def _told(case: CaseStudy) -> Told:
    key = (case.id, case.version, case.digest, case.published_at, page_language(), home())
    kept = json.loads(_kept.find(key, lambda: json.dumps(_render(case), ensure_ascii=False)))
    pictures = show_pictures(case, [Picture.model_validate(one) for one in kept["pictures"]])
    metadata = kept["metadata"] | _images(pictures)
    return Told(
        Markup(kept["card"]),  # noqa: S704  rendered and escaped by our own templates
        Markup(kept["rest"]),  # noqa: S704  the same
        _as_data(metadata), pictures,
    )  # fmt: skip


def _render(case: CaseStudy) -> dict[str, Any]:
    record = CaseRecord.model_validate(case.record)
    shown = {
        "case": case, "record": record, "filled": completeness(record), "wording": wording,
        "told": lambda field: is_told(record, field),
    }  # fmt: skip
    moments = (case.published_at, case.changed_at)
    return {
        "card": render_template("library/_card.html", **shown),
        "rest": render_template("library/_body.html", **shown),
        "metadata": describe_case(record, reference_of(case), moments, home()),
        "pictures": [one.model_dump() for one in record.pictures],
    }


def _images(pictures: Sequence[Shown]) -> dict[str, list[str]]:
    addresses = [one.plain_address for one in pictures if one.plain_address]
    return {"image": addresses} if addresses else {}


def _as_data(facts: dict[str, Any]) -> Markup:
    """Write JSON in which nothing ends its element or begins another (HTML, 4.12.1.3)."""
    text = json.dumps(facts, ensure_ascii=False)
    plain = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(plain)  # noqa: S704  no character of markup is left


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
