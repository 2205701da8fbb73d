"""Loads the academy's own cases from their files: what changed, what is new, what was removed."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.lib.pictures import NotDrawn
from academy.lib.search_index import Text, drop, put
from academy.library.content import CaseFile
from academy.library.fields import completeness, facets, words_of
from academy.library.models import KIND, CaseFacet, CaseStudy, CaseVersion
from academy.library.record import CaseRecord
from academy.library.service.pictures import (
    Sketch,
    digest_of_picture,
    keep_sketches,
    known_digests,
    sketch,
)


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


class PictureFault(Exception):
    """A picture of a file cannot be drawn; nothing was loaded."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"the picture {name} cannot be drawn ({reason})")
        self.name = name
        self.reason = reason


def load_cases(files: Sequence[CaseFile]) -> LoadReport:
    """Make the shelf of the academy's own cases what the files say; a second time changes nothing.

    A file that is gone withdraws its case: addresses, threads and versions stay. One that comes
    back puts it on the shelf again. One transaction: all, or nothing and SlugTaken. Pictures are
    drawn before it begins, those that are there already not again; raises PictureFault.
    """
    sketches = {file.slug: drawn for file, drawn in zip(files, draw_pictures(files), strict=True)}
    report = LoadReport()
    with transaction() as session:
        standing = {case.slug: case for case in session.scalars(select(CaseStudy))}
        for file in files:
            _load(session, standing.get(file.slug), file, sketches[file.slug], report)
        slugs = {file.slug for file in files}
        gone = (case for slug, case in standing.items() if slug not in slugs)
        _withdraw(gone, report)
    return report


def draw_pictures(
    files: Sequence[CaseFile], known: Collection[str] | None = None
) -> list[dict[str, Sketch]]:
    """Return the pictures of each file by their names; raise PictureFault. Writes nothing.

    Drawn is what is not among the `known` digests: those of the database, where none are given.
    """
    bodies = [{name: path.read_bytes() for name, path in file.pictures.items()} for file in files]
    pairs = list(zip(files, bodies, strict=True))
    if known is None:
        digests = [digest_of_picture(file.slug, data) for file, found in pairs
                   for data in found.values()]  # fmt: skip
        known = known_digests(digests)
    return [
        {name: _sketch(file.slug, name, data, known) for name, data in found.items()}
        for file, found in pairs
    ]


def _sketch(slug: str, name: str, data: bytes, known: Collection[str]) -> Sketch:
    try:
        return sketch(slug, data, known)
    except NotDrawn as refusal:
        raise PictureFault(name, refusal.reason) from refusal


def _load(
    session: Session,
    case: CaseStudy | None,
    file: CaseFile,
    sketches: Mapping[str, Sketch],
    report: LoadReport,
) -> None:
    if case is not None and case.origin != "academy":
        raise SlugTaken(file.slug)
    document = _document_of(file.record, sketches)
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
    keep_sketches(session, case.id, sketches)


def _document_of(record: CaseRecord, sketches: Mapping[str, Sketch]) -> dict[str, Any]:
    """Return the record with each picture under the name of what was drawn of it.

    So another picture under the same name of a file is a change, and old versions keep theirs.
    """
    document = record.model_dump(mode="json")
    for picture in document["pictures"]:
        if picture["file"] in sketches:
            picture["file"] = sketches[picture["file"]].file
    return document


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
