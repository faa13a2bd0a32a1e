"""Change the code of comparing and recognising in small ways, and count which changes the tests notice.

    python bench/mutation.py                     # 800 of the 7,000 mutants, drawn by seed 1
    python bench/mutation.py --of 100 --seed 2
    python bench/mutation.py --again             # the survivors of the last run once more, after tests were added
    python bench/mutation.py --tell              # the table and the survivors' differences only

Needs mutmut (`pip install mutmut`), which makes the mutants and runs, for each, the tests that reach the function it
changed; what is changed and which tests run stands in pyproject.toml. The mutants lie in `mutants/`. Functions behind
a decorator (the cached ones) are left alone by mutmut.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MUTANTS = ROOT / "mutants"
SAMPLE = MUTANTS / "sample.json"
SMALLEST = "watchers.provisions.index.*"
"""What is asked for to have all mutants made and the tests' reach recorded, before any are drawn."""
KILLED, TIMED_OUT, SURVIVED, UNTESTED, UNTRIED = "killed", "timed out", "survived", "no tests", "not tried"


def asked() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--of", type=int, default=800, help="how many mutants are drawn")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", action="store_true", help="only what survived last time")
    parser.add_argument("--tell", action="store_true", help="run nothing")
    return parser.parse_args()


def mutmut(*arguments: str) -> str:
    """Run mutmut in the project's folder, one mutant at a time, and return what it prints."""
    command = [str(Path(sys.executable).with_name("mutmut")), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def verdicts() -> dict[str, int | None]:
    """Return the exit code of the tests by mutant; None where it has not been tried."""
    found: dict[str, int | None] = {}
    for file in MUTANTS.rglob("*.py.meta"):
        found.update(json.loads(file.read_text())["exit_code_by_key"])
    return found


def verdict(code: int | None) -> str:
    """Say what an exit code of the tests means for the mutant."""
    if code is None:
        return UNTRIED
    if code in (5, 33):
        return UNTESTED
    return SURVIVED if code == 0 else KILLED if code in (1, 3) else TIMED_OUT


def table(sample: list[str]) -> str:
    """Return what became of the mutants drawn, by file."""
    codes, by_file = verdicts(), defaultdict[str, Counter[str]](Counter)
    for name in sample:
        by_file[name.split(".x", 1)[0].replace(".", "/") + ".py"][verdict(codes[name])] += 1
    columns = (KILLED, TIMED_OUT, SURVIVED, UNTESTED, UNTRIED)
    lines = [f"| file | drawn | {' | '.join(columns)} | score |", "|---" * 8 + "|"]
    everything = sum(by_file.values(), Counter[str]())
    for name, count in [*sorted(by_file.items()), ("in all", everything)]:
        score = (count[KILLED] + count[TIMED_OUT]) / count.total()
        cells = (count.total(), *(count[one] for one in columns), f"{score:.0%}")
        lines.append(f"| {name} | {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def survivors(sample: list[str]) -> list[str]:
    """Return the mutants drawn that no test noticed."""
    codes = verdicts()
    return [name for name in sample if verdict(codes[name]) in (SURVIVED, UNTESTED, UNTRIED)]


def main() -> int:
    """Draw, run and tell."""
    given = asked()
    if not given.tell and not given.again:
        mutmut("run", "--max-children", "1", SMALLEST)
        drawn = random.Random(given.seed).sample(sorted(verdicts()), given.of)
        SAMPLE.write_text(json.dumps(drawn))
    sample = json.loads(SAMPLE.read_text())
    if not given.tell:
        mutmut("run", "--max-children", "1", *(survivors(sample) if given.again else sample))
    for name in survivors(sample):
        print(mutmut("show", name))
    print(table(sample))
    return 0


if __name__ == "__main__":
    sys.exit(main())
