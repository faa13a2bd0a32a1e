"""Check every finding of every version of a Markdown history: excerpt and cue are slices of the text, in its order.

    python bench/provisions_verbatim.py VERSIONS.git [VERSIONS.git …]           every recorded version
    python bench/provisions_verbatim.py --latest VERSIONS.git                   the latest of each document

Each text is recognised whole, and once more by what is known of the version before: both must find the same. Prints
what is wrong and a count; ends with 1 where anything is.
"""

from __future__ import annotations

import argparse
import pathlib
import subprocess
import sys
from collections.abc import Iterator

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from watchers.model import Finding
from watchers.provisions.again import Before, recognise_again
from watchers.provisions.recogniser import recognise


def git(folder: str, *words: str) -> str:
    return subprocess.run(
        ["git", "-c", "core.quotepath=off", "-C", folder, *words], capture_output=True, check=True, encoding="utf8"
    ).stdout


def versions(folder: str, path: str, latest: bool) -> Iterator[str]:
    """Yield the texts of one document, oldest first, equal ones once."""
    commits = git(folder, "log", "--all", "--format=%H", *(["-1"] if latest else []), "--", path).split()
    seen = set()
    for commit in reversed(commits):
        found = subprocess.run(["git", "-C", folder, "show", f"{commit}:{path}"], capture_output=True, check=False)
        text = found.stdout.decode("utf8", "replace")
        if found.returncode == 0 and text not in seen:
            seen.add(text)
            yield text


def wrong(text: str, found: tuple[Finding, ...]) -> Iterator[str]:
    for one in found:
        excerpt = one.excerpt(text)
        if not excerpt or excerpt != text[one.start : one.end] or excerpt != excerpt.strip():
            yield f"{one.provision} {one.start}:{one.end} is no clean slice: {excerpt[:60]!r}"
        if not one.start <= one.cue_start < one.cue_end <= one.end:
            yield f"{one.provision} {one.start}:{one.end} has its cue outside, at {one.cue_start}:{one.cue_end}"
        if any(not one.start <= factor.start < factor.end <= one.end for factor in one.factors):
            yield f"{one.provision} {one.start}:{one.end} has a factor outside"
    if [one.start for one in found] != sorted(one.start for one in found):
        yield "findings are out of order"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="+")
    parser.add_argument("--latest", action="store_true")
    chosen = parser.parse_args()
    texts = findings = mistakes = 0
    for folder in chosen.folder:
        for path in git(folder, "ls-tree", "-r", "HEAD", "--name-only").splitlines():
            if not path.endswith(".md") or "/" not in path:
                continue
            doc_type, before = path.split("/")[1].removesuffix(".md"), None
            for text in versions(folder, path, chosen.latest):
                found = recognise(text, doc_type=doc_type, language="en")
                said = list(wrong(text, found))
                if before and recognise_again(text, before, doc_type=doc_type, language="en") != found:
                    said.append("recognised again it is not the same")
                for mistake in said:
                    print(f"{path}: {mistake}")
                before = Before(text, found)
                texts, findings, mistakes = texts + 1, findings + len(found), mistakes + len(said)
    print(f"{texts} texts, {findings} findings, {mistakes} wrong")
    sys.exit(bool(mistakes))


if __name__ == "__main__":
    main()
