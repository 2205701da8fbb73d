"""Writing a case: begun with three facts, then section by section, by several people at once."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.library.errors import ChangedMeanwhile, NotPossible, TooMany
from academy.library.models import CaseSection, CaseStudy
from academy.library.steps import SECTIONS
from academy.library.working_copy import Content, mark_of, value_of
from academy.people.models import Person
from academy.security import audit

#: So many unpublished cases one person may have begun.
MOST_DRAFTS = 30
_LONGEST_WORDS = 60


def begin_case(person: Person, title: str, country: str, language: str) -> CaseStudy:
    """Return a new draft of which only these are told; raises TooMany."""
    with transaction() as current:
        unpublished = CaseStudy.published_at.is_(None) & (CaseStudy.author_id == person.id)
        if (current.scalar(select(func.count()).where(unpublished)) or 0) >= MOST_DRAFTS:
            raise TooMany
        case = CaseStudy(
            slug=uuid4().hex, origin="member", author_id=person.id, title=title, summary="",
            language=language, country=country, kind="", record={}, digest="", version=0,
        )  # fmt: skip
        current.add(case)
        current.flush()
        case.slug = f"{_words_of_address(title)}-{case.id}"
        _begin_sections(current, case, person)
        audit.note("case.begun", f"case:{case.id}", actor_id=person.id)
    return case


def _words_of_address(title: str) -> str:
    """Return what of a title can stand in an address; the id behind it keeps it one of a kind."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_WORDS].strip("-")
    return words or "case"


def _begin_sections(current: Session, case: CaseStudy, person: Person) -> None:
    told: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
    told["about"] = {"title": case.title, "language": case.language}
    told["place"] = {"places": [{"country": case.country}]}
    for section, content in told.items():
        row = CaseSection(case_id=case.id, section=section, content=content, changed_by=person.id)
        current.add(row)


@dataclass(frozen=True, slots=True)
class Saved:
    """A section as it stands after it was saved."""

    content: Content
    version: int
    #: Who changed other fields of it meanwhile; their words were kept, too.
    beside: int | None = None


def save_section(
    case: CaseStudy, section: str, person: Person, content: Content,
    bases: Mapping[str, str] | None = None,
) -> Saved:  # fmt: skip
    """Keep what was typed into a section; what others changed in other fields stays theirs.

    `bases` are the marks (working_copy.marks_of) of what the form was made from; without them the
    section becomes `content`. Raises ChangedMeanwhile where both changed one field: nothing is
    written then.
    """
    with transaction() as current:
        lock_case(current, case)
        row = _row_of(current, case, section)
        merged, beside = _merge(section, row, content, bases)
        if merged != row.content:
            row.content, row.changed_by, row.changed_at = merged, person.id, now()
            row.version += 1
            _name_draft(case, section, merged)
        current.flush()
        return Saved(merged, row.version, beside if beside != person.id else None)


def lock_case(current: Session, case: CaseStudy) -> None:
    """Hold the case until the transaction ends, and read it as it stands now."""
    current.flush()  # what an outer transaction has changed would be read over
    current.refresh(case, with_for_update=True)


def _row_of(current: Session, case: CaseStudy, section: str) -> CaseSection:
    row = current.get(CaseSection, (case.id, section), populate_existing=True)
    if row is None:  # a section that came into being after the case
        row = CaseSection(case_id=case.id, section=section, content={}, version=0)
        current.add(row)
    return row


def _merge(
    section: str, row: CaseSection, mine: Content, bases: Mapping[str, str] | None
) -> tuple[dict[str, Any], int | None]:
    merged, beside = dict(row.content), None
    changed: list[str] = []
    clashing: list[str] = []
    for field in SECTIONS[section]:
        my_value, their_value = value_of(mine, field), value_of(row.content, field)
        base = bases.get(field) if bases is not None else mark_of(their_value)
        i_changed, they_changed = base != mark_of(my_value), base != mark_of(their_value)
        if i_changed:
            changed.append(field)
            merged[field] = my_value
        if i_changed and they_changed and my_value != their_value:
            clashing.append(field)
        elif they_changed and not i_changed:
            beside = row.changed_by
    if clashing:
        raise ChangedMeanwhile(dict(row.content), changed, clashing, row.changed_by)
    return merged, beside


def _name_draft(case: CaseStudy, section: str, content: Content) -> None:
    """Let lists call an unpublished case as its working copy does."""
    if case.published_at is not None:
        return
    if section == "about":
        case.title = content.get("title", "")[:300] or case.title
        case.summary = content.get("summary", "")[:500]
        case.language = content.get("language") or case.language
    if section == "place":
        told = (place["country"] for place in content.get("places", []) if place.get("country"))
        case.country = next(told, case.country)


def discard_draft(case: CaseStudy, person: Person) -> None:
    """Delete a case that was never published, with everything of it; raises NotPossible."""
    with transaction() as current:
        lock_case(current, case)
        if case.origin != "member" or case.published_at is not None:
            raise NotPossible
        audit.note("case.discarded", f"case:{case.id}", actor_id=person.id)
        current.execute(delete(CaseStudy).where(CaseStudy.id == case.id))
