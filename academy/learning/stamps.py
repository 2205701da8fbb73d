"""By what a process knows whether a course that it keeps is still the one in the database."""

from datetime import datetime
from typing import NamedTuple

from academy.learning.models import Course


class Stamp(NamedTuple):
    """Which course, and in which state; `created_at` tells apart rows that had one id in turn."""

    id: int
    slug: str
    created_at: datetime
    version: int
    digest: str


#: What a statement reads to know the stamp.
STAMP = (Course.id, Course.slug, Course.created_at, Course.version, Course.digest)
