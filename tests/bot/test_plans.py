"""What plans allow, how they refuse, and what is said of a wrong file."""

from pathlib import Path

import pytest

from bot import plans
from watchers.errors import CatalogueError

PLANS = plans.load()
FREE, WATCHER, PROFESSIONAL = PLANS.every


def test_whoever_hosts_it_gets_the_highest_plan() -> None:
    assert PLANS.named(PLANS.default) == PROFESSIONAL
    assert PLANS.named("a plan of last year") == PROFESSIONAL


@pytest.mark.parametrize(
    ("plan", "used", "refused"),
    [(FREE, 0, False), (FREE, 1, True), (WATCHER, 9, False), (WATCHER, 10, True), (PROFESSIONAL, 999, False)],
)
def test_platforms_are_counted(plan: plans.Plan, used: int, refused: bool) -> None:
    assert bool(plans.too_many(PLANS, plan, used, "slack:T1")) is refused


def test_a_refusal_says_what_is_allowed_what_is_used_and_who_can_change_it() -> None:
    refusal = plans.too_many(PLANS, WATCHER, 10, "slack:T1")
    assert refusal
    assert refusal.reason == "The Watcher plan watches 10 platforms, and 10 are watched here."
    assert refusal.remedy.endswith("clausewatch plan set slack:T1 professional")


def test_provisions_are_for_the_highest_plan() -> None:
    assert plans.no_provisions(PLANS, PROFESSIONAL, "w") is None
    refusal = plans.no_provisions(PLANS, FREE, "w")
    assert refusal
    assert "The Free plan watches whole documents" in refusal.reason


FIRST = 'default = "a"\n[[plan]]\nname = "a"'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("default = ", "1: this is not TOML"),
        ('default = "gold"', "1: “gold” is none of the plans"),
        (FIRST, "2: plan: “title” is missing"),
        (f'{FIRST}\ntitle = "A"\nplatforms = "ten"', "5: plan: “platforms” = 'ten': input should be a valid integer"),
        (f'{FIRST}\ntitle = "A"\ncolour = 1', "5: plan: “colour” is no key that is known here"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "plans.toml"
    file.write_text(text)
    with pytest.raises(CatalogueError, match=f"plans.toml:{said}"):
        plans.load(file)
