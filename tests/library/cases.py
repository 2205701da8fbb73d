"""A member's case as tests begin it: told far enough to be submitted."""

from typing import Any

from academy.library.models import CaseStudy, CaseSubmission
from academy.library.service import begin_case, save_section, submit_case
from academy.people.models import Person

#: What the sections need before anything can be submitted.
TOLD: dict[str, dict[str, Any]] = {
    "about": {
        "title": "Seaweed by turns", "language": "en", "kind": "peer",
        "summary": "Women farm seaweed on lines that they share.",
    },
    "place": {"places": [{"country": "PH", "locality": "Bohol"}]},
    "need": {"demands": ["jobs"], "approach": "They **plant** in turns."},
    "sources": {"sources": [{"title": "What they told us", "year": "2024", "key": "1"}]},
    "results": {"results": [{"what": "Lines kept", "value": "1 200", "source": "1"}]},
}  # fmt: skip


def a_draft(author: Person, title: str = "Seaweed by turns") -> CaseStudy:
    """Return a draft of which nothing but the beginning is told."""
    return begin_case(author, title, "PH", "en")


def a_told_draft(author: Person, **changed: dict[str, Any]) -> CaseStudy:
    """Return a draft that can be submitted, some sections told otherwise."""
    case = a_draft(author)
    for section, content in (TOLD | changed).items():
        save_section(case, section, author, content)
    return case


def a_submission(author: Person) -> tuple[CaseStudy, CaseSubmission]:
    """Return a case that waits for a librarian."""
    case = a_told_draft(author)
    return case, submit_case(case, author)
