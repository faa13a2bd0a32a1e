"""What comes of pages and servers that are known to have misled readers of this field, input by input.

    python -m bench.reading_faults FAULTS/ [--only ID]

`FAULTS/inputs` holds the pages, scripted servers and command-line files. Each row says what came, and whether it
is what should come. It mends nothing and knows no page by heart: what is right is said in words of outcomes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.watchers.reading.odd import compared, words_of

#: The harness of looks names a chat where it stood before it got a room of its own.
_LOOK = """
import runpy, sys
import bot.chats.console as room, bot.chats.console.chat as chat
room.HERE, room.PERSON, room.Console = chat.HERE, chat.PERSON, chat.Console
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
Say = Callable[[Path], str]


class Fault(NamedTuple):
    """An input: its id, how it is tried, what has to stand in what came, and what must not."""

    id: str
    tried: Say
    wanted: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()


def pair(stem: str) -> Say:
    """Return the verdict on two pages."""

    def tried(inputs: Path) -> str:
        old, new = ((inputs / f"{stem}-{side}.html").read_bytes() for side in ("old", "new"))
        return compared(old, new)

    return tried


def looks(case: str, hours: str = "25") -> Say:
    """Return what comes of looks at a scripted server."""

    def tried(inputs: Path) -> str:
        said = _run(inputs, "-c", _LOOK, str(inputs / "look.py"), str(inputs / case), "--hours", hours)
        kept = [line for line in said.split("\n") if not line.startswith("    >")]
        return "\n".join(kept)

    return tried


def page(name: str, content_type: str = "text/html") -> Say:
    """Return what is read off a page."""
    return lambda inputs: words_of((inputs / name).read_bytes(), content_type)


def command(*words: str, **environment: str) -> Say:
    """Return what the command line prints."""

    def tried(inputs: Path) -> str:
        named = [str(inputs / word[1:]) if word.startswith("@") else word for word in words]
        return _run(inputs, "-m", "bot", *named, **environment)

    return tried


def _run(inputs: Path, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": os.getcwd(), **environment},
        capture_output=True,
        encoding="utf8",
        errors="replace",
        cwd=inputs.parent,
        check=False,
    )
    return done.stdout + done.stderr


