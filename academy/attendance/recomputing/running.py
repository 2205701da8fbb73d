"""What a worker does with a recomputation that was asked for."""

import logging

from academy.attendance.models import Recompute
from academy.attendance.recomputing.series import recompute_series
from academy.attendance.service.digest import digest_of
from academy.attendance.service.recomputes import (
    claim_recompute,
    fail_recompute,
    finish_recompute,
    open_recomputes,
    refuse_frozen,
    tell_progress,
)
from academy.db import session

log = logging.getLogger(__name__)


def run_recompute(recompute_id: int) -> None:
    """Do it, unless another worker does; a dead one's is done again from the beginning."""
    if not claim_recompute(recompute_id):
        return
    job = session.get_one(Recompute, recompute_id)
    series_id = job.series_id
    try:
        refuse_frozen(job.series)
        changes = recompute_series(
            series_id, lambda done, total: tell_progress(recompute_id, done, total)
        )
        finish_recompute(recompute_id, changes, digest_of(series_id))
    except Exception:
        log.exception("recomputation %s failed", recompute_id)
        session.rollback()
        fail_recompute(recompute_id)


def sweep_recomputes() -> None:
    """Do what no worker has taken, or what one took and never finished."""
    for recompute_id in open_recomputes():
        run_recompute(recompute_id)
