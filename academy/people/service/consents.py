"""Consents: given in a wording, taken back, never deleted."""

from collections.abc import Iterable

from sqlalchemy import select, update

from academy.db import now, session, transaction
from academy.people.models import Consent
from academy.security import audit

KINDS = ("privacy", "mail_reminders", "mail_news", "recording")
#: Which text stood beside the boxes; change it together with the text.
WORDING = "2026-11"


def give_consents(person_id: int, kinds: Iterable[str]) -> None:
    """Note that the person agrees to each of `kinds`; what she agreed to already stays."""
    with transaction() as current:
        standing = _standing(person_id)
        for kind in kinds:
            if kind not in standing:
                current.add(Consent(person_id=person_id, kind=kind, wording=WORDING))


def choose_consents(person_id: int, kinds: Iterable[str]) -> None:
    """Make `kinds` the consents that stand beside "privacy"; others are taken back."""
    wanted = {"privacy", *kinds}
    with transaction() as current:
        withdrawn = _standing(person_id) - wanted
        current.execute(
            update(Consent)
            .where(Consent.person_id == person_id, Consent.kind.in_(withdrawn))
            .where(Consent.withdrawn_at.is_(None))
            .values(withdrawn_at=now())
        )
        give_consents(person_id, (kind for kind in KINDS if kind in wanted))
        audit.note("consents.chosen", f"person:{person_id}", actor_id=person_id)


def _standing(person_id: int) -> set[str]:
    statement = select(Consent.kind).where(
        Consent.person_id == person_id, Consent.withdrawn_at.is_(None)
    )
    return set(session.scalars(statement))
