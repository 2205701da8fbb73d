"""Know who quotes whom, and keep what is taken out of posts that quote something hidden."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "quotes",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        _to("quotes", "post_id", "posts"),
        _to("quotes", "source_id", "posts"),
        sa.PrimaryKeyConstraint("post_id", "source_id", name="pk_quotes"),
    )
    op.create_index("ix_quotes_source_id", "quotes", ["source_id"])
    op.create_table(
        "withheld_quotes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        _to("withheld_quotes", "post_id", "posts"),
        _to("withheld_quotes", "version_id", "post_versions"),
        _to("withheld_quotes", "source_id", "posts"),
        sa.PrimaryKeyConstraint("id", name="pk_withheld_quotes"),
    )
    for column in ("post_id", "version_id", "source_id"):
        op.create_index(f"ix_withheld_quotes_{column}", "withheld_quotes", [column])


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    """Drop them: what was taken out stays out."""
    op.drop_table("withheld_quotes")
    op.drop_table("quotes")
