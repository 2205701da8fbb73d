"""Drafts of the files of a course: saved, given up, brought back; nothing typed is lost."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.learning.content import PLAN
from academy.learning.models import Course, CourseDraft, CourseFile, CourseFileVersion
from academy.learning.service.meeting import digest_of_file, newest_numbers
from academy.people.models import Person
from academy.security import audit


class SavedMeanwhile(Exception):
    """Somebody saved or published the file since it was given out; holds what stands there now."""

    def __init__(self, data: bytes | None, digest: str, author_id: int | None) -> None:
        super().__init__("the file is another one by now")
        self.data, self.digest, self.author_id = data, digest, author_id


class NotToRemove(Exception):
    """The plan of a course cannot be taken away."""


def lock_course(session: Session, course: Course) -> None:
    """Let one after the other change a course."""
    session.execute(select(Course.id).where(Course.id == course.id).with_for_update())


def save_text(course: Course, path: str, person: Person, text: str, mark: str | None) -> str:
    """Keep what somebody typed as the draft of a file; return the mark of what stands now.

    `mark` is the one with which the text was given out: raises SavedMeanwhile where it is another
    by now. Lines end as they do in the published file.
    """
    with transaction() as session:
        lock_course(session, course)
        published = _published(session, course, path)
        data = _with_endings(text, published.data if published else None)
        draft = session.get(CourseDraft, (course.id, path))
        data_now, digest_now = _standing(published, draft)
        if digest_of_file(data) == digest_now:
            return digest_now
        if mark is not None and mark != digest_now:
            raise SavedMeanwhile(data_now, digest_now, draft.author_id if draft else None)
        return _put(session, course, path, person, data)


def save_bytes(course: Course, path: str, person: Person, data: bytes) -> None:
    """Keep a figure as a draft; one that was there and was somebody else's is set aside."""
    with transaction() as session:
        lock_course(session, course)
        _put(session, course, path, person, data)


def save_many(course: Course, person: Person, files: dict[str, str | None]) -> None:
    """Keep several files as drafts at once: those of a new lesson, or of one renamed."""
    with transaction() as session:
        lock_course(session, course)
        for path, text in files.items():
            _put(session, course, path, person, None if text is None else text.encode())


def remove_file(course: Course, path: str, person: Person) -> None:
    """Let a file be taken away with the next publication; raises NotToRemove for the plan."""
    if path == PLAN:
        raise NotToRemove
    with transaction() as session:
        lock_course(session, course)
        _put(session, course, path, person, None)


def discard_draft(course: Course, path: str) -> None:
    """Give a draft up; its words stay among the versions, so that it can be brought back."""
    with transaction() as session:
        lock_course(session, course)
        draft = session.get(CourseDraft, (course.id, path))
        if draft is not None:
            _set_aside(session, draft)
            session.delete(draft)


def bring_back(course: Course, version: CourseFileVersion, person: Person) -> None:
    """Make an older version the draft of its file; nothing is published by that."""
    with transaction() as session:
        lock_course(session, course)
        _put(session, course, version.path, person, version.data)
        subject = f"course:{course.slug}"
        audit.note(
            "course.bring_back", subject, actor_id=person.id, path=version.path,
            version=version.number,
        )  # fmt: skip


def agree(course: Course, path: str) -> None:
    """Take note that a draft knows what was published meanwhile."""
    with transaction() as session:
        lock_course(session, course)
        draft = session.get(CourseDraft, (course.id, path))
        published = _published(session, course, path)
        if draft is not None:
            draft.based_on = published.digest if published else ""


def _published(session: Session, course: Course, path: str) -> CourseFile | None:
    one = select(CourseFile).where(CourseFile.course_id == course.id, CourseFile.path == path)
    return session.scalars(one).one_or_none()


def _with_endings(text: str, before: bytes | None) -> bytes:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    ends_as_windows = before is not None and b"\r\n" in before
    return (plain.replace("\n", "\r\n") if ends_as_windows else plain).encode()


def _standing(published: CourseFile | None, draft: CourseDraft | None) -> tuple[bytes | None, str]:
    if draft is not None:
        return draft.data, draft.digest
    return (published.data, published.digest) if published else (None, "")


def _put(session: Session, course: Course, path: str, person: Person, data: bytes | None) -> str:
    published, digest = _published(session, course, path), digest_of_file(data)
    draft = session.get(CourseDraft, (course.id, path))
    if draft is not None and draft.author_id != person.id:
        _set_aside(session, draft)
    if digest == (published.digest if published else ""):
        # It says what is published: there is nothing to publish any more.
        if draft is not None:
            session.delete(draft)
    elif draft is None:
        session.add(CourseDraft(
            course_id=course.id, path=path, based_on=published.digest if published else "",
            digest=digest, data=data, author_id=person.id,
        ))  # fmt: skip
    else:
        draft.digest, draft.data = digest, data
        draft.author_id, draft.saved_at = person.id, now()
    session.flush()
    return digest


def _set_aside(session: Session, draft: CourseDraft) -> None:
    if draft.data is None:
        return
    number = newest_numbers(session, draft.course_id).get(draft.path, 0) + 1
    session.add(CourseFileVersion(
        course_id=draft.course_id, path=draft.path, number=number, whence="aside",
        digest=draft.digest, data=draft.data, author_id=draft.author_id,
        created_at=draft.saved_at,
    ))  # fmt: skip
    session.flush()
