"""What pages, feeds and programs say of the pictures of a case: words, sizes and addresses."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from academy.library.models import CasePicture, CaseStudy
from academy.library.picture_queries import SIZES, digest_of_file, find_pictures
from academy.library.record import CaseRecord, Picture


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a page shows it; without addresses where the picture is gone."""

    number: int
    alternative: str
    credit: str
    width: int = 0
    height: int = 0
    small_width: int = 0
    #: Of what a phone fetches, in thousands of bytes.
    kilobytes: int = 0
    large: str = ""
    small: str = ""
    plain: str = ""
    #: Of `plain`, as other sites need it.
    plain_address: str = ""
    digest: str = ""


def shown_pictures(
    case: CaseStudy, record: CaseRecord, *, only: Collection[str] | None = None,
    external: bool = False,
) -> list[Shown]:  # fmt: skip
    """Return the pictures of a record with their addresses; one statement if there are any.

    Of those beside `only` (an older version names more than everybody sees) the words stay.
    """
    return show_pictures(case, record.pictures, only=only, external=external)


def show_pictures(
    case: CaseStudy, told: Sequence[Picture], *, only: Collection[str] | None = None,
    external: bool = False,
) -> list[Shown]:  # fmt: skip
    """Return pictures that a record of the case names, with their addresses."""
    digests = [digest_of_file(one.file) for one in told]
    rows = find_pictures(case.id, digests)
    found = []
    for number, (one, digest) in enumerate(zip(told, digests, strict=True), 1):
        row = rows.get(digest) if only is None or digest in only else None
        if row is None:
            found.append(Shown(number, one.alternative, one.credit))
        else:
            found.append(_shown(number, one, row, case.slug, is_external=external))
    return found


def picture_facts(case: CaseStudy) -> list[dict[str, Any]]:
    """Return the pictures of a case as programs read them: as in its record, with addresses."""
    record = CaseRecord.model_validate(case.record)
    shown = shown_pictures(case, record, external=True)
    return [
        {
            **told.model_dump(), "address": one.large or None, "small_address": one.small or None,
            "width": one.width or None, "height": one.height or None,
        }
        for told, one in zip(record.pictures, shown, strict=True)
    ]  # fmt: skip


def addresses(slug: str, digest: str, *, external: bool = False) -> dict[str, str]:
    """Return the address of each size."""
    return {
        size: url_for("library.picture", slug=slug, name=f"{digest}-{size}", _external=external)
        for size in SIZES
    }


def _shown(number: int, told: Picture, row: CasePicture, slug: str, *, is_external: bool) -> Shown:
    near = addresses(slug, row.digest, external=is_external)
    return Shown(
        number, told.alternative, told.credit, row.width, row.height, row.small_width,
        max(row.small_size // 1000, 1), near["1200.webp"], near["480.webp"], near["640.jpg"],
        addresses(slug, row.digest, external=True)["640.jpg"],
        row.digest,
    )  # fmt: skip
