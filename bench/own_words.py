"""Measure the recogniser on sentences of our own: how many are found, how many near misses are taken for more.

python bench/own_words.py            one line a provision
python bench/own_words.py --missed   and the sentences themselves
"""

from __future__ import annotations

import pathlib
import sys
from collections import defaultdict

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from tests.watchers.provisions.own_words import sentences
from watchers.provisions.recogniser import recognise


def main() -> None:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])  # meant, found; near, taken for it
    for one in sentences():
        found = one.provision in {finding.provision for finding in recognise(one.text, doc_type=one.doc_type)}
        count = counts[one.provision]
        count[0 if one.meant else 2] += 1
        count[1 if one.meant else 3] += found
        if "--missed" in sys.argv and found != one.meant:
            print("missed" if one.meant else "taken ", one.provision, "|", one.text)
    for provision, count in sorted(counts.items(), key=lambda item: -item[1][0]):
        print(f"{provision:24} found {count[1]} of {count[0]}, near misses taken {count[3]} of {count[2]}")
    print("all: found {1} of {0}, near misses taken {3} of {2}".format(*map(sum, zip(*counts.values(), strict=True))))


if __name__ == "__main__":
    main()
