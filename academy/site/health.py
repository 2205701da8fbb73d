"""Whether what the academy stands on is there: database, broker, migrations at head."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from academy.config import Settings
from academy.db import session
from academy.lib.broker import answers
from academy.lib.revisions import current_revision, head_revision


def find_faults(settings: Settings) -> list[str]:
    """Return a word for each thing that is not as it must be; empty when all is well."""
    return [*_database_faults(), *_broker_faults(settings.redis_url)]


def _database_faults() -> list[str]:
    try:
        session.execute(text("SELECT 1"))
        revision = current_revision(session.connection())
    except SQLAlchemyError:
        return ["database"]
    return [] if revision == head_revision() else ["migrations"]


def _broker_faults(url: str) -> list[str]:
    return [] if url and answers(url, 1) else ["broker"]
