"""Sweeps pictures that no record names. Beside the services: workers load it without them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, delete, select

from academy.db import let_go, now, session, transaction
from academy.library.models import (
    CasePicture,
    CaseSection,
    CaseStudy,
    CaseSubmission,
    CaseVersion,
)

#: So long a picture that nothing names can still be put back.
UNUSED_FOR = timedelta(days=1)
#: Where a picture may be named: by working copies, by what was sent, by every version.
_NAMING: tuple[tuple[Any, Any], ...] = (
    (CaseStudy.id, CaseStudy.record), (CaseSection.case_id, CaseSection.content),
    (CaseSubmission.case_id, CaseSubmission.record), (CaseVersion.case_id, CaseVersion.record),
)  # fmt: skip


def sweep_pictures() -> int:
    """Delete pictures that were given long enough ago and that nothing names; return how many."""
    given = CasePicture.created_at < now() - UNUSED_FOR
    found = session.execute(
        select(CasePicture.id, CasePicture.case_id).where(given, *_unnamed())
    ).all()
    let_go()
    return sum(_sweep(picture_id, case_id) for picture_id, case_id in found)


def _unnamed() -> list[ColumnElement[bool]]:
    """A digest stands in the JSON as it is: 32 letters that nothing else can be taken for."""
    return [
        ~select(owner)
        .where(owner == CasePicture.case_id, cast(words, Text).contains(CasePicture.digest))
        .correlate(CasePicture)
        .exists()
        for owner, words in _NAMING
    ]


def _sweep(picture_id: int, case_id: int) -> int:
    """Delete one if nobody puts it back meanwhile: who writes the case waits, or makes us wait."""
    with transaction() as current:
        current.execute(select(CaseStudy.id).where(CaseStudy.id == case_id).with_for_update())
        gone = delete(CasePicture).where(CasePicture.id == picture_id, *_unnamed())
        return len(current.execute(gone.returning(CasePicture.id)).all())
