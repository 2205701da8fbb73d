"""Note when each job ran last, and what failed."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Begin with nothing: the next minute brings the first rows."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "job_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("task", sa.String(60), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("queue", sa.String(20), nullable=False),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("ended_at", moment, nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("error", sa.String(200), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", moment, nullable=True),
        sa.Column("retried_at", moment, nullable=True),
        sa.Column("dismissed_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_job_runs"),
        sa.UniqueConstraint("key", name="uq_job_runs_key"),
    )
    op.create_index("ix_job_runs_outcome_ended_at", "job_runs", ["outcome", "ended_at"])


def downgrade() -> None:
    """Forget what ran."""
    op.drop_table("job_runs")
