"""Notes where a lesson stood before it is renamed or moved, so that its old address leads on."""

from sqlalchemy.orm import Session

from academy.learning.content import LessonFiles
from academy.learning.models import Course, FormerAddress, Lesson


def keep_address(session: Session, lesson: Lesson, course: Course, files: LessonFiles) -> None:
    """Keep the address of a lesson that its files are about to change; a new one has none."""
    if lesson.id is None:
        return
    before = (lesson.course_id, lesson.module, lesson.slug)
    if before != (course.id, files.module.slug, files.plan.slug):
        old = session.get_one(Course, lesson.course_id)
        session.merge(
            FormerAddress(
                course=old.slug, module=lesson.module, slug=lesson.slug, lesson_id=lesson.id
            )
        )
