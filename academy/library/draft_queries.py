"""Reads of what is being written and reviewed, each in a counted number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import defer, joinedload

from academy.db import session
from academy.lib.paging import Page
from academy.library.models import (
    CaseComment,
    CaseSection,
    CaseStudy,
    CaseSubmission,
    CaseVersion,
    CaseWithdrawal,
    CaseWriter,
)
from academy.library.policy import own_cases, visible_cases, writable_cases
from academy.people.models import EmailAddress, Person

PAGE = 30


def read_contents(case_id: int) -> dict[str, dict[str, Any]]:
    """Return the working copy of a case by its sections; one statement."""
    found = session.execute(
        select(CaseSection.section, CaseSection.content).where(CaseSection.case_id == case_id)
    )
    return {section: content for section, content in found}  # noqa: C416 (rows)


def list_own(person: Person, page: int = 1) -> Page[Row[CaseStudy, datetime | None]]:
    """Return what the person writes, with when somebody changed it last; two statements."""
    mine = own_cases(person)
    ids = mine.with_only_columns(CaseStudy.id)
    total = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    changed = (
        select(func.max(CaseSection.changed_at))
        .where(CaseSection.case_id == CaseStudy.id)
        .scalar_subquery()
    )
    newest = mine.add_columns(changed).options(defer(CaseStudy.record))
    ordered = newest.order_by(changed.desc(), CaseStudy.id.desc())
    found = session.execute(ordered.limit(PAGE).offset((page - 1) * PAGE)).all()
    return Page(found, page, total, PAGE)


def find_writable(case_id: int, person: Person) -> CaseStudy | None:
    """Return the case if the person may change its working copy; one statement."""
    return session.scalars(writable_cases(person).where(CaseStudy.id == case_id)).one_or_none()


def find_reviewable(case_id: int, person: Person) -> CaseStudy | None:
    """Return a member's case that the person may see; one statement."""
    members = visible_cases(person).where(CaseStudy.origin == "member")
    return session.scalars(members.where(CaseStudy.id == case_id)).one_or_none()


def is_writer(case: CaseStudy, person: Person) -> bool:
    """Whether the person is one of its writers; one statement at most."""
    if case.author_id == person.id:
        return True
    joined = select(CaseWriter.id).where(
        CaseWriter.case_id == case.id, CaseWriter.person_id == person.id
    )
    return session.scalar(joined) is not None


def list_writers(case_id: int) -> Sequence[CaseWriter]:
    """Return the co-writers and those who are asked to be, in their order; one statement."""
    standing = select(CaseWriter).where(CaseWriter.case_id == case_id).order_by(CaseWriter.id)
    return session.scalars(standing.options(joinedload(CaseWriter.person))).all()


def find_cowriter(case_id: int, writer_id: int) -> CaseWriter | None:
    """Return one of them; one statement."""
    return session.scalars(
        select(CaseWriter).where(CaseWriter.id == writer_id, CaseWriter.case_id == case_id)
    ).one_or_none()


def list_invitations(person: Person) -> Sequence[Row[CaseWriter, CaseStudy, str | None]]:
    """Return the invitations to the person's proved addresses, and who asks; one statement."""
    proved = select(EmailAddress.normal).where(
        EmailAddress.person_id == person.id, EmailAddress.verified_at.is_not(None)
    )
    waiting = (
        select(CaseWriter, CaseStudy, Person.name)
        .join(CaseStudy, CaseStudy.id == CaseWriter.case_id)
        .outerjoin(Person, Person.id == CaseWriter.invited_by)
        .where(CaseWriter.person_id.is_(None), CaseWriter.address.in_(proved))
        .order_by(CaseWriter.id)
    )
    return session.execute(waiting.limit(PAGE).options(defer(CaseStudy.record))).all()


def writer_ids(case: CaseStudy) -> set[int]:
    """Return who writes the case; one statement."""
    joined = select(CaseWriter.person_id).where(
        CaseWriter.case_id == case.id, CaseWriter.person_id.is_not(None)
    )
    ids = {one for one in session.scalars(joined) if one is not None}
    return ids | ({case.author_id} if case.author_id else set())


def find_waiting(case_id: int) -> CaseSubmission | None:
    """Return what of the case waits for a librarian; one statement."""
    return session.scalars(
        select(CaseSubmission).where(
            CaseSubmission.case_id == case_id, CaseSubmission.state == "waiting"
        )
    ).one_or_none()


