"""A change of our rules is never told as the platform's: one id covers all that a result depends on."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.watchers.rules import golden
from watchers.rules.ruleset import APART, FLOOR, LIBRARIES, identity, inputs, ruleset_id

ROOT = FLOOR.parent
NAMED = {name.lower().replace("_", "-") for name in LIBRARIES}


def run(what: str, floor: Path = ROOT, given: bytes = b"", seed: str = "0") -> dict[str, Any]:
    """Run the probe against the `watchers/` that lies in a folder."""
    paths = {"PYTHONPATH": f"{floor}{os.pathsep}{ROOT}", "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}
    command = [sys.executable, "-P", "-m", "tests.watchers.rules.probe", what]
    done = subprocess.run(command, input=given, env={**os.environ, **paths}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    return run("seen", seed="7")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a floor of one module, one table, one file of weights and one file that counts for nothing."""
    for name, body in {
        "reading/walk.py": '"""Walk."""\nSTEP = 2  # metres\n',
        "provisions/types/data.toml": "[data_sharing]\nweight = 2 # of 4\n",
        "provisions/weights.bin": "\x00\x01",
        "provisions/README.md": "words",
        "fetchers/http.py": "WAIT = 3\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("reading/walk.py", '"""Walk on."""\n\n\n# in metres\nSTEP = 2\n"""How far."""\n'),
        ("provisions/types/data.toml", "# of 4\n[data_sharing]\nweight   = 2\n"),
        ("provisions/README.md", "other words"),
        ("fetchers/http.py", "WAIT = 4\n"),
    ],
)
def test_what_is_said_to_people_and_what_fetches_leave_the_id_as_it_is(small: Path, name: str, body: str) -> None:
    before = identity(small)
    (small / name).write_text(body, encoding="utf8")
    assert identity(small) == before


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("reading/walk.py", '"""Walk."""\nSTEP = 3  # metres\n'),
        ("provisions/types/data.toml", "[data_sharing]\nweight = 4 # of 4\n"),
        ("provisions/weights.bin", "\x00\x02"),
        ("language/packs/en.toml", "negators = []\n"),
        ("provisions/explain/data.toml", ""),
    ],
)
def test_another_value_or_another_file_is_another_rule_set(small: Path, name: str, body: str) -> None:
    before = identity(small)
    (small / name).parent.mkdir(parents=True, exist_ok=True)
    (small / name).write_text(body, encoding="utf8")
    assert identity(small) != before


def test_another_release_of_a_library_is_another_rule_set(small: Path) -> None:
    assert identity(small, ("selectolax 1.0",)) != identity(small, ("selectolax 1.1",))


def test_all_that_is_opened_or_imported_for_a_result_is_in_the_id(seen: dict[str, Any]) -> None:
    needed = {Path(path) for path in seen["files"] if Path(path).is_relative_to(FLOOR)}
    sources = {path for path in needed if path.suffix != ".pyc" and path.is_file()}
    assert len(sources) > 100
    missing = {path.relative_to(FLOOR).as_posix() for path in sources - set(inputs())}
    assert {name for name in missing if not set(name.split("/")) & APART.keys()} == set()
    assert missing <= {"errors.py", "catalogue.py", "platform_file.py", "terms_types.toml", "pace.py"}


def test_all_libraries_that_a_result_needs_are_in_the_id(seen: dict[str, Any]) -> None:
    assert {name.lower() for name in seen["libraries"]} - {"clausewatch"} <= NAMED | _WITHOUT_A_SAY


_WITHOUT_A_SAY = {
    *("setuptools", "backports-zstd", "backports.zstd", "typing-extensions", "typing_extensions"),
    *("pydantic", "pydantic_core", "annotated-types", "typing-inspection"),  # refuse a wrong file, and change none
}
"""Distributions that come in beside the others and decide nothing."""


def test_the_same_rules_give_the_same_results_in_every_process(seen: dict[str, Any]) -> None:
    assert seen["ruleset"] == ruleset_id()
    assert seen["results"] == json.loads(json.dumps(golden.results()))


def test_results_of_the_golden_corpus_change_only_with_the_id() -> None:
    """Mended by `python -m tests.watchers.rules.golden --write`, once it is clear which input the id forgot."""
    kept = json.loads(golden.KEPT.read_text(encoding="utf8"))
    assert kept["results"].keys() == {name for name, *_ in golden.PAIRS}
    if kept["ruleset"] == ruleset_id():
        assert json.loads(json.dumps(golden.results())) == kept["results"]


def test_a_weight_that_we_raise_widens_nothing_of_theirs(tmp_path: Path) -> None:
    """What was found by the rules of yesterday is not held against what today's rules find."""
    doc_type = "Privacy Policy"
    old = golden.SECTIONS + golden.SHARING
    new = old.replace("business partners", "our trusted business partners in Norway")
    past = golden.remembered(golden.first(doc_type, old), doc_type, old)
    shutil.copytree(FLOOR, tmp_path / "watchers", ignore=shutil.ignore_patterns("__pycache__"))
    _raise_weight(tmp_path / "watchers", "data_sharing")

    told = run("f1", tmp_path, pickle.dumps((doc_type, new, past)))

    assert told["ruleset"] != ruleset_id()
    assert told["headline"] == "Tern Privacy Policy: inserts “our trusted”"
    turns = [touch for touch in told["touches"] if touch[0] == "data_sharing"]
    assert turns == [["data_sharing", "reworded", turns[0][2], turns[0][2]]]


def _raise_weight(floor: Path, provision: str) -> None:
    """Set a provision's weight to 4, wherever the tree keeps it."""
    for path in floor.rglob("*.toml"):
        head, found, rest = path.read_text(encoding="utf8").partition(f"[{provision}]\n")
        if found and "weight = " in rest:
            before, _, after = rest.partition("weight = ")
            path.write_text(f"{head}{found}{before}weight = 4{after[1:]}", encoding="utf8")
            return
    raise AssertionError(f"no weight of {provision}")
