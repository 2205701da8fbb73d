"""What threads are about: cases and live sessions, with their titles and pages."""

from collections.abc import Collection

from academy.db import session
from academy.discussion.ports import Subject, SubjectFinder
from academy.library.models import CaseStudy
from academy.library.policy import visible_cases
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from academy.programme.policy import visible_live_sessions


def find_cases(ids: Collection[int], person: Person | None) -> dict[int, Subject]:
    """Return those of these cases that `person` may see; one statement."""
    chosen = visible_cases(person).where(CaseStudy.id.in_(ids))
    columns = chosen.with_only_columns(CaseStudy.id, CaseStudy.title, CaseStudy.slug)
    return {
        number: Subject(title, f"/cases/{slug}/")
        for number, title, slug in session.execute(columns)
    }


def find_live_sessions(ids: Collection[int], person: Person | None) -> dict[int, Subject]:
    """Return those of these live sessions that `person` may see; one statement."""
    chosen = visible_live_sessions(person).where(LiveSession.id.in_(ids))
    columns = chosen.with_only_columns(
        LiveSession.id, LiveSession.title, Series.title, LiveSession.slug
    )
    return {
        number: Subject(title or of, f"/live-sessions/{slug}/")
        for number, title, of, slug in session.execute(columns)
    }


FINDERS: dict[str, SubjectFinder] = {"case": find_cases, "live_session": find_live_sessions}
