"""Two cases of members for the demonstration: a draft, and one that waits for a librarian.

Both are invented and say so in their titles: nobody shall take them for a practice.
"""

from typing import Any

from sqlalchemy import select

from academy.db import session
from academy.library.models import CaseStudy
from academy.library.service import begin_case, comment, save_section, submit_case
from academy.people.models import Person

_INVENTED = {"title": "Invented for this demonstration", "year": "2026", "key": "1"}
DRAFT: dict[str, dict[str, Any]] = {
    "about": {
        "title": "Example: a repair table at the night market", "language": "en", "kind": "peer",
        "summary": "Neighbours mend what others would throw away, and teach it while they do.",
    },
    "place": {"places": [{"country": "MY", "locality": "Ipoh"}]},
    "need": {
        "demands": ["jobs", "technology"],
        "approach": "Every Friday five people bring their tools. Whoever brings a thing stays "
        "and learns how it is mended.",
    },
}  # fmt: skip
SUBMITTED: dict[str, dict[str, Any]] = {
    "about": {
        "title": "Example: seaweed lines that change hands", "language": "en", "kind": "peer",
        "summary": "Forty households share seaweed lines, and give one to newcomers each year.",
        "people_served": "Forty households of three villages, and those who join them.",
    },
    "place": {
        "places": [{"country": "PH", "locality": "an island that we made up"}],
        "organisation": {"name": "Circle of the lines", "country": "PH", "role": "Owns the lines"},
        "partners": [{"name": "A school by the sea", "country": "PH", "role": "Weighs and counts"}],
    },
    "need": {
        "demands": ["jobs", "market"],
        "demand": "Traders set the price at the beach, and nobody lent money for lines.",
        "approach": "Ten households form a line. Each buys a share; they plant and harvest in "
        "turns, and sell together.\n\nOne line a year goes to a family that had none.",
        "technology": "Ropes of 50 m, bamboo rafts, racks of old nets.",
    },
    "sharing": {"shared_within_country": "Two villages came to look, and began a line each."},
    "sources": {"sources": [_INVENTED]},
    "results": {
        "results": [
            {"what": "Lines in use", "value": "14", "unit": "lines", "year": "2026", "source": "1"}
        ]
    },
    "lessons": {"lessons": ["Begin with one line.", "Write down who weighs, and who watches."]},
    "dimensions": {
        "dimensions.economy": "Members keep most of the price.",
        "dimensions.governance": "One household, one vote, at the full moon.",
    },
    "features": {
        "features.adaptability": {"text": "A village inland does the same with mushrooms."},
        "features.triangular": {"not_shown": True},
    },
    "goals": {"goals": ["8", "14"]},
}  # fmt: skip


def load_cases_of_members(author: Person, librarian: Person) -> None:
    """Let the author have a draft and a submitted case, unless they have written one already."""
    if session.scalar(select(CaseStudy.id).where(CaseStudy.author_id == author.id)) is not None:
        return
    _write(author, DRAFT)
    case = _write(author, SUBMITTED)
    submit_case(case, author)
    comment(case, librarian, "results", "How many were there in the year before?")


def _write(author: Person, told: dict[str, dict[str, Any]]) -> CaseStudy:
    about, place = told["about"], told["place"]["places"][0]
    case = begin_case(author, about["title"], place["country"], about["language"])
    for section, content in told.items():
        save_section(case, section, author, content)
    return case
