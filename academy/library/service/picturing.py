"""Pictures that members give to a case: into its working copy, and back into it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from academy.db import let_go, transaction
from academy.lib.pictures import in_turn
from academy.library.errors import KeptFromWriting, NotPossible, TooMany
from academy.library.models import CasePicture, CaseSection, CaseStudy
from academy.library.ports import is_kept_from_writing
from academy.library.service.pictures import Sketch, digest_of_picture, keep_sketches, known_digests
from academy.library.service.pictures import sketch as draw_sketch
from academy.library.service.writing import lock_case, save_section
from academy.people.models import Person
from academy.security import audit
from academy.security.throttle import Allowance, take

#: As many as a record takes.
MOST_PICTURES = 12
#: Drawing costs us more than sending costs anybody.
GIVEN_A_DAY = Allowance("picture", 100, timedelta(days=1))


def sketch_picture(case: CaseStudy, person: Person, read: Callable[[], bytes]) -> Sketch:
    """Draw for a case what `read` gives; nothing is written yet but that the person asked.

    Raises NotDrawn, Busy, KeptFromWriting, and TooMany where it was asked too often in a day.
    Waiting and drawing take seconds, during which no transaction stands open.
    """
    if is_kept_from_writing(person):
        raise KeptFromWriting
    slug, person_id = case.slug, person.id
    let_go()
    with in_turn():
        data = read()
        known = known_digests([digest_of_picture(slug, data)])
        if not known and not take(GIVEN_A_DAY, f"person:{person_id}"):
            raise TooMany
        let_go()
        return draw_sketch(slug, data, known)


def add_picture(case: CaseStudy, person: Person, sketch: Sketch) -> None:
    """Put a picture at the end of the working copy; raises TooMany. What is in it stays once."""
    with transaction() as current:
        lock_case(current, case)
        rows = _rows(current, case)
        if sketch.file in [row.get("file") for row in rows]:
            return
        if len(rows) >= MOST_PICTURES:
            raise TooMany
        keep_sketches(current, case.id, {sketch.file: sketch}, person.id)
        save_section(case, "pictures", person, {"pictures": [*rows, {"file": sketch.file}]})
        audit.note("picture.given", f"case:{case.id}", actor_id=person.id, digest=sketch.digest)


def put_back_picture(case: CaseStudy, person: Person, digest: str) -> None:
    """Put a picture that was taken out at the end again; NotPossible where it is gone."""
    with transaction() as current:
        lock_case(current, case)
        standing = select(CasePicture.id).where(
            CasePicture.case_id == case.id, CasePicture.digest == digest
        )
        if current.scalar(standing) is None:
            raise NotPossible
    add_picture(case, person, Sketch(digest, None))


def erase_picture(case: CaseStudy, librarian: Person, digest: str) -> None:
    """Delete a picture for good, out of old versions and the working copy; NotPossible if gone.

    For people who did not agree to be shown: its words stay where it was, and say that it is gone.
    """
    with transaction() as current:
        lock_case(current, case)
        this = (CasePicture.case_id == case.id, CasePicture.digest == digest)
        gone = current.execute(delete(CasePicture).where(*this).returning(CasePicture.id))
        if not gone.all():
            raise NotPossible
        rows = _rows(current, case)
        kept = [row for row in rows if row.get("file") != f"{digest}.webp"]
        if len(kept) < len(rows):
            save_section(case, "pictures", librarian, {"pictures": kept})
        audit.note("picture.erased", f"case:{case.id}", actor_id=librarian.id, digest=digest)


def _rows(current: Session, case: CaseStudy) -> Sequence[dict[str, Any]]:
    row = current.get(CaseSection, (case.id, "pictures"), populate_existing=True)
    found: Sequence[dict[str, Any]] = row.content.get("pictures", []) if row else []
    return found
