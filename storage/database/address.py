"""Reads DATABASE_URL: which database, by which driver. Nothing is opened here."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from watchers.errors import StoreError

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",  # the form hosting providers hand out
    "postgresql": "postgresql+psycopg",
}
EXAMPLES = "Use sqlite:///clausewatch.db or postgresql://user:password@host/database."


def parse(url: str) -> URL:
    """Return the address with our driver in it; raise StoreError when it is no address of a database we know."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"DATABASE_URL is not an address of a database. {EXAMPLES}") from error
    driver = DRIVERS.get(address.drivername.split("+")[0])
    if driver is None:
        raise StoreError(f"DATABASE_URL names a database we do not work with: {address.drivername}. {EXAMPLES}")
    if driver == DRIVERS["sqlite"] and address.host:
        raise StoreError(f"DATABASE_URL has two slashes where a file's name needs three. {EXAMPLES}")
    return address.set(drivername=driver)


def file_of(address: URL) -> Path | None:
    """Return the file of an SQLite address, or None when it lives in memory or on a server."""
    if address.get_backend_name() != "sqlite" or address.database in (None, "", ":memory:"):
        return None
    return Path(str(address.database))


def shown(address: URL) -> str:
    """Return the address as it may be logged: without its password."""
    return address.render_as_string(hide_password=True)
