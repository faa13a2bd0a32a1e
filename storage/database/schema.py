"""Brings a database to the schema of this program, or refuses the one of a newer program.

A fresh database is created in one go and stamped, which takes milliseconds; an older one is walked
through the Alembic migrations. A test holds both ways to the same result.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

import storage.archive.outage_models
import storage.archive.search_models
import storage.audience.models
import storage.deliveries.webhook_models  # noqa: F401 - all register their tables
from storage.archive.models import Row
from watchers.errors import StoreError

MIGRATIONS = Path(__file__).parent.parent / "migrations"
MOVING = 7_263_901_244  # an advisory lock of ours: two processes must not migrate at once


def revisions() -> tuple[str, ...]:
    """Return the revisions this program knows, oldest first: the numbers its migration files start with."""
    return tuple(sorted(file.name.split("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")))


def prepare(connection: Connection) -> None:
    """Create or migrate the schema; raise StoreError when the database is newer than the program."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MOVING})
    found = revision(connection)
    if found == "":
        _create(connection)
    elif found != revisions()[-1]:
        refuse_newer(found)
        _upgrade(connection)


def check(connection: Connection) -> None:
    """Raise StoreError unless the database has exactly the schema of this program."""
    found = revision(connection)
    refuse_newer(found)
    if found != revisions()[-1]:
        state = f"has the older schema {found}" if found else "is empty"
        raise StoreError(f"The database {state}; run `clausewatch migrate` first.")


def create_at(connection: Connection, to: str) -> None:
    """Create the schema of a revision in an empty database, by walking the migrations."""
    _upgrade(connection, to)


def revision(connection: Connection) -> str:
    """Return the revision the database is at, or an empty string for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def refuse_newer(found: str) -> None:
    """Raise StoreError when the revision is not one of ours."""
    if found and found not in revisions():
        raise StoreError(
            f"The database was written by a newer Clausewatch (schema {found}; this program knows up to "
            f"{revisions()[-1]}). Nothing was touched: update the program, or restore a backup made before."
        )


def _create(connection: Connection) -> None:
    Row.metadata.create_all(connection, checkfirst=False)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": revisions()[-1]})


def _upgrade(connection: Connection, to: str = "head") -> None:
    from alembic import command  # a third of a second to import, and rarely needed
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
