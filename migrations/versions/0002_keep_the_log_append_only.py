"""Keep the log of who did what append-only, whoever writes to the database.

What a line says can be neither changed nor removed. Its actor may become NULL: that is what is
left when the person is erased.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = "id, at, action, subject, facts"
REFUSAL = "the log of who did what is append-only"


def upgrade() -> None:
    """Let the database refuse changes and removals."""
    if op.get_bind().dialect.name == "sqlite":
        for name, deed in (("changed", f"UPDATE OF {COLUMNS}"), ("removed", "DELETE")):
            op.execute(
                f"CREATE TRIGGER audit_entries_never_{name} BEFORE {deed} ON audit_entries "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_entries_are_kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for name, deed in (("changed", f"UPDATE OF {COLUMNS}"), ("removed", "DELETE OR TRUNCATE")):
        op.execute(
            f"CREATE TRIGGER audit_entries_never_{name} BEFORE {deed} ON audit_entries "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_are_kept()"
        )


def downgrade() -> None:
    """Take the refusals away."""
    on_table = "" if op.get_bind().dialect.name == "sqlite" else " ON audit_entries"
    for name in ("changed", "removed"):
        op.execute(f"DROP TRIGGER audit_entries_never_{name}{on_table}")
    if on_table:
        op.execute("DROP FUNCTION audit_entries_are_kept()")
