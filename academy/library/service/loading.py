"""Loads the academy's own cases from their files: what changed, what is new, what was removed."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.lib.search_index import Text, drop, put
from academy.library.content import CaseFile
from academy.library.fields import completeness, facets, words_of
from academy.library.models import KIND, CaseFacet, CaseStudy, CaseVersion
from academy.library.record import CaseRecord


@dataclass(slots=True)
class LoadReport:
    """How many cases a load made, changed, left as they were, and took from the shelf."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0

    def as_json(self) -> dict[str, int]:
        """Return the shape of `academy content load --json`."""
        return asdict(self)


class SlugTaken(Exception):
    """A member's case has the address of a file; nothing was loaded."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"a member's case has the address {slug} already")
        self.slug = slug


def load_cases(files: Sequence[CaseFile]) -> LoadReport:
    """Make the shelf of the academy's own cases what the files say; a second time changes nothing.

    A file that is gone withdraws its case: addresses, threads and versions stay. One that comes
    back puts it on the shelf again. One transaction: all, or nothing and SlugTaken.
    """
    report = LoadReport()
    with transaction() as session:
        standing = {case.slug: case for case in session.scalars(select(CaseStudy))}
        for file in files:
            _load(session, standing.get(file.slug), file, report)
        slugs = {file.slug for file in files}
        gone = (case for slug, case in standing.items() if slug not in slugs)
        _withdraw(gone, report)
    return report


def _load(session: Session, case: CaseStudy | None, file: CaseFile, report: LoadReport) -> None:
    if case is not None and case.origin != "academy":
        raise SlugTaken(file.slug)
    document = file.record.model_dump(mode="json")
    digest = digest_of(document)
    if case is None:
        case = CaseStudy(slug=file.slug, origin="academy", published_at=now(), version=0)
        session.add(case)
        report.created += 1
    elif case.digest == digest and case.status == "published":
        report.unchanged += 1
        return
    else:
        report.updated += 1
    case.status, case.digest = "published", digest
    store_record(session, case, file.record, document)


def store_record(
    session: Session, case: CaseStudy, record: CaseRecord, document: dict[str, Any], *,
    changed_by: int | None = None, note: str = "",
) -> None:  # fmt: skip
    """Write a record, what is found by it, and one more version: by whom, and what changed."""
    case.record, case.title, case.summary = document, record.title, record.summary
    case.language, case.kind, case.country = record.language, record.kind, record.places[0].country
    case.completeness = completeness(record).percent
    case.version += 1
    case.changed_at = now()
    session.flush()
    session.execute(delete(CaseFacet).where(CaseFacet.case_id == case.id))
    rows = [{"case_id": case.id, "facet": name, "value": value} for name, value in facets(record)]
    session.execute(insert(CaseFacet), rows)
    version = CaseVersion(
        case_id=case.id, version=case.version, record=document, changed_by=changed_by, note=note
    )
    session.add(version)
    put(KIND, [Text(case.id, *words_of(record))])


def digest_of(document: dict[str, Any]) -> str:
    """Return the SHA-256 of a record: the same for the same facts, whatever the file's layout."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _withdraw(cases: Iterable[CaseStudy], report: LoadReport) -> None:
    for case in cases:
        if case.origin == "academy" and case.status == "published":
            case.status = "withdrawn"
            drop(KIND, [case.id])
            report.withdrawn += 1
