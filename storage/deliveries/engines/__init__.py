"""Which engine goes with a database: the embedded pump with SQLite, Procrastinate with PostgreSQL."""

from __future__ import annotations

from storage.database.connection import Database
from storage.deliveries.engine import Engine, Failed, Pump


async def open_engine(database: Database, failed: Failed | None = None) -> Engine:
    """Return the engine of a database, connected; raise StoreError when its queue cannot be used."""
    if database.sqlite:
        return Pump(failed)
    from storage.deliveries.engines.procrastinate import Procrastinate  # an extra, and a fifth of a second to import

    engine = Procrastinate(database.address, failed)
    await engine.open()
    return engine
