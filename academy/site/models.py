"""What became of the jobs: one row for each job that the desk may be asked about."""

import json
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base


class JobRun(Base):
    """The last run of one job with the same arguments, and whether it failed.

    A look that comes every minute has one row, not one a minute.
    """

    __tablename__ = "job_runs"
    __table_args__ = (Index("ix_job_runs_outcome_ended_at", "outcome", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Digest of task and arguments.
    key: Mapped[str] = mapped_column(String(64), unique=True)
    #: "noun.verb", as in academy/queues.py.
    task: Mapped[str] = mapped_column(String(60))
    #: Ids and slugs, so that it can be asked for again.
    arguments: Mapped[list[Any]] = mapped_column(default=list)
    queue: Mapped[str] = mapped_column(String(20))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    #: "ran" or "failed".
    outcome: Mapped[str] = mapped_column(String(10))
    #: What went wrong the last time that it failed, without any value; it stays when it runs again.
    error: Mapped[str] = mapped_column(String(200), default="")
    #: How often it has failed since it last went well.
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None]
    #: When somebody asked for it once more, and when somebody put the failure aside.
    retried_at: Mapped[datetime | None]
    dismissed_at: Mapped[datetime | None]

    @property
    def took(self) -> timedelta:
        """How long the last run took."""
        return self.ended_at - self.started_at

    @property
    def is_asked_again(self) -> bool:
        """Whether somebody asked for it after it failed last."""
        return bool(self.retried_at and self.failed_at and self.retried_at > self.failed_at)


def key_of(task: str, arguments: tuple[int | str, ...] = ()) -> str:
    """Return the key of a job: the same for the same task with the same arguments."""
    return sha256(json.dumps([task, *arguments]).encode()).hexdigest()
