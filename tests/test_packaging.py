"""What is installed: the lock names everything the project asks for and nothing else; releases hold their files."""

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from typer.main import get_command

from bot.__main__ import app

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf8")
PINS = {canonicalize_name(name): version for name, version in re.findall(r"(?m)^([\w.-]+)==(\S+) \\$", LOCK)}
LOCKED_EXTRAS = ("pictures", "postgres", "sealing")
PYTHON = {"python_version": "3.11", "python_full_version": "3.11.7", "sys_platform": "linux", "extra": ""}


def asked_for() -> list[Requirement]:
    """Return what the project itself asks for where the lock holds."""
    extras = PROJECT["optional-dependencies"]
    said = [*PROJECT["dependencies"], *(line for extra in LOCKED_EXTRAS for line in extras[extra])]
    return [asked for asked in map(Requirement, said) if not asked.marker or asked.marker.evaluate(PYTHON)]


def needed(asked: Requirement, seen: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return names and extras of everything a requirement draws in, itself included."""
    for extra in ("", *sorted(asked.extras)):
        if (one := (canonicalize_name(asked.name), extra)) in seen:
            continue
        seen.add(one)
        for line in distribution(asked.name).requires or ():
            further = Requirement(line)
            if not further.marker or further.marker.evaluate({**PYTHON, "extra": extra}):
                needed(further, seen)
    return seen


def as_locked() -> bool:
    """Tell whether the very versions of the lock are installed, on the Python it was written for."""
    try:
        return sys.version_info[:2] == (3, 11) and all(version(name) == pin for name, pin in PINS.items())
    except PackageNotFoundError:
        return False


@pytest.mark.parametrize("asked", asked_for(), ids=lambda asked: asked.name)
def test_the_lock_holds_what_the_project_asks_for(asked: Requirement) -> None:
    assert PINS[canonicalize_name(asked.name)] in asked.specifier


def test_the_lock_holds_all_that_is_drawn_in_and_nothing_else() -> None:
    if not as_locked():
        pytest.skip("what is installed here is not what the lock names, and may draw in something else")
    seen: set[tuple[str, str]] = set()
    for asked in asked_for():
        needed(asked, seen)
    assert {name for name, _ in seen} == set(PINS)


def test_a_host_that_reads_the_procfile_finds_its_commands_and_what_they_need() -> None:
    known = get_command(app).commands  # type: ignore[attr-defined]
    lines = (ROOT / "Procfile").read_text(encoding="utf8").splitlines()
    programs = [line.split("clausewatch ")[1] for line in lines]
    assert [line.split(":")[0] for line in lines] == ["release", "web", "discord", "worker"] == programs
    assert set(programs) <= set(known)
    wanted = (ROOT / "requirements.txt").read_text(encoding="utf8").splitlines()[-1]
    assert wanted == f".[{','.join(LOCKED_EXTRAS)}]"


def test_the_container_installs_what_the_lock_names_and_copies_what_there_is() -> None:
    said = (ROOT / "Containerfile").read_text(encoding="utf8").replace("\\\n", " ")
    copied = [line.split()[1:-1] for line in said.splitlines() if line.startswith("COPY ") and "--from" not in line]
    assert all((ROOT / name).exists() for names in copied for name in names)
    assert "--require-hashes -r requirements.lock" in said
    assert "FROM docker.io/library/python:3.11-slim" in said  # what the lock was written on
    assert LOCK.startswith("# Written by .ci/lock on Python 3.11")


def test_every_pin_has_a_hash() -> None:
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}$", LOCK, re.M)) == len(PINS)
