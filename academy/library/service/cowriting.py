"""Writing together: the author asks members by their address; nobody learns who is a member."""

from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.library.errors import KeptFromWriting, TooMany
from academy.library.models import CaseStudy, CaseWriter
from academy.library.news import tell_invited
from academy.library.ports import is_kept_from_writing
from academy.library.service.writing import lock_case
from academy.people.addresses import normal_address
from academy.people.models import EmailAddress, Person
from academy.security import audit

#: So many people write one case at most.
MOST_WRITERS = 12
#: An invitation that nobody accepted is forgotten after that time, and the address with it.
HOLDS = timedelta(days=30)


def invite_writer(case: CaseStudy, person: Person, address: str) -> None:
    """Ask whoever has proved that `address` is theirs to write with `person`, now or later.

    The same happens for everybody to see whether anybody has it. Raises TooMany, KeptFromWriting.
    """
    normal = normal_address(address)
    with transaction() as current:
        if is_kept_from_writing(person):
            raise KeptFromWriting
        _forget_old(current)
        lock_case(current, case)
        count = select(func.count()).where(CaseWriter.case_id == case.id)
        if (current.scalar(count) or 0) >= MOST_WRITERS:
            raise TooMany
        again = select(CaseWriter).where(
            CaseWriter.case_id == case.id, CaseWriter.address == normal
        )
        writer = current.scalars(again).first()
        if writer is None:
            writer = CaseWriter(case_id=case.id, address=normal, invited_by=person.id)
            current.add(writer)
            current.flush()
            audit.note("case.writer_invited", f"case:{case.id}", actor_id=person.id)
            tell_invited(case, writer, _holder_of(current, normal))


def _forget_old(current: Session) -> None:
    old = CaseWriter.invited_at < now() - HOLDS
    current.execute(delete(CaseWriter).where(CaseWriter.person_id.is_(None), old))


def _holder_of(current: Session, normal: str) -> int | None:
    proved = select(EmailAddress.person_id).where(
        EmailAddress.normal == normal, EmailAddress.verified_at.is_not(None)
    )
    return current.scalar(proved)


def accept_invitation(writer: CaseWriter, person: Person) -> None:
    """Let the person write the case from now on; the address is forgotten."""
    with transaction() as current:
        case_id = writer.case_id
        mine = select(CaseWriter.id).where(
            CaseWriter.case_id == case_id, CaseWriter.person_id == person.id
        )
        author = select(CaseStudy.author_id).where(CaseStudy.id == case_id)
        if current.scalar(mine) is not None or current.scalar(author) == person.id:
            current.delete(writer)
            return
        writer.person_id, writer.address, writer.accepted_at = person.id, "", now()
        audit.note("case.writer_joined", f"case:{case_id}", actor_id=person.id)


def remove_writer(writer: CaseWriter, person: Person) -> None:
    """Take an invitation back or refuse it, end writing together or leave; words stay."""
    with transaction() as current:
        audit.note("case.writer_left", f"case:{writer.case_id}", actor_id=person.id)
        current.execute(delete(CaseWriter).where(CaseWriter.id == writer.id))
