"""The floors hold: imports run bot → storage → watchers, libraries stop at their border, the core is pure."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("watchers", "storage", "bot")

BORDERS = {
    "httpx": (
        "watchers/fetchers/",
        "bot/telling/summariser.py",
        "bot/monitoring/heartbeat.py",
        "bot/telling/webhooks.py",
    ),
    "playwright": ("watchers/fetchers/",),
    "sqlmodel": ("storage/",),
    "sqlalchemy": ("storage/", "bot/chats/slack/install.py"),
    "alembic": ("storage/",),
    "slack_bolt": ("bot/",),
    "slack_sdk": ("bot/",),
    "discord": ("bot/",),
    "apscheduler": ("bot/",),
    "starlette": ("bot/",),
    "cryptography": ("bot/sealing.py",),
    "backports": ("storage/archive/packing.py", "watchers/fetchers/decoding.py"),
    "selectolax": ("watchers/",),
    "pypdfium2": ("watchers/reading/pdf.py", "watchers/reading/pdf_layout.py"),
    "psycopg": ("storage/",),
    "procrastinate": ("storage/",),
    "docx": ("bot/work/",),
    "openpyxl": ("bot/work/",),
    "fpdf": ("bot/work/",),
}

PURE = (
    "watchers/model/",
    "watchers/errors.py",
    "watchers/pipeline.py",
    "watchers/pace.py",
    "watchers/reading/",
    "watchers/comparing/",
    "watchers/provisions/",
    "watchers/rules/",
    "bot/compose/",
)
LONGEST_FILE, MEDIAN_FUNCTION = 300, 10  # lines; a migration is as long as its tables
WORLD = {
    *("httpx", "socket", "asyncio", "aiohttp", "time", "random"),
    *("sqlalchemy", "sqlmodel", "discord", "slack_bolt", "slack_sdk"),
}


def modules() -> list[Path]:
    return sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written out in full"
            yield node.module or ""


def drawn_in(path: Path) -> Iterator[str]:
    """Give the modules, and names in them, that a file imports when it is itself imported."""
    for node in ast.parse(path.read_text(encoding="utf8")).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def packages(module: str) -> set[str]:
    """Give the packages around a module or name, and itself."""
    parts = module.split(".")
    return {".".join(parts[:length]) for length in range(1, len(parts) + 1)}


def functions(path: Path) -> Iterator[int]:
    """Give the length of each function in lines, its name and docstring included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [*modules(), *sorted((ROOT / "bench").rglob("*.py"))], ids=name)
def test_a_file_is_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf8").splitlines()) <= LONGEST_FILE or path.parent.name == "versions"


def test_no_module_needs_itself_to_be_imported() -> None:
    named = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in modules()
    }
    needs = {
        module: {each for one in drawn_in(path) for each in packages(one) & named.keys()} - packages(module)
        for module, path in named.items()
    }
    TopologicalSorter(needs).prepare()  # raises CycleError with the modules that wait for each other


def test_a_function_fits_the_eye() -> None:
    lengths = sorted(length for path in modules() for length in functions(path))
    assert median(lengths) < MEDIAN_FUNCTION


@pytest.mark.parametrize("path", modules(), ids=name)
def test_imports_run_down_the_stairs_only(path: Path) -> None:
    own = FLOORS.index(name(path).split("/")[0])
    above = {module for module in imports(path) if module.split(".")[0] in FLOORS[own + 1 :]}
    assert not above


@pytest.mark.parametrize("path", modules(), ids=name)
def test_libraries_stop_at_their_border(path: Path) -> None:
    strangers = {
        module
        for module in imports(path)
        if (border := BORDERS.get(module.split(".")[0])) and not name(path).startswith(border)
    }
    assert not strangers


@pytest.mark.parametrize("path", [p for p in modules() if name(p).startswith(PURE)], ids=name)
def test_the_core_is_pure(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf8"))
    assert not any(isinstance(node, ast.AsyncFunctionDef) for node in ast.walk(tree)), "async def touches the world"
    assert not {module.split(".")[0] for module in imports(path)} & WORLD
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not calls & {"datetime.now", "datetime.utcnow", "date.today", "open", "print"}
