"""The command line: every command is there with an example, and wrong use is one clear sentence."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.main import get_command
from typer.testing import CliRunner

from bot.__main__ import app
from bot.cli.running import looks_table
from bot.cli.texts import answer_lines, compare_one, recognise_one
from bot.cli.trying import tally_table
from bot.worlds.replay import Tally
from watchers.errors import ClausewatchError
from watchers.model import Look, Outcome, Platform

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = {
    *("up", "look", "migrate", "doctor", "sync", "key", "demo", "replay", "recognise", "compare"),
    *("catalogue", "import", "plan", "rules", "evidence", "verify", "explain"),
}
OLD = "# Terms\n\nYou may close your account at any time. Logs are kept for 30 days after that, and then deleted.\n"


def run(*words: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT)}
    )


def test_every_command_is_there() -> None:
    assert set(get_command(app).commands) >= COMMANDS  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", sorted(COMMANDS - {"catalogue", "import", "plan", "rules"}))
def test_every_command_has_an_example(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"]).output
    assert "Example: " in shown


def every_command(group: Any, *names: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Give each command with the words that lead to it."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from every_command(command, *names, name)
        else:
            yield (*names, name), command


EVERY = list(every_command(get_command(app)))


def examples(command: Any) -> list[str]:
    return re.findall(r"Example: (.+)", command.help or "")


@pytest.mark.parametrize(("names", "command"), EVERY, ids=[" ".join(names) for names, _ in EVERY])
def test_an_example_is_what_its_command_takes(
    names: tuple[str, ...], command: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert examples(command)
    for line in examples(command):
        program, *typed = [word for word in shlex.split(line) if not re.match(r"[A-Z_]+=", word)]
        assert (program, *typed[: len(names)]) == ("clausewatch", *names)
        for word in typed[len(names) :]:
            if re.fullmatch(r"(?:\./)?[\w.-]+", word) and not word.startswith("-"):
                Path(word).touch()  # files the example speaks of are there
        command.make_context(" ".join(names), list(typed[len(names) :]))


def test_the_version_is_said() -> None:
    assert run("--version").stdout.startswith("clausewatch 0.")


def test_the_catalogue_is_listed_and_a_platform_with_its_addresses() -> None:
    assert "linkedin" in run("catalogue", "list").stdout
    assert "https://" in run("catalogue", "list", "linkedin").stdout
    wrong = run("catalogue", "list", "nosuch")
    assert wrong.returncode == 1
    assert "nearest are" in wrong.stderr


def test_the_catalogue_checks_itself() -> None:
    assert "all well" in CliRunner().invoke(app, ["catalogue", "check"]).output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("look", "linkedn"), "linkedin"),
        (("recognise", "/no/such/file.md"), "cannot be read"),
        (("compare",), "name the file"),
        (("replay", "/no/such.git", "--platform", "X"), "no such repository"),
        (("verify",), "name a bundle"),
        (("evidence", "c0"), "clausewatch migrate"),
    ],
)
def test_wrong_use_is_one_clear_sentence_and_an_exit_code(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    done = run(*words, folder=tmp_path)
    assert done.returncode == 1
    assert says in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_recognise_answers_a_line_with_verbatim_excerpts() -> None:
    text = "We may use your posts to train our AI models."
    answer = recognise_one({"id": "1", "text": text, "doc_type": "Privacy Policy"})
    assert answer["id"] == "1"
    assert {each["provision"] for each in answer["provisions"]} >= {"ai_training"}
    for each in answer["provisions"]:
        assert text[each["start"] : each["end"]] == each["excerpt"]


def test_compare_answers_a_line_with_what_changed(tmp_path: Path) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text(OLD)
    new.write_text(OLD.replace("30 days", "90 days"))
    answer = compare_one({"id": "1", "old": str(old), "new": str(new), "doc_type": "Terms of Service"})
    assert answer["words_differ"] is True
    assert answer["significance"] == "substantive"
    json.dumps(answer)


def test_a_line_that_is_no_question_is_named_with_its_number(tmp_path: Path) -> None:
    with (tmp_path / "asked").open("w+") as asked, (tmp_path / "told").open("w") as told:
        asked.write('{"id": "1", "text": "x"}\nnot json\n')
        asked.seek(0)
        with pytest.raises(ClausewatchError, match="line 2"):
            answer_lines(asked, told, recognise_one)


def test_platform_files_can_be_checked_before_they_are_added(tmp_path: Path) -> None:
    sound = 'name = "Tern"\n\n[[document]]\ntype = "Privacy Policy"\naddress = "https://tern.example/privacy"\n'
    for name, text in (("tern", sound), ("gull", sound.replace("Privacy", "Piracy")), ("auk", "name = ")):
        (tmp_path / f"{name}.toml").write_text(text)
    assert "all well" in run("catalogue", "check", "tern.toml", folder=tmp_path).stdout
    refused = run("catalogue", "check", "tern.toml", "gull.toml", "auk.toml", folder=tmp_path)
    assert refused.returncode != 0
    said = refused.stdout + refused.stderr
    assert "gull.toml:4: there is no terms type “Piracy Policy”" in said
    assert "auk.toml:1: this is not TOML" in said


def test_a_platform_s_words_in_square_brackets_are_no_markup_of_the_terminal() -> None:
    terminal = Console(record=True, width=200, file=StringIO())
    look = Look("tern/terms", datetime(2026, 3, 1, tzinfo=UTC), Outcome.CHANGED, headline="Tern added “[/] your data”")
    terminal.print(looks_table(Platform("tern", "Tern [/]", (), "social", ()), [look]))
    terminal.print(tally_table("[/]", Tally()))
    assert "“[/] your data”" in terminal.export_text()
