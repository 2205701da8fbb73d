"""What the library holds of a person, and how it lets go: what is published stays, nameless."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, func, select, update

from academy.db import in_parts, session
from academy.library.models import (
    CaseComment,
    CasePicture,
    CaseSection,
    CaseStudy,
    CaseSubmission,
    CaseVersion,
    CaseWithdrawal,
    CaseWriter,
    FeaturedCase,
)
from academy.people.models import EmailAddress
from academy.people.ports import Holder

#: Columns that say who did something: emptied, the deed stays.
_NAMED: tuple[Any, ...] = (
    CaseStudy.author_id, CaseSection.changed_by, CaseVersion.changed_by, CaseWriter.invited_by,
    CaseSubmission.submitted_by, CaseSubmission.decided_by, CaseComment.author_id,
    CaseComment.settled_by, CaseWithdrawal.withdrawn_by, CaseWithdrawal.undone_by,
    FeaturedCase.chosen_by, CasePicture.created_by,
)  # fmt: skip


def _needed(person_ids: Collection[int], _but_for: int | None) -> set[int]:
    """Whoever writes a case, or may be asked about one, is still somebody here."""
    found: set[int] = set()
    for part in in_parts(person_ids):
        authors = select(CaseStudy.author_id).where(CaseStudy.author_id.in_(part))
        writers = select(CaseWriter.person_id).where(CaseWriter.person_id.in_(part))
        for writing in (authors, writers):
            found |= {one for one in session.scalars(writing) if one is not None}
    return found


def _told(person_id: int) -> dict[str, Any]:
    cases = session.scalars(select(CaseStudy).where(CaseStudy.author_id == person_id)).all()
    joined = session.execute(
        select(CaseStudy.title, CaseWriter.accepted_at)
        .join(CaseWriter, CaseWriter.case_id == CaseStudy.id)
        .where(CaseWriter.person_id == person_id)
    )
    comments = session.scalars(select(CaseComment).where(CaseComment.author_id == person_id))
    pictures = session.execute(
        select(CaseStudy.slug, CasePicture.digest, CasePicture.created_at)
        .join(CasePicture, CasePicture.case_id == CaseStudy.id)
        .where(CasePicture.created_by == person_id)
    )
    return {
        "cases": [_case_told(case) for case in cases],
        "cases_written_with_others": [{"title": title} for title, _since in joined],
        "comments_on_cases": [
            {"case": one.case_id, "field": one.field, "words": one.words,
             "written_at": one.created_at.isoformat()}
            for one in comments
        ],
        "pictures_given": [
            {"address": f"/cases/{slug}/pictures/{digest}-1200.webp", "at": at.isoformat()}
            for slug, digest, at in pictures
        ],
    }  # fmt: skip


def _case_told(case: CaseStudy) -> dict[str, Any]:
    sections = session.execute(
        select(CaseSection.section, CaseSection.content).where(CaseSection.case_id == case.id)
    )
    # Whom they invited is counted: an address is somebody else's.
    invited = select(func.count()).where(
        CaseWriter.case_id == case.id, CaseWriter.person_id.is_(None)
    )
    return {
        "title": case.title, "address": f"/cases/{case.slug}/", "status": case.status,
        "begun_at": case.created_at.isoformat(),
        "working_copy": {name: content for name, content in sections},  # noqa: C416 (rows)
        "invited": session.scalar(invited),
    }  # fmt: skip


def _let_go(person_id: int) -> None:
    """Delete drafts that nobody else writes; of all else only the name goes.

    A draft with co-writers becomes the first one's. Comments lose their words: they are said to
    somebody, not to everybody.
    """
    _pass_drafts_on(person_id)
    mine = CaseStudy.author_id == person_id
    session.execute(delete(CaseStudy).where(mine, CaseStudy.published_at.is_(None)))
    session.execute(update(CaseComment).where(CaseComment.author_id == person_id).values(words="–"))
    addresses = select(EmailAddress.normal).where(EmailAddress.person_id == person_id)
    session.execute(
        delete(CaseWriter).where(
            (CaseWriter.person_id == person_id) | CaseWriter.address.in_(addresses)
        )
    )
    for column in _NAMED:
        table = column.class_
        session.execute(update(table).where(column == person_id).values({column.key: None}))


def _pass_drafts_on(person_id: int) -> None:
    """Give each case with co-writers to the first of them."""
    writers = session.scalars(
        select(CaseWriter)
        .join(CaseStudy, CaseStudy.id == CaseWriter.case_id)
        .where(CaseStudy.author_id == person_id, CaseWriter.person_id.is_not(None))
        .where(CaseWriter.person_id != person_id)
        .order_by(CaseWriter.accepted_at, CaseWriter.id)
    ).all()
    firsts: dict[int, CaseWriter] = {}
    for writer in writers:
        firsts.setdefault(writer.case_id, writer)
    for case_id, writer in firsts.items():
        session.get_one(CaseStudy, case_id).author_id = writer.person_id
        session.delete(writer)
    session.flush()


HOLDER = Holder("library", _needed, _told, _let_go)
