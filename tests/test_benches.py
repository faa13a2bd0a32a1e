"""Benches are started in one way, and what a run says is kept with its commit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import __main__ as runner

ROOT = Path(__file__).resolve().parent.parent


def test_every_bench_says_in_its_first_line_what_it_measures() -> None:
    assert len(runner.benches()) > 30
    assert all(said.endswith((".", ":", "?")) or len(said) > 20 for said in runner.benches().values())


def test_an_unknown_name_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert runner.main(["no_such_bench"]) == 1
    told = capsys.readouterr()
    assert "there is no bench no_such_bench" in told.err
    assert "simulation" in told.out


def test_what_a_run_says_is_kept_with_its_commit(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "runs.jsonl"
    command = [sys.executable, "-m", "bench", "--keep", str(kept), "reading_cpu", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    (result,) = [json.loads(line) for line in kept.read_text(encoding="utf8").splitlines()]
    assert done.returncode == result["exit"] == 0
    assert result["said"] == done.stdout.splitlines()
    assert (result["bench"], result["given"]) == ("reading_cpu", ["--help"])
