"""`explain` says why of a file and of what is archived, and refuses what is neither."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.cli.explaining import of_archive
from storage.archive.archive import Archive
from storage.database.connection import open_database
from tests.watchers.rules import golden
from watchers.errors import ClausewatchError
from watchers.model import Platform
from watchers.rules.ruleset import ruleset_id

TYPE, BODY = "Terms of Service", golden.SECTIONS + golden.TERMS


@pytest.fixture
async def archive() -> AsyncIterator[Archive]:
    database = await open_database("sqlite://")
    made = Archive(database)
    await made.sync_catalogue((Platform("tern", "Tern", (), "social", (golden.document(TYPE),)),), golden.NOW)
    yield made
    await database.close()


def test_each_provision_of_a_file_is_explained(tmp_path: Path) -> None:
    page = tmp_path / "terms.md"
    page.write_text("# Terms\n\nAny dispute is resolved by binding arbitration.\n", encoding="utf8")
    told = CliRunner().invoke(app, ["explain", str(page), "--type", TYPE])
    assert told.exit_code == 0, told.output
    assert "found by “" in told.output
    assert "exposure: " in told.output


async def test_a_document_tells_its_looks_its_rules_and_its_findings(archive: Archive) -> None:
    await archive.record(golden.first(TYPE, BODY))
    first, rules, *others = await of_archive(archive, "tern/legal")
    assert "first: first sight" in first
    assert ruleset_id() in rules
    assert any("arbitration" in line for line in others)


async def test_a_document_that_was_never_read_says_so(archive: Archive) -> None:
    assert await of_archive(archive, "tern/legal") == ("it was never read",)


async def test_what_is_nothing_of_ours_is_refused_with_a_way_on(archive: Archive) -> None:
    with pytest.raises(ClausewatchError, match="no change, no document and no file"):
        await of_archive(archive, "tern/nothing")
