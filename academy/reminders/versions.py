"""Reads of the texts that organisers wrote: the one in force of each kind and language, and all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from academy.db import session
from academy.programme.models import Series
from academy.reminders.models import OwnText


@dataclass(frozen=True, slots=True)
class Which:
    """One text: of a series, a kind and a language."""

    series: Series
    kind: str
    language: str


#: So many versions are shown.
MOST = 30


def in_force(series_ids: Collection[int]) -> dict[tuple[int, str, str], OwnText]:
    """Return the newest version by series, kind and language; one statement."""
    newest = (
        select(func.max(OwnText.id))
        .where(OwnText.series_id.in_(series_ids))
        .group_by(OwnText.series_id, OwnText.kind, OwnText.language)
    )
    found = session.scalars(
        select(OwnText).options(joinedload(OwnText.person)).where(OwnText.id.in_(newest))
    )
    return {(one.series_id, one.kind, one.language): one for one in found}


def list_versions(which: Which) -> Sequence[OwnText]:
    """Return the versions of one text with who wrote them, the newest first; one statement."""
    newest = _versions(which).order_by(OwnText.version.desc()).limit(MOST)
    return session.scalars(newest.options(joinedload(OwnText.person))).all()


def find_newest(which: Which) -> OwnText | None:
    """Return the version in force; None where nobody has changed the academy's text."""
    newest = _versions(which).order_by(OwnText.version.desc()).limit(1)
    return session.scalars(newest).one_or_none()


def find_version(which: Which, version: int) -> OwnText | None:
    """Return one version."""
    return session.scalars(_versions(which).filter_by(version=version)).one_or_none()


def _versions(which: Which) -> Select[OwnText]:
    return select(OwnText).filter_by(
        series_id=which.series.id, kind=which.kind, language=which.language
    )
