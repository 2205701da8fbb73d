"""Keep what each file said of an identity, where files do not all say the same."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Begin with nothing: of what is stored, each file is taken to have said all of it."""
    op.create_table(
        "sayings",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("identity_id", sa.Integer(), nullable=False),
        sa.Column("shown_name", sa.String(300), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("original_names", sa.JSON(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("external_id", sa.String(120), nullable=False),
        sa.Column("role", sa.String(12), nullable=False),
        sa.PrimaryKeyConstraint("import_id", "identity_id", name="pk_sayings"),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{parent}.id"],
                name=f"fk_sayings_{column}_{parent}",
                ondelete="CASCADE",
            )
            for column, parent in (
                ("import_id", "attendance_imports"),
                ("identity_id", "identities"),
            )
        ),
    )
    op.create_index("ix_sayings_identity_id", "sayings", ["identity_id"])


def downgrade() -> None:
    """Forget it: each identity stays what it is."""
    op.drop_table("sayings")
