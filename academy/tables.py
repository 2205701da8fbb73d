"""Every table of every area in one metadata, for migrations and tests."""

from academy.attendance import models as attendance
from academy.db import Base
from academy.discussion import models as discussion
from academy.learning import models as learning
from academy.learning.groups import models as groups
from academy.lib import search_index
from academy.library import models as library
from academy.messaging import models as messaging
from academy.moderation import models as moderation
from academy.people import models as people
from academy.programme import models as programme
from academy.reminders import models as reminders
from academy.reminders.announcements import models as announcements
from academy.security import models as security
from academy.site import models as site

AREAS = (
    people, messaging, programme, attendance, library, learning, groups, discussion, moderation,
    reminders,
    announcements, site, security, search_index,
)  # fmt: skip
metadata = Base.metadata