def find_last_answer(case_id: int) -> CaseSubmission | None:
    """Return the submission about which a librarian decided last; one statement."""
    decided = select(CaseSubmission).where(
        CaseSubmission.case_id == case_id, CaseSubmission.state.in_(("published", "returned"))
    )
    return session.scalars(decided.order_by(CaseSubmission.id.desc()).limit(1)).first()


def find_last_submission(case_id: int) -> CaseSubmission | None:
    """Return what was submitted last, decided or not; one statement."""
    newest = select(CaseSubmission).where(CaseSubmission.case_id == case_id)
    return session.scalars(newest.order_by(CaseSubmission.id.desc()).limit(1)).first()


@dataclass(frozen=True, slots=True)
class Talk:
    """A comment and its answers, the oldest first."""

    comment: CaseComment
    answers: list[CaseComment]


def read_talks(case_id: int) -> dict[str, list[Talk]]:
    """Return the comments on a case by their field, with their answers; one statement."""
    found = session.scalars(
        select(CaseComment)
        .where(CaseComment.case_id == case_id)
        .options(joinedload(CaseComment.author))
        .order_by(CaseComment.id)
    ).all()
    answers: dict[int, list[CaseComment]] = {}
    for one in found:
        if one.answers is not None:
            answers.setdefault(one.answers, []).append(one)
    talks: dict[str, list[Talk]] = {}
    for one in found:
        if one.answers is None:
            talks.setdefault(one.field, []).append(Talk(one, answers.get(one.id, [])))
    return talks


def find_comment(case_id: int, comment_id: int) -> CaseComment | None:
    """Return a comment on the case that is no answer; one statement."""
    return session.scalars(
        select(CaseComment).where(
            CaseComment.case_id == case_id, CaseComment.id == comment_id,
            CaseComment.answers.is_(None),
        )
    ).one_or_none()  # fmt: skip


def find_withdrawal(case_id: int) -> Row[CaseWithdrawal, str | None] | None:
    """Return why the case stands on no shelf, and who took it away; one statement."""
    standing = (
        select(CaseWithdrawal, Person.name)
        .outerjoin(Person, Person.id == CaseWithdrawal.withdrawn_by)
        .where(CaseWithdrawal.case_id == case_id, CaseWithdrawal.undone_at.is_(None))
        .order_by(CaseWithdrawal.id.desc())
    )
    return session.execute(standing.limit(1)).first()


def list_versions(case_id: int, page: int = 1) -> Page[Row[CaseVersion, str | None]]:
    """Return the versions of a case, the newest first, and who changed it; two statements."""
    of_case = CaseVersion.case_id == case_id
    total = session.scalar(select(func.count()).where(of_case)) or 0
    newest = (
        select(CaseVersion, Person.name)
        .outerjoin(Person, Person.id == CaseVersion.changed_by)
        .where(of_case)
        .options(defer(CaseVersion.record))
        .order_by(CaseVersion.version.desc())
    )
    found = session.execute(newest.limit(PAGE).offset((page - 1) * PAGE)).all()
    return Page(found, page, total, PAGE)


def find_versions(case_id: int, numbers: Sequence[int]) -> Mapping[int, CaseVersion]:
    """Return those of these versions that there are, by their numbers; one statement."""
    found = session.scalars(
        select(CaseVersion).where(CaseVersion.case_id == case_id, CaseVersion.version.in_(numbers))
    )
    return {one.version: one for one in found}


def names_of(person_ids: set[int]) -> dict[int, str]:
    """Return how these people are called; one statement, none for nobody."""
    if not person_ids:
        return {}
    found = session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids)))
    return {number: name for number, name in found}  # noqa: C416 (rows)


def read_byline(case: CaseStudy) -> Sequence[str]:
    """Return the names of those who write a member's case, its author first; one statement."""
    joined = select(CaseWriter.person_id).where(
        CaseWriter.case_id == case.id, CaseWriter.person_id.is_not(None)
    )
    people = select(Person.id, Person.name).where(
        or_(Person.id == case.author_id, Person.id.in_(joined)), Person.erased_at.is_(None)
    )
    found = session.execute(people.order_by(Person.id)).all()
    return [name for number, name in sorted(found, key=lambda one: one[0] != case.author_id)]
