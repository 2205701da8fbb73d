"""Doing the halves of a portion at once: one here, the other on a second connection."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, text

from academy.attendance.service.recomputes import Changes
from academy.db import session, transaction

#: What is done for some live sessions, by their ids.
Work = Callable[[Sequence[int]], Changes]

#: The second connection gives up where it waits for a lock: the first one may be waiting for it,
#: in Python, where the database cannot see the circle.
_PATIENCE = text("SET LOCAL lock_timeout = '20s'")


def can_be_halved() -> bool:
    """Whether a second connection may write beside this one, and would see what this one sees.

    SQLite lets one write at a time. Inside a transaction that somebody else began, or where all
    sessions stand on one connection (a test's), the second would not see what was written before.
    """
    bind = session.get_bind()
    is_begun = session().info.get("in_transaction", False)
    return isinstance(bind, Engine) and bind.dialect.name == "postgresql" and not is_begun


def side_by_side(work: Work, ids: Sequence[int]) -> Changes:
    """Do `work` for both halves of `ids` at once; call it inside the transaction of the first.

    The second half is a transaction of its own, committed before the first one is. So what either
    does must not need what the other wrote, and each must be whole by itself. The lock of the
    series, which the first holds until both are done, protects both.
    """
    middle = (len(ids) + 1) // 2
    with ThreadPoolExecutor(1, "second-half") as helper:
        second = helper.submit(_elsewhere, work, ids[middle:])
        first = work(ids[:middle])
        return first + second.result()


def _elsewhere(work: Work, ids: Sequence[int]) -> Changes:
    try:
        with transaction():
            session.execute(_PATIENCE)
            return work(ids)
    finally:
        session.remove()
