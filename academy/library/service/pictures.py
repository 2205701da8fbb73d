"""Keeps pictures of cases: drawn anew before the transaction, one row for one file of one case."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.db import in_parts, session
from academy.lib.pictures import Drawn, draw
from academy.library.models import CasePicture

#: Rises when pictures come out otherwise than before; files of the academy are then drawn again.
RECIPE = 1


@dataclass(frozen=True, slots=True)
class Sketch:
    """A picture on its way into the database: its address, and what was drawn if it is new."""

    digest: str
    drawn: Drawn | None

    @property
    def file(self) -> str:
        """Return what a record calls it."""
        return f"{self.digest}.webp"


def digest_of_picture(case_key: str, data: bytes) -> str:
    """Return the name of a picture: of its case and its file, so no two cases share one."""
    digest = hashlib.sha256(f"{RECIPE} {case_key} ".encode())
    digest.update(data)
    return digest.hexdigest()[:32]


def sketch(case_key: str, data: bytes, known: Collection[str] = ()) -> Sketch:
    """Draw what is not among the `known` digests; raise NotDrawn. Writes nothing."""
    digest = digest_of_picture(case_key, data)
    return Sketch(digest, None if digest in known else draw(data))


def known_digests(digests: Collection[str]) -> set[str]:
    """Return those for which there is a picture."""
    found: set[str] = set()
    ordered = sorted(digests)
    for part in in_parts(range(len(ordered))):
        wanted = [ordered[at] for at in part]
        asked = select(CasePicture.digest).where(CasePicture.digest.in_(wanted))
        found.update(session.scalars(asked))
    return found


def keep_sketches(
    current: Session, case_id: int, sketches: Mapping[str, Sketch], person_id: int | None = None
) -> None:
    """Store what was drawn, inside the caller's transaction; what is there stays as it is."""
    new = {one.digest: one.drawn for one in sketches.values() if one.drawn is not None}
    for digest in known_digests(new):
        del new[digest]
    for digest, drawn in new.items():
        current.add(_row(case_id, digest, drawn, person_id))
    current.flush()


def _row(case_id: int, digest: str, drawn: Drawn, person_id: int | None) -> CasePicture:
    return CasePicture(
        case_id=case_id, digest=digest, kind=drawn.head.kind, created_by=person_id,
        width=drawn.large.width, height=drawn.large.height, small_width=drawn.small.width,
        large_size=len(drawn.large.body), small_size=len(drawn.small.body),
        large=drawn.large.body, small=drawn.small.body, plain=drawn.plain.body,
    )  # fmt: skip
