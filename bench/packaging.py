"""Measures what is installed: sizes, the command's start, and whether each Python at hand takes it.

    python bench/packaging.py [PYTHON …]

Builds the wheel and the source archive from the tree beside it, installs each into a fresh environment of each Python
named (default: this one), and runs `clausewatch --help`, `clausewatch catalogue check` and `clausewatch demo` there.
Sizes are of what `pip install .` brought, without pip and its tools. Needs a package index and the package `build`.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ("pip", "setuptools", "pkg_resources", "_distutils_hack", "distutils-precedence.pth")
STARTS = 7


def run(*words: str | Path, folder: Path) -> str:
    """Run a command quietly and return what it said; stop with its own words when it fails."""
    done = subprocess.run([str(word) for word in words], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def own(site: Path) -> list[Path]:
    """Return the files that are ours or were drawn in by us."""
    return [
        file
        for file in site.rglob("*")
        if file.is_file() and not file.relative_to(site).parts[0].startswith(TOOLS) and not file.is_symlink()
    ]


def megabytes(files: list[Path]) -> float:
    """Return the sum of the blocks that files take on the disk, in MB of 1,048,576 bytes."""
    return sum(file.stat().st_blocks * 512 for file in files) / 2**20


def heaviest(site: Path, files: list[Path], most: int = 8) -> str:
    """Name the packages that take most."""
    sizes: dict[str, list[Path]] = {}
    for file in files:
        sizes.setdefault(file.relative_to(site).parts[0], []).append(file)
    ranked = sorted(((megabytes(each), name) for name, each in sizes.items()), reverse=True)[:most]
    return ", ".join(f"{name} {size:.1f}" for size, name in ranked)


def started(python: Path, code: str, folder: Path) -> float:
    """Return the CPU seconds of a fresh interpreter that runs some code, the median of several."""
    took = []
    for _ in range(STARTS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run(python, "-c", code, folder=folder)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return median(took)


def installed(python: str, release: Path, folder: Path) -> Path:
    """Install a release into a fresh environment and try it there; return the environment."""
    place = folder / f"{Path(python).name}-{release.suffix[1:]}"
    run(python, "-m", "venv", place, folder=folder)
    run(place / "bin/pip", "install", "-q", release, folder=folder)
    command = place / "bin/clausewatch"
    run(command, "--help", folder=folder)
    assert "all well" in run(command, "catalogue", "check", folder=folder)
    run(command, "demo", "--pause", "0", folder=folder)
    return place


def main(pythons: list[str]) -> None:
    """Build, install, try, measure, print."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        run(sys.executable, "-m", "build", "-q", "--outdir", folder / "dist", ROOT, folder=folder)
        releases = sorted((folder / "dist").iterdir())
        for release in releases:
            print(f"{release.name}: {release.stat().st_size / 1000:,.0f} kB")
        for python in pythons:
            version = run(python, "-c", "import sys; print(*sys.version_info[:3], sep='.')", folder=folder).strip()
            for release in releases:
                place = installed(python, release, folder)
                site = next((place / "lib").glob("python3*/site-packages"))
                files = own(site)
                plain = [file for file in files if file.suffix != ".pyc"]
                sizes = f"{megabytes(files):.0f} MB, {megabytes(plain):.0f} without bytecode"
                print(f"Python {version}, {release.suffix}: {sizes}")
            alone = started(place / "bin/python", "pass", folder)
            whole = started(place / "bin/python", "import bot.__main__", folder)
            print(f"  import of the command {whole:.2f} s of CPU, the bare interpreter {alone:.2f} s")
            print(f"  heaviest: {heaviest(site, files)}")


if __name__ == "__main__":
    main(sys.argv[1:] or [sys.executable])
