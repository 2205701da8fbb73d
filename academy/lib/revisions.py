"""Which migration the database is at and which one this code expects, asked without Alembic.

Alembic costs 9 MB and a tenth of a second, and only an upgrade needs it.
"""

import re
from functools import cache

from sqlalchemy import Connection, inspect

from academy.config import ROOT

VERSIONS = ROOT / "migrations" / "versions"
_REVISION = re.compile(r'^(down_)?revision(?:: [^=]+)? = ["\']([^"\']+)["\']', re.MULTILINE)


@cache
def head_revision() -> str:
    """Return the name of the newest migration of this code: the one that no other builds on."""
    found = [
        match
        for path in sorted(VERSIONS.glob("*.py"))
        for match in _REVISION.findall(path.read_text("utf-8"))
    ]
    names = [name for is_down, name in found if not is_down]
    built_on = {name for is_down, name in found if is_down}
    return next((name for name in names if name not in built_on), "")


def current_revision(connection: Connection) -> str | None:
    """Return the name of the migration that the database is at, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    statement = "SELECT version_num FROM alembic_version"
    found = connection.exec_driver_sql(statement).scalar()
    return str(found) if found else None
