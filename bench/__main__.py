"""One runner for all benches: `python -m bench` lists them, `python -m bench NAME …` runs one and keeps what it says.

What a run printed is kept as one JSON line with commit, machine and time, so that two runs can be held together:
`--keep FILE` names the file; without it nothing is kept. Nothing is measured here.
"""

from __future__ import annotations

import ast
import json
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
NO_BENCH = {"__init__", "__main__"}


def benches() -> dict[str, str]:
    """Return each script that can be run, by name ("rules.fit"), with the first line of its docstring."""
    found: dict[str, str] = {}
    for path in sorted(HERE.rglob("*.py")):
        text = path.read_text(encoding="utf8")
        if path.stem not in NO_BENCH and 'if __name__ == "__main__":' in text:
            said = ast.get_docstring(ast.parse(text)) or ""
            found[".".join(path.relative_to(HERE).with_suffix("").parts)] = said.partition("\n")[0]
    return found


def run(name: str, given: list[str], keep: Path | None) -> int:
    """Run a bench, show what it says, and keep it as a line of JSON where a file is named; return its exit code."""
    began, moment = time.monotonic(), datetime.now(UTC)
    command = [sys.executable, "-m", f"bench.{name}", *given]
    if keep is None:
        return subprocess.run(command, check=False).returncode
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    sys.stdout.write(done.stdout)
    commit = subprocess.run(["git", "rev-parse", "HEAD"], check=False, capture_output=True, text=True, cwd=HERE)
    result = {
        "bench": name,
        "given": given,
        "commit": commit.stdout.strip(),
        "machine": f"{platform.machine()} {platform.system()}, Python {platform.python_version()}",
        "at": moment.isoformat(timespec="seconds"),
        "seconds": round(time.monotonic() - began, 1),
        "exit": done.returncode,
        "said": done.stdout.splitlines(),
    }
    with keep.open("a", encoding="utf8") as file:
        file.write(json.dumps(result, ensure_ascii=False) + "\n")
    return done.returncode


def main(words: list[str]) -> int:
    """List the benches, or run the one that is named."""
    keep = None
    if words[:1] == ["--keep"] and len(words) > 1:
        keep, words = Path(words[1]), words[2:]
    known = benches()
    if not words or words[0] not in known:
        if words:
            print(f"there is no bench {words[0]}; these are:", file=sys.stderr)
        for name, said in known.items():
            print(f"{name:28} {said}")
        return 1 if words else 0
    return run(words[0], words[1:], keep)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
