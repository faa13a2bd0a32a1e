"""Runs the migrations on the connection that `storage.database.schema` hands over, inside its transaction."""

from alembic import context

from storage.archive.models import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
