"""Use cases of groups: naming facilitators, writing to learners."""

from academy.learning.groups.service.facilitators import (
    AlreadyNamed,
    name_again,
    name_facilitator,
    remove_facilitator,
)
from academy.learning.groups.service.letters import (
    ListChanged,
    NobodyGetsIt,
    NothingToStop,
    send_letter,
    stop_letter,
)

__all__ = [
    "AlreadyNamed", "ListChanged", "NobodyGetsIt", "NothingToStop", "name_again",
    "name_facilitator", "remove_facilitator", "send_letter", "stop_letter",
]  # fmt: skip
