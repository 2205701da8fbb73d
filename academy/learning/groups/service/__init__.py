"""Use cases of groups: naming facilitators."""

from academy.learning.groups.service.facilitators import (
    AlreadyNamed,
    name_again,
    name_facilitator,
    remove_facilitator,
)

__all__ = ["AlreadyNamed", "name_again", "name_facilitator", "remove_facilitator"]
