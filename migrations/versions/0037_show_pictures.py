"""Keep the pictures of cases, drawn anew, in their sizes."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0037"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "case_pictures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(4), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("width", "height", "small_width", "large_size", "small_size")
        ),
        *(
            sa.Column(name, sa.LargeBinary(), nullable=False)
            for name in ("large", "small", "plain")
        ),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_studies.id"], name="fk_case_pictures_case_id_case_studies",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["persons.id"], name="fk_case_pictures_created_by_persons",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_pictures"),
        sa.UniqueConstraint("digest", name="uq_case_pictures_digest"),
    )  # fmt: skip
    for column in ("case_id", "created_by", "created_at"):
        op.create_index(f"ix_case_pictures_{column}", "case_pictures", [column])


def downgrade() -> None:
    """Drop it: records keep naming pictures that nobody has any more."""
    op.drop_table("case_pictures")
