"""Where Alembic meets the academy: the connection that `academy.lib.migrations` hands over."""

from alembic import context

from academy.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
