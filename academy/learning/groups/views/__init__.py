"""Desk pages of groups: the courses, their learners, who facilitates a series."""

from academy.learning.groups.views import courses, facilitators, learners
from academy.learning.groups.views.blueprint import groups

__all__ = ["courses", "facilitators", "groups", "learners"]
