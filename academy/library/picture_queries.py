"""Reads of pictures: their bytes for whoever may see them, and what a page needs of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from academy.db import session
from academy.library.models import CasePicture, CaseStudy
from academy.library.policy import visible_cases, works_on
from academy.people.models import Person

#: So many that were taken out are offered to be put back.
MOST_TAKEN_OUT = 12
#: What stands in an address, and the column and the type of what is given there.
SIZES = {
    "1200.webp": (CasePicture.large, "image/webp"),
    "480.webp": (CasePicture.small, "image/webp"),
    "640.jpg": (CasePicture.plain, "image/jpeg"),
}


@dataclass(frozen=True, slots=True)
class PictureBytes:
    """One size of a picture, and whether it is for everybody."""

    body: bytes
    media_type: str
    is_public: bool


def find_picture_bytes(
    slug: str, digest: str, size: str, person: Person | None
) -> PictureBytes | None:
    """Return a picture of a case that `person` may see; one statement.

    Everybody sees what the published record shows; drafts, older versions and what was taken out
    are for those who work on the case.
    """
    column, media_type = SIZES[size]
    asked = (
        visible_cases(person)
        .join(CasePicture, CasePicture.case_id == CaseStudy.id)
        .where(CaseStudy.slug == slug, CasePicture.digest == digest)
        .add_columns(column, works_on(person))
    )
    found = session.execute(asked).one_or_none()
    if found is None:
        return None
    case, body, is_worker = found
    is_public = case.status == "published" and digest in digests_of(case.record)
    return PictureBytes(body, media_type, is_public) if is_public or is_worker else None


def digests_of(record: Mapping[str, Any]) -> list[str]:
    """Return the digests that a record (as JSON) names, in its order."""
    return [digest_of_file(one["file"]) for one in record.get("pictures") or ()]


def digest_of_file(file: str) -> str:
    """Return the digest in what a record calls a picture."""
    return file.partition(".")[0]


def find_pictures(case_id: int, digests: Sequence[str]) -> dict[str, CasePicture]:
    """Return the rows of these pictures of a case without their bytes; at most one statement."""
    if not digests:
        return {}
    asked = select(CasePicture).where(
        CasePicture.case_id == case_id, CasePicture.digest.in_(digests)
    )
    return {one.digest: one for one in session.scalars(asked)}


def taken_out(case: CaseStudy, content: Mapping[str, Any]) -> Sequence[str]:
    """Return the digests of pictures that were given and that `content` names no more.

    They can be put back until they are swept; one statement.
    """
    named = digests_of({"pictures": [row for row in content.get("pictures", []) if "file" in row]})
    given = select(CasePicture.digest).where(
        CasePicture.case_id == case.id, CasePicture.digest.not_in(named)
    )
    return session.scalars(given.order_by(CasePicture.id.desc()).limit(MOST_TAKEN_OUT)).all()
