"""The hosting kit names commands, ports and paths that the program has."""

import re
from pathlib import Path

import pytest
import typer.main

from bot.__main__ import app
from bot.settings import Settings
from tests.test_floors import ROOT

KIT = ROOT / "docs" / "hosting"
COMMAND = re.compile(r'(?:bin/clausewatch |"clausewatch", "|`clausewatch |^clausewatch )([a-z]+)', re.MULTILINE)


def commands() -> set[str]:
    return set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", sorted(KIT.iterdir()), ids=lambda path: path.name)
def test_every_command_of_the_kit_is_one(path: Path) -> None:
    named = set(COMMAND.findall(path.read_text(encoding="utf8")))
    assert named <= commands()
    assert named or path.suffix not in (".service", ".yaml")


def test_every_process_of_the_procfile_has_a_container() -> None:
    procfile = set(re.findall(r"clausewatch (\w+)", (ROOT / "Procfile").read_text(encoding="utf8")))
    composed = set(re.findall(r'"clausewatch", "(\w+)"', (KIT / "compose.yaml").read_text(encoding="utf8")))
    assert composed == procfile


def test_the_proxies_lead_to_the_port_the_program_listens_on() -> None:
    port = Settings(_env_file=None).port
    for name in ("Caddyfile", "nginx.conf"):
        assert f"127.0.0.1:{port}" in (KIT / name).read_text(encoding="utf8"), name
    assert f"web:{port}" in (KIT / "compose.yaml").read_text(encoding="utf8")


def test_every_file_of_the_kit_is_named_in_its_guide() -> None:
    guide = (KIT / "README.md").read_text(encoding="utf8")
    assert all(f"({path.name})" in guide for path in KIT.iterdir() if path.name != "README.md")
