"""What does reading a page cost? CPU milliseconds, beside the same page through a general converter.

    python -m bench.reading_cpu SNAPSHOTS.git [--repeat N]

The pages are the latest ones of the bare git repository SNAPSHOTS.git. The other way is: parse, drop what is
around the main content, serialise, html-to-markdown (`pip install html-to-markdown`; skipped when absent).
"""

from __future__ import annotations

import argparse
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean, median, quantiles

from selectolax.lexbor import LexborHTMLParser

from watchers.reading.extract import read_html
from watchers.reading.page_health import judge
from watchers.reading.words import same_words


def pages(repository: Path) -> list[bytes]:
    """Return the latest pages."""
    git = ["git", "-C", str(repository), "-c", "core.quotePath=false"]
    names = subprocess.run([*git, "ls-tree", "-r", "--name-only", "HEAD"], capture_output=True, text=True, check=True)
    shown = [name for name in names.stdout.splitlines() if name.endswith(".html")]
    return [subprocess.run([*git, "show", f"HEAD:{n}"], capture_output=True, check=True).stdout for n in shown]


def cost(work: Callable[[bytes], object], bodies: list[bytes], repeat: int) -> list[float]:
    """Return CPU milliseconds for each page, the best of some runs."""

    def once(body: bytes) -> float:
        began = time.process_time()
        work(body)
        return 1000 * (time.process_time() - began)

    return [min(once(body) for _ in range(repeat)) for body in bodies]


def converted(body: bytes) -> object:
    """Read a page the general way."""
    from html_to_markdown import ConversionOptions, convert

    tree = LexborHTMLParser(body.decode("utf8", "replace"))
    for css in ("script", "style", "nav", "footer", "aside", "form"):
        tree.strip_tags([css])
    main = tree.css_first("main") or tree.body
    return convert((main.html if main is not None else "") or "", ConversionOptions(extract_metadata=False))


def looked(body: bytes) -> object:
    """Read, judge and compare as a look does whose words did not change."""
    reading = read_html(body)
    return judge(reading, (), reading).readable and same_words(reading, reading)


def told(name: str, costs: list[float]) -> None:
    """Print one line."""
    print(f"{name:34} median {median(costs):5.1f}  mean {mean(costs):5.1f}  p95 {quantiles(costs, n=20)[-1]:5.1f} ms")


def main() -> None:
    """Print what each way costs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("snapshots", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    bodies = pages(asked.snapshots)
    print(f"{len(bodies)} pages of {mean(map(len, bodies)) / 1000:.0f} kB on average")
    told("parsed only", cost(lambda body: LexborHTMLParser(body.decode("utf8", "replace")), bodies, asked.repeat))
    told("read", cost(read_html, bodies, asked.repeat))
    told("read, judged, found the same", cost(looked, bodies, asked.repeat))
    try:
        told("through html-to-markdown", cost(converted, bodies, asked.repeat))
    except ImportError:
        print("html-to-markdown is not installed: nothing to compare with")


if __name__ == "__main__":
    main()
