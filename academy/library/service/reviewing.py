"""From a working copy to the shelf: submitted, looked at, published or sent back, withdrawn."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.lib.jobs import DESK, announce
from academy.lib.search_index import Text, drop, put
from academy.library.draft_queries import is_writer, read_contents
from academy.library.errors import (
    DecidedMeanwhile,
    Incomplete,
    KeptFromWriting,
    NothingChanged,
    NotPossible,
    OwnCase,
)
from academy.library.fields import words_of
from academy.library.models import (
    KIND,
    CaseSection,
    CaseStudy,
    CaseSubmission,
    CaseVersion,
    CaseWithdrawal,
)
from academy.library.news import tell_librarians, tell_writers
from academy.library.ports import is_kept_from_writing
from academy.library.record import CaseRecord
from academy.library.service.loading import digest_of, store_record
from academy.library.service.writing import lock_case
from academy.library.steps import SECTIONS
from academy.library.working_copy import assemble, take_apart
from academy.people.models import Person
from academy.security import audit


def submit_case(case: CaseStudy, person: Person, words: str = "") -> CaseSubmission:
    """Send the working copy as it stands to the librarians; one sent before is replaced.

    `words` say what changed. Raises Incomplete with every problem, NothingChanged,
    KeptFromWriting.
    """
    with transaction() as current:
        if is_kept_from_writing(person):
            raise KeptFromWriting
        lock_case(current, case)
        assembled = assemble(read_contents(case.id))
        if assembled.record is None:
            raise Incomplete(assembled.problems)
        document = assembled.record.model_dump(mode="json")
        if case.status == "published" and digest_of(document) == case.digest:
            raise NothingChanged
        _end_waiting(current, case, "replaced")
        submission = CaseSubmission(
            case_id=case.id, record=document, submitted_by=person.id, words=words
        )
        current.add(submission)
        case.status = "submitted" if case.status == "draft" else case.status
        current.flush()
        audit.note("case.submitted", f"case:{case.id}", actor_id=person.id)
        tell_librarians(case, submission)
        announce("moderation.queue", DESK)
    return submission


def _end_waiting(current: Session, case: CaseStudy, state: str) -> bool:
    waiting = update(CaseSubmission).where(
        CaseSubmission.case_id == case.id, CaseSubmission.state == "waiting"
    )
    ended = current.execute(waiting.values(state=state, decided_at=now()))
    return bool(ended.rowcount)  # type: ignore[attr-defined]


def take_back_submission(case: CaseStudy, person: Person) -> None:
    """Let writers go on before anybody has decided; raises DecidedMeanwhile."""
    with transaction() as current:
        lock_case(current, case)
        if not _end_waiting(current, case, "taken_back"):
            raise DecidedMeanwhile
        case.status = "draft" if case.status == "submitted" else case.status
        announce("moderation.queue", DESK)
        audit.note("case.taken_back", f"case:{case.id}", actor_id=person.id)


def ask_for_changes(submission: CaseSubmission, librarian: Person, note: str) -> None:
    """Give the case back to its writers with a note; raises DecidedMeanwhile, OwnCase."""
    with transaction() as current:
        case = _decide(current, submission, librarian, "returned", note)
        case.status = "draft" if case.status == "submitted" else case.status
        audit.note("case.returned", f"case:{case.id}", actor_id=librarian.id)
        tell_writers(case, "returned", librarian.id, submission=submission.id)


def publish_case(submission: CaseSubmission, librarian: Person, note: str = "") -> CaseStudy:
    """Put the record that was submitted on the shelf as the newest version of the case.

    Raises DecidedMeanwhile where somebody decided or its writers sent another one since; OwnCase.
    """
    with transaction() as current:
        case = _decide(current, submission, librarian, "published", note)
        record = CaseRecord.model_validate(submission.record)
        _end_withdrawal(current, case, librarian)
        case.status, case.digest = "published", digest_of(submission.record)
        case.published_at = case.published_at or now()
        store_record(
            current, case, record, submission.record, changed_by=submission.submitted_by,
            note=submission.words,
        )  # fmt: skip
        audit.note("case.published", f"case:{case.id}", actor_id=librarian.id)
        tell_writers(case, "published", librarian.id, submission=submission.id)
    return case


def _decide(
    current: Session, submission: CaseSubmission, librarian: Person, state: str, note: str
) -> CaseStudy:
    case = current.get_one(CaseStudy, submission.case_id)
    lock_case(current, case)
    if is_writer(case, librarian):
        raise OwnCase
    current.refresh(submission)
    if submission.state != "waiting":
        raise DecidedMeanwhile
    submission.state, submission.note = state, note
    submission.decided_by, submission.decided_at = librarian.id, now()
    current.flush()
    announce("moderation.queue", DESK)
    return case


def withdraw_case(case: CaseStudy, person: Person, reason: str) -> None:
    """Take a published case from the shelf, with the reason; raises NotPossible."""
    with transaction() as current:
        lock_case(current, case)
        if case.origin != "member" or case.status != "published":
            raise NotPossible
        case.status = "withdrawn"
        drop(KIND, [case.id])
        withdrawal = CaseWithdrawal(case_id=case.id, reason=reason, withdrawn_by=person.id)
        current.add(withdrawal)
        current.flush()
        audit.note("case.withdrawn", f"case:{case.id}", actor_id=person.id)
        tell_writers(case, "withdrawn", person.id, withdrawal=withdrawal.id)


def put_back_case(case: CaseStudy, person: Person) -> None:
    """Put a withdrawn case back on the shelf as it stood.

    What a librarian withdrew only a librarian puts back: views ask policy and `find_withdrawal`.
    Raises NotPossible.
    """
    with transaction() as current:
        lock_case(current, case)
        if case.origin != "member" or case.status != "withdrawn":
            raise NotPossible
        case.status = "published"
        _end_withdrawal(current, case, person)
        put(KIND, [Text(case.id, *words_of(CaseRecord.model_validate(case.record)))])
        audit.note("case.put_back", f"case:{case.id}", actor_id=person.id)


def _end_withdrawal(current: Session, case: CaseStudy, person: Person) -> None:
    standing = update(CaseWithdrawal).where(
        CaseWithdrawal.case_id == case.id, CaseWithdrawal.undone_at.is_(None)
    )
    current.execute(standing.values(undone_at=now(), undone_by=person.id))


def restore_version(case: CaseStudy, version: CaseVersion, person: Person) -> None:
    """Make the working copy what the case said in an older version; nothing is published."""
    contents = take_apart(CaseRecord.model_validate(version.record))
    with transaction() as current:
        lock_case(current, case)
        if case.origin != "member":
            raise NotPossible
        standing = {
            row.section: row
            for row in current.scalars(select(CaseSection).where(CaseSection.case_id == case.id))
        }
        for section in SECTIONS:
            row = standing.get(section) or CaseSection(
                case_id=case.id, section=section, content={}, version=0
            )
            current.add(row)
            if row.content != contents[section]:
                row.content, row.changed_by, row.changed_at = contents[section], person.id, now()
                row.version += 1
        audit.note("case.restored", f"case:{case.id}", actor_id=person.id, version=version.version)
