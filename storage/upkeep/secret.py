"""The installation's own secret, from which everything it signs is derived; made once, whoever comes first.

It is sealed by the caller before it comes here, where there are keys to seal with.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from storage.archive.models import table
from storage.audience.models import SecretRow
from storage.database.connection import Database
from storage.database.statements import insert_new

SECRET = table(SecretRow)
_OURS = {"workspace": "", "name": "signing"}


async def kept_secret(database: Database, fresh: bytes, now: datetime) -> bytes:
    """Return the secret that is kept; `fresh` becomes it when there is none yet."""
    mine = select(SECRET.c.sealed).where(*(SECRET.c[name] == value for name, value in _OURS.items()))
    async with database.read() as connection:
        found: bytes | None = (await connection.execute(mine)).scalar()
    if found is None:
        async with database.write() as connection:
            await connection.execute(insert_new(connection, SECRET).values(**_OURS, sealed=fresh, kept_at=now))
            found = (await connection.execute(mine)).scalar_one()
    return bytes(found)


async def replace_secret(database: Database, sealed: bytes, now: datetime) -> None:
    """Keep the same secret sealed anew."""
    which = [SECRET.c[name] == value for name, value in _OURS.items()]
    async with database.write() as connection:
        await connection.execute(update(SECRET).where(*which).values(sealed=sealed, kept_at=now))
