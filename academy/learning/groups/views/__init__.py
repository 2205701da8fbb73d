"""Desk pages of groups: the courses, their learners, who facilitates a series."""

from academy.learning.groups.views import courses, facilitators, learner, learners, letters, results
from academy.learning.groups.views.blueprint import groups

__all__ = ["courses", "facilitators", "groups", "learner", "learners", "letters", "results"]
