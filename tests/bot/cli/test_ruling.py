"""`rules diff` shows before a release what the rules change in the archive, and writes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from storage.archive.archive import Archive
from storage.database.connection import open_database
from tests.watchers.rules import golden
from watchers.model import Platform
from watchers.rules.ruleset import ruleset_id

TYPE, BODY = "Terms of Service", golden.SECTIONS + golden.TERMS


@pytest.fixture
async def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of an archive with one document, in which older rules saw nothing."""
    address = f"sqlite:///{tmp_path}/rules.db"
    monkeypatch.setenv("DATABASE_URL", address)
    database = await open_database(address)
    archive = Archive(database)
    await archive.sync_catalogue((Platform("tern", "Tern", (), "social", (golden.document(TYPE),)),), golden.NOW)
    look = golden.first(TYPE, BODY)
    await archive.record(golden.forgotten(look))
    await database.close()
    return address


def run(*words: str) -> str:
    done = CliRunner().invoke(app, ["rules", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_id_is_printed() -> None:
    assert run("id").startswith(ruleset_id())


@pytest.mark.usefixtures("installation")
def test_each_provision_that_comes_out_otherwise_is_shown_with_its_words() -> None:
    told = run("diff")
    assert "tern/legal" in told
    assert "arbitration: found now" in told
    assert "+ Any dispute is resolved by binding arbitration" in told
    assert f"1 of 1 documents come out otherwise by the rules {ruleset_id()}." in told


@pytest.mark.usefixtures("installation")
def test_programs_read_one_object_a_document() -> None:
    (line,) = run("diff", "--json").splitlines()
    found = json.loads(line)
    assert (found["document"], found["made_by"]) == ("tern/legal", "rules of May")
    assert "arbitration" in {shift["provision"] for shift in found["shifts"]}


@pytest.mark.usefixtures("installation")
def test_another_platform_is_left_out() -> None:
    assert run("diff", "--platform", "kite").startswith("0 of 0 documents")
