"""Run in a process of its own: what the corpus opens and imports, or what a change of our rules is told as.

`seen` prints the files of `watchers/` that were opened, the distributions imported, and the golden results;
`f1` reads a past from standard input and prints what a later look at an edited page says.
"""

from __future__ import annotations

import json
import pickle
import sys
from importlib.metadata import packages_distributions


def seen() -> None:
    """Print what making the golden results draws in."""
    opened: set[str] = set()
    sys.addaudithook(lambda event, given: opened.add(str(given[0])) if event == "open" else None)
    from tests.watchers.rules import golden
    from watchers.rules.ruleset import ruleset_id

    results = golden.results()
    known = packages_distributions()
    drawn = {module.split(".")[0] for module in list(sys.modules)}
    libraries = sorted({name for module in drawn for name in known.get(module, ())})
    files = [module.__file__ for name, module in list(sys.modules.items()) if name.startswith("watchers.")]
    print(
        json.dumps(
            {
                "files": sorted({path for path in (*opened, *files) if path}),
                "libraries": libraries,
                "ruleset": ruleset_id(),
                "results": results,
            }
        )
    )


def f1() -> None:
    """Print the id of the rules, the headline and the touches of a look at the edited page, by these rules."""
    from tests.watchers.rules import golden
    from watchers.pipeline import examine
    from watchers.rules.ruleset import ruleset_id

    doc_type, body, past = pickle.load(sys.stdin.buffer)
    look = examine(golden.due(doc_type), (golden.page(doc_type, body),), past, golden.NOW)
    touches = [
        [
            touch.provision,
            str(touch.turn),
            *(str(side.exposure) if side else "" for side in (touch.before, touch.after)),
        ]
        for touch in look.touches
    ]
    print(json.dumps({"ruleset": ruleset_id(), "headline": look.headline, "touches": touches}))


if __name__ == "__main__":
    {"seen": seen, "f1": f1}[sys.argv[1]]()