def with_env_file(inputs: Path) -> str:
    """Return what a command says beside a `.env` that is not UTF-8."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ".env").write_bytes("USER_AGENT=Möwe\n".encode("latin-1"))
        return _run(Path(folder) / "x", "-m", "bot", "status", PYTHONPATH=os.getcwd())


def robots(inputs: Path) -> str:
    """Return whether a robots.txt lets us in."""
    return _run(inputs, str(inputs / "robots.py"), str(inputs / "robots-bom.txt"))


TOLD, SAME, FAILS = "substantive", "same words", "Traceback"
FAULTS = (
    Fault("1a yes and no", pair("b12-yes-no"), (TOLD,)),
    Fault("1b list of links", pair("b28-subprocessor-added"), (TOLD,)),
    Fault("1c aside", pair("b29-aside"), (TOLD,)),
    Fault("1c footer in article", pair("b30-footer-in-article"), (TOLD,)),
    Fault("1d shadow", pair("b31-shadow"), (TOLD,)),
    Fault("1e alt", pair("b34-img-alt"), (TOLD,)),
    Fault("2a check and cross", pair("b35-check-cross"), (TOLD,)),
    Fault("3a charset flips", looks("i02-charset-flips"), ("look 3: same_",), ("look 2: changed", "look 3: changed")),
    Fault("3b stray bytes", looks("i04-stray-bytes-appear"), ("look 2: same_",)),
    Fault("3c meta description", page("r05-meta-description-charset.html"), ("Café données",)),
    Fault("4a truncated", looks("h18-truncated-close"), ("look 2: blind",)),
    Fault("4b truncated first", looks("h18b-truncated-first"), ("look 1: blind", "look 2: first")),
    Fault("4c empty panels", looks("j05-empty-panels"), ("look 2:",), ("changed",)),
    Fault("4d translation keys", looks("i14-i18n-keys"), ("look 2: blind", "look 3: blind")),
    Fault("4e banner", looks("h59b-banner-no-main"), ("look 2:",), ("substantive", "changed")),
    Fault("4f home first", looks("h22b-redirect-home-first"), ("look 1: blind",)),
    Fault("5 304 for ever", looks("h17-304-forever"), ("though it was not asked",)),
    Fault("6a date", looks("j07-pt-date"), ("2027-03-01",)),
    Fault("6b until", looks("j08-until-date"), ("effective: None",)),
    Fault("7a del ins", pair("b18-del-ins"), (TOLD, "90 days"), ("3090",)),
    Fault("7b columns", looks("rowwise"), ("look 2: changed",), ("Right column begins. The",)),
    Fault("7d header", looks("header-2-pages"), ("look 2: changed",), ("version 3",)),
    Fault("7f numbers", page("r60-ol-reversed-type.html"), ("c. gamma", "2. x", "7. seven")),
    Fault("7g custom elements", page("r62-nobr-inline-tags.html"), ("We collect",)),
    Fault("7h pre", page("r33-pre.html"), ("terms.\n",)),
    Fault("8a zero width", pair("b04-zwsp-edge"), (SAME,)),
    Fault("8c nfd", pair("b07-nfd"), (SAME,)),
    Fault(
        "8c nfd with edit",
        looks("h60b-nfd-plus-edit"),
        ("ten years",),
        ("+ The “Service” isn’t a café – it’s ours; données personnelles stay here. We collect",),
    ),
    Fault("8d tatweel", pair("b39-kashida"), (SAME,)),
    Fault("9a html", looks("h47-ct-html"), ("look 1: first",)),
    Fault("9a double", looks("h48-ct-double"), ("look 1: first",)),
    Fault("9b header", looks("h08-illegal-header"), ("look 1: first",)),
    Fault("9c refresh", looks("h12-meta-refresh"), ("look 1: first",)),
    Fault("9c refresh later", looks("h12b-meta-refresh-later"), ("look 2: changed", "arbitration")),
    Fault("9d zstd", looks("h07-zstd"), ("look 1: failed",), ("did not ask",)),
    Fault("9e noscript", page("r28-noscript-only.html"), ("ZEBRA",)),
    Fault("9f xhtml", page("r48-xhtml-selfclosing.html", "application/xhtml+xml"), ("ZEBRA",)),
    Fault("10 robots", robots, ("refused",)),
    Fault(
        "11a pdf",
        command("compare", "@cli-a.pdf", "@cli-b.pdf", "--type", "Privacy Policy"),
        (),
        ("endobj", "stream", FAILS),
    ),
    Fault(
        "11b cp1252",
        command(
            *("compare", "@b11-table-cell-old.html", "@b11-table-cell-new.html", "--type", "Privacy Policy"),
            PYTHONIOENCODING="cp1252",
        ),
        (),
        (FAILS,),
    ),
    Fault(
        "11c latin",
        command("compare", "@cli-latin-a.txt", "@cli-latin-b.txt", "--type", "Privacy Policy"),
        (),
        ("\ufffd",),
    ),
    Fault("11d no type", command("compare", "@cli-latin-a.txt", "@cli-latin-b.txt"), (), (" changed its the",)),
    Fault("11e sqlite", command("migrate", DATABASE_URL="sqlite://clausewatch.db"), ("sqlite:///",), (FAILS,)),
    Fault("11f env", with_env_file, ("UTF-8",), (FAILS,)),
)


def main() -> None:
    """Try every input and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("faults", type=Path)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    right = tried = 0
    for fault in FAULTS:
        if not fault.id.startswith(arguments.only):
            continue
        came = fault.tried(arguments.faults.resolve() / "inputs")
        fits = all(words in came for words in fault.wanted) and not any(words in came for words in fault.barred)
        right, tried = right + fits, tried + 1
        shown = came if arguments.only else " / ".join(line.strip()[:110] for line in came.split("\n") if _tells(line))
        print(
            f"| {fault.id} | {'right' if fits else 'WRONG'} | {shown[: 4000 if arguments.only else 260]} |", flush=True
        )
    print(f"{right} of {tried} right")


def _tells(line: str) -> bool:
    return (
        line.startswith(("--- look", "cosmetic", "substantive", "same words", "[", "refused", "allowed"))
        or "Error" in line
    )


if __name__ == "__main__":
    main()
