"""What librarians and writers say to each other of single fields, until it is settled."""

from sqlalchemy import func, select

from academy.db import now, transaction
from academy.library.draft_queries import is_writer
from academy.library.errors import KeptFromWriting, TooMany
from academy.library.models import CaseComment, CaseStudy
from academy.library.news import tell_of_comment
from academy.library.ports import is_kept_from_writing
from academy.people.models import Person

#: So many comments one case may have.
MOST_COMMENTS = 500


def comment(
    case: CaseStudy, person: Person, field: str, words: str, answers: CaseComment | None = None
) -> CaseComment:
    """Say something of a field ("" for the whole case), or answer; tells the other side.

    An answer stands under the first comment and opens it again. Raises TooMany, KeptFromWriting.
    """
    with transaction() as current:
        if is_kept_from_writing(person):
            raise KeptFromWriting
        count = select(func.count()).where(CaseComment.case_id == case.id)
        if (current.scalar(count) or 0) >= MOST_COMMENTS:
            raise TooMany
        made = CaseComment(
            case_id=case.id, field=answers.field if answers else field, words=words,
            author_id=person.id, answers=answers.id if answers else None,
        )  # fmt: skip
        current.add(made)
        if answers is not None:
            answers.settled_at = answers.settled_by = None
        current.flush()
        tell_of_comment(case, made, answers, by_writer=is_writer(case, person))
    return made


def settle(comment: CaseComment, person: Person) -> None:
    """Say that a comment is dealt with."""
    with transaction():
        comment.settled_by, comment.settled_at = person.id, now()


def open_again(comment: CaseComment) -> None:
    """Say that it is not."""
    with transaction():
        comment.settled_by = comment.settled_at = None
