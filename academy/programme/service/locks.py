"""The one lock of a series, which at the same time says that its figures are out of date."""

from sqlalchemy import update

from academy.db import session
from academy.programme.models import Series


def lock_series(series_id: int) -> int:
    """Hold the series until the transaction ends and return its new version.

    Call it before anything that changes registrations, places or attendance of the series; a long
    import calls it as late as it can, for nobody registers while it is held.
    """
    statement = (
        update(Series)
        .where(Series.id == series_id)
        .values(version=Series.version + 1)
        .returning(Series.version)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).scalar_one()
