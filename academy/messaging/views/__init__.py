"""The pages of messaging: the outbox, one machine's mail, and what each wants to be told."""

from academy.messaging.views import choices, dev_mail, hooks, outbox
from academy.messaging.views.blueprint import pages

__all__ = ["choices", "dev_mail", "hooks", "outbox", "pages"]
