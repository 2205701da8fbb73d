"""The pages of messaging: the mail of one machine, and what each person wants to be told."""

from academy.messaging.views import choices, dev_mail
from academy.messaging.views.blueprint import pages

__all__ = ["choices", "dev_mail", "pages"]
