"""The documents tell the truth: links lead somewhere, commands and files exist, CI runs the README's line."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import discord
import pytest
from typer.main import get_command

from bot.__main__ import app
from bot.chats.port import Chat
from bot.commands.commands import TABLE
from bot.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
OURS = ("*.md", "docs/**/*.md", "bench/*.md", "watchers/**/*.md")
DOCUMENTS = sorted({path for pattern in OURS for path in ROOT.glob(pattern)})
FLOORS = ("watchers", "storage", "bot", "tests", "bench", "docs", "slack")

LINK = re.compile(r"\]\((?!\w+:)([^)\s]+)\)")
SPOKEN = re.compile(r"(?:\bclausewatch|-m bot)((?: [a-z]+)+)")
PLACE = re.compile(rf"`((?:{'|'.join(FLOORS)})/[\w./-]*)(?:`| )")
BARE = re.compile(r"`(\.?[\w.-]+/?\.?[\w.-]*\.(?:md|toml|py|yaml|example))`")
CODE = re.compile(r"```.*?```|`[^`\n]+(?:\n[^`\n]+)?`", re.S)
SETTING = re.compile(r"`([A-Z]+_[A-Z_]+)(?:=[^`]*)?`")
TYPED = re.compile(r"`/([a-z]+)(?: [^`]*)?`")
PAGES = {"platforms", "documents", "slack", "api"}
OF_OTHERS = {"invite"}  # Slack's own


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"(?m)^#+ (.+)$", path.read_text(encoding="utf8"))
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def commands(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words after the program's name in pieces of code, as far as they are words."""
    for code in CODE.findall(text):
        yield from (tuple(words.split()) for words in SPOKEN.findall(" ".join(code.split(" "))))


def block(marker: str) -> list[str]:
    """Return the lines of the README's block under a marker."""
    readme = (ROOT / "README.md").read_text(encoding="utf8")
    found = re.findall(rf"<!-- {marker} -->\n```sh\n(.*?)```", readme, re.S)
    assert len(found) == 1, f"one block is marked {marker}"
    return str(found[0]).strip().splitlines()


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in LINK.findall(path.read_text(encoding="utf8")):
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_command_named_is_on_the_command_line(path: Path) -> None:
    for first, *rest in commands(path.read_text(encoding="utf8")):
        known = get_command(app).commands  # type: ignore[attr-defined]
        assert first in known, f"clausewatch {first}"
        if group := getattr(known[first], "commands", None):
            assert rest[0] in group, f"clausewatch {first} {' '.join(rest)}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_file_and_folder_named_exists(path: Path) -> None:
    text = path.read_text(encoding="utf8")
    for place in PLACE.findall(text):
        assert (ROOT / place).exists(), place
    for file in BARE.findall(text):
        near = [path.parent / file, ROOT / file, *ROOT.glob(f"watchers/**/{file}")]
        assert "<" in file or any(each.exists() for each in near), file


def test_every_file_named_in_the_source_exists() -> None:
    """Docstrings, comments and tables of tests name files too; those of a made-up tree are in quotes."""
    missing = {
        (name(path), place)
        for folder in ("watchers", "storage", "bot", "tests")
        for path in (ROOT / folder).rglob("*.py")
        for place in PLACE.findall(path.read_text(encoding="utf8"))
        if not (ROOT / place).exists() and not list(ROOT.glob(place))
    }
    assert missing == set()


def test_the_table_of_a_chats_methods_is_the_port() -> None:
    told = (ROOT / "docs/adding-a-chat.md").read_text(encoding="utf8")
    methods = {method for method in vars(Chat) if not method.startswith("_") and callable(getattr(Chat, method))}
    assert set(re.findall(r"(?m)^\| `(\w+)\(", told)) == methods
    decided = (ROOT / "docs/decisions/0006-one-port-for-three-chats.md").read_text(encoding="utf8")
    assert all(method in decided for method in methods)


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if "bench" not in name(path)], ids=name)
def test_every_setting_and_every_typed_command_named_exists(path: Path) -> None:
    text = path.read_text(encoding="utf8")
    settings = {field.upper() for field in Settings.model_fields}
    assert {word for word in SETTING.findall(text) if not word.startswith("SKIP_")} <= settings
    assert set(TYPED.findall(text)) <= {*TABLE, *PAGES, *OF_OTHERS}


def test_the_readme_runs_and_tests_with_one_line_each() -> None:
    (run,), (test,) = block("run"), block("test")
    assert run.endswith(".venv/bin/clausewatch up")
    assert test.endswith(".venv/bin/pytest")
    assert test in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf8")


def test_the_address_that_invites_to_discord_holds_the_rights_it_names() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf8")
    named = re.search(r"number is ([\w ,\n]+)\)", readme)
    number = re.search(r"permissions=(\d+)", readme)
    assert named
    assert number
    rights = [
        right.strip().lower().replace("channels", "channel").replace(" ", "_")
        for right in " ".join(named[1].split()).split(",")
    ]
    assert discord.Permissions(**dict.fromkeys(rights, True)).value == int(number[1])


def test_ci_runs_the_line_of_the_readme() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf8")
    reading = next(line for line in script.splitlines() if line.startswith("line="))
    shown = subprocess.run(
        ["bash", "-c", f'{reading}; echo "$line"'], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert shown.stdout.splitlines() == block("test")
    assert 'bash -euo pipefail -c "$line"' in script


def test_the_examples_in_the_documents_are_sound_toml() -> None:
    from watchers.catalogue import terms_types
    from watchers.platform_file import read_platform

    text = (ROOT / "docs/adding-a-platform.md").read_text(encoding="utf8")
    small, full = re.findall(r"```toml\n(.*?)```", text, re.S)
    platform = read_platform(f"{small}\n{full}", "example-social.toml", "example-social", terms_types())
    assert [len(document.parts) for document in platform.documents] == [1, 2]


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_python_in_the_documents_imports_what_there_is(path: Path) -> None:
    for code in re.findall(r"```sh\n(.*?)```", path.read_text(encoding="utf8"), re.S):
        for module, names in re.findall(r"from ((?:storage|bot|watchers)[\w.]*) import (\w+)", code):
            assert hasattr(__import__(module, fromlist=[names]), names), f"{module}.{names}"


def test_the_glossary_names_what_there_is() -> None:
    named = re.findall(r"\(`(\w+)`\)", (ROOT / "docs/glossary.md").read_text(encoding="utf8"))
    source = "\n".join(
        path.read_text(encoding="utf8")
        for floor in ("watchers", "storage", "bot")
        for path in (ROOT / floor).rglob("*.py")
    )
    defined = set(re.findall(r"(?m)^(?:class|def) (\w+)", source))
    assert len(named) > 15
    assert set(named) <= defined
