"""An export holds all of the archive that is everybody's, and reads back as what it was."""

import csv
import json
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.exporting.files import as_csv, as_json, cell, empty_folder
from bot.exporting.open_terms import as_repository
from bot.exporting.rows import COLUMNS, chosen, rows
from storage.database.connection import open_database
from storage.importers.histories import HistoryImporter, Source
from tests.bot.test_path import World, opened
from watchers.errors import ClausewatchError
from watchers.model import Document, Part, Platform
from watchers.pipeline import examine


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened(tmp_path) as world:
        await world.app.turn()
        await world.a_day_later("privacy-3")
        own = Document("intern/terms", "intern", "Terms", (Part("https://intern.example/"),), owner="slack:T1")
        await world.app.archive.add_document(own, Platform("intern", "Intern"))
        yield world


def read(folder: Path, kind: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{kind}.jsonl").read_text(encoding="utf8").splitlines()]


async def test_json_holds_every_version_and_change_with_words_that_are_in_them(world: World, tmp_path: Path) -> None:
    archive, folder = world.app.archive, empty_folder(tmp_path / "out")
    counts = await as_json(rows(archive, await chosen(archive, "", "")), folder)
    assert [counts[kind] for kind in ("platforms", "documents", "versions", "changes")] == [1, 2, 3, 1]
    assert min(counts["passages"], counts["provisions"]) >= 5
    texts = {each["id"]: str(each["text"]) for each in read(folder, "versions")}
    for passage in read(folder, "passages"):
        if not (after := passage["after"]):
            continue
        assert isinstance(after, dict)
        assert texts[after["version"]][after["start"] :].startswith(after["text"])
    for finding in read(folder, "provisions"):
        assert texts[finding["version"]][finding["start"] : finding["end"]] == finding["excerpt"]


async def test_csv_has_the_same_rows_under_its_header(world: World, tmp_path: Path) -> None:
    archive, folder = world.app.archive, empty_folder(tmp_path / "out")
    counts = await as_csv(rows(archive, await chosen(archive, "fernpost", "")), folder)
    for kind, columns in COLUMNS.items():
        with (folder / f"{kind}.csv").open(encoding="utf8", newline="") as file:
            header, *found = csv.reader(file)
        assert tuple(header) == columns
        assert len(found) == counts[kind]


def test_a_cell_is_never_a_formula() -> None:
    assert cell({"headline": "=HYPERLINK(1)"}, "headline") == "'=HYPERLINK(1)"
    assert cell({"reasons": ["-1", "2"]}, "reasons") == "'-1; 2"
    assert cell({"effective": None}, "effective") == ""


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "=cmd|'/c calc'!A0",
]


@pytest.mark.parametrize("words", FORMULAS)
@pytest.mark.parametrize("column", ["headline", "before_text", "after_text", "reasons"])
def test_words_of_a_page_are_no_formula_in_any_column(words: str, column: str) -> None:
    sides = {"before": {"text": words}, "after": {"text": words}}
    assert cell({"change": 1, "headline": words, "reasons": [words], **sides}, column) == f"'{words}"


@pytest.mark.parametrize("words", ["We keep it; you = the user.", "10 - 20 days", "a@b.example", 'He said "=1"'])
def test_words_that_only_hold_such_a_sign_stay_as_they_are(words: str) -> None:
    assert cell({"headline": words}, "headline") == words


@pytest.mark.skipif(shutil.which("git") is None, reason="the layout is a git repository")
async def test_a_repository_in_the_open_terms_layout_reads_back_as_the_same_versions(
    world: World, tmp_path: Path
) -> None:
    archive, folder = world.app.archive, empty_folder(tmp_path / "out")
    assert await as_repository(archive, await chosen(archive, "", ""), folder) == 3
    database = await open_database("sqlite://")
    try:
        importer = HistoryImporter(database, examine, Source("us"), workers=0)
        later = world.clock() + timedelta(days=1)
        imported = await importer.run(folder, later)
    finally:
        await database.close()
    assert (imported.documents, imported.versions, imported.changes) == (2, 3, 1)


async def test_a_workspace_s_pages_are_exported_only_where_they_are_asked_for(world: World) -> None:
    archive = world.app.archive
    assert [each.id for each in await chosen(archive, "", "")] == ["fernpost"]
    assert [each.id for each in await chosen(archive, "", "slack:T1")] == ["fernpost", "intern"]
    with pytest.raises(ClausewatchError, match="no platform nobody"):
        await chosen(archive, "nobody", "")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ClausewatchError, match="nothing is overwritten"):
        empty_folder(tmp_path)
