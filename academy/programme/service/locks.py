"""The one lock of a series, which at the same time says that its figures are out of date."""

from sqlalchemy import bindparam, update

from academy.db import session, table_of
from academy.programme.errors import SeriesAnonymisedError
from academy.programme.models import Series

# Built once: building a statement costs more than running it, and an import runs it for each row.
_SERIES = table_of(Series)
_LOCK = (
    update(_SERIES)
    .where(_SERIES.c.id == bindparam("which"))
    .values(version=_SERIES.c.version + 1)
    .returning(_SERIES.c.version, _SERIES.c.anonymised_at)
)


def lock_series(series_id: int, *, for_words: bool = False) -> int:
    """Hold the series until the transaction ends and return its new version.

    Call it before anything that changes registrations, places or attendance of the series; a long
    import calls it as late as it can, for nobody registers while it is held. Raises
    SeriesAnonymisedError where its people are forgotten, unless the change is `for_words` only.
    """
    version, anonymised_at = session.execute(_LOCK, {"which": series_id}).one()
    if anonymised_at is not None and not for_words:
        raise SeriesAnonymisedError
    return int(version)
