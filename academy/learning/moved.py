"""Where a lesson stands now that stood elsewhere before."""

from academy.db import session
from academy.learning.models import Course, FormerAddress, Lesson
from academy.learning.policy import visible_courses
from academy.people.models import Person


def find_moved(course: str, module: str, slug: str, person: Person | None) -> str | None:
    """Return the address, without its last slash, of the lesson that stood there; one statement."""
    now_at = (
        visible_courses(person)
        .join(Lesson, Lesson.course_id == Course.id)
        .join(FormerAddress, FormerAddress.lesson_id == Lesson.id)
        .where(
            FormerAddress.course == course, FormerAddress.module == module,
            FormerAddress.slug == slug, Lesson.position > 0,
        )
        .with_only_columns(Course.slug, Lesson.module, Lesson.slug)
    )  # fmt: skip
    row = session.execute(now_at).one_or_none()
    return f"/courses/{row[0]}/{row[1]}/{row[2]}" if row else None
