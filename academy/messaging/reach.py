"""Why a mail that somebody may switch off does not reach a person: conditions for statements."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, exists, func

from academy.messaging.kinds import GROUP_OF
from academy.messaging.models import MailChoices, Message
from academy.people.models import Consent, EmailAddress, Person

_NONE = -1
#: How the database tells a clock: the zone, and the quiet hours; -1 where nobody chose them.
TOLD = (
    Person.zone,
    func.coalesce(MailChoices.quiet_begins, _NONE).label("quiet_begins"),
    func.coalesce(MailChoices.quiet_ends, _NONE).label("quiet_ends"),
)


def hours_of(begins: int, ends: int) -> tuple[int, int] | None:
    """Return the quiet hours that TOLD tells; None where nobody chose them."""
    return None if _NONE in {begins, ends} else (begins, ends)


def with_mailbox(people: Select[Any]) -> Select[Any]:
    """Join the address to which a person is written, and their choices."""
    primary = (EmailAddress.person_id == Person.id) & EmailAddress.is_primary
    return people.outerjoin(EmailAddress, primary).outerjoin(
        MailChoices, MailChoices.person_id == Person.id
    )


def why_unreached(
    kind: str, consent: str, answer: ColumnElement[bool], vouched: Collection[str]
) -> ColumnElement[str]:
    """Say why somebody of `with_mailbox` gets no mail of a kind, the weightiest first; else "".

    `answer` is what they said to `consent` where they registered: it counts before that of the
    account, and neither is no no. Addresses from `vouched` sources count as proved.
    """
    is_proved = EmailAddress.verified_at.is_not(None) | EmailAddress.source.in_(vouched)
    return case(
        (Person.disabled_at.is_not(None), "closed"),
        (EmailAddress.id.is_(None), "no_address"),
        (~is_proved, "not_proved"),
        (_refuses(GROUP_OF[kind]), "refused"),
        (_has_no_consent(consent, answer), "no_consent"),
        (_bounced(), "bounced"),
        else_="",
    ).label("why")


def _refuses(group: str) -> ColumnElement[bool]:
    return func.coalesce(cast(MailChoices.refused, String), "").contains(f'"{group}"')


def _has_no_consent(consent: str, answer: ColumnElement[bool]) -> ColumnElement[bool]:
    asked = exists().where(Consent.person_id == Person.id, Consent.kind == consent)
    gave = exists().where(
        Consent.person_id == Person.id, Consent.kind == consent, Consent.withdrawn_at.is_(None)
    )
    return case((answer.is_not(None), ~answer), else_=asked & ~gave)


def _bounced() -> ColumnElement[bool]:
    return exists().where(
        Message.person_id == Person.id, Message.address == EmailAddress.address,
        Message.cause == "bounced",
    )  # fmt: skip
