"""The one lock of a series, which at the same time says that its figures are out of date."""

from sqlalchemy import bindparam, update

from academy.db import session
from academy.programme.models import Series

# Built once: building a statement costs more than running it, and an import runs it for each row.
_LOCK = (
    update(Series)
    .where(Series.id == bindparam("which"))
    .values(version=Series.version + 1)
    .returning(Series.version)
    .execution_options(synchronize_session=False)
)


def lock_series(series_id: int) -> int:
    """Hold the series until the transaction ends and return its new version.

    Call it before anything that changes registrations, places or attendance of the series; a long
    import calls it as late as it can, for nobody registers while it is held.
    """
    return session.execute(_LOCK, {"which": series_id}).scalar_one()
