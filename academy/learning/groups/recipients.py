"""Who of a group gets a letter, and what they will read: asked before anything is sent.

Apart from what workers need of letters (letters.py): plans of courses cost a process 5 MB.
"""

from collections import Counter
from dataclasses import replace
from typing import Any

from sqlalchemy import and_

from academy.db import session
from academy.learning.groups.letters import (
    REASONS,
    Recipient,
    Recipients,
    Whom,
    frame,
    mailboxes,
    recipient_of,
)
from academy.learning.groups.statements import Group, chosen, members
from academy.messaging.choosing import choices_path
from academy.messaging.letters import Letter
from academy.people.models import Person

#: What stands for the reader's own address of choices, for eyes that are not theirs.
_SECRET = "/mail/…"  # noqa: S105  it is none


def read_recipients(group: Group, whom: Whom) -> Recipients:
    """Return who of the group gets a letter, by name; one statement."""
    if whom.choice is None:
        who: Any = and_(Person.id.in_(whom.people), Person.id.in_(members(group)))
    else:
        found = chosen(group, whom.choice).with_only_columns(Person.id).order_by(None)
        who = Person.id.in_(found)
    rows = session.execute(mailboxes(group.series).where(who).order_by(Person.name, Person.id))
    everybody = [recipient_of(row, group.series) for row in rows]
    counted = Counter(one.why for one in everybody if one.why)
    return Recipients(
        [one for one in everybody if not one.why], {why: counted[why] for why in REASONS
                                                    if counted[why]}
    )  # fmt: skip


def preview(group: Group, draft: Letter, author: Person, sample: Recipient) -> Letter:
    """Return the letter as one of those who get it would read it, without their secret."""
    person = session.get_one(Person, sample.person_id)
    titles = group.plan.title
    title = titles.get(person.language) or titles[group.plan.languages[0]]
    written = frame(draft, author.name, title, group.course.slug, person)
    return replace(written, text=written.text.replace(choices_path(person.id), _SECRET))
