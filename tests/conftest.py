"""What all tests share: a PostgreSQL for the contracts that both databases have to keep, and patience."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import postgres

settings.register_profile("patient", deadline=None)  # a machine that pauses for a moment is no failure of ours
settings.load_profile("patient")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A database of a real PostgreSQL; it starts when the first test asks for it."""
    with postgres.running() as address:
        yield address
